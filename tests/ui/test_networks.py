"""Ways through a network as a map."""

import pytest

from studyapp.ui.pictures import networks
from studyapp.ui.pictures.charts import Setting
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, drawing, is_within, texts
from tests.ui.runs import CARDS, ORDERS, outcome

ANSWERS = "lambda.vpc.answers-that-never-come"
STRICT_NAT = {
    "network__subnets__public-a__acl": "open",
    "network__acls__open": {"inbound": ["anywhere"], "outbound": ["anywhere"]},
    "network__acls__strict__inbound": ["anywhere"],
}
COURSE = [
    "lambda.vpc.reading-room",
    "lambda.vpc.charging-stations",
    "lambda.vpc.museum-shop-proxy",
    "lambda.vpc.hub-of-three",
    "lambda.vpc.archive-in-two-zones",
    "lambda.vpc.passed-by",
    "lambda.vpc.across-regions",
    "lambda.vpc.what-needs-a-vpc",
    ANSWERS,
]


class TestAWay:
    def test_is_a_box_for_each_hop_as_far_as_it_leads_and_the_target(self):
        drawn = drawing(networks.picture_of, outcome(CARDS))
        passes, reached = bars(drawn, "hop-passes"), bars(drawn, "hop-reached")
        assert len(passes) == sum(len(path.hops) - 1 for path in outcome(CARDS).paths)
        assert [says.partition(":")[0] for says in reached] == ["internet", "orders"]

    def test_ends_in_a_double_line_before_what_refuses(self):
        drawn = drawing(networks.picture_of, outcome(CARDS, network__routes__private="none"))
        [refuses] = [bar for bar in drawn.chart.bars if "hop-refuses" in bar.look]
        walls = [line for line in drawn.chart.lines if line.look == "double"]
        assert refuses.says.startswith("Route table private")
        assert len(walls) == 2
        assert all(line.x1 <= refuses.x and line.y1 < refuses.y for line in walls)
        assert texts(drawn, "says-refuses") == ["✗ not reached", "✗ refuses"]

    def test_leaves_what_lies_behind_faint(self):
        drawn = drawing(networks.picture_of, outcome(CARDS, network__routes__private="none"))
        assert bars(drawn, "hop-behind") == ["internet: The call never gets here."]
        assert any(line.look == "way-behind" for line in drawn.chart.lines)

    def test_can_be_asked_about_each_hop(self):
        marks = [bar.mark for bar in drawing(networks.picture_of, outcome(CARDS)).chart.bars]
        expected = [
            f"hop-{n}-{s}" for n, path in enumerate(outcome(CARDS).paths, 1) for s in range(1, len(path.hops) + 1)
        ]
        assert marks == expected

    def test_is_none_without_a_network(self):
        assert networks.picture_of([outcome(ORDERS)], [""], Setting(720)) is None


class TestPlaces:
    def test_frame_the_vpc_and_its_subnets(self):
        drawn = drawing(networks.picture_of, outcome(CARDS))
        assert sum(curve.look == "bound" for curve in drawn.chart.curves) == 5  # two VPCs, private-a twice, public-a
        assert texts(drawn).count("VPC") == 2
        assert {"public-a", "internet", "Lambda"} <= set(texts(drawn))

    def test_are_told_in_the_twin(self):
        twin = drawing(networks.picture_of, outcome(CARDS)).twin
        where = {(to, hop): place for to, hop, place, _, _ in twin.rows}
        assert where["internet", "NAT gateway"] == "VPC, subnet public-a"
        assert where["internet", "Outbound rules of code"] == "VPC, subnet private-a"
        assert where["internet", "internet"] == "internet"
        assert where["orders", "orders"] == "VPC"

    def test_know_the_subnet_of_an_acl_that_looks_at_the_answer(self):
        twin = drawing(networks.picture_of, golden.course(ANSWERS)).twin
        assert twin.rows[-1][1:3] == ("Inbound rules of ACL strict", "VPC, subnet private-a")

    def test_name_a_peered_vpc(self):
        twin = drawing(networks.picture_of, golden.course("lambda.vpc.hub-of-three")).twin
        assert twin.rows[-1][2] == "VPC finance"


class TestAnswers:
    def test_come_back_below_the_way_out(self):
        drawn = drawing(networks.picture_of, golden.course(ANSWERS))
        by_says = {bar.says.partition(":")[0]: bar for bar in drawn.chart.bars}
        back, out = by_says["Inbound rules of ACL strict"], by_says["Outbound rules of ACL strict"]
        assert back.y > out.y + out.height
        assert abs(back.x - out.x) <= 3
        assert "call arrives" in texts(drawn)

    def test_have_a_line_of_their_own_where_the_way_takes_several(self):
        drawn = drawing(networks.picture_of, golden.course(ANSWERS, **STRICT_NAT))
        boxes = [(bar.x, bar.y) for bar in drawn.chart.bars]
        assert len(set(boxes)) == len(boxes) == 12
        assert "The answer:" in texts(drawn)
        assert is_within(drawn)


class TestTwoRuns:
    def test_show_only_the_targets_that_tell_them_apart(self):
        here, there = outcome(CARDS), outcome(CARDS, network__routes__private="none")
        drawn = drawing(networks.picture_of, here, there)
        assert texts(drawn, "heading") == ["Here: internet", "There: internet"]
        assert drawn.note == (
            "internet: Here: reached, There: not reached, Route table private refuses. orders: reached either way."
        )

    def test_say_which_hop_refuses_in_each(self):
        here = outcome(CARDS, network__routes__private="none")
        there = outcome(CARDS, network__nat_in="private-a")
        note = drawing(networks.picture_of, here, there).note
        assert note.startswith("internet: not reached in both. Here: Route table private refuses. There: NAT gateway")


@pytest.mark.parametrize("name", COURSE)
def test_every_way_of_the_course_lies_on_the_sheet(name):
    drawn = drawing(networks.picture_of, golden.course(name))
    assert is_within(drawn)
    assert all(len(row) == len(drawn.twin.head) for row in drawn.twin.rows)


@pytest.mark.parametrize(
    ("name", "scenario"),
    [("network-paths", "lambda.vpc.charging-stations"), ("network-answer", ANSWERS)],
)
def test_is_drawn_as_it_was(name, scenario):
    golden.matches(name, as_picture("network", drawing(networks.picture_of, golden.course(scenario))))
