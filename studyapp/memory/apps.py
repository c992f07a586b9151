from django.apps import AppConfig


class MemoryConfig(AppConfig):
    name = "studyapp.memory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from studyapp.accounts import ownership
        from studyapp.memory import owned

        ownership.register("memory", merge=owned.merge, export=owned.export, erase=owned.erase)
