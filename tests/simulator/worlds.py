"""The plainest scenarios, and random ones for the laws."""

from typing import Any

from hypothesis import strategies as st

from studyapp.simulator import TRUTH, Outcome, patch, read, simulate

Data = dict[str, Any]


def one(kind: str = "sync", arrivals: object = None, **function: object) -> Data:
    """One function `f` of 1 s, called by `calls`: one request at 0 s unless `arrivals` says otherwise."""
    body = {"memory": "1024 MB", "timeout": "10 s", "duration": "1 s", **function}
    return {"functions": {"f": body}, "sources": {"calls": {"kind": kind, "arrivals": arrivals or {"at": ["0 s"]}}}}


def run(data: Data, changes: Data | None = None, belief: Data | None = None, seed: int = 1) -> Outcome:
    """One run of `data` in the world that `belief` says, whose quotas hold as it is read."""
    rulebook = TRUTH.believing(belief or {})
    return simulate(read(patch(data, changes or {}), rulebook), rulebook, seed)


times = st.integers(1, 3_000).map(lambda ms: f"{ms} ms")
laws = st.one_of(
    times,
    times.map(lambda mean: {"exp": mean}),
    st.tuples(times, st.sampled_from([0.3, 1, 2])).map(lambda pair: {"lognormal": pair[0], "cv": pair[1]}),
)
flows = st.one_of(
    st.tuples(st.integers(1, 40), st.integers(1, 120)).map(lambda n: {"poisson": f"{n[0]} per 1 s", "count": n[1]}),
    st.tuples(st.integers(1, 40), st.integers(1, 5)).map(lambda n: {"even": f"{n[0]} per 1 s", "for": f"{n[1]} s"}),
    st.tuples(st.integers(1, 60), times).map(lambda n: {"burst": n[0], "at": n[1]}),
    st.tuples(times, st.integers(1, 40)).map(lambda n: {"every": n[0], "count": n[1]}),
)
failures = st.sampled_from(["never", "always", "30 %", {"first": 1}, {"from": "1 s", "to": "3 s"}, {"events": [1, 3]}])
rules = st.fixed_dictionaries(
    {},
    optional={
        "idle_lifetime": st.sampled_from(["100 ms", "2 s", "600 s", "none"]),
        "environment_lifetime": st.sampled_from(["0 s", "500 ms", "3 s", "4 h", "none"]),
        "scaling_rate": st.sampled_from(["3 per 1 s", "20 per 10 s", "none"]),
        "request_rate_factor": st.sampled_from([1, 10, "none"]),
        "account_concurrency": st.sampled_from([1, 4, 300, "none"]),
        "init_limit": st.sampled_from(["500 ms", "10 s"]),
        "unreserved_minimum": st.just(0),
    },
)
sync_functions = st.fixed_dictionaries(
    {"duration": laws, "timeout": st.sampled_from(["2 s", "900 s"])},
    optional={"init": laws, "reserved_concurrency": st.integers(1, 12)},
)
functions = st.fixed_dictionaries(
    {"duration": laws, "timeout": st.sampled_from(["2 s", "900 s"]), "fails": failures},
    optional={
        "init": laws,
        "reserved_concurrency": st.integers(5, 8),
        "provisioned_concurrency": st.integers(0, 5),
        "async_retries": st.integers(0, 2),
        "async_max_age": st.sampled_from(["60 s", "100 s", "6 h"]),
        "dead_letter_queue": st.sampled_from(["yes", "no", "denied"]),
        "on_failure": st.sampled_from(["none", "sqs"]),
    },
)
kinds = st.sampled_from(["sync", "api", "async", "s3"])


@st.composite
def scenarios(draw: st.DrawFn) -> Data:
    """One or two functions, each with a caller of its own, in an account of 140."""
    names = ["f", "g"][: draw(st.integers(1, 2))]
    return {
        "account": {"concurrency": 140},
        "functions": {name: draw(functions) for name in names},
        "sources": {f"to-{name}": {"calls": name, "kind": draw(kinds), "arrivals": draw(flows)} for name in names},
    }
