"""How often somebody may be wrong in fifteen minutes before the page says to wait.

A try counts against the account and the device first, and against the address last and high: a whole class may come
from one address. A device that has signed in to an account before counts on its own there, so that a stranger who tries
names cannot lock their owners out (the "device cookies" of OWASP, checked 2026-11-23:
https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from studyapp.accounts.models import Failure, name_key

WINDOW = timedelta(minutes=15)
ACCOUNT_FAILURES = 10
DEVICE_FAILURES = 40
ADDRESS_FAILURES = 400


class TooManyTries(Exception):
    """Nothing was looked at. `until`: when the next try counts again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"too many tries; the next one is possible at {until:%H:%M}")
        self.until = until


@dataclass(frozen=True)
class Origin:
    """Where a try comes from. `accounts`: those (see `account_id`) that this device has signed in to before."""

    device: str
    address: str
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Try:
    """One try under way: it has been counted as a failure until `forgive` says otherwise."""

    account: str
    failures: tuple[int, ...]


def account_id(typed: str) -> str:
    """An account by what was typed, so that names nobody has are limited like any other."""
    return sha256(name_key(typed).encode()).hexdigest()[:16]


@transaction.atomic
def begin(*, typed: str, origin: Origin, now: datetime) -> Try:
    """Count this try as a failure before anything slow happens. Raises TooManyTries, and then counts nothing."""
    Failure.objects.filter(at__lte=now - WINDOW).delete()
    account, limits = _limits(typed, origin)
    _refuse_beyond(limits, now)
    made = Failure.objects.bulk_create([Failure(key=key, at=now) for key in limits])
    return Try(account, tuple(failure.pk for failure in made))


def forgive(attempt: Try) -> None:
    """It succeeded: it was no failure, and earlier ones at this account no longer count."""
    Failure.objects.filter(pk__in=attempt.failures).delete()
    Failure.objects.filter(key=attempt.account).delete()


def _limits(typed: str, origin: Origin) -> tuple[str, dict[str, int]]:
    account = account_id(typed)
    at_home = account in origin.accounts
    account_key = _key("account", account, origin.device if at_home else "")
    return account_key, {
        account_key: ACCOUNT_FAILURES,
        _key("device", origin.device): DEVICE_FAILURES,
        _key("address", origin.address): ADDRESS_FAILURES,
    }


def _key(*parts: str) -> str:
    """A digest: what people type into a name field may be their password, and an address is theirs too."""
    return sha256("\n".join(parts).encode()).hexdigest()


def _refuse_beyond(limits: Mapping[str, int], now: datetime) -> None:
    times: dict[str, list[datetime]] = defaultdict(list)
    rows = Failure.objects.filter(key__in=limits, at__gt=now - WINDOW).order_by("-at")
    for key, at in rows.values_list("key", "at"):
        times[key].append(at)
    untils = [times[key][limit - 1] + WINDOW for key, limit in limits.items() if len(times[key]) >= limit]
    if untils:
        raise TooManyTries(max(untils))
