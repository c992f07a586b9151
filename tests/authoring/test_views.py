import pytest
from django.urls import reverse

from studyapp.accounts.models import Role
from studyapp.authoring import checking, services
from studyapp.authoring.models import Draft
from studyapp.content.models import Scenario
from tests.accounts.factories import GuestFactory, InstructorFactory, UserFactory
from tests.authoring.factories import ADDRESS, SCENARIO, a_draft, a_run
from tests.reference.test_pages import SIGNED_IN, text_of

pytestmark = pytest.mark.django_db
INDEX, FROM_RUN = reverse("authoring:index"), reverse("authoring:from_run")


@pytest.fixture
def author():
    return InstructorFactory()


@pytest.fixture
def teacher(client, author):
    client.force_login(author)
    return client


def url(draft: Draft, name: str = "draft") -> str:
    return reverse(f"authoring:{name}", args=[draft.pk])


def words(draft: Draft, **given: str) -> dict[str, str]:
    """What the form of a draft sends."""
    said = draft.body["item"]
    whys = {f"why_{place}": why for place, why in enumerate(said["why"].values())}
    return {"stem": said["stem"], **whys, **given}


class TestWhoMaySeeThem:
    @pytest.mark.parametrize(("role", "status"), [(Role.STUDENT, 404), (Role.INSTRUCTOR, 200), (Role.OWNER, 200)])
    def test_are_those_who_teach(self, client, role, status):
        person = UserFactory(role=role)
        client.force_login(person)
        draft = a_draft(person)

        for address in (INDEX, url(draft), url(draft, "yaml")):
            assert client.get(address).status_code == status

    @pytest.mark.parametrize("who", [None, GuestFactory])
    def test_are_asked_to_sign_in_otherwise(self, client, who):
        if who:
            client.force_login(who())
        draft = a_draft(None)

        for address in (INDEX, url(draft), url(draft, "yaml")):
            assert client.get(address).url.startswith(reverse("accounts:sign_in"))
        assert client.post(FROM_RUN, a_run()).url.startswith(reverse("accounts:sign_in"))
        assert client.post(url(draft), words(draft)).url.startswith(reverse("accounts:sign_in"))

    def test_see_their_own_alone(self, teacher, author):
        own, other, left = a_draft(author, title="Mine"), a_draft(InstructorFactory(), title="Theirs"), a_draft(None)

        shown = text_of(teacher.get(INDEX))

        assert "Mine" in shown
        assert "Theirs" not in shown
        assert teacher.get(url(own)).status_code == 200
        assert [teacher.get(url(each)).status_code for each in (other, left)] == [404, 404]
        assert teacher.post(url(other), words(other)).status_code == 404

    def test_cannot_make_one_as_a_student(self, client):
        client.force_login(UserFactory())

        assert client.post(FROM_RUN, a_run()).status_code == 404
        assert not Draft.objects.exists()


class TestTheList:
    def test_costs_one_query_however_many(self, teacher, author, django_assert_num_queries):
        for _ in range(3):
            a_draft(author)

        with django_assert_num_queries(SIGNED_IN + 1):
            teacher.get(INDEX)

    def test_says_how_far_each_is(self, teacher, author):
        a_draft(author)
        a_draft(author, proof={"refused": ["It does not hold."]})

        shown = text_of(teacher.get(INDEX))

        assert "proved, 4 variants, saved" in shown
        assert "refused, saved" in shown

    def test_says_what_will_be_there(self, teacher):
        assert "the questions that you make from runs of the lab" in text_of(teacher.get(INDEX))


