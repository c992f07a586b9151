"""Versions, aliases and how traffic moves between them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Releases:
    pass
