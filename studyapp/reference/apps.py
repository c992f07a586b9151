from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "studyapp.reference"
    default_auto_field = "django.db.models.BigAutoField"
