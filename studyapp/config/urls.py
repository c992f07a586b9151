from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("studyapp.home.urls")),
    path("", include("studyapp.accounts.urls")),
    path("drills/", include("studyapp.drills.urls")),
    path("exams/", include("studyapp.exams.urls")),
    path("lab/", include("studyapp.lab.urls")),
    path("progress/", include("studyapp.progress.urls")),
    path("authoring/", include("studyapp.authoring.urls")),
    path("reference/", include("studyapp.reference.urls")),
    path("admin/", admin.site.urls),
]
handler500 = "studyapp.config.errors.server_error"
