"""A scenario and a rulebook in, an outcome out. Standard library alone; see README.md."""

from studyapp.simulator.outcome import Outcome
from studyapp.simulator.rulebook import TRUTH, Rulebook
from studyapp.simulator.run import simulate
from studyapp.simulator.scenario import Scenario, patch, read

ENGINE_VERSION = "4"

__all__ = ["ENGINE_VERSION", "TRUTH", "Outcome", "Rulebook", "Scenario", "patch", "read", "simulate"]
