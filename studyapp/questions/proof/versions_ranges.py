"""Ranges of versions and aliases: numbers that steps set. What is done, and in which order, is the story itself."""

from __future__ import annotations

from studyapp.questions.proof.function_ranges import ARCHITECTURES, ASYNC_RETRIES, MEMORY, RUNTIMES
from studyapp.questions.proof.range import Range, seconds
from studyapp.questions.proof.scaling import scaled
from studyapp.simulator.rulebook import TRUTH

_TIMEOUTS = (seconds(TRUTH.timeout_default), seconds(TRUTH.timeout_max))


def _settings(where: str) -> tuple[Range, ...]:
    return (
        Range(f"{where}.memory", MEMORY, "both ends of the range, and one vCPU"),
        Range(f"{where}.timeout", _TIMEOUTS, "AWS's default, and the longest"),
        Range(f"{where}.runtime", RUNTIMES, "any language"),
        Range(f"{where}.architecture", ARCHITECTURES, "either may be chosen"),
    )


RANGES: tuple[Range, ...] = (
    *_settings("versions.settings"),
    *_settings("versions.steps.*.configure"),
    Range("versions.steps.*.configure.async_retries", ASYNC_RETRIES, "every value that AWS allows; 2 by default"),
    Range("versions.steps.*.weights.*", ("1 %", "50 %"), "a small share, and half"),
    Range("versions.steps.*.weights", (None,), "an alias has one version unless it is said"),
    Range("versions.steps.*.environments", scaled, "half as many and twice as many: no number is usual"),
    Range("versions.steps.*.reserve", scaled, "half as much and twice as much: no number is usual"),
)
