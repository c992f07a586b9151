"""What a chart holds, as the inside of an `<svg>`. Written here since a template takes several times as long for 600 marks."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from studyapp.ui.pictures.shapes import Bar, Chart, Cross, Curve, Label, Line


def shapes(chart: Chart, name: str, *, is_asked: bool = False, current: str = "") -> SafeString:
    """A line for each shape, in the order in which they are painted. `name` is the picture's; marks can be asked about
    where it `is_asked`, and the `current` one is pointed at."""
    hatch = f' fill="url(#{escape(name)}-hatch)"'
    drawn = [
        *map(_line, chart.grid),
        *map(_curve, chart.curves),
        *map(_line, chart.lines),
        *[_bar(bar, hatch, is_asked=is_asked, current=current) for bar in chart.bars],
        *[_cross(cross, is_asked=is_asked, current=current) for cross in chart.crosses],
        *map(_label, chart.labels),
        "",
    ]
    return mark_safe("\n".join(drawn))  # noqa: S308 - every text is escaped below


_look = lru_cache(maxsize=256)(escape)
"""Of a look, or another word that comes over and over."""


def _line(line: Line) -> str:
    return f'<line class="{_look(line.look)}" x1="{line.x1}" y1="{line.y1}" x2="{line.x2}" y2="{line.y2}"/>'


def _curve(curve: Curve) -> str:
    return f'<path class="{_look(curve.look)}" d="{escape(curve.d)}"/>'


def _bar(bar: Bar, hatch: str, *, is_asked: bool, current: str) -> str:
    look, x, y, width, height, words, mark = bar
    says, fill = escape(words), hatch if look == "init" else ""
    asked = _asked(mark, says, is_asked=is_asked, current=current)
    place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    return f'<rect class="{_look(look)}"{fill} {place}{asked}><title>{says}</title></rect>'


def _cross(cross: Cross, *, is_asked: bool, current: str) -> str:
    says = escape(cross.says)
    asked = _asked(cross.mark, says, is_asked=is_asked, current=current)
    drawing = f'<path d="M{cross.x} {cross.y} m-4 -4 l8 8 m0 -8 l-8 8"/>'
    return f'<g class="refused"{asked}><title>{says}</title>{drawing}</g>'


def _label(label: Label) -> str:
    look, x, y, text, anchor = label
    return f'<text class="{_look(look)}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _asked(mark: str, says: str, *, is_asked: bool, current: str) -> str:
    """The attributes of something that can be asked about. `says` is escaped."""
    pointed = ' aria-current="true"' if current and mark == current else ""
    if not is_asked or not mark:
        return pointed
    return f'{pointed} data-mark="{escape(mark)}" tabindex="-1" role="button" aria-label="{says}"'
