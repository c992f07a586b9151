"""Models without a clock: a description in, the path or the reason that refuses out."""
