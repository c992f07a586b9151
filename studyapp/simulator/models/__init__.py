"""Models that need no engine: a description in; the way, the reason that refuses, the bill or the timetable out."""
