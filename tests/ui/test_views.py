"""The further pictures of a run: which there are, and how they stand on a page."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.ui import timeline
from tests.ui import golden
from tests.ui.drawings import is_within
from tests.ui.runs import CARDS, THUMBNAILS, UPLOADS, outcome

LONG = "a-name-of-sixty-letters-that-somebody-has-chosen-to-be-sure"
NETWORK: dict[str, Any] = {
    "network": {
        "function": {"attached": True, "subnets": [LONG], "security_groups": [LONG]},
        "subnets": {LONG: {"route_table": LONG, "acl": LONG}, "public-a": {"route_table": "public", "acl": LONG}},
        "routes": {LONG: "nat", "public": "igw"},
        "nat_in": "public-a",
        "acls": {LONG: {"inbound": ["anywhere"], "outbound": ["anywhere"]}},
        "security_groups": {LONG: {}, "db": {"ingress": [LONG]}},
        "targets": {f"{LONG[:-1]}{at}": {"kind": "internet"} for at in range(8)},
    }
}


def kinds(*runs, **more):
    return [view.kind for view in timeline.views(runs[0], other=runs[1] if len(runs) > 1 else None, **more)]


class TestViews:
    @pytest.mark.parametrize(
        ("run", "kind"),
        [
            (outcome(CARDS), "network"),
            (outcome(UPLOADS), "decision"),
            (golden.course("lambda.packaging.full-suitcase"), "package"),
            (golden.course("lambda.configuration.posters"), "bill"),
            (outcome(THUMBNAILS), "bill"),
        ],
        ids=["network", "access", "packages", "bill", "run"],
    )
    def test_are_those_that_a_run_has_a_subject_for(self, run, kind):
        assert kind in kinds(run)
        assert kind in kinds(run, run, label="Here", other_label="There")

    def test_have_ids_of_their_own_and_a_twin(self):
        views = timeline.views(outcome(THUMBNAILS | CARDS), name="demo")
        assert len({view.name for view in views}) == len(views) >= 2
        assert all(view.name.startswith("demo-") and view.desc and view.grids for view in views)

    def test_are_drawn_on_a_page_with_their_tables(self, draw):
        [view] = timeline.views(outcome(CARDS))
        page = draw("components/picture.html", picture=view)
        assert page.one("svg")["aria-labelledby"] == "view-network-title view-network-desc"
        assert len(page.all("tr")) == 1 + len(view.grids[0].rows)

    def test_can_be_asked_in_the_lab(self, draw):
        [view] = timeline.views(outcome(CARDS))
        page = draw("components/picture.html", picture=view, is_asked=True)
        assert page.one("rect", data_mark="hop-1-4")["aria-label"].startswith("NAT gateway: ")


class TestTheLargest:
    def test_stays_on_the_sheet_with_the_longest_names(self):
        [view] = timeline.views(outcome(NETWORK))
        assert is_within(view)
        assert view.chart is not None
        assert view.chart.marks == 8 * 12

    def test_leaves_what_is_too_much_to_the_table(self):
        here, there = outcome(NETWORK), outcome(NETWORK, **{f"network__security_groups__{LONG}__egress": []})
        [view] = timeline.views(here, other=there, label="Here", other_label="There")
        assert view.note.endswith("The picture shows the first 8 of 16; the table has all.")
        assert len({row[0] for row in view.grids[0].rows}) == 16
