"""From counts, cards and forecasts to what the pages say: pure, no query."""
