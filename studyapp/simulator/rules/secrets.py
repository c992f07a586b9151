"""Where a secret may be kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Secrets:
    pass
