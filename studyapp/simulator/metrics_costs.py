"""Metrics of the bill: USD by line, without the free tier."""

from typing import Final

from studyapp.simulator.costs import LINES, billed_gb_s, costs
from studyapp.simulator.metric import Group, Metric, always


def _cost(line: str) -> Metric:
    return lambda view: costs(view)[line]


GROUPS: Final = (
    Group(
        always,
        {"billed_gb_s": billed_gb_s, **{f"cost.{line}": _cost(line) for line in LINES}, "cost.total": _cost("total")},
    ),
)
