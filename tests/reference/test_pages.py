import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from studyapp.content.models import Clue, Fact, Item, Row
from studyapp.content.sections import SECTIONS
from studyapp.memory.models import Card
from tests.accounts.factories import GuestFactory, UserFactory
from tests.reference.factories import ClueFactory, FactFactory, RowFactory, fact_body

pytestmark = pytest.mark.django_db
SIGNED_IN = 2  # the session and the person, on any page


def url(name: str, *args: object) -> str:
    return reverse(f"reference:{name}", args=args)


def text_of(response) -> str:
    """What a reader sees: no tags, one space between words."""
    html = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    html = re.sub(r'(<button class="term"[^>]*>)([^<]*)</button>', r"\2", html)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#x27;", "'").split())


def meet(student, fact, *, due_in: timedelta) -> Card:
    now = timezone.now()
    return Card.objects.create(
        student=student, fact=fact, stability=3, difficulty=5, reviewed_at=now, due_at=now + due_in
    )


class TestEveryPage:
    @pytest.fixture(params=["index", "section", "fact", "clue"])
    def page(self, request):
        return {
            "index": url("index"),
            "section": url("section", 8),
            "fact": url("fact", "lambda.concurrency.scaling-rate"),
            "clue": url("clue", "avoid-cold-start"),
        }[request.param]

    def test_needs_no_account_and_makes_no_session(self, client, page):
        response = client.get(page)

        assert response.status_code == 200
        assert "sessionid" not in response.cookies

    def test_is_only_for_reading(self, client, page):
        assert client.post(page).status_code == 405

    def test_has_one_main_heading_and_no_inline_style_or_script(self, client, page):
        html = client.get(page).content.decode()

        assert html.count("<h1") == 1
        assert not re.search(r"\sstyle=|\son\w+=|<script>", html)

    @pytest.mark.parametrize("make", [GuestFactory, UserFactory])
    def test_is_there_for_guests_and_people(self, client, page, make):
        client.force_login(make())

        assert client.get(page).status_code == 200


class TestWhatIsNotThere:
    @pytest.mark.parametrize(
        "address",
        ["/reference/0/", "/reference/11/", "/reference/facts/lambda.vpc.nothing/", "/reference/clues/nothing/"],
    )
    def test_is_not_found(self, client, address):
        assert client.get(address).status_code == 404

    def test_is_a_clue_that_the_course_dropped(self, client):
        clue = ClueFactory(retired_at=timezone.now())

        assert client.get(url("clue", clue.slug)).status_code == 404


class TestIndex:
    def test_lists_the_ten_sections_with_what_they_hold(self, client, django_assert_num_queries):
        with django_assert_num_queries(2):
            response = client.get(url("index"))

        shown = text_of(response)
        for number, title in SECTIONS.items():
            facts = Fact.objects.current().filter(section=number).count()
            rows = Row.objects.filter(section=number, retired_at=None).count()
            assert re.search(rf"{number} {title} {rows} rows.*? {facts} facts", shown)
        assert "12 rows, 1 outdated, 1 wrong" in shown

    def test_counts_nothing_that_is_retired(self, client):
        before = text_of(client.get(url("index")))
        FactFactory(retired_at=timezone.now())
        RowFactory(retired_at=timezone.now())

        assert text_of(client.get(url("index"))) == before

    def test_shows_the_mnemonic(self, client):
        assert "FLEXX" in text_of(client.get(url("index")))


