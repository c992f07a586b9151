"""What becomes of one event, message or record: an attempt, a wait, another attempt, and where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studyapp.simulator.outcome import Span
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.batches import IN_BATCHES
from studyapp.ui.pictures.lanes import THINNEST, wall
from studyapp.ui.pictures.marks import of_span
from studyapp.ui.pictures.shapes import Bar, Cross, Label, Line, Sheet
from studyapp.ui.pictures.verbs import look, verb
from studyapp.ui.pictures.words import duration, fits, seconds, wide

TELLING = (
    "retry_wait", "visibility_wait", "dead_lettered", "dead_letter_error", "destination", "destination_error", "dropped",
)  # fmt: skip
"""The kinds of span that make a run one about retries."""
LAST = ("dead_lettered", "dead_letter_error", "destination", "destination_error", "dropped")
FEW = 12
ENDS = {
    "delivered": ("succeeded", "✓ it succeeded"),
    "dead_lettered": ("kept", "→ dead-letter queue"),
    "dead_letter_error": ("lost", "✗ the queue refused it"),
    "destination": ("kept", "→ destination"),
    "destination_error": ("lost", "✗ the destination refused it"),
    "dropped": ("lost", "✗ lost"),
    "filtered": ("kept", "filtered out"),
}
AGAIN = "✓ and once more"
WAITS = {"queued": "waits", "retry_wait": "waits", "visibility_wait": "hidden", "batch_window": "held"}
TURNED_AWAY = ("throttled", "refused")
THICK, HEIGHT = 20, 80
ROOM_AT_THE_END = 1.4
"""The axis goes on a little, so that the last word has its place."""


@dataclass(frozen=True, slots=True)
class Story:
    """One event's spans, in order."""

    event: int
    spans: tuple[Span, ...]

    @property
    def runs(self) -> list[Span]:
        return [span for span in self.spans if span.kind in ("init", "invoke")]

    @property
    def end_us(self) -> int:
        return max((span.end_us for span in self.spans), default=0)

    @property
    def noun(self) -> str:
        return self.spans[0].noun if self.spans else "event"

    @property
    def receives(self) -> list[int]:
        """When a message was taken from its queue: as it is held for a batch, or as it runs straight away."""
        if self.noun != "message":
            return []
        held = [span for span in self.spans if span.kind in ("batch_window", "retry_wait", "init", "invoke")]
        ends = {span.end_us for span in held if span.kind != "invoke"}
        return [span.start_us for span in held if span.start_us not in ends]


def is_about_retries(spans: Iterable[Span], events: int) -> bool:
    """Whether one of the lives of so many events tells the run. What happened to many callers, or to a whole queue that got
    through in the end, is told by all of them together."""
    telling = [span for span in spans if span.kind in TELLING]
    if not telling or any(span.noun == "event" for span in telling):
        return bool(telling)
    if any(span.noun in IN_BATCHES for span in telling):
        return events <= FEW or any(span.kind in LAST for span in telling)
    return events == 1


def most_telling(one: Sequence[Span], other: Sequence[Span] | None) -> int:
    """The event whose life differs most between two runs; with one run, the event that is tried most often."""
    lives, others = _lives(one), _lives(other or ())
    if other is not None:
        parted = [event for event in lives if lives[event] != others.get(event)]
        lives = {event: lives[event] for event in parted} or lives
    troubled = {event: life for event, life in lives.items() if any(span.kind in TELLING for span in life)}
    candidates = troubled or lives or {1: []}
    return min(candidates, key=lambda event: (-_attempts(candidates[event]), event))


def _lives(spans: Sequence[Span]) -> dict[int, list[Span]]:
    lives: dict[int, list[Span]] = {}
    for span in spans:
        lives.setdefault(span.event, []).append(span)
    return lives


def _attempts(life: Sequence[Span]) -> int:
    return sum(1 for span in life if span.kind == "invoke")


def story(spans: Sequence[Span], event: int) -> Story:
    return Story(event, tuple(span for span in spans if span.event == event))


def draw(sheet: Sheet, axis: Axis, one: Story, top: float) -> float:
    """Draw the story from `top` down. Returns the y of its foot."""
    y = top + 26.0
    middle = y + THICK / 2
    if one.spans:
        sheet.lines.append(Line("story", axis.x(one.spans[0].start_us), middle, axis.x(one.end_us), middle))
    _draw_receives(sheet, axis, one, middle, top + 10)
    for span in one.spans:
        if span.kind in ("init", "invoke") and span.end_us > span.start_us:
            _draw_run(sheet, axis, span, y)
        elif span.kind in WAITS:
            _draw_wait(sheet, axis, span, middle)
        elif span.kind in TURNED_AWAY:
            says = f"{seconds(span.start_us)}: {span.kind}, {span.reason}"
            sheet.crosses.append(Cross(axis.x(span.start_us), middle, 1, says, of_span(span)))
    _name_attempts(sheet, axis, one, y + THICK + 17)
    _draw_end(sheet, axis, one, middle)
    return top + HEIGHT


