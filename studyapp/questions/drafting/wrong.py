"""Wrong values: what a scenario would give if a belief were true, how its outcome is misread, and slips of arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studyapp.facts.book import Fact
from studyapp.questions.items import Belief
from studyapp.questions.proof.result import World

SLIPS = {
    "one-too-many": ("One more is counted than there are.", "What comes first is easily counted twice."),
    "one-too-few": ("One of them is left out of the count.", "What comes first, or last, is easily forgotten."),
    "twice-as-much": ("Everything is counted twice.", "A factor of two is soon put in once too often."),
    "half-as-much": ("Only half of it is counted.", "A factor of two is soon left out."),
    "ten-times-as-much": (
        "The decimal point is one place too far to the right.",
        "Large numbers are hard to keep apart.",
    ),
    "a-tenth-as-much": ("The decimal point is one place too far to the left.", "Small numbers are hard to keep apart."),
}
"""Misreadings that are slips of arithmetic: what each says, and why it happens."""
OF_SLIPS = "A slip of arithmetic:"


def beliefs_at_work(world: World, rules: set[str], facts: Sequence[str]) -> list[Belief]:
    """The beliefs that can matter to a run that has read `rules`, those about its facts first, patches before misreadings."""
    can = [each for each in world.beliefs.values() if set(each.patch) & rules or each.misreading]
    return sorted(can, key=lambda each: (not each.patch, not set(each.refuted_by) & set(facts)))


def slips(name: str, facts: Sequence[str]) -> Iterator[Belief]:
    """The slips as beliefs of the draft `name` alone: their ids begin with the last part of its name."""
    for reading, (says, tempts) in SLIPS.items():
        slug = f"{name.rpartition('.')[2]}-{reading}"
        yield Belief(slug, says, tempts, misreading=reading, refuted_by=tuple(facts[:1]))


def is_slip(belief: Belief) -> bool:
    return belief.misreading in SLIPS


def why(belief: Belief) -> str:
    """What choosing its value shows."""
    if is_slip(belief):
        return f"{OF_SLIPS} {belief.says[0].lower()}{belief.says[1:]}"
    if belief.patch:
        return f"It would be so if this were true: {belief.says}"
    return f"The run is the same, and it is read another way: {belief.says}"


def why_key(facts: Sequence[Fact]) -> str:
    """What the right value rests on: the first fact, with its value as a reference where it has one."""
    fact = facts[0]
    sentence = fact.says.replace("{value}", f"{{{{ {fact.id} }}}}")
    plain = sentence if "{" not in sentence.replace("{{", "").replace("}}", "") else fact.sentence
    return f"This is what the run gives by the rules in force. {plain}"
