"""People as rows: names, guests, roles, and how passwords are kept."""

import pytest
from django.contrib.auth.hashers import get_hashers_by_algorithm, make_password
from django.db import IntegrityError

from studyapp.accounts.hashers import Argon2
from studyapp.accounts.models import User
from studyapp.accounts.names import BadName, clean_name, password_problems
from tests.accounts.factories import GuestFactory, InstructorFactory, OwnerFactory, UserFactory

pytestmark = pytest.mark.django_db


class TestName:
    @pytest.mark.parametrize("again", ["Ada", "ADA", "ada", "\uff21da"])
    def test_belongs_to_one_person_however_it_is_spelt(self, again):
        UserFactory(name="Ada")

        with pytest.raises(IntegrityError):
            UserFactory(name=again)

    def test_of_another_script_ignores_case_too(self):
        assert User.objects.named("ЮЛИЯ").first() is None
        person = UserFactory(name="Юлия")

        assert User.objects.named("ЮЛИЯ").get() == person

    def test_follows_a_new_name_when_only_the_name_is_saved(self):
        person = UserFactory(name="Ada")
        person.name = "Grace"
        person.save(update_fields=["name"])

        assert User.objects.named("grace").get() == person

    def test_finds_a_person_for_djangos_own_sign_in(self):
        person = UserFactory(name="Ada")

        assert User.objects.get_by_natural_key("ADA") == person

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Ada", "Ada"),
            ("  Ada   L. ", "Ada L."),
            ("\uff21da", "Ada"),
            ("José", "José"),
            ("अदिति", "अदिति"),
            ("a_b-c.d", "a_b-c.d"),
        ],
    )
    def test_is_kept_in_one_spelling(self, typed, kept):
        assert clean_name(typed) == kept

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("a", "This name has 1 character. A name has 2 to 40."),
            ("", "This name has 0 characters. A name has 2 to 40."),
            ("a" * 41, "This name has 41 characters. A name has 2 to 40."),
            ("ada@example.org", "A name cannot hold @ ."),
            ("a\u200bda", r"A name cannot hold U\+200B ."),
            ("<b>", "A name cannot hold < > ."),
            ("._-", "“._-” has no letter or digit."),
        ],
    )
    def test_that_cannot_be_is_refused_with_value_and_limit(self, typed, says):
        with pytest.raises(BadName, match=says):
            clean_name(typed)


class TestGuest:
    def test_is_a_person_without_a_name(self):
        assert GuestFactory().is_guest
        assert not UserFactory().is_guest

    def test_has_no_password_that_fits(self):
        assert not GuestFactory().check_password("")

    @pytest.mark.parametrize("more", [{"role": "instructor"}, {"role": "owner"}, {"email": "a@example.org"}])
    def test_is_never_more_than_a_student(self, more):
        with pytest.raises(IntegrityError):
            GuestFactory(**more)

    def test_can_be_one_of_many(self):
        GuestFactory()
        GuestFactory()

        assert User.objects.guests().count() == 2


class TestRole:
    def test_of_an_owner_includes_teaching_and_the_admin(self):
        owner = OwnerFactory()

        assert (owner.is_owner, owner.is_instructor, owner.is_staff, owner.is_superuser) == (True, True, True, True)

    def test_of_an_instructor_includes_no_more_than_teaching(self):
        person = InstructorFactory()

        assert (person.is_owner, person.is_instructor, person.is_staff, person.is_superuser) == (
            False,
            True,
            False,
            False,
        )

    def test_that_nobody_knows_is_refused(self):
        with pytest.raises(IntegrityError):
            UserFactory(role="king")

    def test_taken_away_takes_the_admin_away(self):
        owner = OwnerFactory()
        owner.role = "student"
        owner.save(update_fields=["role"])

        owner.refresh_from_db()
        assert not owner.is_superuser


class TestPassword:
    def test_is_kept_by_argon2_at_the_cost_chosen(self, settings):
        settings.PASSWORD_HASHERS = ["studyapp.accounts.hashers.Argon2"]

        assert make_password("x").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
        assert get_hashers_by_algorithm()["argon2"].__class__ is Argon2

    @pytest.mark.parametrize(
        ("password", "says"),
        [
            ("short", "This password has 5 characters. A password has at least 8."),
            ("x" * 129, "This password has 129 characters. A password has at most 128."),
            ("password123", "Many people use this password"),
            ("5093718264", "This password is digits only."),
            ("ada lovelace", "too like your name"),
        ],
    )
    def test_that_is_weak_is_refused_in_plain_words(self, password, says):
        problems = password_problems(password, name="Ada Lovelace")

        assert any(says in problem for problem in problems)
        assert not any(password in problem for problem in problems)

    def test_of_a_few_words_is_good(self):
        assert password_problems("slow brown otters", name="Ada") == []
