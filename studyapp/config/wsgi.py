import os

from django.core.wsgi import get_wsgi_application

from studyapp.config.strange import in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.config.settings")
application = in_utf8(get_wsgi_application())
