from django.urls import path

from studyapp.home.views import coming, goal, settings

app_name = "home"
urlpatterns = [
    path("", coming.index, name="index"),
    path("first/", coming.first, name="first"),
    path("settings/", settings.settings, name="settings"),
    path("settings/theme/", settings.theme, name="theme"),
    path("settings/goal/", goal.edit, name="goal"),
    path("settings/goal/date/", goal.date, name="date"),
    path("settings/goal/no-time/", goal.no_time, name="no_time"),
    path("settings/goal/time-after-all/", goal.time_after_all, name="time_after_all"),
    path("settings/goal/went/", goal.went, name="went"),
    path("settings/calendar/", settings.open_feed, name="open_feed"),
    path("settings/calendar/close/", settings.close_feed, name="close_feed"),
    path("settings/export/", settings.export, name="export"),
    path("settings/export/csv/", settings.export_tables, name="export_tables"),
    path("settings/erase/", settings.erase, name="erase"),
    path("calendar/<str:key>.ics", settings.calendar, name="calendar"),
]
