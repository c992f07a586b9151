"""Asking for work in the background: once for equal inputs, and not more than the others can bear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from studyapp.accounts.models import User
from studyapp.content.bodies import canonical
from studyapp.lab.background import tasks
from studyapp.lab.models import Job
from studyapp.simulator import ENGINE_VERSION, TRUTH
from studyapp.simulator.rulebook import digest

__all__ = ["TooManyJobs", "ask"]

MOST_UNFINISHED = 3
MOST_ASKED = 30
WINDOW = timedelta(minutes=10)


class TooManyJobs(Exception):
    """Nothing was asked for. The text says what to wait for."""


@transaction.atomic
def ask(*, kind: str, asked: Mapping[str, Any], by: User | None, device: str = "", now: datetime) -> Job:
    """The job of this input: the one that there is, in whatever state, or a new one that waits for the worker.

    `asked` is what `sweeping.Sweep.as_json` or `searching.Search.as_json` wrote. Somebody without a row is counted by
    `device`, a text of their browser. The task is committed with the job, so neither is ever without the other. A job that
    failed for no fault of its input is tried again. Raises TooManyJobs; what is there already can always be had.
    """
    key = sha256(canonical([kind, asked, ENGINE_VERSION, digest(TRUTH)]).encode()).hexdigest()
    whose = {"asked_by": by, "device": "" if by else sha256(device.encode()).hexdigest()}
    found = Job.objects.select_for_update().filter(key=key).first()
    if found is not None and not found.can_be_tried_again:
        return found
    _refuse_too_many(by, str(whose["device"]), now)
    fresh = {"kind": kind, "asked": dict(asked), "asked_at": now, **whose}
    again = {**fresh, "progress": 0, "problem": "", "started_at": None, "finished_at": None}
    job, _ = Job.objects.update_or_create(key=key, defaults=again, create_defaults=fresh)
    tasks.work.enqueue(job.pk)
    return job


def _refuse_too_many(by: User | None, device: str, now: datetime) -> None:
    theirs = Job.objects.asked_by_person(by, device)
    if theirs.unfinished().count() >= MOST_UNFINISHED:
        raise TooManyJobs(
            f"{MOST_UNFINISHED} of yours are still being computed. Ask for this one when one of them is done."
        )
    recent = theirs.filter(asked_at__gt=now - WINDOW).order_by("-asked_at").values_list("asked_at", flat=True)
    if len(times := list(recent[:MOST_ASKED])) == MOST_ASKED:
        minutes = -(-(times[-1] + WINDOW - now) // timedelta(minutes=1))
        raise TooManyJobs(
            f"You have asked for {MOST_ASKED} in the last 10 minutes. The next is possible in {minutes} min."
        )
