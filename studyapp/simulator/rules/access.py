"""Who may do what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Access:
    pass
