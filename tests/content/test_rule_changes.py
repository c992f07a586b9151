"""When AWS changes a rule, the questions that rest on it fail by name, and no others are proved again."""

from dataclasses import fields, replace

import pytest
from django.conf import settings

from studyapp.content import files
from studyapp.questions.proof import Refused, digest, prove
from studyapp.simulator.rulebook import Rulebook

CHANGED = {
    "async_first_wait": ("120 s", {"lambda.errors.last-run.predict", "lambda.errors.hanging-partner.predict"}),
    "async_second_wait": ("240 s", {"lambda.errors.last-run.predict", "lambda.errors.hanging-partner.predict"}),
    "dlq_retries_events": (True, {"lambda.errors.second-time-lucky.fix", "lambda.errors.corrupt-photos.predict"}),
    "throttles_use_up_retries": (True, {"lambda.errors.throttled-uploads.predict"}),
    "api_rest_timeout": ("58 s", {"lambda.triggers.slow-webhook.fix", "lambda.triggers.slow-report.predict"}),
    "api_http_timeout": ("60 s", {"lambda.triggers.slow-webhook.fix"}),
    "requests_per_environment": (2, {"lambda.overview.two-waves.predict", "lambda.concurrency.steady-search.predict"}),
    "scaling_rate": ("500 per 10 s", {"lambda.concurrency.ticket-sale.predict"}),
    "request_rate_factor": (20, {"lambda.concurrency.short-handler.predict"}),
    "reserved_is_kept_warm": (True, {"lambda.concurrency.morning-rush.fix", "lambda.concurrency.too-few-provisioned.fix"}),
    "function_interfaces_have_public_addresses": (True, {"lambda.vpc.card-processor.fix"}),
    "vcpu_memory": ("3538 MB", {"lambda.configuration.hungry-for-cpu.fix"}),
    "unzipped_max": ("500 MB", {"lambda.packaging.crowded-kitchen.predict"}),
    "price_request": ("0.0000004 USD per request", {"lambda.overview.photo-album.predict"}),
}  # fmt: skip
"""A rule, the value that it gets, and questions that must fail then; others may fail as well."""


@pytest.fixture(scope="module")
def course():
    return files.read(settings.CONTENT)


def naming(course, rule):
    """The simulated items of which a fact governs the rule."""
    governing = {fact.id for fact in course.facts.values() if rule in fact.rule}
    return [item for item in course.items if item.scenario and governing & set(item.facts)]


def stands(item, world, proof):
    """Whether the item can still be proved, with the key that its proof has for each of its draws."""
    try:
        again = prove(item, world, len(proof.seeds))
    except Refused:
        return False
    return keys(again) == keys(proof)


def keys(proof):
    """What is right, in words, for each draw; a fix item's options have the same texts in every world."""
    return {(repr(seed.draw), each, seed.values.get(each)) for seed in proof.seeds for each in seed.key}


@pytest.mark.parametrize("rule", CHANGED)
def test_items_that_rest_on_a_changed_rule_fail_by_name(course, rule):
    value, named = CHANGED[rule]
    world = replace(course.world, rulebook=course.world.rulebook.believing({rule: value}))
    items = naming(course, rule)

    failing = {item.id for item in items if not stands(item, world, course.proofs[item.id])}

    assert named <= failing


def test_most_proofs_rest_on_few_of_the_rules(course):
    counts = [len(course.proofs[item.id].rules) for item in course.items if item.scenario]

    assert max(counts) < len(fields(Rulebook)) / 2


@pytest.mark.parametrize("rule", CHANGED)
def test_their_proofs_are_stale_and_others_are_not(course, rule):
    value, named = CHANGED[rule]
    world = replace(course.world, rulebook=course.world.rulebook.believing({rule: value}))
    simulated = [item for item in course.items if item.scenario]

    stale = {
        item.id
        for item in simulated
        if course.proofs[item.id].digest != digest(item, world, course.proofs[item.id].rules)
    }

    assert named <= stale
    assert stale == {item.id for item in simulated if rule in course.proofs[item.id].rules}
