from django.urls import path
from django.views.generic import TemplateView

app_name = "reference"
urlpatterns = [
    path("", TemplateView.as_view(template_name="404.html"), name="index"),
    path("<int:number>/", TemplateView.as_view(template_name="404.html"), name="section"),
    path("facts/<str:slug>/", TemplateView.as_view(template_name="404.html"), name="fact"),
]
