"""What a browser would not send, and what it sends twice. Nothing is stored, or what was stored stands."""

import time

import pytest
from django.core import signing

from tests.journeys.server import Server
from tests.journeys.visitor import Answer, Visitor, begun, place

pytestmark = pytest.mark.browser

SALT = "attempts.shown"
FOREIGN_TOKEN = "This question was shown to somebody else"
OTHER_QUESTION = "That answer belongs to another question"
CHANGED = "This question is too old or was changed on its way"


@pytest.fixture
def visitor(server: Server) -> Visitor:
    return Visitor(server.url)


@pytest.fixture
def stored(server: Server):
    """How many answers and reviews there are: looked at before and after."""
    return lambda: (server.count("attempts_attempt"), server.count("memory_review"), server.count("memory_card"))


class Second:
    """A guest before the second question of their drill."""

    def __init__(self, visitor: Visitor, server: Server) -> None:
        self.visitor, self.server = visitor, server
        self.drill, _ = place(begun(visitor))
        self.address = f"/drills/{self.drill}/2/"
        self.page = visitor.get(self.address)

    def answer(self, *, csrf: bool = True, htmx: bool = False, **fields: str | list[str]) -> Answer:
        whole = {"token": self.page.token, "response": self.page.options[0]} | fields
        return self.visitor.post(f"{self.address}answer/", {k: v for k, v in whole.items() if v}, csrf=csrf, htmx=htmx)


@pytest.fixture
def second(visitor: Visitor, server: Server) -> Second:
    return Second(visitor, server)


def asks_again(answer: Answer, page: Answer, says: str) -> None:
    assert answer.status == 422
    assert answer.heading == page.heading
    assert sorted(answer.options) == sorted(page.options)
    assert says in answer.text


class TestAFirstAnswer:
    @pytest.mark.parametrize("fields", [{"token": "garbage"}, {"token": ""}, {"token": "a:b:c"}, {"token": "\0"}])
    def test_with_a_token_that_is_none_meets_a_question_again(self, visitor, stored, fields):
        page, before = visitor.get("/"), stored()

        answer = visitor.post("/first/", {"response": page.options[0]} | fields)

        assert answer.status == 422
        assert CHANGED in answer.text
        assert len(answer.options) >= 3
        assert stored() == before

    @pytest.mark.parametrize(
        ("response", "says"),
        [
            ([], "Choose an option"),
            (["nothere0"], "not part of this question"),
            (["two"], "Choose 1 option; you chose 2."),
        ],
    )
    def test_that_the_question_cannot_have_meets_it_again(self, visitor, stored, response, says):
        page, before = visitor.get("/"), stored()
        chosen = page.options[:2] if response == ["two"] else response

        asks_again(visitor.post("/first/", {"token": page.token, "response": chosen}), page, says)

        assert stored() == before

    def test_to_a_page_of_another_browser_is_refused(self, visitor, server, stored):
        page = Visitor(server.url).get("/")
        visitor.get("/")
        before = stored()

        answer = visitor.post("/first/", {"token": page.token, "response": page.options[0]})

        assert answer.status == 422
        assert FOREIGN_TOKEN in answer.text
        assert stored() == before

    def test_is_kept_once_however_often_it_arrives(self, visitor, stored):
        page, (attempts, reviews, _) = visitor.get("/"), stored()
        fields = {"token": page.token, "response": page.options[0]}

        told = [visitor.post("/first/", fields), visitor.post("/first/", fields)]
        told.append(visitor.post("/first/", fields | {"response": page.options[1]}))

        assert {answer.status for answer in told} == {302}
        assert len({answer.location for answer in told}) == 1
        assert stored()[:2] == (attempts + 1, reviews + 1)

    def test_whose_reply_was_lost_is_found_again(self, visitor, stored):
        page, (attempts, _, _) = visitor.get("/"), stored()
        fields = {"token": page.token, "response": page.options[0]}
        visitor.post("/first/", fields)
        visitor.cookies.pop("sessionid")

        answer = visitor.post("/first/", fields)

        assert visitor.get(answer.location).verdicts.count("key") == 1
        assert stored()[0] == attempts + 1


