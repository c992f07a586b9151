"""Journeys need Chromium, and Playwright's driver needs libatomic. Install both where that is allowed; else say the one line."""

import ctypes.util
import os
import shutil
import subprocess
import sys

LINE = "apt-get install --no-install-recommends chromium libatomic1"


def main() -> int:
    if shutil.which("chromium") and ctypes.util.find_library("atomic"):
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"The journeys need a browser. Run this once, then make test again:\n  sudo {LINE}", file=sys.stderr)
        return 1
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=False, env=environment)
    return subprocess.run(
        [*LINE.replace("install", "install -q -y", 1).split()], check=False, env=environment
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
