from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "studyapp.authoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from studyapp.accounts import ownership
        from studyapp.authoring import owned

        ownership.register("authoring", merge=owned.merge, export=owned.export, erase=owned.erase)
