"""The linter: flaws of questions that can be seen without asking anybody.

`lint_item` looks at one item, `lint_bank` at many together, `gives_away` at those of one form. Levels: E blocks, W needs a
reason in the item's `accepts:`, I informs. Rules after Haladyna, Downing and Rodriguez (2002), and the house's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from studyapp.questions.items import Item
from studyapp.questions.lint import bank, cues, form, names, options, simulated, sources, structure, waivers, wording
from studyapp.questions.lint.finding import LEVELS, Checked, Finding, Level, Rule
from studyapp.questions.lint.form import gives_away
from studyapp.questions.lint.subject import Subject
from studyapp.questions.lint.world import LintWorld, Picks
from studyapp.questions.variants import Variant

__all__ = [
    "LEVELS", "RULES", "Finding", "Level", "LintWorld", "Picks", "Rule", "gives_away", "lint_bank", "lint_item",
]  # fmt: skip

_ITEM_RULES: Final[tuple[Checked, ...]] = (
    *structure.RULES, *wording.RULES, *cues.RULES, *options.RULES, *sources.RULES, *names.RULES, *simulated.RULES,
)  # fmt: skip
RULES: Final[Mapping[str, Rule]] = {
    rule.slug: rule
    for rule in sorted(
        [*(checked.rule for checked in _ITEM_RULES), *bank.RULES, form.GIVES_AWAY, *waivers.RULES],
        key=lambda rule: LEVELS.index(rule.level),
    )
}
"""Every rule by its slug, errors first."""


def lint_item(item: Item, variants: Sequence[Variant], world: LintWorld) -> list[Finding]:
    """What is found in one item, as its `variants` show it (none: as it is written), less what it accepts."""
    subject = Subject(item, variants, world)
    levels = {rule.slug: _level(rule, world) for rule in RULES.values()}
    findings = [
        Finding(checked.rule.slug, levels[checked.rule.slug], item.id, says)
        for checked in _ITEM_RULES
        for says in checked.check(subject)
    ]
    excused = [each for each in findings if each.level == "E" or each.rule not in world.reasons]
    judged = {checked.rule.slug for checked in _ITEM_RULES if levels[checked.rule.slug] != "E"} - _unjudged(world)
    kept = waivers.waived(item, excused, judged)
    return [*waivers.unknown(subject, levels), *kept]


def lint_bank(items: Sequence[Item], variants: Mapping[str, Sequence[Variant]]) -> list[Finding]:
    """What is found in many items together, less what they accept; `variants` go by item id."""
    by_item: dict[str, list[Finding]] = defaultdict(list)
    for finding in bank.findings(items, variants):
        by_item[finding.item].append(finding)
    judged = {rule.slug for rule in bank.RULES}
    kept = chain.from_iterable(waivers.waived(item, by_item.pop(item.id, []), judged) for item in items)
    return [*kept, *chain.from_iterable(by_item.values())]


def _level(rule: Rule, world: LintWorld) -> Level:
    return rule.imported or rule.level if world.origin == "authored" else rule.level


def _unjudged(world: LintWorld) -> set[str]:
    """Rules for which the world has nothing to go by: a waiver of theirs may be needed elsewhere."""
    lacking = {
        "unused-distractor": not world.picks,
        "fact-stale": world.today is None,
        "unknown-acronym": not world.terms,
        "service-name": not world.terms,
    }
    return {rule for rule, is_lacking in lacking.items() if is_lacking}
