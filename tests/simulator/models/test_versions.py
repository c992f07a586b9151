"""What AWS documents of versions and aliases, row by row, and each wrong idea beside it."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.simulator.answers import Answer
from studyapp.simulator.models import versions
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Path

PUBLISH = {"publish": True}
TWO = [PUBLISH, {"edit": "new"}, PUBLISH]
"""Versions 1 (old) and 2 (new)."""
CANARY = [*TWO, {"create_alias": "live", "to": 1, "weights": {"2": "10 %"}}]


def answer(*steps: dict[str, Any], believing: dict[str, object] | None = None, **more: Any) -> Answer:
    rulebook = Rulebook().believing(believing or {})
    return versions.plan({"code": "old", "steps": list(steps), **more}, rulebook).answer(rulebook)


def metric(name: str, *steps: dict[str, Any], **more: Any) -> object:
    return answer(*steps, **more).metrics[name]


def path(target: str, *steps: dict[str, Any], **more: Any) -> Path:
    return next(each for each in answer(*steps, **more).paths if each.target == target)


class TestPublishing:
    def test_takes_a_snapshot(self):
        metrics = answer(PUBLISH, {"edit": "new"}).metrics
        assert (metrics["runs.1"], metrics["runs.latest"]) == ("old", "new")

    def test_freezes_settings_with_the_code(self):
        steps = [PUBLISH, {"configure": {"memory": "1 GB", "timeout": "30 s"}}]
        metrics = answer(*steps, settings={"memory": "512 MB"}).metrics
        assert (metrics["setting.1.memory"], metrics["setting.latest.memory"]) == (512, 1024)
        assert metrics["setting.latest.timeout"] == 30

    @pytest.mark.parametrize(
        ("between", "number"),
        [
            ([], None),
            ([{"edit": "old"}], None),
            ([{"edit": "new"}], 2),
            ([{"edit": "new"}, {"edit": "old"}], None),
            ([{"configure": {"memory": "1 GB"}}], 2),
            ([{"configure": {"role": "another"}}], 2),
            ([{"configure": {"environment": "stage=prod"}}], 2),
            ([{"configure": {"triggers": "orders"}}], None),
            ([{"configure": {"on_failure": "lost"}}], None),
            ([{"configure": {"async_retries": 0}}], None),
            ([{"reserve": 5}], None),
            ([{"create_alias": "live", "to": 1}], None),
        ],
    )
    def test_needs_a_change_of_code_or_versioned_settings(self, between, number):
        metrics = answer(PUBLISH, *between, {"name": "again", "publish": True}).metrics
        assert metrics["published.again"] == number
        assert metrics["refused.again"] is None

    @pytest.mark.parametrize(("compares", "number"), [(False, 3), (True, None)])
    def test_after_a_deletion_compares_with_what_aws_leaves_open(self, compares, number):
        steps = [*TWO, {"delete_version": 2}, {"name": "again", "publish": True}]
        assert metric("published.again", *steps, believing={"publishing_compares_with_deleted": compares}) == number

    def test_gives_a_number_once(self):
        assert metric("published.newest", *TWO, {"delete_version": 2}, {"edit": "newer"}, PUBLISH) == 3

    def test_starts_at_one_even_when_all_are_gone(self):
        steps = [PUBLISH, {"delete_version": 1}, {"edit": "new"}, PUBLISH]
        metrics = answer(*steps).metrics
        assert (metrics["published.newest"], metrics["published.kept"], metrics["published.total"]) == (2, 1, 2)


class TestAnAddress:
    @pytest.mark.parametrize(
        ("address", "version", "code"),
        [
            ("unqualified", "$LATEST", "draft"),
            ("latest", "$LATEST", "draft"),
            ("1", 1, "old"),
            ("2", 2, "new"),
            ("live", "1 or 2", "old or new"),
            ("prod", 2, "new"),
            ("work", "$LATEST", "draft"),
            ("9", None, None),
            ("nobody", None, None),
        ],
    )
    def test_leads_to_its_code(self, address, version, code):
        steps = [
            *CANARY,
            {"create_alias": "prod", "to": 2},
            {"create_alias": "work", "to": "latest"},
            {"edit": "draft"},
        ]
        found = answer(*steps, addresses=[address])
        assert (found.metrics[f"version.{address}"], found.metrics[f"runs.{address}"]) == (version, code)
        assert found.paths[-1].ok is (code is not None)

    def test_stays_while_its_alias_moves(self):
        steps = [*TWO, {"create_alias": "live", "to": 1}]
        assert metric("version.live", *steps) == 1
        assert metric("version.live", *steps, {"update_alias": "live", "to": 2}) == 2

    def test_can_be_written_with_the_dollar_sign(self):
        assert metric("runs.latest", addresses=["$LATEST"]) == "old"

    def test_of_a_weighted_alias_names_both_sides(self):
        found = path("live", *CANARY)
        assert [hop.name for hop in found.hops] == ["Alias live", "Version 1", "Version 2"]
        assert "90 % to version 1, 10 % to version 2" in found.hops[0].says

    def test_ends_where_nothing_stands(self):
        assert path("9", *TWO, addresses=[9]).hops[-1].says == "There is no version 9 here."


class TestAWeightedAlias:
    @pytest.mark.parametrize(
        ("to", "weights", "reason"),
        [
            (1, {}, None),
            (1, {"2": "10 %"}, None),
            (1, {"2": 0}, None),
            (1, {"2": 1}, None),
            (1, {"2": 0.000001}, None),
            ("latest", {}, None),
            (1, {"2": "101 %"}, "weights are 0 to 1"),
            (1, {"2": -0.1}, "weights are 0 to 1"),
            (1, {"2": "10 %", "3": "10 %"}, "at most 2 versions"),
            (1, {"latest": "10 %"}, "$LATEST takes no weight"),
            ("latest", {"1": "10 %"}, "$LATEST takes no weight"),
            (1, {"1": "10 %"}, "one version twice"),
            (1, {"4": "10 %"}, "different roles"),
            (1, {"5": "10 %"}, "different dead-letter queues"),
            (1, {"6": "10 %"}, None),
            (9, {}, "no such version"),
            (1, {"9": "10 %"}, "no such version"),
            ("other", {}, "an alias points to versions"),
            ("nobody", {}, "no such alias"),
        ],
    )
    def test_is_taken_or_refused(self, to, weights, reason):
        steps = [
            *TWO,
            {"edit": "newer"},
            PUBLISH,
            {"configure": {"role": "writer"}},
            PUBLISH,
            {"configure": {"role": "reader", "dead_letter_queue": "lost"}},
            PUBLISH,
            {"configure": {"dead_letter_queue": "none", "memory": "1 GB", "runtime": "java21"}},
            PUBLISH,
            {"create_alias": "other", "to": 1},
            {"name": "it", "create_alias": "live", "to": to, "weights": weights},
        ]
        start = {"role": "reader", "dead_letter_queue": "none"}
        assert metric("refused.it", *steps, settings=start) == reason

    def test_gives_the_first_version_the_rest(self):
        metrics = answer(*CANARY).metrics
        assert (metrics["share.live.1"], metrics["share.live.2"]) == (0.9, 0.1)

    def test_lets_one_caller_meet_both(self):
        assert metric("mixes.live", *CANARY) is True
        assert metric("mixes.live", *TWO, {"create_alias": "live", "to": 1, "weights": {"2": 0}}) is False
        assert metric("mixes.live", *TWO, {"create_alias": "live", "to": 1}) is False

    def test_forgets_its_weights_with_the_next_update(self):
        metrics = answer(*CANARY, {"update_alias": "live", "to": 2}).metrics
        assert (metrics["share.live.2"], metrics["share.live.1"]) == (1, 0)


class TestAStepThatAwsRefuses:
    @pytest.mark.parametrize(
        ("step", "reason"),
        [
            ({"edit": "fix", "of": 1}, "versions are fixed"),
            ({"configure": {"memory": "1 GB"}, "of": 1}, "versions are fixed"),
            ({"configure": {"memory": "1 GB", "on_failure": "lost"}, "of": 1}, "versions are fixed"),
            ({"configure": {"on_failure": "lost"}, "of": 1}, None),
            ({"configure": {"on_failure": "lost"}, "of": "live"}, None),
            ({"edit": "fix", "of": "live"}, "only $LATEST is edited"),
            ({"edit": "fix", "of": 9}, "no such version"),
            ({"edit": "fix", "of": "nobody"}, "no such alias"),
            ({"configure": {"on_failure": "lost"}, "of": "nobody"}, "no such alias"),
            ({"edit": "fix"}, None),
            ({"edit": "fix", "of": "unqualified"}, None),
            ({"delete_version": 1}, "an alias points to it"),
            ({"delete_version": 2}, "an alias points to it"),
            ({"delete_version": 9}, "no such version"),
            ({"delete_version": "latest"}, "$LATEST stays"),
            ({"create_alias": "live", "to": 1}, "alias exists"),
            ({"update_alias": "nobody", "to": 1}, "no such alias"),
            ({"delete_alias": "nobody"}, "no such alias"),
            ({"delete_alias": "live"}, None),
            ({"provision": "latest"}, "$LATEST cannot be provisioned"),
            ({"provision": "unqualified"}, "$LATEST cannot be provisioned"),
            ({"provision": "work"}, "$LATEST cannot be provisioned"),
            ({"provision": "live", "environments": 5}, None),
            ({"provision": 2, "environments": 5}, None),
            ({"provision": 9}, "no such version"),
            ({"reserve": 10}, None),
            ({"reserve": 10, "of": 1}, "reserved for the function"),
            ({"reserve": 10, "of": "live"}, "reserved for the function"),
            ({"reserve": 10, "of": 9}, "no such version"),
        ],
    )
    def test_says_why(self, step, reason):
        found = answer(*CANARY, {"create_alias": "work", "to": "latest"}, {"name": "it", **step})
        assert found.metrics["refused.it"] == reason
        assert ("step it" in [each.target for each in found.paths]) is (reason is not None)

    def test_changes_nothing(self):
        step = {"configure": {"memory": "1 GB", "on_failure": "lost"}, "of": 1}
        assert "setting.1.on_failure" not in answer(*CANARY, step).metrics

    def test_frees_a_version_with_its_alias(self):
        metrics = answer(*CANARY, {"delete_alias": "live"}, {"name": "it", "delete_version": 1}).metrics
        assert (metrics["refused.it"], metrics["runs.1"], metrics["runs.live"]) == (None, None, None)


class TestConcurrency:
    def test_reserved_is_shared_by_all_addresses(self):
        metrics = answer(*CANARY, {"reserve": 50}).metrics
        assert {metrics[f"reserved.{each}"] for each in ("unqualified", "latest", "1", "2", "live")} == {50}

    def test_provisioned_belongs_to_one_address(self):
        metrics = answer(*CANARY, {"provision": "live", "environments": 5}).metrics
        assert [metrics[f"provisioned.{each}"] for each in ("latest", "1", "live")] == [0, 0, 5]

    def test_settings_go_with_their_alias(self):
        steps = [*CANARY, {"configure": {"on_failure": "lost"}, "of": "live"}]
        assert metric("setting.live.on_failure", *steps) == "lost"
        assert "setting.live.on_failure" not in answer(*steps, {"delete_alias": "live"}).metrics

    def test_retries_are_a_number_of_the_alias_that_they_are_set_for(self):
        alias, setting = {"create_alias": "live", "to": 1}, {"configure": {"async_retries": 0}, "of": "live"}
        metrics = answer(PUBLISH, alias, setting).metrics

        assert metrics["setting.live.async_retries"] == 0
        assert "setting.1.async_retries" not in metrics

    def test_provisioned_goes_with_its_alias(self):
        steps = [*CANARY, {"provision": "live", "environments": 5}, {"delete_alias": "live"}]
        assert metric("provisioned.live", *steps) == 0


FIX = {"name": "it", "edit": "fix", "of": 1}
EDITED = {"edit": "draft"}
NEW_ROLE = {"configure": {"role": "writer"}}


class TestABelief:
    @pytest.mark.parametrize(
        ("patch", "steps", "asked", "so", "believed"),
        [
            ({"versions_are_fixed": False}, [*TWO, FIX], "runs.1", "old", "fix"),
            ({"versions_are_fixed": False}, [*TWO, FIX], "refused.it", "versions are fixed", None),
            ({"publishing_needs_a_change": False}, [PUBLISH, PUBLISH], "published.total", 1, 2),
            (
                {"version_numbers_come_back": True},
                [*TWO, {"delete_version": 2}, EDITED, PUBLISH],
                "published.newest",
                3,
                2,
            ),
            ({"unqualified_means": "newest version"}, [*TWO, EDITED], "runs.unqualified", "draft", "new"),
            ({"unqualified_means": "newest version"}, [EDITED], "runs.unqualified", "draft", "draft"),
            (
                {"alias_versions": 3},
                [*TWO, EDITED, PUBLISH, {"create_alias": "a", "to": 1, "weights": {"2": 0.2, "3": 0.3}}],
                "share.a.1",
                0,
                0.5,
            ),
            (
                {"latest_can_have_a_weight": True},
                [PUBLISH, EDITED, {"create_alias": "a", "to": 1, "weights": {"latest": 0.2}}],
                "runs.a",
                None,
                "old or draft",
            ),
            (
                {"weighted_versions_share_a_role": False},
                [PUBLISH, NEW_ROLE, PUBLISH, {"create_alias": "a", "to": 1, "weights": {"2": 0.2}}],
                "share.a.2",
                0,
                0.2,
            ),
            (
                {"weighted_versions_share_a_dead_letter_queue": False},
                [
                    PUBLISH,
                    {"configure": {"dead_letter_queue": "q"}},
                    PUBLISH,
                    {"create_alias": "a", "to": 1, "weights": {"2": 0.2}},
                ],
                "share.a.2",
                0,
                0.2,
            ),
            ({"weights_are_for_callers": True}, CANARY, "mixes.live", True, False),
            (
                {"alias_is_a_copy": True},
                [{"create_alias": "a", "to": "latest"}, EDITED],
                "runs.a",
                "draft",
                "old",
            ),
            (
                {"alias_is_a_copy": True},
                [PUBLISH, {"create_alias": "a", "to": 1}, {"delete_version": 1}],
                "published.kept",
                1,
                0,
            ),
            (
                {"aliases_follow_publishing": True},
                [PUBLISH, {"create_alias": "a", "to": 1}, EDITED, PUBLISH],
                "runs.a",
                "old",
                "draft",
            ),
            ({"aliases_follow_publishing": True}, [*CANARY, EDITED, PUBLISH], "share.live.1", 0.9, 0.9),
            (
                {"aliased_version_can_be_deleted": True},
                [PUBLISH, {"create_alias": "a", "to": 1}, {"delete_version": 1}],
                "runs.a",
                "old",
                None,
            ),
            ({"latest_can_be_provisioned": True}, [{"provision": "latest"}], "provisioned.latest", 0, 1),
            ({"reserved_is_for_a_version": True}, [*CANARY, {"reserve": 9, "of": "live"}], "reserved.live", None, 9),
            ({"reserved_is_for_a_version": True}, [*CANARY, {"reserve": 9}], "reserved.live", 9, None),
        ],
    )
    def test_turns_what_it_should(self, patch, steps, asked, so, believed):
        assert metric(asked, *steps) == so
        assert metric(asked, *steps, believing=patch) == believed

    @pytest.mark.parametrize(
        ("patch", "steps", "target"),
        [
            ({"unqualified_means": "newest version"}, TWO, "unqualified"),
            ({"weights_are_for_callers": True}, CANARY, "live"),
            ({"alias_is_a_copy": True}, CANARY, "live"),
            ({"versions_are_fixed": False}, TWO, "1"),
        ],
    )
    def test_is_named_in_the_path(self, patch, steps, target):
        hops = path(target, *steps, believing=patch).hops
        assert any("if this were so" in hop.says and hop.rule in patch for hop in hops)
