"""Who can read this secret and where, how soon does a new value reach the function, how many calls does it make and what does it
cost a month?

A secret is kept in the code, in an environment variable, as a secure string of Parameter Store or in Secrets Manager, for one
function in one account. Its readers are people with permissions, and the running code with the function's role.

Left out on purpose: key policies and accounts of others, plain strings of Parameter Store (a secure string costs the same), a key
of one's own for packages, the rotation function itself, and the KMS requests that are free each month,
which other services may use up. What a person has noted is not taken back by a rotation here.

Metrics: `readable.<secret>.<person>`; and of each secret `works.` (the running code gets it), `encrypted.` (at rest), `key.` (whose
it is), `rotation.`, `chores.` (changes by hand a month), `stale.` (seconds; none if no time ends it), `calls.` and `kms_requests.`
(a month, billed), `peak_calls.` (in the busiest second) and `secret_cost.` (USD a month). `throttled.parameter-store` and
`throttled.secrets-manager`: how many calls of that second are refused.

Sources, read on 2026-11-23 and 2026-11-28:
https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
https://docs.aws.amazon.com/general/latest/gr/ssm.html
https://aws.amazon.com/secrets-manager/pricing/
https://aws.amazon.com/systems-manager/pricing/
https://aws.amazon.com/kms/pricing/
"""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.simulator.answers import Answer
from studyapp.simulator.models.secrets import calls, changes, readers
from studyapp.simulator.models.secrets.parts import Place, Safe, Secret
from studyapp.simulator.models.secrets.reading import read
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Value
from studyapp.simulator.units import SECOND

__all__ = ["Safe", "plan", "read"]


@dataclass(frozen=True)
class Secrets:
    """Secrets that somebody may want to read."""

    safe: Safe

    def answer(self, rulebook: Rulebook) -> Answer:
        """The metrics of each secret, and the way of each reader to it."""
        safe, metrics, paths = self.safe, dict[str, Value](), []
        for secret in safe.kept.values():
            seen = [readers.seen_by(person, secret, rulebook) for person in safe.people]
            received = readers.received(safe.role, secret, rulebook)
            metrics |= {f"readable.{path.target}": path.ok for path in seen}
            metrics[f"works.{secret.name}"] = received.ok
            metrics |= _of(secret, safe, rulebook)
            paths += [*seen, received]
        for place in (place for place in Place if place.is_store):
            metrics[f"throttled.{place}"] = calls.throttled(place, safe, rulebook)
        return Answer(metrics, tuple(paths))


def plan(data: object, rulebook: Rulebook) -> Secrets:
    """The secrets of a scenario. Raises ScenarioError."""
    return Secrets(read(data, rulebook))


def _of(secret: Secret, safe: Safe, rulebook: Rulebook) -> dict[str, Value]:
    traffic = safe.traffic
    found: dict[str, Value] = {
        "encrypted": _is_encrypted(secret, rulebook),
        "key": _key(secret),
        "rotation": changes.rotation(secret, rulebook),
        "chores": changes.chores(secret, rulebook),
        "stale": _seconds(changes.stale(secret, traffic, rulebook)),
        "calls": calls.store_calls(secret, traffic, rulebook),
        "kms_requests": calls.kms_requests(secret, traffic, rulebook),
        "peak_calls": calls.peak_calls(secret, traffic, rulebook),
        "secret_cost": calls.cost(secret, safe, rulebook),
    }
    return {f"{word}.{secret.name}": value for word, value in found.items()}


def _is_encrypted(secret: Secret, rulebook: Rulebook) -> bool:
    if secret.place is Place.ENVIRONMENT and not rulebook.variables_are_encrypted_at_rest:
        return secret.customer_key or secret.helpers
    return True


def _key(secret: Secret) -> str:
    """Whose key encrypts it at rest."""
    if secret.place is Place.CODE:
        return "aws owned"
    return "customer managed" if secret.customer_key else "aws managed"


def _seconds(us: int | None) -> int | float | None:
    if us is None:
        return None
    return us // SECOND if us % SECOND == 0 else us / SECOND
