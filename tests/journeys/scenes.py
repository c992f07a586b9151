"""Every page and every state of it that looks different: who sees it, and how they get there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.drills import kinds
from tests.journeys import drill_scenes, exam_scenes, lab_scenes, steps, today_scenes
from tests.journeys.cast import Cast, Make

Reach = Callable[[Page, Cast, Make], object]

PLAIN = {
    "newcomer": {
        "sign-in": "/sign-in/",
        "sign-up": "/sign-up/",
        "recover": "/recover/",
        "drills": "/drills/",
        "settings": "/settings/",
        "reference": "/reference/",
        "reference-search": "/reference/?q=concurrency",
        "reference-nothing-found": "/reference/?q=xylophone",
        "moved": "/reference/moved/",
        "moved-filtered": "/reference/moved/?section=8&kind=pair",
        "section": "/reference/8/",
        "section-of-clues": "/reference/10/",
        "glossary": "/reference/glossary/",
        "not-found": "/nowhere/",
        "link-unknown": "/t/nothing/",
        "progress-newcomer": "/progress/",
    },
    "guest": {"today-guest": "/", "settings-guest": "/settings/", "erase-guest": "/settings/erase/", "sign-in-guest": "/sign-in/"},
    "student": {
        "today": "/",
        "drills-student": "/drills/",
        "settings-student": "/settings/",
        "goal": "/settings/goal/",
        "device": "/device/",
        "password": "/password/",
        "new-code": "/recovery-code/new/",
        "erase": "/settings/erase/",
        "section-student": "/reference/5/",
        "drill-done": "/drills/1/done/",
        "progress": "/progress/", "progress-clues": "/progress/clues/", "progress-beliefs": "/progress/beliefs/",
        "progress-days": "/progress/days/", "progress-calibration": "/progress/calibration/", "progress-score": "/progress/score/",
    },
    "instructor": {"today-instructor": "/", "facts-to-check": "/reference/freshness/"},
    "owner": {"settings-owner": "/settings/", "people": "/people/"},
}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    name: str
    role: str
    reach: Reach

    def show(self, cast: Cast, make: Make) -> Page:
        page = cast.page_of(self.role, make)
        self.reach(page, cast, make)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.mouse.move(0, 0)
        return page


def _at(path: str) -> Reach:
    return lambda page, cast, make: page.goto(path)


SCENES = [Scene(name, role, _at(path)) for role, paths in PLAIN.items() for name, path in paths.items()]


def scene(name: str, role: str = "newcomer") -> Callable[[Reach], Reach]:
    def keep(reach: Reach) -> Reach:
        SCENES.append(Scene(name, role, reach))
        return reach

    return keep


@scene("first")
def first(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/")
    expect(page.locator("fieldset").get_by_role("button").first).to_be_visible()


@scene("first-asked-again")
def first_asked_again(page: Page, cast: Cast, make: Make) -> None:
    first(page, cast, make)
    page.locator("[name=token]").evaluate("field => { field.value = 'changed on its way'; }")
    page.locator("fieldset").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("keys")
def keys(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/")
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


@scene("menu")
def menu(page: Page, cast: Cast, make: Make) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/reference/")
    page.locator("summary", has_text="Menu").click()


@scene("question")
def question(page: Page, cast: Cast, make: Make) -> None:
    cast.before(page, "lambda.vpc.card-processor.fix")
    expect(steps.question(page)).to_be_visible()


@scene("question-chosen")
def question_chosen(page: Page, cast: Cast, make: Make) -> None:
    question(page, cast, make)
    steps.choose(page, steps.key(page, cast.server))
    page.get_by_label("I am sure").check()


@scene("question-asked-again")
def question_asked_again(page: Page, cast: Cast, make: Make) -> None:
    question(page, cast, make)
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("feedback-right")
def feedback_right(page: Page, cast: Cast, make: Make) -> None:
    question(page, cast, make)
    steps.answer(page, cast.server)


@scene("feedback-wrong")
def feedback_wrong(page: Page, cast: Cast, make: Make) -> None:
    question(page, cast, make)
    steps.answer(page, cast.server, right=False)


@scene("feedback-guessed")
def feedback_guessed(page: Page, cast: Cast, make: Make) -> None:
    feedback_right(page, cast, make)
    page.get_by_role("button", name="I was guessing").click()
    expect(page.get_by_text("Noted as a guess")).to_be_visible()


@scene("feedback-taken-back")
def feedback_taken_back(page: Page, cast: Cast, make: Make) -> None:
    feedback_right(page, cast, make)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back")).to_be_visible()


@scene("feedback-without-a-run")
def feedback_without_a_run(page: Page, cast: Cast, make: Make) -> None:
    cast.before(page, cast.server.rows("SELECT slug FROM content_item WHERE kind = 'recall' ORDER BY slug")[0][0])
    steps.answer(page, cast.server, right=False)


@scene("feedback-meaning")
def feedback_meaning(page: Page, cast: Cast, make: Make) -> None:
    """What a word of a reason means, opened."""
    feedback_wrong(page, cast, make)
    page.locator(".why .term").first.click()
    expect(page.get_by_role("note")).to_be_visible()


@scene("question-meaning")
def question_meaning(page: Page, cast: Cast, make: Make) -> None:
    question(page, cast, make)
    page.locator(".words .term").first.click()
    expect(page.get_by_role("note")).to_be_visible()


@scene("section-meaning")
def section_meaning(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/reference/7/")
    page.locator(".claims .term").first.click()
    expect(page.get_by_role("note")).to_be_visible()


TRIALS = ("simulated", "matching", "contrast", "ordering", "viewed")
DRAWN = {"number": kinds.TYPED, "reveal": kinds.REVEALED}


def _kind(name: str) -> Reach:
    """The question of a kind that is not chosen from options, or that asks for one of two views."""
    return lambda page, cast, make: cast.before_trial(page, name) if name in TRIALS else cast.before(page, DRAWN[name])


def _asked_again(name: str) -> Reach:
    """The same as it comes back: nothing was given, and a page without a script sent it."""

    def reach(page: Page, cast: Cast, make: Make) -> None:
        _kind(name)(page, cast, make)
        if name == "ordering":
            page.locator("form select").evaluate_all("all => all.forEach(one => { one.name += 'x'; })")
        page.get_by_role("button", name="Answer").click()
        expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()

    return reach


def _told(name: str, *, right: bool) -> Reach:
    def reach(page: Page, cast: Cast, make: Make) -> None:
        _kind(name)(page, cast, make)
        steps.answer(page, cast.server, right=right)

    return reach


@scene("kind-reveal-uncovered")
def kind_reveal_uncovered(page: Page, cast: Cast, make: Make) -> None:
    _kind("reveal")(page, cast, make)
    page.get_by_text("Show the answer").click()


@scene("kind-simulated-run")
def kind_simulated_run(page: Page, cast: Cast, make: Make) -> None:
    _told("simulated", right=False)(page, cast, make)
    page.locator(".more summary").click()
    page.get_by_role("link", name="See the run").click()
    expect(page.get_by_role("heading", name="The run")).to_be_visible()


for _name in (*TRIALS, *DRAWN):
    SCENES += [
        Scene(f"kind-{_name}", "newcomer", _kind(_name)),
        Scene(f"kind-{_name}-right", "newcomer", _told(_name, right=True)),
        Scene(f"kind-{_name}-wrong", "newcomer", _told(_name, right=False)),
    ]
SCENES += [
    Scene(f"kind-{_name}-asked-again", "newcomer", _asked_again(_name))
    for _name in ("number", "matching", "contrast", "ordering")
]


def _run_of(stem: str) -> Reach:
    """The two runs of an item of this scenario, beside a wrong answer; short tables are open."""

    def reach(page: Page, cast: Cast, make: Make) -> None:
        ((item,), *_) = cast.server.rows("SELECT slug FROM content_item WHERE slug LIKE ?", f"{stem}.%")
        cast.before(page, item)
        steps.answer(page, cast.server, right=False)
        page.get_by_role("link", name="See the run").click()
        expect(page.get_by_role("heading", name="The run")).to_be_visible()
        page.locator("#run details").evaluate_all(
            "all => all.forEach(one => { one.open = one.querySelectorAll('tr').length < 60; })"
        )

    return reach


SCENES += [
    Scene(f"run-{name.replace('.', '-')}", "newcomer", _run_of(f"lambda.{name}"))
    for name in (
        "vpc.card-processor",
        "concurrency.ticket-sale",
        "errors.vanished-images",
        "overview.two-waves",
        "security.public-form",
        "clues.midnight-by-rule",
        "versions.everybody-at-once",
    )
]


@scene("first-five-answered", "guest")
def first_five_answered(page: Page, cast: Cast, make: Make) -> None:
    page.goto(cast.fifth)
    expect(page.get_by_role("heading", name=re.compile("^Keep these"))).to_be_visible()


@scene("nothing-to-ask")
def nothing_to_ask(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/drills/")
    page.get_by_role("button", name=re.compile("^VPC")).evaluate("one => { one.name = 'fact'; one.value = 'none'; }")
    page.get_by_role("button", name=re.compile("^VPC")).click()
    expect(page.get_by_role("heading", name="There is no question for this yet.")).to_be_visible()


@scene("drill-of-nothing")
def drill_of_nothing(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/drills/")
    page.get_by_role("button", name=re.compile("^VPC")).evaluate("one => { one.value = '11'; }")
    page.get_by_role("button", name=re.compile("^VPC")).click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("page-too-old")
def page_too_old(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/")
    page.locator("[name=csrfmiddlewaretoken]").first.evaluate("field => { field.value = 'old'; }")
    page.locator("fieldset").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="This page is too old to be sent")).to_be_visible()


@scene("sign-in-wrong")
def sign_in_wrong(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Name").fill(f"Nobody {uuid4().hex[:6]}")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("sign-up-wrong")
def sign_up_wrong(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/sign-up/")
    page.get_by_label("Name").fill("<>")
    page.get_by_label("Password").fill("short")
    page.get_by_label("E-mail").fill("nowhere")
    page.get_by_role("button", name="Keep my answers").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("recover-wrong")
def recover_wrong(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/recover/")
    page.get_by_role("button", name="Set the new password").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("too-many-tries")
def too_many_tries(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/sign-in/")
    fields = {"typed": f"Nobody {uuid4().hex[:6]}", "password": "not the password"}
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for _ in range(10):
        page.request.post("/sign-in/", form=fields | {"csrfmiddlewaretoken": token}, headers={"Referer": page.url})
    page.get_by_label("Name").fill(fields["typed"])
    page.get_by_label("Password").fill(fields["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Too many tries")).to_be_visible()


@scene("recovery-code")
def recovery_code(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/sign-up/")
    page.get_by_label("Name").fill(f"Person {uuid4().hex[:8]}")
    page.get_by_label("Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Keep my answers").click()
    expect(page.get_by_role("heading", name="Your recovery code")).to_be_visible()


@scene("signed-out")
def signed_out(page: Page, cast: Cast, make: Make) -> None:
    recovery_code(page, cast, make)
    page.get_by_role("button", name="I have it").click()
    steps.sign_out(page)


@scene("password-wrong", "student")
def password_wrong(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/password/")
    page.get_by_role("button", name="Set the new password").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("new-code-wrong", "student")
def new_code_wrong(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/recovery-code/new/")
    page.get_by_role("button", name="Make a new code").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("erase-wrong", "student")
def erase_wrong(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/settings/erase/")
    page.get_by_label("type your name").fill("somebody else")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("device-code", "student")
def device_code(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/device/")
    page.get_by_role("button", name="Show the code").click()
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()


@scene("link-of-a-person")
def link_of_a_person(page: Page, cast: Cast, make: Make) -> None:
    page.goto(cast.ticket(make, "student"))
    expect(page.get_by_role("heading", name="Continue as Ana")).to_be_visible()


@scene("link-of-a-guest", "instructor")
def link_of_a_guest(page: Page, cast: Cast, make: Make) -> None:
    page.goto(cast.ticket(make, "guest"))
    expect(page.get_by_role("heading", name="Continue where you left off")).to_be_visible()


@scene("link-used")
def link_used(page: Page, cast: Cast, make: Make) -> None:
    link = cast.ticket(make, "guest")
    for _ in range(2):
        page.goto(link)
        if page.get_by_role("button", name="Continue").count():
            page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="This link has been used")).to_be_visible()


@scene("people-invitation", "owner")
def people_invitation(page: Page, cast: Cast, make: Make) -> None:
    page.goto("/people/")
    page.get_by_role("button", name=re.compile("^Make")).click()
    expect(page.get_by_text("shown only now")).to_be_visible()


@scene("invitation")
def invitation(page: Page, cast: Cast, make: Make) -> None:
    page.goto(cast.invitation(make))
    expect(page.get_by_role("button", name="Become an instructor")).to_be_visible()


@scene("invitation-wrong")
def invitation_wrong(page: Page, cast: Cast, make: Make) -> None:
    invitation(page, cast, make)
    page.get_by_role("button", name="Become an instructor").click()
    expect(page.get_by_role("heading", name="Something needs another look")).to_be_visible()


@scene("invitation-of-a-person", "student")
def invitation_of_a_person(page: Page, cast: Cast, make: Make) -> None:
    page.goto(cast.invitation(make))
    expect(page.get_by_role("button", name="Teach as Ana")).to_be_visible()


def _stored(table: str, path: str) -> Reach:
    """The page of a row of the course."""

    def reach(page: Page, cast: Cast, make: Make) -> None:
        page.goto(path.format(cast.server.rows(f"SELECT slug FROM {table} ORDER BY slug")[0][0]))

    return reach


@scene("fact", "student")
def fact(page: Page, cast: Cast, make: Make) -> None:
    ((slug,), *_) = cast.server.rows(
        "SELECT slug FROM content_fact WHERE json_extract(body, '$.exam') IS NOT NULL ORDER BY slug"
    )
    page.goto(f"/reference/facts/{slug}/")


SCENES.append(Scene("fact-newcomer", "newcomer", _stored("content_fact", "/reference/facts/{}/")))
SCENES.append(Scene("clue", "newcomer", _stored("content_clue", "/reference/clues/{}/")))
SCENES.append(Scene("clue-student", "student", _stored("content_clue", "/reference/clues/{}/")))
SCENES += [Scene(*each) for each in lab_scenes.SCENES]
SCENES += [Scene(*each) for each in exam_scenes.SCENES]
SCENES += [Scene(*each) for each in drill_scenes.SCENES]
SCENES += [Scene(*each) for each in today_scenes.SCENES]
