import json

from studyapp.questions.bodies import belief_body, item_body, read_belief, read_item
from tests.questions.factories import a_belief, an_item, an_option


class TestItemBody:
    def test_comes_back_as_the_same_item(self):
        item = an_item(
            kind="fix",
            scenario="lambda.vpc.card-processor",
            goal="reach.internet is yes",
            draw={"function.duration": ("1 s", 3)},
            varies={"function.memory": ("512 MB",)},
            states=("network.routes",),
            options=(
                an_option(0, "A", change={"function.subnets": ["a"]}, belief="b"),
                an_option(1, "B", change={"x": 1}),
            ),
            is_first=True,
        )
        assert read_item(json.loads(json.dumps(item_body(item)))) == item

    def test_leaves_out_what_is_empty(self):
        assert set(item_body(an_item())) == {"id", "kind", "topic", "stem", "options", "facts", "choose"}

    def test_keeps_a_zero_that_an_option_sets(self):
        item = an_item(options=(an_option(0, "A", change={"function.async_retries": 0}),))
        assert item_body(item)["options"][0]["change"] == {"function.async_retries": 0}


class TestBeliefBody:
    def test_comes_back_as_the_same_belief(self):
        belief = a_belief(patch={"scaling_rate": "500 per 60 s"}, refuted_by=("lambda.x.y",), until="2023-11")
        assert read_belief(json.loads(json.dumps(belief_body(belief)))) == belief


def test_what_a_linter_is_told_is_no_part_of_an_item():
    assert item_body(an_item(accepts={"clang": "It is the name of the setting."})) == item_body(an_item())