def _draw_run(sheet: Sheet, axis: Axis, span: Span, y: float) -> None:
    x = axis.x(span.start_us)
    width = max(round(axis.x(span.end_us) - x, 1), THINNEST * 2)
    name = "init" if span.kind == "init" else look(span.status)
    length = duration(span.end_us - span.start_us)
    what = "start" if span.kind == "init" else f"{_attempt(span)} {verb(span.status)}"
    batch = f" in a batch of {span.batch:,}" if span.batch > 1 else ""
    says = f"{seconds(span.start_us)}: {what}{batch}, {length}"
    bar = Bar(name, min(x, axis.right - width), y, width, THICK, says, of_span(span))
    sheet.bars.append(bar)
    sheet.lines += wall(bar)


def _draw_wait(sheet: Sheet, axis: Axis, span: Span, middle: float) -> None:
    x1, x2 = axis.x(span.start_us), axis.x(span.end_us)
    if span.kind == "visibility_wait" and x2 - x1 >= 1:
        sheet.lines.append(Line("unseen", x1, middle, x2, middle))
    text = f"{WAITS[span.kind]} {duration(round(span.end_us - span.start_us, -3))}"
    if fits(text, x2 - x1):
        sheet.labels.append(Label("aside", round((x1 + x2) / 2, 1), middle - 12, text, "middle"))


def _draw_receives(sheet: Sheet, axis: Axis, one: Story, middle: float, y: float) -> None:
    """A tick for each time that a message is taken from its queue; the first, and others with room, are named."""
    edge = float("-inf")
    for number, at_us in enumerate(one.receives, 1):
        x = axis.x(at_us)
        sheet.lines.append(Line("receive", x, middle - 20, x, middle + 14))
        text = "received" if number == 1 else f"receive {number}"
        if x >= edge and fits(text, axis.right - x):
            sheet.labels.append(Label("aside", x, y, text))
            edge = x + wide(text) + 10


def _attempt(span: Span) -> str:
    return f"attempt {span.attempt}" if span.attempt else "a second delivery"


@dataclass(slots=True)
class _Attempts:
    """Attempts that share a name: the first and the last, how many there are, their statuses in the order in which each first
    came, and whether each was asked for. Kept as they are added, for hundreds may share one."""

    first: Span
    last: Span
    number: int
    statuses: dict[str, None]
    are_asked_for: bool

    @classmethod
    def of(cls, span: Span) -> _Attempts:
        return cls(span, span, 1, {span.status: None}, span.attempt > 0)

    def add(self, span: Span) -> None:
        self.last = span
        self.number += 1
        self.statuses[span.status] = None
        self.are_asked_for = self.are_asked_for and span.attempt > 0

    @property
    def name(self) -> str:
        told = ", then ".join(dict.fromkeys(verb(status, several=self.number > 1) for status in self.statuses))
        if self.number == 1:
            return f"{_attempt(self.first)} {told}"
        if not self.are_asked_for:
            return f"{self.number} deliveries {told}"
        joint = "and" if self.number == 2 else "to"
        return f"attempts {self.first.attempt} {joint} {self.last.attempt} {told}"


def _name_attempts(sheet: Sheet, axis: Axis, one: Story, y: float) -> None:
    """'attempt 1 fails' under each; attempts too close to be told apart share a name: 'attempts 1 to 3 fail'."""
    groups: list[_Attempts] = []
    for span in (span for span in one.spans if span.kind == "invoke"):
        if groups and axis.x(span.start_us) < axis.x(groups[-1].first.start_us) + wide(groups[-1].name) + 10:
            groups[-1].add(span)
        else:
            groups.append(_Attempts.of(span))
    for group in groups:
        text, x = group.name, axis.x(group.first.start_us)
        if fits(text, axis.right - x):
            sheet.labels.append(Label("tick", x, y, text))
        else:
            sheet.labels.append(Label("tick", axis.right, y, text, "end"))


def end_of(span: Span) -> tuple[str, str]:
    """(look, words) of an end; of a delivery that comes on top of another: that it does."""
    return ("succeeded", AGAIN) if span.kind == "delivered" and span.reason else ENDS[span.kind]


def _draw_end(sheet: Sheet, axis: Axis, one: Story, middle: float) -> None:
    ends = list(dict.fromkeys(end_of(span) for span in one.spans if span.kind in ENDS))
    if not ends:
        return
    looks, texts = [look for look, _ in ends], [text for _, text in ends]
    look = "lost" if "lost" in looks else looks[-1]
    text, x = ", ".join(dict.fromkeys(texts)), axis.x(one.end_us)
    sheet.lines.append(Line(f"end end-{look}", x + 2, middle - 14, x + 2, middle + 14))
    if fits(text, axis.right - x, 14):
        sheet.labels.append(Label(f"end end-{look}", x + 10, middle + 4.5, text))
    else:
        sheet.labels.append(Label(f"end end-{look}", axis.right, middle + 42, text, "end"))
