"""What holds of any deployment: the model equals its twin, and more of something never makes room for more."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.models import packages
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models import packages_twin as twin

Data = dict[str, Any]


def near(*limits: int) -> st.SearchStrategy[int]:
    """Numbers at and around the limits, and others."""
    return st.sampled_from([limit + step for limit in limits for step in (-1, 0, 1)]) | st.integers(1, 2 * max(limits))


def bounded(strategy: st.SearchStrategy[int]) -> st.SearchStrategy[int]:
    return strategy.map(lambda number: max(number, 1))


layer = st.fixed_dictionaries(
    {
        "upload": st.sampled_from(["direct", "s3"]),
        "zipped": near(50),
        "unzipped": st.integers(1, 80) | near(250),
        "versions": st.integers(1, 600),
        "self_managed": st.just(False),
    }
)
COMMON: Data = {
    "environment": st.integers(1, 6),
    "tmp": st.just(512) | bounded(near(512, 10_240)),
    "snapstart": st.booleans(),
    "provisioned_concurrency": st.sampled_from([0, 0, 3]),
    "file_system": st.sampled_from(["none", "none", "efs", "s3-files"]),
    "code_signing": st.booleans(),
    "layers": st.lists(st.sampled_from([f"l{number}" for number in range(7)]), unique=True),
}
zips = st.fixed_dictionaries(
    {
        **COMMON,
        "kind": st.just("zip"),
        "runtime": st.sampled_from([*twin.MANAGED, *twin.OWN_RUNTIME, "go"]),
        "upload": st.sampled_from(["direct", "s3"]),
        "zipped": bounded(near(50)),
        "unzipped": st.integers(1, 120) | bounded(near(250)),
        "versions": st.sampled_from([1, 3, 700, 3_000]),
        "self_managed": st.booleans(),
    }
).map(lambda body: {**body, "self_managed": body["self_managed"] and body["upload"] == "s3"})
images = st.fixed_dictionaries(
    {
        **COMMON,
        "kind": st.just("image"),
        "runtime": st.sampled_from([*twin.MANAGED, "go"]),
        "uncompressed": bounded(near(10_240)),
        "settings": st.integers(1, 18),
        "layers": st.just([]) | COMMON["layers"],
    }
)
plans = st.builds(
    lambda layers, functions, stored: {
        "layers": {f"l{number}": each for number, each in enumerate(layers)},
        "functions": {f"f{number}": each for number, each in enumerate(functions)},
        "stored": stored,
    },
    st.lists(layer, min_size=7, max_size=7),
    st.lists(zips | images, min_size=1, max_size=4),
    st.sampled_from([0, 0, 306_000, 307_000, 307_200, 307_201]),
)

WORLDS: list[Data] = [
    {},
    {"zip_s3_max": "250 MB", "s3_lifts_the_unzipped_limit": True},
    {"memory_makes_room_for_code": True, "tmp_makes_room_for_code": True, "image_is_measured_compressed": True},
    {"layer_max": "50 MB", "layers_count_in_the_total": False, "images_take_layers": True},
    {
        "snapstart_takes_images": False,
        "env_limit_is_per_variable": True,
        "snapstart_excludes": [],
        "code_signing_takes_images": True,
    },
]


def model(plan: Data) -> Data:
    return dict(packages.plan(twin.scenario(plan), TRUTH).answer(TRUTH).metrics)


class TestTheModel:
    @given(plans)
    @settings(max_examples=250, deadline=None)
    def test_equals_its_twin(self, plan: Data) -> None:
        found = model(plan)

        assert {name: found[name] for name in twin.verdicts(plan)} == twin.verdicts(plan)

    @given(plans, st.sampled_from(WORLDS))
    @settings(max_examples=120, deadline=None)
    def test_says_why_in_short_plain_sentences_in_every_world(self, plan: Data, patch: Data) -> None:
        world = TRUTH.believing(patch)
        answer = packages.plan(twin.scenario(plan), world).answer(world)

        for path in answer.paths:
            assert [hop.ok for hop in path.hops] == [*[True] * (len(path.hops) - 1), path.ok]
            assert all(len(hop.says.split()) <= 24 and hop.says.endswith(".") for hop in path.hops)
            assert all(not hop.rule or hasattr(TRUTH, hop.rule) for hop in path.hops)

    @given(plans)
    @settings(max_examples=60, deadline=None)
    def test_leaves_less_than_nothing_only_of_what_it_refuses(self, plan: Data) -> None:
        found = model(plan)

        for name, room in found.items():
            word, _, rest = name.partition(".")
            if word == "left" and room is not None and room < 0:
                assert not found[f"accepted.{rest.partition('.')[0]}"], name


class TestLarger:
    @given(zips, st.integers(0, 300), st.integers(0, 60))
    @settings(max_examples=80, deadline=None)
    def test_code_is_never_accepted_where_smaller_was_refused(self, body: Data, unzipped: int, zipped: int) -> None:
        small = {**body, "layers": []}
        large = {**small, "unzipped": small["unzipped"] + unzipped, "zipped": small["zipped"] + zipped}
        verdicts = [
            model({"layers": {}, "functions": {"f": each}, "stored": 0})["accepted.f"] for each in (small, large)
        ]

        assert verdicts in ([True, True], [True, False], [False, False])

    @given(plans, st.sampled_from(["128 MB", "10240 MB"]))
    @settings(max_examples=60, deadline=None)
    def test_memory_changes_nothing(self, plan: Data, memory: str) -> None:
        given_more = twin.scenario(plan)
        given_more["functions"] = {name: {**body, "memory": memory} for name, body in given_more["functions"].items()}

        assert dict(packages.plan(given_more, TRUTH).answer(TRUTH).metrics) == model(plan)

    @given(plans)
    @settings(max_examples=60, deadline=None)
    def test_uploads_by_s3_never_refuse_what_was_accepted_directly(self, plan: Data) -> None:
        functions = {
            name: {**body, "upload": "s3"} if body["kind"] == "zip" else body
            for name, body in plan["functions"].items()
        }
        alone = {"layers": plan["layers"], "stored": 0}
        for name, body in functions.items():
            direct = model({**alone, "functions": {name: plan["functions"][name]}})
            by_bucket = model({**alone, "functions": {name: body}})
            assert by_bucket[f"accepted.{name}"] >= direct[f"accepted.{name}"]
