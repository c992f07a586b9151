"""The quotas of packages as AWS states them, row by row, and what is left of each."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.simulator.models import packages
from studyapp.simulator.rulebook import TRUTH, Rulebook
from studyapp.simulator.spans import Path

Data = dict[str, Any]
ZIP: Data = {"zipped": "10 MB", "unzipped": "30 MB"}
IMAGE: Data = {"kind": "image", "uncompressed": "900 MB"}


def answer(functions: Data, rulebook: Rulebook = TRUTH, **parts: Any) -> Any:
    return packages.plan({"functions": functions, **parts}, rulebook).answer(rulebook)


def one(base: Data = ZIP, believing: Data | None = None, **changes: Any) -> Any:
    """The metrics of one function f."""
    return answer({"f": {**base, **changes}}, TRUTH.believing(believing or {})).metrics


def broken(base: Data = ZIP, **changes: Any) -> Any:
    return one(base, **changes)["breaks.f"]


def layers(count: int, size: str = "10 MB", **more: Any) -> Data:
    return {f"l{number}": {"zipped": "1 MB", "unzipped": size, **more} for number in range(count)}


class TestAZip:
    @pytest.mark.parametrize(
        ("changes", "quota"),
        [
            ({"zipped": "50 MB"}, None),
            ({"zipped": "51201 KB"}, "Upload"),
            ({"zipped": "51201 KB", "upload": "s3"}, None),
            ({"unzipped": "250 MB"}, None),
            ({"unzipped": "256001 KB"}, "Unzipped size"),
            ({"unzipped": "256001 KB", "upload": "s3"}, "Unzipped size"),
            ({"unzipped": "256001 KB", "memory": "10240 MB"}, "Unzipped size"),
            ({"unzipped": "256001 KB", "tmp": "10240 MB"}, "Unzipped size"),
            ({"runtime": "provided.al2023", "unzipped": "200 MB", "custom_runtime": "50 MB"}, None),
            ({"runtime": "provided.al2023", "unzipped": "200 MB", "custom_runtime": "51 MB"}, "Unzipped size"),
        ],
    )
    def test_has_the_sizes_of_the_quotas_page(self, changes, quota):
        assert broken(**changes) == quota

    @pytest.mark.parametrize("runtime", ["nodejs24.x", "python3.13", "java8.al2", "java25", "dotnet10", "ruby3.4"])
    def test_takes_every_managed_runtime(self, runtime):
        assert broken(runtime=runtime) is None

    @pytest.mark.parametrize("runtime", ["go", "go1.x", "rust", "php8.4"])
    def test_takes_no_language_that_has_none(self, runtime):
        assert broken(runtime=runtime) == "Runtime"

    def test_adds_up_what_it_bundles(self):
        found = answer({"f": {**ZIP, "bundles": ["a"]}}, libraries={"a": {"zipped": "41 MB", "unzipped": "100 MB"}})

        assert found.metrics["left.f.zipped"] == -1
        assert found.metrics["size.f"] == 130

    def test_sent_from_s3_has_no_limit_of_the_upload(self):
        assert one(upload="s3", zipped="900 MB")["left.f.zipped"] is None


class TestAnImage:
    @pytest.mark.parametrize(
        ("changes", "quota"),
        [
            ({"uncompressed": "10 GB"}, None),
            ({"uncompressed": "10241 MB"}, "Image size"),
            ({"uncompressed": "10241 MB", "compressed": "3 GB"}, "Image size"),
            ({"settings": "16 KB"}, None),
            ({"settings": "17 KB"}, "Image settings"),
            ({"environment": "5 KB"}, "Environment variables"),
            ({"code_signing": "yes"}, "Code signing"),
            ({"snapstart": "yes", "runtime": "java21"}, None),
            ({"snapstart": "yes"}, None),
            ({"snapstart": "yes", "runtime": "nodejs24.x"}, None),
            ({"snapstart": "yes", "file_system": "efs"}, "SnapStart with EFS"),
        ],
    )
    def test_has_limits_of_its_own(self, changes, quota):
        assert broken(IMAGE, **changes) == quota

    def test_takes_no_layer(self):
        assert answer({"f": {**IMAGE, "layers": ["l0"]}}, layers=layers(1)).metrics["breaks.f"] == "Layers"

    def test_takes_no_code_storage(self):
        assert answer({"f": IMAGE}, stored="300 GB").metrics["accepted.f"]


class TestLayers:
    @pytest.mark.parametrize(("count", "quota"), [(1, None), (5, None), (6, "Layers")])
    def test_are_five_at_most(self, count, quota):
        shared = layers(count)

        assert answer({"f": {**ZIP, "layers": list(shared)}}, layers=shared).metrics["breaks.f"] == quota

    @pytest.mark.parametrize(("size", "quota"), [("220 MB", None), ("221 MB", "Unzipped size")])
    def test_have_no_limit_but_the_total(self, size, quota):
        found = answer({"f": {**ZIP, "layers": "l0"}}, layers=layers(1, size)).metrics

        assert found["accepted.l0"]
        assert found["breaks.f"] == quota

    def test_are_uploaded_under_the_limit_of_any_zip(self):
        shared = {
            "a": {"zipped": "51 MB", "unzipped": "60 MB"},
            "b": {"zipped": "51 MB", "unzipped": "60 MB", "upload": "s3"},
        }
        found = answer({"f": {**ZIP, "layers": ["a"]}, "g": {**ZIP, "layers": ["b"]}}, layers=shared).metrics

        assert (found["breaks.a"], found["breaks.b"]) == ("Upload", None)
        assert (found["breaks.f"], found["breaks.g"]) == ("Layer a", None)

    def test_change_by_one_upload_and_one_setting_of_each_function(self):
        found = answer(
            {name: {**ZIP, "layers": ["l0"], "bundles": ["copied"]} for name in "fgh"},
            layers=layers(1),
            libraries={"copied": {"zipped": "1 MB", "unzipped": "1 MB"}},
        ).metrics

        assert (found["uploads.l0"], found["updates.l0"]) == (1, 3)
        assert (found["uploads.copied"], found["updates.copied"]) == (3, 3)


class TestEnvironmentVariables:
    @pytest.mark.parametrize(
        ("environment", "quota"),
        [
            ("4 KB", None),
            ("4097 B", "Environment variables"),
            ({"A": "4095 B"}, None),
            ({"A": "4096 B"}, "Environment variables"),
            ({"ONE": "2045 B", "TWO": "2045 B"}, None),
            ({"ONE": "2045 B", "TWO": "2046 B"}, "Environment variables"),
        ],
    )
    def test_share_four_kilobytes_with_their_names(self, environment, quota):
        assert broken(environment=environment) == quota

    def test_are_counted_in_bytes(self):
        assert one(environment={"STAGE": "12 B"})["left.f.environment"] == pytest.approx((4096 - 17) / 1024)


class TestEphemeralStorage:
    @pytest.mark.parametrize(
        ("tmp", "quota"), [(511, "Ephemeral storage"), (512, None), (10_240, None), (10_241, "Ephemeral storage")]
    )
    def test_has_its_range(self, tmp, quota):
        assert broken(tmp=f"{tmp} MB") == quota


class TestSnapStart:
    @pytest.mark.parametrize(
        ("changes", "quota"),
        [
            ({"runtime": "java11"}, None),
            ({"runtime": "java8.al2"}, "SnapStart"),
            ({"runtime": "python3.12"}, None),
            ({"runtime": "python3.11"}, "SnapStart"),
            ({"runtime": "dotnet8"}, None),
            ({"runtime": "nodejs24.x"}, "SnapStart"),
            ({"runtime": "ruby3.4"}, "SnapStart"),
            ({"runtime": "provided.al2023"}, "SnapStart"),
            ({"provisioned_concurrency": 1}, "SnapStart with provisioned concurrency"),
            ({"file_system": "efs"}, "SnapStart with EFS"),
            ({"file_system": "s3-files"}, "SnapStart with S3 Files"),
            ({"tmp": "513 MB"}, "SnapStart with /tmp"),
            ({"architecture": "arm64"}, None),
        ],
    )
    def test_goes_with_few_things(self, changes, quota):
        assert broken(snapstart=True, **changes) == quota

    def test_left_out_forbids_nothing(self):
        assert broken(runtime="nodejs24.x", provisioned_concurrency=5, file_system="efs", tmp="900 MB") is None


class TestCodeStorage:
    def test_holds_three_hundred_gigabytes(self):
        assert answer({"f": {**ZIP, "versions": 10_240}}).metrics["stored.left"] == 0
        assert broken(versions=10_241) == "Code storage"

    def test_is_filled_in_the_order_given(self):
        found = answer({"f": {**ZIP, "versions": 9_000}, "g": {**ZIP, "versions": 2_000}, "h": ZIP}).metrics

        assert [found[f"accepted.{name}"] for name in "fgh"] == [True, False, True]
        assert found["stored.total"] == 30 * 9_001

    def test_is_spared_by_code_in_a_bucket_of_the_account(self):
        found = answer({"f": {**ZIP, "upload": "s3", "self_managed": "yes", "versions": 90_000}}).metrics

        assert found["accepted.f"]
        assert found["stored.total"] == 0


class TestAnotherArchitecture:
    def test_is_accepted_and_does_not_start(self):
        found = one(built_for="x86_64", architecture="arm64")

        assert found["accepted.f"]
        assert not found["starts.f"]

    def test_may_be_that_of_a_layer(self):
        shared = layers(1, built_for="arm64")

        assert not answer({"f": {**ZIP, "layers": ["l0"]}}, layers=shared).metrics["starts.f"]
        assert answer({"f": {**ZIP, "layers": ["l0"], "architecture": "arm64"}}, layers=shared).metrics["starts.f"]


class TestWhatIsRefused:
    def test_does_not_start(self):
        assert not one(zipped="51 MB")["starts.f"]

    def test_leaves_an_image_no_room_for_layers(self):
        assert one(IMAGE)["left.f.layers"] is None
        assert one(IMAGE, {"images_take_layers": True})["left.f.layers"] == 5


class TestWrongIdeas:
    @pytest.mark.parametrize(
        ("patch", "base", "changes"),
        [
            (
                {"zip_s3_max": "250 MB", "s3_lifts_the_unzipped_limit": True},
                ZIP,
                {"upload": "s3", "unzipped": "900 MB"},
            ),
            ({"memory_makes_room_for_code": True}, ZIP, {"unzipped": "900 MB", "memory": "900 MB"}),
            ({"tmp_makes_room_for_code": True}, ZIP, {"unzipped": "900 MB", "tmp": "900 MB"}),
            ({"image_is_measured_compressed": True}, IMAGE, {"uncompressed": "20 GB", "compressed": "9 GB"}),
            ({"env_limit_is_per_variable": True}, ZIP, {"environment": {"A": "3 KB", "B": "3 KB"}}),
            ({"managed_runtimes": "go"}, ZIP, {"runtime": "go"}),
            ({"snapstart_excludes": []}, ZIP, {"snapstart": True, "file_system": "efs", "provisioned_concurrency": 2}),
            ({"code_signing_takes_images": True}, IMAGE, {"code_signing": True}),
            ({"versions_are_stored": False}, ZIP, {"versions": 20_000}),
        ],
    )
    def test_let_pass_what_is_refused(self, patch, base, changes):
        assert not one(base, **changes)["accepted.f"]
        assert one(base, believing=patch, **changes)["accepted.f"]

    @pytest.mark.parametrize(
        ("patch", "changes", "quota"),
        [
            ({"snapstart_runtimes": "java11"}, {"snapstart": True, "runtime": "python3.13"}, "SnapStart"),
            (
                {"snapstart_takes_images": False},
                {**IMAGE, "snapstart": True, "zipped": None, "unzipped": None},
                "SnapStart",
            ),
            ({"code_storage_max": "75 GB"}, {"versions": 2_561}, "Code storage"),
            ({"zip_s3_max": "250 MB"}, {"upload": "s3", "zipped": "251 MB"}, "Upload"),
        ],
    )
    def test_refuse_what_passes(self, patch, changes, quota):
        assert broken(**changes) is None
        assert broken(believing=patch, **changes) == quota

    def test_about_layers_change_their_verdicts(self):
        shared, functions = layers(1, "230 MB"), {"f": {**ZIP, "layers": ["l0"]}, "i": {**IMAGE, "layers": ["l0"]}}
        apart, small, images = (
            answer(functions, TRUTH.believing(patch), layers=shared).metrics
            for patch in ({"layers_count_in_the_total": False}, {"layer_max": "50 MB"}, {"images_take_layers": True})
        )

        assert apart["accepted.f"]
        assert (small["breaks.l0"], small["breaks.f"]) == ("Size of a layer", "Layer l0")
        assert images["accepted.i"]

    def test_about_new_versions_save_the_updates(self):
        lazy = TRUTH.believing({"layers_update_themselves": True})

        assert answer({"f": {**ZIP, "layers": ["l0"]}}, lazy, layers=layers(1)).metrics["updates.l0"] == 0


class TestAWay:
    def test_ends_at_the_first_check_that_refuses(self):
        (path,) = answer({"f": {**ZIP, "zipped": "60 MB", "unzipped": "300 MB"}}).paths

        assert isinstance(path, Path)
        assert path.kind == "package"
        assert [(hop.name, hop.ok) for hop in path.hops] == [("Runtime", True), ("Upload", False)]
        assert path.hops[-1].says == "The zip has 60 MB; 50 MB can be sent directly."

    def test_shows_every_check_of_what_is_accepted(self):
        whole = {**ZIP, "environment": "1 KB", "snapstart": True, "code_signing": True, "built_for": "arm64"}
        (path,) = answer({"f": whole}).paths

        assert [hop.name for hop in path.hops] == [
            "Runtime", "Upload", "Unzipped size", "Environment variables", "Ephemeral storage", "SnapStart", "Code signing",
            "Code storage", "Architecture",
        ]  # fmt: skip
