import pytest

from studyapp.questions.lint import words
from studyapp.questions.lint.chance import at_least, chi_square, chi_square_tail
from studyapp.questions.lint.forms import form, tense
from studyapp.questions.lint.ranges import span_in
from studyapp.questions.lint.wording import asks_negatively


class TestWords:
    def test_are_split_into_sentences_where_a_new_one_begins(self):
        text = "It runs for 2.5 s, e.g. at noon. `x` waits! Who asked?"

        assert words.sentences(text) == ["It runs for 2.5 s, e.g. at noon.", "`x` waits!", "Who asked?"]

    @pytest.mark.parametrize(
        ("text", "question"),
        [
            ("It fails. Why? It was well before.", "Why?"),
            ("Name the service.", "Name the service."),
            ("", ""),
        ],
    )
    def test_know_the_sentence_that_asks(self, text, question):
        assert words.question(text) == question

    def test_of_content_leave_out_the_rest(self):
        assert words.content("The queue's retries, and 3 on-failure destinations") == {
            "queu", "retr", "failur", "destination",
        }  # fmt: skip

    @pytest.mark.parametrize("form_of_it", ["retry", "retries", "retried"])
    def test_have_one_root_in_every_number_and_tense(self, form_of_it):
        assert words.root(form_of_it) == "retr"

    def test_in_runs_tell_texts_apart(self):
        assert words.shingles("a b c d") == {("a", "b", "c"), ("b", "c", "d"), ("a", "b", "c", "d")}
        assert words.shingles("a b") == {("a", "b")}


class TestForms:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("A role", "thing"), ("Provisioned concurrency", "thing"), ("Routing tables", "thing"), ("It waits", "sentence"),
            ("Two minutes", "amount"), ("10 %", "amount"), ("In its role", "how or where"), ("Raising the timeout", "-ing"),
            ("To keep it", "to"), ("None of it", "anything"), ("`AWS_IAM`", "anything"), ("Waiting", "thing"),
        ],
    )  # fmt: skip
    def test_are_told_by_the_first_words(self, text, kind):
        assert form(text) == kind

    @pytest.mark.parametrize(
        ("text", "when"),
        [
            ("It was lost", "past"),
            ("It waited", "past"),
            ("It waits", "present"),
            ("It will wait", "future"),
            ("It", None),
        ],
    )
    def test_of_sentences_have_a_tense(self, text, when):
        assert tense(text) == when


class TestRanges:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("1 to 10", "5 to 20"),
            ("1 to 2 min", "90 s to 3 min"),
            ("Under 10 %", "5 to 20 %"),
            ("More than 5", "10 or more"),
            ("between 1 and 5", "3-4"),
        ],
    )
    def test_overlap(self, one, other):
        assert span_in(one).overlaps(span_in(other))

    @pytest.mark.parametrize(
        ("one", "other"), [("1 to 10", "10 to 20"), ("Under 10 s", "Over 10 s"), ("1 to 5 s", "2 to 4 GB")]
    )
    def test_do_not_overlap(self, one, other):
        assert not span_in(one).overlaps(span_in(other))

    @pytest.mark.parametrize("text", ["10", "10 s", "Up to nobody", "10 to 1", "S3 to SQS", "At most 5"])
    def test_are_something_else(self, text):
        assert span_in(text) is None


class TestNegatives:
    @pytest.mark.parametrize(
        "question",
        ["Which does not run?", "What can a role never hold?", "Which isn't billed?", "All keep events except which?"],
    )
    def test_ask_for_what_is_not_so(self, question):
        assert asks_negatively(question)

    @pytest.mark.parametrize(
        "question",
        [
            "Why does it not run?",
            "What happens to a message that is not deleted?",
            "Which kind takes failures but not successes?",
            "What runs if the role does not allow it?",
            "Which service is called `not`?",
            "How does it not lose events?",
        ],
    )
    def test_stand_in_plain_questions_too(self, question):
        assert not asks_negatively(question)


class TestChance:
    @pytest.mark.parametrize(
        ("statistic", "freedom", "tail"),
        [(3.841, 1, 0.05), (5.991, 2, 0.05), (7.815, 3, 0.05), (11.345, 3, 0.01), (13.277, 4, 0.01), (15.086, 5, 0.01)],
    )
    def test_of_chi_square_is_that_of_the_tables(self, statistic, freedom, tail):
        assert chi_square_tail(statistic, freedom) == pytest.approx(tail, rel=0.01)

    def test_of_equal_counts_is_one(self):
        assert chi_square([10, 10, 10, 10]) == pytest.approx(1)

    def test_of_successes_is_binomial_for_equal_chances(self):
        assert at_least(2, [0.5, 0.5, 0.5]) == pytest.approx(0.5)
        assert at_least(0, [0.1]) == pytest.approx(1)
        assert at_least(2, [0.25, 0.2]) == pytest.approx(0.05)
