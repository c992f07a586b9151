"""For each rule about one item: what breaks it, and the nearest thing that does not."""

from dataclasses import dataclass, field, replace

from studyapp.questions.glossary import Term
from studyapp.questions.items import Item
from studyapp.questions.lint import Picks
from tests.questions.factories import FACT, a_fact
from tests.questions.lint.making import RECALL, TODAY, choice, ids, matching, simulated

SQS = Term("Amazon SQS", "Queues.", "service", also=("SQS",), never=("Amazon Sqs", "SQS Service", "Amazon"))
OLD = a_fact(source=replace(a_fact().source, checked=TODAY.replace(year=2024)))
OTHER = "lambda.vpc.internet"
BODY = {"functions": {"resize": {"duration": "3 s"}}}


@dataclass
class Case:
    """An item that breaks the rule, one that nearly does, and what the linter knows besides."""

    rule: str
    breaks: Item
    near: Item
    known: dict = field(default_factory=dict)
    near_known: dict | None = None


def without_why(item):
    return replace(item, options=(replace(item.options[0], why=" "), *item.options[1:]))


def with_ids(item, *names):
    options = (replace(option, id=name) for option, name in zip(item.options, names, strict=True))
    return replace(item, options=tuple(options))


PLAIN = choice()
TWO = choice("Which two keep events?", "A queue", "A stream", "A layer", "A role", "An alias", choose=2)
CASES = [
    Case("key-count", replace(TWO, choose=1), TWO),
    Case("options-differ", choice("What?", "A queue", "a  queue", "A role"), choice("What?", "A queue", "Two queues")),
    Case("options-differ", matching(SQS="It polls", sqs="It waits"), matching(SQS="It waits", SNS="It waits")),
    Case("scored-by-id", with_ids(PLAIN, "a", "b", "b", "c"), with_ids(PLAIN, "a", "b", "c", "d")),
    Case("unproved", simulated(), PLAIN),
    Case("why-missing", without_why(PLAIN), PLAIN),
    Case("choose-two", choice("Choose two: what keeps events?"), choice("Two functions fail. What keeps events?")),
    Case(
        "choose-two",
        replace(TWO, stem="What keeps events?"),
        TWO,
    ),
    Case("image-alt", choice("![](a.png) What is it?"), choice("![A queue](a.png) What is it?")),
    Case("image-alt", choice('<img src="a.png"> What is it?'), choice('<img src="a.png" alt="A queue"> What is it?')),
    Case(
        "double-negative",
        choice("Which queue does NOT keep its order?", "One that does not group"),
        choice("Which queue does NOT keep its order?", "One without groups"),
    ),
    Case("negative-stem", choice("Which queue does not keep order?"), choice("Which queue does NOT keep order?")),
    Case("negative-stem", choice("What can’t a layer hold?"), choice("What can a layer **not** hold?")),
    Case("negative-stem", choice("Which is never billed?"), choice("Why is a throttle not billed?")),
    Case(
        "negative-stem",
        choice("What does a queue not keep?"),
        choice("What happens to a message that is not deleted in time?"),
    ),
    Case("needs-options", choice("Which of these runs it?"), choice("What runs it?")),
    Case("needs-options", choice("Which is the following?"), choice("What delays the following run?")),
    Case("needs-options", choice("Which statement is true?"), choice("Which statement of the policy denies it?")),
    Case("long-stem", choice("so " * 120 + "what?"), choice("so " * 119 + "what?")),
    Case("excluding-words", choice("He deploys it. What runs?"), choice("They deploy it. What runs?")),
    Case("key-longest", choice("What?", "k" * 26, "w" * 20, "v" * 20), choice("What?", "k" * 25, "w" * 20, "v" * 20)),
    Case("key-longest", choice("What?", "A letter more", "A line"), choice("How many?", "1,000,000", "10")),
    Case(
        "absolute-words",
        choice("What happens?", "It waits", "It always runs", "It stops"),
        choice("What happens?", "It never waits", "It always runs", "It stops"),
    ),
    Case(
        "absolute-words",
        choice("Which wait?", "Later ones", "All of them", "None of them"),
        choice("Which wait?", "Later ones", "All of them", "Earlier ones"),
    ),
    Case(
        "absolute-words", choice("When?", "At noon", "Never, it is off"), choice("When?", "At noon", "Never", "Daily")
    ),
    Case(
        "clang",
        choice("A schedule starts it. What gives the right?", "A role of the schedule", "A statement", "A mapping"),
        choice("A schedule starts it. What gives the right?", "A role of the schedule", "A rule for schedules"),
    ),
    Case(
        "clang",
        choice("A layer holds code. What else?", "A layer", "A role"),
        choice("An SQS queue holds it. Which service?", "Amazon SQS", "A role"),
        {"terms": (SQS,)},
    ),
    Case(
        "clang",
        matching(A_stream_of_clicks="Clicks are kept for a day", A_queue="Each is deleted"),
        matching(A_stream_of_clicks="Clicks are kept for a day", A_queue="Clicks are deleted"),
    ),
    Case(
        "grammar-cue",
        choice("It is held by an", "alias", "role", "layer"),
        choice("It is held by an", "alias", "event"),
    ),
    Case(
        "grammar-cue",
        choice("Which two are kept?", "Role and layer", "Role", "Role, layer and alias"),
        choice("Which two are kept?", "Role and layer", "Role and alias", "Alias"),
    ),
    Case("grammar-cue", choice("What are they?", "Queues", "A role"), choice("What are they?", "Queues", "Roles")),
    Case(
        "grammar-cue",
        choice("What helps?", "Raising the timeout", "More memory", "A role"),
        choice("What helps?", "Raising the timeout", "Adding a role", "More memory"),
    ),
    Case(
        "grammar-cue",
        choice("What became of it?", "It was lost", "It waits", "It is kept"),
        choice("What became of it?", "It was lost", "It waits", "It was kept"),
    ),
    Case("overlapping-ranges", choice("How many?", "1 to 10", "5 to 20"), choice("How many?", "1 to 10", "10 to 20")),
    Case(
        "overlapping-ranges",
        choice("How long does it wait?", "Over 90 s", "1 to 2 min", "Under 30 s"),
        choice("From which range is the wait, and how long?", "Over 90 s", "1 to 2 min"),
    ),
    Case("all-of-the-above", choice("What?", "A", "All of the above"), choice("Which share?", "Half", "All of them")),
    Case("all-of-the-above", choice("What?", "A role", "Both A and B"), choice("What?", "A role", "A layer and B2")),
    Case("none-of-the-above", choice("What?", "A", "None of these"), choice("Which share?", "Half", "None of it")),
    Case(
        "numbers-in-order",
        choice("When?", "After five minutes", "After one minute", "After thirty minutes"),
        choice("When?", "After 5 minutes", "After 1 minute", "After 30 minutes"),
    ),
    Case(
        "numbers-in-order",
        matching(SQS="After five days", SNS="After twelve days"),
        matching(SQS="After 5 days", SNS="After 12 tries"),
    ),
    Case(
        "unused-distractor",
        PLAIN,
        PLAIN,
        {"picks": {ids(PLAIN)[1]: Picks(60, 2)}},
        {"picks": {ids(PLAIN)[1]: Picks(60, 3)}},
    ),
    Case(
        "unused-distractor",
        PLAIN,
        PLAIN,
        {"picks": {ids(PLAIN)[1]: Picks(60, 0)}},
        {"picks": {ids(PLAIN)[1]: Picks(59, 0)}},
    ),
    Case("long-option", choice("What?", "so " * 31), choice("What?", "so " * 30)),
    Case(
        "not-parallel", choice("What?", "A role", "To wait", "A layer"), choice("What?", "A role", "None", "2 layers")
    ),
    Case(
        "not-parallel",
        choice("What?", "A role", "A layer that holds a library for every function there is"),
        choice("What?", "A role for a function", "A layer that holds a library for every function there is"),
    ),
    Case("fact-source", replace(PLAIN, facts=()), PLAIN),
    Case("fact-source", replace(PLAIN, facts=("lambda.a.unknown",)), PLAIN),
    Case(
        "fact-source",
        replace(PLAIN, id=RECALL),
        replace(PLAIN, id=RECALL),
        {"facts": {FACT: a_fact(source=replace(a_fact().source, url=""))}},
        {},
    ),
    Case("fact-stale", replace(PLAIN, id=RECALL), PLAIN, {"facts": {FACT: OLD}, "today": TODAY}),
    Case(
        "fact-stale",
        replace(PLAIN, id=RECALL),
        replace(PLAIN, id=RECALL),
        {"facts": {FACT: OLD}, "today": TODAY},
        {"today": TODAY},
    ),
    Case(
        "unrelated-facts",
        replace(PLAIN, facts=(FACT, OTHER)),
        replace(PLAIN, facts=(FACT, OTHER)),
        {},
        {"related": [frozenset({FACT, OTHER})]},
    ),
    Case(
        "unrelated-facts",
        replace(PLAIN, facts=(FACT, OTHER)),
        replace(PLAIN, facts=(FACT, OTHER), clue="rate-limit"),
    ),
    Case("unknown-acronym", choice("What is a DLQ?"), choice("What is SQS, and `DLQ`, and 5 GB?"), {"terms": (SQS,)}),
    Case("service-name", choice("What is Amazon Sqs?"), choice("What is Amazon SQS?"), {"terms": (SQS,)}),
    Case(
        "idle-sentence",
        simulated("It rains in Berlin. A function runs for 3 s. Which change helps?"),
        simulated("It resizes images. A function runs for 3 s. Which change helps?"),
        {"scenarios": {"lambda.a.b": BODY}},
    ),
]
