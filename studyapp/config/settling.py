"""What a program has loaded stays for its life: the garbage collector need not walk it again."""

import gc

OFTEN, FIRST, SECOND = 20_000, 20, 50
"""After so many new objects the youngest are looked through (Python's own 700 are a few rows of a run); every so many times
also those that have lived through it once, and twice."""


def settle() -> None:
    """Call it once all modules are loaded, before the first request.

    A full collection walks every object there is: 150 ms of a page with Django, the course and the lab loaded, and the many
    small objects of a run bring it about. What is frozen is walked no more. Source: Python's documentation, module gc.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, FIRST, SECOND)
