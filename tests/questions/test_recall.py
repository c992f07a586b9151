from studyapp.questions.recall import Recall, Wrong, recall_items
from tests.questions.factories import FACT, a_fact

WRONG = (Wrong("500", "Half."), Wrong("3,000", "An older burst.", belief="burst-by-region"), Wrong("100", "A tenth."))


class TestRecallItems:
    def test_asks_for_the_fact_with_the_key_first_and_every_wrong_answer(self):
        (item,) = recall_items(a_fact(), Recall("How many?", "So it is.", WRONG, answer="1,000"))
        assert (item.id, item.kind, item.facts) == (f"{FACT}.recall", "recall", (FACT,))
        assert [(option.text, option.is_key) for option in item.options] == [
            ("1,000", True), ("500", False), ("3,000", False), ("100", False),
        ]  # fmt: skip
        assert item.options[2].belief == "burst-by-region"

    def test_takes_the_value_of_the_fact_for_an_answer_that_is_not_given(self):
        (item,) = recall_items(a_fact(), Recall("How many?", "So it is.", WRONG))
        assert item.options[0].text == a_fact().value_text

    def test_asks_the_other_way_round_too(self):
        back = Recall("What gains 1,000 every 10 s?", "So it is.", WRONG, answer="A function")
        there, and_back = recall_items(a_fact(), Recall("How many?", "So it is.", WRONG, back=back))
        assert (there.id, and_back.id) == (f"{FACT}.recall", f"{FACT}.recall-back")

    def test_gives_options_ids_that_do_not_tell_the_key(self):
        (item,) = recall_items(a_fact(), Recall("How many?", "So it is.", WRONG))
        ids = [option.id for option in item.options]
        assert len(set(ids)) == 4
        assert all(len(each) == 8 and int(each, 16) >= 0 for each in ids)
