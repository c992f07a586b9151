"""From a request to its answer: who acts, which actions it takes, and the path on which they are allowed or not."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from studyapp.simulator.models.access import believed
from studyapp.simulator.models.access.asking import Ask, Caller
from studyapp.simulator.models.access.deciding import ASSUME, NOBODY, Decision, decide
from studyapp.simulator.models.access.kinds import EVERYONE, SERVICES, SPELLED
from studyapp.simulator.models.access.parts import Request, Thing, World
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path

INVOKE: Final = "lambda:invokefunction"
DECRYPT: Final = "kms:decrypt"
BY_WORD: Final = {
    "url": "url_actions",
    "attach": "vpc_attach_actions",
    "log": "log_actions",
    "mount": "mount_actions",
    "mount-and-write": "mount_write_actions",
}


class Walk(NamedTuple):
    """A request's path, what decided it, and the actions that are not allowed."""

    path: Path
    by: str
    missing: tuple[str, ...]


class _Start(NamedTuple):
    """Who acts, by which hops; the last one refuses where `by` says what decided."""

    caller: Caller
    hops: tuple[Hop, ...] = ()
    by: str = ""


def walk(world: World, request: Request, rulebook: Rulebook) -> Walk:
    """Stop at the first hop that refuses."""
    start = _start(world, request, rulebook)
    if start.hops and not start.hops[-1].ok:
        lacking = (ASSUME,) if start.caller.identity else _actions(request, rulebook)
        return Walk(_path(request, start.hops), start.by, tuple(SPELLED.get(each, each) for each in lacking))
    asks = list(_asks(world, request, start.caller, rulebook))
    decisions = [decide(each, rulebook) for each in asks]
    if foreign := _foreign_key(request, start.caller, rulebook):
        asks.append(Ask.of(DECRYPT, request.target, start.caller))
        decisions.append(foreign)
    supposed = believed.about(request, world.things.get(request.by), rulebook)
    path = _path(request, (*start.hops, *supposed, *_hops(asks, decisions)))
    missing = tuple(ask.written for ask, each in zip(asks, decisions, strict=True) if not each.ok)
    return Walk(path, _by(decisions) if decisions else start.by or NOBODY, missing)


def _start(world: World, request: Request, rulebook: Rulebook) -> _Start:
    thing = world.things.get(request.by)
    if request.does == "url":
        return _at_the_url(world, request, rulebook)
    if request.by == EVERYONE:
        return _Start(Caller())
    if thing is None:
        return _Start(Caller(identity=world.identities[request.by]))
    if request.does == "poll" and rulebook.mappings_are_pushed and request.target:
        says = f"{request.target.name} would invoke {thing.name} itself, if this were so."
        pushed = Hop("Event source mapping", True, says, "mappings_are_pushed")
        return _Start(Caller(service=request.target.about.services[0], source=request.target), (pushed,))
    if thing.kind == "schedule" and rulebook.schedules_use_the_function_policy:
        says = "A schedule would be let in by the function's policy, as a rule is, if this were so."
        let_in = Hop("Schedule", True, says, "schedules_use_the_function_policy")
        return _Start(Caller(service="scheduler", source=thing), (let_in,))
    if thing.role is None:
        return _Start(Caller(service=thing.about.acts_as, source=thing))
    return _in_a_role(thing, rulebook)


def _in_a_role(thing: Thing, rulebook: Rulebook) -> _Start:
    """A service takes on the role of what it works for, if the role trusts it."""
    role, service = thing.role, thing.about.takes_role
    if role is None or role.trust is None:
        raise AssertionError("a reader has checked that it has a role")
    name, by, who = f"Trust policy of {role.name}", f"trust policy of {role.name}", SERVICES[service]
    caller = Caller(identity=role, acting=thing)
    if service in role.trust.to or EVERYONE in role.trust.to:
        return _Start(
            caller, (Hop(name, True, f"It lets {who} take on the role for {thing.name}.", "trust_is_checked"),), by
        )
    if not rulebook.trust_is_checked:
        return _Start(
            caller, (Hop(name, True, "Any service could take on any role, if this were so.", "trust_is_checked"),)
        )
    says = f"It does not name {who}, which therefore cannot take on the role for {thing.name}."
    return _Start(caller, (Hop(name, False, says, "trust_is_checked"),), by)


