from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "studyapp.ui"
    label = "ui"
