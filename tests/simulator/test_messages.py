"""What is said of a scenario that is refused: the field, the value and the limit, on one line."""

from typing import Any

import pytest

from studyapp.simulator import TRUTH, patch, read
from studyapp.simulator.errors import ScenarioError, shown
from studyapp.simulator.models.registry import MODELS
from studyapp.simulator.rulebook import Rulebook
from tests.simulator.worlds import Data, one

TWO: Data = {"functions": {"f": {}, "g": {}, "h": {}}, "sources": {"s": {"arrivals": {"burst": 1}}}}
SOURCE = "sources.calls"
KINDS = "poisson, wave, even, every, rate, cron, burst, bursts, at"
WAVE = {"wave": "2 per 1 s", "amplitude": "1 per 1 s", "period": "1 h", "for": "1 h"}


def refused(data: Data, rulebook: Rulebook = TRUTH) -> str:
    with pytest.raises(ScenarioError) as error:
        read(data, rulebook)
    return str(error.value)


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ({}, f"functions: is missing: a scenario needs functions, or {' or '.join(MODELS)}"),
            (patch(one(), {"source.arrivals": None}), f"{SOURCE}.arrivals: is missing: it needs one of {KINDS}"),
            (TWO, "sources.s.calls: is missing: it needs one of f, g, h"),
            (
                one(arrivals={**WAVE, "amplitude": None}),
                f"{SOURCE}.arrivals.amplitude: is missing: say by how much the rate of the wave swings",
            ),
            (
                {"network": {"targets": {"x": {"kind": None}}}},
                "network.targets.x.kind: is missing: it is one of internet, aws-api, private, efs, rds-proxy",
            ),
        ],
    )
    def test_has_no_value_to_show(self, data: Data, says: str) -> None:
        assert refused(data) == says


class TestAValue:
    @pytest.mark.parametrize(
        ("value", "says"),
        [
            ("", "(empty)"),
            (" ", '" "'),
            (" 5", '" 5"'),
            ("a\nb", r'"a\nb"'),
            ("\x1b[31m", r'"\x1b[31m"'),
            ("5\u00a0s", r'"5\xa0s"'),
            ("\udcff", r'"\udcff"'),
            ("fü", "fü"),
            ({"a": 1}, "a mapping"),
            ([1, "x", {"a": 1}, [2]], "[1, x, a mapping, a list]"),
            (None, "nothing"),
            (True, "yes"),
        ],
    )
    def test_is_shown_so_that_a_person_sees_it(self, value: object, says: str) -> None:
        assert shown(value) == says

    def test_is_on_one_line_with_its_field_and_its_limit(self) -> None:
        name = "a\n\x1b[31mb"
        said = refused(
            {"functions": {name: {}, "c": {}}, "sources": {"s": {"calls": "x\ny", "arrivals": {"burst": 1}}}}
        )

        assert said == r'sources.s.calls: "x\ny" is not a function here: a\n\x1b[31mb, c'
        assert refused({"functions": {name: {"x": 1}}}).startswith(r"functions.a\n\x1b[31mb.x: 1 is not a field")

    def test_is_cut_with_its_field(self) -> None:
        assert len(refused({"functions": {"x" * 5_000: {"y" * 5_000: "z" * 5_000}}})) < 1_500


class TestArrivals:
    @pytest.mark.parametrize(
        ("arrivals", "says"),
        [
            ({"even": "1 per 1 s", "from": "-1 s", "for": "1 s"}, "from: -1 s is before the run begins"),
            ({"even": "1 per 1 s", "for": "0 s"}, "for: 0 s is not longer than no time"),
            ({**WAVE, "period": "0 s"}, "period: 0 s is not longer than no time"),
            ({**WAVE, "amplitude": "3 per 1 s"}, "amplitude: 3 per 1 s is more than the base of the wave"),
            ({"at": ["1 s", "-1 s"]}, "at: -1 s is before the run begins"),
            ({"burst": 1, "at": "-1 s"}, "at: -1 s is before the run begins"),
            ({"bursts": [{"count": 1, "at": "-1 s"}]}, "bursts.1.at: -1 s is before the run begins"),
            ({"burst": 1, "amplitude": "1 per 1 s"}, "amplitude: 1 per 1 s is for a wave"),
        ],
    )
    def test_are_refused_with_the_field_that_is_wrong(self, arrivals: Data, says: str) -> None:
        assert refused(one(arrivals=arrivals)) == f"{SOURCE}.arrivals.{says}"


