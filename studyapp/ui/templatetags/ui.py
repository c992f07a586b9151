"""`{% load ui %}`: prose, words for times, and the masthead's places."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from studyapp.ui import rows, svg, words
from studyapp.ui.pictures.shapes import Chart, Grid, Table
from studyapp.ui.places import Place, places
from studyapp.ui.prose import Facts, blocks, line
from studyapp.ui.prose import stem as stem_line

register = template.Library()

for word in (words.minutes, words.when, words.weekday, words.is_stale, words.letter, words.month):
    register.filter(word.__name__, word)


@register.filter
def prose(text: object, facts: Facts | None = None) -> SafeString:
    return blocks(str(text or ""), facts)


@register.filter
def phrase(text: object, facts: Facts | None = None) -> SafeString:
    return line(str(text or ""), facts)


@register.simple_tag(takes_context=True)
def nav_places(context: Context) -> tuple[Place, ...]:
    return places(context.get("request"))


@register.simple_tag
def shapes(chart: Chart, name: str, is_asked: object = False, current: str = "") -> SafeString:
    """The inside of a chart's `<svg>`. A template that is not told of the last two has "" for them."""
    return svg.shapes(chart, name, is_asked=bool(is_asked), current=current)


@register.simple_tag
def table_rows(table: Table, is_asked: object = False) -> SafeString:
    return rows.of_table(table, is_asked=bool(is_asked))


@register.simple_tag
def grid_rows(grid: Grid) -> SafeString:
    return rows.of_grid(grid)


@register.filter
def stem(text: object, facts: Facts | None = None) -> SafeString:
    return stem_line(str(text or ""), facts)
