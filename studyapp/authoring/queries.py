"""What the pages of drafts show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from studyapp.authoring import files
from studyapp.authoring.models import Draft
from studyapp.content.models import Fact
from studyapp.content.texts import references
from studyapp.questions.filling import shown
from studyapp.questions.items import Option
from studyapp.questions.variants import Variant, drawn, shuffled


@dataclass(frozen=True)
class Answered:
    """An option as a student sees it after the answer. `verdict`: key or other."""

    text: str
    why: str
    verdict: str


@dataclass(frozen=True)
class Line:
    """An option across the proved seeds: its values, "" where it is not shown. `id` is `key` or that of its belief."""

    id: str
    says: str
    is_key: bool
    cells: tuple[str, ...]

    @property
    def shown(self) -> int:
        return sum(map(bool, self.cells))


@dataclass(frozen=True)
class Page:
    """A draft to look at. `options` are those of its first variant, none without a proof; `heads` say what each seed draws;
    `facts` are what its texts refer to and what it probes, by id."""

    draft: Draft
    stem: str
    options: tuple[Answered, ...]
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    facts: dict[str, Fact]
    yaml: str

    @property
    def references(self) -> dict[str, dict[str, str]]:
        """What `{{ fact }}` stands for in its reasons."""
        return {
            slug: {"text": fact.body["value_text"], "url": reverse("reference:fact", args=[slug])}
            for slug, fact in self.facts.items()
        }

    @property
    def draws(self) -> str:
        """The parameters whose values the variants have."""
        return ", ".join(self.draft.body["item"].get("draw", {}))

    @property
    def probed(self) -> list[Fact]:
        return [self.facts[slug] for slug in self.draft.body["item"]["facts"] if slug in self.facts]


def page(draft: Draft) -> Page:
    """One query."""
    made = files.draft_of(draft.body)
    seeds = draft.proof.get("seeds", [])
    variants = [drawn(made.item, made.scenario, seed) for seed in seeds]
    says = {slip.id: slip.says for slip in made.slips}
    return Page(
        draft=draft,
        stem=variants[0].stem if variants else made.item.stem,
        options=_answered(variants[0]) if variants else (),
        heads=tuple(_drawn(seed, place) for place, seed in enumerate(seeds, 1)),
        lines=tuple(_line(option, variants, says) for option in made.item.options),
        facts={fact.slug: fact for fact in Fact.objects.filter(slug__in=set(_mentioned(draft.body)))},
        yaml=files.text(draft.body, draft.title),
    )


def _answered(variant: Variant) -> tuple[Answered, ...]:
    """In the order in which a student might see them: numbers ascend."""
    by_id = {option.id: option for option in variant.options}
    ordered = (by_id[each] for each in shuffled(variant, "draft"))
    return tuple(Answered(each.text, each.why, "key" if each.id in variant.key else "other") for each in ordered)


def _drawn(seed: dict[str, Any], place: int) -> str:
    """What a variant draws; its number where it draws nothing."""
    return ", ".join(shown(value) for value in seed["draw"].values()) or str(place)


def _line(option: Option, variants: Sequence[Variant], says: dict[str, str]) -> Line:
    cells = ({each.id: each.text for each in variant.options}.get(option.id, "") for variant in variants)
    name = option.belief or files.KEY
    return Line(name, says.get(name, ""), option.is_key, tuple(cells))


def _mentioned(body: dict[str, Any]) -> Iterator[str]:
    yield from body["item"]["facts"]
    for text in body["item"]["why"].values():
        yield from references(text)
