"""From a scenario as it stands to a question that asks what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from studyapp.questions.drafting import wrong
from studyapp.questions.drafting.asking import candidates
from studyapp.questions.drafting.drafted import Draft, NoDraft
from studyapp.questions.drafting.picking import Drawn, Picked, draws, picked
from studyapp.questions.drafting.telling import Told, told
from studyapp.questions.drafting.trial import CHANCE, Trial, Values, is_open
from studyapp.questions.drafting.usual import with_usual
from studyapp.questions.drafting.words import question
from studyapp.questions.items import Belief, Item, Option, option_id
from studyapp.questions.proof.result import World
from studyapp.questions.proof.runs import MOST_EVENTS
from studyapp.questions.proof.views import views
from studyapp.simulator.errors import RunTooLong

Body = Mapping[str, object]
MOST_TRIED = 8
"""Metrics for which a whole draft is tried."""
NEEDS = "A question needs three wrong values that differ at three draws."


class TooFew(NoDraft):
    """A metric without three wrong values that differ at three draws."""


def draft(
    *,
    name: str,
    body: Body,
    facts: Sequence[str],
    world: World,
    seed: int = 0,
    asks: str | None = None,
    before: Callable[[], None] = lambda: None,
) -> Draft:
    """A predict item about what comes of `body` at `seed`, with the run's own value among those that it draws.

    `name` is the id of the scenario that goes with it, `lambda.<topic>.<slug>`; `facts` are what it probes, the first the
    memory that it moves; `asks` is the metric, else the one that tells most and holds. `before` is called before each run
    and may raise. Raises NoDraft with every reason, SimulatorError for a scenario that cannot be run, ClaimError for a
    metric that it does not have.
    """
    if not facts:
        raise NoDraft(("A question needs a fact that it probes, and the scenario names none.",))
    return _desk(name, body, tuple(facts), world, Trial(world, seed, before), asks).best(asks)


def _desk(name: str, body: Body, facts: tuple[str, ...], world: World, trial: Trial, asks: str | None) -> _Desk:
    try:
        outcome = trial.outcome(body)
    except RunTooLong:
        raise NoDraft((f"The run has more than {MOST_EVENTS:,} events, the most that a question may have.",)) from None
    if asks is not None:
        outcome.value(asks)
    trial.metrics = candidates(outcome) if asks is None else (asks,)
    beliefs = wrong.beliefs_at_work(world, trial.rules, facts)
    functions = tuple(each.name for each in outcome.functions) if len(outcome.functions) > 1 else ()
    return _Desk(name, body, facts, world, trial, beliefs, functions)


@dataclass(frozen=True)
class _Desk:
    """What a draft is made from."""

    name: str
    body: Body
    facts: tuple[str, ...]
    world: World
    trial: Trial
    beliefs: Sequence[Belief]
    functions: tuple[str, ...]

    def best(self, asks: str | None) -> Draft:
        """Of the metric that is asked for, or of the first whose right value changes with what is drawn. Raises NoDraft."""
        reasons: list[str] = []
        few: list[str] = []
        second: Draft | None = None
        for metric in self.ranked(asks)[:MOST_TRIED]:
            try:
                made, distinct = self.drafted(metric, self.body, must_hold=asks is None)
            except TooFew:
                few.append(metric)
            except NoDraft as none:
                reasons += none.reasons
            else:
                if distinct > 1:
                    return made
                second = second or made
        if second:
            return second
        if few:
            reasons.append(f"{NEEDS} None has them of {', '.join(few)}.")
        raise NoDraft(tuple(dict.fromkeys(reasons)) or (f"{NEEDS} The run gives nothing but yes and no.",))

    def ranked(self, asks: str | None) -> list[str]:
        """The metrics by how many wrong values, up to three, come of beliefs about the facts, then of all beliefs; of
        equals the more telling first."""
        if asks is not None:
            return [asks]
        true = self.trial.values(self.body) or {}
        own = self._wrong([each for each in self.beliefs if set(each.refuted_by) & set(self.facts)], true)
        every = self._wrong(self.beliefs, true)
        return sorted(true, key=lambda name: (-min(own[name], 3), -min(every[name], 3)))

    def _wrong(self, beliefs: Sequence[Belief], true: Values) -> dict[str, int]:
        """How many values that are wrong and differ each metric has."""
        worlds = [self.trial.values(self.body, belief) or {} for belief in beliefs]
        return {name: len({each[name] for each in worlds if name in each} - {true[name]}) for name in true}

    def drafted(self, metric: str, body: Body, *, must_hold: bool) -> tuple[Draft, int]:
        """The draft of `body`, and how many right values its draws have. Raises NoDraft; with `must_hold` also where the
        value depends on what no stem can settle."""
        body = self._said(metric, body, [body], must_hold=must_hold)
        text = told(body)
        beliefs = [*self._mistaken(metric), *wrong.slips(self.name, self.facts)]
        depends: NoDraft | None = None
        for drawn in draws(metric, body, text.text, self.trial):
            found = picked(metric, drawn, beliefs, self.trial)
            if not found:
                continue
            try:
                more = self._said(metric, body, _spread(drawn, found), must_hold=must_hold)
            except NoDraft as open_there:
                depends = open_there
                continue
            if more != body:  # at another draw something matters that did not matter here
                return self.drafted(metric, more, must_hold=must_hold)
            return self._draft(metric, body, text, drawn, found), drawn.distinct
        raise depends or TooFew((f"{metric} has no three wrong values that differ at three draws.",))

    def _mistaken(self, metric: str) -> list[Belief]:
        """The beliefs that give another value in the run as it stands: the others need not be tried at each draw."""
        true = (self.trial.values(self.body) or {})[metric]
        return [each for each in self.beliefs if (self.trial.values(self.body, each) or {}).get(metric, true) != true]

    def _said(self, metric: str, body: Body, scenes: Sequence[Body], *, must_hold: bool) -> Body:
        """`body` with all said on which the metric depends in one of `scenes`."""
        text = told(body)
        item = Item(self.name, "predict", "", text.text, (), self.facts, states=tuple(text.states))
        found = (self.trial.shaken(item, scene, "" if scene is self.body else metric) for scene in scenes)
        shaken = [move for each in found for move, changed in each if metric in changed]
        for move in shaken:
            if is_open(move) and must_hold:
                what = CHANCE if isinstance(move, str) else f"{move.subject}, which AWS leaves open"
                raise NoDraft((f"{metric} depends on {what}.",))
        for path in dict.fromkeys(move.subject for move in shaken if not isinstance(move, str) and not is_open(move)):
            body = with_usual(body, path, metric, self.trial)
        return body

    def _draft(self, metric: str, body: Body, text: Told, drawn: Drawn, found: Picked) -> Draft:
        item_id = f"{self.name}.predict"
        facts = [self.world.facts[name] for name in self.facts]
        options = [Option(option_id(item_id, 0), "", wrong.why_key(facts), is_key=True)]
        options += [
            Option(option_id(item_id, place), "", wrong.why(belief), belief=belief.id)
            for place, belief in enumerate(found.beliefs, 1)
        ]
        item = Item(
            id=item_id,
            kind="predict",
            topic=".".join(self.name.split(".")[:2]),
            stem=f"{text.text} {question(metric, self.functions)}",
            options=tuple(options),
            facts=self.facts,
            scenario=self.name,
            asks=metric,
            draw={drawn.path: tuple(drawn.values[place] for place in found.places)},
            states=tuple(text.states),
        )
        scenes = [drawn.scenes[place] for place in found.places]
        if self._differs(item, metric, scenes):
            item = replace(item, view="now")
        return Draft(item, body, tuple(each for each in found.beliefs if wrong.is_slip(each)))

    def _differs(self, item: Item, metric: str, scenes: Sequence[Body]) -> bool:
        """Whether the exam still expects another value at one of the draws."""
        exam = views(item, self.world).other
        if exam is None:
            return False
        value = self.trial.value
        return any(value(metric, scene) != value(metric, scene, rulebook=exam) for scene in scenes)


def _spread(drawn: Drawn, found: Picked) -> list[Body]:
    """The scenario at the first, the middle and the last draw, which differ most."""
    places = found.places
    chosen = dict.fromkeys((places[0], places[len(places) // 2], places[-1]))
    return [drawn.scenes[place] for place in chosen]
