"""What a name and a password may be, in plain words."""

import unicodedata

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from studyapp.accounts.models import User

SHORTEST, LONGEST = 2, 40
MARKS = " ._-"
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 128


class BadName(ValueError):
    """A name that cannot be used; says what is wrong with it and what is allowed."""


def clean_name(typed: str) -> str:
    """The name as it is kept: one spelling for each sign, single spaces. Raises BadName."""
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not SHORTEST <= len(name) <= LONGEST:
        signs = "character" if len(name) == 1 else "characters"
        raise BadName(f"This name has {len(name)} {signs}. A name has {SHORTEST} to {LONGEST}.")
    strange = sorted({sign for sign in name if not (_is_letter_or_digit(sign) or sign in MARKS)})
    if strange:
        listed = " ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in strange)
        raise BadName(f"A name cannot hold {listed} . It may hold letters, digits, spaces and . _ -")
    if not any(_is_letter_or_digit(sign) for sign in name):
        raise BadName(f"“{name}” has no letter or digit. A name needs at least one.")
    return name


def _is_letter_or_digit(sign: str) -> bool:
    """Letters of any script, with the accents and vowel signs that some are written with."""
    return unicodedata.category(sign)[0] in "LMN"


def password_problems(password: str, *, name: str, email: str | None = None) -> list[str]:
    """What is wrong with a password for this person, in plain words; empty when it is good. Never repeats it."""
    if len(password) > LONGEST_PASSWORD:
        return [f"This password has {len(password)} characters. A password has at most {LONGEST_PASSWORD}."]
    try:
        validate_password(password, User(name=name, email=email))
    except ValidationError as error:
        return [_in_plain_words(problem, password) for problem in error.error_list]
    return []


def _in_plain_words(problem: ValidationError, password: str) -> str:
    match problem.code:
        case "password_too_short":
            signs = "character" if len(password) == 1 else "characters"
            return f"This password has {len(password)} {signs}. A password has at least {SHORTEST_PASSWORD}."
        case "password_too_common":
            return "Many people use this password, so it is the first to be guessed. Choose another."
        case "password_entirely_numeric":
            return "This password is digits only. Add a letter or another sign."
        case "password_too_similar":
            return "This password is too like your name or e-mail address. Choose one that they do not give away."
        case _:
            return str(problem.messages[0])
