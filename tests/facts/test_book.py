from datetime import date

import pytest

from studyapp.facts.book import Association, Fact, Range, Source, Text, value_text
from studyapp.facts.quantity import parse

DOCS = Source(
    "Lambda quotas", "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html", date(2026, 11, 23)
)

MEMORY = Range(parse("128 MB"), parse("10240 MB"), parse("1 MB"), parse("128 MB"))


def fact(**given):
    plainest = {
        "id": "lambda.x.y",
        "topic": "lambda.x",
        "name": "Y",
        "says": "It is {value}.",
        "value": True,
        "source": DOCS,
    }
    return Fact(**{**plainest, **given})


def plain(text):
    return text.replace("\u00a0", " ")


class TestValueText:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (parse("900 s"), "900 s"),
            (MEMORY, "128 to 10,240 MB in steps of 1 MB, 128 MB by default"),
            (Range(min=parse("1 s"), max=parse("15 min")), "1 s to 15 min"),
            (Range(max=parse("5 layers")), "at most 5 layers"),
            (Range(min=parse("2 s")), "at least 2 s"),
            (Range(default=parse("3 s")), "3 s by default"),
            (("S3", "SNS", "SQS"), "S3, SNS and SQS"),
            (("S3",), "S3"),
            (True, "yes"),
            (False, "no"),
            (Text("a read-only zip"), "a read-only zip"),
            (Association("needs the internet", "a NAT gateway"), "a NAT gateway"),
        ],
    )
    def test_reads_as_a_student_would_say_it(self, value, text):
        assert plain(value_text(value)) == text


class TestRange:
    def test_needs_at_least_one_part(self):
        with pytest.raises(ValueError, match="at least one of min, max, step and default"):
            Range()


class TestFact:
    def test_fills_its_value_into_its_sentence(self):
        assert (
            plain(fact(says="A run lasts at most {value}.", value=parse("900 s")).sentence)
            == "A run lasts at most 900 s."
        )

    def test_fills_each_part_of_a_range(self):
        size = Range(parse("128 MB"), parse("10240 MB"))
        assert plain(fact(says="From {min} to {max}.", value=size).sentence) == "From 128 MB to 10,240 MB."
