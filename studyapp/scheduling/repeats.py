"""How often a fact is expected on each day to come, if it is answered whenever FSRS has it due.

Each answer is right with the chance of recall, and either outcome has a next day. A branch of little weight goes the way of its
sister, so that no work is lost and the tree stays small.
"""

from functools import cache

from studyapp.scheduling.formulas import AGAIN, DEFAULT, GOOD

SMALLEST_BRANCH = 0.05


def expected(
    stability: float, difficulty: float, days: int, *, due: int, wait: int, retention: float
) -> tuple[float, ...]:
    """Answers on each of so many days, for a fact that is due on day `due`, which is `wait` days after its last answer."""
    found = [0.0] * days
    _follow(found, due, wait, (stability, difficulty), 1.0, retention)
    return tuple(found)


@cache
def after_first(days: int, retention: float) -> tuple[float, ...]:
    """Answers on each day after the first, for a fact never met: it is not known, whatever a guess hits."""
    stability, difficulty = DEFAULT.first(AGAIN)
    wait = DEFAULT.interval(stability, retention)
    return expected(stability, difficulty, days, due=wait, wait=wait, retention=retention)


def _follow(
    found: list[float], day: int, wait: int, memory: tuple[float, float], share: float, retention: float
) -> None:
    if day >= len(found):
        return
    found[day] += share
    recall, known, missed = next(DEFAULT.outcomes(*memory, (wait,)))
    right = share * recall
    if share - right < SMALLEST_BRANCH:
        right = share
    elif right < SMALLEST_BRANCH:
        right = 0.0
    for part, stability, rating in ((right, known, GOOD), (share - right, missed, AGAIN)):
        if part:
            later = DEFAULT.interval(stability, retention)
            _follow(found, day + later, later, (stability, DEFAULT.difficulty(memory[1], rating)), part, retention)
