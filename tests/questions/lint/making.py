"""The plainest items to lint: a question, its key and wrong answers, and the rules that a linter finds broken in it."""

from datetime import date

from studyapp.questions.items import option_id
from studyapp.questions.lint import LintWorld, lint_item
from tests.questions.factories import FACT, a_fact, a_variant, an_item, an_option

TODAY = date(2026, 11, 24)
RECALL = f"{FACT}.recall"


def choice(stem="What keeps the event?", key="A queue", *wrong, choose=1, **given):
    """An item with one key, or with `choose` keys: then `key` is the first and the rest stand first among `wrong`."""
    texts = [key, *(wrong or ("A layer", "A role", "An alias"))]
    options = tuple(an_option(index, text, is_key=index < choose) for index, text in enumerate(texts))
    return an_item(**{"stem": stem, "options": options, "choose": choose, **given})


def simulated(stem="A function runs for 3 s. Which change helps?", **given):
    return choice(stem, "More memory", "Less memory", "A layer", "A role", kind="fix", scenario="lambda.a.b", **given)


def matching(**pairs):
    """Lines and their answers, underscores for spaces."""
    options = tuple(
        an_option(index, left.replace("_", " "), answer=right) for index, (left, right) in enumerate(pairs.items())
    )
    return an_item(kind="matching", stem="Match each source to what it does.", options=options)


def drawn(item, **given):
    """A variant of the item as it is written."""
    texts = [option.text for option in item.options]
    keys = [index for index, option in enumerate(item.options) if option.is_key] or [0]
    variant = {"item": item.id, "kind": item.kind, "stem": item.stem, "keys": keys, **given}
    return a_variant(*texts, **variant)


def world(**given):
    return LintWorld(**{"facts": {FACT: a_fact()}, **given})


def broken(item, *variants, **known):
    """The slugs of the rules that are broken, each once, in the order in which they are found."""
    return list(dict.fromkeys(finding.rule for finding in lint_item(item, variants, world(**known))))


def ids(item):
    return [option_id(item.id, index) for index in range(len(item.options))]
