"""Forms that turn what people type into names, passwords and codes."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from studyapp.accounts.models import User
from studyapp.accounts.names import LONGEST_PASSWORD, BadName, clean_name, password_problems


class PlainForm(forms.Form):
    """The template owns <form>, its button and the place to go next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


def _password_field(label: str, autocomplete: str, missing: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": missing, "null_characters_not_allowed": "A password cannot hold a null character."},
        **kwargs,
    )


def _new_password_field() -> forms.CharField:
    return _password_field(
        "New password",
        "new-password",
        "Choose a password.",
        help_text="8 to 128 characters. Three or four words are good.",
    )


class SignUpForm(PlainForm):
    """Cleaned: `name` as it is kept, `password`, `email` in lower case or None."""

    name = forms.CharField(
        label="Name",
        help_text="2 to 40 letters, digits, spaces and . _ - Your instructor sees it.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Choose a name."},
    )
    password = _password_field(
        "Password", "new-password", "Choose a password.", help_text="8 to 128 characters. Three or four words are good."
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        help_text="Another way to sign in. Nothing is sent to it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "This is not an e-mail address. Write it like ada@example.org, or leave it empty.",
            "max_length": "This address has %(show_value)d characters. An address has at most %(limit_value)d.",
        },
    )

    def clean_name(self) -> str:
        try:
            return clean_name(self.cleaned_data["name"])
        except BadName as error:
            raise forms.ValidationError(str(error)) from None

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"].lower() or None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given:
            for problem in password_problems(given["password"], name=given.get("name", ""), email=given.get("email")):
                self.add_error("password", problem)
        return given

    def say_taken(self, field: str) -> None:
        """Add the error for a name or e-mail address that somebody else has."""
        said = {
            "name": f"“{self.cleaned_data['name']}” is taken. Choose another name, or sign in if it is yours.",
            "email": "An account has this address already. Sign in, or leave the address empty.",
        }
        self.add_error(field, said[field])


class SignInForm(PlainForm):
    """Cleaned: `typed` (a name or an e-mail address) and `password`."""

    typed = forms.CharField(
        label="Name or e-mail",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": "Write your name or your e-mail address.",
            "max_length": "This has %(show_value)d characters. A name or an address has at most %(limit_value)d.",
        },
    )
    password = _password_field("Password", "current-password", "Write your password.", max_length=LONGEST_PASSWORD)


class RecoverForm(PlainForm):
    """Cleaned: `typed` (a name or an e-mail address), `code` and the new `password`."""

    typed = forms.CharField(
        label="Name or e-mail",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Write your name or your e-mail address."},
    )
    code = forms.CharField(
        label="Recovery code",
        max_length=60,
        help_text="Four groups of five. Dashes and capitals do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Write the code from your printed page."},
    )
    password = _new_password_field()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given:
            for problem in password_problems(given["password"], name=given.get("typed", "")):
                self.add_error("password", problem)
        return given


class ConfirmForm(PlainForm):
    """Cleaned: `password`, the one that the person has now."""

    password = _password_field("Your password", "current-password", "Write your password.", max_length=LONGEST_PASSWORD)


class PasswordForm(PlainForm):
    """Cleaned: the new `password`, and `current` unless the person has come by a link from whoever runs the house."""

    current = _password_field("Password until now", "current-password", "Write your password.")
    password = _new_password_field()

    def __init__(self, *args: Any, user: User, is_by_link: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if is_by_link:
            del self.fields["current"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given:
            for problem in password_problems(given["password"], name=self.user.name or "", email=self.user.email):
                self.add_error("password", problem)
        return given
