"""What today's answers are expected to add to the forecast for the exam's day."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.memory.desk import Standing
from studyapp.memory.outlook import Known
from studyapp.memory.tempo import Tempo
from studyapp.memory.turns import candidate
from studyapp.scheduling import planning
from studyapp.scheduling.correcting import believe
from studyapp.scheduling.formulas import AGAIN, DEFAULT, GOOD
from studyapp.scheduling.planning import Ask, Exam


def adds(read: Known, asks: Iterable[Ask], new: Iterable[Standing], exam: Exam, tempo: Tempo) -> float:
    """Of `asks`, of which the facts `new` were never met: a share of the exam, if nothing else is asked until then.

    `planning.adds` takes such a fact for unknown. This student knows some of them all the same, as their first answers have shown,
    and the forecast counts that already: what is known stays so only as well as a first answer makes it last. So it may be
    below 0.
    """
    left = exam.days_left(read.now)
    known = believe(read.evidence).mean.known
    kept, learnt = (DEFAULT.recall(left, DEFAULT.first(rating)[0]) for rating in (GOOD, AGAIN))
    counted = sum(candidate(read, fact, tempo).stake for fact in new) * known * (1 - kept + learnt)
    return planning.adds(tuple(asks)) - counted
