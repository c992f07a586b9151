"""Running scenarios inside one proof: each combination of scenario, rules and seed runs once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from studyapp.questions.proof.moves import Setting
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Scenario
from studyapp.simulator.rulebook import Rulebook, watched
from studyapp.simulator.run import simulate
from studyapp.simulator.scenario import read

MOST_EVENTS = 2_000
MOST_EVENTS_MOVED = 10_000
KEPT = 128


class Runs:
    """Outcomes by scenario, rules and seed. The last few are kept: a proof asks for the same run again at once.

    `rules` are the names of all rules that any run has read: what no run reads cannot change what comes of them.
    `before` is called before each run, and may raise to end what has no time left.
    """

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self._before = before
        self._outcomes: dict[tuple[str, Rulebook, int], Outcome] = {}
        self.rules: set[str] = set()

    def outcome(self, setting: Setting, seed: int, most: int = MOST_EVENTS_MOVED) -> Outcome:
        """Raises ScenarioError for a scenario that is out of bounds, RunTooLong after `most` tries of events."""
        wanted = (json.dumps(setting.body, sort_keys=True, default=str), setting.rulebook, seed)
        found = self._outcomes.pop(wanted, None)
        if found is None:
            self._before()
            rulebook = watched(setting.rulebook, self.rules)
            scenario = read(setting.body, rulebook)
            bounded = replace(scenario, max_events=min(most, scenario.max_events))
            found = simulate(bounded, rulebook, seed)
        self._outcomes[wanted] = found
        if len(self._outcomes) > KEPT:
            del self._outcomes[next(iter(self._outcomes))]
        return found


def has_chance(scenario: Scenario) -> bool:
    """Whether a run depends on its seed: arrivals, times, failures or shares of traffic drawn by lot."""
    laws = (law for function in scenario.functions for law in (function.init, function.duration, function.cold_total))
    return (
        any(law is not None and not law.is_fixed for law in laws)
        or any(function.fails.kind == "probability" for function in scenario.functions)
        or any(len(source.calls) > 1 for source in scenario.sources)
        or any(stream.kind in ("poisson", "wave") for source in scenario.sources for stream in source.arrivals)
    )
