"""The pages over HTTP, with htmx and as plain forms."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studyapp.attempts.models import Attempt
from studyapp.content.models import Blueprint, Item
from studyapp.exams import services
from studyapp.exams.models import Sitting
from tests.accounts.factories import UserFactory
from tests.exams.factories import answer, begin, hand_in, place, response, sat, save
from tests.home.test_queries import queries

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TERMS = {"size": "5", "mode": "strict", "extra": "1"}


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def client(student):
    client = Client()
    client.force_login(student)
    return client


@pytest.fixture
def sitting(student):
    return begin(student, is_strict=False, now=timezone.now())


def url(name: str, sitting: Sitting, *position: int) -> str:
    return reverse(f"exams:{name}", args=[sitting.pk, *position])


def late(sitting: Sitting) -> None:
    """Time has been up for ten seconds."""
    at = timezone.now() - timedelta(seconds=10)
    Sitting.objects.filter(pk=sitting.pk).update(started_at=at - timedelta(minutes=10), deadline_at=at)


def shown_with(client: Client, sitting: Sitting) -> str:
    """What the page of the first question says back."""
    page = client.get(url("question", sitting, 1)).content.decode()
    return html.unescape(re.search(r'name="base" id="base" value="([^"]*)"', page)[1])


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


class TestTheLobby:
    def test_begins_a_sitting_for_somebody_without_a_row(self):
        visitor = Client()
        assert visitor.get("/exams/").status_code == 200

        response = visitor.post("/exams/begin/", TERMS | {"extra": "1.5", "mode": "pausable"})

        sitting = Sitting.objects.get()
        assert response.headers["Location"] == url("question", sitting, 1)
        assert sitting.student.is_guest
        assert (sitting.size, sitting.is_strict, sitting.time_factor) == (5, False, 1.5)

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"size": "7"}, "7 questions are not offered. Choose from 65, 20, 10, 5."),
            ({"size": "many"}, "many questions are not offered"),
            ({"extra": "3"}, "3 is no extra time. There is none, 1.25, 1.5 and 2."),
            ({"mode": "easy"}, "Select a valid choice. easy is not one of the available choices."),
        ],
    )
    def test_says_which_terms_there_are(self, client, wrong, says):
        response = client.post("/exams/begin/", TERMS | wrong)

        assert response.status_code == 422
        assert says in text(response)
        assert not Sitting.objects.exists()

    def test_leads_to_the_one_that_is_open(self, client, sitting):
        assert "You are sitting one" in text(client.get("/exams/"))

        assert client.post("/exams/begin/", TERMS).headers["Location"] == url("resume", sitting)
        assert client.get(url("resume", sitting)).headers["Location"] == url("question", sitting, 1)

    def test_says_of_an_open_one_how_its_clock_is(self, client, student, sitting):
        assert "The clock is running until you pause it." in text(client.get("/exams/"))
        services.pause(student=student, sitting_id=sitting.pk, now=timezone.now())
        assert "The clock is stopped." in text(client.get("/exams/"))
        services.go_on(student=student, sitting_id=sitting.pk, now=timezone.now())
        late(sitting)
        assert "Time is up: it waits to be handed in." in text(client.get("/exams/"))

    def test_lists_former_ones_with_their_results(self, client, student):
        sat(student, right=3)

        assert "3 of 5 right" in text(client.get("/exams/"))

    def test_says_that_questions_come_again(self, client, student):
        Sitting.objects.filter(pk=sat(student).pk).update(repeats=2)

        assert "2 questions of the last one came again" in text(client.get("/exams/"))

    def test_of_an_empty_course_says_so(self, client):
        Blueprint.objects.update(retired_at=timezone.now())

        assert "There are no questions yet" in text(client.get("/exams/"))
        assert client.post("/exams/begin/", TERMS).status_code == 422


class TestAQuestion:
    def test_shows_what_stands_after_a_reload(self, client, sitting):
        given = response(sitting)
        struck = next(each for each in place(sitting).order if each not in given)
        save(sitting, response=given, struck=(struck,), is_marked=True, now=timezone.now())

        page = client.get(url("question", sitting, 1)).content.decode()

        checked = re.findall(r'name="(\w+)"(?: value="(\w+)")?[^>]* checked', page)
        assert set(checked) >= {("response", given[0]), ("struck", struck), ("is_marked", "")}

    def test_shows_the_same_to_another_device(self, client, student, sitting):
        other = Client()
        other.force_login(student)
        client.post(url("save", sitting, 2), {"response": response(sitting, 2), "go": "3"})

        assert other.get(url("resume", sitting)).headers["Location"] == url("question", sitting, 3)
        assert "checked" in other.get(url("question", sitting, 2)).content.decode()

    def test_gives_nothing_away(self, client, sitting):
        page = client.get(url("question", sitting, 1)).content.decode()
        body = place(sitting).revision.body

        assert client.get(url("run", sitting, 1)).status_code == 404
        for option in body["item"]["options"]:
            assert option["why"] not in page

    def test_writes_nothing(self, client, sitting):
        before = list(sitting.items.values())
        client.get(url("question", sitting, 4))
        client.get(url("overview", sitting))

        assert list(sitting.items.values()) == before

    @pytest.mark.parametrize("position", [0, 6, 10**30])
    def test_that_there_is_not_is_not_found(self, client, sitting, position):
        path = url("question", sitting, 1).replace("/1/", "/{}/").format(sitting.pk, position)
        assert client.get(f"/exams/{sitting.pk}/{position}/").status_code == 404, path
        assert client.post(f"/exams/{sitting.pk}/{position}/save/", {}).status_code == 404


class TestASave:
    def test_in_place_says_when_and_how_the_question_stands(self, client, sitting):
        saved = client.post(url("save", sitting, 1), {"response": response(sitting)}, headers=HTMX)

        page = saved.content.decode()
        assert re.search(r"saved <time>\d\d:\d\d:\d\d", page)
        assert 'id="cell-1" hx-swap-oob="true"' in page
        assert "1 answered, 0 marked, 0 skipped" in page
        assert "options" not in page

    @pytest.mark.parametrize(
        ("go", "name", "position"), [("4", "question", (4,)), ("0", "overview", ()), ("", "question", (1,))]
    )
    def test_as_a_plain_form_goes_on_by_an_address(self, client, sitting, go, name, position):
        moved = client.post(url("save", sitting, 1), {"response": response(sitting), "go": go})

        assert moved.headers["Location"] == url(name, sitting, *position)
        assert place(sitting).is_answered

    def test_clears_a_response(self, client, sitting):
        given = {"response": response(sitting)}
        client.post(url("save", sitting, 1), given)
        client.post(url("save", sitting, 1), given | {"clear": "1"}, headers=HTMX)

        assert place(sitting).response == []

    def test_of_an_old_page_undoes_nothing(self, client, sitting):
        """A phone answers while a laptop still shows the question open: turning away on the laptop, or looking at it again."""
        old = shown_with(client, sitting)
        client.post(url("save", sitting, 1), {"response": response(sitting), "is_sure": "on", "base": old})

        client.post(url("save", sitting, 1), {"base": old, "is_marked": "on", "go": "2"})
        kept = place(sitting)
        assert (kept.response, kept.is_sure, kept.is_marked) == (sorted(response(sitting)), True, True)

        looked = client.post(url("save", sitting, 1), {"base": old}, headers=HTMX)
        assert looked["HX-Retarget"] == "#main"
        assert re.search(rf'value="{response(sitting)[0]}"[^>]* checked', looked.content.decode())
        assert shown_with(client, sitting) in html.unescape(looked.content.decode())

    def test_of_an_old_page_changes_what_it_changes(self, client, sitting):
        old = shown_with(client, sitting)
        client.post(url("save", sitting, 1), {"response": response(sitting), "base": old})
        other = response(sitting, right=False)
        client.post(url("save", sitting, 1), {"response": other, "base": old})
        assert place(sitting).response == sorted(other)

        client.post(url("save", sitting, 1), {"base": shown_with(client, sitting), "clear": "1"})
        assert place(sitting).response == []

    def test_in_place_says_what_the_page_shows_now(self, client, sitting):
        saved = client.post(url("save", sitting, 1), {"response": response(sitting)}, headers=HTMX)

        assert shown_with(client, sitting) in html.unescape(saved.content.decode())

    @pytest.mark.parametrize("base", ["[]", "{", "[1, 2, 3, 4]", '["", "", 0, {}]', "[" * 400, "null"])
    def test_with_a_base_that_no_page_has_keeps_the_page(self, client, sitting, base):
        client.post(url("save", sitting, 1), {"response": response(sitting), "base": base})

        assert place(sitting).is_answered

    def test_pauses_after_it(self, client, sitting):
        client.post(url("save", sitting, 1), {"response": response(sitting), "pause": "1"})

        assert place(sitting).is_answered
        page = text(client.get(url("question", sitting, 1)))
        assert "The clock is stopped" in page
        assert "1 of 5 are answered" in page

        client.post(url("go_on", sitting))
        assert Sitting.objects.get().paused_at is None

    @pytest.mark.parametrize(
        ("field", "says"),
        [
            ({"response": "cafebabe"}, "That option is not part of this question. Choose from the options shown."),
            ({"struck": ["x"] * 3 + [str(each) for each in range(9)]}, "That option is not part of this question."),
            ({"go": "-1"}, "go: Ensure this value is greater than or equal to 0."),
            ({"device_ms": "1e9"}, "device_ms: Enter a whole number."),
        ],
    )
    def test_of_what_no_page_sends_is_refused(self, client, sitting, field, says):
        refused = client.post(url("save", sitting, 1), field, headers=HTMX)

        assert refused.status_code == 422
        assert refused.headers["HX-Retarget"] == "#main"
        assert says in text(refused)
        assert place(sitting).response == []

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_that_comes_late_is_refused_and_all_is_handed_in(self, client, sitting, headers):
        answer(sitting, 1, now=timezone.now())
        late(sitting)

        refused = client.post(url("save", sitting, 2), {"response": response(sitting, 2)}, headers=headers)

        assert (refused.headers.get("Location") or refused.headers["HX-Redirect"]) == url("report", sitting)
        page = text(client.get(url("report", sitting)))
        assert "Time was up at" in page
        assert "What was saved by then is handed in; what came later is not." in page
        assert [each.position for each in Attempt.objects.all()] == [1]
        assert Sitting.objects.get().submitted_at == Sitting.objects.get().deadline_at

    def test_of_one_that_was_handed_in_leads_to_its_report(self, client, student):
        over = sat(student)

        assert client.post(url("save", over, 1), {}).headers["Location"] == url("report", over)
        assert client.post(url("turn", over), {"go": "1"}).headers["Location"] == url("report", over)
        assert client.post(url("go_on", over)).headers["Location"] == url("report", over)


class TestTimeIsUp:
    def test_says_so_and_hands_in_by_one_button(self, client, sitting):
        answer(sitting, now=timezone.now())
        late(sitting)

        for page in (client.get(url("question", sitting, 1)), client.get(url("overview", sitting))):
            assert "Time is up" in text(page)
            assert "1 of 5 were answered in time" in text(page)
        assert Sitting.objects.get().submitted_at is None

        assert client.post(url("end", sitting)).headers["Location"] == url("report", sitting)
        assert "1 of 5 right" in text(client.get(url("report", sitting)))


class TestTheEnd:
    def test_is_told_by_the_overview_first(self, client, sitting):
        answer(sitting, 2, now=timezone.now(), is_marked=True)

        page = text(client.get(url("overview", sitting)))

        assert page.index("Still open") < page.index("Marked") < page.index("Hand in")
        assert "1 of 5 answered" in page

    def test_comes_once_for_two_clicks(self, client, sitting):
        answer(sitting, now=timezone.now())
        for _ in range(2):
            assert client.post(url("end", sitting)).status_code == 302

        assert Attempt.objects.count() == 1

    def test_turns_back_to_a_question(self, client, sitting):
        assert client.post(url("turn", sitting), {"go": "3"}).headers["Location"] == url("question", sitting, 3)
        assert client.post(url("turn", sitting), {"go": "x"}).headers["Location"] == url("overview", sitting)
        assert client.post(url("turn", sitting), {"go": "9"}).status_code == 404


class TestTheReport:
    def test_has_no_figure_for_a_few_and_offers_the_misses(self, client, student):
        over = sat(student, right=3)

        page = client.get(url("report", over)).content.decode()

        assert "3 of 5 right" in page
        assert "%" not in re.sub(
            r"90 % interval</th>|Lambda is about a fifth.*?name it|A section under ten.*?</p>", "", page
        )
        facts = re.findall(r'name="fact" value="([\w.-]+)"', page)
        missed = list(over.items.filter(position__gt=3).values_list("revision__item__fact__slug", flat=True))
        assert facts == missed

    def test_has_an_interval_from_ten_on(self, client, student):
        page = text(client.get(url("report", sat(student, 10, right=7))))

        assert "70 % 90 % interval 44 to 87 %, 10 questions" in page.replace("\u00a0", " ")

    def test_drills_the_misses_by_one_tap(self, client, student):
        over = sat(student, right=2)
        fields = re.findall(
            r'name="(fact|name|size)" value="([^"]+)"', client.get(url("report", over)).content.decode()
        )
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)

        begun = client.post(reverse("drills:start"), data)

        assert begun.status_code == 302
        assert "Misses of your mock exam" in client.get(begun.headers["Location"]).content.decode()

    @pytest.mark.parametrize(
        ("show", "count"), [("all", 5), ("wrong", 2), ("unsure", 5), ("marked", 0), ("nonsense", 5)]
    )
    def test_filters(self, client, student, show, count):
        over = sat(student, right=3)

        page = client.get(url("report", over), {"show": show}).content.decode()

        assert len(re.findall(r"<li data-state=", page)) == count

    def test_shows_each_question_with_its_reasons(self, client, student):
        over = begin(student)
        answer(over, 1, right=False)
        over = hand_in(over)

        wrong, left_open = (client.get(url("question", over, position)) for position in (1, 2))

        assert "Not quite." in text(wrong)
        assert "You left it open." in text(left_open)
        for page in (wrong, left_open):
            assert 'data-verdict="key"' in page.content.decode()

    def test_says_of_half_a_response_that_it_is_one(self, client, student):
        sitting = begin(student, now=timezone.now())
        two = asks_for_two(sitting)
        save(sitting, two.position, response=two.order[:1], now=timezone.now())
        over = hand_in(sitting, timezone.now())

        assert "You had chosen 1 where 2 were asked for" in text(client.get(url("question", over, two.position)))
        assert "5 questions were left open" in text(client.get(url("report", over)))

    def test_shows_the_run_of_a_question_that_has_one(self, client, student):
        over = sat(student, 65)
        runnable = next(each for each in over.items.select_related("revision") if each.revision.body["scenario"])
        other = next(each for each in over.items.select_related("revision") if not each.revision.body["scenario"])

        assert "The run" in text(client.get(url("run", over, runnable.position), headers=HTMX))
        assert client.get(url("run", over, other.position)).status_code == 404

    def test_is_not_there_before_the_end(self, client, sitting):
        assert client.get(url("report", sitting)).headers["Location"] == url("resume", sitting)


class TestSomebodyElse:
    @pytest.mark.parametrize(
        ("name", "position"),
        [("resume", ()), ("overview", ()), ("report", ()), ("question", (1,)), ("run", (1,))],
    )
    def test_finds_nothing_to_read(self, sitting, name, position):
        other = Client()
        other.force_login(UserFactory())

        assert other.get(url(name, sitting, *position)).status_code == 404

    @pytest.mark.parametrize(("name", "position"), [("save", (1,)), ("turn", ()), ("go_on", ()), ("end", ())])
    def test_finds_nothing_to_write(self, sitting, name, position):
        other = Client()
        other.force_login(UserFactory())

        assert other.post(url(name, sitting, *position), {"go": "1"}).status_code == 404
        assert Sitting.objects.get().submitted_at is None

    def test_without_a_row_is_asked_to_sign_in(self, sitting):
        assert Client().get(url("question", sitting, 1)).headers["Location"].startswith(reverse("accounts:sign_in"))


class TestQueries:
    @pytest.fixture(autouse=True)
    def seen(self, client, sitting):
        """The first change of a day is noted; it is not a page's."""
        client.post(url("save", sitting, 5), {})

    def test_of_a_question(self, client, sitting):
        with queries(exactly=5):
            assert client.get(url("question", sitting, 1), headers=HTMX).status_code == 200

    def test_of_a_save(self, client, sitting):
        given = {"response": response(sitting)}

        with queries(exactly=6):
            assert client.post(url("save", sitting, 1), given, headers=HTMX).status_code == 200

    def test_of_a_save_that_turns(self, client, sitting):
        given = {"response": response(sitting), "go": "2"}

        with queries(exactly=6):
            assert client.post(url("save", sitting, 1), given).status_code == 302

    def test_of_the_overview(self, client, sitting):
        with queries(exactly=4):
            assert client.get(url("overview", sitting)).status_code == 200

    def test_of_the_report_do_not_grow(self, client, student, sitting):
        hand_in(sitting, timezone.now())
        for over in (sat(student), sat(student, 20)):
            with queries(exactly=6):
                assert client.get(url("report", over)).status_code == 200

    def test_of_the_lobby_do_not_grow(self, client, student, sitting):
        hand_in(sitting, timezone.now())
        for _ in range(3):
            sat(student)
            with queries(exactly=6):
                assert client.get("/exams/").status_code == 200

    def test_of_the_end_are_a_few_for_each_answer(self, client, sitting):
        for position in (1, 2, 3):
            answer(sitting, position, now=timezone.now())

        with queries(exactly=TO_END + 3 * TO_LEARN):
            assert client.post(url("end", sitting)).status_code == 302


def asks_for_two(sitting):
    """Its first place, which asks a question with two right options from now on: not every paper has one."""
    item = Item.objects.for_mocks().filter(choose=2).exclude(revision=None).select_related("revision").first()
    seed = item.revision.seeds[0]
    order = [option.id for option in item.revision.variant(seed).options]
    sitting.items.filter(position=1).update(revision=item.revision, seed=seed, order=order, choose=2)
    return sitting.items.get(position=1)


TO_END, TO_LEARN = 12, 4
