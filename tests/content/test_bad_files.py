"""Every mistake that a content file can hold is named with its file and line, all of them at once.

A file in tests/files/broken says which file of the good course it replaces, and ends each bad line with `#!` and the
beginning of each problem that must be reported there; no other may be.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.content import documents, files
from studyapp.content.problems import BadContent, Problem
from tests.content.conftest import FILES, TODAY

BROKEN = sorted((FILES / "broken").glob("*.yaml"))
GOOD = sorted(path.relative_to(FILES / "good") for path in (FILES / "good").rglob("*.yaml"))


def problems(folder: Path, **options: bool) -> tuple[Problem, ...]:
    with pytest.raises(BadContent) as caught:
        files.read(folder, today=TODAY, **options)
    return caught.value.problems


def marked(text: str) -> Iterator[tuple[int, str]]:
    """The line and the beginning of each problem that a broken file announces."""
    for number, line in enumerate(text.splitlines(), 1):
        for says in line.split("#! ")[1:]:
            yield number, says.strip()


def put(folder: Path, broken: Path) -> str:
    """Put a broken file in its place, and say which that is."""
    text = broken.read_text()
    name = re.match(r"# replaces: (\S+)", text)[1]
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return name


class TestABrokenFile:
    @pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
    def test_reports_each_problem_at_its_line_and_no_other(self, broken, folder):
        name = put(folder, broken)
        announced = list(marked(broken.read_text()))

        found = [
            (each.line, each.says) for each in problems(folder, needs_proofs=False) if each.file == f"content/{name}"
        ]

        assert announced
        assert [each for each in announced if not any(_fits(each, one) for one in found)] == []
        assert [one for one in found if not any(_fits(each, one) for each in announced)] == []

    def test_is_not_blamed_on_what_mentions_its_entries(self, folder, edit):
        edit("facts/lambda/errors.yaml", "name: Retries", "name: 7")

        (problem,) = problems(folder)
        assert str(problem).startswith(
            "content/facts/lambda/errors.yaml:4: facts[0].name: must be text, and YAML reads 7"
        )

    def test_is_not_blamed_on_them_even_if_it_cannot_be_read_at_all(self, folder, edit):
        edit("facts/lambda/errors.yaml", "name: Retries", "name: Retries: two")

        assert [each.file for each in problems(folder)] == ["content/facts/lambda/errors.yaml"]


def _fits(announced: tuple[int, str], found: tuple[int, str]) -> bool:
    return announced[0] == found[0] and found[1].startswith(announced[1])


class TestSeveralBrokenFiles:
    def test_are_reported_together_in_order(self, folder):
        names = {
            put(folder, FILES / "broken" / name) for name in ("rows.yaml", "clues.yaml", "facts.yaml", "items.yaml")
        }

        found = problems(folder)

        assert {each.file for each in found} >= {f"content/{name}" for name in names}
        assert list(found) == sorted(found)

    def test_are_shown_as_file_line_and_place(self, folder, edit):
        edit("clues/lambda.yaml", "    phrase: The job fails again\n", "")

        assert str(problems(folder)[0]) == "content/clues/lambda.yaml:2: clues[0].phrase: is required"


class TestAFileThatIsNoYaml:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"rows: \xff\xfe", "is not UTF-8 text"),
            (b"rows: \x00", "is not valid YAML"),
            (b"[" * 5000 + b"]" * 5000, "is nested more than 100 levels deep"),
        ],
    )
    def test_is_a_problem(self, folder, content, says):
        (folder / "rows.yaml").write_bytes(content)

        (problem,) = (each for each in problems(folder) if each.file == "content/rows.yaml")
        assert problem.says.startswith(says)


class TestAProof:
    def test_that_is_missing_names_the_command(self, folder):
        (folder / "proofs/lambda/errors.json").unlink()

        assert [str(each) for each in problems(folder)] == [
            f"content/items/lambda/errors.yaml:{line}: items[{index}].id: has no proof; run manage.py prove {item}"
            for line, index, item in (
                (3, 0, "lambda.errors.last-attempt.predict"),
                (19, 1, "lambda.errors.keep-the-event.fix"),
            )
        ]

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("items/lambda/errors.yaml", "How long after the upload", "When after the upload"),
            ("scenarios/lambda/errors.yaml", "memory: 512 MB", "memory: 256 MB"),
            ("beliefs/lambda.yaml", "async_first_wait: 1 s", "async_first_wait: 2 s"),
        ],
    )
    def test_is_stale_once_what_it_rests_on_has_changed(self, folder, edit, file, old, new):
        edit(file, old, new)

        found = problems(folder)

        assert "has changed since it was proved; run manage.py prove lambda.errors.last-attempt.predict" in str(
            found[0]
        )

    def test_is_not_stale_when_a_source_was_checked_again(self, folder, edit):
        edit("facts/lambda/errors.yaml", '"2026-11-23"', '"2026-11-24"')

        assert files.read(folder, today=TODAY)

    def test_of_no_item_is_a_problem(self, folder, edit):
        edit("proofs/lambda/errors.json", '"lambda.errors.keep-the-event.fix"', '"lambda.errors.lose-the-event.fix"')

        says = [str(each) for each in problems(folder)]

        assert any("lambda.errors.lose-the-event.fix is not an item; run manage.py prove" in each for each in says)

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("{", "is not valid JSON"),
            ("[]", "does not hold proofs"),
            ('{"lambda.errors.last-attempt.predict": {"digest": 1}}', "does not hold proofs"),
        ],
    )
    def test_file_that_cannot_be_read_is_a_problem(self, folder, text, says):
        (folder / "proofs/lambda/errors.json").write_text(text)

        assert any(says in each.says for each in problems(folder))

    def test_is_not_asked_for_by_those_who_make_it(self, folder):
        (folder / "proofs/lambda/errors.json").unlink()

        assert files.read(folder, today=TODAY, needs_proofs=False).items


class TestARecallQuestion:
    def test_may_not_offer_its_answer_twice(self, folder, edit):
        edit("facts/lambda/errors.yaml", "text: 120 s", "text: 60 s")

        assert "two options say the same" in str(problems(folder)[0])
        assert "content/facts/lambda/errors.yaml:35" in str(problems(folder)[0])


class TestAnyFile:
    """Whatever stands in a file, reading it gives a course or named problems, and never anything else."""

    @given(name=st.sampled_from(GOOD), text=st.text(max_size=200))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
    def test_of_any_text_is_read_or_refused(self, folder, name, text):
        self._read_with(folder, name, text.encode("utf-8", "surrogatepass"))

    @given(data=st.data(), name=st.sampled_from(GOOD))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
    def test_with_any_value_of_it_replaced_is_read_or_refused(self, folder, data, name):
        lines = (FILES / "good" / name).read_text().splitlines()
        number = data.draw(st.integers(0, len(lines) - 1))
        new = data.draw(
            st.sampled_from(
                ["", "7", "yes", "null", "[]", "{}", "[[a]]", "{a: {b: c}}", "text", "2026-11-23", "{{ x }}"]
            )
        )
        lines[number] = re.sub(r":(?= ).*", f": {new}", lines[number])

        self._read_with(folder, name, "\n".join(lines).encode())

    @given(data=st.data(), name=st.sampled_from(GOOD))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
    def test_with_any_line_left_out_or_repeated_is_read_or_refused(self, folder, data, name):
        lines = (FILES / "good" / name).read_text().splitlines()
        number = data.draw(st.integers(0, len(lines) - 1))
        lines[number : number + 1] = data.draw(st.sampled_from([[], [lines[number]] * 2]))

        self._read_with(folder, name, "\n".join(lines).encode())

    def _read_with(self, folder: Path, name: Path, content: bytes) -> None:
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(content)
        try:
            with suppress(BadContent):
                files.read(folder, today=TODAY, needs_proofs=False)
        finally:
            (folder / name).write_bytes(before)


class TestADocument:
    def test_knows_the_line_of_every_value(self):
        document = documents.parse("a:\n  - b: 1\n    c: [x,\n      y]\n", "f")

        assert document.data == {"a": [{"b": 1, "c": ["x", "y"]}]}
        assert [document.line(place) for place in [("a",), ("a", 0, "b"), ("a", 0, "c"), ("a", 0, "c", 1)]] == [
            1,
            2,
            3,
            4,
        ]

    def test_gives_the_line_above_for_a_place_that_is_not_in_it(self):
        assert documents.parse("a:\n  b: 1\n", "f").line(("a", "b", "gone", 3)) == 2

    def test_names_places_as_people_do(self):
        assert documents.named(("facts", 3, "recall", "wrong")) == "facts[3].recall.wrong"


class TestAValueThatYamlCannotMake:
    @pytest.mark.parametrize("value", ["9" * 5_000, "!!int soon", "!!bool perhaps", "!!float wide", "!!int ''"])
    def test_is_a_problem_at_its_place(self, value):
        document = documents.parse(f"a: 1\nb: {value}\n", "file")

        assert [(each.line, each.says.split(":")[0]) for each in document.problems] == [(2, "b")]
        assert len(document.problems[0].says) < 100
