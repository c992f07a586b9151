from django.urls import path

from studyapp.drills import views

app_name = "drills"
urlpatterns = [
    path("", views.index, name="index"),
    path("start/", views.start, name="start"),
    path("<int:drill_id>/", views.resume, name="resume"),
    path("<int:drill_id>/done/", views.done, name="done"),
    path("<int:drill_id>/<int:position>/", views.question, name="question"),
    path("<int:drill_id>/<int:position>/answer/", views.answer, name="answer"),
    path("<int:drill_id>/<int:position>/guess/", views.guess, name="guess"),
    path("<int:drill_id>/<int:position>/undo/", views.undo, name="undo"),
    path("<int:drill_id>/<int:position>/run/", views.run, name="run"),
]
