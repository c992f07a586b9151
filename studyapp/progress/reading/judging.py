"""Predictions against what came of them: recall, and how sure the student was.

Sources: Wilson 1927 for the interval of a share (90 %), Brier 1950 for the score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studyapp.memory.counting import EDGES, Counts
from studyapp.progress.words import percent, span
from studyapp.scheduling.statistics import wilson
from studyapp.ui.pictures.words import count

LEAST = 10
"""Under so many answers there is no figure."""


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`."""

    part: int
    whole: int

    @property
    def is_told(self) -> bool:
        return self.whole >= LEAST

    @property
    def value(self) -> float:
        """Raises ZeroDivisionError where there is nothing."""
        return self.part / self.whole

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.part, self.whole)

    @property
    def percent(self) -> str:
        return percent(self.value)

    @property
    def answers(self) -> str:
        """ "1,204 answers"."""
        return count(self.whole, "answer")

    @property
    def says(self) -> str:
        """ "111 of 118 answers"."""
        return f"{self.part:,} of {self.answers}"

    @property
    def span(self) -> str:
        return span(*self.interval)


@dataclass(frozen=True, slots=True)
class Retention:
    """Of facts that had a memory: how many were recalled, and the share that was predicted."""

    recalled: Share
    predicted: float

    @property
    def predicted_percent(self) -> str:
        return percent(self.predicted)

    @property
    def says(self) -> str:
        """Whether what came agrees with what was predicted, by the interval."""
        low, high = self.recalled.interval
        if self.predicted < low:
            return "You recall more than was predicted."
        if self.predicted > high:
            return "You recall less than was predicted."
        return "What was predicted lies within the interval."


def retention(counts: Counts) -> Retention:
    known = counts.known
    return Retention(Share(counts.recalled, known), counts.predicted / known if known else 0.0)


@dataclass(frozen=True, slots=True)
class Band:
    """Answers whose predicted recall lay in one band, its mean, and what was recalled. `name`: "85 to 90 %"."""

    name: str
    predicted: float
    recalled: Share

    @property
    def predicted_percent(self) -> str:
        return percent(self.predicted)


def bands(counts: Counts) -> list[Band]:
    """Those with an answer, the lowest first."""
    return [
        Band(name, counts.bands[number][3] / counts.bands[number][0], Share(*_recalled(counts, number)))
        for number, name in enumerate(_names())
        if counts.bands.get(number, [0])[0]
    ]


def _recalled(counts: Counts, number: int) -> tuple[int, int]:
    answers, _, recalled, _ = counts.bands[number]
    return int(recalled), int(answers)


def _names() -> Iterator[str]:
    yield f"under {percent(EDGES[0])}"
    for low, high in zip(EDGES, (*EDGES[1:], 1.0), strict=True):
        yield span(low, high)


@dataclass(frozen=True, slots=True)
class Brier:
    """The mean squared distance of the predicted chances from what came. `baseline`: what one chance for all, the share
    recalled, would have scored: p (1 - p)."""

    score: float
    baseline: float
    answers: int

    @property
    def says(self) -> str:
        """What the two figures mean, in one sentence."""
        if self.score < self.baseline:
            return "Lower is better: the predictions tell what you recall from what you forget."
        return "It is no lower: the predictions do not tell what you recall from what you forget."


def brier(counts: Counts) -> Brier | None:
    """None under ten answers."""
    known = counts.known
    if known < LEAST:
        return None
    share = counts.recalled / known
    return Brier(counts.squares / known, share * (1 - share), known)


@dataclass(frozen=True, slots=True)
class Confidence:
    """How many answers were right of those said to be sure, of the others, and how many right ones were guesses."""

    sure: Share
    unsure: Share
    guesses: Share

    @property
    def says(self) -> str:
        """In one sentence. "" where there is no figure for either."""
        told = [
            f"when you are {how} you are right {each.percent} of the time, {count(each.whole, 'answer')}"
            for how, each in (("sure", self.sure), ("not sure", self.unsure))
            if each.is_told
        ]
        return f"{'; '.join(told).capitalize()}." if told else ""

    @property
    def says_guesses(self) -> str:
        right, guesses = (
            f"{self.guesses.whole:,} right {'answer' if self.guesses.whole == 1 else 'answers'}",
            self.guesses.part,
        )
        if not guesses:
            return "You called none of your right answers a guess."
        were = "was a guess" if guesses == 1 else "were guesses"
        return f"By your own word, {guesses:,} of {right} {were}, and moved no memory."


def confidence(counts: Counts) -> Confidence:
    return Confidence(
        sure=Share(counts.sure_right, counts.sure),
        unsure=Share(counts.right - counts.sure_right, counts.answers - counts.sure),
        guesses=Share(counts.guesses, counts.right),
    )
