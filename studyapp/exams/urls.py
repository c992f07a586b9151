from django.urls import path

from studyapp.exams.views import lobby, over, sitting

app_name = "exams"
urlpatterns = [
    path("", lobby.index, name="index"),
    path("begin/", lobby.begin, name="begin"),
    path("<int:sitting_id>/", sitting.resume, name="resume"),
    path("<int:sitting_id>/overview/", sitting.overview, name="overview"),
    path("<int:sitting_id>/turn/", sitting.turn, name="turn"),
    path("<int:sitting_id>/go-on/", sitting.go_on, name="go_on"),
    path("<int:sitting_id>/end/", over.end, name="end"),
    path("<int:sitting_id>/report/", over.report, name="report"),
    path("<int:sitting_id>/<int:position>/", sitting.question, name="question"),
    path("<int:sitting_id>/<int:position>/save/", sitting.save, name="save"),
    path("<int:sitting_id>/<int:position>/run/", over.run, name="run"),
]
