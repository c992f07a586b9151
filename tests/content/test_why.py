"""Every scenario of the course: whatever its pictures show can be asked about, and the answer has a source."""

import re
from dataclasses import fields

import pytest
from django.conf import settings

from studyapp.content import raw
from studyapp.simulator import read, simulate
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.why import mark_of, why

MOST = 60
SENTENCE = re.compile(r"[.](?: |$)")
RULES = {rule.name: rule.metadata for rule in fields(Rulebook)}


@pytest.fixture(scope="module")
def written():
    return raw.read(settings.CONTENT)


@pytest.fixture(scope="module")
def answers(written):
    """(scenario, mark, answer) of about 60 spans and of each step of every scenario."""
    found = []
    for entry in written.scenarios:
        outcome = simulate(read(entry.data.body()))
        found += [(entry.data.id, mark, why(outcome, mark)) for mark in marks(outcome)]
    return found


class TestEveryMark:
    def test_has_a_title_and_one_or_two_sentences(self, answers):
        wrong = [each for each in answers if not each[2].title or len(SENTENCE.findall(each[2].says)) not in (1, 2)]

        assert wrong == []

    def test_has_rules_that_the_course_has_a_source_for(self, answers, written):
        """A fact, or an assumption that the lab lets people change."""
        facts = {entry.data.id for entry in written.facts}
        sourced = {name for name, about in RULES.items() if about["assumption"] or about["fact"] in facts}
        wrong = [each for each in answers if not each[2].rules or not sourced.issuperset(each[2].rules)]

        assert wrong == []

    def test_is_one_of_every_kind_that_pictures_show(self, answers):
        kinds = {mark.partition("-")[0] for _, mark, _ in answers}

        assert kinds >= {
            "hop", "init", "invoke", "queued", "throttled", "retry_wait", "visibility_wait", "batch_window", "delivered",
            "dead_lettered", "destination", "dropped",
        }  # fmt: skip


def marks(outcome):
    """Of spans about as many as `MOST`, the first of each kind among them; of steps all."""
    spans, first = outcome.spans, {}
    for span in spans:
        first.setdefault((span.kind, span.reason, span.status), span)
    for span in [*first.values(), *spans[:: max(len(spans) // MOST, 1)]]:
        yield mark_of(span)
    for path, each in enumerate(outcome.paths, 1):
        yield from (f"hop-{path}-{step}" for step in range(1, len(each.hops) + 1))
