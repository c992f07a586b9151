"""A batch drawn: its life on a small scale of its own, then a box with a cell for each message, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.ui.pictures.anatomy import SIGNS, Anatomy, End, Message
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.lettering import wrapped, write
from studyapp.ui.pictures.shapes import Bar, Label, Line, Sheet
from studyapp.ui.pictures.verbs import called, look, verb
from studyapp.ui.pictures.words import count, duration, fits, seconds, shortened, wide

THICK, THINNEST = 16, 3.0
CELL, GAP, PAD = 43, 4, 6
TALL = 36
IN_A_ROW, MOST_CELLS = 13, 39
LOOKS: dict[End, str] = {"done": "cell done", "back": "cell back", "moved": "cell moved", "dropped": "cell back"}
WAYS: dict[End, str] = {
    "done": "done, and deleted from the queue",
    "back": "back in the queue, visible again",
    "moved": "moved to the dead-letter queue",
    "dropped": "dropped, kept for as long as the queue keeps anything,",
}


def draw(sheet: Sheet, axis: Axis, one: Anatomy, top: float) -> float:
    """Draw `one` from `top` down; of `axis` only the width counts. Returns the y of its foot."""
    sheet.labels.append(Label("title", axis.left, top + 14, shortened(title(one), axis.right - axis.left, 14)))
    scale = Axis(one.received_us, max(one.until_us, one.received_us + 1_000), axis.width)
    y = top + 46.0
    run = _draw_run(sheet, scale, one, y)
    _draw_hold(sheet, scale, one, y)
    _draw_hiding(sheet, scale, one, y, run)
    _name_moments(sheet, scale, one, y + THICK + 18)
    foot = _draw_box(sheet, axis, one, y + THICK + 36, run)
    y = foot + 20
    for sentence in sentences(one):
        y = write(sheet, "said", axis.left, y, wrapped(sentence, axis.right - axis.left, 2)) + 2
    return y - 14


def title(one: Anatomy) -> str:
    """'One batch of orders: 10 messages, run at 5 s, failed'."""
    size = count(len(one.messages), "message")
    return f"One batch of {one.function}: {size}, run at {seconds(one.start_us)}, {_ended(one)}"


def _ended(one: Anatomy) -> str:
    if one.status == "ok":
        return "given back in part" if 0 < one.not_done < len(one.messages) else "given back" if one.not_done else "ok"
    return {"error": "failed", "timeout": "timed out"}.get(one.status, one.status)


def _draw_run(sheet: Sheet, scale: Axis, one: Anatomy, y: float) -> Bar:
    x = scale.x(one.start_us)
    width = max(round(scale.x(one.end_us) - x, 1), THINNEST)
    length = duration(one.end_us - one.start_us)
    status = "given back" if one.status == "ok" and one.not_done else one.status
    says = (
        f"{seconds(one.start_us)}, {called('message', [each.event for each in one.messages])}: {verb(status)}, {length}"
    )
    bar = Bar(look(status), min(x, scale.right - width), y, width, THICK, says, one.messages[0].mark)
    sheet.bars.append(bar)
    text = f"runs {length}"
    if fits(text, bar.width, 12.5):
        sheet.labels.append(Label(f"on on-{bar.look}", bar.x + 6, y + 12.5, text))
    elif one.start_us == one.received_us:
        sheet.labels.append(Label("aside", bar.x, y - 6, text))
    return bar


def _draw_hold(sheet: Sheet, scale: Axis, one: Anatomy, y: float) -> None:
    """The bracket of the batch window, over the time in which the batch is gathered."""
    if one.start_us == one.received_us:
        return
    x1, x2, roof = scale.x(one.received_us), scale.x(one.start_us), y - 6
    sheet.lines += [Line("bracket", x1, roof, x2, roof), Line("bracket", x1, roof, x1, y + THICK)]
    sheet.lines.append(Line("bracket", x2, roof, x2, y))
    held = f"held {duration(one.start_us - one.received_us)}"
    text = f"{held}, the window is {duration(one.window_us)}" if one.window_us else held
    if not fits(text, scale.right - x1):
        text = held
    sheet.labels.append(Label("aside", x1, roof - 6, text))


def _draw_hiding(sheet: Sheet, scale: Axis, one: Anatomy, y: float, run: Bar) -> None:
    """The dashed time in which what was given back is hidden, up to the moment at which it is visible again."""
    if one.until_us <= one.end_us:
        return
    x1, x2, middle = round(run.x + run.width, 1), scale.x(one.until_us), y + THICK / 2
    sheet.lines.append(Line("unseen", x1, middle, x2, middle))
    sheet.lines.append(Line("receive", x2, y - 6, x2, y + THICK + 2))
    moved = one.ended("moved") or one.ended("dropped")
    text = "hidden in the queue, then " + ("moved" if moved and not one.ended("back") else "visible again")
    if fits(text, x2 - x1 - 12):
        sheet.labels.append(Label("aside", x2 - 6, middle - 6, text, "end"))


def _name_moments(sheet: Sheet, scale: Axis, one: Anatomy, y: float) -> None:
    """When it was received, when all is told, when it ran; as many as have room."""
    taken: list[tuple[float, float]] = []
    for at_us in dict.fromkeys((one.received_us, one.until_us, one.end_us, one.start_us)):
        x, text = scale.x(at_us), seconds(at_us)
        half = wide(text) / 2 + 4
        if all(x + half <= left or x - half >= right for left, right in taken):
            taken.append((x - half, x + half))
            sheet.labels.append(Label("tick", x, y, text, "middle"))


def shown(one: Anatomy) -> list[Message]:
    """The messages that are drawn, in their order: of a large batch those that were given back come first."""
    kept = sorted(one.messages, key=lambda message: message.end == "done")[:MOST_CELLS]
    chosen = {message.event for message in kept}
    return [message for message in one.messages if message.event in chosen]


def _draw_box(sheet: Sheet, axis: Axis, one: Anatomy, top: float, run: Bar) -> float:
    """The cells in their box, which two lines join to the run. Returns the y of the foot."""
    cells = shown(one)
    columns = min(len(cells), IN_A_ROW)
    rows = -(-len(cells) // IN_A_ROW)
    left, width = float(axis.left), columns * (CELL + GAP) - GAP + 2 * PAD
    tall = rows * (TALL + GAP) - GAP + 2 * PAD
    sheet.lines += [
        Line("joint", run.x, run.y + run.height, left, top),
        Line("joint", round(run.x + run.width, 1), run.y + run.height, left + width, top),
    ]
    sheet.bars.append(Bar("box", left, top, width, tall, title(one), one.messages[0].mark))
    for place, message in enumerate(cells):
        row, column = divmod(place, IN_A_ROW)
        _draw_cell(sheet, message, left + PAD + column * (CELL + GAP), top + PAD + row * (TALL + GAP))
    more = len(one.messages) - len(cells)
    if more:
        drawn = {message.event for message in cells}
        signs = sorted({SIGNS[message.end] for message in one.messages if message.event not in drawn})
        text = f"and {more:,} more {' '.join(signs)}"
        sheet.labels.append(Label("aside", left + width, top + tall + 15, text, "end"))
        return top + tall + 15
    return top + tall


def _draw_cell(sheet: Sheet, message: Message, x: float, y: float) -> None:
    blame = ", the one that fails" if message.is_bad else ""
    says = f"message {message.event:,}{blame}: {WAYS[message.end]} at {seconds(message.end_us)}"
    name = LOOKS[message.end] + (" bad" if message.is_bad else "")
    sheet.bars.append(Bar(name, x, y, CELL, TALL, says, message.mark))
    sheet.labels.append(Label("cell-name", x + CELL / 2, y + 15, f"{message.event}", "middle"))
    sheet.labels.append(Label(f"sign sign-{message.end}", x + CELL / 2, y + 31, SIGNS[message.end], "middle"))


def sentences(one: Anatomy) -> list[str]:
    """What became of the messages, and why all of them or some."""
    found = [_told(end, own) for end in WAYS if (own := one.ended(end))]
    return [*found, _why(one)] if len(one.messages) > 1 else found


def _told(end: End, own: Sequence[Message]) -> str:
    """'✓ messages 1 to 5 and 7 to 10: done, and deleted from the queue at 6 s'."""
    moments = sorted({message.end_us for message in own})
    between = seconds(moments[0]) if len(moments) == 1 else f"{seconds(moments[0])} to {seconds(moments[-1])}"
    return f"{SIGNS[end]} {called('message', [message.event for message in own])}: {WAYS[end]} at {between}."


def _why(one: Anatomy) -> str:
    """Why as many went back as did; or how many would."""
    bad = [message.event for message in one.messages if message.is_bad]
    fails = f"{called('Message', bad)} {'fail' if len(bad) > 1 else 'fails'}"
    if not one.not_done:
        would = "what fails would go back alone" if one.reports else "one that fails would take the whole batch back"
        return f"With{'' if one.reports else 'out'} partial batch responses {would}."
    if one.status == "ok" and bad and len(bad) < one.not_done:
        return f"{fails} and is reported; in a FIFO queue what comes behind it goes back, too."
    if one.status == "ok":
        return "The function reports what failed (partial batch responses), so the rest is done."
    if one.status == "error" and bad and not one.reports:
        return f"{fails}; without partial batch responses the whole batch goes back."
    return "The run itself did not end well, so the whole batch goes back."
