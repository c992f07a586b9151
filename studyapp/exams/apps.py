from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "studyapp.exams"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from studyapp.accounts import ownership
        from studyapp.attempts import withheld
        from studyapp.exams import owned, queries

        ownership.register("exams", merge=owned.merge, export=owned.export, erase=owned.erase)
        withheld.register("exams", queries.being_asked)