class TestADraft:
    def test_costs_two_queries(self, teacher, author, django_assert_num_queries):
        draft = a_draft(author)

        with django_assert_num_queries(SIGNED_IN + 2):
            teacher.get(url(draft))

    def test_shows_the_question_with_its_key_and_every_reason(self, teacher, author):
        draft = a_draft(author)

        page = teacher.get(url(draft))
        shown = text_of(page)

        assert "How long after the start does the last run of the first event begin?" in shown
        assert shown.count("✓ Right answer") == 1
        assert "Lambda repeats a failed asynchronous event at once." in shown
        assert "{{" not in shown.split("Its words")[0]
        assert ADDRESS in page.content.decode()

    def test_shows_the_proof_as_a_table(self, teacher, author):
        draft = a_draft(author)

        shown = text_of(teacher.get(url(draft)))

        assert "The key holds at each of 4 variants" in shown
        assert "✓ key 4/4 3 min 20 s" in shown.replace("\u00a0", " ")

    def test_shows_why_it_is_refused(self, teacher, author):
        draft = a_draft(author, proof={"refused": ["the key depends on <the moon>"]})

        page = teacher.get(url(draft))

        assert "Refused: the key does not hold." in text_of(page)
        assert "&lt;the moon&gt;" in page.content.decode()
        assert "Its options have values when it is proved." in text_of(page)

    def test_says_that_the_proof_took_too_long(self, teacher, author):
        assert "It took too long." in text_of(teacher.get(url(a_draft(author, proof={"stopped": "It took too long."}))))

    def test_shows_findings_by_level(self, teacher, author):
        findings = [
            {"rule": rule, "level": rule[0].upper(), "says": f"It {rule}s."} for rule in ("err", "warn", "inform")
        ]
        shown = text_of(teacher.get(url(a_draft(author, findings=findings))))

        assert "✗ blocks It errs." in shown
        assert "! warning It warns." in shown
        assert "i for information It informs." in shown

    def test_names_the_rules_that_it_leaves_out(self, teacher, author):
        draft = a_draft(author)
        draft.body["left_out"] = ["async_retries_default"]
        draft.save()

        assert "The run had other rules than AWS for async_retries_default." in text_of(teacher.get(url(draft)))

    def test_can_be_taken_away(self, teacher, author):
        draft = a_draft(author)

        response = teacher.get(url(draft, "yaml"))

        assert response["Content-Type"] == "application/yaml; charset=utf-8"
        assert response["Content-Disposition"].startswith('attachment; filename="')
        assert "# items/lambda/errors." in response.content.decode()
        assert f"- id: {draft.slug}" in response.content.decode()


class TestItsWords:
    def test_are_saved_and_checked(self, teacher, author):
        draft = a_draft(author)

        response = teacher.post(url(draft), words(draft, why_0="So it is: {{ lambda.errors.async-first-wait }}."))

        assert response.url == url(draft)
        draft.refresh_from_db()
        assert draft.body["item"]["why"]["key"].startswith("So it is")
        assert "seeds" in draft.proof

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"stem": ""}, "Write what the question says."),
            ({"why_1": " "}, "Every option needs a reason."),
            ({"why_0": "See {{ lambda.errors.nowhere }}."}, "There is no fact lambda.errors.nowhere."),
            ({"why_0": "It takes {function.duration}."}, "{function.duration} stands for nothing in a reason."),
            ({"why_0": "It takes {."}, "A brace has no other half."),
            ({"stem": "x" * 6_001}, "at most 6000 characters"),
        ],
    )
    def test_are_refused_at_their_field(self, teacher, author, given, says):
        draft = a_draft(author)

        response = teacher.post(url(draft), words(draft, **given))

        assert response.status_code == 422
        assert says in text_of(response)
        draft.refresh_from_db()
        assert draft.updated_at == draft.made_at

    def test_wait_while_the_course_cannot_be_read(self, teacher, author, settings, tmp_path):
        draft = a_draft(author)
        (tmp_path / "glossary.yaml").write_text("terms: []\n")
        settings.CONTENT = tmp_path

        response = teacher.post(url(draft), words(draft))

        assert response.status_code == 503
        assert "The files of the course cannot be read at the moment" in text_of(response)


