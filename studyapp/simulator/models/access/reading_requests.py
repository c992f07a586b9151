"""Reads the requests: who does what, and to which resource. What cannot be meant is refused by name."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.access.kinds import EVERYONE
from studyapp.simulator.models.access.parts import Identity, Request, Thing
from studyapp.simulator.models.access.reading_policies import action
from studyapp.simulator.models.access.words import defined, listed, word
from studyapp.simulator.reading import OURS, Fields

MOST_ACTIONS: Final = 40
"""That all requests name together. Each is held against every pattern of two policies."""
FOR_FUNCTIONS: Final = ("poll", "send", "attach", "log", "mount", "mount-and-write", "run")
"""What Lambda does for a function with its execution role."""
WORDS: Final = ("invoke", "url", "assume", *FOR_FUNCTIONS)
WITHOUT_TARGET: Final = ("attach", "run")
_TARGETS: Final = {"invoke": "function", "url": "function", "assume": "role", "log": "log-group",
                   "mount": "file-system", "mount-and-write": "file-system"}  # fmt: skip


def read_requests(
    named: list[tuple[str, object]], identities: Mapping[str, Identity], things: Mapping[str, Thing]
) -> tuple[Request, ...]:
    if not named:
        raise ScenarioError("access.requests", "none", "must name at least one request")
    roles = {each: Thing(each, "role", role.account, (role.trust,)) for each, role in identities.items() if role.trust}
    requests = tuple(_request(name, body, identities, things, {**things, **roles}) for name, body in named)
    total = sum(len(each.actions) for each in requests)
    if total > MOST_ACTIONS:
        raise ScenarioError("access.requests", f"{total} actions", f"is above {MOST_ACTIONS}, the most in all ({OURS})")
    return requests


def _request(
    name: str,
    body: object,
    identities: Mapping[str, Identity],
    things: Mapping[str, Thing],
    targets: Mapping[str, Thing],
) -> Request:
    fields = Fields(body, f"access.requests.{name}")
    by = defined(
        fields.at("by"), word(fields, "by", "it is everyone or a name"), {EVERYONE, *identities, *things}, "caller"
    )
    does, actions = _deed(fields)
    request = Request(name, by, does, actions, _target(fields, does, targets), fields.name("origin"))
    if request.origin and does != "url":
        raise ScenarioError(fields.at("origin"), request.origin, "is for a request with does: url")
    _check_caller(fields, request, things.get(by))
    _check_target(fields, request, things.get(by))
    fields.done()
    return request


def _deed(fields: Fields) -> tuple[str, tuple[str, ...]]:
    """A word of WORDS and no actions, or no word and the actions that are named."""
    words, where = listed(fields, "does"), fields.at("does")
    if not words:
        raise ScenarioError(where, None, f"is missing: it is an action of IAM, or one of {', '.join(WORDS)}")
    if len(words) == 1 and words[0] in WORDS:
        return words[0], ()
    named = [each for each in words if each in WORDS]
    if named:
        raise ScenarioError(where, named[0], "stands among other actions: such a word stands alone")
    return "", tuple(action(where, each, is_pattern=False) for each in words)


def _target(fields: Fields, does: str, targets: Mapping[str, Thing]) -> Thing | None:
    where, label = fields.at("target"), fields.name("target")
    if not label:
        return None
    if does in WITHOUT_TARGET:
        raise ScenarioError(where, label, f"is not for a request with does: {does}")
    return targets[defined(where, label, targets, "resource or role")]


def _check_caller(fields: Fields, request: Request, thing: Thing | None) -> None:
    where, does = fields.at("by"), request.does
    if does in FOR_FUNCTIONS and (thing is None or thing.kind != "function"):
        raise ScenarioError(where, request.by, f"is no function, and only a function can {does}")
    if does == "assume" and (thing or request.by == EVERYONE):
        raise ScenarioError(where, request.by, "is no user and no role: nobody else can assume")
    if thing is None:
        return
    if thing.role is None and not thing.about.acts_as:
        needs = "needs a role to act" if thing.about.takes_role else "calls nobody"
        raise ScenarioError(where, request.by, f"is {thing.about.a} that {needs}")
    if does == "url" and thing.role is None:
        raise ScenarioError(where, request.by, f"is {thing.about.a}: a service calls no function URL")


def _check_target(fields: Fields, request: Request, caller: Thing | None) -> None:
    where, does, target = fields.at("target"), request.does, request.target
    if target is None:
        _check_left_out(where, request, caller)
        return
    about, kind = target.about, _TARGETS.get(does)
    if kind and target.kind != kind:
        raise ScenarioError(
            where, target.name, f"is {about.a}, and does: {does} is for {'a ' + kind.replace('-', ' ')}"
        )
    if (does == "poll" and not about.polled) or (does == "send" and not about.sent):
        raise ScenarioError(where, target.name, f"is {about.a}, which no function can {does}{' to' * (does == 'send')}")
    if does == "url" and not target.url:
        raise ScenarioError(where, target.name, "is a function without a url")
    if does.startswith("mount") and caller and not caller.vpc:
        raise ScenarioError(fields.at("by"), caller.name, "must be in a VPC to mount a file system: give it vpc: yes")
    for each in request.actions:
        if each.partition(":")[0] not in about.services:
            raise ScenarioError(fields.at("does"), each, f"is no action on {about.a}, such as {target.name} is")


def _check_left_out(where: str, request: Request, caller: Thing | None) -> None:
    """An action about no resource is for callers with policies of their own."""
    if request.does in (*WITHOUT_TARGET, "log"):
        return
    is_service = request.by == EVERYONE or (caller is not None and caller.role is None)
    if request.does or is_service:
        raise ScenarioError(where, None, "is missing: name the resource that the request is about")
