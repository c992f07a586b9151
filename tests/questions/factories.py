"""The plainest valid item, option, belief and variant; a test names only what it is about."""

from datetime import date

from studyapp.facts.book import Fact, Source
from studyapp.facts.quantity import parse
from studyapp.questions.items import Belief, Item, Option, option_id
from studyapp.questions.variants import Shown, Variant

FACT = "lambda.concurrency.scaling-rate"
ITEM = "lambda.concurrency.burst"


def a_fact(**given):
    plainest = {
        "id": FACT,
        "topic": "lambda.concurrency",
        "name": "Scaling rate",
        "says": "One function gains at most {value} new execution environments.",
        "value": parse("1000 per 10 s"),
        "source": Source(
            "Scaling", "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html", date(2026, 11, 23)
        ),
    }
    return Fact(**{**plainest, **given})


def an_option(index, text="", item_id=ITEM, **given):
    return Option(**{"id": option_id(item_id, index), "text": text, "why": f"Because of {index}.", **given})


def an_item(**given):
    options = (an_option(0, "Right", is_key=True), an_option(1, "Wrong"), an_option(2, "Worse"), an_option(3, "Worst"))
    plainest = {
        "id": ITEM,
        "kind": "authored",
        "topic": "lambda.concurrency",
        "stem": "Which one?",
        "options": options,
        "facts": (FACT,),
    }
    return Item(**{**plainest, **given})


def a_belief(belief_id="a-belief", **given):
    return Belief(**{"id": belief_id, "says": "It is so.", "tempts": "It was so once.", **given})


def a_variant(*texts, keys=(0,), **given):
    options = tuple(Shown(option_id(ITEM, index), text, "Because.") for index, text in enumerate(texts or "ABCD"))
    plainest = {
        "item": ITEM,
        "kind": "authored",
        "seed": 1,
        "stem": "Which one?",
        "options": options,
        "key": frozenset(options[index].id for index in keys),
        "choose": len(keys),
        "draw": {},
    }
    return Variant(**{**plainest, **given})
