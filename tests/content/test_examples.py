"""The examples of the handbook: beside the real course they load, prove and lint clean."""

import re
import shutil

import pytest
import yaml
from django.conf import settings

from studyapp.content import files
from studyapp.content.schema import KINDS
from studyapp.questions.items import KINDS as ITEM_KINDS
from studyapp.questions.proof import prove

BLOCK = re.compile(r"```yaml\n# (\S+)\n(.+?)```", re.DOTALL)
DRAWN_FROM_FACTS = {"recall", "reveal"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The real course with the examples as shelves of their own."""
    folder = tmp_path_factory.mktemp("handbook") / "content"
    shutil.copytree(settings.CONTENT, folder)
    for path, entries in examples().items():
        kind, stem = path.split("/")[0], path.removesuffix(".yaml")
        topic = "" if kind == "beliefs" else f"topic: lambda.{stem.rpartition('/')[2]}\n"
        body = "".join(f"  {line}" for line in "".join(entries).splitlines(keepends=True))
        (folder / f"{stem}.examples.yaml").write_text(f"{topic}{KINDS[kind].entries}:\n{body}")
    return files.read(folder, needs_proofs=False)


def examples():
    found = {}
    for path, text in BLOCK.findall((settings.CONTENT / "README.md").read_text()):
        found.setdefault(path, []).append(text)
    return found


def ids():
    entries = [entry for texts in examples().values() for text in texts for entry in yaml.safe_load(text)]
    return [entry.get("id") or entry["scenario"] for entry in entries]


ITEMS = [
    name
    for path, texts in examples().items()
    if path.startswith("items/")
    for text in texts
    for name in re.findall(r"^- id: (\S+)", text, re.MULTILINE)
]


def test_there_is_one_of_every_kind_that_an_author_writes(course):
    shown = {item.kind for item in course.items if item.id in ITEMS}

    assert shown == set(ITEM_KINDS) - DRAWN_FROM_FACTS
    assert {path.split("/")[0] for path in examples()} == {"facts", "beliefs", "scenarios", "items", "demos"}


def test_they_are_called_examples():
    assert [name for name in ids() if "-example" not in name] == []


@pytest.mark.parametrize("name", ITEMS)
def test_an_example_is_proved(course, name):
    item = next(item for item in course.items if item.id == name)

    assert prove(item, course.world).seeds


def test_the_fact_is_asked_in_every_way(course):
    drawn = {item.kind for item in course.items if item.id.startswith("lambda.concurrency.scaling-rate-example.")}

    assert drawn == {"recall", "numeric", "reveal"}