def _at_the_url(world: World, request: Request, rulebook: Rulebook) -> _Start:
    """Who stands before a function URL: with the type NONE nobody is known, whoever it is."""
    url, cors = request.target.url if request.target else "", request.target.cors if request.target else ()
    if rulebook.cors_guards_a_url and cors and not {"*", request.origin} & set(cors):
        says = "CORS would refuse a caller of another origin, if this were so."
        return _Start(Caller(), (Hop("CORS", False, says, "cors_guards_a_url"),), "CORS")
    name = "URL authentication"
    if url == "none":
        return _Start(Caller(), (Hop(name, True, "With the type NONE Lambda does not ask who calls."),))
    if request.by == EVERYONE:
        says = "With the type AWS_IAM a request must be signed, and this one is not."
        return _Start(Caller(), (Hop(name, False, says),), "URL authentication")
    signed = Hop(name, True, f"The request is signed by {request.by}.")
    thing = world.things.get(request.by)
    if thing is None:
        return _Start(Caller(identity=world.identities[request.by]), (signed,))
    start = _in_a_role(thing, rulebook)
    return start._replace(hops=(*start.hops, signed)) if start.hops[-1].ok else start


def _asks(world: World, request: Request, caller: Caller, rulebook: Rulebook) -> Iterator[Ask]:
    target, auth = request.target, request.target.url if request.does == "url" and request.target else ""
    if request.does == "poll" and caller.service:
        yield Ask.of(INVOKE, world.things[request.by], caller)
        return
    if request.does == "send" and not rulebook.destinations_need_rights:
        return
    actions = _actions(request, rulebook)
    yield from (Ask.of(action, target, caller, auth) for action in actions)
    if request.opens and rulebook.encrypted_sources_need_the_key:
        yield Ask.of(DECRYPT, world.things[request.opens], caller)
    if request.does == "run":
        yield from _to_run(world.things[request.by], caller, rulebook)


def _to_run(thing: Thing, caller: Caller, rulebook: Rulebook) -> Iterator[Ask]:
    """What a run asks for only where a belief has it so."""
    if rulebook.vpc_rights_needed_to_run and thing.vpc:
        yield from (Ask.of(action, None, caller) for action in rulebook.vpc_attach_actions.split())
    if rulebook.logs_needed_to_run:
        yield from (Ask.of(action, None, caller) for action in rulebook.log_actions.split())


def _foreign_key(request: Request, caller: Caller, rulebook: Rulebook) -> Decision | None:
    """A secret without a key of its own is behind AWS's key, which serves the secret's account alone.

    Source: Access AWS Secrets Manager secrets from a different account.
    """
    target, rule = request.target, "default_key_crosses_accounts"
    if target is None or target.kind != "secret" or target.key or not request.reads:
        return None
    if caller.account in (None, target.account):
        return None
    if rulebook.default_key_crosses_accounts:
        says = "AWS's own key would serve other accounts as well, if this were so."
        return Decision(True, NOBODY, (Hop("AWS managed key", True, says, rule),))
    says = (
        f"AWS's own key serves account {target.account} alone; for another, {target.name} needs a customer managed key."
    )
    return Decision(False, "AWS managed key", (Hop("AWS managed key", False, says, rule),))


def _actions(request: Request, rulebook: Rulebook) -> tuple[str, ...]:
    """As the request or the rulebook writes them."""
    about = request.target.about if request.target else None
    rule = BY_WORD.get(request.does)
    if about and request.does in ("poll", "send"):
        rule = about.polled if request.does == "poll" else about.sent
    if rule:
        return tuple(getattr(rulebook, rule).split())
    return {"invoke": (INVOKE,), "assume": (ASSUME,), "run": ()}.get(request.does, request.actions)


def _hops(asks: list[Ask], decisions: list[Decision]) -> Iterator[Hop]:
    """All steps of a single action; of several one hop each, that which settled it, as far as the first that is refused."""
    if len(decisions) == 1:
        yield from decisions[0].hops
        return
    for ask, decision in zip(asks, decisions, strict=True):
        last = decision.hops[-1]
        says = f"Allowed by {decision.by}." if decision.ok and decision.by != NOBODY else last.says
        yield Hop(ask.written, decision.ok, says, last.rule)
        if not decision.ok:
            return


def _by(decisions: list[Decision]) -> str:
    """What decided: the first refusal, or every statement that allows."""
    refused = next((each for each in decisions if not each.ok), None)
    if refused:
        return refused.by
    named = [label for each in decisions for label in each.by.split(", ") if label != NOBODY]
    return ", ".join(dict.fromkeys(named)) or NOBODY


def _path(request: Request, hops: tuple[Hop, ...]) -> Path:
    return Path(request.name, hops[-1].ok, hops, "access")
