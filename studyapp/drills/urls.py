from django.urls import path

from studyapp.drills.views import answering, asides, choosing

app_name = "drills"
urlpatterns = [
    path("", choosing.index, name="index"),
    path("start/", choosing.start, name="start"),
    path("at/<uuid:occasion>/<int:position>/", choosing.place, name="place"),
    path("suspend/", choosing.suspend, name="suspend"),
    path("ask-again/", choosing.resume, name="ask_again"),
    path("<int:drill_id>/", answering.resume, name="resume"),
    path("<int:drill_id>/done/", answering.done, name="done"),
    path("<int:drill_id>/<int:position>/", answering.question, name="question"),
    path("<int:drill_id>/<int:position>/answer/", answering.answer, name="answer"),
    path("<int:drill_id>/<int:position>/guess/", answering.guess, name="guess"),
    path("<int:drill_id>/<int:position>/undo/", answering.undo, name="undo"),
    path("<int:drill_id>/<int:position>/run/", answering.run, name="run"),
    path("<int:drill_id>/<int:position>/hint/", asides.hint, name="hint"),
    path("<int:drill_id>/<int:position>/flag/", asides.flag, name="flag"),
    path("<int:drill_id>/<int:position>/report/", asides.report, name="report"),
    path("<int:drill_id>/<int:position>/why/", asides.explain, name="explain"),
    path("<int:drill_id>/<int:position>/card/", asides.card, name="card"),
    path("<int:drill_id>/<int:position>/another/", asides.another, name="another"),
]
