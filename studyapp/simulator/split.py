"""What is the same for every view of one trace, found once for all of them: rows by function, and how long was watched."""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from studyapp.simulator import story
from studyapp.simulator.lives import Teller
from studyapp.simulator.parts import Scenario
from studyapp.simulator.plain import Plain
from studyapp.simulator.spans import Span
from studyapp.simulator.trace import Trace

AT_HAND: Final = 3_000
"""Events of a run up to which it pays to find out which of them lead a plain life before any is told."""

Parts = Sequence[Sequence[int]]
"""Row numbers, in order, for each function by its number."""


class Split:
    """Of 255 functions each has a view of its own; none of them walks through the rows of all others."""

    def __init__(self, scenario: Scenario, trace: Trace) -> None:
        self.scenario = scenario
        self.trace = trace
        self.memo: dict[str, Any] = {}  # what is the same for several views, made by the first that needs it

    @cached_property
    def events(self) -> Parts:
        return self._parts(self.trace.function)

    @cached_property
    def runs(self) -> Parts:
        return self._by_event(self.trace.event)

    @cached_property
    def refusals(self) -> Parts:
        return self._by_event(self.trace.refused_event)

    @cached_property
    def received(self) -> Parts:
        return self._by_event(self.trace.received_event)

    @cached_property
    def ended(self) -> Parts:
        return self._by_event(self.trace.ended_event)

    @property
    def window_us(self) -> int:
        return self.teller.until

    @cached_property
    def teller(self) -> Teller:
        """Knows where in the trace each event stands, and tells its life."""
        return Teller(self.scenario, self.trace)

    @cached_property
    def plain(self) -> Plain:
        """Which events lead a plain life."""
        return Plain(self.teller)

    @cached_property
    def troubled(self) -> Mapping[int, Sequence[Span]]:
        """The lives of all other events, told once."""
        return self.tell(self.plain.troubled)

    def tell(self, events: Collection[int]) -> dict[int, list[Span]]:
        """The lives of some events, by their numbers from 0; of a run of some length, those that are troubled are told once."""
        if len(self.trace.arrived) > AT_HAND:
            return story.tell_by(self.teller, events)
        troubled, told = self.plain.troubled, self._told
        told.update(story.tell_by(self.teller, [event for event in events if event in troubled and event not in told]))
        return {event: list(told[event]) if event in troubled else self.plain.spans(event) for event in events}

    @cached_property
    def _told(self) -> dict[int, list[Span]]:
        return {}

    def _by_event(self, events: Iterable[int]) -> Parts:
        function = self.trace.function
        return self._parts(function[event] for event in events)

    def _parts(self, functions: Iterable[int]) -> Parts:
        found = [array("I") for _ in self.scenario.functions]
        for row, function in enumerate(functions):
            found[function].append(row)
        return found
