from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "studyapp.home"
    default_auto_field = "django.db.models.BigAutoField"
