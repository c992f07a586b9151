"""The project's settings, with what tests may not share with a server: its files, its speed-bought safety, its log."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="coldstart-tests-"))
os.environ.setdefault("SECRET_KEY", "tests-only")
for name in ("PUBLIC_URL", "HOST", "PORT", "DEMO", "TIME_ZONE", "LOG_LEVEL"):
    os.environ.pop(name, None)

from studyapp.config.settings import *  # noqa: E402, F403 - everything, then what differs
from studyapp.config.settings import DATABASES, LOGGING  # noqa: E402

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING["root"]["level"] = "CRITICAL"  # type: ignore[index]  # a plain dict of Django's
LOGGING["loggers"]["studyapp"]["level"] = "ERROR"  # type: ignore[index]  # likewise
# Without a DATABASE_URL a file: in memory, requests of a live server that run side by side meet "table is locked".
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["DATA_DIR"]) / "tests.sqlite3")}
WHITENOISE_AUTOREFRESH = True
