import pytest

from studyapp.memory.confusions import question
from studyapp.memory.desk import Standing


class TestQuestion:
    @pytest.mark.parametrize(
        ("other", "asked"),
        [
            ("A timeout counts as a failed run", "Retries, or a timeout counts as a failed run?"),
            ("The DLQ keeps the event", "Retries, or the DLQ keeps the event?"),
            ("Amazon SQS deletes it", "Retries, or Amazon SQS deletes it?"),
            ("DLQ", "Retries, or DLQ?"),
        ],
    )
    def test_reads_as_one_sentence(self, other, asked):
        one, two = (Standing(pk, f"fact-{pk}", name, 6, None, 0.0) for pk, name in enumerate(("Retries", other)))

        assert question(one, two) == asked
