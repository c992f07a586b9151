"""A demo in its words: its story, and the controls that it puts first."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from studyapp.lab.controls import Control
from studyapp.lab.controls.texts import Unreadable, text, value_of
from studyapp.questions import filling


def spoken(control: Control, first: Mapping[str, Any]) -> Control:
    """A control as the demo that puts it first calls it, with the choices that it gives."""
    control = replace(control, label=first.get("label") or control.label)
    choices = first.get("choices") or ()
    if not choices:
        return control
    texts, words = (tuple(each) for each in zip(*((text(one["is"]), one["says"]) for one in choices), strict=True))
    return replace(control, kind="choice", choices=texts, words=words)


def alike(choices: tuple[str, ...], typed: str) -> str:
    """The choice that says the same as `typed`, which an address may write in another way; else what was typed."""
    if typed in choices:
        return typed
    try:
        worth = value_of(typed)
    except Unreadable:
        return typed
    return next((each for each in choices if value_of(each) == worth), typed)


def filled(story: str, body: Mapping[str, Any], own: Mapping[str, Any]) -> str:
    """A story with the values that a state's `body` has for its placeholders; `own` is the scenario as it is."""
    return filling.filled(story, lambda path: _value(path, body, own))


def _value(path: str, body: Mapping[str, Any], own: Mapping[str, Any]) -> object:
    """At `path` of the state; of a burst that has become another law of arrivals, how many there are in all, if that is said.

    What the scenario has of its `own` and the state left out is none. Raises NoSuchParameter for what is no path.
    """
    parent, _, _ = path.rpartition(".")
    for place in (path, f"{parent}.count"):
        with suppress(filling.NoSuchParameter):
            return filling.value_at(place, body)
    filling.value_at(path, own)
    return "some" if parent.endswith(".arrivals") else None
