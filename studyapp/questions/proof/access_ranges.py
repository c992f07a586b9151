"""Ranges of permissions. Who is there, with which role, and what is asked is the story; what a policy says is moved."""

from __future__ import annotations

from studyapp.questions.proof.range import Range

_NOTHING = "nothing is allowed unless it is said"
_EVERYTHING = "everything instead of what is written"
_HOME = "in the one account that there is unless it is said"


def _statements(where: str) -> tuple[Range, ...]:
    return (
        Range(f"{where}.policy.*.allow", (["*"],), _EVERYTHING),
        Range(f"{where}.policy.*.deny", (["*"],), _EVERYTHING),
    )


def _identity(where: str) -> tuple[Range, ...]:
    return (
        Range(f"{where}.account", ("home",), _HOME),
        *_statements(where),
        Range(f"{where}.policy.*.resources", (None,), "all resources, as a policy without the field"),
        Range(f"{where}.policy", ([],), _NOTHING),
        Range(f"{where}.managed", ([],), _NOTHING),
    )


RANGES: tuple[Range, ...] = (
    *_identity("access.roles.*"),
    Range("access.roles.*.trusts", ([], ["lambda"], ["everyone"]), "nobody, Lambda, and everyone"),
    *_identity("access.users.*"),
    Range("access.resources.*.account", ("home",), _HOME),
    *_statements("access.resources.*"),
    Range("access.resources.*.policy.*.to", (["everyone"],), "everyone instead of who is written"),
    Range("access.resources.*.policy.*.source", (None,), "any resource, as a policy without the condition"),
    Range("access.resources.*.policy.*.source_account", (None,), "any account, as a policy without the condition"),
    Range("access.resources.*.policy.*.auth", ("iam", "none"), "for either type of URL"),
    Range("access.resources.*.policy.*.through_url", (None, "yes"), "in any case, or through the URL alone"),
    Range("access.resources.*.policy", (None,), "AWS's default: of most resources none"),
    Range("access.resources.*.url", ("iam", "none"), "either may be chosen"),
    Range("access.resources.*.cors", ([], ["https://other.example"]), "AWS's default is no origin; another one"),
    Range("access.resources.*.vpc", ("no", "yes"), "AWS's default is no"),
    Range("access.resources.*.key", (None,), "AWS's default is no key of the account"),
    Range("access.requests.*.origin", (None, "https://other.example"), "no browser, and another page"),
)
