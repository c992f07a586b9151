"""The clock of a sitting, and what is saved while it runs. `now` is injected everywhere; all state is in the tables."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from studyapp.content.models import Item
from studyapp.drills.services import NothingToAsk
from studyapp.exams import queries, services
from studyapp.exams.drawing import draw
from studyapp.exams.models import Sitting, SittingItem
from studyapp.exams.services import BadDraft, IsOver, IsPaused, NeverPauses, StillSitting, TimeIsUp
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import open_drill
from tests.exams.factories import answer, at, begin, hand_in, place, response, sat, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def student():
    return UserFactory()


def again(sitting: Sitting) -> Sitting:
    """As another process would find it."""
    return Sitting.objects.get(pk=sitting.pk)


class TestBegin:
    @pytest.mark.parametrize(("size", "minutes"), [(65, 130), (20, 40), (10, 20), (5, 10)])
    def test_gives_each_size_its_time(self, student, size, minutes):
        sitting = begin(student, size)

        assert sitting.items.count() == size
        assert sitting.deadline_at == at(minutes=minutes)

    @pytest.mark.parametrize(("factor", "minutes"), [(1.25, 12.5), (1.5, 15), (2, 20)])
    def test_adds_extra_time(self, student, factor, minutes):
        assert begin(student, time_factor=factor).deadline_at == at(minutes=minutes)

    def test_asks_each_section_as_the_blueprint_says(self, student):
        sitting = begin(student, 65)

        sections = list(sitting.items.values_list("revision__item__section", flat=True))
        assert {each: sections.count(each) for each in set(sections)} == sitting.blueprint.by_section

    def test_lays_the_same_paper_out_for_the_same_occasion(self, student):
        sitting = begin(student, 20)
        laid = list(sitting.items.values_list("revision", "seed", "order"))
        occasion = sitting.occasion
        sitting.delete()
        second = Sitting(
            student=student, blueprint=sitting.blueprint, occasion=occasion, size=20, minutes=40, is_strict=True
        )

        drawn = draw(student, second, NOW).places
        assert [(each.revision_id, each.seed, each.order) for each in drawn] == laid

    def test_is_refused_while_another_one_is_open(self, student):
        first = begin(student)

        with pytest.raises(StillSitting) as caught:
            begin(student, now=at(minutes=1))

        assert caught.value.sitting == first

    def test_hands_in_what_is_overdue(self, student):
        first = begin(student)
        answer(first)

        begin(student, now=at(minutes=11))

        assert again(first).submitted_at == first.deadline_at

    def test_costs_a_dozen_queries_whatever_was_done_before(self, student, django_assert_num_queries):
        for day in range(2):
            sat(student, now=at(days=day))

        with django_assert_num_queries(2 + 1 + 1 + 1 + 5 + 6 + 2 + 7):
            # brackets, the student, open sittings, the blueprint, the paper, what is expected of it, sitting and places, the days
            begin(student, now=at(days=3))


class TestARetake:
    def test_shares_no_variant_with_any_earlier_sitting(self, student):
        met: set[tuple[int, int]] = set()
        for number in range(4):
            sitting = hand_in(begin(student, 65, now=at(days=number)), at(days=number))
            asked = set(sitting.items.values_list("revision__item", "seed"))
            assert not asked & met
            assert sitting.repeats == 0
            met |= asked

    def test_shares_no_item_either_at_first(self, student):
        first, second = (hand_in(begin(student, 20, now=at(days=day)), at(days=day)) for day in range(2))

        items = [set(each.items.values_list("revision__item", flat=True)) for each in (first, second)]
        assert not items[0] & items[1]


class TestSave:
    def test_keeps_what_stands_and_when(self, student):
        sitting = begin(student)
        given = response(sitting)
        struck = next(each for each in place(sitting).order if each not in given)

        save(sitting, response=given, struck=(struck,), is_marked=True, is_sure=True, device_ms=900, now=at(seconds=7))

        kept = place(sitting)
        assert (kept.response, kept.struck, kept.is_marked, kept.is_sure) == (list(given), [struck], True, True)
        assert (kept.answered_at, kept.seconds, kept.device_ms) == (at(seconds=7), 7, 900)
        assert (kept.state, kept.given) == ("answered", [list(given)])

    def test_counts_time_to_the_place_that_was_read(self, student):
        sitting = begin(student)
        save(sitting, 1, now=at(seconds=10), turn_to=2)
        save(sitting, 2, now=at(seconds=40), turn_to=1)
        save(sitting, 1, now=at(seconds=45), turn_to=0)
        services.turn(student=student, sitting_id=sitting.pk, position=3, now=at(seconds=99))
        save(sitting, 3, now=at(seconds=100))

        assert [place(sitting, position).seconds for position in (1, 2, 3)] == [15, 30, 1]

    def test_remembers_each_change_of_mind(self, student):
        sitting = begin(student)
        right, wrong = response(sitting), response(sitting, right=False)

        for given in (wrong, wrong, right, (), right):
            save(sitting, response=given)

        assert place(sitting).given == [list(wrong), list(right)]
        assert place(sitting).is_changed

    def test_makes_what_was_turned_to_seen(self, student):
        sitting = begin(student)

        paper = save(sitting, turn_to=3)

        assert [each.state for each in paper.places] == ["skipped", "unseen", "skipped", "unseen", "unseen"]
        assert again(sitting).here == 3

    def test_takes_some_of_several_options_as_begun(self, student):
        sitting = begin(student)
        SittingItem.objects.filter(sitting=sitting, position=1).update(choose=2)

        save(sitting, response=response(sitting)[:1])

        assert (place(sitting).state, place(sitting).given) == ("begun", [])

    def test_counts_on_the_very_deadline(self, student):
        sitting = begin(student)

        answer(sitting, now=sitting.deadline_at)

        assert place(sitting).is_answered

    def test_is_refused_one_second_late(self, student):
        sitting = begin(student)
        first = response(sitting)
        save(sitting, response=first, now=at(minutes=9))

        with pytest.raises(TimeIsUp):
            save(sitting, now=sitting.deadline_at + timedelta(seconds=1))

        assert place(sitting).response == list(first)

    def test_is_refused_for_an_option_of_another_question(self, student):
        sitting = begin(student)

        with pytest.raises(BadDraft, match="Choose from the options shown"):
            save(sitting, response=("cafebabe",))
        with pytest.raises(BadDraft):
            save(sitting, struck=("cafebabe",))

    def test_is_refused_once_it_is_handed_in(self, student):
        with pytest.raises(IsOver):
            save(sat(student))

    @pytest.mark.parametrize("position", [0, 6])
    def test_knows_no_place_that_there_is_not(self, student, position):
        with pytest.raises(LookupError):
            save(begin(student), position)

    def test_knows_no_sitting_of_somebody_else(self, student):
        sitting = begin(UserFactory())
        sitting.student = student

        with pytest.raises(LookupError):
            save(sitting)


class TestPause:
    def test_stops_the_clock_and_puts_the_deadline_off(self, student):
        sitting = begin(student, is_strict=False)
        services.pause(student=student, sitting_id=sitting.pk, now=at(minutes=4))
        assert again(sitting).left(at(days=2)) == timedelta(minutes=6)
        assert not again(sitting).is_over(at(days=2))

        services.go_on(student=student, sitting_id=sitting.pk, now=at(minutes=64, seconds=1))

        gone = again(sitting)
        assert gone.deadline_at == at(minutes=70, seconds=1)
        assert gone.left(at(minutes=65, seconds=1)) == timedelta(minutes=5)
        assert gone.spent(at(minutes=65, seconds=1)) == timedelta(minutes=5)
        assert gone.pauses == [[at(minutes=4).isoformat(), at(minutes=64, seconds=1).isoformat()]]

    def test_counts_to_no_question(self, student):
        sitting = begin(student, is_strict=False)
        services.pause(student=student, sitting_id=sitting.pk, now=at(seconds=20))
        services.go_on(student=student, sitting_id=sitting.pk, now=at(minutes=20))
        save(sitting, now=at(minutes=20, seconds=5))

        assert place(sitting).seconds == 25

    def test_twice_is_once(self, student):
        sitting = begin(student, is_strict=False)
        for minutes in (1, 3):
            services.pause(student=student, sitting_id=sitting.pk, now=at(minutes=minutes))
        for minutes in (5, 8):
            services.go_on(student=student, sitting_id=sitting.pk, now=at(minutes=minutes))

        assert again(sitting).deadline_at == at(minutes=14)

    def test_refuses_what_is_saved_meanwhile(self, student):
        sitting = begin(student, is_strict=False)
        services.pause(student=student, sitting_id=sitting.pk, now=at(minutes=1))

        with pytest.raises(IsPaused):
            answer(sitting, now=at(minutes=2))

    def test_never_happens_to_a_strict_one(self, student):
        sitting = begin(student)

        with pytest.raises(NeverPauses):
            services.pause(student=student, sitting_id=sitting.pk, now=at(minutes=1))
        with pytest.raises(IntegrityError), transaction.atomic():
            Sitting.objects.filter(pk=sitting.pk).update(paused_at=NOW)

    def test_is_no_loss_where_the_servers_clock_is_set_back_in_it(self, student):
        sitting = begin(student, is_strict=False)
        services.pause(student=student, sitting_id=sitting.pk, now=at(minutes=9))

        services.go_on(student=student, sitting_id=sitting.pk, now=at(minutes=-5))

        assert again(sitting).deadline_at == at(minutes=10)

    def test_at_the_last_moment_leaves_that_moment(self, student):
        sitting = begin(student, is_strict=False)
        services.pause(student=student, sitting_id=sitting.pk, now=at(minutes=10))
        services.go_on(student=student, sitting_id=sitting.pk, now=at(days=1))

        assert answer(sitting, now=at(days=1)).answered == 1
        with pytest.raises(TimeIsUp):
            answer(sitting, now=at(days=1, seconds=0.001))

    def test_ends_when_an_assignment_closes(self, student):
        sitting = begin(student, is_strict=False)
        services.pause(student=student, sitting_id=sitting.pk, now=at(minutes=1))
        Sitting.objects.filter(pk=sitting.pk).update(closes_at=at(minutes=30))

        assert not again(sitting).is_over(at(minutes=30))
        assert again(sitting).is_over(at(minutes=31))
        with pytest.raises(TimeIsUp):
            services.go_on(student=student, sitting_id=sitting.pk, now=at(minutes=31))
        assert queries.overdue(at(minutes=31)) == [sitting.pk]


class TestDrillsMeanwhile:
    def test_ask_no_question_of_the_paper(self, student):
        sitting = begin(student, 65)
        items = set(sitting.items.values_list("revision__item", flat=True))
        facts = [place.revision.item.fact for place in sitting.items.select_related("revision__item__fact")]

        drills = [open_drill(student, *facts[at : at + 12]) for at in range(0, 60, 12)]

        asked = {place.revision.item_id for drill in drills for place in drill.items.select_related("revision")}
        assert asked
        assert not asked & items

    def test_ask_them_again_once_it_is_handed_in(self, student):
        sitting = begin(student)
        fact = sitting.items.first().revision.item.fact
        Item.objects.filter(facts=fact).exclude(revision=sitting.items.first().revision).update(retired_at=NOW)
        with pytest.raises(NothingToAsk):
            open_drill(student, fact)

        hand_in(sitting)

        assert open_drill(student, fact).items.count() == 1