class TestSection:
    def test_costs_no_more_queries_for_more_rows(self, client, django_assert_num_queries):
        for number in (8, 5):
            with django_assert_num_queries(7):
                client.get(url("section", number))

    def test_costs_one_more_for_a_person(self, client, django_assert_num_queries):
        client.force_login(UserFactory())
        with django_assert_num_queries(SIGNED_IN + 8):
            client.get(url("section", 8))

    @pytest.mark.parametrize("number", SECTIONS)
    def test_shows_every_row_with_its_verdict_and_its_facts(self, client, number):
        response = client.get(url("section", number))

        shown, html = text_of(response), response.content.decode()
        for row in Row.objects.filter(section=number, retired_at=None).prefetch_related("facts"):
            assert f'id="row-{row.number}"' in html
            assert f"{row.get_verdict_display()} {row.number}" in shown
            for fact in row.facts.all():
                assert url("fact", fact.slug) in html
        for fact in Fact.objects.current().filter(section=number):
            assert url("fact", fact.slug) in html
            assert fact.source_url.replace("&", "&amp;") in html
        assert "{{" not in html

    def test_sets_digits_and_unit_apart_and_tells_in_words_what_cannot_be_raised(self, client):
        RowFactory(
            facts=[FactFactory(body=fact_body("A", "B", amount="1,234", unit="per 10\u00a0s", adjustable=False))]
        )

        html = client.get(url("section", 7)).content.decode()

        assert '<td role="cell" class="number">1,234<span class="hidden"> (cannot be raised)</span></td>' in html
        assert '<td role="cell" class="unit">per 10\u00a0s</td>' in html
        assert "A number underlined in red cannot be raised." in html

    def test_has_no_legend_where_nothing_is_underlined(self, client):
        Fact.objects.filter(section=9).update(body=fact_body("A", "B"))

        html = client.get(url("section", 9)).content.decode()

        assert "(cannot be raised)" not in html
        assert "underlined in red" not in html

    def test_puts_what_the_exam_says_beside_what_aws_says(self, client):
        says = "It takes 7 s today."
        RowFactory(facts=[FactFactory(says=says, body=fact_body("A", says, exam={"says": "It takes 5 s."}))])

        assert f"The exam says It takes 5 s. AWS says now {says}" in text_of(client.get(url("section", 7)))

    def test_says_when_a_source_is_due_for_a_check(self, client):
        today = timezone.localdate()
        Fact.objects.update(body=fact_body("A", "B", source={"due": f"{today}"}))
        fact = FactFactory(body=fact_body("A", "B", source={"due": f"{today - timedelta(days=1)}"}))

        assert text_of(client.get(url("section", 7))).count("due for a check") == 1
        assert "due for a check" in text_of(client.get(url("fact", fact.slug)))

    def test_offers_a_drill_and_says_what_is_due(self, client):
        student = UserFactory()
        client.force_login(student)
        facts = Fact.objects.current().filter(section=8)[:5]
        for fact in facts[:4]:
            meet(student, fact, due_in=-timedelta(days=1))
        meet(student, facts[4], due_in=timedelta(days=1))

        shown = text_of(client.get(url("section", 8)))

        assert "Drill this section 3\u00a0min due".replace("\u00a0", " ") in shown.replace("\u00a0", " ")

    def test_owes_a_newcomer_nothing(self, client):
        shown = text_of(client.get(url("section", 8)))

        assert "Drill this section" in shown
        assert "due here" not in shown

    def test_drill_button_opens_a_drill_of_the_section(self, client):
        response = client.post(reverse("drills:start"), {"section": 8}, follow=True)

        assert "Scaling and concurrency" in text_of(response)

    @pytest.mark.parametrize(("number", "neighbours"), [(1, [2]), (5, [4, 6]), (10, [9])])
    def test_leads_to_its_neighbours(self, client, number, neighbours):
        html = client.get(url("section", number)).content.decode()

        nav = html.partition('<nav class="neighbours"')[2].partition("</nav>")[0]
        assert re.findall(r'href="(.*?)"', nav) == [url("section", each) for each in neighbours]

    def test_shows_what_people_write_as_text(self, client):
        RowFactory(
            label="<b>bold</b>", table_says="<script>alert(1)</script>", facts=[FactFactory(name="<i>slanted</i>")]
        )

        html = client.get(url("section", 7)).content.decode()

        assert "<script>alert" not in html
        assert "<b>bold" not in html
        assert "<i>slanted" not in html


