"""Recovery codes: twenty letters and digits on paper that stand in for a forgotten password, once.

Thirty-one signs without 0 O 1 l I give 99 bits, far beyond guessing, so a plain salted digest keeps them safe; a slow
hash protects only what a person could choose.
"""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256

from studyapp.accounts.models import RecoveryCode, User

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPS, GROUP_SIGNS = 4, 5


def issue(user: User, *, now: datetime) -> str:
    """A new code for this person, as it is to be printed; an older one stops working."""
    code = "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP_SIGNS)) for _ in range(GROUPS))
    salt = secrets.token_hex(16)
    RecoveryCode.objects.update_or_create(
        user=user, defaults={"salt": salt, "digest": _digest(salt, code), "made_at": now}
    )
    return code


def use(user: User | None, typed: str) -> bool:
    """Whether this was the person's code; if so it has just stopped working. As slow for nobody as for somebody."""
    kept = RecoveryCode.objects.filter(user=user).first() if user else None
    digest = _digest(kept.salt if kept else "nobody", typed)
    if not hmac.compare_digest(digest, kept.digest if kept else "0" * len(digest)) or kept is None:
        return False
    taken, _ = RecoveryCode.objects.filter(pk=kept.pk, digest=kept.digest).delete()
    return taken == 1


def _digest(salt: str, code: str) -> str:
    """However it is typed: spaces, dashes and case do not count."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return sha256(f"{salt}{plain}".encode()).hexdigest()
