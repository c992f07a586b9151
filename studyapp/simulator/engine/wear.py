"""What survives in an environment from one run to the next, as far as it can do harm: memory in globals, files in /tmp."""

from collections import Counter

from studyapp.simulator.parts import Function
from studyapp.simulator.trace import DISK_FULL, OK, OUT_OF_MEMORY


class Wear:
    """The environments of one function. Memory is what a run needs and what the runs since the last init have kept.

    A reset clears globals; /tmp is empty in a new environment alone. Source: Lambda execution environment. That a run is
    struck at its end, and that only a run that comes to its end leaves anything, are our readings.
    """

    def __init__(self, function: Function) -> None:
        self._function = function
        self._kept: Counter[int] = Counter()
        self._files: Counter[int] = Counter()

    def use(self, environment: int) -> int:
        """Note that a handler has come to its end in `environment`, and say how that went: OK, or why not."""
        function = self._function
        if function.memory_used + self._kept[environment] > function.memory:
            return OUT_OF_MEMORY
        self._kept[environment] += function.memory_leak
        if self._files[environment] + function.tmp_left > function.tmp:
            return DISK_FULL
        self._files[environment] += function.tmp_left
        return OK

    def reset(self, environment: int) -> None:
        del self._kept[environment]


def wear_of(function: Function) -> Wear | None:
    """None for a function whose runs leave nothing that could ever do harm."""
    does_harm = function.memory_leak or function.tmp_left or function.memory_used > function.memory
    return Wear(function) if does_harm else None
