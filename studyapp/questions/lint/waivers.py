"""Waivers: `accepts: {rule: reason}` silences a warning, and has to have one to silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from studyapp.questions.items import Item
from studyapp.questions.lint.finding import HOUSE, Finding, Level, Rule, found
from studyapp.questions.lint.subject import HEIRS, Subject, is_drawn

IDLE = Rule("idle-waiver", "W", "What an item accepts is found in it.", HOUSE)
UNKNOWN = Rule("unknown-waiver", "E", "What an item accepts is a rule of the linter, and no error.", HOUSE)
RULES = (UNKNOWN, IDLE)


def waived(item: Item, findings: Sequence[Finding], judged: Collection[str]) -> Iterator[Finding]:
    """The findings of one item without those that it accepts, and its waivers of `judged` rules that silence none.

    Some items have their waivers from another, and it is there that they have to be needed.
    """
    yield from (each for each in findings if each.level == "E" or each.rule not in item.accepts)
    found_rules = {each.rule for each in findings}
    for rule in item.accepts if not is_drawn(item, HEIRS) else ():
        if rule in judged and rule not in found_rules:
            yield found(IDLE, item.id, f"accepts {rule}, which is not found in it: take the waiver away")


def unknown(subject: Subject, levels: Mapping[str, Level]) -> Iterator[Finding]:
    """Waivers of rules that do not exist or cannot be waived; `levels` of all rules by slug."""
    for rule in subject.item.accepts:
        if rule not in levels:
            yield found(UNKNOWN, subject.item.id, f"accepts {rule}, which is no rule of the linter")
        elif levels[rule] == "E":
            yield found(UNKNOWN, subject.item.id, f"accepts {rule}, which is an error and cannot be accepted")
