"""Guests who stay, people who come back, and what becomes of their rows."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from studyapp.accounts import limits, ownership, services, tickets
from studyapp.accounts.limits import Origin
from studyapp.accounts.models import TicketKind, User
from tests.accounts.factories import NOW, PASSWORD, GuestFactory, OwnerFactory, UserFactory

pytestmark = pytest.mark.django_db
HERE = Origin(device="laptop", address="192.0.2.1")


def sign_in(typed, password=PASSWORD, guest=None, origin=HERE, now=NOW):
    return services.sign_in(typed=typed, password=password, origin=origin, guest=guest, now=now)


def claim(guest=None, name="Ada", **kwargs):
    return services.claim(guest=guest, name=name, password=PASSWORD, now=NOW, **kwargs)


def recover(typed, code, guest=None):
    password = "new brown otters"
    return services.recover(typed=typed, code=code, password=password, origin=HERE, guest=guest, now=NOW)


class TestClaim:
    def test_keeps_the_guests_own_row(self):
        guest = services.make_guest(NOW)

        named = claim(guest, email="Ada@example.org")

        assert named.user.pk == guest.pk
        assert User.objects.get().name == "Ada"
        assert User.objects.get().check_password(PASSWORD)

    def test_makes_a_row_where_nobody_was(self):
        assert claim(None).user == User.objects.get()

    def test_gives_a_code_of_four_groups_of_five_readable_signs(self):
        groups = claim().recovery_code.split("-")

        assert [len(group) for group in groups] == [5, 5, 5, 5]
        assert not set("0O1lI") & set("".join(groups))

    @pytest.mark.parametrize(
        ("taken", "wanted", "field"),
        [
            ({"name": "ADA"}, {"name": "Ada"}, "name"),
            ({"email": "a@example.org"}, {"email": "a@example.org"}, "email"),
        ],
    )
    def test_of_what_somebody_has_changes_nothing(self, taken, wanted, field):
        UserFactory(**taken)
        guest = services.make_guest(NOW)

        with pytest.raises(services.Taken) as error:
            claim(guest, **wanted)

        guest.refresh_from_db()
        assert error.value.field == field
        assert guest.is_guest

    def test_of_a_guest_who_has_taken_a_name_leaves_them_alone(self):
        guest = services.make_guest(NOW)
        claim(guest, name="Ada")

        assert claim(guest, name="Grace").user.pk != guest.pk
        assert User.objects.get(pk=guest.pk).name == "Ada"


class TestSignIn:
    @pytest.mark.parametrize("typed", ["Ada", "ada", "ADA@example.org"])
    def test_goes_by_name_or_address_in_any_case(self, typed):
        person = UserFactory(name="Ada", email="ada@example.org")

        assert sign_in(typed) == person

    @pytest.mark.parametrize(("typed", "password"), [("Ada", "wrong"), ("Nobody", PASSWORD), ("Ada", "")])
    def test_that_fails_never_says_why(self, typed, password):
        UserFactory(name="Ada")

        with pytest.raises(services.WrongCredentials) as error:
            sign_in(typed, password)

        assert str(error.value) == ""

    @pytest.mark.parametrize("typed", ["Ada", "Nobody"])
    def test_costs_one_hash_whether_the_name_exists_or_not(self, typed, monkeypatch):
        UserFactory(name="Ada")
        hashed = []
        encode = MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))

        with pytest.raises(services.WrongCredentials):
            sign_in(typed, "wrong")

        assert len(hashed) == 1

    def test_gives_the_person_what_the_guest_did(self, rooms):
        guest, person = GuestFactory(), UserFactory(name="Ada")
        was = guest.pk

        sign_in("Ada", guest=guest)

        assert rooms == [
            ("merge", "attempts", was, person.pk),
            ("merge", "memory", was, person.pk),
            ("erase", "memory", was),
            ("erase", "attempts", was),
        ]
        assert not User.objects.guests().exists()

    def test_that_fails_leaves_the_guest(self, rooms):
        UserFactory(name="Ada")

        with pytest.raises(services.WrongCredentials):
            sign_in("Ada", "wrong", guest=GuestFactory())

        assert rooms == []
        assert User.objects.guests().count() == 1

    def test_never_takes_from_a_guest_who_has_a_name_by_now(self, rooms):
        guest = services.make_guest(NOW)
        stale = User.objects.get(pk=guest.pk)
        claim(guest, name="Grace")
        UserFactory(name="Ada")

        sign_in("Ada", guest=stale)

        assert rooms == []
        assert User.objects.named("Grace").exists()


class TestLimits:
    def fail(self, times, typed="Ada", origin=HERE, now=NOW):
        for _ in range(times):
            with pytest.raises(services.WrongCredentials):
                sign_in(typed, "wrong", origin=origin, now=now)

    def at(self, number, accounts=frozenset()):
        return Origin(device=f"device {number}", address=f"192.0.2.{number}", accounts=accounts)

    @pytest.mark.parametrize("typed", ["Ada", "Nobody"])
    def test_stop_guessing_at_one_account_from_anywhere(self, typed):
        UserFactory(name="Ada")
        for number in range(limits.ACCOUNT_FAILURES):
            self.fail(1, typed, self.at(number))

        with pytest.raises(limits.TooManyTries) as error:
            sign_in(typed, origin=self.at(99))

        assert error.value.until == NOW + limits.WINDOW

    def test_leave_the_persons_own_device_alone(self):
        person = UserFactory(name="Ada")
        self.fail(limits.ACCOUNT_FAILURES)

        assert sign_in("Ada", origin=self.at(7, frozenset({limits.account_id("ADA")}))) == person

    def test_count_on_the_persons_own_device_too(self):
        UserFactory(name="Ada")
        own = self.at(7, frozenset({limits.account_id("Ada")}))
        self.fail(limits.ACCOUNT_FAILURES, origin=own)

        with pytest.raises(limits.TooManyTries):
            sign_in("Ada", origin=own)

    def test_stop_one_device_that_tries_many_names(self):
        for number in range(limits.DEVICE_FAILURES):
            self.fail(1, f"Name {number}")

        with pytest.raises(limits.TooManyTries):
            sign_in("Somebody else")

    def test_let_a_whole_class_come_from_one_address(self):
        for number in range(limits.DEVICE_FAILURES + 10):
            self.fail(1, f"Name {number}", Origin(f"device {number}", "192.0.2.1"))

        person = UserFactory(name="Ada")
        assert sign_in("Ada", origin=Origin("one more", "192.0.2.1")) == person

    def test_stop_an_address_at_last(self, monkeypatch):
        monkeypatch.setattr(limits, "ADDRESS_FAILURES", 3)
        for number in range(3):
            self.fail(1, f"Name {number}", Origin(f"device {number}", "192.0.2.1"))

        with pytest.raises(limits.TooManyTries):
            sign_in("Somebody else", origin=Origin("one more", "192.0.2.1"))

    def test_end_after_a_quarter_of_an_hour(self):
        person = UserFactory(name="Ada")
        self.fail(limits.ACCOUNT_FAILURES)

        assert sign_in("Ada", now=NOW + limits.WINDOW) == person

    def test_forget_failures_once_somebody_is_in(self):
        UserFactory(name="Ada")
        for _ in range(3):
            self.fail(limits.ACCOUNT_FAILURES - 1)
            sign_in("Ada")

    def test_are_not_made_longer_by_trying_on(self):
        UserFactory(name="Ada")
        self.fail(limits.ACCOUNT_FAILURES)
        later = NOW + timedelta(minutes=14)

        with pytest.raises(limits.TooManyTries) as error:
            sign_in("Ada", now=later)

        assert error.value.until == NOW + limits.WINDOW

    def test_hold_for_recovery_codes(self):
        UserFactory(name="Ada")
        for _ in range(limits.ACCOUNT_FAILURES):
            with pytest.raises(services.WrongCredentials):
                recover("Ada", "AAAAA-AAAAA-AAAAA-AAAAA")

        with pytest.raises(limits.TooManyTries):
            recover("Ada", "AAAAA-AAAAA-AAAAA-AAAAA")


class TestRecover:
    def test_sets_the_password_and_gives_a_new_code(self):
        named = claim()

        again = recover("ada", named.recovery_code)

        assert again.recovery_code != named.recovery_code
        assert sign_in("Ada", "new brown otters") == named.user

    @pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
    def test_takes_the_code_however_it_is_typed(self, typed):
        assert recover("Ada", typed(claim().recovery_code))

    def test_takes_a_code_once(self):
        code = claim().recovery_code
        recover("Ada", code)

        with pytest.raises(services.WrongCredentials):
            recover("Ada", code)

    def test_takes_nobody_elses_code(self):
        code = claim(name="Grace").recovery_code
        claim(name="Ada")

        with pytest.raises(services.WrongCredentials):
            recover("Ada", code)

        assert recover("Grace", code)

    @pytest.mark.parametrize("typed", ["Ada", "Nobody"])
    def test_refuses_a_wrong_code_for_anybody(self, typed):
        claim(name="Ada")

        with pytest.raises(services.WrongCredentials):
            recover(typed, "")

    def test_keeps_no_code_that_can_be_read(self):
        named = claim()

        kept = named.user.recovery_code
        assert named.recovery_code not in (kept.digest, kept.salt)
        assert len(kept.digest) == 64

    def test_ends_the_links_that_would_sign_the_person_in(self):
        named = claim()
        token = tickets.issue(kind=TicketKind.DEVICE, user=named.user, now=NOW)

        recover("Ada", named.recovery_code)

        with pytest.raises(tickets.BadTicket):
            tickets.read(token, now=NOW)

    def test_gives_the_person_what_the_guest_did(self, rooms):
        named = claim()

        recover("Ada", named.recovery_code, guest=GuestFactory())

        assert [what for what, *_ in rooms] == ["merge", "merge", "erase", "erase"]


class TestErase:
    def test_goes_through_every_room_and_takes_the_row(self, rooms):
        person = claim().user
        was = person.pk

        services.erase(person)

        assert rooms == [("erase", "memory", was), ("erase", "attempts", was)]
        assert not User.objects.exists()

    def test_of_old_guests_takes_those_without_a_visit_for_thirty_days(self):
        stays = [
            GuestFactory(seen_on=NOW.date() - timedelta(days=30)),
            UserFactory(seen_on=NOW.date() - timedelta(days=99)),
        ]
        GuestFactory(seen_on=NOW.date() - timedelta(days=31))

        assert services.erase_old_guests(NOW) == 1
        assert set(User.objects.all()) == set(stays)

    def test_that_fails_in_one_room_changes_nothing(self, rooms):
        def refuse(user):
            raise RuntimeError

        person = claim().user
        ownership.register("drills", merge=refuse, export=refuse, erase=refuse)

        with pytest.raises(RuntimeError):
            services.erase(person)

        assert User.objects.filter(pk=person.pk).exists()


class TestExport:
    def test_holds_the_account_and_every_room(self, rooms):
        kept = services.export(claim(email="ada@example.org").user)

        assert kept["account"]["name"] == "Ada"
        assert kept["account"]["email"] == "ada@example.org"
        assert kept["memory"] == ["memory of Ada"]
        assert "password" not in kept["account"]


class TestCreateOwner:
    def test_is_refused_when_there_is_one(self):
        OwnerFactory()

        with pytest.raises(services.OwnerExists):
            services.create_owner(name="Ada", password=PASSWORD, now=NOW)

    def test_makes_another_when_forced(self):
        OwnerFactory()

        assert services.create_owner(name="Ada", password=PASSWORD, now=NOW, is_forced=True).user.is_owner
