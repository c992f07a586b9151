"""One small question of each kind that is not chosen from options, as the body of a revision, on facts of the real course."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from studyapp.content.texts import references
from studyapp.questions.bodies import item_body
from studyapp.questions.items import Item, Kind, Option, option_id
from studyapp.questions.variants import PAIRED, answer_id

TYPED = "lambda.errors.sqs-receives-default.numeric"
REVEALED = "lambda.errors.sdk-tries.reveal"
PREDICTED = "lambda.errors.last-run.predict"
"""Simulated; its values are slips of a number to type as well."""

Facts = Mapping[str, Mapping[str, Any]]
"""The body of each fact, by its slug."""


def _item(slug: str, kind: Kind, stem: str, facts: Sequence[str], options: Sequence[Option], **more: Any) -> Item:
    named = (replace(option, id=option_id(slug, index)) for index, option in enumerate(options))
    return Item(slug, kind, "lambda.errors", stem, tuple(named), tuple(facts), **more)


def _pair(line: str, answer: str, fact: str, why: str) -> Option:
    return Option("", line, why, answer=answer, fact=f"lambda.errors.{fact}")


MATCHING = _item(
    "lambda.errors.who-retries.trial",
    "matching",
    "Who tries again after an error? Match each way to invoke a function to what follows.",
    [f"lambda.errors.{each}" for each in ("sync-retry", "async-retries", "sqs-receives-default", "stream-holds-shard")],
    [
        _pair("Synchronous invocation", "The caller decides", "sync-retry", "The error goes back to the caller."),
        _pair("Asynchronous invocation", "Lambda retries twice", "async-retries", "Two retries are the default."),
        _pair("A message of an SQS queue", "It returns to its queue", "sqs-receives-default", "Nobody deleted it."),
        _pair("A batch of a `Kinesis` shard", "Its shard waits", "stream-holds-shard", "Order is kept in the shard."),
    ],
    spare=("Lambda retries ten times",),
)
ORDERING = _item(
    "lambda.errors.life-of-an-event.trial",
    "ordering",
    "An event fails every time. Put what happens to it in order, first to last.",
    ["lambda.errors.async-retries"],
    [
        Option("", "The event waits in Lambda's own queue", "An asynchronous event always passes it."),
        Option("", "The first run fails", "Nobody is told: the caller has long gone on."),
        Option("", "The second run fails, a minute later", "This wait is {{ lambda.errors.async-first-wait }}."),
        Option("", "The third run fails, two minutes after that", "It was the last of the default retries."),
        Option("", "The event goes to the dead-letter queue", "It is kept, and nothing runs it again."),
    ],
)
SCHEDULE, UPLOAD = "A schedule", "The bucket's event notification"
CONTRAST = _item(
    "lambda.clues.nightly-or-upload.trial",
    "contrast",
    "Each of these needs one of two triggers. Which?",
    ["lambda.clues.nightly-job", "lambda.clues.user-upload"],
    [
        Option("", "Each evening at ten the stock is counted", "The clock starts it.", answer=SCHEDULE),
        Option("", "A photo is made smaller as soon as it is stored", "The file starts it.", answer=UPLOAD),
        Option(
            "", "Files of the day before are packed at midnight", "Files are there, but time counts.", answer=SCHEDULE
        ),
    ],
    clue="nightly-job",
    rival="user-upload",
)
CHOICE = _item(
    "lambda.concurrency.how-fast.trial",
    "authored",
    "Requests to one function jump from 10 to 5,000 in a second. How fast can it gain environments?",
    ["lambda.concurrency.scaling-rate"],
    [
        Option("", "500 a minute, after a first burst", "So it was until November 2023.", is_key=True),
        Option("", "1,000 every 10 seconds", "AWS says {{ lambda.concurrency.scaling-rate }} since November 2023."),
        Option("", "As fast as requests come", "There has always been a rate."),
        Option("", "One at a time, when another is busy", "Environments are not made in turn."),
    ],
)
CHOICE_NOW = "1,000 every 10 seconds"
"""What the question would be answered with as AWS says now; as it stands it asks what the exam still expects."""
ITEMS: Mapping[Kind, Item] = {item.kind: item for item in (MATCHING, CONTRAST, ORDERING, CHOICE)}


def body_of(item: Item, facts: Facts) -> dict[str, Any]:
    """The body of a revision of `item`, which has one proved seed."""
    seed = {"seed": 1, "draw": {}, "values": {option.id: option.text for option in item.options}, "key": _key(item)}
    mentioned = (slug for option in item.options for slug in references(option.why))
    held = {slug: facts[slug] for slug in (*item.facts, *mentioned)}
    return {"item": item_body(item), "scenario": None, "beliefs": {}, "facts": held, "engine": None, "seeds": [seed]}


def _key(item: Item) -> list[str]:
    if item.kind == "ordering":
        return [f"{place}:{option.id}" for place, option in enumerate(item.options, start=1)]
    if item.kind in PAIRED:
        return [f"{option.id}={answer_id(item.id, str(option.answer))}" for option in item.options]
    return [option.id for option in item.options if option.is_key]


def typed_body(predict: Mapping[str, Any]) -> dict[str, Any]:
    """A simulated item as one whose number is typed: `predict` is the body of a revision of `PREDICTED`."""
    return {**predict, "item": {**predict["item"], "id": "lambda.errors.last-run.trial", "kind": "numeric"}}


def ordered_body(predict: Mapping[str, Any]) -> dict[str, Any]:
    """Three steps of the run behind `predict`, the body of a revision of `PREDICTED`, in the order of the run."""
    slug = "lambda.errors.last-run-in-order.trial"
    steps = {
        "The first run": "first_attempt_start",
        "The second": "second_attempt_start",
        "The last": "last_attempt_start",
    }
    options = [Option("", text, "So the run has it.", when=when) for text, when in steps.items()]
    item = _item(slug, "ordering", "An event fails. Which run starts first?", predict["item"]["facts"], options)
    trial = body_of(item, predict["facts"])
    return {
        **trial,
        "item": {**trial["item"], "scenario": predict["item"]["scenario"]},
        "scenario": predict["scenario"],
    }


def with_view(body: Mapping[str, Any], view: str, other: str) -> dict[str, Any]:
    """The same item where AWS now and the exam differ."""
    return {
        **body,
        "item": {**body["item"], "view": view},
        "seeds": [{**seed, "other": other} for seed in body["seeds"]],
    }
