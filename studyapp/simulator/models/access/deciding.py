"""Whether one action is allowed: denies first, then the caller's policies and the resource's, as the accounts ask for it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from studyapp.simulator.models.access import believed
from studyapp.simulator.models.access.asking import Ask, Found, find
from studyapp.simulator.models.access.parts import Statement, Thing
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop

NOBODY: Final = "no statement"
"""What decides where nothing is said: to be refused then is an implicit deny."""
ASSUME: Final = "sts:assumerole"


class Decision(NamedTuple):
    """`by` names the statements that decide, the last hop is the one that settles it."""

    ok: bool
    by: str
    hops: tuple[Hop, ...]


def decide(ask: Ask, rulebook: Rulebook) -> Decision:
    """What comes of one action under `rulebook`."""
    found = find(ask)
    denied = _denial(found, rulebook)
    if not denied.ok and found.deny:
        return Decision(False, found.deny.label, (denied,))
    imagined = believed.hop(ask, found, rulebook)
    if imagined:
        return Decision(imagined.ok, NOBODY, (denied, imagined))
    hops = (denied, *_steps(ask, found, rulebook))
    by = _allowing(ask, found, rulebook) if hops[-1].ok else ()
    return Decision(hops[-1].ok, ", ".join(each.label for each in by) or NOBODY, hops)


def _denial(found: Found, rulebook: Rulebook) -> Hop:
    name, rule = "Explicit denies", "explicit_deny_wins"
    if found.deny is None:
        return Hop(name, True, "No statement denies it.", rule)
    if rulebook.explicit_deny_wins or not found.has_allow:
        return Hop(name, False, f"{_begin(found.deny)} denies it, and a deny wins over every allow.", rule)
    return Hop(name, True, f"{_begin(found.deny)} denies it, and an allow would win over it, if this were so.", rule)


def _steps(ask: Ask, found: Found, rulebook: Rulebook) -> Iterator[Hop]:
    """The hops after the denies. The last one says what is settled."""
    if ask.caller.identity is None:
        yield _caller(ask)
        yield _policy(ask, found, is_last=True)
        return
    yield _identity(ask, found, is_last=ask.target is None)
    if ask.target is not None:
        yield _policy(ask, found, is_last=False)
        yield _verdict(ask, ask.target, found, rulebook)


def _caller(ask: Ask) -> Hop:
    source = ask.caller.source
    if source is None:
        return Hop("Caller", True, "Nobody has signed the request, so the resource's policy alone decides.")
    says = f"{ask.caller.label} calls for {source.name}: a service, so the resource's policy alone decides."
    return Hop("Caller", True, says, "execution_role_lets_callers_in")


def _identity(ask: Ask, found: Found, *, is_last: bool) -> Hop:
    name = f"Policies of {ask.caller.label}"
    if found.identity:
        return Hop(name, True, f"{_begin(found.identity)} allows {ask.written}.", "implicit_deny")
    return Hop(name, not is_last, f"No statement allows {ask.written}{_on(ask.target)}.", "implicit_deny")


def _policy(ask: Ask, found: Found, *, is_last: bool) -> Hop:
    """What the resource's policy says. It settles the matter for callers who bring no policies of their own."""
    name, who, rule = _policy_name(ask.target), ask.caller.label, "implicit_deny"
    if found.direct:
        return Hop(name, True, f"{_begin(found.direct)} allows {ask.written} to {who}.", rule)
    if found.delegated:
        says = f"{_begin(found.delegated)} allows {ask.written} to account {ask.caller.account}, which may pass it on."
        return Hop(name, True, says, "account_statement_is_enough")
    return Hop(name, not is_last, f"No statement allows {ask.written} to {who}.", rule)


