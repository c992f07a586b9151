"""Where a question's run can be gone on with: in the lab, and by asking what would make a wrong answer right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from studyapp.attempts.models import Attempt
from studyapp.content import services as content
from studyapp.content.addresses import query
from studyapp.content.models import Revision
from studyapp.questions.variants import Shown, Variant

CHANGED, SAID = "fix", "predict"


def onward(revision: Revision, attempt: Attempt) -> dict[str, Any]:
    """`lab_url`: the run of what was chosen beside the key's; `mend_url` and `mend`: what would make it right, of a wrong
    choice. Empty where there is nothing to go on with."""
    variant = revision.variant(attempt.seed)
    slug = revision.body["item"].get("scenario")
    if not slug or not revision.body["scenario"]:
        return {}
    chosen = content.chosen(variant, attempt.response)
    return {
        "lab_url": _lab_url(slug, revision.body["scenario"], variant, chosen),
        **_mending(revision, variant, chosen),
    }


def _lab_url(slug: str, body: Mapping[str, Any], variant: Variant, chosen: tuple[Shown, ...]) -> str:
    """A choice that changes nothing is the key's run."""
    key = [option for option in variant.options if option.id in variant.key]
    key_changes, own = (_changes(variant, options) for options in (key, chosen))
    beside = key_changes if own != key_changes else None
    address = query(own, body=body, seed=variant.seed, pinned=beside)
    return reverse("lab:demo", args=[slug]) + (f"?{address}" if address else "")


def _changes(variant: Variant, options: list[Shown] | tuple[Shown, ...]) -> dict[str, object]:
    changed = {path: value for option in options for path, value in (option.change or {}).items()}
    return {**variant.draw, **(changed if variant.kind == CHANGED else {})}


def _mending(revision: Revision, variant: Variant, chosen: tuple[Shown, ...]) -> dict[str, Any]:
    """For one wrong option of a question that asks for one."""
    wrong = [option for option in chosen if option.id not in variant.key]
    if variant.kind not in (CHANGED, SAID) or variant.choose != 1 or len(wrong) != 1:
        return {}
    address = reverse("lab:smallest", args=[revision.pk, variant.seed, wrong[0].id])
    return {"mend_url": address, "mend": wrong[0].text}
