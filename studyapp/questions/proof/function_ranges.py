"""Ranges of the account, of functions, of what is warm, and of databases."""

from __future__ import annotations

from studyapp.questions.proof import time_ranges
from studyapp.questions.proof.range import ALWAYS, Range, megabytes, seconds
from studyapp.questions.proof.scaling import scaled
from studyapp.simulator.rulebook import TRUTH

MEMORY = tuple(megabytes(each) for each in (TRUTH.memory_min, TRUTH.vcpu_memory, TRUTH.memory_max))
TMP = (megabytes(TRUTH.tmp_min), megabytes(TRUTH.tmp_max))
ARCHITECTURES = ("x86_64", "arm64")
RUNTIMES = ("python3.13", "java21", "nodejs22.x")
ASYNC_RETRIES = tuple(range(TRUTH.async_retries_min, TRUTH.async_retries_max + 1))

RANGES: tuple[Range, ...] = (
    Range("account.concurrency", (1_000, 2_000, 10_000), "the quota starts at 1,000 and is raised on request", ALWAYS),
    Range("functions.*.memory", MEMORY, "both ends of the range, and one vCPU", ALWAYS),
    Range("functions.*.architecture", ARCHITECTURES, "either may be chosen", ALWAYS),
    Range("functions.*.runtime", RUNTIMES, "any language", ALWAYS),
    Range("functions.*.package", ("zip", "image"), "either may be chosen", ALWAYS),
    Range("functions.*.tmp", TMP, "both ends of the range"),
    Range("functions.*.timeout", time_ranges.timeouts, "anything that does not cut the run", ALWAYS),
    Range("functions.*.init", time_ranges.inits, "from a small script to just under the limit of 10 s", ALWAYS),
    Range("functions.*.cold_total", time_ranges.cold_totals, "as init"),
    Range(
        "functions.*.duration", time_ranges.durations, "from a lookup to a minute's work that callers wait for", ALWAYS
    ),
    Range("functions.*.cpu_time", ("0 s", "500 ms"), "work for the processor, or none"),
    Range("functions.*.record_time", ("0 s", "100 ms"), "each record of a batch takes time, or none"),
    Range("functions.*.first_run", ("0 s", "2 s"), "a first run like all others, and a slow one"),
    Range("functions.*.background", ("0 s", "500 ms"), "a handler leaves nothing running unless it is said"),
    Range("functions.*.fails", ("never", "always"), "code that works, and code that does not"),
    Range("functions.*.init_fails", ("never", "always"), "code that starts, and code that does not"),
    Range("functions.*.system_errors", ("never", {"from": "0 s", "to": "60 s"}), "Lambda itself works, or does not"),
    Range("functions.*.memory_used", ("1 MB", megabytes(TRUTH.memory_min)), "fits into the smallest memory"),
    Range("functions.*.memory_leak", ("0 MB", "10 MB"), "code that keeps nothing, and code that does"),
    Range("functions.*.tmp_left", ("0 MB", "100 MB"), "a run that clears up, and one that does not"),
    Range("functions.*.response", ("1 KB", "500 KB"), "small, and below every limit of those who wait"),
    Range("functions.*.vpc", ("no", "yes"), "AWS's default is no"),
    Range("functions.*.reserved_concurrency", (None, 5, 100), "AWS's default is none; few, and many"),
    Range("functions.*.provisioned_concurrency", (None, 1, 10), "AWS's default is none; few, and many"),
    Range("functions.*.provisioned_ready", ("yes",), "ready before the run begins"),
    Range("functions.*.async_retries", ASYNC_RETRIES, "every value that AWS allows; 2 by default"),
    Range(
        "functions.*.async_max_age",
        (seconds(TRUTH.async_age_min), seconds(TRUTH.async_age_max)),
        "both ends of the range; 6 hours by default",
    ),
    Range("functions.*.dead_letter_queue", ("no", "yes"), "AWS's default is none"),
    Range("functions.*.on_failure", ("none", "sqs", "sns"), "AWS's default is none"),
    Range("functions.*.on_success", ("none", "sqs", "sns"), "AWS's default is none"),
    Range("functions.*.holds_connections", (None, 1, 5), "none, one, or a pool of them"),
    Range("warm.*", (0, 1, 1_000), "nothing says how many environments are warm when the run begins"),
    Range("databases.*.connections", scaled, "half as many and twice as many: no number is usual"),
    Range("databases.*.proxy", ("no", "yes"), "a database has no proxy unless it is given one"),
    Range("databases.*.timeout", ("1 s", "30 s"), "code that soon gives up waiting, and code that does not"),
    Range("databases.*.down", (None,), "a database answers unless it is said to be down"),
)
