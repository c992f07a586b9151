"""Links that work once: another device, signing in again, and invitations to teach."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from studyapp.accounts import queries, services, tickets
from studyapp.accounts.forms import SignUpForm
from studyapp.accounts.http import SignedInRequest, absolute, guest_of, is_own_computer, owner, signed_in, user_of
from studyapp.accounts.models import Ticket, TicketKind
from studyapp.accounts.views.codes import CAME_BY_LINK
from studyapp.accounts.views.outcomes import to_code


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: SignedInRequest) -> HttpResponse:
    """Continue on another device. POST makes a link with its QR code; an older one stops working."""
    context: dict[str, object] = {"minutes": 10, "is_own_computer": is_own_computer(request)}
    if request.method == "POST":
        link = _new_link(request, TicketKind.DEVICE)
        context |= {"link": link, "qr": segno.make(link, error="m").svg_inline(omitsize=True, light="#fff", border=4)}
    return render(request, "accounts/device.html", context)


@owner
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedInRequest) -> HttpResponse:
    """Who teaches here. POST makes a link that makes its reader an instructor; it is shown this once."""
    link = _new_link(request, TicketKind.INVITE) if request.method == "POST" else None
    return render(request, "accounts/people.html", {"link": link, "staff": queries.staff(timezone.now())})


@owner
@require_POST
def withdraw(request: SignedInRequest, ticket_id: int) -> HttpResponse:
    """Take back an invitation that nobody has taken up."""
    ticket = get_object_or_404(Ticket.objects.invites().open(timezone.now()), pk=ticket_id)
    tickets.withdraw(ticket)
    messages.success(request, "The invitation is withdrawn. Its link no longer works.")
    return redirect("accounts:people")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """One page with one button; pressing it uses the link. A link that lets nobody in says what to do instead."""
    try:
        found = tickets.read(token, now=timezone.now())
        if found.kind == TicketKind.INVITE:
            return _invited(request, found)
        return _let_in(request, found)
    except tickets.BadTicket as error:
        return render(
            request, "accounts/bad_ticket.html", {"why": error.why}, status=404 if error.why == "unknown" else 410
        )


def _let_in(request: HttpRequest, found: Ticket) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/ticket.html", {"ticket": found, "owner": found.user})
    user = tickets.enter_by(ticket=found, guest=guest_of(request), now=timezone.now())
    services.enter(request, user)
    if found.kind != TicketKind.SIGN_IN:
        return redirect(resolve_url("home:index"))
    request.session[CAME_BY_LINK] = True
    messages.success(request, "You are signed in. Choose a new password now.")
    return redirect("accounts:password")


def _invited(request: HttpRequest, found: Ticket) -> HttpResponse:
    """A person with a name accepts as who they are; anybody else chooses a name first."""
    user, now = user_of(request), timezone.now()
    if user is None or user.is_guest:
        return _invited_newcomer(request, found)
    if request.method != "POST":
        return render(request, "accounts/invite.html", {"inviter": found.user})
    tickets.accept_invite(ticket=found, user=user, now=now)
    messages.success(request, "You are an instructor now.")
    return redirect(resolve_url("home:index"))


def _invited_newcomer(request: HttpRequest, found: Ticket) -> HttpResponse:
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            named = services.claim(guest=guest_of(request), **form.cleaned_data, invite=found, now=timezone.now())
        except services.Taken as error:
            form.say_taken(error.field)
        else:
            return to_code(request, named, typed=form.cleaned_data["name"])
    context = {"form": form, "inviter": found.user, "here": request.path}
    return render(request, "accounts/invite.html", context, status=422 if form.is_bound else 200)


def _new_link(request: SignedInRequest, kind: TicketKind) -> str:
    token = tickets.issue(kind=kind, user=request.user, now=timezone.now())
    return absolute(request, resolve_url("accounts:ticket", token))
