from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "studyapp.drills"
    default_auto_field = "django.db.models.BigAutoField"
