"""How fast the simulator is: CPU seconds per invocation against SimFaaS and a bare heap loop, in interleaved rounds.

Workload W: Poisson 100/s, exponential 0.2 s warm and 1 s cold in all, idle lifetime 600 s, no cap, a million invocations,
records kept. Medians of five rounds. SimFaaS runs in the environment .bench (requirements/bench.txt), on fewer
requests, since it takes hundreds of times longer; its cost per request is what counts.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from heapq import heappop, heappush
from math import log
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from studyapp.simulator import TRUTH, Scenario, read, simulate  # noqa: E402, found by the line above
from tests.benchmarks import report  # noqa: E402
from tests.benchmarks.report import row  # noqa: E402

ROUNDS = 5
MILLION = 1_000_000
RULES = TRUTH.believing({"account_concurrency": None, "scaling_rate": None, "request_rate_factor": None})
SIMFAAS = """
import time
from simfaas.ServerlessSimulator import ServerlessSimulator
run = ServerlessSimulator(arrival_rate={rate}, warm_service_rate=1 / {warm}, cold_service_rate=1 / {cold},
                          expiration_threshold=600, max_time={seconds}, maximum_concurrency=10**9)
begun = time.process_time()
run.generate_trace(debug_print=False, progress=False)
print((time.process_time() - begun) / run.total_req_count)
"""

# Linux keeps the peak of each program; getrusage would give the peak of whoever started it.
PEAK = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"


def main() -> None:
    report.publish("The simulator's speed", __doc__ or "", ROUNDS, lambda: measures(rounds()))


def rounds() -> dict[str, list[float]]:
    """CPU seconds for one invocation, by measure, one value for each round."""
    runs: dict[str, Callable[[], float]] = {
        "w": lambda: ours(workload(100, 0.2, 1, MILLION)),
        "simfaas w": lambda: simfaas(rate=100, warm=0.2, cold=1, seconds=200),
        "bare": bare,
        "busy": lambda: ours(workload(1000, 2, 2.8, MILLION // 2)),
        "simfaas busy": lambda: simfaas(rate=1000, warm=2, cold=2.8, seconds=10),
        "fast arrivals": lambda: ours(workload(1000, 0.2, 1, MILLION // 2)),
        "slow arrivals": lambda: ours(workload(0.9, 0.2, 1, MILLION // 2)),
        "small": small,
    }
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            found[name].append(run())
    return found


def measures(found: dict[str, list[float]]) -> list[dict[str, object]]:
    middle = {name: median(values) for name, values in found.items()}
    return [
        row("W against SimFaaS 0.2.2, invocations per CPU second (times)", middle["simfaas w"] / middle["w"], 15),
        row("1,000/s x 2 s against SimFaaS 0.2.2 (times)", middle["simfaas busy"] / middle["busy"], 200),
        row("throughput at 1,000/s against 0.9/s", middle["slow arrivals"] / middle["fast arrivals"], 0.7),
        row("W against a bare heap loop", middle["bare"] / middle["w"], 0.2),
        row("memory of a million recorded invocations (MB)", memory(), 60, better="lower"),
        row("a small scenario with its metrics (ms of CPU)", middle["small"] * 1000, 8, better="lower"),
        row("W, nanoseconds an invocation", middle["w"] * 1e9, None, better="lower"),
    ]


def workload(rate: float, warm: float, cold: float, count: int) -> Scenario:
    function = {"duration": {"exp": f"{warm} s"}, "cold_total": {"exp": f"{cold} s"}, "timeout": "900 s"}
    arrivals = {"poisson": f"{rate} per 1 s", "count": count}
    return read({"functions": {"f": function}, "sources": {"calls": {"arrivals": arrivals}}}, RULES)


def ours(scenario: Scenario) -> float:
    begun = time.process_time()
    outcome = simulate(scenario, RULES, 1)
    return (time.process_time() - begun) / len(outcome.trace.arrived)


def small() -> float:
    """Read, run and measure what a page shows: eight seconds of traffic, retries and a dead-letter queue."""
    data = {
        "functions": {
            "f": {"init": "400 ms", "duration": {"exp": "650 ms"}, "fails": "20 %", "dead_letter_queue": "yes"}
        },
        "sources": {"calls": {"kind": "s3", "arrivals": {"poisson": "6 per 1 s", "for": "8 s"}}},
    }
    begun = time.process_time()
    for seed in range(20):
        outcome = simulate(read(data), TRUTH, seed)
        dict(outcome.metrics)
        len(outcome.spans)
    return (time.process_time() - begun) / 20


def bare() -> float:
    """The least that a heap can do: no records, no limits, no rules."""
    draw = random.Random(1).random
    busy: list[float] = []
    idle: list[float] = []
    at = 0.0
    begun = time.process_time()
    for _ in range(MILLION):
        at -= log(1.0 - draw()) / 100
        while busy and busy[0] <= at:
            idle.append(heappop(busy))
        if idle and at - idle[-1] <= 600:
            idle.pop()
            heappush(busy, at - log(1.0 - draw()) * 0.2)
        else:
            idle.clear()
            heappush(busy, at - log(1.0 - draw()))
    return (time.process_time() - begun) / MILLION


def simfaas(**numbers: float) -> float:
    python = ROOT / ".bench" / "bin" / "python"
    if not python.exists():
        sys.exit("SimFaaS is not installed: run make bench-simulator, which makes .bench first.")
    return float(_printed(str(python), SIMFAAS.format(**numbers)))


def memory() -> float:
    """Peak memory of a run of W in a process of its own, over that of an empty interpreter, in MB."""
    this = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.benchmarks.simulator import *; "
    run = f"outcome = simulate(workload(100, 0.2, 1, {MILLION}), RULES, 1); outcome.metrics['cold_starts']; "
    return (int(_printed(sys.executable, this + run + PEAK)) - int(_printed(sys.executable, PEAK))) / 1024


def _printed(python: str, code: str) -> str:
    return subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
