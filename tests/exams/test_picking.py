from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.exams.picking import Candidate, History, Picked, pick
from tests.conftest import NOW


def candidate(
    item: int, *, section: int = 1, fact: int | None = None, clue: int | None = None, seeds: int = 2
) -> Candidate:
    return Candidate(item, section, item if fact is None else fact, clue, 100 + item, 1, tuple(range(1, seeds + 1)))


def variants(picked: list[Picked]) -> set[tuple[int, int]]:
    return {(each.candidate.item, each.seed) for each in picked}


BANKS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 15), st.none() | st.integers(1, 3), st.integers(1, 4)),
    min_size=1,
    max_size=40,
).map(
    lambda rows: [
        candidate(item, section=section, fact=10 * section + fact % 10, clue=clue, seeds=seeds)
        for item, (section, fact, clue, seeds) in enumerate(rows)
    ]
)
"""Items of three sections with facts, clues and seeds; a fact belongs to one section."""


class TestPick:
    @given(BANKS, st.dictionaries(st.integers(1, 3), st.integers(0, 5), min_size=1), st.text(max_size=4))
    def test_asks_what_the_sections_have_and_no_fact_twice(self, bank, wanted, key):
        picked = pick(bank, wanted, History(), key)

        facts = [each.candidate.fact for each in picked]
        assert len(set(facts)) == len(facts)
        for section, count in wanted.items():
            there = {each.fact for each in bank if each.section == section}
            assert sum(each.candidate.section == section for each in picked) == min(count, len(there))

    @given(BANKS, st.integers(1, 4), st.text(max_size=4))
    @settings(max_examples=60)
    def test_repeats_no_variant_while_the_section_has_another(self, bank, count, key):
        """Sitting after sitting: what comes again has no unseen variant of another fact beside it."""
        met: dict[tuple[int, int], object] = {}
        for number in range(6):
            picked = pick(bank, {1: count}, History(mocks=dict(met)), f"{key}{number}")
            asked = {each.candidate.fact for each in picked}
            fresh = {
                each.fact
                for each in bank
                if each.section == 1 and any((each.item, seed) not in met for seed in each.seeds)
            }
            for each in picked:
                assert each.is_again == ((each.candidate.item, each.seed) in met)
                if each.is_again:
                    assert fresh <= asked
            met |= dict.fromkeys(variants(picked), NOW + timedelta(days=number))

    def test_takes_the_unmet_first_then_the_undrilled_then_the_longest_unseen(self):
        bank = [candidate(item) for item in range(1, 5)]
        history = History(
            mocks={(1, 1): NOW - timedelta(days=9), (2, 1): NOW - timedelta(days=2)},
            drills={3: NOW - timedelta(days=1)},
        )

        order = [self.first_of(bank, history, leave) for leave in ([], [4], [4, 3], [4, 3, 1])]

        assert order == [4, 3, 1, 2]

    def first_of(self, bank: list[Candidate], history: History, without: list[int]) -> int:
        (picked,) = pick([each for each in bank if each.item not in without], {1: 1}, history, "key")
        return picked.candidate.item

    def test_takes_what_was_shown_seldom_among_equals(self):
        bank = [candidate(item) for item in range(1, 9)]
        shown = {item: item != 5 for item in range(1, 9)}

        assert {pick(bank, {1: 1}, History(shown=shown), str(key))[0].candidate.item for key in range(9)} == {5}

    def test_takes_the_seed_that_was_not_met(self):
        history = History(mocks={(1, 1): NOW, (1, 3): NOW})

        (picked,) = pick([candidate(1, seeds=3)], {1: 1}, history, "key")

        assert (picked.seed, picked.is_again) == (2, False)

    def test_comes_back_to_the_longest_unseen_when_there_is_no_other(self):
        history = History(mocks={(1, 1): NOW, (1, 2): NOW - timedelta(days=3)})

        (picked,) = pick([candidate(1)], {1: 1}, history, "key")

        assert (picked.seed, picked.is_again) == (2, True)

    @given(st.lists(st.none() | st.integers(1, 4), min_size=1, max_size=24), st.text(max_size=4))
    def test_lets_no_two_neighbours_be_of_one_clue_where_that_can_be(self, clues, key):
        bank = [candidate(item, clue=clue) for item, clue in enumerate(clues)]

        found = [each.candidate.clue for each in pick(bank, {1: len(bank)}, History(), key)]

        most = max(found.count(clue) for clue in {1, 2, 3, 4})
        if 2 * most <= len(found) + 1:
            assert all(a is None or a != b for a, b in pairwise(found))

    def test_is_the_same_for_the_same_key_and_another_for_another(self):
        bank = [candidate(item) for item in range(30)]

        assert pick(bank, {1: 9}, History(), "a") == pick(bank, {1: 9}, History(), "a")
        assert variants(pick(bank, {1: 9}, History(), "a")) != variants(pick(bank, {1: 9}, History(), "b"))
