"""A page's draft beside what stands. Two tabs, or two devices, may show one question, and one of them an older state of it.

Every page says back what it was shown with, its *base*. What differs from the base was changed on that page, and counts; what does
not is left as it stands now, so that turning away from an old page undoes nothing that was saved elsewhere since.
"""

import json
from dataclasses import replace

from studyapp.exams.models import SittingItem
from studyapp.exams.terms import Draft


def base_of(place: SittingItem) -> str:
    """What a page that shows this place says back."""
    stands = [sorted(place.response), sorted(place.struck), place.is_marked, place.is_sure]
    return json.dumps(stands, separators=(",", ":"))


def read_base(said: str) -> Draft | None:
    """What `base_of` wrote; None for anything else."""
    try:
        response, struck, is_marked, is_sure = json.loads(said)
        return Draft(tuple(map(str, response)), tuple(map(str, struck)), bool(is_marked), bool(is_sure))
    except (ValueError, TypeError, RecursionError):
        return None


def merged(place: SittingItem, draft: Draft) -> Draft:
    """What the page has changed, and of the rest what stands. All of the page where it does not say its base."""
    base = draft.base
    if base is None:
        return draft
    return replace(
        draft,
        response=draft.response if {*draft.response} != {*base.response} else tuple(place.response),
        struck=draft.struck if {*draft.struck} != {*base.struck} else tuple(place.struck),
        is_marked=draft.is_marked if draft.is_marked != base.is_marked else place.is_marked,
        is_sure=draft.is_sure if draft.is_sure != base.is_sure else place.is_sure,
    )


def is_shown(place: SittingItem, draft: Draft) -> bool:
    """Whether the page that sent `draft` shows the place as it stands."""
    shown = {*draft.response}, {*draft.struck}, draft.is_marked, draft.is_sure
    return shown == ({*place.response}, {*place.struck}, place.is_marked, place.is_sure)
