"""The controls that a demo puts first, in its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studyapp.lab.controls import Control
from studyapp.lab.controls.texts import Unreadable, text, value_of


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
