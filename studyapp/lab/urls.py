from django.urls import path

from studyapp.lab.views import demo, jobs, taking

app_name = "lab"
urlpatterns = [
    path("", demo.index, name="index"),
    path("jobs/<slug:key>/", jobs.progress, name="job"),
    path("smallest/<int:revision>/<int:seed>/<slug:option>/", jobs.smallest, name="smallest"),
    path("<str:slug>/", demo.demo, name="demo"),
    path("<str:slug>/predict/", demo.predict, name="predict"),
    path("<str:slug>/why/", demo.why, name="why"),
    path("<str:slug>/rules/", taking.in_force, name="rules"),
    path("<str:slug>/wall/", taking.on_a_wall, name="wall"),
    path("<str:slug>/sweep/", jobs.sweep, name="sweep"),
    path("<str:slug>/run.json", taking.as_json, name="json"),
    path("<str:slug>/invocations.csv", taking.as_csv, name="csv"),
    path("<str:slug>/picture.svg", taking.as_svg, name="svg"),
]
