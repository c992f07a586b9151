"""The same workload in other hands: SimFaaS, SimPy in its fastest form, a bare heap. CPU seconds of one request each.

SimFaaS and SimPy run in the environment .bench (requirements/bench.txt), on fewer requests, since a request of theirs
costs more and its cost is what counts.
"""

import random
import subprocess
import sys
import time
from heapq import heappop, heappush
from math import log
from pathlib import Path

PYTHON = Path(__file__).parents[2] / ".bench" / "bin" / "python"
SIMFAAS = """
import time
from simfaas.ServerlessSimulator import ServerlessSimulator
run = ServerlessSimulator(arrival_rate={rate}, warm_service_rate=1 / {warm}, cold_service_rate=1 / {cold},
                          expiration_threshold=600, max_time={seconds}, maximum_concurrency=10**9)
begun = time.process_time()
run.generate_trace(debug_print=False, progress=False)
print((time.process_time() - begun) / run.total_req_count)
"""
SIMPY = """
import random, simpy, time
from math import log
from simpy.events import Timeout

environment, draw, idle, at = simpy.Environment(), random.Random(1).random, [], 0.0
ended, peek, step = [lambda _: idle.append(environment.now)], environment.peek, environment.step
begun = time.process_time()
for _ in range({count}):
    at -= log(1.0 - draw()) / {rate}
    while peek() <= at:
        step()
    if idle and at - idle[-1] <= 600:
        idle.pop()
        mean = {warm}
    else:
        idle.clear()
        mean = {cold}
    Timeout(environment, at - environment.now - log(1.0 - draw()) * mean).callbacks = ended
print((time.process_time() - begun) / {count})
"""


def simfaas(**numbers: float) -> float:
    return float(printed(str(PYTHON), SIMFAAS.format(**numbers)))


def simpy(**numbers: float) -> float:
    """The least that SimPy's agenda can do: no records, no limits, no rules; idle environments on a stack.

    Arrivals are walked beside the agenda and one callback serves all ends: 1,100 ns a request. Arrivals as events with
    callbacks take 1,600, a process that makes them 1,870, a process for each request, as its guide writes it, 3,900.
    """
    return float(printed(str(PYTHON), SIMPY.format(**numbers)))


def bare(count: int) -> float:
    """The least that a heap can do: no records, no limits, no rules."""
    draw = random.Random(1).random
    busy: list[float] = []
    idle: list[float] = []
    at = 0.0
    begun = time.process_time()
    for _ in range(count):
        at -= log(1.0 - draw()) / 100
        while busy and busy[0] <= at:
            idle.append(heappop(busy))
        if idle and at - idle[-1] <= 600:
            idle.pop()
            heappush(busy, at - log(1.0 - draw()) * 0.2)
        else:
            idle.clear()
            heappush(busy, at - log(1.0 - draw()))
    return (time.process_time() - begun) / count


def printed(python: str, code: str) -> str:
    """What a program prints, in a process of its own."""
    if not Path(python).exists():
        sys.exit("SimFaaS and SimPy are not installed: run make bench-simulator, which makes .bench first.")
    return subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
