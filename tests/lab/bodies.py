"""The bodies of the course's scenarios, by id, read from their files alone."""

from functools import cache

from django.conf import settings

from studyapp.content import documents
from studyapp.content.schema.scenarios import READ


@cache
def bodies():
    found = {}
    for path in sorted((settings.CONTENT / "scenarios").rglob("*.yaml")):
        for each in documents.read(path, path.name).data["scenarios"]:
            found[each["id"]] = {name: each[name] for name in READ if each.get(name) is not None}
    return found
