"""What happened in a run: the trace, and every metric derived from it."""

from studyapp.simulator.spans import Hop, Path, Span

__all__ = ["Hop", "Path", "Span"]
