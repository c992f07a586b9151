"""What the texts of a question lead to: its facts, by their pages, and the words that are explained."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from studyapp.questions.bodies import read_terms
from studyapp.ui.meanings import Meanings


def plates(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The facts that an item rests on, the one whose memory it moves first, each with the address of its page."""
    facts = body["facts"]
    return [{"fact": facts[slug], "url": fact_url(slug)} for slug in body["item"]["facts"]]


def references(body: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What `{{ fact }}` in a reason stands for, and where its source is shown."""
    return {slug: {"text": fact["value_text"], "url": fact_url(slug)} for slug, fact in body["facts"].items()}


def meanings(body: Mapping[str, Any]) -> Meanings:
    """The references, and the words of the glossary that what is shown after the answer may mark."""
    return Meanings(references(body), read_terms(body.get("terms", {})), fact_url)


def fact_url(slug: str) -> str:
    return reverse("reference:fact", args=[slug])
