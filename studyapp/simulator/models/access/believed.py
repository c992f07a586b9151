"""What decides only in a world where a wrong belief is right."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from studyapp.simulator.models.access.asking import Ask, Found, comes_from, is_about, names
from studyapp.simulator.models.access.parts import Identity, Request, Statement, Thing
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop

Says = tuple[str, str] | None
"""The name of a hop and what it says; None where the belief has nothing to say."""

INVOKING: Final = ("lambda:invokefunction", "lambda:invokefunctionurl")


def hop(ask: Ask, found: Found, rulebook: Rulebook) -> Hop | None:
    """The first belief that settles a request which no statement denies."""
    for rule, imagine in _GRANTS.items():
        if getattr(rulebook, rule) and (imagined := imagine(ask, found)):
            return Hop(imagined[0], True, f"{imagined[1]}, if this were so.", rule)
    if not rulebook.url_none_needs_policy and ask.auth == "none":
        says = "A URL without authentication would need no policy, if this were so."
        return Hop("Function URL", True, says, "url_none_needs_policy")
    if not rulebook.implicit_deny:
        return Hop("Denies", True, "What nobody denies would be allowed, if this were so.", "implicit_deny")
    return _stranger(ask, rulebook)


def about(request: Request, thing: Thing | None, rulebook: Rulebook) -> Iterator[Hop]:
    """What beliefs say about a request as a whole: which rights it would need, or not need. `thing` asks."""
    if request.does == "send" and not rulebook.destinations_need_rights:
        says = "Lambda would deliver with rights of its own, if this were so."
        yield Hop("Destination", True, says, "destinations_need_rights")
    if request.opens and not rulebook.encrypted_sources_need_the_key:
        says = f"Nobody would need a right to {request.opens}, if this were so."
        yield Hop("Encryption", True, says, "encrypted_sources_need_the_key")
    if request.does != "run":
        return
    if rulebook.vpc_rights_needed_to_run and thing and thing.vpc:
        says = "Each run would need the rights for network interfaces, if this were so."
        yield Hop("Network interface", True, says, "vpc_rights_needed_to_run")
    if rulebook.logs_needed_to_run:
        yield Hop("Logs", True, "A run would need the rights for its logs, if this were so.", "logs_needed_to_run")


def _stranger(ask: Ask, rulebook: Rulebook) -> Hop | None:
    source, target, rule = ask.caller.source, ask.target, "services_stay_in_their_account"
    if not rulebook.services_stay_in_their_account or not source or not target or source.account == target.account:
        return None
    return Hop(
        "Caller", False, f"A service would act for resources of account {target.account} alone, if this were so.", rule
    )


def _one_account(ask: Ask, _: Found) -> Says:
    account = ask.caller.source.account if ask.caller.source else ask.caller.account
    if ask.target is None or account != ask.target.account:
        return None
    return "Same account", f"Being in account {account} would be enough"


def _whole_account(ask: Ask, found: Found) -> Says:
    if found.delegated is None or ask.target is None:
        return None
    return f"Policy of {ask.target.name}", f"A statement for account {ask.caller.account} would let in everybody there"


def _role_as_door(ask: Ask, _: Found) -> Says:
    role = _role(ask)
    if role is None or not any(is_about(each, ask) for each in _allows(role.policy)):
        return None
    return f"Policies of {role.label}", "The function's own role would let the caller in"


def _source_as_door(ask: Ask, _: Found) -> Says:
    role, source = _role(ask), ask.caller.source
    if role is None or source is None or not any(_may_use(each, source) for each in _allows(role.policy)):
        return None
    return f"Policies of {role.label}", f"A function that may use {source.name} would be open to it"


def _trust_as_door(ask: Ask, _: Found) -> Says:
    role = _role(ask)
    if role is None or role.trust is None or ask.caller.service not in role.trust.to:
        return None
    return f"Trust policy of {role.name}", f"A role that trusts {ask.caller.label} would let it invoke"


def _way_back(ask: Ask, _: Found) -> Says:
    """A function that asks for something which its own policy lets invoke it."""
    acting, target = ask.caller.acting, ask.target
    if acting is None or target is None or not any(_lets_in(each, target) for each in _allows(acting.policy)):
        return None
    return f"Policy of {acting.name}", f"What {target.name} invokes could use it"


def _lets_in(statement: Statement, target: Thing) -> bool:
    return target.about.acts_as in statement.to and comes_from(statement, target)


def _may_use(statement: Statement, source: Thing) -> bool:
    """Whether it allows any action of the source's own service on it."""
    services = {action.partition(":")[0] for action in statement.actions}
    return bool(services & {"*", *source.about.services}) and names(statement, source)


def _role(ask: Ask) -> Identity | None:
    """The execution role of the function that is to be invoked."""
    is_invoked = ask.target is not None and ask.target.kind == "function" and ask.action in INVOKING
    return ask.target.role if ask.target and is_invoked else None


def _allows(policy: tuple[Statement, ...]) -> Iterator[Statement]:
    return (each for each in policy if not each.is_deny)


_GRANTS: Final[Mapping[str, Callable[[Ask, Found], Says]]] = {
    "same_account_is_enough": _one_account,
    "account_statement_is_enough": _whole_account,
    "execution_role_lets_callers_in": _role_as_door,
    "access_to_the_source_lets_it_invoke": _source_as_door,
    "trusted_services_may_invoke": _trust_as_door,
    "invocation_grants_access_back": _way_back,
}
