"""When requests arrive: sorted times in blocks, which the engine walks in an outer loop; they never enter its agenda."""

from collections.abc import Iterator
from heapq import merge
from itertools import accumulate, chain, count, islice
from math import log, pi, sin
from random import Random
from typing import Final

from studyapp.simulator.engine.streams import stream
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.parts import Arrivals, Source
from studyapp.simulator.units import LONGEST, SECOND

BLOCK: Final = 4096
FIRST_BLOCK: Final = 64
MOST_LEFT_OUT: Final = 2_000_000
"""Of a wave in a row. In the trough of one that comes to 0 they grow with its height: 200,000 at 1,000 per 1 s a day."""


def blocks(source: Source, seed: int, horizon_us: int | None) -> Iterator[list[int]]:
    """The arrivals of one source, in blocks of at most some thousand, in order."""
    streams = [
        _bounded(each, stream(seed, source.name, f"arrivals/{number}"), horizon_us)
        for number, each in enumerate(source.arrivals)
    ]
    return streams[0] if len(streams) == 1 else _in_blocks(merge(*map(chain.from_iterable, streams)))


def _bounded(arrivals: Arrivals, random: Random, horizon_us: int | None) -> Iterator[list[int]]:
    """`arrivals` cut at its count, its end, the horizon and the longest time (all at or after an end is left out)."""
    end = min(LONGEST if each is None else each for each in (arrivals.end_us, horizon_us))
    left = arrivals.count
    if arrivals.start_us >= end:
        return
    for block in _endless(arrivals, random):
        is_last = False
        if left is not None and len(block) >= left:
            block, is_last = block[:left], True
        if block and block[-1] >= end:
            block, is_last = [at for at in block if at < end], True
        if left is not None:
            left -= len(block)
        yield block
        if is_last:
            return


def _endless(arrivals: Arrivals, random: Random) -> Iterator[list[int]]:
    start = arrivals.start_us
    if arrivals.kind == "at":
        return _in_blocks(at for at, number in arrivals.moments for _ in range(number))
    if arrivals.kind == "every":
        return _in_blocks(count(start, arrivals.period_us))
    if arrivals.schedule is not None:
        return _in_blocks(arrivals.schedule.firings(start))
    if arrivals.kind == "even":
        return _in_blocks(start + round(number / arrivals.rate) for number in count())
    if arrivals.kind == "wave":
        return _in_blocks(_wave(arrivals, random))
    return _poisson(arrivals.rate, start, random)


def _poisson(rate: float, start: int, random: Random) -> Iterator[list[int]]:
    draw = random.random
    mean = 1.0 / rate
    at = float(start)
    size = FIRST_BLOCK
    while True:
        times = list(accumulate([-log(1.0 - draw()) * mean for _ in range(size)], initial=at))
        at = times[-1]
        yield [int(time) for time in times[1:]]
        size = min(size * 4, BLOCK)


def _wave(arrivals: Arrivals, random: Random) -> Iterator[int]:
    """A Poisson stream whose rate is base + amplitude sin(2 pi t / period), by thinning the peak rate."""
    peak = arrivals.rate + arrivals.amplitude
    turn = 2 * pi / arrivals.period_us
    at = float(arrivals.start_us)
    draw = random.random
    left_out = 0
    while left_out < MOST_LEFT_OUT:
        at -= log(1.0 - draw()) / peak
        left_out += 1
        if draw() * peak < arrivals.rate + arrivals.amplitude * sin(turn * at):
            left_out = 0
            yield int(at)
    raise RunTooLong(
        f"The run was stopped at {at / SECOND:,.1f} s of its clock: a wave so high takes too long to leave its trough."
    )


def _in_blocks(times: Iterator[int]) -> Iterator[list[int]]:
    size = FIRST_BLOCK
    while block := list(islice(times, size)):
        yield block
        size = min(size * 4, BLOCK)
