import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from studyapp.accounts.models import User
from studyapp.config.env import ROOT
from studyapp.config.working import alone, take_up
from studyapp.lab.background import jobs, sweeping, tasks
from studyapp.lab.background.jobs import MOST_ASKED, MOST_UNFINISHED, TooManyJobs
from studyapp.lab.background.searching import Search
from studyapp.lab.models import COULD_NOT, GAVE_UP, Job
from tests.conftest import NOW
from tests.lab.test_smallest import HALF_REFUSED, RESERVED

SWEEP = sweeping.Sweep(
    HALF_REFUSED, "function.reserved_concurrency", ("10", "20"), ("throttles",), changes={}, patch={}
).as_json()
SEARCH = Search(HALF_REFUSED, "throttles is 0", (RESERVED,)).as_json()


@pytest.fixture
def ana(db):
    return User.objects.create(name="Ana")


def ask(by=None, *, seed=0, kind="sweep", asked=SWEEP, now=NOW, device="a"):
    return jobs.ask(kind=kind, asked={**asked, "seed": seed}, by=by, device=device, now=now)


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """A test is one transaction, which a worker would close its connection on."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


def work():
    """All that waits, by the queue's own worker; without its hold on the signals of this process."""
    db_worker.Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="w", excluded_queue_names=[],
    ).run()  # fmt: skip


def finish(count):
    """As if so many of what was asked for were done."""
    for job in Job.objects.unfinished().order_by("pk")[:count]:
        Job.objects.filter(pk=job.pk).update(result=[], finished_at=NOW)


class TestAsk:
    def test_makes_one_job_and_one_task_for_equal_inputs(self, ana, db):
        first = ask(ana)
        second = ask(device="another")

        assert first == second
        assert DBTaskResult.objects.count() == 1
        assert first.asked_by == ana

    def test_keeps_no_task_without_its_job(self, ana):
        with transaction.atomic():
            ask(ana)
            transaction.set_rollback(True)

        assert not Job.objects.exists()
        assert not DBTaskResult.objects.exists()

    def test_refuses_a_person_who_has_three_unfinished(self, ana):
        for seed in range(MOST_UNFINISHED):
            ask(ana, seed=seed)

        with pytest.raises(TooManyJobs, match="3 of yours are still being computed"):
            ask(ana, seed=MOST_UNFINISHED)
        assert ask(ana, seed=0)  # what is there can be had
        assert ask(device="somebody else", seed=MOST_UNFINISHED)

    def test_refuses_a_device_that_has_three_unfinished(self, db):
        for seed in range(MOST_UNFINISHED):
            ask(device="a", seed=seed)

        with pytest.raises(TooManyJobs):
            ask(device="a", seed=MOST_UNFINISHED)
        ask(device="b", seed=MOST_UNFINISHED)
        assert not Job.objects.filter(device__in=("a", "b")).exists()

    def test_refuses_a_person_who_asked_too_often_and_says_until_when(self, ana):
        for seed in range(MOST_ASKED):
            ask(ana, seed=seed)
            finish(1)

        with pytest.raises(TooManyJobs, match=r"asked for 30 in the last 10 minutes. The next is possible in 4 min\."):
            ask(ana, seed=MOST_ASKED, now=NOW + timedelta(minutes=6, seconds=1))
        assert ask(ana, seed=MOST_ASKED, now=NOW + timedelta(minutes=10))

    def test_tries_again_what_failed_for_no_fault_of_its_input(self, ana):
        job = ask(ana)
        Job.objects.filter(pk=job.pk).update(problem=COULD_NOT, finished_at=NOW)

        again = ask(ana, now=NOW + timedelta(hours=1))

        assert again == job
        assert (again.is_over, again.problem, again.asked_at) == (False, "", NOW + timedelta(hours=1))
        assert DBTaskResult.objects.count() == 2


