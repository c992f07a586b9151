from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The door has no tables; it is an app for its one command, `serve`."""

    name = "studyapp.config"
