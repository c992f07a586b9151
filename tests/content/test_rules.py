"""The rulebook against the facts: nothing in it without a reason, and no number of it that a fact says otherwise."""

from dataclasses import fields

import pytest
from django.conf import settings

from studyapp.content import build, raw
from studyapp.facts.book import Quantity, Range
from studyapp.simulator.rulebook import TRUTH, Rulebook

NUMBERS = ("time", "size", "memory", "rate", "count", "number", "fraction", "price")
RULES = fields(Rulebook)


@pytest.fixture(scope="module")
def written():
    return raw.read(settings.CONTENT)


@pytest.fixture(scope="module")
def facts(written):
    return {entry.data.id: build.fact(entry.data, entry.topic) for entry in written.facts}


class TestEveryRule:
    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
    def test_has_a_fact_or_says_why_it_has_none(self, rule):
        """Its `fact`; or what AWS leaves open (`values`); or a world that does not exist (false); or our reading."""
        says = rule.metadata.get("says", "")

        assert (
            rule.metadata["fact"] or "values" in rule.metadata or says.startswith("(false)") or "our reading" in says
        ), f"{rule.name} has no fact"

    @pytest.mark.parametrize(
        "rule", [rule for rule in RULES if rule.metadata["assumption"]], ids=lambda rule: rule.name
    )
    def test_that_aws_leaves_open_says_what_it_is(self, rule):
        assert rule.metadata.get("says")

    def test_names_a_fact_that_holds_its_number(self, facts):
        """A fact with a number, or with yes or no, is tied to the rule that names it, so that the two are kept equal."""
        untied = [rule.name for rule in RULES if _could_be_tied(rule, facts) and not _is_tied(rule, facts)]

        assert untied == []

    def test_is_named_by_no_fact_that_it_does_not_name(self, facts):
        named = {rule.name: rule.metadata["fact"] for rule in RULES}
        other = [(fact.id, field) for fact in facts.values() for field in fact.rule if named[field] != fact.id]

        assert other == []


class TestTheRulebook:
    def test_has_no_rule_twice(self):
        """A rule of one subject would hide that of another."""
        own = [name for base in Rulebook.__mro__ for name in vars(base).get("__annotations__", {})]

        assert sorted(own) == sorted(set(own))


class TestADatedBelief:
    def test_ceased_to_be_true_when_a_fact_says_so(self, facts, written):
        """The fact that refutes it has the source."""
        undated = [
            entry.data.id
            for entry in written.beliefs
            if entry.data.until
            and not any(was.until == entry.data.until for name in entry.data.refuted_by for was in facts[name].was)
        ]

        assert undated == []


def _could_be_tied(rule, facts):
    if not rule.metadata["fact"] or rule.metadata["assumption"] or getattr(TRUTH, rule.name) is None:
        return False
    value = facts[rule.metadata["fact"]].value
    unit = rule.metadata["unit"]
    return (unit in NUMBERS and isinstance(value, Quantity | Range)) or (unit == "flag" and isinstance(value, bool))


def _is_tied(rule, facts):
    return rule.name in facts[rule.metadata["fact"]].rule
