"""How fast the simulator is: CPU seconds per invocation against SimFaaS, SimPy and a bare heap loop, in interleaved rounds.

Workload W: Poisson 100/s, exponential 0.2 s warm and 1 s cold in all, idle lifetime 600 s, no cap, a million invocations,
all features compiled in and records kept. Medians of five rounds. The rivals keep no records, but for SimFaaS.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from studyapp.simulator import TRUTH, Scenario, read, simulate  # noqa: E402, found by the line above
from studyapp.simulator.run import play  # noqa: E402
from studyapp.simulator.trace import Trace  # noqa: E402
from tests.benchmarks import report, rivals  # noqa: E402
from tests.benchmarks.report import row  # noqa: E402

ROUNDS = 5
MILLION = 1_000_000
RULES = TRUTH.believing({"account_concurrency": None, "scaling_rate": None, "request_rate_factor": None})
QUEUE = {"kind": "sqs", "batch_size": 10, "maximum_concurrency": 100}
STREAM = {"kind": "kinesis", "shards": 4, "batch_size": 100}

# Linux keeps the peak of each program; getrusage would give the peak of whoever started it.
PEAK = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"


def main() -> None:
    report.publish("The simulator's speed", __doc__ or "", ROUNDS, lambda: measures(rounds()))


def rounds() -> dict[str, list[float]]:
    """CPU seconds for one invocation, message or record, by measure, one value for each round."""
    runs: dict[str, Callable[[], float]] = {
        "w": lambda: ours(workload(100, 0.2, 1, MILLION)),
        "simfaas w": lambda: rivals.simfaas(rate=100, warm=0.2, cold=1, seconds=200),
        "simpy w": lambda: rivals.simpy(rate=100, warm=0.2, cold=1, count=MILLION // 2),
        "bare": lambda: rivals.bare(MILLION),
        "busy": lambda: ours(workload(1000, 2, 2.8, MILLION // 2)),
        "simfaas busy": lambda: rivals.simfaas(rate=1000, warm=2, cold=2.8, seconds=10),
        "fast arrivals": lambda: ours(workload(1000, 0.2, 1, MILLION // 2)),
        "slow arrivals": lambda: ours(workload(0.9, 0.2, 1, MILLION // 2)),
        "small": small,
        "general": lambda: plainly(workload(100, 0.2, 1, MILLION // 4)),
        "queue": lambda: ours(mapping(QUEUE, MILLION // 4)),
        "stream": lambda: ours(mapping(STREAM, MILLION // 4)),
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
        row("memory of a million recorded invocations (MB)", memory("workload(100, 0.2, 1, MILLION)"), 60, "lower"),
        row("W against SimPy 4.1.2 in its fastest form (times)", middle["simpy w"] / middle["w"], None),
        row("a small scenario with its metrics (ms of CPU)", middle["small"] * 1000, 8, "lower"),
        row("W, nanoseconds an invocation", middle["w"] * 1e9, None, "lower"),
        row("W by the general loop, nanoseconds an invocation", middle["general"] * 1e9, None, "lower"),
        row("a million messages of an SQS queue (s of CPU)", middle["queue"] * MILLION, None, "lower"),
        row("a million records of a Kinesis stream (s of CPU)", middle["stream"] * MILLION, None, "lower"),
        row("memory of a million messages (MB)", memory("mapping(QUEUE, MILLION)"), None, "lower"),
    ]


def workload(rate: float, warm: float, cold: float, count: int) -> Scenario:
    function = {"duration": {"exp": f"{warm} s"}, "cold_total": {"exp": f"{cold} s"}, "timeout": "900 s"}
    arrivals = {"poisson": f"{rate} per 1 s", "count": count}
    return read({"functions": {"f": function}, "sources": {"calls": {"arrivals": arrivals}}}, RULES)


def mapping(source: dict[str, object], count: int) -> Scenario:
    """100 messages or records a second and runs of 0.2 s, read by a mapping."""
    arrivals = {"poisson": "100 per 1 s", "count": count}
    function = {"duration": {"exp": "200 ms"}, "timeout": "10 s"}
    data = {"functions": {"f": function}, "sources": {"mapping": {**source, "arrivals": arrivals}}}
    return read({**data, "max_events": 10 * MILLION}, RULES)


def ours(scenario: Scenario) -> float:
    begun = time.process_time()
    outcome = simulate(scenario, RULES, 1)
    return (time.process_time() - begun) / len(outcome.trace.arrived)


def plainly(scenario: Scenario) -> float:
    begun = time.process_time()
    trace = play(scenario, RULES, 1, Trace(), plainly=True)
    return (time.process_time() - begun) / len(trace.arrived)


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


def memory(scenario: str) -> float:
    """Peak memory of a run in a process of its own, over that of an empty interpreter, in MB."""
    this = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.benchmarks.simulator import *; "
    run = f"outcome = simulate({scenario}, RULES, 1); outcome.metrics['cold_starts']; "
    return (int(rivals.printed(sys.executable, this + run + PEAK)) - int(rivals.printed(sys.executable, PEAK))) / 1024


if __name__ == "__main__":
    main()
