from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "studyapp.drills"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from studyapp.accounts import ownership
        from studyapp.drills import owned

        ownership.register("drills", merge=owned.merge, export=owned.export, erase=owned.erase)
