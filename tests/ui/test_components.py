from datetime import date

import pytest

OPTIONS = [
    {"id": "a1b2c3d4", "text": "None", "why": "The rate limits too.", "verdict": "miss"},
    {"id": "b2c3d4e5", "text": "**500**", "why": "It gains {{ f.rate }}.", "verdict": "key"},
    {"id": "c3d4e5f6", "text": "1,000", "why": "These start.", "verdict": "other"},
]
SOURCE = {
    "title": "Lambda quotas", "url": "https://docs.aws.amazon.com/lambda/", "checked": "2026-11-23", "due": "2027-05-22",
}  # fmt: skip
FACT = {
    "name": "Scaling rate",
    "says": "New environments that one function gains.",
    "value_text": "1,000 per 10 s",
    "amount": "1,000",
    "unit": "per 10 s",
    "adjustable": False,
    "source": SOURCE,
    "exam": None,
    "was": [{"value": "500 to 3,000 at once", "until": "2023-11", "note": ""}],
}


class TestOptions:
    def test_are_radios_named_by_a_letter_and_a_number(self, draw):
        page = draw("components/options.html", options=OPTIONS, chosen=["c3d4e5f6"])

        radios = page.all("input", type="radio", name="response")
        assert [radio["value"] for radio in radios] == [option["id"] for option in OPTIONS]
        assert [radio["aria-keyshortcuts"] for radio in radios] == ["A 1", "B 2", "C 3"]
        assert [radio.get("checked") is not None for radio in radios] == [False, False, True]

    def test_are_checkboxes_when_several_may_be_chosen(self, draw):
        assert len(draw("components/options.html", options=OPTIONS, is_many=True).all("input", type="checkbox")) == 3

    def test_do_not_give_the_key_away(self, draw):
        html = draw("components/options.html", options=OPTIONS).html

        assert "verdict" not in html
        assert "key" not in html.replace("aria-keyshortcuts", "")


class TestStruck:
    def test_has_a_box_beside_each_option(self, draw):
        page = draw("components/options.html", options=OPTIONS, can_strike=True, struck=["b2c3d4e5"])

        boxes = page.all("input", type="checkbox", name="struck")
        assert [box["value"] for box in boxes] == [option["id"] for option in OPTIONS]
        assert [box.get("checked") is not None for box in boxes] == [False, True, False]

    def test_has_none_where_nothing_is_struck_out(self, draw):
        assert draw("components/options.html", options=OPTIONS).all("input", name="struck") == []

    def test_is_said_after_the_answer(self, draw):
        page = draw("components/answers.html", options=[{**option, "is_struck": True} for option in OPTIONS[1:]])

        assert [row.text for row in page.all("span", class_="verdict")] == ["✓ Right answer, struck out", "struck out"]


class TestChoices:
    def test_submit_the_option_that_is_tapped(self, draw):
        buttons = draw("components/choices.html", options=OPTIONS).all("button", name="response")

        assert [button["value"] for button in buttons] == [option["id"] for option in OPTIONS]
        assert all(button.get("type") is None for button in buttons)


class TestAnswers:
    def test_say_verdict_and_reason_of_every_option(self, draw):
        page = draw("components/answers.html", options=OPTIONS, facts={"f.rate": {"text": "1,000", "url": "#rate"}})

        assert [row["data-verdict"] for row in page.all("li", class_="option")] == ["miss", "key", "other"]
        assert [row.text for row in page.all("span", class_="verdict")] == ["✗ You chose this", "✓ Right answer"]
        assert [why.text.strip() for why in page.all("div", class_="why")] == [
            "The rate limits too.",
            "It gains 1,000.",
            "These start.",
        ]
        assert page.one("a", class_="fact")["href"] == "#rate"

    def test_tell_a_right_choice_in_one_line(self, draw):
        page = draw("components/answers.html", options=[{**OPTIONS[1], "verdict": "hit"}])

        assert page.one("li")["data-verdict"] == "key"
        assert page.one("span", class_="verdict").text == "✓ You chose this, and it is right"


class TestVerdict:
    @pytest.mark.parametrize(("is_right", "state", "lead"), [(True, "key", "Right."), (False, "miss", "Not quite.")])
    def test_can_take_the_focus(self, draw, is_right, state, lead):
        line = draw("components/verdict.html", is_right=is_right, says="The rate limits too.").one("h2", tabindex="-1")

        assert line["data-verdict"] == state
        assert line.text == f"{lead} The rate limits too."


