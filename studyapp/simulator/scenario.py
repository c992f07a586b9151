"""Reads a scenario from a mapping. Everything out of bounds is refused here, before a run."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import network
from studyapp.simulator.parts import MAX_EVENTS, Account, Arrivals, Function, Scenario, Source
from studyapp.simulator.reading import Fields, lapse
from studyapp.simulator.reading_arrivals import check_clocks
from studyapp.simulator.reading_databases import read_database
from studyapp.simulator.reading_functions import read_function
from studyapp.simulator.reading_patches import patch
from studyapp.simulator.reading_reservations import check_concurrency, joined
from studyapp.simulator.reading_shape import check_names, check_shape, check_start
from studyapp.simulator.reading_sources import read_source
from studyapp.simulator.rulebook import TRUTH, Rulebook

__all__ = ["Account", "Arrivals", "Function", "Scenario", "Source", "patch", "read"]

MOST_EVENTS: Final = 20_000_000
MOST_NAMED: Final = 255
"""Functions, and sources: a trace keeps the number of each in a byte."""


def read(data: Mapping[str, object], rulebook: Rulebook = TRUTH) -> Scenario:
    """The scenario that `data` describes (content/SCENARIOS.md names its fields). Raises ScenarioError."""
    check_shape(data)
    fields = Fields(data, "")
    horizon = fields.take("horizon", lapse, 0) or None
    databases = tuple(read_database(str(name), body) for name, body in _named(fields, "databases"))
    functions = tuple(read_function(str(name), body, databases, rulebook) for name, body in _named(fields, "functions"))
    functions = joined(functions)
    account = _account(fields, rulebook)
    sources = tuple(
        read_source(str(name), body, functions, horizon, rulebook) for name, body in _named(fields, "sources")
    )
    check_clocks(sources)
    plan = fields.raw("network")
    scenario = Scenario(
        account=account,
        functions=functions,
        sources=sources,
        network=_network(plan),
        databases=databases,
        horizon_us=horizon,
        seed=fields.whole("seed", 0, default=0) or 0,
        max_events=fields.whole("max_events", 1, MOST_EVENTS, MAX_EVENTS) or MAX_EVENTS,
        warm=_warm(fields, functions),
    )
    fields.done()
    if not functions and plan is None:
        raise ScenarioError("functions", None, "is missing: a scenario needs a function or a network")
    check_concurrency(functions, account.concurrency or rulebook.account_concurrency, rulebook)
    check_start(functions, sources, scenario.warm)
    return scenario


def _named(fields: Fields, key: str) -> list[tuple[object, object]]:
    value = fields.raw(key, {})
    if not isinstance(value, Mapping):
        raise ScenarioError(key, value, "is not a mapping of names to what they are")
    if len(value) > MOST_NAMED:
        raise ScenarioError(key, len(value), f"is above {MOST_NAMED}, the most that one run tells apart")
    check_names(key, iter(value))
    return list(value.items())


def _account(fields: Fields, rulebook: Rulebook) -> Account:
    inner = Fields(fields.raw("account", {}), "account")
    concurrency = inner.whole("concurrency", 1, 1_000_000)
    inner.done()
    return Account(concurrency)


def _network(plan: object) -> Mapping[str, object] | None:
    if plan is None:
        return None
    if not isinstance(plan, Mapping):
        raise ScenarioError("network", plan, "is not a mapping of fields to values")
    network.read(plan)
    return plan


def _warm(fields: Fields, functions: tuple[Function, ...]) -> dict[str, int]:
    raw = fields.raw("warm", {})
    inner = Fields({str(name): each for name, each in raw.items()} if isinstance(raw, Mapping) else raw, "warm")
    warm = {function.name: inner.whole(function.name, 0, 100_000, 0) or 0 for function in functions}
    inner.done()
    return {name: count for name, count in warm.items() if count}
