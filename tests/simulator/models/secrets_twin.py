"""Secrets of a function, worked out from what AWS writes, invocation by invocation, to compare the model with."""

from __future__ import annotations

from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import Any

Data = dict[str, Any]

WANTED = {
    "code": ["lambda:getfunction"],
    "environment": ["lambda:getfunctionconfiguration", "lambda:getfunction"],
    "parameter-store": ["ssm:getparameter", "ssm:getparameters", "ssm:getparametersbypath"],
    "secrets-manager": ["secretsmanager:getsecretvalue"],
}


def sees(person: Data, name: str, secret: Data) -> bool:
    """Whether somebody outside the function can read the value."""
    if not any(_may(person, action, name) for action in WANTED[secret["in"]]):
        return False
    if secret.get("customer_key") or secret.get("helpers"):
        return _may(person, "kms:decrypt", name)
    return secret["in"] == "code" or not _listed(person.get("may_not", []), "kms:decrypt", name)


def works(role: Data | None, name: str, secret: Data) -> bool:
    """Whether the running code gets the value."""
    if role is None or secret["in"] == "code":
        return True
    if secret["in"] == "environment":
        return not secret.get("helpers") or _may(role, "kms:decrypt", name)
    return sees(role, name, secret)


def month(secret: Data, traffic: Data, seconds: int, throughput: str) -> Data:
    """Calls to the store, billed requests to KMS, and USD, of a month of so many seconds."""
    reads, starts = _reads(secret, traffic, seconds), _starts(traffic, seconds)
    stored = secret["in"] in ("parameter-store", "secrets-manager")
    calls = reads if stored else 0
    kms = reads if secret.get("helpers") else 0
    if secret.get("customer_key"):
        kms += reads if stored else starts
    elif secret["in"] == "parameter-store":
        kms += reads
    usd = kms * Decimal("0.03") / 10_000
    if secret.get("customer_key") or secret.get("helpers"):
        usd += 1
    if secret["in"] == "secrets-manager":
        usd += Decimal("0.40") + calls * Decimal("0.05") / 10_000
    if secret["in"] == "parameter-store":
        is_advanced = secret.get("tier") == "advanced"
        usd += Decimal("0.05") if is_advanced else 0
        usd += calls * Decimal("0.05") / 10_000 if is_advanced or throughput == "high" else 0
    return {"calls": calls, "kms_requests": kms, "secret_cost": float(usd)}


def _may(reader: Data, action: str, secret: str) -> bool:
    return _listed(reader.get("may", []), action, secret) and not _listed(reader.get("may_not", []), action, secret)


def _listed(texts: list[str], action: str, secret: str) -> bool:
    for text in texts:
        pattern, _, scope = text.lower().partition(" on ")
        if fnmatchcase(action, pattern) and scope in ("", secret):
            return True
    return False


def _starts(traffic: Data, seconds: int) -> int:
    """Environments are replaced when their life is over, as long as there is something left to start them for."""
    count, left = 0, traffic["invocations"]
    time = 0
    while time < seconds:
        for _ in range(traffic["environments"]):
            if left > 0:
                count, left = count + 1, left - 1
        time += traffic["lifetime"]
    return count


def _reads(secret: Data, traffic: Data, seconds: int) -> int:
    starts, invocations = _starts(traffic, seconds), traffic["invocations"]
    if secret.get("read") != "each-invocation":
        return starts
    if not secret.get("extension") or secret.get("ttl", 300) == 0:
        return invocations
    shares = [0] * starts
    for number in range(invocations):
        shares[number % starts] += 1
    return sum(_asks(share, secret.get("ttl", 300), traffic, seconds) for share in shares)


def _asks(invocations: int, ttl: int, traffic: Data, seconds: int) -> int:
    """By one environment, whose invocations come at even distances."""
    apart = Fraction(seconds * traffic["environments"], traffic["invocations"])
    asked, read_at = 0, None
    for number in range(invocations):
        now = number * apart
        if read_at is None or now - read_at >= ttl:
            asked, read_at = asked + 1, now
    return asked
