"""What a proof moves: one assumption that AWS leaves open, or one parameter that the stem does not name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from studyapp.questions.filling import NoSuchParameter, resolved, shown, value_at
from studyapp.questions.items import Item
from studyapp.questions.proof.naming import is_named, named
from studyapp.questions.proof.ranges import parameters
from studyapp.questions.proof.time_ranges import companion
from studyapp.simulator.parts import SYNC_KINDS
from studyapp.simulator.rulebook import Rulebook, assumptions
from studyapp.simulator.scenario import patch
from studyapp.simulator.units import show_time

Body = Mapping[str, object]
RUNNING = ("functions",)


@dataclass(frozen=True)
class Setting:
    """A scenario and the rules that it runs by."""

    body: Body
    rulebook: Rulebook


@dataclass(frozen=True)
class Parameter:
    """A parameter of the scenario put to another value."""

    subject: str
    value: object
    may_raise_timeout: bool = False

    @property
    def says(self) -> str:
        return shown(self.value)

    @property
    def reason(self) -> str:
        return f"{self.subject}, which the stem does not name"

    def moved(self, setting: Setting) -> Setting | None:
        """The setting with this value, or None if the value has no meaning there."""
        changes: dict[str, object] = {self.subject: self.value}
        if self.subject.endswith(".duration"):
            extra = companion(self.subject, self.value, setting.body, may_raise=self.may_raise_timeout)
            if extra is None:
                return None
            changes |= extra
        elif self.subject.startswith("network.endpoints.") and self.value is None:
            changes = {"network.endpoints": _without(self.subject.split(".", 2)[2], setting.body)}
        elif self.subject.startswith("warm.") and "warm" not in setting.body:
            changes = {"warm": {self.subject.removeprefix("warm."): self.value}}
        elif self.subject.startswith("sources.") and self.subject.endswith(".kind"):
            changes |= _without_waiting(self.subject.removesuffix(".kind"), self.value, setting.body)
        elif self.subject == "account.concurrency" and "account" not in setting.body:
            changes = {"account": {"concurrency": self.value}}
        return replace(setting, body=patch(setting.body, changes))


@dataclass(frozen=True)
class Assumed:
    """An assumption put to another value."""

    subject: str
    value: object

    @property
    def says(self) -> str:
        return show_time(self.value) if isinstance(self.value, int) and self.value >= 1_000 else shown(self.value)

    @property
    def reason(self) -> str:
        return f"{self.subject}, which AWS leaves open"

    def moved(self, setting: Setting) -> Setting:
        return replace(setting, rulebook=replace(setting.rulebook, **{self.subject: cast("Any", self.value)}))


Move = Parameter | Assumed


def moves(item: Item, setting: Setting) -> tuple[Move, ...]:
    """Every move of one thing away from `setting`: assumptions first, then parameters that the stem does not name."""
    return (*_assumed(setting), *_parameters(item, setting.body))


def _assumed(setting: Setting) -> list[Move]:
    """What AWS leaves open and bears on something there is: a kind of source, a field that a source or a function sets, a
    part of the scenario such as a rollout; what names nothing bears on functions that run."""
    there = _words(setting.body)
    return [
        Assumed(assumption.field, value)
        for assumption in assumptions()
        if there & set(assumption.bears_on or RUNNING)
        for value in assumption.values
        if value != getattr(setting.rulebook, assumption.field)
    ]


def _words(body: Body) -> set[str]:
    sources = _parts(body, "sources")
    fields = {str(field) for part in (*sources, *_parts(body, "functions")) for field in part}
    parts = {str(name) for name, part in body.items() if part}
    return fields | parts | {str(source.get("kind", "sync")) for source in sources}


def _parts(body: Body, name: str) -> list[Mapping[str, object]]:
    parts = body.get(name)
    return [one for one in parts.values() if isinstance(one, Mapping)] if isinstance(parts, Mapping) else []


def _parameters(item: Item, body: Body) -> list[Move]:
    names = named(item, body)
    values = {path: list(each.of(path, body)) for path, each in parameters(body) if not is_named(path, names)}
    for path, more in item.varies.items():
        values.setdefault(resolved(path, body), []).extend(more)
    return [
        Parameter(path, value, _may_raise_timeout(path, names))
        for path, each in values.items()
        for value in _distinct(each)
        if value != _now(path, body)
    ]


def _may_raise_timeout(path: str, names: frozenset[str]) -> bool:
    return not is_named(path.removesuffix("duration") + "timeout", names)


def _distinct(values: list[object]) -> list[object]:
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _now(path: str, body: Body) -> object:
    try:
        return value_at(path, body)
    except NoSuchParameter:
        return None


def _without_waiting(source: str, kind: object, body: Body) -> dict[str, object]:
    """Who does not wait for an answer has no patience to set."""
    fields = value_at(source, body)
    assert isinstance(fields, Mapping)  # noqa: S101, the path of a source came from this body
    return {} if kind in SYNC_KINDS else {f"{source}.{key}": None for key in ("timeout", "retries") if key in fields}


def _without(service: str, body: Body) -> dict[str, object]:
    endpoints = value_at("network.endpoints", body)
    assert isinstance(endpoints, Mapping)  # noqa: S101, the path of an endpoint came from this mapping
    return {name: each for name, each in endpoints.items() if name != service}