class TestWork:
    def test_keeps_the_rows_of_a_sweep(self, ana):
        job = ask(ana)

        work()

        job.refresh_from_db()
        assert job.result == [
            {"value": "10", "metrics": {"throttles": 100}},
            {"value": "20", "metrics": {"throttles": 0}},
        ]
        assert (job.progress, job.problem, job.is_over) == (100, "", True)

    def test_keeps_what_a_search_found(self, ana):
        job = ask(ana, kind="search", asked=SEARCH)

        work()

        job.refresh_from_db()
        assert job.result["best"]["to"] == "20"

    def test_keeps_the_problem_of_what_cannot_be_done_in_words(self, ana):
        job = ask(ana, asked={**SWEEP, "metrics": ["nonsense"]})

        work()

        job.refresh_from_db()
        assert job.problem.startswith("metrics: nonsense is not measured in this scenario")
        assert job.result is None
        assert ask(ana, asked={**SWEEP, "metrics": ["nonsense"]}).is_over  # the same again would not help

    def test_keeps_a_plain_problem_where_something_breaks(self, ana, monkeypatch):
        monkeypatch.setattr("studyapp.lab.background.sweeping.rows", lambda *_: 1 / 0)
        job = ask(ana)

        work()

        job.refresh_from_db()
        assert job.problem == COULD_NOT

    def test_tells_how_far_it_is(self, ana, monkeypatch):
        monkeypatch.setattr(tasks, "TELLS_EVERY_S", 0)
        seen = []

        def slowly(_, told):
            told(0.42)
            seen.append(Job.objects.get().progress)
            return []

        monkeypatch.setattr("studyapp.lab.background.sweeping.rows", slowly)
        ask(ana)
        work()

        assert seen == [42]

    def test_leaves_a_finished_job_alone(self, ana):
        ask(ana)
        Job.objects.update(result=["kept"], finished_at=NOW)

        work()

        assert Job.objects.get().result == ["kept"]

    def test_does_again_what_a_worker_had_begun_when_it_died(self, ana):
        job = ask(ana)
        DBTaskResult.objects.get().claim("the worker that died")
        Job.objects.update(started_at=NOW, progress=50)

        work()
        assert not Job.objects.get().is_over  # a worker takes only what is ready
        assert take_up() == 1
        work()

        job.refresh_from_db()
        assert job.result

    def test_gives_up_what_has_ended_three_workers(self, ana):
        ask(ana)
        for name in "abc":
            DBTaskResult.objects.get().claim(name)
            take_up()

        work()

        assert Job.objects.get().problem == GAVE_UP

    def test_forgets_what_was_finished_long_ago(self, ana):
        old, recent = (ask(ana, seed=seed) for seed in (1, 2))
        work()
        at = timezone.now()
        for table in (Job, DBTaskResult):
            first = table.objects.order_by("pk" if table is Job else "enqueued_at").first()
            table.objects.filter(pk=first.pk).update(finished_at=at - tasks.KEPT - timedelta(minutes=1))

        tasks.forget_old(at)

        assert list(Job.objects.all()) == [recent]
        assert DBTaskResult.objects.get().args_kwargs["args"] == [recent.pk]
        assert ask(ana, seed=1).pk != old.pk

    def test_takes_up_what_a_worker_was_told_twice_to_leave(self, ana):
        ask(ana)
        task = DBTaskResult.objects.get()
        task.claim("in a hurry")
        task.set_failed(SystemExit(1))

        assert take_up() == 1


class TestJob:
    @pytest.mark.parametrize(
        "about", [{"result": []}, {"problem": "it"}, {"finished_at": NOW}, {"progress": 101}, {"kind": "other"}]
    )
    def test_is_refused_in_a_state_that_cannot_be(self, ana, about):
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.create(**{"key": "k", "kind": "sweep", "asked": {}, "asked_at": NOW} | about)


class TestTheWorker:
    def test_is_alone_until_it_dies(self, tmp_path):
        code = (
            "import sys, time; from pathlib import Path; from studyapp.config.working import alone\n"
            "with alone(Path(sys.argv[1]), waiting=sys.exit):\n    print('held', flush=True); time.sleep(600)"
        )
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        setup = "import django; django.setup()\n"
        other = subprocess.Popen(
            [sys.executable, "-c", setup + code, str(tmp_path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE
        )
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        told = []

        def waiting():
            told.append("waits")
            other.send_signal(signal.SIGKILL)

        with alone(tmp_path, waiting=waiting):
            assert told == ["waits"]
        other.communicate()