class TestFact:
    def test_costs_seven_queries_and_one_for_the_memory_of_a_person(self, client, django_assert_num_queries):
        page = url("fact", "lambda.concurrency.reserved")
        with django_assert_num_queries(7):
            client.get(page)
        client.force_login(UserFactory())
        with django_assert_num_queries(SIGNED_IN + 8):
            client.get(page)

    def test_shows_value_sentence_and_source(self, client):
        fact = Fact.objects.get(slug="lambda.configuration.timeout-default")

        shown = text_of(client.get(url("fact", fact.slug)))

        assert fact.name in shown
        assert " ".join(fact.says.split()) in shown
        assert fact.source_title in shown
        assert f"{fact.checked_on:%Y-%m-%d}" in shown

    def test_shows_what_was_and_until_when(self, client):
        was = [
            {"value": "500 at once", "until": "2023-11", "note": ""},
            {"value": "3 s", "until": "2015", "note": "then 5"},
        ]
        fact = FactFactory(body=fact_body("A", "B", was=was))

        shown = text_of(client.get(url("fact", fact.slug)))

        assert "Until November 2023: 500 at once" in shown
        assert "Until 2015: 3 s (then 5)" in shown

    def test_names_the_rows_and_clues_that_it_stands_in(self, client):
        fact = FactFactory()
        row = RowFactory(facts=[fact])
        clue = ClueFactory(row=row, rests_on=[fact.slug])

        html = client.get(url("fact", fact.slug)).content.decode()

        assert f"{url('section', 7)}#row-{row.number}" in html
        assert url("clue", clue.slug) in html

    def test_of_every_fact_opens(self, client):
        for slug in Fact.objects.values_list("slug", flat=True):
            assert client.get(url("fact", slug)).status_code == 200, slug

    def test_shows_stems_but_never_options_or_reasons(self, client):
        fact = Fact.objects.get(slug="lambda.concurrency.scaling-rate")
        items = Item.objects.current().filter(facts=fact).select_related("revision")

        shown = text_of(client.get(url("fact", fact.slug)))

        assert items
        for item in items:
            drawn = item.revision.variant(item.revision.seeds[0])
            assert " ".join(drawn.stem.split()) in shown
            for option in drawn.options:
                assert option.why not in shown

    @pytest.mark.parametrize(
        ("due_in", "says"),
        [(None, "not met yet"), (-timedelta(hours=1), "due now"), (timedelta(days=4), "due again in 4 days")],
    )
    def test_tells_a_student_how_they_stand(self, client, due_in, says):
        student, fact = UserFactory(), Fact.objects.get(slug="lambda.concurrency.scaling-rate")
        client.force_login(student)
        if due_in:
            meet(student, fact, due_in=due_in)

        assert f"Quiz me {says}" in text_of(client.get(url("fact", fact.slug)))

    def test_keeps_other_peoples_memories_to_them(self, client):
        fact = Fact.objects.get(slug="lambda.concurrency.scaling-rate")
        meet(UserFactory(), fact, due_in=timedelta(days=4))
        client.force_login(UserFactory())

        assert "Quiz me not met yet" in text_of(client.get(url("fact", fact.slug)))

    def test_quiz_button_opens_a_drill_of_the_fact(self, client):
        html = client.get(url("fact", "lambda.concurrency.scaling-rate")).content.decode()
        fields = dict(re.findall(r'name="(fact|name)" value="(.*?)"', html))

        response = client.post(reverse("drills:start"), fields, follow=True)

        assert response.status_code == 200
        assert response.redirect_chain[-1][0].startswith("/drills/")

    def test_that_is_retired_is_shown_without_a_quiz(self, client):
        shown = text_of(client.get(url("fact", FactFactory(retired_at=timezone.now()).slug)))

        assert "no longer" in shown
        assert "Quiz me" not in shown


class TestClue:
    def test_costs_a_query_for_each_kind_of_thing_and_one_for_the_memory_of_a_person(
        self, client, django_assert_num_queries
    ):
        page = url("clue", "retry-failed-async")
        with django_assert_num_queries(6):  # clues, facts, demos, items, meanings, terms
            client.get(page)
        client.force_login(UserFactory())
        with django_assert_num_queries(SIGNED_IN + 7):
            client.get(page)

    def test_of_the_course_shows_itself_its_rivals_and_its_questions(self, client):
        for clue in Clue.objects.filter(retired_at=None).select_related("fact"):
            response = client.get(url("clue", clue.slug))

            shown, html = text_of(response), response.content.decode()
            assert f"points to {clue.points_to}" in shown
            for rival in clue.rivals:
                assert url("clue", rival) in html
            for slug in clue.rests_on:
                assert url("fact", slug) in html
            assert "Drill this clue" in shown
            assert "{{" not in html

    def test_leaves_out_a_rival_that_is_gone(self, client):
        clue = ClueFactory(rivals=["gone"], rests_on=["lambda.vpc.gone"])

        assert client.get(url("clue", clue.slug)).status_code == 200
