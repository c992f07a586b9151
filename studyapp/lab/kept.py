"""What a process remembers of what it has made: the last few things, by all that they were made of."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """At most `most` things; those that were looked at last stay. Threads share them, so nobody may change one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[str, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Made | None:
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
        return found

    def put(self, key: str, made: Made) -> None:
        with self._lock:
            self._found[key] = made
            self._found.move_to_end(key)
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def of(self, key: str, make: Callable[[], Made]) -> Made:
        """What is kept under `key`, made if there is nothing. Two threads may both make it; either will do."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def clear(self) -> None:
        with self._lock:
            self._found.clear()
