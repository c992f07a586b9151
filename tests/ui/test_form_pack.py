import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms

from tests.ui.conftest import Page


class ExampleForm(forms.Form):
    name = forms.CharField(help_text="Up to 40 characters.")
    email = forms.EmailField(label="E-mail", required=False)
    theme = forms.ChoiceField(
        choices=[("light", "Light"), ("dark", "Dark")], widget=forms.RadioSelect, help_text="Yours."
    )
    days = forms.MultipleChoiceField(choices=[("6", "Saturday")], widget=forms.CheckboxSelectMultiple, required=False)
    response = forms.ChoiceField(label="Which?", choices=[("a1", "None"), ("b2", "500")], widget=forms.RadioSelect)
    is_sure = forms.BooleanField(label="I am sure", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(
        Fieldset("You", "name", "email"),
        "theme",
        "days",
        Field("response", template="study/options.html"),
        "is_sure",
        "token",
    )
    helper.add_input(Submit("save", "Save"))


@pytest.fixture
def blank() -> Page:
    return Page(render_crispy_form(ExampleForm()))


@pytest.fixture
def refused() -> Page:
    return Page(render_crispy_form(ExampleForm({"response": "zz"})))


class TestFormPack:
    def test_labels_every_control(self, blank):
        labelled = {label.get("for") for label in blank.all("label")}

        for control in blank.all("input"):
            if control["type"] != "hidden":
                assert control["id"] in labelled

    def test_gives_a_group_a_legend_and_its_own_help(self, blank):
        group = blank.one("fieldset", id="id_theme")

        assert group["aria-describedby"] == "id_theme_helptext"
        assert blank.one(id="id_theme_helptext").text == "Yours."
        assert [legend.text for legend in blank.all("legend")] == ["You", "Theme", "Days", "Which?"]

    def test_marks_what_is_optional(self, blank):
        assert [mark.text for mark in blank.all("span", class_="optional")] == ["(optional)"]

    def test_draws_a_choice_as_option_rows(self, blank):
        rows = blank.all("input", name="response")

        assert [row["aria-keyshortcuts"] for row in rows] == ["A 1", "B 2"]
        assert [row["value"] for row in rows] == ["a1", "b2"]

    def test_names_only_ids_that_exist(self, blank, refused):
        for page in (blank, refused):
            ids = {element.get("id") for element in page.elements}
            for element in page.elements:
                assert set((element.get("aria-describedby") or "").split()) <= ids

    def test_says_an_error_at_its_field_and_in_the_summary(self, refused):
        field = refused.one("input", id="id_name")

        assert field["aria-invalid"] == "true"
        assert field["aria-describedby"] == "id_name_helptext id_name_error"
        assert refused.one(id="id_name_error").text == "This field is required."
        assert refused.one("a", href="#id_name").text == "Name: This field is required."
        assert refused.one("a", href="#id_response").text.startswith("Which?: Select a valid choice.")

    def test_takes_the_focus_to_the_summary(self, blank, refused):
        assert blank.all("h2") == []
        assert refused.one("h2", tabindex="-1").get("autofocus") is not None

    def test_draws_the_helpers_buttons_in_our_look(self, blank):
        assert blank.one("button", name="save")["class"] == "button"

    def test_has_no_inline_style_or_handler(self, refused):
        assert not [
            name
            for element in refused.elements
            for name in element.attributes
            if name == "style" or name.startswith("on")
        ]
