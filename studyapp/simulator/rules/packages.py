"""What code may be deployed as."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Packages:
    pass
