"""Proof that an item has exactly one key. See README.md of `questions` for what counts as named."""

from studyapp.questions.proof.digests import digest
from studyapp.questions.proof.proving import prove
from studyapp.questions.proof.result import Proof, ProvedSeed, Refused, World

__all__ = ["Proof", "ProvedSeed", "Refused", "World", "digest", "prove"]
