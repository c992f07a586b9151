"""The signed token that a shown question carries: what was shown, to whom, when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

from django.core import signing

SALT = "attempts.shown"
PROMPT_SALT = "attempts.prompt"
LIVES = timedelta(days=30)


class BadToken(ValueError):
    """The token is missing, forged, too old, or was made for somebody else."""


@dataclass(frozen=True)
class Shown:
    """One variant as one person saw it. `person` is a user's id as text, or an anonymous browser's mark."""

    revision: int
    seed: int
    order: tuple[str, ...]
    person: str
    at: datetime
    nonce: str
    drill: int | None = None
    position: int = 1


@dataclass(frozen=True)
class Prompt:
    """What a run in the lab asked one person to predict. `about` names the run: the digest of its inputs."""

    about: str
    person: str
    at: datetime
    nonce: str


def write_prompt(prompt: Prompt) -> str:
    return signing.dumps(
        [prompt.about, prompt.person, prompt.at.timestamp(), prompt.nonce], salt=PROMPT_SALT, compress=True
    )


def read_prompt(text: str, *, person: str) -> Prompt:
    """Raises BadToken."""
    try:
        about, made_for, at, nonce = signing.loads(text, salt=PROMPT_SALT, max_age=LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadToken("This page is too old or was changed on its way. Here it is again.") from None
    if made_for != person:
        raise BadToken("This page was shown to somebody else. Here it is for you.")
    return Prompt(about, made_for, datetime.fromtimestamp(at, UTC), nonce)


def new_nonce() -> str:
    return token_urlsafe(16)


def write(shown: Shown) -> str:
    return signing.dumps(
        [
            shown.revision,
            shown.seed,
            shown.order,
            shown.person,
            shown.at.timestamp(),
            shown.nonce,
            shown.drill,
            shown.position,
        ],
        salt=SALT,
        compress=True,
    )


def read(text: str, *, person: str) -> Shown:
    """Raises BadToken."""
    try:
        revision, seed, order, made_for, at, nonce, drill, position = signing.loads(text, salt=SALT, max_age=LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadToken("This question is too old or was changed on its way. Here it is again.") from None
    if made_for != person:
        raise BadToken("This question was shown to somebody else. Here it is for you.")
    return Shown(revision, seed, tuple(order), made_for, datetime.fromtimestamp(at, UTC), nonce, drill, position)
