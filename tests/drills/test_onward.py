"""From a question's run on to the lab."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import resolve

from studyapp.attempts.models import Attempt
from studyapp.content.models import Item
from studyapp.drills.onward import onward
from studyapp.lab import state

pytestmark = pytest.mark.django_db


def answered(slug: str, option: str | None = None):
    """An attempt at an item: with the key, or with the first wrong option."""
    revision = Item.objects.get(slug=slug).revision
    variant = revision.variant(revision.seeds[0])
    wrong = next(each.id for each in variant.options if each.id not in variant.key)
    response = sorted(variant.key) if option == "key" else [wrong]
    return revision, Attempt(revision=revision, seed=variant.seed, response=response)


class TestOnward:
    def test_leads_to_the_run_of_what_was_chosen_beside_the_keys(self):
        found = onward(*answered("lambda.concurrency.morning-rush.fix"))
        address = urlsplit(found["lab_url"])

        assert resolve(address.path).kwargs == {"slug": "lambda.concurrency.morning-rush"}
        read = state.read(parse_qs(address.query, keep_blank_values=True))
        assert read.changes == {"functions.prices.reserved_concurrency": "40"}
        assert read.pinned is not None
        assert read.pinned.changes == {"functions.prices.provisioned_concurrency": "40"}

    def test_asks_what_would_make_a_wrong_choice_right(self):
        revision, attempt = answered("lambda.concurrency.morning-rush.fix")

        found = onward(revision, attempt)

        assert found["mend_url"] == f"/lab/smallest/{revision.pk}/{attempt.seed}/{attempt.response[0]}/"
        assert found["mend"] == "Reserved concurrency of 40"

    def test_has_nothing_to_mend_after_the_key(self):
        found = onward(*answered("lambda.concurrency.morning-rush.fix", "key"))

        assert "mend_url" not in found
        assert "pin=" not in found["lab_url"]

    def test_has_nothing_for_a_question_without_a_scenario(self):
        revision = Item.objects.get(slug="lambda.errors.async-retries.recall").revision
        attempt = Attempt(revision=revision, seed=revision.seeds[0], response=[])

        assert onward(revision, attempt) == {}
