"""What a run costs, from its trace: usage by architecture, then the bill."""

from collections.abc import Iterable, Mapping, Sequence
from operator import add
from typing import Final

from studyapp.simulator.pricing import Usage, bill, billed_us, init_is_billed
from studyapp.simulator.trace import PROVISIONED
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View

LINES: Final = ("requests", "duration", "provisioned", "storage")


def costs(view: View) -> Mapping[str, float]:
    """USD by line and in total, without the free tier."""
    if "costs" not in view.memo:
        bills = [bill(each, view.rulebook) for each in _usages(view)]
        lines = {line: float(sum(getattr(each, line) for each in bills)) for line in LINES}
        view.memo["costs"] = {**lines, "total": sum(lines.values())}
    found: Mapping[str, float] = view.memo["costs"]
    return found


def billed_gb_s(view: View) -> float:
    """All that was run, billed by memory and time, in provisioned concurrency or not."""
    return sum(part.gb_s + part.provisioned_run_gb_s for part in _usages(view))


def _usages(view: View) -> Sequence[Usage]:
    if "usages" not in view.memo:
        view.memo["usages"] = [usage(view, architecture) for architecture in sorted(_architectures(view))]
    found: Sequence[Usage] = view.memo["usages"]
    return found


def usage(view: View, architecture: str) -> Usage:
    wanted = [function.architecture == architecture for function in view.scenario.functions]
    on_demand, provisioned = _paid_times(view, wanted)
    _add_init_of_provisioned(view, wanted, provisioned)
    return Usage(
        architecture=architecture,
        requests=_requests(view, wanted),
        gb_s=_gb_s(view, on_demand),
        provisioned_run_gb_s=_gb_s(view, provisioned),
        provisioned_gb_s=sum(_configured(view, number) for number, is_here in enumerate(wanted) if is_here),
        tmp_gb_s=_tmp_gb_s(view, on_demand) + _tmp_gb_s(view, provisioned),
    )


def _paid_times(view: View, wanted: list[bool]) -> tuple[list[int], list[int]]:
    """Microseconds billed of each function, on demand and in its provisioned concurrency."""
    on_demand = [0] * len(wanted)
    provisioned = [0] * len(wanted)
    for number, function in enumerate(view.scenario.functions):
        rows = view.runs_of(number) if wanted[number] else ()
        if not rows:
            continue
        pays_init = init_is_billed(function.package, function.runtime, view.rulebook)
        paid = _billed(view, rows, pays_init=pays_init)
        if not function.provisioned:
            on_demand[number] = sum(paid)
            continue
        kind, environment = view.trace.environment_kind, view.trace.environment
        for row, us in zip(rows, paid, strict=True):
            (provisioned if kind[environment[row]] == PROVISIONED else on_demand)[number] += us
    return on_demand, provisioned


def _billed(view: View, rows: Sequence[int], *, pays_init: bool) -> Iterable[int]:
    """Of each run, as billed_us has it; of millions of runs that would take seconds."""
    trace, book = view.trace, view.rulebook
    is_all = len(rows) == len(trace.run)
    run, init = ((each if is_all else [each[row] for row in rows]) for each in (trace.run, trace.init))
    step = book.billing_step
    used = map(add, run, init) if pays_init and book.init_is_billed else run
    return (-(-us // step) * step for us in used)


def _requests(view: View, wanted: list[bool]) -> int:
    trace, chunks = view.trace, _requests_by_source(view)
    parts = [view.runs_of(number) for number, is_here in enumerate(wanted) if is_here]
    if set(chunks) <= {1}:
        return sum(map(len, parts))
    return sum(chunks[trace.source[trace.event[row]]] for rows in parts for row in rows)


def _add_init_of_provisioned(view: View, wanted: list[bool], paid: list[int]) -> None:
    """Init of environments that got ready within the run is billed, used or not; what was ready from the beginning was paid
    before. Source: Lambda provisioned concurrency."""
    trace = view.trace
    for number, function in enumerate(view.scenario.functions):
        is_seen = view.functions is None or number in view.functions
        ready = view.provisioned_ready_at.get(number)
        is_new = function.provisioned_from_us is not None and ready is not None and ready <= view.window_us
        if wanted[number] and is_seen and is_new:
            paid[number] += sum(
                billed_us(init, 0, view.rulebook)
                for init, owner, kind in zip(
                    trace.environment_init, trace.environment_function, trace.environment_kind, strict=True
                )
                if owner == number and kind == PROVISIONED
            )


def _architectures(view: View) -> set[str]:
    return {function.architecture for function in view.scenario.functions}


def _requests_by_source(view: View) -> list[int]:
    """Requests billed for one run: an asynchronous event above the first chunk counts once more for each further one; a
    batch is one request, whatever it holds. Source: Lambda pricing."""
    book = view.rulebook
    return [
        1 if not source.is_async else 1 + max(-(-(source.payload - book.async_first_chunk) // book.async_next_chunk), 0)
        for source in view.scenario.sources
    ]


def _gb_s(view: View, times: list[int]) -> float:
    memory = [function.memory for function in view.scenario.functions]
    return sum(us * mb for us, mb in zip(times, memory, strict=True)) / SECOND / 1024


def _tmp_gb_s(view: View, times: list[int]) -> float:
    extra = [max(function.tmp - view.rulebook.tmp_free, 0) for function in view.scenario.functions]
    return sum(us * mb for us, mb in zip(times, extra, strict=True)) / SECOND / 1024


def _configured(view: View, number: int) -> float:
    """Provisioned concurrency is paid from when it was asked for to the end of the run, in steps of 5 minutes."""
    function = view.scenario.functions[number]
    if not function.provisioned or (view.functions is not None and number not in view.functions):
        return 0.0
    step = view.rulebook.provisioned_billing_step
    time = max(view.window_us - (function.provisioned_from_us or 0), 0)
    return -(-time // step) * step / SECOND * function.provisioned * function.memory / 1024
