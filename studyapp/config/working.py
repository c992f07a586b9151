"""The one worker of a DATA_DIR: it is alone, and it takes up what a worker that died has left."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.models import Q
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult


@contextmanager
def alone(folder: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the worker's lock of `folder`. While another process has it, wait, after telling so.

    The system itself lets go of it when its holder dies, however that happens.
    """
    with (folder / "worker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def take_up() -> int:
    """Let what a worker was running when it died be run again; how many tasks that is. Only for whoever is `alone`.

    A worker that is told twice to stop gives up its task by SystemExit: that is no failure of the task.
    """
    left = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.RUNNING)
        | Q(status=TaskResultStatus.FAILED, exception_class_path="builtins.SystemExit")
    )
    return left.update(
        status=TaskResultStatus.READY, started_at=None, finished_at=None, exception_class_path="", traceback=""
    )
