"""Drills over HTTP."""
