"""What a shard that is held up tells, in words."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.simulator.parts import Stream
from studyapp.ui.pictures.blocked import Batch, Blocked
from studyapp.ui.pictures.verbs import verb
from studyapp.ui.pictures.words import count, duration, listing, seconds


def title(one: Blocked) -> str:
    """'Shard 1 of readings: its records in order'; with several lanes in a shard 'Shard 1, lane 2, of readings: …'."""
    shard = one.lane % one.stream.shards + 1
    lane = f", lane {one.lane // one.stream.shards + 1} of {one.stream.factor}," if one.stream.factor > 1 else ""
    return f"Shard {shard}{lane} of {one.name}: its records in order"


def settings(stream: Stream) -> str:
    """'Batches of up to 8, bisect, 2 retries, on-failure destination'."""
    retries = "retries without end" if stream.retries is None else count(stream.retries, "retry", "retries")
    parts = [
        f"Batches of up to {stream.batch_size:,}",
        *(["a failed batch is split in two"] if stream.bisects else []),
        *(["partial batch responses"] if stream.partial_responses else []),
        retries,
        *([f"maximum age {duration(stream.max_age_us)}"] if stream.max_age_us is not None else []),
        "an on-failure destination" if stream.on_failure != "none" else "no on-failure destination",
    ]
    return ", ".join(parts)


def happens(one: Blocked, number: int) -> str:
    """What came of a try: 'fails, split in two', 'fails, again after 1 s', 'fails, given up', '✓ done'."""
    each = one.tries[number]
    if each.back is None:
        return "✓ done"
    in_part = " in part" if each.back > each.first else ""
    says = "✗ " + (f"given back{in_part}" if each.status == "ok" else verb(each.status))
    after = one.tries[number + 1] if number + 1 < len(one.tries) else None
    given_up = each.end_us == one.end_us and each.back <= one.blocking[0] <= each.last
    if given_up or after is None:
        return f"{says}, given up" if given_up else says
    if after.start_us == each.end_us and after.first == each.back:
        return f"{says}, split in two" if after.last < each.last else f"{says}, again at once"
    if after.first <= each.last and after.last <= each.last:
        return f"{says}, again after {duration(after.start_us - each.end_us)}"
    return says


def numbered(one: Blocked, each: Batch) -> str:
    """'record 6'; 'records 1 to 8'; '100 records, 2,302 to 2,500', where those between are on other lines."""
    first, last, size = one.records[each.first], one.records[each.last], each.last - each.first + 1
    if size == 1:
        return f"record {first:,}"
    return f"records {first:,} to {last:,}" if last - first + 1 == size else f"{size:,} records, {first:,} to {last:,}"


def blocks(one: Blocked) -> str:
    """'Record 6'; 'Records 1 to 8'."""
    first, last = one.records[one.blocking[0]], one.records[one.blocking[-1]]
    return f"Record {first:,}" if first == last else f"Records {first:,} to {last:,}"


def at_end(one: Blocked) -> str:
    """How what blocks ended, and how long that took."""
    name, tries = blocks(one), count(len(one.failed), "failed try", "failed tries")
    since = f"after {tries}"
    if one.end_us is None:
        return f"✗ {name} still {_s(one, 'block')} the shard at the end of the run, {since}"
    at = seconds(one.end_us)
    if one.fate == "done":
        return f"✓ {name} got through at {at}, {since}"
    why = f": {one.why}" if one.why else ""
    if one.fate == "destination":
        return f"→ {name} {_s(one, 'go', 'es')} to the on-failure destination at {at}, {since}{why}"
    return f"✗ {name} {_is(one)} given up at {at}, {since}{why}, and nothing keeps {_it(one)}"


def _s(one: Blocked, verb: str, ending: str = "s") -> str:
    return verb + (ending if len(one.blocking) == 1 else "")


def _is(one: Blocked) -> str:
    return "is" if len(one.blocking) == 1 else "are"


def _it(one: Blocked) -> str:
    return "it" if len(one.blocking) == 1 else "them"


def sentences(one: Blocked) -> Iterator[str]:
    """The picture in words."""
    first = one.tries[0]
    yield f"{title(one)}. {settings(one.stream)}."
    held_us = (one.until_us if one.end_us is None else one.end_us) - first.start_us
    says = f"{blocks(one)} {_s(one, 'block')} from {seconds(first.start_us)} for {duration(held_us)}"
    waiting = f"{count(one.behind, 'record')} {'waits' if one.behind == 1 else 'wait'} behind" if one.behind else ""
    yield listing([says, *([waiting] if waiting else [])]) + "."
    yield f"{at_end(one).lstrip('✓✗→ ')}."
    yield f"The iterator age grows to {seconds(round(max(age for _, age in one.ages) * 1e6))}."
