"""Callers that wait for their answer: what they hear of a try, and when they try again."""

from collections.abc import Callable

from studyapp.simulator.parts import Retrying
from studyapp.simulator.trace import OK


def answer(asked: int, end: int, status: int, limit: int | None, hears_errors: bool) -> tuple[int, bool]:
    """(when the caller knows, whether it is content) of a run that it asked for at `asked`.

    One that ends later than `limit` after that is not heard: the caller has given up on it, and it goes on for nothing.
    """
    if limit is not None and end - asked > limit:
        return asked + limit, False
    return end, status == OK or not hears_errors


def next_try(policy: Retrying | None, tried: int, at: int, draw: Callable[[], float]) -> int | None:
    """When a caller tries again that knows at `at` that the last of its `tried` tries has failed; None: never.

    The wait doubles up to its longest, times a number from [0, 1) that is drawn for each wait ("full jitter"). Source:
    retry behaviour of the AWS SDKs.
    """
    if policy is None or tried >= policy.tries:
        return None
    wait = min(policy.backoff_us * 2 ** (tried - 1), policy.most_us)
    return at + (int(wait * draw()) if policy.has_jitter else wait)
