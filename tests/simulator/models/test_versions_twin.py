"""Random histories, against a twin that keeps nothing and looks back each time; and laws that hold in every one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.answers import Answer
from studyapp.simulator.models import versions
from studyapp.simulator.rulebook import TRUTH, Rulebook
from tests.simulator.models import versions_twin as twin

ADDRESSES = ("latest", "unqualified", 1, 2, 3, 4, 5, "live", "test")
RULES = {"", *(each.name for each in fields(Rulebook))}


def answer(data: dict[str, Any], rulebook: Rulebook = TRUTH) -> Answer:
    return versions.plan({**twin.written(data), "addresses": list(ADDRESSES)}, rulebook).answer(rulebook)


class TestAHistory:
    @given(twin.HISTORIES)
    @settings(max_examples=600, deadline=None)
    def test_is_what_the_twin_says(self, data):
        found, metrics = twin.answer(data), answer(data).metrics

        assert {name: metrics[f"refused.{name}"] for name in found["refused"]} == found["refused"]
        assert {name: metrics[f"published.{name}"] for name in found["published"]} == found["published"]
        assert metrics["published.kept"] == len(twin.versions(found["accepted"]))
        for address in ADDRESSES:
            runs = twin.runs(address, found)
            codes = None if runs is None else " or ".join(dict.fromkeys(code for code, _ in runs.values()))
            assert metrics[f"runs.{address}"] == codes
            if runs and address in ("live", "test"):
                shares = {version: metrics[f"share.{address}.{version}"] for version in runs}
                assert shares == {version: share / 100 for version, (_, share) in runs.items()}
                assert metrics[f"mixes.{address}"] is (sum(share > 0 for _, share in runs.values()) > 1)

    @given(twin.HISTORIES)
    @settings(max_examples=150, deadline=None)
    def test_never_changes_what_a_version_runs(self, data):
        for stop in range(len(data["steps"])):
            before = answer({**data, "steps": data["steps"][:stop]}).metrics
            after = answer({**data, "steps": data["steps"][: stop + 1]}).metrics
            for number in range(1, 6):
                assert after[f"runs.{number}"] in (before[f"runs.{number}"] or after[f"runs.{number}"], None)

    @given(twin.HISTORIES)
    @settings(max_examples=150, deadline=None)
    def test_gives_out_rising_numbers(self, data):
        metrics = answer(data).metrics
        published = [metrics[f"published.{place}"] for place, step in enumerate(data["steps"], 1) if "publish" in step]
        numbers = [number for number in published if number is not None]

        assert numbers == list(range(1, len(numbers) + 1))
        assert metrics["published.total"] == len(numbers)

    @given(twin.HISTORIES)
    @settings(max_examples=150, deadline=None)
    def test_divides_all_the_traffic_of_an_alias(self, data):
        metrics = answer(data).metrics
        for alias in ("live", "test"):
            shares = [value for name, value in metrics.items() if name.startswith(f"share.{alias}.")]
            assert not shares or sum(shares) == (0 if metrics[f"runs.{alias}"] is None else 1)

    @given(twin.HISTORIES)
    @settings(max_examples=150, deadline=None)
    def test_has_a_path_for_each_refusal_and_each_address(self, data):
        found = answer(data)

        assert len(found.paths) == found.metrics["refused.total"] + len(ADDRESSES)
        for path in found.paths:
            assert [hop.ok for hop in path.hops] == [*[True] * (len(path.hops) - 1), path.ok]
            assert all(hop.rule in RULES for hop in path.hops)
            assert all(hop.says.endswith(".") and len(hop.says.split()) <= 24 for hop in path.hops)

    @given(twin.HISTORIES, st.sampled_from(["versions_are_fixed", "publishing_needs_a_change"]))
    @settings(max_examples=100, deadline=None)
    def test_has_no_refusal_more_where_a_rule_is_gone(self, data, rule):
        """Without the rule that versions are fixed nothing is refused for it."""
        metrics = answer(data, TRUTH.believing({rule: False})).metrics
        if rule == "versions_are_fixed":
            assert "versions are fixed" not in metrics.values()
        else:
            assert metrics["published.total"] == sum("publish" in step for step in data["steps"])
