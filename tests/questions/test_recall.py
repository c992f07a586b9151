from dataclasses import replace

from studyapp.facts.book import ExamExpects
from studyapp.questions.recall import Recall, Wrong, recall_items
from tests.questions.factories import FACT, a_fact

WRONG = (Wrong("500", "Half."), Wrong("3,000", "An older burst.", belief="burst-by-region"), Wrong("100", "A tenth."))


class TestRecallItems:
    def test_asks_for_the_fact_with_the_key_first_and_every_wrong_answer(self):
        item, *_ = recall_items(a_fact(), Recall("How many?", "So it is.", WRONG, answer="1,000"))
        assert (item.id, item.kind, item.facts) == (f"{FACT}.recall", "recall", (FACT,))
        assert [(option.text, option.is_key) for option in item.options] == [
            ("1,000", True), ("500", False), ("3,000", False), ("100", False),
        ]  # fmt: skip
        assert item.options[2].belief == "burst-by-region"

    def test_takes_the_value_of_the_fact_for_an_answer_that_is_not_given(self):
        item, *_ = recall_items(a_fact(), Recall("How many?", "So it is.", WRONG))
        assert item.options[0].text == a_fact().value_text

    def test_asks_the_other_way_round_too(self):
        back = Recall("What gains 1,000 every 10 s?", "So it is.", WRONG, answer="A function")
        there, and_back, *_ = recall_items(a_fact(), Recall("How many?", "So it is.", WRONG, back=back))
        assert (there.id, and_back.id) == (f"{FACT}.recall", f"{FACT}.recall-back")

    def test_gives_options_ids_that_do_not_tell_the_key(self):
        item, *_ = recall_items(a_fact(), Recall("How many?", "So it is.", WRONG))
        ids = [option.id for option in item.options]
        assert len(set(ids)) == 4
        assert all(len(each) == 8 and int(each, 16) >= 0 for each in ids)


def kinds(spec):
    return {item.kind: item for item in recall_items(a_fact(), spec)}


class TestANumberToType:
    def test_is_asked_for_where_the_answer_is_one(self):
        item = kinds(Recall("How many?", "So it is.", WRONG, answer="1,000"))["numeric"]

        assert (item.id, item.stem, item.facts) == (f"{FACT}.numeric", "How many?", (FACT,))
        assert [option.text for option in item.options] == ["1,000", "500", "3,000", "100"]

    def test_keeps_only_the_slips_that_can_be_typed(self):
        wrong = (Wrong("500", "Half."), Wrong("One for each user", "No."), Wrong("900 s", "A time."))
        item = kinds(Recall("How many?", "So it is.", wrong, answer="1,000"))["numeric"]

        assert [option.text for option in item.options] == ["1,000", "500"]

    def test_is_not_asked_for_in_words_or_where_the_author_says_no(self):
        assert "numeric" not in kinds(Recall("Which?", "So it is.", WRONG, answer="A function"))
        assert "numeric" not in kinds(Recall("Which?", "So it is.", WRONG, answer="None"))
        assert "numeric" not in kinds(Recall("Which?", "So it is.", WRONG, answer="1,000", is_typed=False))


class TestWhatTheExamAnswersOtherwise:
    def drawn(self, **exam):
        expects = ExamExpects("It still has the burst.", **{"answer": "3,000", "changed": "2023-11", **exam})
        fact = replace(a_fact(), exam=expects)
        return {
            item.id.rpartition(".")[2]: item
            for item in recall_items(fact, Recall("How many?", "So it is.", WRONG, "1,000"))
        }

    def test_is_asked_for_by_an_item_of_its_own(self):
        item = self.drawn()["recall-exam"]

        assert (item.kind, item.view, item.stem, item.other_key) == ("recall", "exam", "How many?", "1,000")
        assert [(option.text, option.is_key) for option in item.options] == [
            ("3,000", True), ("1,000", False), ("500", False), ("100", False),
        ]  # fmt: skip

    def test_is_explained_on_both_sides(self):
        key, today, *_ = self.drawn()["recall-exam"].options

        assert key.why == "It still has the burst. AWS changed it in November 2023."
        assert today.why == "AWS says so since November 2023. The exam's question is older than that."

    def test_is_explained_without_a_month_that_nobody_knows(self):
        key, today, *_ = self.drawn(changed=None)["recall-exam"].options

        assert key.why == "It still has the burst. AWS has changed it since."
        assert today.why == "AWS says so now. The exam's question is older than that."

    def test_may_be_a_text_of_its_own_with_a_stem_of_its_own(self):
        item = self.drawn(answer="3,000 at once", ask="How many did it use to be?")["recall-exam"]

        assert item.stem == "How many did it use to be?"
        assert [option.text for option in item.options] == ["3,000 at once", "1,000", "500", "3,000", "100"]

    def test_makes_the_other_items_ask_for_today(self):
        items = self.drawn()

        views = {(items[end].view, items[end].other_key) for end in ("recall", "numeric", "reveal")}
        assert views == {("now", "3,000")}

    def test_is_nothing_where_only_the_words_differ(self):
        items = self.drawn(answer=None)

        assert "recall-exam" not in items
        assert {(item.view, item.other_key) for item in items.values()} == {(None, None)}


class TestAnAnswerToReveal:
    def test_stands_under_the_self_mark_that_says_it_was_known(self):
        item = kinds(Recall("How many?", "So it is.", WRONG, answer="1,000"))["reveal"]
        knew, did_not = item.options

        assert (knew.is_key, knew.answer, did_not.is_key) == (True, "1,000", False)
