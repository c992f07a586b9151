"""What an instructor writes in a draft, and what the lab says of a run."""

from __future__ import annotations

import json
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from studyapp.authoring.models import Draft
from studyapp.content import texts
from studyapp.questions.drafting.wrong import OF_SLIPS
from studyapp.simulator.errors import shown

LONGEST_STEM, LONGEST_WHY, LONGEST_JSON, LONGEST_ADDRESS = 6_000, 1_000, 50_000, 4_000
MOST_SEED = 1_000_000_000


class WordsForm(forms.Form):
    """The words of a draft. Cleaned: `stem`, and `why_<place>` for each option; `whys` gives those by name."""

    stem = forms.CharField(
        label="Stem",
        max_length=LONGEST_STEM,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="{function.duration} stands for the value that the scenario has there.",
        error_messages={"required": "Write what the question says."},
    )

    def __init__(self, *args: Any, draft: Draft, known: set[str], **kwargs: Any) -> None:
        """`known` are the ids of the facts that a reason may refer to."""
        super().__init__(*args, **kwargs)
        self.names = list(draft.body["item"]["why"])
        self._known = known
        self.initial = {"stem": draft.body["item"]["stem"]}
        for place, name in enumerate(self.names):
            self.fields[f"why_{place}"] = _reason(name, is_slip=OF_SLIPS in draft.why_of(name))
            self.initial[f"why_{place}"] = draft.why_of(name)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for place in range(len(self.names)):
            name = f"why_{place}"
            for problem in _problems(given.get(name, ""), self._known):
                self.add_error(name, problem)
        return given

    @property
    def whys(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"why_{place}"] for place, name in enumerate(self.names)}


def _reason(name: str, *, is_slip: bool) -> forms.CharField:
    label = "Why the right answer is right" if name == "key" else f"What {name} shows"
    return forms.CharField(
        label=label,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A slip of arithmetic: a wrong idea that people have would be better." if is_slip else "",
        error_messages={"required": "Every option needs a reason."},
    )


def _problems(text: str, known: set[str]) -> list[str]:
    """What a file would be refused for."""
    found = [f"There is no fact {shown(slug)}." for slug in texts.references(text) if slug not in known]
    found += [f"{{{shown(name)}}} stands for nothing in a reason." for name in texts.placeholders(text)]
    if not texts.is_balanced(text):
        found.append("A brace has no other half. A reference is written {{ lambda.topic.fact }}.")
    return found


class FromRunForm(forms.Form):
    """A run of the lab. Cleaned: `scenario` (a slug), `changes` and `patch` (mappings), `seed`, `asks` or None, `address`."""

    scenario = forms.CharField(max_length=120)
    changes = forms.CharField(required=False, max_length=LONGEST_JSON)
    patch = forms.CharField(required=False, max_length=LONGEST_JSON)
    seed = forms.IntegerField(required=False, min_value=0, max_value=MOST_SEED)
    asks = forms.CharField(required=False, max_length=200)
    address = forms.CharField(required=False, max_length=LONGEST_ADDRESS)

    def clean_changes(self) -> dict[str, Any]:
        return _mapping(self.cleaned_data["changes"], "a JSON object from dotted paths to values")

    def clean_patch(self) -> dict[str, Any]:
        return _mapping(self.cleaned_data["patch"], "a JSON object from rules to values")

    def clean_seed(self) -> int:
        return self.cleaned_data["seed"] or 0

    def clean_asks(self) -> str | None:
        return self.cleaned_data["asks"] or None

    def clean_address(self) -> str:
        """A path of this site, or nothing."""
        address: str = self.cleaned_data["address"]
        return address if address.startswith("/") and not address.startswith("//") else ""

    @property
    def problems(self) -> list[str]:
        """Each with its field before it."""
        return [f"{name}: {problem}" for name, found in self.errors.items() for problem in found]


def _mapping(text: str, what: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        read = json.loads(text, parse_constant=_refused)
        json.dumps(read, ensure_ascii=False).encode()  # no half of a letter
    except (ValueError, RecursionError):
        raise forms.ValidationError(f"{shown(text)} cannot be read; it must be {what}") from None
    if not isinstance(read, dict):
        raise forms.ValidationError(f"{shown(text)} is not {what}")
    if "\\u0000" in text:
        raise forms.ValidationError(f"{shown(text)} holds a null character")
    return read


def _refused(name: str) -> None:
    """NaN and Infinity, which are no JSON."""
    raise ValueError(name)
