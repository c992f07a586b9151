"""What is looked up instead of looked through: the same corners, the same batch, the same words, the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.outcome import Outcome
from studyapp.simulator.run import simulate
from studyapp.simulator.scenario import read
from studyapp.simulator.sums import Stretches
from studyapp.ui import rows
from studyapp.ui.pictures import anatomy, gauges, verbs
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.levels import line_of_steps
from studyapp.ui.pictures.shapes import Grid, Row, Table
from tests.simulator import mixed_worlds
from tests.simulator.worlds import Data

FOOT = 90.0
axes = st.builds(Axis, st.just(0), st.integers(1_000, 3_000_000), st.sampled_from([720, 920]))
moments = st.lists(st.integers(1, 2_000_000), max_size=400, unique=True).map(lambda found: [0, *sorted(found)])
texts = st.text(st.sampled_from("ab <>&\"'"), max_size=6)


def every_step(axis: Axis, steps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first step, and the highest of each pixel and its last, by a look at each."""
    share = (axis.right - axis.left) / axis.end_us
    columns: dict[int, list[tuple[int, int]]] = {}
    for step in steps:
        if step[0] <= axis.end_us:
            columns.setdefault(int(step[0] * share), []).append(step)
    pairs = [(max(own, key=lambda step: step[1]), own[-1]) for own in columns.values()]
    return list(dict.fromkeys([steps[0], *(step for pair in pairs for step in pair)]))


def every_age(axis: Axis, ages: Sequence[tuple[int, float]], unit: float) -> str:
    """The first corner of each pixel, its last, its lowest and its highest, by a look at each corner."""
    columns: dict[int, list[tuple[float, float]]] = {}
    for at_us, age in gauges._within(axis, ages):
        x = axis.x(at_us)
        columns.setdefault(int(x), []).append((x, round(FOOT - age * unit, 1)))
    found = []
    for own in columns.values():
        places = {0, len(own) - 1} if len(own) > 4 else {*range(len(own))}
        if len(own) > 4:
            places |= {f(range(len(own)), key=lambda place, own=own: own[place][1]) for f in (min, max)}
        found += [own[place] for place in sorted(places)]
    return " ".join(f"{x:g} {y:g}" for x, y in found)


@given(data=st.data(), axis=axes, most=st.sampled_from([3, 60, 200_000]))
def test_stairs(data: st.DataObject, axis: Axis, most: int) -> None:
    """Of moments that are all different, and of some at which several start and end."""
    moment = st.one_of(st.integers(0, 2_000_000), st.integers(0, 40).map(lambda each: each * 25_000))
    starts = data.draw(st.lists(moment, max_size=200))
    held = Stretches(starts, [start + data.draw(st.integers(0, most)) for start in starts])
    last_us = min(axis.end_us, data.draw(st.integers(0, 2_100_000)))

    assert gauges.stairs(axis, held, last_us, FOOT, 1.6) == line_of_steps(
        axis, every_step(axis, held.steps(0, last_us)), FOOT, 1.6
    )


@given(axes, moments, st.randoms(use_true_random=False))
def test_slopes(axis: Axis, at: list[int], lot: Random) -> None:
    ages = [(at_us, lot.random() * 9) for at_us in at]

    assert gauges.slopes(axis, ages, FOOT, 4.9) == every_age(axis, ages, 4.9)


def worst(outcome: Outcome) -> tuple[int, int] | None:
    """(run, size) of the first of the largest batches of a queue that gave something back, else of all."""
    trace, best, found = outcome.trace, (False, 0), None
    for run, first, upto in trace.batches():
        rank = 1 in trace.batch_failed[first:upto], upto - first
        source = outcome.scenario.sources[trace.source[trace.event[run]]]
        if rank > best and source.queue is not None:
            best, found = rank, (run, upto - first)
    return found


@settings(max_examples=40, deadline=None)
@given(mixed_worlds.worlds())
def test_the_batch_that_is_taken_apart(data: Data) -> None:
    outcome = simulate(read({**data, "horizon": "90 s"}), seed=1)
    found, told = anatomy.most_telling(outcome), worst(outcome)

    assert (found is None) == (told is None)
    if found is not None and told is not None:
        run, size = told
        trace = outcome.trace
        assert (found.start_us, found.environment) == (trace.start[run], trace.environment[run] + 1)
        assert len(found.messages) == size


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_stretches_of_numbers(events: list[int]) -> None:
    stretches: list[list[int]] = []
    for event in sorted({*events}):
        if stretches and event == stretches[-1][-1] + 1:
            stretches[-1].append(event)
        else:
            stretches.append([event])
    words = [f"{own[0]} to {own[-1]}" if len(own) > 1 else f"{own[0]}" for own in stretches]

    if len(words) > 4:
        assert verbs.numbers(events) == ", ".join(words[:3]) + ", …"
    else:
        assert verbs.numbers(events).replace(" and ", ", ") == ", ".join(words)


ROWS = """{% for row in table.rows %}<tr><td>{{ row.start }}</td><th scope="row">{{ row.what }}</th><td>{{ row.environment }}</td>\
<td>{{ row.end }}</td><td>{{ row.why }}{% if is_asked and row.mark %} <button class="link" name="mark" value="{{ row.mark }}">\
Why?<span class="hidden"> {{ row.what }}</span></button>{% endif %}</td></tr>
        {% endfor %}"""
CELLS = """{% for row in grid.rows %}<tr>{% for cell in row %}{% if forloop.first %}<th scope="row">{{ cell }}</th>\
{% else %}<td>{{ cell }}</td>{% endif %}{% endfor %}</tr>
        {% endfor %}"""


@given(st.lists(st.builds(Row, texts, texts, texts, texts, texts, texts), max_size=4), st.booleans())
def test_rows_of_a_table(found: list[Row], is_asked: bool) -> None:
    table = Table("", tuple(found), 0)

    assert rows.of_table(table, is_asked=is_asked) == Template(ROWS).render(
        Context({"table": table, "is_asked": is_asked})
    )


@given(st.lists(st.tuples(texts, texts, texts), max_size=4))
def test_rows_of_a_grid(found: list[tuple[str, ...]]) -> None:
    grid = Grid("", ("", "", ""), tuple(found))

    assert rows.of_grid(grid) == Template(CELLS).render(Context({"grid": grid}))
