"""Pairs of facts as a matrix of clues."""

from studyapp.progress.reading.confusions import Phrase, matrix

ONE = Phrase("one", "10.1", "One", ("own.one", "under.one", "shared"))
TWO = Phrase("two", "10.2", "Two", ("own.two", "under.two", "shared"))
THREE = Phrase("three", "10.3", "Three", ("own.three",))
CLUES = (ONE, TWO, THREE)


def cells(found) -> dict[tuple[str, str], int]:
    return {(cell.asked.slug, cell.given.slug): cell.times for line in found.lines for cell in line.cells if cell}


class TestMatrix:
    def test_counts_what_was_given_for_what(self):
        found = matrix({"own.one>own.two": 2, "own.two>own.one": 1}, CLUES)

        assert cells(found) == {("one", "two"): 2, ("two", "one"): 1}
        assert found.times == 3

    def test_leaves_out_rows_and_columns_without_a_confusion(self):
        found = matrix({"own.three>own.one": 1}, CLUES)

        assert [line.asked.slug for line in found.lines] == ["three"]
        assert [clue.slug for clue in found.columns] == ["one"]

    def test_takes_a_fact_on_which_one_clue_rests_for_that_clue(self):
        found = matrix({"under.one>own.two": 1, "own.one>under.two": 1}, CLUES)

        assert cells(found) == {("one", "two"): 2}

    def test_keeps_as_pairs_of_facts_what_no_clue_stands_for(self):
        found = matrix({"shared>own.two": 1, "other>else": 4, "own.one>under.one": 2}, CLUES)

        assert not found.lines
        assert [(pair.asked, pair.given, pair.times) for pair in found.pairs] == [
            ("other", "else", 4),
            ("own.one", "under.one", 2),
            ("shared", "own.two", 1),
        ]

    def test_leads_to_a_drill_of_both_clues(self):
        assert matrix({"under.one>own.two": 1}, CLUES).lines[0].cells[0].facts == ("own.one", "own.two")

    def test_is_empty_of_nothing(self):
        assert matrix({}, CLUES).times == 0
