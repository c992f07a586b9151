"""The first answer, the theme, and a farewell, as text and as values."""

from typing import Any

from django import forms

from studyapp.accounts.models import User
from studyapp.questions.variants import Variant


class FirstForm(forms.Form):
    """A newcomer's tap. Cleaned: `response` (option ids)."""

    response = forms.MultipleChoiceField(
        label="Your answer",
        error_messages={
            "required": "Choose an option.",
            "invalid_choice": "That option is not part of this question. Choose from the options shown.",
        },
    )

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        response = self.fields["response"]
        assert isinstance(response, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker what stands above
        response.choices = [(option.id, option.text) for option in variant.options]


class ThemeForm(forms.Form):
    """Cleaned: `theme`: light, dark, or empty for what the system says."""

    theme = forms.ChoiceField(
        required=False,
        label="Theme",
        choices=[("", "As the system"), ("light", "Light"), ("dark", "Dark")],
        widget=forms.RadioSelect,
    )


class EraseForm(forms.Form):
    """Cleaned: nothing; valid when the person has typed what was asked."""

    confirm = forms.CharField(label="To delete everything, type your name", max_length=40)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = user.name or "delete"
        if user.is_guest:
            self.fields["confirm"].label = "To delete everything, type: delete"

    def clean_confirm(self) -> str:
        typed: str = self.cleaned_data["confirm"].strip()
        if typed.casefold() != self.wanted.casefold():
            raise forms.ValidationError(f"“{typed}” is not “{self.wanted}”. Nothing was deleted.")
        return typed
