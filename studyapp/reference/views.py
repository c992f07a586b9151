"""The reference over HTTP. Every page can be read without an account; none writes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render as render_page
from django.utils import timezone
from django.views.decorators.http import require_safe

from studyapp.accounts.http import SignedInRequest, instructor, user_of
from studyapp.content.sections import SECTIONS
from studyapp.facts.freshness import HOLDS
from studyapp.memory.queries import TIME_DUE
from studyapp.reference import finding, queries, searchable
from studyapp.reference import freshness as fresh
from studyapp.reference import glossary as queries_of_words
from studyapp.reference import moved as queries_of_moves
from studyapp.reference.forms import MovedForm
from studyapp.ui.http import HtmxRequest, render


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    """The ten sections, or what a search found."""
    typed = request.GET.get("q", "")
    if typed.strip():
        context = {"found": finding.find(searchable.entries(), typed), "longest": finding.LONGEST}
    else:
        context = {"contents": queries.contents()}
    return render(request, "reference/index.html", "found", context)


@require_safe
def section(request: HtmxRequest, number: int) -> HttpResponse:
    page = queries.section_page(number)
    if page is None:
        raise Http404(f"there is no section {number}")
    now = timezone.now()
    due = queries.due_in(user_of(request), number, now)
    context = {
        "page": page,
        "due": due,
        "due_time": (due or 0) * TIME_DUE,
        "today": timezone.localdate(now),
        "previous": SECTIONS.get(number - 1),
        "next": SECTIONS.get(number + 1),
    }
    return render_page(request, "reference/section.html", context)


@require_safe
def moved(request: HtmxRequest) -> HttpResponse:
    """What moved from DVA-C02 to DVA-C03, of one section or kind if any is asked for."""
    form = MovedForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    page = queries_of_moves.moved_page(wanted.get("section"), wanted.get("kind"))
    context = {"page": page, "form": form, "groups": queries_of_moves.GROUPS, "today": timezone.localdate()}
    return render(request, "reference/moved.html", "found", context)


@require_safe
def glossary(request: HtmxRequest) -> HttpResponse:
    return render_page(request, "reference/glossary.html", {"letters": queries_of_words.letters()})


@require_safe
@instructor
def freshness(request: SignedInRequest) -> HttpResponse:
    """Which facts somebody should look up again."""
    page = fresh.freshness_page(timezone.localdate())
    return render_page(request, "reference/freshness.html", {"page": page, "holds": HOLDS})


@require_safe
def fact(request: HtmxRequest, slug: str) -> HttpResponse:
    page = queries.fact_page(slug)
    if page is None:
        raise Http404("there is no such fact")
    now = timezone.now()
    card = queries.card_of(user_of(request), page.line.fact)
    context = {"page": page, "fact": page.line.fact, "card": card, "now": now, "today": timezone.localdate(now)}
    return render_page(request, "reference/fact.html", context)


@require_safe
def clue(request: HtmxRequest, slug: str) -> HttpResponse:
    page = queries.clue_page(slug)
    if page is None:
        raise Http404("there is no such clue")
    now = timezone.now()
    card = queries.card_of(user_of(request), page.clue.fact)
    context = {"page": page, "clue": page.clue, "card": card, "now": now, "today": timezone.localdate(now)}
    return render_page(request, "reference/clue.html", context)
