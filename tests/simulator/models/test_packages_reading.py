"""Packages that contradict themselves are refused with the field, the value and the limit; nothing else ever comes of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import packages
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.factories import patched
from tests.simulator.models.hostile import anything, refusal

Data = dict[str, Any]
PLAIN: Data = {
    "libraries": {"dates": {"zipped": "1 MB", "unzipped": "2 MB"}},
    "layers": {"common": {"zipped": "1 MB", "unzipped": "2 MB"}},
    "functions": {
        "z": {"zipped": "1 MB", "unzipped": "2 MB", "layers": ["common"]},
        "i": {"kind": "image", "uncompressed": "1 GB"},
    },
}
FIELDS = {
    "z": (
        "kind", "upload", "zipped", "unzipped", "custom_runtime", "runtime", "layers", "bundles", "environment", "memory", "tmp",
        "architecture", "built_for", "snapstart", "provisioned_concurrency", "file_system", "code_signing", "versions",
        "self_managed",
    ),
    "i": ("kind", "compressed", "uncompressed", "settings", "runtime", "layers", "environment"),
}  # fmt: skip


def data(changes: Data) -> Data:
    """PLAIN with values at dotted paths."""
    return patched(PLAIN, changes)


class TestRead:
    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            ({"functions.z.zipped": None}, "functions.z.zipped", "is missing"),
            ({"functions.z.unzipped": "2"}, "functions.z.unzipped", "not a size with a unit"),
            ({"functions.z.zipped": "-1 MB"}, "functions.z.zipped", "below 0 KB"),
            ({"functions.i.uncompressed": None}, "functions.i.uncompressed", "is missing"),
            ({"functions.i.unzipped": "2 MB"}, "functions.i.unzipped", "is for a zip package"),
            ({"functions.i.upload": "s3"}, "functions.i.upload", "is for a zip package"),
            ({"functions.z.compressed": "2 MB"}, "functions.z.compressed", "is for a container image"),
            ({"functions.z.settings": "2 KB"}, "functions.z.settings", "is for a container image"),
            ({"functions.z.kind": "jar"}, "functions.z.kind", "none of zip, image"),
            ({"functions.z.upload": "ecr"}, "functions.z.upload", "none of direct, s3"),
            ({"functions.z.speed": 3}, "functions.z.speed", "is not a field of this part"),
            ({"functions.z.layers": ["lost"]}, "functions.z.layers", "is not defined; defined are common"),
            ({"functions.z.layers": ["common", "common"]}, "functions.z.layers", "is named twice"),
            ({"functions.z.layers": 5}, "functions.z.layers", "is not a list of at most 12 names"),
            ({"functions.z.layers": ["common"] * 13}, "functions.z.layers", "is not a list of at most 12 names"),
            ({"functions.z.bundles": "common"}, "functions.z.bundles", "defined are dates"),
            ({"functions.z.runtime": "Python!"}, "functions.z.runtime", "is not a runtime such as python3.13"),
            ({"functions.z.runtime": 3}, "functions.z.runtime", "is not a runtime such as python3.13"),
            ({"functions.z.custom_runtime": "9 MB"}, "functions.z.custom_runtime", "is for an OS-only runtime"),
            ({"functions.z.self_managed": "yes"}, "functions.z.self_managed", "needs upload: s3"),
            ({"functions.z.memory": "64 MB"}, "functions.z.memory", "below the minimum of 128 MB (Lambda quotas)"),
            ({"functions.z.memory": "11 GB"}, "functions.z.memory", "above the maximum of 10,240 MB (Lambda quotas)"),
            ({"functions.z.tmp": "1 KB"}, "functions.z.tmp", "whole number of MB"),
            ({"functions.z.architecture": "arm"}, "functions.z.architecture", "none of x86_64, arm64"),
            ({"functions.z.built_for": "arm"}, "functions.z.built_for", "none of any, x86_64, arm64"),
            ({"functions.z.file_system": "nfs"}, "functions.z.file_system", "none of none, efs, s3-files"),
            ({"functions.z.versions": 0}, "functions.z.versions", "from 1 to 100,000"),
            ({"functions.z.provisioned_concurrency": -1}, "functions.z.provisioned_concurrency", "from 0 to 1,000,000"),
            ({"functions.z.environment": "4"}, "functions.z.environment", "not a size with a unit"),
            ({"functions.z.environment": {"A": "many"}}, "functions.z.environment.A", "begin with a number"),
            ({"functions.z.environment": {"A": None}}, "functions.z.environment.A", "is missing"),
            ({"functions.z.environment": {" ": "1 B"}}, "functions.z.environment", "is not the name of a variable"),
            (
                {"functions.z.environment": {str(number): "1 B" for number in range(31)}},
                "functions.z.environment",
                "is above 30 variables",
            ),
            ({"functions.z": None}, "functions.z", "is not a mapping"),
            ({"functions": ["z"]}, "functions", "is not a mapping of names"),
            ({"functions.a.b": 1}, "functions", "a.b is no name"),
            ({"functions": {}, "layers": {}}, "functions", "is missing: there is nothing to deploy"),
            ({"functions": {str(n): {} for n in range(13)}}, "functions", "is above 12"),
            ({"layers.common.upload": "ftp"}, "layers.common.upload", "none of direct, s3"),
            ({"layers.common.self_managed": True}, "layers.common.self_managed", "needs upload: s3"),
            ({"layers.dates": PLAIN["layers"]["common"]}, "layers", "is a name under packages.libraries as well"),
            ({"libraries.z": PLAIN["layers"]["common"]}, "functions", "is a name under packages.libraries as well"),
            ({"libraries.dates.upload": "s3"}, "libraries.dates.upload", "is not a field of this part"),
            ({"stored": "many"}, "stored", "begin with a number"),
            ({"region": "eu"}, "region", "is not a field of this part"),
        ],
    )
    def test_names_what_is_wrong(self, changes: Data, field: str, says: str) -> None:
        given_data = data({}) if "functions.a.b" in changes else data(changes)
        if "functions.a.b" in changes:
            given_data["functions"]["a.b"] = {}
        with pytest.raises(ScenarioError) as refused:
            packages.plan(given_data, TRUTH)

        assert refused.value.field == f"packages.{field}"
        assert says in str(refused.value)

    def test_gives_a_zip_a_managed_runtime_and_an_image_none(self) -> None:
        zipped, image = packages.read(data({}), TRUTH).functions

        assert (zipped.runtime and zipped.runtime.name, image.runtime) == ("python3.13", None)

    def test_takes_a_zip_that_was_emptied_and_made_an_image(self) -> None:
        emptied = {"functions.z.kind": "image", "functions.z.zipped": None, "functions.z.unzipped": None}

        assert packages.read(data({**emptied, "functions.z.uncompressed": "1 GB"}), TRUTH).functions[0].is_image

    def test_takes_an_image_that_names_no_compressed_size_as_one_that_does_not_shrink(self) -> None:
        assert packages.read(data({}), TRUTH).functions[1].zipped == 1024**2


ANYTHING = anything("1 MB", "3 GB", "yes", "s3", "common", "python3.13", "z", "1e15 GB")
places = st.sampled_from(
    [
        "functions",
        "layers",
        "libraries",
        "stored",
        "functions.z",
        "functions.i",
        "layers.common",
        "layers.common.zipped",
    ]
    + [f"functions.{name}.{field}" for name, fields in FIELDS.items() for field in fields]
)


class TestNonsense:
    @given(places, ANYTHING)
    @settings(max_examples=400, deadline=None)
    def test_in_any_field_is_refused_or_answered(self, place: str, value: Any) -> None:
        assert refusal({"packages": data({place: value})}).startswith(("packages", "scenario", "answered"))

    @given(ANYTHING)
    @settings(max_examples=100, deadline=None)
    def test_as_a_whole_is_refused(self, value: Any) -> None:
        with pytest.raises(ScenarioError):
            packages.plan(value, TRUTH)