class TestAnAnswer:
    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"response": []}, "Choose an option, then answer."),
            ({"response": ["nothere0"]}, "not part of this question"),
            ({"response": ["<script>"]}, "not part of this question"),
            ({"token": ""}, "incomplete"),
            ({"token": "garbage"}, CHANGED),
            ({"token": "x" * 5000}, "2000"),
        ],
    )
    @pytest.mark.parametrize("htmx", [False, True])
    def test_that_the_question_cannot_have_meets_it_again(self, second, stored, fields, says, htmx):
        before = stored()

        asks_again(second.answer(htmx=htmx, **fields), second.page, says)

        assert stored() == before

    def test_of_two_options_meets_the_question_again(self, second, stored):
        before = stored()

        asks_again(second.answer(response=second.page.options[:2]), second.page, "Choose 1 option; you chose 2.")

        assert stored() == before

    def test_signed_by_somebody_else_is_refused(self, second, stored):
        forged = signing.dumps(said_by(second.page.token, second.server), salt=SALT, key="another key", compress=True)
        before = stored()

        asks_again(second.answer(token=forged), second.page, CHANGED)

        assert stored() == before

    def test_to_a_page_of_a_month_ago_is_refused(self, second, stored):
        said = said_by(second.page.token, second.server)
        old = Old(key=secret(second.server), salt=SALT).sign_object(said, compress=True)
        before = stored()

        asks_again(second.answer(token=old), second.page, CHANGED)

        assert stored() == before

    def test_with_the_token_of_another_person_is_refused(self, second, server, stored):
        other = Second(Visitor(server.url), server)
        before = stored()

        asks_again(second.answer(token=other.page.token), second.page, FOREIGN_TOKEN)

        assert stored() == before

    def test_with_the_token_of_another_place_is_refused(self, second, stored):
        third = second.visitor.get(f"/drills/{second.drill}/3/")
        before = stored()

        asks_again(second.answer(token=third.token), second.page, OTHER_QUESTION)

        assert stored() == before

    def test_with_the_token_of_another_drill_is_refused(self, second, stored):
        begun_too = second.visitor.post("/drills/start/", {"section": "3"})
        page = second.visitor.get(begun_too.location)
        before = stored()

        asks_again(second.answer(token=page.token), second.page, OTHER_QUESTION)

        assert stored() == before

    @pytest.mark.parametrize("rest", ["", "answer/", "guess/", "undo/", "run/"])
    def test_to_somebody_elses_drill_finds_nothing(self, second, server, stored, rest):
        other = Second(Visitor(server.url), server)
        address, before = f"{other.address}{rest}", stored()
        fields = {"token": other.page.token, "response": other.page.options[0]}

        answer = second.visitor.get(address) if rest in ("", "run/") else second.visitor.post(address, fields)

        assert answer.status == 404
        assert stored() == before

    def test_to_no_question_finds_nothing(self, second):
        for address in (
            "0/1/",
            f"{second.drill}/99/",
            f"{second.drill}/0/",
            f"{10**30}/1/",
            f"{second.drill}/{10**30}/",
        ):
            assert second.visitor.get(f"/drills/{address}").status == 404
            assert second.visitor.post(f"/drills/{address}answer/", {"response": "x"}).status == 404

    @pytest.mark.parametrize("rest", ["guess/", "undo/", "run/"])
    def test_is_needed_before_anything_is_said_about_it(self, second, rest):
        address = f"{second.address}{rest}"

        answer = second.visitor.get(address) if rest == "run/" else second.visitor.post(address)

        assert answer.status == 404

    def test_without_the_csrf_token_is_refused(self, second, stored):
        before = stored()

        answer = second.answer(csrf=False)

        assert answer.status == 403
        assert "Nothing was stored" in answer.text
        assert stored() == before

    def test_of_a_stranger_is_led_to_the_sign_in(self, second, server, stored):
        stranger, before = Visitor(server.url), stored()
        stranger.get("/")

        answer = stranger.post(
            f"{second.address}answer/", {"token": second.page.token, "response": second.page.options[0]}
        )

        assert (answer.status, answer.location) == (302, "/sign-in/")
        assert stored() == before

    def test_cannot_be_given_by_looking(self, second, stored):
        before = stored()

        for rest in ("answer/", "guess/", "undo/"):
            assert second.visitor.get(f"{second.address}{rest}").status == 405
        for address in ("/first/", "/drills/start/", "/fresh/", "/sign-out/", "/settings/theme/"):
            assert second.visitor.get(address).status == 405
        assert stored() == before

    @pytest.mark.parametrize("htmx", [False, True])
    def test_is_kept_once_and_the_first_stands(self, second, stored, htmx):
        attempts, reviews, _ = stored()

        second.answer(htmx=htmx)
        first = second.visitor.get(second.address)
        again = second.answer(htmx=htmx, response=second.page.options[1])

        assert again.status in (200, 302)
        assert second.visitor.get(second.address).verdicts == first.verdicts
        assert stored()[:2] == (attempts + 1, reviews + 1)


class TestAGuessAndAnUndo:
    def test_are_kept_once(self, second, server, stored):
        (key,) = server.variant(second.drill, 2).key
        second.answer(response=key)
        _, reviews, _ = stored()

        for rest, more in (("guess/", 1), ("guess/", 1), ("undo/", 2), ("undo/", 2), ("guess/", 2)):
            assert second.visitor.post(f"{second.address}{rest}").status == 302
            assert stored()[1] == reviews + more

    def test_of_a_wrong_answer_is_no_guess(self, second, server, stored):
        key = server.variant(second.drill, 2).key
        second.answer(response=next(option for option in second.page.options if option not in key))
        before = stored()

        assert second.visitor.post(f"{second.address}guess/").status == 404
        assert stored() == before


class TestADrill:
    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"section": "11"}, "Section 11 does not exist"),
            ({"section": "<b>"}, "does not exist"),
            ({"size": "0"}, "1"),
            ({"size": "31"}, "30"),
            ({"size": "many"}, "whole number"),
            ({"fact": "x" * 121}, "120"),
        ],
    )
    def test_of_what_does_not_exist_is_refused_with_the_field(self, second, server, fields, says):
        before = server.count("drills_drill")

        answer = second.visitor.post("/drills/start/", fields)

        assert answer.status == 422
        assert says in answer.text
        assert server.count("drills_drill") == before

    def test_of_a_fact_that_nobody_knows_says_so(self, second, server):
        before = server.count("drills_drill")

        answer = second.visitor.post("/drills/start/", {"fact": "lambda.no.such"})

        assert answer.status == 200
        assert server.count("drills_drill") == before


class Old(signing.TimestampSigner):
    """Signs as the server did 31 days ago."""

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - 31 * 24 * 60 * 60)


def secret(server: Server) -> str:
    return (server.folder / "secret_key").read_text()


def said_by(token: str, server: Server) -> object:
    return signing.loads(token, salt=SALT, key=secret(server))
