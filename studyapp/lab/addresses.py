"""Where a state of the lab is found."""

from __future__ import annotations

from django.urls import reverse

from studyapp.lab.state import State


def of(slug: str, state: State, name: str = "demo", **more: str) -> str:
    """The address of one of a scenario's pages in a state; `more` are further keys."""
    return to(slug, state.query(), name, **more)


def to(slug: str, query: str, name: str = "demo", **more: str) -> str:
    """The same of a state as an address has it."""
    extra = "&".join(f"{key}={value}" for key, value in more.items())
    query = "&".join(filter(None, (query, extra)))
    address = reverse(f"lab:{name}", args=[slug])
    return f"{address}?{query}" if query else address
