from django.urls import path

from studyapp.progress import views

app_name = "progress"
urlpatterns = [
    path("", views.index, name="index"),
    path("clues/", views.clues, name="clues"),
    path("beliefs/", views.beliefs, name="beliefs"),
    path("days/", views.days, name="days"),
    path("calibration/", views.calibration, name="calibration"),
    path("score/", views.score, name="score"),
]
