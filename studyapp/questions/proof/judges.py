"""Two ways to tell an item's key by simulation: which options reach a goal, and what an outcome is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import NamedTuple, Protocol

from studyapp.questions.items import Belief, Item, Option
from studyapp.questions.proof.moves import Setting
from studyapp.questions.proof.runs import Runs
from studyapp.questions.proof.writing import writer
from studyapp.questions.typed import is_typable, is_within
from studyapp.simulator.claims import Claim
from studyapp.simulator.misreadings import MISREADINGS, Misreading
from studyapp.simulator.outcome import Outcome, Value
from studyapp.simulator.scenario import patch

Texts = dict[str, str]


class Face(NamedTuple):
    """What a variant shows: the texts of its options by id, and what a right response holds."""

    texts: Texts
    key: tuple[str, ...]


class Judge(Protocol):
    """Tells the key of one item in a setting, and what a student would see of it."""

    def key(self, setting: Setting, seed: int) -> str:
        """The key in words, to compare and to print."""

    def problems(self, setting: Setting, seed: int) -> Iterator[str]:
        """Why the item cannot be asked in this setting, whatever else holds."""

    def shown(self, setting: Setting, seed: int) -> Sequence[Face]:
        """Every way in which options may be shown here; none if this draw is to be left out."""

    def words(self, setting: Setting, seed: int) -> str:
        """The key as a student reads it."""


class FixJudge:
    """A fix item's key: the options whose changes together reach the goal, taken `choose` at a time."""

    def __init__(self, item: Item, goal: Claim, beliefs: Mapping[str, Belief], runs: Runs) -> None:
        self._item, self._goal, self._beliefs, self._runs = item, goal, beliefs, runs

    def key(self, setting: Setting, seed: int) -> str:
        texts = {option.id: f"“{option.text}”" for option in self._item.options}
        reaching = [" with ".join(texts[each] for each in ids) for ids in self._reaching(setting, seed)]
        return " and ".join(reaching) or "none of the options"

    def problems(self, setting: Setting, seed: int) -> Iterator[str]:
        if len(self._reaching(setting, seed)) != 1:
            yield f"exactly one option must reach the goal, and it is {self.key(setting, seed)} that reach it"
        for option in self._item.options:
            belief = self._beliefs[option.belief] if option.belief else None
            if belief and belief.is_executable and not self._reaches_if_believed(option, belief, setting, seed):
                yield f"“{option.text}” does not reach the goal under the belief {belief.id}"

    def shown(self, setting: Setting, seed: int) -> Sequence[Face]:
        (key,) = self._reaching(setting, seed)
        return [Face({option.id: option.text for option in self._item.options}, key)]

    def words(self, setting: Setting, seed: int) -> str:
        return self.key(setting, seed).replace("“", "").replace("”", "")

    def _reaching(self, setting: Setting, seed: int) -> list[tuple[str, ...]]:
        """The sets of `choose` option ids whose changes together reach the goal."""
        return [
            tuple(option.id for option in chosen)
            for chosen in combinations(self._item.options, self._item.choose)
            if self._goal.holds(self._runs.outcome(changed(setting, chosen), seed))
        ]

    def _reaches_if_believed(self, option: Option, belief: Belief, setting: Setting, seed: int) -> bool:
        believed = replace(setting, rulebook=setting.rulebook.believing(belief.patch))
        outcome = self._runs.outcome(changed(believed, (option,)), seed)
        return self._goal.holds(misread(outcome, MISREADINGS[belief.misreading]) if belief.misreading else outcome)