class TestASource:
    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("visibility_timeout", "30 s", "30 s is for queues: kind sqs or sqs-fifo"),
            ("shards", 2, "2 is for streams: kind kinesis or dynamodb"),
            ("matches", "50 %", "50 % is for queues and streams: kind sqs, sqs-fifo, kinesis, dynamodb"),
            ("calls", ["f", {"g": 1}], "[f, a mapping] is not a name"),
            ("timeout", "0 s", "0 s is not longer than no time"),
        ],
    )
    def test_is_told_what_a_field_is_for(self, field: str, value: Any, says: str) -> None:
        assert refused(patch(one(), {f"source.{field}": value})) == (f"{SOURCE}.{field}: {says}")

    def test_that_polls_calls_one_function(self) -> None:
        source = {"kind": "sqs", "calls": {"f": 0.3, "g": 0.3, "h": 0.4}, "arrivals": {"burst": 1}}

        assert refused({**TWO, "sources": {"s": source}}) == (
            "sources.s.calls: f, g, h are more than one: an event source mapping has one function "
            "(Lambda event source mappings)"
        )


class TestALimit:
    def test_has_its_source(self) -> None:
        databases = {"d": {"connections": 999_999}}

        assert refused({"functions": {"f": {}}, "databases": databases}) == (
            "databases.d.connections: 999999 is not a whole number from 1 to 262,143 "
            "(max_connections of Amazon RDS for PostgreSQL)"
        )

    def test_of_reserved_concurrency_says_what_others_took(self) -> None:
        functions = {"f": {"reserved_concurrency": 500}, "g": {"reserved_concurrency": 600}}

        assert refused({"functions": functions}) == (
            "functions.g.reserved_concurrency: 600 is above 400: at least 100 of the account's 1,000 must stay unreserved "
            "(Lambda quotas); others have taken theirs: f 500"
        )

    def test_that_is_only_believed_moves_what_nobody_wrote(self) -> None:
        world = TRUTH.believing({"sqs_retention_max": "60 s", "timeout_max": "1 s", "memory_min": "256 MB"})
        data: Data = {"functions": {"f": {}}, "sources": {"s": {"kind": "sqs", "arrivals": {"burst": 1}}}}

        scenario = read(data, world)

        queue = scenario.sources[0].queue
        assert queue is not None
        assert (queue.retention_us, scenario.functions[0].timeout) == (60_000_000, 1_000_000)
        assert scenario.functions[0].memory == 256
        assert refused(patch(data, {"source.retention": "1 h"}), world) == (
            "sources.s.retention: 1 h is above the maximum of 60 s (Amazon SQS quotas)"
        )


class TestANumberOfThousandsOfDigits:
    @pytest.mark.parametrize("path", ["function.memory", "source.arrivals.burst", "account.concurrency"])
    def test_is_refused_with_its_field(self, path: str) -> None:
        whole = path.replace("function.", "functions.f.").replace("source.", f"{SOURCE}.")

        assert refused(patch(one(arrivals={"burst": 1}), {path: 10**5_000})) == (
            f"{whole}: a number of more than 1,000 digits is not a number of at most 16"
        )

    def test_is_found_in_a_list(self) -> None:
        assert refused(one(arrivals={"at": ["0 s", 10**5_000]})).startswith(f"{SOURCE}.arrivals.at.2: a number of more")


class TestAName:
    @pytest.mark.parametrize("name", ["cost", "reach", "hops", "refused_by"])
    def test_is_not_that_of_other_metrics(self, name: str) -> None:
        network = {"network": {"targets": {"x": {"kind": "internet"}}}}

        assert refused({"functions": {name: {}}, **network}).startswith(
            f"functions: {name} cannot be a function's name: metrics such as {name}."
        )
        assert read({"functions": {"f": {}}, "databases": {name: {}}}).databases[0].name == name

    @pytest.mark.parametrize("name", ["reach", "delivery", "users"])
    def test_may_be_that_of_a_part_which_is_not_there(self, name: str) -> None:
        assert read({"functions": {name: {}}}).functions[0].name == name

    def test_can_be_a_number(self) -> None:
        data: Data = {"functions": {1: {}, 2: {"version_of": 1}}, "warm": {1: 5}}

        assert read(data).warm == {"1": 5}


class TestPatch:
    def test_begins_what_holds_by_default(self) -> None:
        data: Data = {"functions": {"f": None}}

        assert patch(
            data, {"account.concurrency": 5, "warm.f": 2, "databases.d.connections": 3, "function.tmp": "1 GB"}
        ) == {
            "functions": {"f": {"tmp": "1 GB"}},
            "account": {"concurrency": 5},
            "warm": {"f": 2},
            "databases": {"d": {"connections": 3}},
        }

    @pytest.mark.parametrize(
        ("path", "says"),
        [
            ("x.y", "x.y: x leads nowhere in this scenario"),
            (
                "source.retries.tries",
                (
                    "source.retries.tries: retries leads nowhere in this scenario; "
                    "give all of sources.calls.retries instead, as {tries: ...}"
                ),
            ),
        ],
    )
    def test_says_what_to_write_instead(self, path: str, says: str) -> None:
        with pytest.raises(ScenarioError) as error:
            patch(one(), {path: 1})
        assert str(error.value) == says
