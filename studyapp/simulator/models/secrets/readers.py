"""Who gets the plain value: step by step for each person, and for the running function with its role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from studyapp.simulator.models.secrets.parts import Place, Reader, Secret
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path

FUNCTION: Final = "function"
"""The name under which the running code stands among the readers."""
DECRYPT: Final = "kms:Decrypt"
ASKS: Final = {
    Place.CODE: ("Code", ("lambda:GetFunction",)),
    Place.ENVIRONMENT: ("Configuration", ("lambda:GetFunctionConfiguration", "lambda:GetFunction")),
    Place.PARAMETER_STORE: ("Parameter Store", ("ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath")),
    Place.SECRETS_MANAGER: ("Secrets Manager", ("secretsmanager:GetSecretValue",)),
}
"""What shows the value, and the actions of which any one does."""


def seen_by(person: Reader, secret: Secret, rulebook: Rulebook) -> Path:
    """The way of a person, who is outside the function."""
    return _path(person, secret, _looking(person, secret, rulebook))


def received(role: Reader, secret: Secret, rulebook: Rulebook) -> Path:
    """The way of the value into the running code."""
    return _path(role, secret, _running(role, secret, rulebook))


def _path(reader: Reader, secret: Secret, hops: Iterable[Hop]) -> Path:
    return Path.along(f"{secret.name}.{reader.name}", hops, "secret")


def _looking(person: Reader, secret: Secret, rulebook: Rulebook) -> Iterator[Hop]:
    yield _asks(person, secret, rulebook)
    if secret.place is Place.CODE:
        yield Hop("Plain text", True, "Whoever has the package reads the secret in it.")
        return
    yield _key(person, secret, rulebook)
    if secret.helpers:
        yield _helpers(person, secret, rulebook)


def _running(role: Reader, secret: Secret, rulebook: Rulebook) -> Iterator[Hop]:
    if secret.place is Place.CODE:
        yield Hop("Code", True, "The secret comes along with the code.")
    elif secret.place is Place.ENVIRONMENT:
        yield Hop("Environment", True, "Lambda decrypts what was encrypted at rest; the role needs nothing for it.")
        if secret.helpers:
            yield _helpers(role, secret, rulebook)
    else:
        yield _asks(role, secret, rulebook)
        yield _key(role, secret, rulebook)


def _asks(reader: Reader, secret: Secret, rulebook: Rulebook) -> Hop:
    name, actions = ASKS[secret.place]
    action = next((each for each in actions if reader.may(each.lower(), secret.name, rulebook)), None)
    if action:
        return Hop(name, True, f"{_who(reader)} is allowed {action}.")
    return Hop(name, False, f"{_lacks(reader, actions[0], secret)}.", "explicit_deny_wins")


def _key(reader: Reader, secret: Secret, rulebook: Rulebook) -> Hop:
    return (_customer_key if secret.customer_key else _default_key)(reader, secret, rulebook)


def _customer_key(reader: Reader, secret: Secret, rulebook: Rulebook) -> Hop:
    name, rule = "Customer managed key", "customer_key_guards_values"
    if not rulebook.customer_key_guards_values:
        return Hop(name, True, "The key would keep nobody out who got this far, if this were so.", rule)
    if reader.may(DECRYPT.lower(), secret.name, rulebook):
        return Hop(name, True, f"{_who(reader)} is allowed {DECRYPT} with the key.", rule)
    return Hop(name, False, f"{_lacks(reader, DECRYPT, secret)}, so the value stays hidden.", rule)


def _default_key(reader: Reader, secret: Secret, rulebook: Rulebook) -> Hop:
    name, rule = "AWS managed key", "default_key_hides_variables"
    if secret.place is Place.ENVIRONMENT and rulebook.default_key_hides_variables:
        return Hop(name, False, "Encryption at rest would hide the value from people, if this were so.", rule)
    if rulebook.explicit_deny_wins and reader.is_denied(DECRYPT.lower(), secret.name):
        return Hop(name, False, f"{_lacks(reader, DECRYPT, secret)}, so the value stays hidden.", "explicit_deny_wins")
    return Hop(name, True, "The AWS managed key asks no permission of its own.", rule)


def _helpers(reader: Reader, secret: Secret, rulebook: Rulebook) -> Hop:
    name, rule = "Encryption helpers", "helpers_are_undone_by_lambda"
    if reader.name == FUNCTION and rulebook.helpers_are_undone_by_lambda:
        return Hop(name, True, "Lambda would decrypt it for the code, if this were so.", rule)
    if reader.may(DECRYPT.lower(), secret.name, rulebook):
        return Hop(name, True, f"{_who(reader)} decrypts the ciphertext, being allowed {DECRYPT}.", rule)
    return Hop(name, False, f"{_lacks(reader, DECRYPT, secret)}, so the value stays ciphertext.", rule)


def _lacks(reader: Reader, action: str, secret: Secret) -> str:
    """Why an action is refused: a deny, or that nothing allows it."""
    verb = "is denied" if reader.is_denied(action.lower(), secret.name) else "is not allowed"
    return f"{_who(reader)} {verb} {action}"


def _who(reader: Reader) -> str:
    return f"The {'role' if reader.name == FUNCTION else reader.name.replace('-', ' ')}"
