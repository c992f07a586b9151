"""Argon2id at the cost that OWASP's password storage sheet names as its minimum.

Django's own default takes 100 MiB and a fifth of a second of CPU for each sign-in, which a classroom of thirty on one
small server would feel. `t=2, m=19456 KiB, p=1` is one of the settings that the sheet calls equal in strength.
Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html (checked 2026-11-23)
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
