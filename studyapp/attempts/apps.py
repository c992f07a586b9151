from django.apps import AppConfig


class AttemptsConfig(AppConfig):
    name = "studyapp.attempts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from studyapp.accounts import ownership
        from studyapp.attempts import owned

        ownership.register("attempts", merge=owned.merge, export=owned.export, erase=owned.erase)
