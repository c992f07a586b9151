"""The state of the lab in an address."""

from contextlib import suppress

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from studyapp.lab import state
from studyapp.lab.state import BadState, State

FULL = State(
    changes={"functions.f.memory": "512 MB", "functions.f.reserved_concurrency": None},
    beliefs=("dlq-retries",),
    assumes={"routing": "random"},
    seed=7,
    pinned=State(changes={"functions.f.memory": "1024 MB"}, seed=3),
)


def read(query: str) -> State:
    return state.read(dict(QueryDict(query).lists()))


class TestRead:
    def test_gives_back_what_query_wrote_with_values_as_text(self):
        found = read(FULL.query())

        assert found == FULL.but(changes={"functions.f.memory": "512 MB", "functions.f.reserved_concurrency": ""})
        assert found.query() == FULL.query()

    def test_a_plain_state_has_an_empty_address(self):
        assert State().query() == ""
        assert read("").is_plain

    def test_leaves_alone_what_belongs_to_the_page(self):
        assert read("mark=invoke-1-0&step=3&utm_source=x&go=1").is_plain

    def test_writes_what_has_parts_as_json(self):
        assert state.written({"burst": 4, "at": "0 s"}) == '{"burst": 4, "at": "0 s"}'
        assert [state.written(value) for value in (True, False, None, 5)] == ["yes", "no", "", "5"]

    @pytest.mark.parametrize(
        ("query", "key", "says"),
        [
            ("seed=-1", "seed", "-1 is not a whole number from 0 to 2,147,483,647"),
            ("seed=²", "seed", "² is not a whole number"),
            ("seed=99999999999", "seed", "is not a whole number"),
            ("&".join(f"belief=b{n}" for n in range(5)), "belief", "5 at once; at most 4"),
            (f"functions.f.memory={'9' * 5000}", "functions.f.memory", "5,000 letters long; at most 4,000"),
            ("&".join(f"functions.f{n}.memory=1" for n in range(310)), "changes", "310 at once; at most 300"),
            (f"pin={'9' * 9000}", "pin", "9,000 letters long; at most 8,000"),
            ("pin=seed%3Dx", "pin", "seed: x is not a whole number"),
        ],
    )
    def test_says_what_is_wrong_with_which_key(self, query, key, says):
        with pytest.raises(BadState) as refused:
            read(query)

        assert [(name, says in text) for name, text in refused.value.problems] == [(key, True)]

    def test_what_is_pinned_has_nothing_pinned_itself(self):
        inner = State(seed=1, pinned=State(seed=2))

        assert read(State(pinned=inner).query()).pinned == State(seed=1)

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_any_text_is_read_or_refused(self, key, value):
        query = QueryDict(mutable=True)
        query[key] = value
        query["pin"] = value
        with suppress(BadState):
            found = state.read(dict(query.lists()))
            assert state.read(dict(QueryDict(found.query()).lists())).query() == found.query()
