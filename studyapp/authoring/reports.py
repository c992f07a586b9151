"""Reads: what students say is wrong with questions, each with what was shown and what was given. Never who says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from studyapp.attempts.models import Flaw, Report
from studyapp.questions.variants import PAIRED, Variant

MOST = 50
"""So many are shown at once, the newest first."""


@dataclass(frozen=True)
class Choice:
    """An option as it was shown."""

    text: str
    is_key: bool
    is_given: bool


@dataclass(frozen=True)
class Reported:
    """An open report. `choices` are in the order shown, none of a question without options; `given` is a response in words:
    None where it was reported before the answer."""

    pk: int
    slug: str
    seed: int
    digest: str
    flaw: str
    words: str
    at: datetime
    stem: str
    choices: tuple[Choice, ...]
    given: tuple[str, ...] | None


def open_reports() -> tuple[list[Reported], int]:
    """The newest that are open, and how many there are. Two queries."""
    waiting = Report.objects.filter(closed_at=None)
    newest = waiting.select_related("revision__item").order_by("-at", "-pk")[:MOST]
    return [_reported(report) for report in newest], waiting.count()


def _reported(report: Report) -> Reported:
    variant = report.revision.variant(report.seed)
    return Reported(
        pk=report.pk,
        slug=report.revision.item.slug,
        seed=report.seed,
        digest=report.revision.digest[:8],
        flaw=Flaw(report.flaw).label,
        words=report.words,
        at=report.at,
        stem=variant.stem,
        choices=tuple(_choices(variant, report.order, report.response or ())),
        given=None if report.response is None else tuple(_given(variant, report.response)),
    )


def _choices(variant: Variant, order: Collection[str], response: Collection[str]) -> Iterator[Choice]:
    """Of a question whose options are chosen; in authored order where the page could not tell what it had shown."""
    if variant.kind in PAIRED or variant.kind in ("numeric", "ordering", "reveal"):
        return
    by_id = {option.id: option for option in variant.options}
    for each in order or by_id:
        yield Choice(by_id[each].text, each in variant.key, each in response)


def _given(variant: Variant, response: Collection[str]) -> Iterator[str]:
    texts = {option.id: option.text for option in variant.options} | {one.id: one.text for one in variant.answers}
    for each in response:
        if variant.kind == "ordering":
            place, _, step = each.partition(":")
            yield f"{place}. {texts[step]}"
        elif variant.kind in PAIRED:
            line, _, answer = each.partition("=")
            yield f"{texts[line]}: {texts[answer]}"
        else:
            yield texts.get(each, each)
