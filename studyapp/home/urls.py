from django.urls import path

from studyapp.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("first/", views.first, name="first"),
    path("settings/", views.settings, name="settings"),
    path("settings/theme/", views.theme, name="theme"),
    path("settings/export/", views.export, name="export"),
    path("settings/erase/", views.erase, name="erase"),
]
