"""What the worker does: one task for every job. A task whose worker died is run again (`config.working`)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from studyapp.lab.background import searching, smallest, sweeping
from studyapp.lab.models import COULD_NOT, GAVE_UP, Job, JobKind
from studyapp.simulator.errors import SimulatorError

logger = logging.getLogger(__name__)

MOST_TRIES = 3
"""Of a job during which the worker ends: one that kills it every time must not do so for ever."""
TELLS_EVERY_S = 0.5
KEPT = timedelta(days=30)
"""A finished job, and its row in the queue: whoever asks for the same later has it computed again."""

Told = Callable[[float], None]


def _sweep(asked: Mapping[str, Any], told: Told) -> object:
    return sweeping.as_json(sweeping.rows(sweeping.Sweep.read(asked), told))


def _search(asked: Mapping[str, Any], told: Told) -> object:
    return smallest.smallest(searching.Search.read(asked), told).as_json()


_KINDS: Mapping[str, Callable[[Mapping[str, Any], Told], object]] = {JobKind.SWEEP: _sweep, JobKind.SEARCH: _search}


@task(takes_context=True)
def work(context: TaskContext, job_pk: int) -> None:
    """Do a job and keep its result, or its problem in words. One that is finished, or gone, is left alone."""
    job = Job.objects.unfinished().filter(pk=job_pk).first()
    if job is not None:
        Job.objects.filter(pk=job.pk).update(started_at=timezone.now(), progress=0)
        came = _came(job) if context.attempt <= MOST_TRIES else {"problem": GAVE_UP}
        Job.objects.filter(pk=job.pk).update(**came, finished_at=timezone.now())
    forget_old(timezone.now())


def forget_old(now: datetime) -> None:
    """Delete what was finished longer than KEPT ago. The database is the classroom's: it should not grow by looking."""
    Job.objects.filter(finished_at__lt=now - KEPT).delete()
    DBTaskResult.objects.filter(finished_at__lt=now - KEPT).delete()


def _came(job: Job) -> dict[str, object]:
    """What came of it, as fields of its row."""
    try:
        return {"result": _KINDS[job.kind](job.asked, _Progress(job.pk)), "progress": 100}
    except (SimulatorError, sweeping.BadSweep, searching.BadSearch) as error:
        return {"problem": str(error)}
    except Exception:  # whatever it is, whoever asked must not wait for ever
        logger.exception("job failed", extra={"job": job.pk})
        return {"problem": COULD_NOT}


class _Progress:
    """Writes how far a job is, at most once in TELLS_EVERY_S."""

    def __init__(self, job_pk: int) -> None:
        self._job_pk = job_pk
        self._next = time.monotonic() + TELLS_EVERY_S

    def __call__(self, share: float) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + TELLS_EVERY_S
            Job.objects.filter(pk=self._job_pk).update(progress=min(int(share * 100), 99))
