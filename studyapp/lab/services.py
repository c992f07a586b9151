"""Writes: a run is predicted, and moves the memory of its fact."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from studyapp.accounts.models import User
from studyapp.attempts import services as attempts
from studyapp.attempts.services import AlreadyAnswered
from studyapp.attempts.tokens import Prompt
from studyapp.content.models import Fact, Scenario
from studyapp.lab import queries, telling
from studyapp.lab.asking import Marked, Question
from studyapp.lab.models import Run
from studyapp.lab.running import Inputs, Ran
from studyapp.lab.state import State
from studyapp.memory import queries as memory_queries
from studyapp.memory import services as memory
from studyapp.simulator.rulebook import digest

__all__ = ["AlreadyAnswered", "AlreadyPredicted", "predict"]


class AlreadyPredicted(ValueError):
    """The first prediction of a run stands."""


def predict(
    *,
    student: User,
    scenario: Scenario,
    fact: Fact,
    state: State,
    asked: Question,
    inputs: Inputs,
    ran: Ran,
    marked: Marked,
    is_sure: bool,
    prompt: Prompt,
    now: datetime,
) -> Run:
    """Keep what somebody predicted of a run that has been made, and move their memory of its fact.

    Memory moves once in a while: who has just seen a run of the same fact is not asked from memory.
    Raises AlreadyPredicted, or AlreadyAnswered for a prompt that has its prediction.
    """
    run = Run(
        student=student,
        scenario=scenario,
        key=inputs.key,
        body=dict(inputs.body),
        query=state.alone().query(),
        rulebook=digest(inputs.rulebook),
        asks=asked.metric,
        predicted=marked.predicted,
        actual=marked.actual,
        is_right=marked.is_right,
        metrics=dict(telling.values(ran.outcome, asked)),
        at=now,
    )
    try:
        with transaction.atomic():
            return _keep(run, fact, asked, prompt, is_sure=is_sure)
    except IntegrityError:
        raise AlreadyPredicted(f"run {run.key} was predicted before") from None


def _keep(run: Run, fact: Fact, asked: Question, prompt: Prompt, *, is_sure: bool) -> Run:
    has_learnt = queries.has_learnt(run.student, fact, run.at)
    run.attempt = attempts.record_prediction(
        student=run.student,
        fact=fact,
        question=asked.text,
        predicted=run.predicted,
        is_sure=is_sure,
        is_right=run.is_right,
        seed=0,
        shown=prompt,
        now=run.at,
    )
    run.save(force_insert=True)
    if not has_learnt:
        terms = memory_queries.terms(run.student, run.at)
        memory.learn(attempt=run.attempt, student=run.student, terms=terms, now=run.at)
    return run
