from django.urls import path

from studyapp.authoring import views

app_name = "authoring"
urlpatterns = [
    path("", views.index, name="index"),
    path("from-run/", views.from_run, name="from_run"),
    path("reports/", views.reports, name="reports"),
    path("reports/<int:pk>/close/", views.close_report, name="close_report"),
    path("<int:pk>/", views.draft, name="draft"),
    path("<int:pk>/draft.yaml", views.yaml, name="yaml"),
]
