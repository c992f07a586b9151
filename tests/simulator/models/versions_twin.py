"""What AWS makes of a list of steps, found by looking back through those that it accepted; nothing is kept. Slow, for tests.

It knows code, memory, role and dead-letter queue as settings that are frozen, and on_failure as one that is not.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]
Accepted = list[Data]


def answer(data: Data) -> Data:
    """`refused`: a reason by step; `published`: a number by step; of each address `runs`, `version` and `shares`."""
    accepted: Accepted = []
    refused: Data = {}
    published: Data = {}
    start = {"code": data["code"], **data["settings"]}
    for place, step in enumerate(data["steps"], 1):
        why = refusal(step, accepted, start)
        refused[str(place)] = why
        if "publish" in step:
            number = None if is_unchanged(accepted, start) else 1 + len(publishings(accepted))
            published[str(place)] = number
            accepted.append({"nothing": True} if number is None else {"published": number})
        elif why is None:
            accepted.append(step)
    return {"refused": refused, "published": published, "accepted": accepted, "start": start}


def refusal(step: Data, accepted: Accepted, start: Data) -> str | None:
    if "edit" in step or "configure" in step:
        return change_refusal(step, accepted)
    if "delete_version" in step:
        number = step["delete_version"]
        if number == "latest":
            return "$LATEST stays"
        if number not in versions(accepted):
            return "no such version"
        return "an alias points to it" if any(number in shares(each) for each in aliases(accepted).values()) else None
    if "create_alias" in step and step["create_alias"] in aliases(accepted):
        return "alias exists"
    if "update_alias" in step and step["update_alias"] not in aliases(accepted):
        return "no such alias"
    if "delete_alias" in step:
        return None if step["delete_alias"] in aliases(accepted) else "no such alias"
    return alias_refusal(step, accepted, start) if "to" in step else None


def change_refusal(step: Data, accepted: Accepted) -> str | None:
    of = step.get("of", "latest")
    is_frozen = "edit" in step or set(step["configure"]) - {"on_failure"}
    if of == "latest":
        return None
    if isinstance(of, str):
        if of not in aliases(accepted):
            return "no such alias"
        return "only $LATEST is edited" if is_frozen else None
    if of not in versions(accepted):
        return "no such version"
    return "versions are fixed" if is_frozen else None


def alias_refusal(step: Data, accepted: Accepted, start: Data) -> str | None:
    """The order in which it is asked is ours: what the targets are, how many, how heavy, published, alike."""
    to, weights = step["to"], step.get("weights", {})
    for target in (to, *weights):
        if target in aliases(accepted):
            return "an alias points to versions"
        if target != "latest" and target not in versions(accepted):
            return "no such version" if isinstance(target, int) else "no such alias"
    if to in weights:
        return "one version twice"
    return weights_refusal(step, accepted, start) if weights else None


def weights_refusal(step: Data, accepted: Accepted, start: Data) -> str | None:
    to, weights = step["to"], step["weights"]
    if len(weights) > 1:
        return "at most 2 versions"
    if not 0 <= next(iter(weights.values())) <= 100:
        return "weights are 0 to 1"
    if "latest" in (to, *weights):
        return "$LATEST takes no weight"
    one, other = (content(each, accepted, start) for each in (to, *weights))
    if one.get("role") != other.get("role"):
        return "different roles"
    if one.get("dead_letter_queue") != other.get("dead_letter_queue"):
        return "different dead-letter queues"
    return None


def publishings(accepted: Accepted) -> list[int]:
    return [event["published"] for event in accepted if "published" in event]


def versions(accepted: Accepted) -> set[int]:
    """Those that exist."""
    gone = {event["delete_version"] for event in accepted if "delete_version" in event}
    return set(publishings(accepted)) - gone


def aliases(accepted: Accepted) -> Data:
    """The last step about each alias, unless it was a deletion."""
    last: Data = {}
    for event in accepted:
        name = event.get("create_alias") or event.get("update_alias") or event.get("delete_alias")
        if name:
            last[name] = event
    return {name: event for name, event in last.items() if "delete_alias" not in event}


def shares(alias: Data) -> Data:
    """Percent by version."""
    weights = alias.get("weights", {})
    return {alias["to"]: 100 - sum(weights.values()), **weights}


def content(version: Any, accepted: Accepted, start: Data) -> Data:
    """What $LATEST was at the end, or when the version was published."""
    until = len(accepted) if version == "latest" else accepted.index({"published": version})
    found = dict(start)
    for event in accepted[:until]:
        if event.get("of", "latest") == "latest":
            found |= {"code": event["edit"]} if "edit" in event else {}
            found |= {name: value for name, value in event.get("configure", {}).items() if name != "on_failure"}
    return found


def is_unchanged(accepted: Accepted, start: Data) -> bool:
    left = versions(accepted)
    return bool(left) and content(max(left), accepted, start) == content("latest", accepted, start)


def runs(address: Any, found: Data) -> Data | None:
    """Percent by code, in the order of the alias; None if nothing runs."""
    accepted, start = found["accepted"], found["start"]
    alias = aliases(accepted).get(address)
    targets = shares(alias) if alias else {"latest" if address == "unqualified" else address: 100}
    if any(each != "latest" and each not in versions(accepted) for each in targets):
        return None
    return {each: (content(each, accepted, start)["code"], share) for each, share in targets.items()}


NAMES = st.sampled_from(["live", "test"])
NUMBERS = st.integers(1, 4)
TARGETS = st.one_of(NUMBERS, NUMBERS, NUMBERS, st.just("latest"), NAMES)
WEIGHTS = st.dictionaries(
    st.one_of(NUMBERS, NUMBERS, st.just("latest")), st.sampled_from([0, 5, 10, 50, 100, 120]), max_size=2
)
SETTINGS = st.dictionaries(
    st.sampled_from(["role", "dead_letter_queue", "on_failure"]), st.sampled_from(["a", "b"]), min_size=1
)
OF = st.one_of(st.just("latest"), st.just("latest"), NUMBERS, NAMES)
STEPS = st.one_of(
    st.fixed_dictionaries({"edit": st.sampled_from(["red", "blue", "green"])}, optional={"of": OF}),
    st.fixed_dictionaries({"configure": SETTINGS}, optional={"of": OF}),
    st.just({"publish": True}),
    st.just({"publish": True}),
    st.fixed_dictionaries({"delete_version": st.one_of(NUMBERS, NUMBERS, st.just("latest"))}),
    st.fixed_dictionaries({"create_alias": NAMES, "to": TARGETS}, optional={"weights": WEIGHTS}),
    st.fixed_dictionaries({"update_alias": NAMES, "to": TARGETS}, optional={"weights": WEIGHTS}),
    st.fixed_dictionaries({"delete_alias": NAMES}),
)
HISTORIES = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["red", "blue"]),
        "settings": st.dictionaries(st.just("role"), st.sampled_from(["a", "b"])),
        "steps": st.lists(STEPS, max_size=16),
    }
)
"""Weights are percent here."""


def written(data: Data) -> Data:
    """As the model reads it."""
    steps = []
    for step in data["steps"]:
        weights = {str(each): f"{share} %" for each, share in step.get("weights", {}).items()}
        steps.append({**step, "weights": weights} if "weights" in step else step)
    return {**data, "steps": steps}
