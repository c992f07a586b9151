from django.apps import AppConfig


class LabConfig(AppConfig):
    name = "studyapp.lab"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from studyapp.accounts import ownership
        from studyapp.lab import owned

        ownership.register("lab", merge=owned.merge, export=owned.export, erase=owned.erase)
