"""What a chart holds, as the inside of an `<svg>`. Written here since a template takes several times as long for 600 marks."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

from studyapp.ui.pictures.shapes import Bar, Chart, Cross, Curve, Label, Line


def shapes(chart: Chart, name: str, *, is_asked: bool = False, current: str = "") -> SafeString:
    """A line for each shape, in the order in which they are painted. `name` is the picture's; marks can be asked about
    where it `is_asked`, and the `current` one is pointed at."""
    drawn = [
        *map(_line, chart.grid),
        *map(_curve, chart.curves),
        *map(_line, chart.lines),
        *(_bar(bar, name, _asked(bar, is_asked=is_asked, current=current)) for bar in chart.bars),
        *(_cross(cross, _asked(cross, is_asked=is_asked, current=current)) for cross in chart.crosses),
        *map(_label, chart.labels),
    ]
    return mark_safe("".join(f"{each}\n" for each in drawn))  # noqa: S308 - every text is escaped below


def _line(line: Line) -> str:
    return f'<line class="{escape(line.look)}" x1="{line.x1}" y1="{line.y1}" x2="{line.x2}" y2="{line.y2}"/>'


def _curve(curve: Curve) -> str:
    return f'<path class="{escape(curve.look)}" d="{escape(curve.d)}"/>'


def _bar(bar: Bar, name: str, asked: str) -> str:
    fill = f' fill="url(#{escape(name)}-hatch)"' if bar.look == "init" else ""
    place = f'x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}"'
    return f'<rect class="{escape(bar.look)}"{fill} {place}{asked}><title>{escape(bar.says)}</title></rect>'


def _cross(cross: Cross, asked: str) -> str:
    drawing = f'<path d="M{cross.x} {cross.y} m-4 -4 l8 8 m0 -8 l-8 8"/>'
    return f'<g class="refused"{asked}><title>{escape(cross.says)}</title>{drawing}</g>'


def _label(label: Label) -> str:
    place = f'x="{label.x}" y="{label.y}" text-anchor="{label.anchor}"'
    return f'<text class="{escape(label.look)}" {place}>{escape(label.text)}</text>'


def _asked(shape: Bar | Cross, *, is_asked: bool, current: str) -> str:
    """The attributes of something that can be asked about."""
    return "".join(_attributes(shape, is_asked=is_asked, current=current))


def _attributes(shape: Bar | Cross, *, is_asked: bool, current: str) -> Iterator[str]:
    if current and shape.mark == current:
        yield ' aria-current="true"'
    if is_asked and shape.mark:
        yield f' data-mark="{escape(shape.mark)}" tabindex="-1" role="button" aria-label="{escape(shape.says)}"'
