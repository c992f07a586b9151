"""Scenarios are read alike with libyaml and without it: its parser takes `*` and `?` in a flow mapping, others do not."""

import pytest
import yaml
from django.conf import settings

FILES = sorted((settings.CONTENT / "scenarios").rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_is_plain_enough_for_every_parser(path):
    assert list(yaml.parse(path.read_text(), Loader=yaml.SafeLoader))
