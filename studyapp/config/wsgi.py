"""What the server runs. Views and templates are made ready when a worker starts, so that no visitor waits for it."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import resolve

from studyapp.config.settling import settle
from studyapp.config.strange import in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.config.settings")
application = in_utf8(get_wsgi_application())
# An answer lets go of the interpreter at each of its queries: 5 ms each time, Python's own, beside a run of the lab, add up.
sys.setswitchinterval(0.001)

resolve("/")
for name in ("home/first.html", "home/today.html", "drills/drill.html", "lab/demo.html"):
    get_template(name)

settle()
