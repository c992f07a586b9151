"""Closed forms that oracles rest on, by textbook recursions. Rates are per second, times seconds; nothing here simulates."""

from math import atan, comb, exp, log, pi, sqrt


def erlang_b(servers: int, load: float) -> float:
    """The share of requests that a loss system with `load` Erlang refuses, whatever the law of the times (Erlang 1917)."""
    refused = 1.0
    for server in range(1, servers + 1):
        refused = load * refused / (server + load * refused)
    return refused


def carried(servers: int, load: float) -> float:
    """How many servers of a loss system are busy on the mean."""
    return load * (1 - erlang_b(servers, load))


def carried_variance(servers: int, load: float) -> float:
    """Of the number busy in a loss system, a Poisson number that is cut off at `servers`."""
    shares = [poisson(load, busy) for busy in range(servers + 1)]
    square = sum(share * busy**2 for busy, share in enumerate(shares)) / sum(shares)
    return square - carried(servers, load) ** 2


def even_loss(servers: int, gap: float, mean: float) -> float:
    """The share that a loss system with exponential times refuses when requests come evenly (Palm 1943, Takacs 1957)."""
    total = odds = 1.0
    for number in range(1, servers + 1):
        stays = exp(-number * gap / mean)
        odds *= (1 - stays) / stays
        total += comb(servers, number) * odds
    return 1 / total


def erlang_c(servers: int, load: float) -> float:
    """The share of messages that wait in M/M/c."""
    refused = erlang_b(servers, load)
    return refused / (1 - load / servers * (1 - refused))


def mean_wait(servers: int, rate: float, mean: float) -> float:
    """M/M/c."""
    return erlang_c(servers, rate * mean) / (servers / mean - rate)


def p95_wait(servers: int, rate: float, mean: float) -> float:
    """M/M/c: P(wait > t) = C exp(-(c/s - rate) t)."""
    return log(erlang_c(servers, rate * mean) / 0.05) / (servers / mean - rate)


def one_server_wait(rate: float, mean: float, cv: float) -> float:
    """M/G/1 (Pollaczek, Khinchine)."""
    load = rate * mean
    return load * mean * (1 + cv**2) / (2 * (1 - load))


def spillover(provisioned: int, on_demand: int, load: float) -> float:
    """Of the runs, those outside provisioned concurrency: what the first group refuses and both together do not."""
    lost = erlang_b(provisioned + on_demand, load)
    return (erlang_b(provisioned, load) - lost) / (1 - lost)


def poisson(mean: float, number: int) -> float:
    share = exp(-mean)
    for place in range(1, number + 1):
        share *= mean / place
    return share


def poisson_above(mean: float, limit: int) -> float:
    """M/G/infinity: the share of time with more than `limit` busy."""
    return 1 - sum(poisson(mean, number) for number in range(limit + 1))


def busy_from_empty(rate: float, mean: float, at: float) -> float:
    """M/M/infinity that begins empty: mean number busy at a moment."""
    return rate * mean * (1 - exp(-at / mean))


def average_from_empty(rate: float, mean: float, until: float) -> float:
    """The same as an average over time."""
    return rate * mean * (1 - mean / until * (1 - exp(-until / mean)))


def wave_amplitude(amplitude: float, period: float, mean: float) -> float:
    """Mt/M/infinity under a sine: the first harmonic of the mean number busy (Eick, Massey, Whitt 1993)."""
    return amplitude * mean / sqrt(1 + (2 * pi / period * mean) ** 2)


def wave_lag(period: float, mean: float) -> float:
    """How long after the rate its peak comes."""
    return atan(2 * pi / period * mean) * period / (2 * pi)


def cold_share(rate: float, mean: float, lifetime: float) -> float:
    """Newest idle first: a request that finds k - 1 busy goes to the k-th environment, which is cold when the number busy
    took longer than `lifetime` to come from k - 1 back to k: sum of Poisson(k - 1) P(passage_k > lifetime)."""
    return sum(weight * late for weight, late, _ in _levels(rate, mean, lifetime))


def live_environments(rate: float, mean: float, lifetime: float) -> float:
    """Those busy, and each level for as long as its passage lasts, at most `lifetime`."""
    return rate * mean + sum(rate * weight * idle for weight, _, idle in _levels(rate, mean, lifetime))


def lifespan(rate: float, mean: float, lifetime: float) -> float:
    """Little's law."""
    return live_environments(rate, mean, lifetime) / (rate * cold_share(rate, mean, lifetime))


def _levels(rate: float, mean: float, lifetime: float) -> list[tuple[float, float, float]]:
    """(share of requests that find k - 1 busy, P(passage_k > lifetime), E[min(passage_k, lifetime)]) for k = 1, 2, ..."""
    levels = []
    for level in range(1, 200):
        weight = poisson(rate * mean, level - 1)
        if level > rate * mean and weight < 1e-12:
            break
        levels.append((weight, *_passage(rate, mean, lifetime, level)))
    return levels


def _passage(rate: float, mean: float, lifetime: float, level: int) -> tuple[float, float]:
    """The number busy, a birth and death chain, from `level` - 1 up to `level`, by uniformization: the chain steps at the
    times of a Poisson stream that is as fast as its fastest state."""
    fastest = rate + (level - 1) / mean
    expected = fastest * lifetime
    here = [0.0] * (level - 1) + [1.0]
    tail, log_weight = 1.0, -expected
    late = idle = 0.0
    for step in range(1, int(expected + 12 * sqrt(expected)) + 50):
        weight, left = exp(log_weight), sum(here)
        tail = max(tail - weight, 0.0)
        late += weight * left
        idle += tail * left / fastest
        log_weight += log(expected / step)
        here = _step(here, rate / fastest, 1 / mean / fastest)
    return late, idle


def _step(here: list[float], up: float, down: float) -> list[float]:
    after = [0.0] * len(here)
    for state, share in enumerate(here):
        after[state] += share * (1 - up - state * down)
        if state + 1 < len(here):
            after[state + 1] += share * up
        if state:
            after[state - 1] += share * state * down
    return after
