"""What another value of a fact would change: questions, references, scenarios and keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studyapp.content import impact, impact_runs, one_scenario, proofs
from studyapp.content.impact import Change, Texts
from studyapp.content.impact_runs import Broken, OtherKey
from studyapp.content.problems import BadContent


class Command(BaseCommand):
    help = "Say what changes if AWS changes a fact, such as lambda.errors.async-retries.max='3 retries'. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("changes", nargs="+", metavar="FACT=VALUE", help="for a part of a range: FACT.max=VALUE")
        parser.add_argument("--json", action="store_true", help="for a program")
        parser.add_argument("--folder", type=Path, default=settings.CONTENT, help="the course, content/ unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            course = one_scenario.course_in(folder)
            changes = [impact.change(course, said) for said in options["changes"]]
        except BadContent as error:
            raise CommandError(f"{error}\nNothing was compared.") from None
        except (impact.NotAChange, one_scenario.NotFound) as error:
            raise CommandError(str(error)) from None
        shown = [(each, impact.texts(course, each)) for each in changes]
        facts = {each.old.id: each.new for each in changes}
        rules = {field: value for each in changes for field, value in each.rules.items()}
        broken = list(impact_runs.broken(course, rules))
        keys = list(impact_runs.other_keys(course, facts, rules, proofs.stored(folder)))
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(shown, broken, keys), indent=1, ensure_ascii=False))
            return
        lines = [line for change, texts in shown for line in _of_change(change, texts)]
        self.stdout.write("\n".join([*lines, *_of_scenarios(broken), *_of_items(keys)]))


def _of_change(change: Change, texts: Texts) -> Iterator[str]:
    yield f"{change.old.id}: {change.old.value_text} -> {change.new.value_text}"
    yield f"  rules: {', '.join(change.rules) or 'none; no run can change'}"
    yield f"  {len(texts.drawn)} questions drawn from it hold the old value"
    for each in texts.drawn:
        says = "follows by itself" if each.follows else "is to be written anew"
        yield f"    {each.item}: “{each.answer}” {says}"
    yield f"  {len(texts.references)} texts refer to it and follow by themselves"
    yield from (f"    {kind} {name}" for kind, name in texts.references)


def _of_scenarios(broken: list[Broken]) -> Iterator[str]:
    yield f"{len(broken)} claims hold no longer"
    for each in broken:
        where = f" (with {each.where})" if each.where else ""
        yield f"  {each.scenario}{where}: {each.claim}: it was {each.old} and would be {each.new}"


def _of_items(keys: list[OtherKey]) -> Iterator[str]:
    yield f"{len(keys)} items have another key or none"
    for each in keys:
        if each.refused:
            yield f"  {each.item}: refused"
            yield from (f"    {problem}" for problem in each.refused)
        else:
            yield f"  {each.item}: “{each.new}” instead of “{each.old}”, or the like, in {each.variants} of {each.of} variants"


def _as_json(shown: list[tuple[Change, Texts]], broken: list[Broken], keys: list[OtherKey]) -> Mapping[str, Any]:
    return {
        "changes": [
            {
                "fact": change.old.id,
                "old": change.old.value_text,
                "new": change.new.value_text,
                "rules": dict(change.rules),
                "drawn": [asdict(each) for each in texts.drawn],
                "references": [{"kind": kind, "id": name} for kind, name in texts.references],
            }
            for change, texts in shown
        ],
        "claims": [asdict(each) for each in broken],
        "items": [asdict(each) for each in keys],
    }
