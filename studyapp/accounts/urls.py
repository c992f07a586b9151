from django.urls import path
from django.views.generic import RedirectView

from studyapp.accounts.views import codes, entering, links

app_name = "accounts"
urlpatterns = [
    path("sign-up/", entering.sign_up, name="sign_up"),
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("fresh/", entering.fresh, name="fresh"),
    path("recover/", entering.recover, name="recover"),
    path("recovery-code/", codes.recovery, name="recovery"),
    path("recovery-code/new/", codes.new_code, name="new_code"),
    path("password/", codes.password, name="password"),
    path("device/", links.device, name="device"),
    path("people/", links.people, name="people"),
    path("people/invitations/<int:ticket_id>/withdraw/", links.withdraw, name="withdraw"),
    path("t/<str:token>/", links.ticket, name="ticket"),
    # Django's admin has a sign-in of its own, without the limits of ours.
    path("admin/login/", RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True)),
]
