"""How a value is changed, who changes it, and when the running function uses the new one."""

from __future__ import annotations

from studyapp.simulator.models.secrets.parts import Place, Secret, Traffic
from studyapp.simulator.rulebook import Rulebook


def rotation(secret: Secret, rulebook: Rulebook) -> str:
    """`automatic`, `by hand`, `a new configuration` or `a new deployment`."""
    if secret.place is Place.CODE:
        return "a new deployment"
    if secret.rotates is not None and _rotates_itself(secret, rulebook):
        return "automatic"
    return "a new configuration" if secret.place is Place.ENVIRONMENT else "by hand"


def chores(secret: Secret, rulebook: Rulebook) -> int:
    """How often in a month somebody has to change it, so that it changes as often as it is to."""
    if secret.rotates is None or rotation(secret, rulebook) == "automatic":
        return 0
    return rulebook.secret_month // secret.rotates


def stale(secret: Secret, traffic: Traffic, rulebook: Rulebook) -> int | None:
    """Microseconds for which code may go on with an old value at most; None if only a deployment or a new configuration
    ends it, or a life of which nobody knows the end."""
    if not secret.place.is_store or rulebook.rotation_needs_a_deployment:
        return None
    if not secret.every_invocation:
        return lifetime(traffic, rulebook)
    if secret.cache is None or rulebook.secret_cache_hears_of_changes:
        return 0
    return secret.cache


def lifetime(traffic: Traffic, rulebook: Rulebook) -> int | None:
    """Microseconds that an environment lives in steady use, None for ever."""
    return rulebook.environment_lifetime if traffic.lifetime is None else traffic.lifetime


def _rotates_itself(secret: Secret, rulebook: Rulebook) -> bool:
    if secret.place is Place.PARAMETER_STORE:
        return rulebook.parameter_store_rotates
    if secret.place is Place.ENVIRONMENT:
        return rulebook.key_rotation_changes_secrets and (secret.customer_key or secret.helpers)
    return True
