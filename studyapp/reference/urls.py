from django.urls import path

from studyapp.reference import views

app_name = "reference"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:number>/", views.section, name="section"),
    path("moved/", views.moved, name="moved"),
    path("glossary/", views.glossary, name="glossary"),
    path("freshness/", views.freshness, name="freshness"),
    path("facts/<str:slug>/", views.fact, name="fact"),
    path("clues/<slug:slug>/", views.clue, name="clue"),
]