class TestFromARun:
    def test_makes_a_draft_of_the_run_as_it_stands(self, teacher, author):
        changes = {"functions.receipts.duration": "7 s"}

        response = teacher.post(FROM_RUN, a_run(changes=changes, asks="dead_lettered_at", patch={}))

        assert response.status_code == 422  # this run has no dead-letter queue, so no three values differ
        response = teacher.post(FROM_RUN, a_run(changes=changes))
        draft = Draft.objects.get()
        assert response.url == url(draft)
        assert draft.author == author
        assert draft.body["scenario"]["functions"]["receipts"]["duration"] == "7 s"
        assert draft.body["scenario"]["seed"] == 1
        assert draft.from_address == ADDRESS

    def test_follows_aws_where_the_run_did_not(self, teacher):
        teacher.post(FROM_RUN, a_run(patch={"async_retries_default": 1}))

        assert Draft.objects.get().body["left_out"] == ["async_retries_default"]

    @pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
    def test_leads_back_to_a_path_of_this_site_alone(self, teacher, address):
        teacher.post(FROM_RUN, a_run(address=address))

        assert Draft.objects.get().from_address == ""

    def test_does_not_know_a_scenario_that_is_not_there(self, teacher):
        assert teacher.post(FROM_RUN, a_run(scenario="lambda.errors.nowhere")).status_code == 404
        Scenario.objects.filter(slug=SCENARIO).update(retired_at="2026-11-23T00:00Z")
        assert teacher.post(FROM_RUN, a_run()).status_code == 404

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"scenario": ""}, "scenario: This field is required."),
            ({"changes": "{"}, "changes: { cannot be read; it must be a JSON object from dotted paths to values"),
            ({"changes": "[1]"}, "changes: [1] is not a JSON object"),
            ({"changes": '{"function.memory": NaN}'}, "cannot be read"),
            ({"changes": '{"function.memory": "\\u0000"}'}, "holds a null character"),
            ({"changes": '{"function.memory": "\\ud800"}'}, "cannot be read"),
            ({"changes": "[" * 20_000}, "cannot be read"),
            ({"changes": {"function.memory": "64 MB"}}, "is below the minimum of 128 MB"),
            ({"changes": {"nowhere.at.all": 1}}, "nowhere"),
            ({"changes": {"function.timeout": "901 s"}}, "is above the maximum of 900 s"),
            ({"patch": {"no_such_rule": 1}}, "there is no such rule"),
            ({"patch": "7"}, "patch: 7 is not a JSON object from rules to values"),
            ({"seed": "-1"}, "seed: Ensure this value is greater than or equal to 0."),
            ({"seed": "many"}, "seed: Enter a whole number."),
            ({"asks": "happiness"}, "asks: happiness is no metric of this run."),
            ({"asks": "throttles\x00"}, "asks: Null characters are not allowed."),
        ],
    )
    def test_says_what_cannot_be_read(self, teacher, given, says):
        response = teacher.post(FROM_RUN, a_run(**given))

        assert response.status_code == 422
        assert says in text_of(response).replace("\u00a0", " ").replace("&quot;", '"')
        assert not Draft.objects.exists()

    def test_says_why_there_is_no_question_in_it(self, teacher):
        response = teacher.post(FROM_RUN, a_run(scenario="lambda.security.public-form"))

        assert response.status_code == 422
        assert "No question can be made of this" in text_of(response)
        assert "None has them of missing.send, status.send" in text_of(response)
        assert ADDRESS in response.content.decode()

    def test_says_that_it_took_too_long(self, teacher, monkeypatch):
        monkeypatch.setattr(checking, "LONGEST_S", -1.0)

        response = teacher.post(FROM_RUN, a_run())

        assert response.status_code == 422
        assert f"took longer than {services.LONGEST_S:.0f} s to make" in text_of(response)

    def test_is_no_page_to_look_at(self, teacher):
        assert teacher.get(FROM_RUN).status_code == 405