class TestPlate:
    def test_shows_value_source_day_and_what_it_used_to_be(self, draw):
        page = draw("components/plate.html", fact=FACT, today=date(2026, 11, 24))

        assert page.one("data").text == "1,000 per 10 s"
        assert page.one("p", class_="source").text == "Lambda quotaschecked 2026-11-23"
        assert page.one("s").text == "500 to 3,000 at once"

    @pytest.mark.parametrize(("adjustable", "is_fixed"), [(False, True), (True, False), (None, False)])
    def test_is_a_limit_only_when_it_cannot_be_raised(self, draw, adjustable, is_fixed):
        page = draw("components/plate.html", fact={**FACT, "adjustable": adjustable})

        assert (page.one("article").get("data-fixed") is not None) is is_fixed
        assert ("Not adjustable." in page.html) is is_fixed

    def test_says_that_an_old_source_is_due_for_a_check(self, draw):
        assert "due for a check" in draw("components/plate.html", fact=FACT, today=date(2027, 5, 23)).html
        assert "due for a check" not in draw("components/plate.html", fact=FACT, today=date(2027, 5, 22)).html

    def test_puts_the_exam_beside_what_is_so_now(self, draw):
        page = draw("components/plate.html", fact={**FACT, "exam": {"says": "500 to 3,000."}})

        assert [term.text for term in page.all("dt")] == ["The exam says", "AWS says now"]
        assert [text.text for text in page.all("dd")] == ["500 to 3,000.", FACT["says"]]

    def test_says_which_exams_and_since_when(self, draw):
        exam = {"says": "60 a minute.", "exams": ["DVA-C02", "SAA-C03"], "changed": "2023-11", "until": "2026-11"}
        page = draw("components/plate.html", fact={**FACT, "exam": exam})

        assert [term.text for term in page.all("dt")] == [
            "The exam says (DVA-C02, SAA-C03, until November 2026)",
            "AWS says now (since November 2023)",
        ]

    def test_shows_a_value_in_words(self, draw):
        page = draw("components/plate.html", fact={**FACT, "amount": "", "unit": "", "value_text": "No internet"})

        assert page.one("p", class_="value", data_kind="words").text == "No internet"


class TestRuler:
    def test_has_a_tick_for_each_state_and_says_it_in_words(self, draw):
        states = ["right", "wrong", "todo", "todo"]
        page = draw("components/ruler.html", ticks=[{"state": state} for state in states], current=3)

        ticks = page.all("li")
        assert [tick["data-state"] for tick in ticks] == ["right", "wrong", "todo", "todo"]
        assert [tick.get("aria-current") for tick in ticks] == [None, None, "step", None]
        assert [tick.text for tick in page.all("span", class_="hidden")] == [
            "Question 1, right",
            "Question 2, wrong",
            "Question 3",
            "Question 4",
        ]

    def test_leads_to_the_places_that_have_an_address(self, draw):
        ticks = [
            {"state": "right", "url": "/1/", "keys": ""},
            {"state": "given", "url": "/2/", "keys": "P"},
            {"state": "todo"},
        ]
        page = draw("components/ruler.html", ticks=ticks, current=3)

        assert [(link["href"], link.get("aria-keyshortcuts")) for link in page.all("a")] == [
            ("/1/", None),
            ("/2/", "P"),
        ]
        assert page.one("li", aria_current="step")["aria-keyshortcuts"] == "O"


class TestReadouts:
    def test_measure_each_number_against_something(self, draw):
        page = draw(
            "components/readouts.html",
            readouts=[{"label": "Billed", "value": "18.1", "unit": "GB-s", "against": "at 1 GB"}],
        )

        assert [text.text for text in page.all("dd")] == ["18.1 GB-s", "at 1 GB"]


class TestErrors:
    def test_are_not_shown_when_there_are_none(self, draw):
        assert draw("components/errors.html").html.strip() == ""

    def test_link_to_their_fields_and_take_the_focus(self, draw):
        page = draw("components/errors.html", errors=[{"text": "Choose one.", "id": "id_response"}])

        assert page.one("a").text == "Choose one."
        assert page.one("a")["href"] == "#id_response"
        assert page.one("h2", tabindex="-1").get("autofocus") is not None
