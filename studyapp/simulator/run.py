"""The one door: a scenario, a rulebook and a seed in, an outcome out. Pure; the same inputs give the same bytes."""

from dataclasses import replace

from studyapp.simulator.engine import fast, set_up
from studyapp.simulator.engine.believed import believed
from studyapp.simulator.engine.false_worlds import FalseWorld
from studyapp.simulator.engine.general import Engine
from studyapp.simulator.engine.lanes import Watch
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Scenario
from studyapp.simulator.rulebook import TRUTH, Rulebook
from studyapp.simulator.trace import Trace


def simulate(scenario: Scenario, rulebook: Rulebook = TRUTH, seed: int = 0, watch: Watch | None = None) -> Outcome:
    """Run `scenario` under `rulebook`. A seed of 0 means the one that the scenario names.

    `watch` is told now and then how far the run is: its clock in microseconds and the tries so far.
    Raises RunTooLong, which holds the outcome so far, once `max_events` tries have been made.
    """
    answers = tuple(plan.answer(rulebook) for plan in scenario.plans)
    number = seed or scenario.seed
    trace = Trace()
    try:
        trace = play(scenario, rulebook, number, trace, watch=watch)
    except RunTooLong as error:
        raise RunTooLong(str(error), Outcome(scenario, rulebook, trace, answers)) from None
    return Outcome(scenario, rulebook, trace, answers)


def play(
    scenario: Scenario,
    rulebook: Rulebook,
    seed: int,
    trace: Trace,
    *,
    plainly: bool = False,
    watch: Watch | None = None,
) -> Trace:
    """Fill `trace` by the loop that suits; `plainly` takes the general one. Returns the trace."""
    scenario = believed(scenario, rulebook)
    world = replace(set_up.build(scenario, rulebook, seed, trace), watch=watch)
    if world.is_false:
        FalseWorld(scenario, world, trace).play()
    elif not plainly and fast.suits(scenario, world):
        try:
            fast.FastRun(scenario, world, trace).play()
        except fast.NotSuited:
            vars(trace).update(vars(Trace()))
            return play(scenario, rulebook, seed, trace, plainly=True, watch=watch)
    else:
        Engine(scenario, world, trace).play()
    return trace
