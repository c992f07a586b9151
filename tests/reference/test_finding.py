import pytest

from studyapp.reference.finding import LONGEST, MOST, entry, find

TIMEOUT = entry(
    "fact", "lambda.configuration.timeout-max", 2, title="Longest timeout", value="900\u00a0s",
    texts=["One invocation runs for at most 900\u00a0s.", "The exam says: 15 minutes."],
)  # fmt: skip
MEMORY = entry(
    "fact", "lambda.configuration.memory", 2, title="Memory", value="128 to 10,240\u00a0MB",
    texts=["Memory is set in steps of 1\u00a0MB, and the `/tmp` of a timeout is another matter."],
)  # fmt: skip
STEM = entry("question", "lambda.configuration.timeout-max", 2, title="What is the longest timeout of a function?")
COURSE = [STEM, MEMORY, TIMEOUT]


def slugs(typed: str) -> list[str]:
    return [hit.entry.slug for hit in find(COURSE, typed).hits]


def marked(typed: str) -> list[str]:
    return [str(hit.title) for hit in find(COURSE, typed).hits]


class TestFind:
    @pytest.mark.parametrize(
        "typed", ["memory", "MEMORY", "mem", "steps memory", "10240", "10,240", "tmp", "`tmp`", "10,2"]
    )
    def test_takes_beginnings_of_words_in_any_case_and_order(self, typed):
        assert slugs(typed) == ["lambda.configuration.memory"]

    @pytest.mark.parametrize("typed", ["emory", "memory zebra", "zebra", "240"])
    def test_leaves_out_what_lacks_a_word(self, typed):
        assert slugs(typed) == []

    @pytest.mark.parametrize("typed", ["", "   ", "…", "<>", "\x00"])
    def test_finds_nothing_without_a_word(self, typed):
        assert find(COURSE, typed).total == 0

    def test_puts_names_before_values_before_sentences(self):
        in_name = entry("fact", "a", 1, title="Zebra")
        in_value = entry("fact", "b", 1, title="Animal", value="zebra")
        in_text = entry("fact", "c", 1, title="Ox", texts=["Not a zebra."])

        assert [hit.entry.slug for hit in find([in_text, in_value, in_name], "zebra").hits] == ["a", "b", "c"]

    def test_puts_a_fact_before_the_questions_on_it(self):
        assert [hit.entry.kind for hit in find(COURSE, "timeout").hits] == ["fact", "fact", "question"]

    def test_marks_the_words_as_they_are_written(self):
        assert marked("long time") == [
            "<mark>Long</mark>est <mark>time</mark>out",
            "What is the <mark>long</mark>est <mark>time</mark>out of a function?",
        ]

    def test_marks_a_number_whose_comma_was_not_typed(self):
        assert find([entry("fact", "a", 1, title="10,240 MB")], "10240").hits[0].title == "<mark>10,240</mark> MB"

    def test_marks_no_comma_after_a_word(self):
        assert (
            find([entry("fact", "a", 1, title="In 2019, once")], "2019").hits[0].title == "In <mark>2019</mark>, once"
        )

    def test_escapes_everything_else(self):
        hostile = entry("fact", "a", 1, title="<script>alert(1)</script> & zebra", texts=["<img src=x> zebra"])

        (hit,) = find([hostile], "zebra alert").hits

        assert hit.title == "&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt; &amp; <mark>zebra</mark>"
        assert hit.line == "&lt;img src=x&gt; <mark>zebra</mark>"

    @pytest.mark.parametrize("typed", ["mark", "m", "lt", "amp"])
    def test_never_marks_inside_its_own_markup(self, typed):
        (hit,) = find([entry("fact", "a", 1, title=f"Ampere mark lt m <{typed}>")], f"{typed} m").hits

        assert hit.title.count("<mark>") == hit.title.count("</mark>")
        assert "<<" not in hit.title
        assert "&<" not in hit.title

    def test_shows_the_sentence_that_holds_most(self):
        assert find(COURSE, "timeout 15").hits[0].line == "The exam says: <mark>15</mark> minutes."

    def test_cuts_a_long_sentence_around_the_word(self):
        (hit,) = find([entry("row", "7.1", 7, title="Long", texts=["ox " * 200 + "zebra" + " ox" * 200])], "zebra").hits

        assert "<mark>zebra</mark>" in hit.line
        assert hit.line.startswith("… ")
        assert hit.line.endswith(" …")
        assert len(hit.line) < 260

    def test_gives_the_best_thirty_and_says_how_many_there_are(self):
        found = find([entry("fact", str(n), 1, title=f"Zebra {n}") for n in range(40)], "zebra")

        assert (len(found.hits), found.total) == (MOST, 40)

    def test_cuts_a_query_that_is_too_long(self):
        found = find(COURSE, "memory " + " " * LONGEST + "zebra")

        assert found.is_cut
        assert found.text == "memory"
        assert found.total == 1
