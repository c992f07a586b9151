"""Reads a scenario from a mapping. Everything out of bounds is refused here, before a run."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator.answers import Plan
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.registry import MODELS
from studyapp.simulator.parts import MAX_EVENTS, Account, Arrivals, Function, Scenario, Source
from studyapp.simulator.reading import Fields, lapse
from studyapp.simulator.reading_arrivals import check_clocks
from studyapp.simulator.reading_databases import read_database
from studyapp.simulator.reading_functions import read_function
from studyapp.simulator.reading_patches import patch
from studyapp.simulator.reading_reservations import check_concurrency, joined
from studyapp.simulator.reading_shape import check_functions, check_names, check_shape, check_start
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
    plans = _plans(fields, rulebook)
    check_functions((function.name for function in functions), (name for name in MODELS if fields.has(name)))
    scenario = Scenario(
        account=account,
        functions=functions,
        sources=sources,
        plans=plans,
        databases=databases,
        horizon_us=horizon,
        seed=fields.whole("seed", 0, default=0) or 0,
        max_events=fields.whole("max_events", 1, MOST_EVENTS, MAX_EVENTS) or MAX_EVENTS,
        warm=_warm(fields, functions),
    )
    fields.done()
    if not functions and not plans:
        raise ScenarioError("functions", None, f"is missing: a scenario needs functions, or {' or '.join(MODELS)}")
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


def _plans(fields: Fields, rulebook: Rulebook) -> tuple[Plan, ...]:
    """What the scenario has for each model, in the order of MODELS."""
    parts = ((model, fields.raw(name), name) for name, model in MODELS.items())
    return tuple(model.plan(_mapping(name, part), rulebook) for model, part, name in parts if part is not None)


def _mapping(name: str, part: object) -> Mapping[object, object]:
    if not isinstance(part, Mapping):
        raise ScenarioError(name, part, "is not a mapping of fields to values")
    return part


def _warm(fields: Fields, functions: tuple[Function, ...]) -> dict[str, int]:
    raw = fields.raw("warm", {})
    inner = Fields({str(name): each for name, each in raw.items()} if isinstance(raw, Mapping) else raw, "warm")
    warm = {function.name: inner.whole(function.name, 0, 100_000, 0) or 0 for function in functions}
    inner.done()
    return {name: count for name, count in warm.items() if count}
