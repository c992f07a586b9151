"""The product's own application with a clock that a test can set forward: seconds ahead, read from the file $CLOCK."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from studyapp.config.wsgi import application

_now = timezone.now
_clock = Path(os.environ["CLOCK"])


def _ahead() -> datetime:
    return _now() + timedelta(seconds=float(_clock.read_text() or 0))


timezone.now = _ahead

__all__ = ["application"]
