"""Ranges of where secrets are kept, how they are read, and who may look."""

from __future__ import annotations

from studyapp.questions.proof.range import Range, kilobytes, seconds
from studyapp.questions.proof.scaling import scaled, scaled_rate
from studyapp.simulator.models.secrets.parts import Place
from studyapp.simulator.rulebook import TRUTH

_LOAD = "half as much and twice as much: no load is usual"
_SIZES = tuple(
    kilobytes(each) for each in (1, TRUTH.parameter_standard_max, TRUTH.parameter_advanced_max, TRUTH.secret_max)
)

RANGES: tuple[Range, ...] = (
    Range("secrets.traffic.invocations", scaled, _LOAD),
    Range("secrets.traffic.environments", scaled, _LOAD),
    Range("secrets.traffic.lifetime", scaled, "AWS gives no time: half as long and twice as long"),
    Range("secrets.traffic.peak", scaled_rate, _LOAD),
    Range("secrets.throughput", ("standard", "high"), "AWS's default is standard"),
    Range("secrets.role.may", ([], ["*"]), "nothing, or everything"),
    Range("secrets.role.may_not", ([],), "nothing is denied unless it is said"),
    Range("secrets.people.*.may", ([], ["*"]), "nothing, or everything"),
    Range("secrets.people.*.may_not", ([],), "nothing is denied unless it is said"),
    Range("secrets.kept.*.in", tuple(place.value for place in Place), "any place"),
    Range("secrets.kept.*.size", _SIZES, "small, and the most that each place holds"),
    Range("secrets.kept.*.customer_key", ("no", "yes"), "AWS's default is a key of its own"),
    Range("secrets.kept.*.helpers", ("no", "yes"), "AWS's default is no"),
    Range("secrets.kept.*.tier", ("standard", "advanced"), "AWS's default is standard"),
    Range("secrets.kept.*.read", ("each-environment", "each-invocation"), "either may be written"),
    Range(
        "secrets.kept.*.ttl", ("0 s", seconds(TRUTH.secret_cache_ttl_max)), "both ends of the range; 300 s by default"
    ),
    Range("secrets.kept.*.extension", ("no", "yes"), "a function has none unless it is said"),
    Range("secrets.kept.*.rotates", ("never", "1 d", "90 d"), "AWS's default is never; often, and seldom"),
)
