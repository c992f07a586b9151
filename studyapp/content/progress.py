"""A bar for a person who waits for runs: how far all of them are, on stderr."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from tqdm import tqdm

from studyapp.simulator.parts import Arrivals, Scenario

DELAY = 1.0
"""Seconds before the bar shows: most runs are over by then."""


class Bar:
    """For `runs` runs, one after the other. Where it is not shown it watches nothing."""

    def __init__(self, runs: int, *, is_shown: bool) -> None:
        form = "{percentage:3.0f} % |{bar}|{postfix}, {elapsed} gone, {remaining} left "
        self._bar = tqdm(total=float(runs), bar_format=form, delay=DELAY, miniters=0, leave=False) if is_shown else None
        self._begun = 0

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()

    def watch(self, scenario: Scenario) -> Callable[[int, int], None] | None:
        """Whom the next run tells how far it is."""
        bar = self._bar
        if bar is None:
            return None
        done, self._begun = self._begun, self._begun + 1

        def told(clock: int, tries: int) -> None:
            bar.set_postfix_str(f"{tries:,} tries, {clock / 1e6:,.0f} s of its clock", refresh=False)
            bar.update(done + share(scenario, clock, tries) - bar.n)

        told(0, 0)
        return told


def share(scenario: Scenario, clock: int, tries: int) -> float:
    """How much of a run is over: by its horizon, by the end of its arrivals, by how many there are, or by max_events."""
    streams = [stream for source in scenario.sources for stream in source.arrivals]
    ends = [stream.end_us for stream in streams]
    counts = [_count(stream) for stream in streams]
    if scenario.horizon_us:
        found = clock / scenario.horizon_us
    elif ends and None not in ends:
        found = clock / max(end for end in ends if end is not None)
    elif counts and None not in counts:
        found = tries / max(sum(count for count in counts if count is not None), 1)
    else:
        found = tries / scenario.max_events
    return min(found, 1.0)


def _count(stream: Arrivals) -> int | None:
    return sum(number for _, number in stream.moments) if stream.kind == "at" else stream.count
