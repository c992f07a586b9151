"""The simulate command, called as a test calls it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(*args, **options):
    """What is printed."""
    out = StringIO()
    call_command("simulate", *args, stdout=out, **options)
    return out.getvalue()


def refused(*args, **options):
    """What is said when it cannot be run."""
    with pytest.raises(CommandError) as caught:
        call_command("simulate", *args, stdout=StringIO(), **options)
    return str(caught.value)
