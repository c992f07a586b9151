"""What a run did to its event, in words: for one and for several."""

from __future__ import annotations

from collections.abc import Sequence

VERBS = {
    "ok": ("succeeds", "succeed"),
    "error": ("fails", "fail"),
    "timeout": ("times out", "time out"),
    "out of memory": ("runs out of memory", "run out of memory"),
    "disk full": ("finds the disk full", "find the disk full"),
    "no connection": ("gets no connection", "get no connection"),
    "dependency down": ("fails, its dependency is down", "fail, their dependency is down"),
    "response too large": ("fails, its response is too large", "fail, their response is too large"),
    "given back": ("is given back", "are given back"),
}
MOST_STRETCHES = 4
LOOKS = {"ok": "invoke", "timeout": "timeout", "given back": "partial"}


def verb(status: str, *, several: bool = False) -> str:
    """'fails', 'fail'; of a run whose end is not known: 'runs', 'run'."""
    return VERBS.get(status, ("runs", "run"))[several]


def look(status: str) -> str:
    """The look of a run's bar: every end but a good one is red, a batch that was given back in part is both."""
    return LOOKS.get(status, "failed" if status else "invoke")


def numbers(events: Sequence[int]) -> str:
    """[1, 2, 3, 5] as '1 to 3 and 5'; more than four stretches end in '…'."""
    if len(events) == 1:
        return f"{events[0]:,}"
    stretches: list[list[int]] = []
    for event in sorted(set(events)):
        if stretches and event == stretches[-1][-1] + 1:
            stretches[-1][1:] = [event]
        elif len(stretches) == MOST_STRETCHES:
            return ", ".join(map(_stretch, stretches[: MOST_STRETCHES - 1])) + ", …"
        else:
            stretches.append([event])
    words = [*map(_stretch, stretches)]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _stretch(ends: Sequence[int]) -> str:
    return " to ".join(f"{event:,}" for event in ends)


def called(noun: str, events: Sequence[int]) -> str:
    """'message 3', 'messages 1 to 3'."""
    return f"{noun} {events[0]:,}" if len(events) == 1 else f"{noun}s {numbers(events)}"
