"""What every benchmark does with its measures: print them, and keep them as JSON or as a page with machine and date."""

import argparse
import json
import platform
import time
from collections.abc import Callable
from pathlib import Path

Row = dict[str, object]
"""{measure, value, goal, better}"""


def publish(title: str, doc: str, rounds: int, measure: Callable[[], list[Row]]) -> None:
    """Read --json and --markdown, measure, and write the rows there as well as to the terminal."""
    parser = argparse.ArgumentParser(description=doc.partition("\n")[0])
    parser.add_argument("--json", type=Path, help="write the measures as a list to this file")
    parser.add_argument("--markdown", type=Path, help="write the table, with machine and date, to this file")
    options = parser.parse_args()
    rows = measure()
    print(table(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    if options.markdown:
        options.markdown.write_text(f"# {title}\n\n{machine(rounds)}\n\n{table(rows)}\n")


def row(measure: str, value: float, goal: float | None, better: str = "higher") -> Row:
    return {"measure": measure, "value": round(value, 3), "goal": goal, "better": better}


def table(rows: list[Row]) -> str:
    lines = ["| measure | value | goal |", "| --- | ---: | --- |"]
    for each in rows:
        sign = "at least" if each["better"] == "higher" else "at most"
        goal = "" if each["goal"] is None else f"{sign} {each['goal']}"
        lines.append(f"| {each['measure']} | {each['value']:,} | {goal} |")
    return "\n".join(lines)


def machine(rounds: int) -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")] or [platform.machine()]
    python = platform.python_version()
    return f"{time.strftime('%Y-%m-%d')}, {names[0]}, Python {python}. Medians of {rounds} interleaved rounds."
