#!/usr/bin/env python3
"""The project's one door. `up` and `install` need Python alone; the other commands need the environment that those make."""

import os
import sys

NEEDS_NOTHING = {"up", "install"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in NEEDS_NOTHING:
        from studyapp.config import up

        sys.exit(up.main(sys.argv[1:]))
    from django.core.management import execute_from_command_line

    from studyapp.config.env import BadSetting

    try:
        execute_from_command_line(sys.argv)
    except BadSetting as error:
        sys.exit(str(error))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:  # also while it still imports
        print("Stopped by Ctrl-C.", file=sys.stderr)  # noqa: T201 - this is a command
        sys.exit(130)
