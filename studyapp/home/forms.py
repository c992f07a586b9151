"""The theme, and a farewell, as text and as values."""

from typing import Any

from django import forms

from studyapp.accounts.models import User


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
