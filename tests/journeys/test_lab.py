"""A demo of each kind, by keyboard alone: guess, run, change, go back, take a preset, believe something else."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import lab_steps
from tests.journeys.lab_steps import Demo, control, outcome, readout
from tests.journeys.steps import tab_to

pytestmark = pytest.mark.browser

DEMOS = [
    Demo("environments and a limit", "lambda.concurrency.half-refused", "200", True, "200",
         "Reserved concurrency", "20", "0", "functions.labels.reserved_concurrency"),
    Demo("retries of one event", "lambda.errors.last-run", "300", False, "200 s",
         "Retries of an event", "1", "70 s", "functions.receipts.async_retries"),
    Demo("a queue with a batch", "lambda.triggers.full-batches", "10", True, "10",
         "Batch size", "1", "100", "sources.orders.batch_size"),
    Demo("a shard with a poison record", "lambda.errors.poison-record", "0", False, "7",
         "Bisect a failed batch", "no", "0", "sources.stream.bisect"),
    Demo("provisioned concurrency", "lambda.concurrency.alias-overflow", "14", True, "14",
         "Provisioned concurrency", "24", "0", "functions.quotes.provisioned_concurrency"),
    Demo("a cold-start storm", "lambda.concurrency.morning-rush", "4.2", True, "4.2 s",
         "Provisioned concurrency", "40", "0.2 s", "functions.prices.provisioned_concurrency"),
    Demo("a retry storm", "lambda.errors.retry-storm", "80", True, "80",
         "Reserved concurrency", "100", "0", "functions.checkout.reserved_concurrency"),
    Demo("connections and RDS Proxy", "lambda.clues.tool-hire", "0", False, "30",
         "RDS Proxy", "yes", "0", "databases.rentals.proxy"),
    Demo("a bill by memory", "lambda.configuration.posters", "12.3", True, "12.29 USD",
         "Memory", "1024", "10.93 USD", "bill.functions.posters.memory", "1024 MB"),
    Demo("a path in a VPC", "lambda.vpc.nat-in-a-private-subnet", "It does not", True, "no",
         "Where the NAT gateway stands", "public-a", "yes", "network.nat_in"),
    Demo("a decision about access", "lambda.configuration.silent-calculator", "It may not", True, "no",
         "Managed policy of the role", "[AWSLambdaBasicExecutionRole]", "yes", "access.roles.tax-role.managed",
         '["AWSLambdaBasicExecutionRole"]'),
    Demo("packages against quotas", "lambda.packaging.full-suitcase", "It is accepted", False, "no",
         "Layer with fares, unzipped", "25", "yes", "packages.layers.fares.unzipped", "25 MB"),
    Demo("secrets and rotation", "lambda.clues.hotel-passwords", "A new deployment", True, "a new deployment",
         "Where the password is kept", "environment", "a new configuration", "secrets.kept.password.in"),
    Demo("a canary with a rollback", "lambda.versions.alarm-turns-back", "90", True, "90",
         "Alarm goes off above", "100", "840", "rollout.alarm.threshold"),
    Demo("a schedule with a time zone", "lambda.triggers.half-past-two", "30", False, "29",
         "Time zone", "America/Phoenix", "30", "schedules.backup.zone"),
    Demo("versions", "lambda.versions.five-calls-in-a-hundred", "2", False, "1",
         "Weights in step 6", '{"2": 50 %}', "0", "versions.steps.6.weights", '{"2": "50 %"}'),
]  # fmt: skip


@pytest.mark.parametrize("demo", DEMOS, ids=str)
class TestADemoOfEachKind:
    def test_is_predicted_changed_and_believed_by_keyboard(self, device, demo):
        page = device(reduced_motion="reduce")  # what fades in has other colours than axe should see
        self.is_closed(page, demo)

        lab_steps.predict(page, demo.said)
        self.is_open(page, demo)
        lab_steps.mark_page(page)
        self.changes(page, demo)
        assert lab_steps.is_same_page(page)
        self.goes_back(page, demo)
        lab_steps.mark_page(page)
        self.takes_a_preset(page)
        self.believes(page)

        assert lab_steps.is_same_page(page)

    def is_closed(self, page: Page, demo: Demo) -> None:
        page.goto(demo.address)
        expect(page.locator("#asks")).to_be_visible()
        assert [page.locator(each).count() for each in ("#outcome", "#bench", ".readouts", ".picture")] == [0] * 4
        assert lab_steps.axe_finds(page) == []

    def is_open(self, page: Page, demo: Demo) -> None:
        expect(readout(page)).to_have_text(re.compile(rf"^{re.escape(demo.shows)}$"))
        verdict, against = outcome(page).locator(".verdict-line"), outcome(page).locator(".against").first
        if demo.is_right:
            expect(verdict).to_have_text("Right. It is as you said.")
            expect(against).to_have_text("✓ as you predicted")
        else:
            expect(verdict).to_have_text(re.compile("^Not quite. You said .*; it is .*[.]$"))
            expect(against).to_have_text(re.compile(f"^✗ you said {demo.said}" if demo.said[0].isdigit() else "^✗ you"))
        assert lab_steps.axe_finds(page) == []

    def changes(self, page: Page, demo: Demo) -> None:
        field = control(page, demo.control)
        lab_steps.set_to(page, field, demo.value)
        expect(readout(page)).to_have_text(re.compile(rf"^{re.escape(demo.after)}$"))
        expect(field).to_be_focused()
        expect(field).to_have_value(demo.value)
        assert lab_steps.state_of(page) == {demo.path: demo.held or demo.value}

    def goes_back(self, page: Page, demo: Demo) -> None:
        page.go_back()
        expect(readout(page)).to_have_text(re.compile(rf"^{re.escape(demo.shows)}$"))
        expect(control(page, demo.control)).not_to_have_value(demo.value)
        assert lab_steps.state_of(page) == {}

    def takes_a_preset(self, page: Page) -> None:
        preset = page.locator(".presets a").nth(1)
        lab_steps.press_on(page, preset)
        expect(page.locator(".presets a").nth(1)).to_have_attribute("aria-current", "true")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        assert lab_steps.state_of(page)
        expect(outcome(page).locator(".readouts")).to_be_visible()

    def believes(self, page: Page) -> None:
        """Where there is something to believe; else pin the run: either way two runs stand beside each other."""
        if page.get_by_role("switch").count():
            tab_to(page, page.get_by_role("switch").first)
            page.keyboard.press("Space")
            expect(page.get_by_role("switch").first).to_have_attribute("aria-checked", "true")
            assert "belief" in lab_steps.state_of(page)
        else:
            lab_steps.press_on(page, page.get_by_role("link", name="Pin this run and compare"))
            expect(page.get_by_role("link", name="Unpin")).to_be_visible()
        expect(outcome(page).get_by_role("region", name="Both runs in numbers")).to_be_visible()
        assert lab_steps.axe_finds(page) == []


class TestKeys:
    def test_say_that_somebody_is_sure_and_run(self, device, server):
        page = device()
        page.goto(DEMOS[0].address)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Something needs another look")).to_be_focused()

        page.keyboard.press("y")
        expect(page.get_by_label("I am sure")).to_be_checked()
        lab_steps.predict(page, "200")

        expect(outcome(page).locator(".verdict-line")).to_have_text("Right. It is as you said.")
        assert server.rows("SELECT is_sure FROM attempts_attempt ORDER BY id DESC LIMIT 1") == [(1,)]
