"""Reads what a caller does by itself: tries again, and delivers twice."""

from studyapp.simulator import units
from studyapp.simulator.parts import Retrying
from studyapp.simulator.reading import Fields
from studyapp.simulator.rulebook import Rulebook


def read_retrying(fields: Fields, rulebook: Rulebook) -> Retrying | None:
    """`retries: {tries: 3, backoff: 1 s, most: 20 s, jitter: yes}` of a synchronous caller; None without the field."""
    if not fields.has("retries"):
        return None
    inner = Fields(fields.raw("retries"), fields.at("retries"))
    retrying = Retrying(
        tries=inner.whole("tries", 1, 100, rulebook.sdk_tries) or 1,
        backoff_us=inner.take("backoff", units.span, rulebook.sdk_backoff),
        most_us=inner.take("most", units.span, rulebook.sdk_backoff_max),
        has_jitter=inner.take("jitter", units.flag, default=True),
    )
    inner.done()
    return retrying


def read_duplicates(fields: Fields, kind: str) -> float:
    """The share of events that are delivered twice; where delivery is exactly once there is none."""
    return fields.take("duplicates", units.fraction, 0.0)
