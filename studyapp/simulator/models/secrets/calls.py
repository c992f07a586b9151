"""How often a month the code asks for a value, and what that costs.

Invocations are spread evenly over the month and over the environments. With the extension an environment asks again at the
first invocation at which its value is too old, and not before.
"""

from __future__ import annotations

from studyapp.simulator.models.secrets.changes import lifetime
from studyapp.simulator.models.secrets.parts import Place, Safe, Secret, Traffic
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND


def store_calls(secret: Secret, traffic: Traffic, rulebook: Rulebook) -> int:
    """Requests to Parameter Store or Secrets Manager."""
    return _reads(secret, traffic, rulebook) if secret.place.is_store else 0


def kms_requests(secret: Secret, traffic: Traffic, rulebook: Rulebook) -> int:
    """Requests to KMS that are billed: one for each value that a key of it decrypts."""
    if secret.place is Place.CODE:
        return 0
    found = _reads(secret, traffic, rulebook) if secret.helpers else 0
    if secret.customer_key or secret.place not in rulebook.default_key_free_for.split():
        found += _reads(secret, traffic, rulebook) if secret.place.is_store else starts(traffic, rulebook)
    return found


def peak_calls(secret: Secret, traffic: Traffic, rulebook: Rulebook) -> int:
    """Requests to its store in the busiest second. At worst all environments start in it, or find their caches too old."""
    if not secret.place.is_store:
        return 0
    if secret.every_invocation and secret.cache is None:
        return traffic.peak
    side_by_side = 1 if secret.every_invocation and rulebook.secret_cache_is_shared else traffic.environments
    return min(traffic.peak, side_by_side)


def throttled(place: Place, safe: Safe, rulebook: Rulebook) -> int:
    """Requests of the busiest second that the store refuses: all secrets that lie in it share its quota."""
    asked = sum(peak_calls(each, safe.traffic, rulebook) for each in safe.kept.values() if each.place is place)
    quota = rulebook.secret_rate
    if place is Place.PARAMETER_STORE:
        quota = rulebook.parameter_rate_high if safe.high_throughput else rulebook.parameter_rate
    return max(0, asked - quota.count * SECOND // quota.per_us)


def cost(secret: Secret, safe: Safe, rulebook: Rulebook) -> float:
    """USD a month: the place, the calls to it, a key and the requests to it."""
    traffic = safe.traffic
    total = kms_requests(secret, traffic, rulebook) * rulebook.price_kms_request
    if secret.customer_key or secret.helpers:
        total += rulebook.price_kms_key
    calls = store_calls(secret, traffic, rulebook)
    if secret.place is Place.SECRETS_MANAGER:
        return total + rulebook.price_secret + calls * rulebook.price_secret_call
    if secret.place is Place.PARAMETER_STORE:
        total += rulebook.price_parameter_advanced if secret.advanced else rulebook.price_parameter_standard
        total += calls * rulebook.price_parameter_call if secret.advanced or safe.high_throughput else 0
    return total


def starts(traffic: Traffic, rulebook: Rulebook) -> int:
    """Environments that start in a month; none without an invocation."""
    life = lifetime(traffic, rulebook)
    if life == 0:  # a world in which each invocation has an environment of its own
        return traffic.invocations
    each = 1 if life is None else -(-rulebook.secret_month // life)
    return min(traffic.environments * each, traffic.invocations)


def _reads(secret: Secret, traffic: Traffic, rulebook: Rulebook) -> int:
    count = starts(traffic, rulebook)
    if not secret.every_invocation or not count:
        return count
    if secret.cache is None:
        return traffic.invocations
    side_by_side = traffic.environments
    if rulebook.secret_cache_is_shared:
        count = side_by_side = 1
    step = max(1, -(-secret.cache * traffic.invocations // (rulebook.secret_month * side_by_side)))
    fewer, more = divmod(traffic.invocations, count)
    return (count - more) * -(-fewer // step) + more * -(-(fewer + 1) // step)