class PredictJudge:
    """A predict item's key: the value that the simulator gives. Wrong options are what it gives under beliefs."""

    def __init__(
        self,
        item: Item,
        asks: str,
        beliefs: Mapping[str, Belief],
        runs: Runs,
        settings: Sequence[tuple[Setting, int]],
    ) -> None:
        """All values are written in one form, chosen by those of `settings`, each with its seed."""
        self._item, self._asks, self._beliefs, self._runs = item, asks, beliefs, runs
        self._settings = list(settings)  # kept, so that no other setting gets the id of one of them
        self._known: dict[tuple[int, int], dict[str, Value]] = {}
        for setting, seed in self._settings:
            self._known[id(setting), seed] = self._values(setting, seed)
        self._write = writer(asks, [value for values in self._known.values() for value in values.values()])

    def key(self, setting: Setting, seed: int) -> str:
        return f"“{self._write(self._true(setting, seed))}”"

    def problems(self, setting: Setting, seed: int) -> Iterator[str]:
        key = self._write(self._true(setting, seed))
        if self._item.kind == "numeric" and not is_typable(key):
            yield f"asks for a number to type, and the key is “{key}”"

    def shown(self, setting: Setting, seed: int) -> Sequence[Face]:
        """The key with each choice of three wrong values that differ; all of them for a number to type.

        Of options with the same text the first in the file is shown.
        """
        options = {option.id: option for option in self._item.options}
        texts = {each: self._write(value) for each, value in self._values(setting, seed).items()}
        (key,) = (each for each in texts if options[each].is_key)
        wrong: Texts = {}
        for each, text in texts.items():
            if text not in wrong.values() and not self._passes(text, texts[key]):
                wrong[each] = text
        if self._item.kind == "numeric":
            return [Face(_in_order(options, [key, *wrong], texts), (key,))] if wrong else []
        several = combinations(wrong, OPTIONS - 1)
        return [Face(_in_order(options, [key, *three], texts), (key,)) for three in several]

    def words(self, setting: Setting, seed: int) -> str:
        return self._write(self._true(setting, seed))

    def _passes(self, text: str, key: str) -> bool:
        """Whether a wrong value would be taken for the key."""
        can_be_typed = self._item.kind == "numeric" and is_typable(text) and is_typable(key)
        return text == key or (can_be_typed and is_within(text, key, self._item.tolerance))

    def values_say(self, setting: Setting, seed: int) -> str:
        """Every value in words, for an author who wonders why a draw was left out."""
        names = {option.id: option.belief or "the key" for option in self._item.options}
        values = self._values(setting, seed)
        return ", ".join(f"{names[each]} gives “{self._write(value)}”" for each, value in values.items())

    def _values(self, setting: Setting, seed: int) -> dict[str, Value]:
        """What each option says; of the item's own draws it is known, since each is asked for again and again."""
        known = self._known.get((id(setting), seed))
        return known or {option.id: self._value(option, setting, seed) for option in self._item.options}

    def _value(self, option: Option, setting: Setting, seed: int) -> Value:
        if option.is_key or option.belief is None:
            return self._true(setting, seed)
        belief = self._beliefs[option.belief]
        outcome = self._runs.outcome(replace(setting, rulebook=setting.rulebook.believing(belief.patch)), seed)
        return MISREADINGS[belief.misreading](outcome, self._asks) if belief.misreading else outcome.value(self._asks)

    def _true(self, setting: Setting, seed: int) -> Value:
        known = self._known.get((id(setting), seed), {})
        key = next(option.id for option in self._item.options if option.is_key)
        return known[key] if key in known else self._runs.outcome(setting, seed).value(self._asks)


class OrderJudge:
    """An ordering item's key: its steps by the time that the run gives each of them."""

    def __init__(self, item: Item, runs: Runs) -> None:
        self._item, self._runs = item, runs

    def key(self, setting: Setting, seed: int) -> str:
        texts = {option.id: f"“{option.text}”" for option in self._item.options}
        times = self._times(setting, seed)
        never = [texts[each] for each, time in times.items() if not isinstance(time, int | float)]
        if never:
            return f"none, since {', '.join(never)} never happens"
        ordered = sorted(times, key=lambda each: float(str(times[each])))
        pairs = pairwise(ordered)
        ties = [f"{texts[one]} and {texts[other]}" for one, other in pairs if times[one] == times[other]]
        return f"none, since {ties[0]} happen at once" if ties else ", ".join(texts[each] for each in ordered)

    def problems(self, setting: Setting, seed: int) -> Iterator[str]:
        wanted = ", ".join(f"“{option.text}”" for option in self._item.options)
        found = self.key(setting, seed)
        if found != wanted:
            yield f"its steps stand in another order than in the run: {found}"

    def shown(self, setting: Setting, seed: int) -> Sequence[Face]:
        return [Face({option.id: option.text for option in self._item.options}, places(self._item))]

    def words(self, setting: Setting, seed: int) -> str:
        return self.key(setting, seed)

    def _times(self, setting: Setting, seed: int) -> dict[str, Value]:
        outcome = self._runs.outcome(setting, seed)
        return {option.id: outcome.value(str(option.when)) for option in self._item.options}


def places(item: Item) -> tuple[str, ...]:
    """The key of an ordering item, whose steps stand in their right order: `1:<id>`, `2:<id>` ..."""
    return tuple(f"{place}:{option.id}" for place, option in enumerate(item.options, 1))


def _in_order(options: Iterable[str], chosen: Sequence[str], texts: Texts) -> Texts:
    """The texts of the chosen options, in the order of the file."""
    return {each: texts[each] for each in options if each in chosen}


OPTIONS = 4


def changed(setting: Setting, chosen: tuple[Option, ...]) -> Setting:
    """The setting with the changes of all `chosen` options. Raises ScenarioError for a path that leads nowhere."""
    changes = {path: value for option in chosen for path, value in (option.change or {}).items()}
    return replace(setting, body=patch(setting.body, changes))


@dataclass(frozen=True, eq=False)
class Misread(Outcome):
    """An outcome as someone reads it who names things wrongly."""

    reading: Misreading = Outcome.value

    def value(self, name: str) -> Value:
        return self.reading(Outcome(self.scenario, self.rulebook, self.trace, self.answers), name)


def misread(outcome: Outcome, reading: Misreading) -> Misread:
    return Misread(outcome.scenario, outcome.rulebook, outcome.trace, outcome.answers, reading)
