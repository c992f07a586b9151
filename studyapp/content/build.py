"""From what the files say to the plain objects that the ground floor works with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from studyapp.content.schema import facts as written
from studyapp.content.schema.arranged import AnyItem, Contrast, Matching, Ordering
from studyapp.content.schema.glossary import Term as WrittenTerm
from studyapp.content.schema.items import AskedItem, Authored, Fix, Numeric, ResponseItem, SimulatedItem
from studyapp.content.schema.tables import Belief as WrittenBelief
from studyapp.facts import quantity
from studyapp.facts.book import Association, ExamExpects, Fact, Quantity, Range, Source, Text, Value, Was
from studyapp.questions.glossary import Term
from studyapp.questions.items import Belief, Item, Option, option_id
from studyapp.questions.recall import Recall, Wrong


def fact(said: written.Fact, topic: str) -> Fact:
    return Fact(
        id=said.id,
        topic=topic,
        name=said.name,
        says=said.says,
        value=value(said.value),
        source=Source(said.source.title, said.source.url, date.fromisoformat(said.source.checked)),
        adjustable=said.adjustable,
        rule={said.rule: "value"} if isinstance(said.rule, str) else dict(said.rule or {}),
        exam=ExamExpects(**dict(said.exam_expects)) if said.exam_expects else None,
        was=tuple(Was(was.value, was.until, was.note or "", was.belief) for was in said.was),
    )


def value(said: object) -> Value:
    """The value of a fact that its model has accepted."""
    match said:
        case bool():
            return said
        case str():
            return quantity.parse(said)
        case written.RangeValue():
            return Range(min=_part(said.min), max=_part(said.max), step=_part(said.step), default=_part(said.default))
        case written.TextValue():
            return Text(said.text)
        case written.AssociationValue():
            return Association(said.phrase, said.points_to)
        case tuple():
            return said
    raise TypeError(f"{said!r} is not the value of a fact")


def _part(text: str | None) -> Quantity | None:
    return None if text is None else quantity.parse(text)


def recall(said: written.Recall) -> Recall:
    return replace(_asked(said, back=_asked(said.back) if said.back else None), is_typed=said.typed)


def _asked(said: written.Asked, back: Recall | None = None) -> Recall:
    wrong = tuple(Wrong(each.text, each.why, each.belief) for each in said.wrong)
    return Recall(ask=said.ask, why=said.why, wrong=wrong, answer=said.answer, back=back, accepts=said.accepts)


def term(said: WrittenTerm) -> Term:
    return Term(said.name, said.says, said.kind, said.also, said.never, said.fact)


def belief(said: WrittenBelief) -> Belief:
    return Belief(
        id=said.id,
        says=said.says,
        tempts=said.tempts,
        patch=dict(said.patch or {}),
        misreading=said.misreading,
        refuted_by=said.refuted_by,
        until=said.until,
    )


def item(said: AnyItem, topic: str) -> Item:
    simulated = said if isinstance(said, SimulatedItem | Ordering) else None
    return Item(
        id=said.id,
        kind=said.kind,
        topic=topic,
        stem=said.stem,
        options=_options(said),
        facts=said.facts,
        choose=said.choose if isinstance(said, ResponseItem) else 1,
        clue=said.clue,
        scenario=simulated.scenario if simulated else None,
        goal=said.goal if isinstance(said, Fix) else None,
        asks=said.asks if isinstance(said, AskedItem) else None,
        draw={path: tuple(values) for path, values in simulated.draw.items()} if simulated else {},
        varies={path: tuple(values) for path, values in simulated.varies.items()} if simulated else {},
        states=simulated.states if simulated else (),
        is_first=said.first,
        rival=said.rival if isinstance(said, Contrast) else None,
        spare=said.spare if isinstance(said, Matching) else (),
        tolerance=said.tolerance if isinstance(said, Numeric) else None,
        view=said.view,
        accepts=said.accepts,
    )


def _options(said: AnyItem) -> tuple[Option, ...]:
    """The options in the order of the file, named by their places."""
    match said:
        case Matching() | Contrast() | Ordering():
            found = _arranged(said)
        case _:
            found = _chosen_from(said)
    return tuple(replace(option, id=option_id(said.id, index)) for index, option in enumerate(found))


def _chosen_from(said: Fix | AskedItem | Authored) -> list[Option]:
    match said:
        case Fix():
            return [
                Option("", each.text, each.why, change=dict(each.change), belief=each.belief) for each in said.options
            ]
        case Authored():
            return [
                Option("", choice.text, choice.why, belief=choice.belief, is_key=choice.key) for choice in said.options
            ]
    return [
        Option("", "", said.why[name], belief=None if name == "key" else name, is_key=name == "key")
        for name in said.option_names
    ]


def _arranged(said: Matching | Contrast | Ordering) -> list[Option]:
    match said:
        case Matching():
            return [Option("", pair.left, pair.why, answer=pair.right, fact=pair.fact) for pair in said.pairs]
        case Contrast():
            return [Option("", case.text, case.why, answer=said.answers[case.points_to]) for case in said.cases]
    return [Option("", step.text, step.why, when=step.when) for step in said.steps]