def _verdict(ask: Ask, target: Thing, found: Found, rulebook: Rulebook) -> Hop:
    ok = bool(_allowing(ask, found, rulebook))
    if target.account != ask.caller.account:
        return _across(ask, target, found, rulebook, ok=ok)
    if target.kind == "key" or ask.action == ASSUME:
        return _strictly(ask, target, found, rulebook, ok=ok)
    name = "Same account"
    if rulebook.same_account_needs_both:
        return Hop(
            name, ok, "Within an account, too, both policies must allow it, if this were so.", "same_account_needs_both"
        )
    if ok:
        return Hop(name, True, "Within an account one policy that allows it is enough.", "same_account_needs_both")
    says = f"Neither policy allows {ask.written}, and what nobody allows is refused."
    if found.delegated:
        says = f"The statement leaves it to the account, and no policy of {ask.caller.label} allows it."
    return Hop(name, False, says, "implicit_deny")


def _across(ask: Ask, target: Thing, found: Found, rulebook: Rulebook, *, ok: bool) -> Hop:
    name, rule = "Two accounts", "cross_account_needs_both"
    if not rulebook.cross_account_needs_both:
        return Hop(name, ok, "One policy that allows it would be enough across accounts, if this were so.", rule)
    if ok:
        return Hop(name, True, f"Accounts {ask.caller.account} and {target.account} both allow it, as both must.", rule)
    lacking = "neither does"
    if found.identity:
        lacking = f"the policy of {target.name} does not"
    elif found.direct or found.delegated:
        lacking = f"no policy of {ask.caller.label} does"
    return Hop(name, False, f"Across accounts both sides must allow it, and {lacking}.", rule)


def _strictly(ask: Ask, target: Thing, found: Found, rulebook: Rulebook, *, ok: bool) -> Hop:
    """The verdict where the resource's own policy must agree: on a key, and on a role that is to be taken on."""
    name, rule = ("Key policy", "key_policy_decides") if target.kind == "key" else ("Trust policy", "trust_is_checked")
    policy, who = f"the {name.lower()} of {target.name}", ask.caller.label
    if not _is_strict(ask, target, rulebook):
        return Hop(name, ok, f"Any policy that allows it would do, without {policy}, if this were so.", rule)
    if ok:
        return Hop(name, True, f"Here {policy} itself must agree, and it does.", rule)
    if found.delegated:
        return Hop(name, False, f"Here {policy} leaves it to the account, where no policy of {who} allows it.", rule)
    return Hop(name, False, f"Here {policy} itself must agree, and it does not name {who}.", rule)


def _allowing(ask: Ask, found: Found, rulebook: Rulebook) -> tuple[Statement, ...]:
    """The statements that together allow it; none when it is refused."""
    own, direct = found.identity, found.direct
    if ask.caller.identity is None or ask.target is None:
        return _all(direct if ask.caller.identity is None else own)
    theirs = direct or found.delegated
    if ask.target.account != ask.caller.account:
        if not rulebook.cross_account_needs_both:
            return _all(own or theirs)
        return _all(own, theirs) if own and theirs else ()
    if rulebook.same_account_needs_both:
        return _all(own, theirs) if own and theirs else ()
    if _is_strict(ask, ask.target, rulebook):
        return _all(direct) if direct else _all(own, theirs) if own and theirs else ()
    return _all(own or direct)


def _is_strict(ask: Ask, target: Thing, rulebook: Rulebook) -> bool:
    """Whether the resource's own policy must agree, even within an account."""
    if target.kind == "key":
        return rulebook.key_policy_decides
    return ask.action == ASSUME and rulebook.trust_is_checked


def _all(*statements: Statement | None) -> tuple[Statement, ...]:
    return tuple(each for each in statements if each)


def _policy_name(target: Thing | None) -> str:
    if target is None:
        return "Policy of the resource"
    return f"{'Trust policy' if target.kind == 'role' else 'Policy'} of {target.name}"


def _begin(statement: Statement) -> str:
    """A statement at the beginning of a sentence."""
    return f"{statement.label[:1].upper()}{statement.label[1:]}" if " " in statement.label else statement.label


def _on(target: Thing | None) -> str:
    return "" if target is None else f" on {target.name}"
