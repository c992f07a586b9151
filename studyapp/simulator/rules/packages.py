"""What code may be deployed as."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import rule


@dataclass(frozen=True)
class Packages:
    """Sources: Lambda quotas; Managing Lambda dependencies with layers; Lambda SnapStart; Self-managed S3 code storage."""

    zip_direct_max: int = rule(50, "memory", "lambda.packaging.zip-direct")
    zip_s3_max: int | None = rule(
        None,
        "memory",
        "lambda.packaging.zip-via-s3",
        may_be_none=True,
        says="(false) a limit on a zip that comes through S3",
    )
    unzipped_max: int = rule(250, "memory", "lambda.packaging.unzipped")
    s3_lifts_the_unzipped_limit: bool = rule(
        False, "flag", "lambda.packaging.unzipped", says="(false) a zip from S3 may unpack to any size"
    )
    memory_makes_room_for_code: bool = rule(
        False,
        "flag",
        "lambda.packaging.memory-and-package",
        says="(false) code may unpack to as much as the function has memory",
    )
    tmp_makes_room_for_code: bool = rule(
        False, "flag", "lambda.packaging.unzipped", says="(false) code is unpacked in /tmp and may fill it"
    )
    image_max: int = rule(10_240, "memory", "lambda.packaging.image-max")
    image_is_measured_compressed: bool = rule(
        False, "flag", "lambda.packaging.image-max", says="(false) the limit is on what the registry holds"
    )
    image_settings_max: int = rule(16, "size", "lambda.packaging.image-settings")
    layers_max: int = rule(5, "count", "lambda.packaging.layers-max")
    layer_max: int | None = rule(
        None, "memory", "lambda.packaging.layer-size", may_be_none=True, says="(false) a limit for each layer, unzipped"
    )
    layers_count_in_the_total: bool = rule(True, "flag", "lambda.packaging.layers-in-total")
    images_take_layers: bool = rule(False, "flag", "lambda.packaging.image-layers")
    layers_update_themselves: bool = rule(
        False,
        "flag",
        "lambda.packaging.layer-versions",
        says="(false) functions take up a new version of a layer by themselves",
    )
    env_vars_max: int = rule(4, "size", "lambda.configuration.env-total")
    env_limit_is_per_variable: bool = rule(
        False, "flag", "lambda.configuration.env-total", says="(false) each variable has the whole size to itself"
    )
    managed_runtimes: str = rule(
        "nodejs python java dotnet ruby",
        "words",
        "lambda.overview.managed-runtimes",
        says="names without their versions; go made it longer until January 2024",
    )
    snapstart_runtimes: str = rule(
        "java11 python3.12 dotnet8", "words", "lambda.packaging.snapstart-runtimes", says="each from this version on"
    )
    snapstart_takes_images: bool = rule(True, "flag", "lambda.packaging.snapstart-images")
    snapstart_tmp_max: int = rule(512, "memory", "lambda.packaging.snapstart-tmp")
    snapstart_excludes: str = rule(
        "provisioned-concurrency efs s3-files", "words", "lambda.packaging.snapstart-excludes"
    )
    code_signing_takes_images: bool = rule(False, "flag", "lambda.packaging.signing-images")
    code_storage_max: int = rule(307_200, "memory", "lambda.packaging.code-storage", says="in a Region")
    versions_are_stored: bool = rule(True, "flag", "lambda.packaging.versions-stored")
