"""What a process remembers is as if it had been made again."""

from studyapp.lab.controls import _all, everything
from studyapp.lab.forms import checked
from studyapp.lab.kept import Kept
from tests.lab.test_forms import LABELS, QUEUE

MEMORY = "functions.labels.memory"


class TestWhatIsKept:
    def test_is_made_once(self):
        kept, made = Kept[str](2), []

        for key in ("a", "b", "a"):
            assert kept.of(key, lambda key=key: made.append(key) or key.upper()) == key.upper()

        assert made == ["a", "b"]

    def test_is_what_was_looked_at_last(self):
        kept = Kept[int](2)
        for key, number in (("a", 1), ("b", 2)):
            kept.put(key, number)
        kept.get("a")
        kept.put("c", 3)

        assert [kept.get(key) for key in "abc"] == [1, None, 3]


class TestControls:
    def test_of_equal_scenarios_are_the_same(self):
        assert everything(LABELS) is everything({**LABELS})
        assert everything(LABELS) == tuple(_all(LABELS))
        assert everything(LABELS) != everything(QUEUE)


class TestAForm:
    def test_of_equal_texts_is_the_same(self):
        assert checked({MEMORY: "1 GB"}, body=LABELS) is checked({MEMORY: "1 GB"}, body={**LABELS})

    def test_of_other_texts_is_another(self):
        forms = [
            checked({MEMORY: memory}, body=LABELS, whole=whole)
            for memory in ("1 GB", "2 GB")
            for whole in ([], ["functions.labels"])
        ]

        assert len({id(form) for form in forms}) == 4
        assert [form.changes for form in forms] == [{MEMORY: "1 GB"}] * 2 + [{MEMORY: "2 GB"}] * 2

    def test_with_problems_is_read_again(self, db):
        first, second = (checked({MEMORY: "1 MB"}, body=LABELS) for _ in range(2))

        assert first is not second
        assert [each.path for each in second.problems] == [MEMORY]
