"""A draft as YAML: what the loader reads is what was written, and a course takes it in."""

import shutil

import pytest
from django.conf import settings
from django.core.management import call_command

from studyapp.authoring import files
from studyapp.content import documents
from studyapp.questions import drafting
from tests.questions.test_drafting import CHOSEN, READ, made

NAMES = CHOSEN[::3]


def drafted(name: str) -> drafting.Draft:
    try:
        return made(name)
    except drafting.NoDraft:
        return made(name, asks=None, body=READ.scenarios["lambda.errors.last-run"].body())


def parts(text: str) -> dict[str, str]:
    """The documents by the file that stands above each."""
    _, *documents = text.split("---\n# ")
    return dict(part.split("\n", 1) for part in documents)


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_comes_back_as_it_was(name):
    draft = drafted(name)

    assert files.draft_of(files.body(draft, "A title")) == draft


@pytest.mark.parametrize("name", NAMES)
def test_the_loader_reads_what_was_written(name):
    body = files.body(drafted(name), "A title: with a colon")

    read = {path: documents.parse(text, path) for path, text in parts(files.text(body, "A title")).items()}

    assert not any(document.problems for document in read.values())
    found = {key: value for document in read.values() for key, value in document.data.items()}  # type: ignore[union-attr]  # mappings
    assert found["items"] == [body["item"]]
    assert found["scenarios"] == [body["scenario"]]
    assert found.get("beliefs", []) == body["beliefs"]


@pytest.mark.parametrize("name", ["lambda.errors.last-run", "lambda.versions.step-by-step"])
def test_a_course_takes_it_in(name, tmp_path):
    """One without slips, and one with a belief of its own."""
    folder = tmp_path / "content"
    shutil.copytree(settings.CONTENT, folder)
    draft = made(name)
    for path, text in parts(files.text(files.body(draft, "A title"), "A title")).items():
        (folder / path).write_text(text)

    call_command("prove", draft.item.id, folder=folder, verbosity=0)
    call_command("load_content", check=True, folder=folder, verbosity=0)

    assert draft.item.id in (folder / f"proofs/lambda/{name.split('.')[1]}.json").read_text()
