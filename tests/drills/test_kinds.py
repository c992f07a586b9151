"""Questions that are typed, matched, told apart, put in order or uncovered: asked, refused, answered and told, without a script."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studyapp.attempts import telling
from studyapp.attempts.models import Attempt
from studyapp.content.models import Item, Revision
from studyapp.drills import queries
from studyapp.drills.forms import ResponseForm
from studyapp.memory.models import Card
from studyapp.questions.marking import mark
from studyapp.questions.variants import shuffled
from tests.accounts.factories import UserFactory
from tests.drills import kinds
from tests.drills.factories import a_fact, ask_item, item_of, make_item, open_drill
from tests.drills.responses import fields_of, response_of

pytestmark = pytest.mark.django_db

KINDS = ("numeric", "simulated", "matching", "contrast", "ordering", "ordered", "reveal")
ASKED_IN_FULL = ("matching", "contrast", "ordering", "ordered")


class Asked:
    """A drill whose first place asks one item, before a browser without a script."""

    def __init__(self, item) -> None:
        self.student = UserFactory()
        self.client = Client()
        self.client.force_login(self.student)
        self.drill = open_drill(self.student, a_fact(), now=timezone.now())
        self.revision: Revision = ask_item(self.drill, item)
        self.variant = self.revision.variant(self.drill.items.get(position=1).seed)
        self.page = self.get()

    def url(self, name: str) -> str:
        return reverse(f"drills:{name}", args=[self.drill.pk, 1])

    def get(self, name: str = "question") -> str:
        return unescape(self.client.get(self.url(name)).content.decode())

    def send(self, fields: Mapping[str, object]) -> str:
        """What comes of the form with these fields, redirects followed."""
        token = re.search(r'name="token" value="([^"]+)"', self.page)
        assert token
        response = self.client.post(self.url("answer"), {"token": token[1], **fields}, follow=True)
        self.status = response.status_code
        return unescape(response.content.decode())

    def answer(self, *, right: bool = True, **more: object) -> str:
        return self.send({**fields_of(self.variant, response_of(self.variant, right=right)), **more})


@pytest.fixture(params=KINDS)
def asked(request):
    return Asked(item_of(request.param))


def text_of(page: str) -> str:
    """Without the marks of code, references and words of the glossary."""
    return re.sub(r"<[^>]+>", "", page)


def verdicts(page: str) -> list[str]:
    return re.findall(r'<li class="line" data-verdict="(\w+)"', page)


class TestEveryKind:
    def test_asks_without_a_reason_on_the_page(self, asked):
        assert not any(option.why[:30] in text_of(asked.page) for option in asked.variant.options)
        assert verdicts(asked.page) == []

    def test_takes_a_right_answer(self, asked):
        page = asked.answer()

        assert asked.status == 200
        assert Attempt.objects.get().is_right
        assert "✓" in page
        assert "✗" not in page

    def test_takes_a_wrong_answer(self, asked):
        page = asked.answer(right=False)

        assert asked.status == 200
        assert not Attempt.objects.get().is_right
        assert "You knew it." not in page
        assert "Right." not in page

    def test_tells_every_reason(self, asked):
        page = re.sub(r"</?button[^>]*>", "", asked.answer(right=False))  # words that can be explained

        told = asked.variant.options[:1] if asked.variant.kind == "reveal" else asked.variant.options
        assert all(option.why.split(" {{")[0].replace("`", "")[:40] in text_of(page) for option in told)

    def test_moves_memory(self, asked):
        asked.answer()

        assert Card.objects.of(asked.student).exists()

    def test_that_is_empty_is_asked_again(self, asked):
        page = asked.send({})

        assert asked.status == 422
        assert "Something needs another look" in page
        assert asked.variant.stem[:30] in text_of(page)
        assert not Attempt.objects.exists()

    @pytest.mark.parametrize("rubbish", ["", "x", "\x00", "1:2=3", "9" * 60, "é" * 3000])
    def test_refuses_rubbish_in_every_field(self, asked, rubbish):
        form = ResponseForm({}, variant=asked.variant)
        asked.send({name: rubbish for name in form.fields if name not in ("token", "is_sure")})

        assert asked.status == 422
        assert not Attempt.objects.exists()

    def test_says_so_when_its_page_is_too_old(self, asked):
        page = asked.answer(token="forged")

        assert asked.status == 422
        assert "too old or was changed on its way" in page


class TestANumber:
    @pytest.fixture
    def asked(self):
        return Asked(item_of("simulated"))

    def test_is_typed_into_one_labelled_field(self, asked):
        assert re.search(r'<label for="number">Your answer<span class="hidden">: s</span></label>', asked.page)
        assert re.search(r'<input id="number" name="response" type="text" inputmode="decimal"', asked.page)

    def test_may_have_a_unit_of_its_own(self, asked):
        page = asked.send({"response": f" {asked.variant.key_text.replace(' ', ' ')} "})

        assert Attempt.objects.get().is_right
        assert "Checked by simulation." in page

    @pytest.mark.parametrize(
        ("typed", "says"),
        [("", "Type a number, then answer."), ("soon", "“soon” is not a number."), ("5 MB", "asked for in s")],
    )
    def test_that_cannot_be_read_is_kept_and_said_at_its_field(self, asked, typed, says):
        page = asked.send({"response": typed})

        assert asked.status == 422
        assert f'value="{typed}"' in page
        assert re.search(rf'<p class="error" id="number-error">[^<]*{re.escape(says)}', page)
        assert re.search(rf'<a href="#number">[^<]*{re.escape(says)}', page)
        assert 'aria-invalid="true"' in page

    def test_that_is_a_slip_gets_its_reason_its_belief_and_its_run(self, asked):
        slip = next(option for option in asked.variant.options if option.belief and option.id not in asked.variant.key)
        page = asked.send({"response": slip.text})

        assert verdicts(page)[:2] == ["miss", "key"]
        assert f"The answer is {asked.variant.key_text}." in page
        assert "The idea behind it" in page
        assert "Your answer comes from a world where this is so" in asked.get("run")
        assert Attempt.objects.get().belief == slip.belief

    def test_that_is_no_known_slip_gets_the_reason_of_the_key(self, asked):
        page = asked.send({"response": "123456"})

        assert verdicts(page)[:2] == ["miss", "key"]
        assert "123456\u00a0s" in page
        assert "The idea behind it" not in page
        assert "Your answer" not in asked.get("run")
        assert Attempt.objects.get().belief == ""

    def test_lists_the_other_slips_folded_away(self, asked):
        page = asked.answer()

        assert verdicts(page) == ["key", *["other"] * (len(asked.variant.options) - 1)]
        assert "Other numbers, and where they come from" in page


class TestLines:
    @pytest.mark.parametrize("kind", ASKED_IN_FULL)
    def test_that_are_open_are_named_each_at_its_field(self, kind):
        asked = Asked(item_of(kind))
        fields = dict(fields_of(asked.variant, response_of(asked.variant)))
        name = min(fields)
        option = next(option for option in asked.variant.options if name.endswith(option.id))
        page = asked.send({**fields, name: ""})

        assert asked.status == 422
        assert f'<p class="error" id="{name}-error">Choose' in page
        assert f'<a href="#{name}">“{option.text.replace("`", "")}”: Choose' in page
        assert page.count('class="error"') == 1

    @pytest.mark.parametrize("kind", ASKED_IN_FULL)
    @pytest.mark.parametrize("given", [{"token": "forged"}, {"is_sure": "on"}])
    def test_keep_what_was_given(self, kind, given):
        asked = Asked(item_of(kind))
        fields = dict(fields_of(asked.variant, response_of(asked.variant)))
        left_open = {} if "token" in given else {min(fields): ""}
        page = asked.send({**fields, **left_open, **given})

        chosen = re.findall(r'value="([^"]+)"[^>]* (?:selected|checked)>', page.split('class="cluster"')[0])
        assert sorted(chosen) == sorted({**fields, **left_open}.values())[len(left_open) :]
        assert ("is_sure" in given) == bool(re.search(r'name="is_sure"[^>]* checked', page))

    @pytest.mark.parametrize("kind", ASKED_IN_FULL)
    def test_stand_in_the_order_shown_with_what_is_wrong(self, kind):
        """The order of the file is, for steps, the right one."""
        asked = Asked(item_of(kind))
        shown = re.findall(r' id="(line-\w{8})"', asked.page)
        page = asked.send({})

        assert re.findall(r' id="(line-\w{8})"', page) == shown
        assert re.findall(r'<a href="#(line-\w{8})"', page) == shown

    def test_of_a_matching_item_are_told_one_by_one(self):
        asked = Asked(item_of("matching"))
        page = asked.answer(right=False)

        assert sorted(verdicts(page)) == ["key", "key", "key", "miss"]
        assert "3 of 4 are right." in page
        assert page.count("✗ You chose: ") == 1
        assert all(str(option.answer) in page for option in asked.variant.options)

    def test_of_a_matching_item_offer_every_answer_in_one_order(self):
        asked = Asked(item_of("matching"))
        menus = re.findall(r"<select.*?</select>", asked.page, re.DOTALL)

        assert len(menus) == 4
        texts = [re.findall(r">([^<]+)</option>", menu) for menu in menus]
        assert texts == [["Choose", *(answer.text for answer in asked.variant.answers)]] * 4

    def test_of_a_contrast_have_two_answers_each(self):
        asked = Asked(item_of("contrast"))

        assert asked.page.count('type="radio" name="line-') == 6
        assert "2 of 3 are right." in asked.answer(right=False)

    def test_of_an_order_are_told_in_the_right_order(self):
        asked = Asked(item_of("ordering"))
        page = asked.answer(right=False)

        assert verdicts(page) == ["miss", "miss", "key", "key", "key"]
        assert "3 of 5 are in place." in page
        assert "You gave it place 2" in page
        told = [page.index(option.text) for option in asked.variant.options]
        assert told == sorted(told)

    def test_of_an_order_that_was_simulated_say_so_and_show_the_run(self):
        asked = Asked(item_of("ordered"))
        page = asked.answer()

        assert "Checked by simulation." in page
        assert "See the run" in page
        run = asked.get("run")
        assert 'class="timeline"' in run
        assert "Last attempt starts" in run

    def test_cannot_share_a_place(self):
        asked = Asked(item_of("ordering"))
        fields = dict(fields_of(asked.variant, response_of(asked.variant)))
        one, other = sorted(fields)[:2]
        page = asked.send({**fields, other: fields[one]})

        assert asked.status == 422
        assert f"Place {fields[one]} is given to “" in page


class TestReveal:
    @pytest.fixture
    def asked(self):
        return Asked(item_of("reveal"))

    def test_is_uncovered_without_a_script(self, asked):
        assert re.search(r"<details[^>]*>\s*<summary[^>]*><span[^>]*>Show the answer", asked.page)
        assert [text.strip() for text in re.findall(r"<span>(I [^<]+)</span>", asked.page)] == [
            "I knew it",
            "I did not",
        ]

    def test_asks_nothing_more(self, asked):
        assert 'name="is_sure"' not in asked.page
        assert "I was guessing" not in asked.answer()

    @pytest.mark.parametrize(("right", "says"), [(True, "You knew it."), (False, "You did not know it.")])
    def test_says_which(self, asked, right, says):
        assert says in asked.answer(right=right)


class TestViews:
    @pytest.mark.parametrize(
        ("view", "says"), [("now", "As AWS says now"), ("exam", "As the exam still expects"), (None, None)]
    )
    def test_say_above_the_stem_which_key_is_meant(self, view, says):
        body = item_of("numeric").revision.body
        asked = Asked(make_item(trial(kinds.with_view(body, view, "5") if view else body)))

        assert ('class="view"' in asked.page) is bool(says)
        assert not says or asked.page.index(says) < asked.page.index('class="stem"')
        assert "The exam says" not in asked.page

    @pytest.mark.parametrize(("view", "sides"), [("now", ("5", "10 times")), ("exam", ("10 times", "5"))])
    def test_give_both_keys_after_the_answer(self, view, sides):
        body = item_of("numeric").revision.body
        page = Asked(make_item(trial(kinds.with_view(body, view, "5")))).answer()

        given = page[page.index('<dl class="sides">') : page.index("</dl>")].replace("\u00a0", " ")
        assert tuple(re.findall(r"<dd>([^<]+)</dd>", given)) == sides
        assert given.index("The exam says") < given.index("AWS says now")


def trial(body):
    return {**body, "item": {**body["item"], "id": "lambda.errors.trial"}}


class TestTheDone:
    def test_page_names_what_a_matching_item_asked(self):
        asked = Asked(item_of("matching"))
        asked.answer()

        assert "and 3 more" in unescape(
            asked.client.get(reverse("drills:done", args=[asked.drill.pk])).content.decode()
        )

    def test_counts_every_fact_that_comes_back(self):
        asked = Asked(item_of("matching"))
        asked.answer(right=False)
        plan = queries.plan(asked.student, asked.drill.pk)

        assert queries.due_tomorrow(asked.student, plan, timezone.now()) == 1


class TestTheWholeCourse:
    @pytest.mark.parametrize("right", [True, False])
    def test_can_be_answered_and_told(self, right):
        for item in Item.objects.current().select_related("revision"):
            variant = item.revision.variant(item.revision.seeds[0])
            response = response_of(variant, right=right)
            marked = mark(variant, response)
            order = list(shuffled(variant, "a nonce"))
            told = telling.told(variant, Attempt(order=order, response=response, fraction=marked.fraction))

            assert marked.is_right is right, item
            assert len(told.get("options") or told["rows"]) == shown_after(variant, right=right), item


def shown_after(variant, *, right):
    """How many options or lines: of a number what was typed and what is right, of a self-marked question the answer."""
    if variant.kind in ("numeric", "reveal"):
        return 2 if variant.kind == "numeric" and not right else 1
    return len(variant.options)
