"""Ranges of streams and the mappings that poll them."""

from __future__ import annotations

from studyapp.questions.proof.range import ALWAYS, Body, Range, beside, seconds
from studyapp.questions.proof.scaling import scaled
from studyapp.simulator.parts import STREAM_KINDS
from studyapp.simulator.rulebook import TRUTH


def _shards(path: str, body: Body) -> tuple[object, ...]:
    return (1, 2, 10) if beside(path, "kind", body) in STREAM_KINDS else ()


def _positions(path: str, body: Body) -> tuple[object, ...]:
    return ("trim-horizon", "latest") if beside(path, "kind", body) in STREAM_KINDS else ()


def _creations(path: str, body: Body) -> tuple[object, ...]:
    return ("0 s", *scaled(path, body))


def _fan_outs(path: str, body: Body) -> tuple[object, ...]:
    return ("no", "yes") if beside(path, "kind", body) == "kinesis" else ()


RANGES: tuple[Range, ...] = (
    Range("sources.*.shards", _shards, "a stream is made with a number of shards, and AWS gives none", ALWAYS),
    Range(
        "sources.*.parallelization_factor", (1, TRUTH.stream_parallelization_max), "AWS's default is one; and the most"
    ),
    Range("sources.*.partition_keys", (None, 1, 10), "spread evenly, all alike, and a few"),
    Range("sources.*.starting_position.at", scaled, "any moment"),
    Range("sources.*.starting_position", _positions, "a mapping must say it, and AWS gives no default", ALWAYS),
    Range("sources.*.created_at", _creations, "made before the first record, or at another time"),
    Range("sources.*.retry_attempts", (-1, 0, 3), "AWS's default has no limit; no second try, and a few"),
    Range(
        "sources.*.maximum_record_age",
        (-1, seconds(TRUTH.stream_age_min), seconds(TRUTH.stream_age_max)),
        "AWS's default has no limit; both ends of the range",
    ),
    Range("sources.*.bisect", ("no", "yes"), "AWS's default is no"),
    Range("sources.*.on_failure", ("none", "sqs", "s3"), "AWS's default is none"),
    Range("sources.*.enhanced_fan_out", _fan_outs, "AWS's default is no"),
)
