"""Claims about an outcome: `metric operator value`, joined by `and`. Goals, options and keys are claims.

Operators: is, is not, <, <=, >, >=, is between a and b. Values: numbers, quantities (`3 s`, `500 ms`: compared in
seconds), yes, no, none, words. `peak concurrency is 6` means the metric peak_concurrency.
"""

import re
from dataclasses import dataclass, field
from math import isclose
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ClaimError
from studyapp.simulator.outcome import Outcome, Value

_CLAUSE: Final = re.compile(
    r"\s*(?P<metric>[A-Za-z][\w.\- ]*?)\s*"
    r"(?:\bis\s+between\b\s*(?P<low>.+?)\s+and\s+(?P<high>.+?)"
    r"|(?P<op>\bis\s+not\b|\bis\b(?!\s+between\b)|<=|>=|<|>)\s*(?P<value>.+?))"
    r"\s*(?:\band\b(?P<rest>.*)|$)",
    re.DOTALL,
)
_SIGNS: Final = ("<", "<=", ">", ">=")


@dataclass(frozen=True)
class Clause:
    """One comparison. `high` is given for `is between` alone. `written` is the value as it stands in the claim."""

    metric: str
    operator: str
    value: Value
    high: Value = None
    written: str = field(default="", compare=False)

    def holds(self, outcome: Outcome) -> bool:
        found = outcome.value(self.metric)
        if self.operator in ("is", "is not"):
            return self._is(found) == (self.operator == "is")
        if self.operator == "is between":
            return _number(self.value, self) <= _number(found, self) <= _number(self.high, self)
        if found is None:
            return False
        left, right = _number(found, self), _number(self.value, self)
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[self.operator]

    def _is(self, found: Value) -> bool:
        """A text is compared as it is written: a role may be called 12, and a queue `no`."""
        return found == self.written if self.written and isinstance(found, str) else _equal(found, self.value)

    def __str__(self) -> str:
        if self.operator == "is between":
            return f"{self.metric} is between {show(self.value)} and {show(self.high)}"
        return f"{self.metric} {self.operator} {show(self.value)}"


@dataclass(frozen=True)
class Claim:
    """Clauses that must all hold."""

    clauses: tuple[Clause, ...]

    @classmethod
    def parse(cls, text: str) -> "Claim":
        """Raises ClaimError, which shows the part that cannot be read."""
        clauses: list[Clause] = []
        rest: str | None = text
        while rest is not None:
            found = _CLAUSE.fullmatch(rest)
            if found is None:
                raise ClaimError(f"{rest.strip()!r} is not a claim: write `metric operator value`, as in throttles > 0")
            clauses.append(_clause(found))
            rest = found["rest"]
        return cls(tuple(clauses))

    def holds(self, outcome: Outcome) -> bool:
        """Raises ClaimError for a metric that the outcome does not have, or a word where a number is needed."""
        return all(clause.holds(outcome) for clause in self.clauses)

    def explain(self, outcome: Outcome) -> str:
        """Each clause with what was found: "throttles > 0: it is 18, so it holds"."""
        return "; ".join(
            f"{clause}: it is {show(outcome.value(clause.metric))}, so it "
            + ("holds" if clause.holds(outcome) else "does not hold")
            for clause in self.clauses
        )

    def __str__(self) -> str:
        return " and ".join(map(str, self.clauses))


def show(value: Value) -> str:
    """A metric's value as people read it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else value


def _clause(found: re.Match[str]) -> Clause:
    metric = "_".join(found["metric"].split())
    if found["low"] is not None:
        return Clause(metric, "is between", _value(found["low"]), _value(found["high"]))
    operator = " ".join(found["op"].split())
    value = _value(found["value"])
    if operator in _SIGNS and (isinstance(value, str | bool) or value is None):
        raise ClaimError(f"{metric} {operator} {found['value']}: {operator} needs a number")
    return Clause(metric, operator, value, written=" ".join(found["value"].split()))


def _value(text: str) -> Value:
    """A number (a time in seconds), yes or no, None for `none`, else the words themselves."""
    text = text.strip()
    if text in ("yes", "no"):
        return text == "yes"
    if text == "none":
        return None
    try:
        number, unit = units.split(text)
    except units.UnitError:
        return text
    if unit in ("", "USD"):
        return int(number) if number == int(number) else float(number)
    if unit == "%":
        return float(number) / 100
    try:
        return units.time(text) / units.SECOND
    except units.UnitError:
        return text


def _equal(found: Value, wanted: Value) -> bool:
    if isinstance(found, bool) or isinstance(wanted, bool) or isinstance(found, str) or found is None or wanted is None:
        return type(found) is type(wanted) and found == wanted
    return not isinstance(wanted, str) and isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12)


def _number(value: Value, clause: Clause) -> float:
    if isinstance(value, str | bool) or value is None:
        raise ClaimError(f"{clause.metric} is {show(value)}: {clause.operator} needs a number")
    return value
