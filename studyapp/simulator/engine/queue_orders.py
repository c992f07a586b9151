"""Which message of a queue comes next: whichever waits longest, or the next of a group that nobody holds."""

from collections import deque
from collections.abc import Callable, Container, Sequence
from typing import Protocol

Supply = Callable[[int], int]
"""Makes the next message of a group (0 where there are no groups): a backlog that never ends."""


class Order(Protocol):
    """The visible messages of one queue. What is no longer kept in the queue is passed over."""

    supply: Supply | None
    line: deque[int]
    """While it is empty and nothing is supplied, nothing waits: quicker to see than to ask."""

    def put(self, event: int) -> bool:
        """A message is visible for the first time. Whether it is the first that can be received."""

    def put_back(self, events: Sequence[int]) -> None:
        """Messages of one receive, in order, are visible again."""

    def waits(self) -> bool:
        """Whether a message can be received."""

    def take(self, most: int) -> list[int]:
        """Up to `most` messages of one receive, which may go on: the next call gives more of it."""

    def close(self) -> None:
        """The receive is over."""

    def free(self, event: int) -> None:
        """All of the receive that `event` was in has been deleted or put back."""


class Loose:
    """A standard queue: what has been visible longest comes first (our reading: AWS promises best effort)."""

    def __init__(self, kept: Container[int]) -> None:
        self.supply: Supply | None = None
        self._kept = kept
        self.line: deque[int] = deque()

    def put(self, event: int) -> bool:
        self.line.append(event)
        return len(self.line) == 1

    def put_back(self, events: Sequence[int]) -> None:
        self.line.extend(events)

    def waits(self) -> bool:
        visible = self.line
        while visible and visible[0] not in self._kept:
            visible.popleft()
        return bool(visible) or self.supply is not None

    def take(self, most: int) -> list[int]:
        visible, kept = self.line, self._kept
        taken: list[int] = []
        while visible and len(taken) < most:
            event = visible.popleft()
            if event in kept:
                taken.append(event)
        if self.supply is not None:
            taken.extend(self.supply(0) for _ in range(most - len(taken)))
        return taken

    def close(self) -> None:
        """A standard queue holds nothing back."""

    def free(self, event: int) -> None:
        """A standard queue holds nothing back."""


class Grouped:
    """A FIFO queue: a receive takes the messages of one group, in order, and holds the group.

    It is free again once all of that receive is deleted or back in front. Groups take turns by how long they have been
    ready (our reading). Source: Lambda with Amazon SQS, FIFO queues.
    """

    def __init__(self, kept: Container[int], index: Sequence[int], count: int) -> None:
        self.supply: Supply | None = None
        self._kept = kept
        self._index = index
        self._groups: list[deque[int]] = [deque() for _ in range(count)]
        self._held: set[int] = set()
        self.line: deque[int] = deque()
        self._open: int | None = None

    def begin_endless(self, supply: Supply) -> None:
        """Every group has messages from the beginning, and never runs out."""
        self.supply = supply
        self.line.extend(range(len(self._groups)))

    def put(self, event: int) -> bool:
        number = self._number(event)
        group = self._groups[number]
        group.append(event)
        if len(group) > 1 or number in self._held:
            return False
        self.line.append(number)
        return len(self.line) == 1

    def put_back(self, events: Sequence[int]) -> None:
        if events:
            self._groups[self._number(events[0])].extendleft(reversed(events))

    def waits(self) -> bool:
        while self.line and not self._has_more(self.line[0]):
            self.line.popleft()
        return bool(self.line)

    def take(self, most: int) -> list[int]:
        if self._open is None:
            if not self.waits():
                return []
            self._open = self.line.popleft()
            self._held.add(self._open)
        group, taken = self._groups[self._open], list[int]()
        while len(taken) < most and self._has_more(self._open):
            taken.append(group.popleft() if group or self.supply is None else self.supply(self._open))
        return taken

    def close(self) -> None:
        self._open = None

    def free(self, event: int) -> None:
        number = self._number(event)
        self._held.discard(number)
        if self._has_more(number):
            self.line.append(number)

    def _has_more(self, number: int) -> bool:
        group = self._groups[number]
        while group and group[0] not in self._kept:
            group.popleft()
        return bool(group) or self.supply is not None

    def _number(self, event: int) -> int:
        return self._index[event] % len(self._groups)
