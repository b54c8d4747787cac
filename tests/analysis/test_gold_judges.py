"""The scores of cases, falls, ranks and front pages against labels made by careful reading.

Needs the folder of real reports, labels and scoring scripts (WORKREPORT_SHARED). The floors are what must be reached; they may
be raised, never lowered.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.vocabularies import vocabularies
from workreport.analysis import inspection
from workreport.build import report_reader

ROOT = Path(__file__).resolve().parents[2]
CASES, CASES_WITHOUT_NAMES = 0.95, 0.98
FALLS = 0.95
RANKS = {"f1": 0.93, "scope": 0.95, "name_close": 0.90, "status": 0.95}
CARDS_RIGHT, WANTED_ON_FRONT = 0.9, 0.8
RANKED = (
    "city-changsha-2019",
    "city-daqing-2022",
    "city-maanshan-2023",
    "city-nantong-2021",
    "city-suzhou-2023",
    "city-xiaogan-2021",
    "city-yibin-2022",
)


@cache
def words() -> report_reader.Vocabularies:
    return vocabularies()


@cache
def inspected(file: Path) -> str:
    """What `inspect` prints for a report."""
    report = report_reader.read_report(file, file.stem, words(), pronounce=str)
    return json.dumps(inspection.document(report.reading), ensure_ascii=False)


def judged(shared: Path, script: str, *arguments: object) -> Any:
    """The last line that a scoring script prints, parsed."""
    order = [sys.executable, str(shared / "score" / script), *map(str, arguments)]
    run = subprocess.run(order, capture_output=True, text=True, check=True, encoding="utf-8", cwd=ROOT)
    return json.loads(run.stdout.splitlines()[-1])


def found(shared: Path, folder: Path, labels: Path) -> list[str]:
    """FILE=FOUND for every report of a file of labels."""
    files = {json.loads(line)["file"] for line in labels.read_text(encoding="utf-8").splitlines() if line}
    pairs = []
    for name in sorted(files):
        out = folder / f"{name}.json"
        out.write_text(inspected(shared / "corpus" / name), encoding="utf-8")
        pairs.append(f"{name}={out}")
    return pairs


@pytest.mark.parametrize(("names", "floor"), [(True, CASES), (False, CASES_WITHOUT_NAMES)])
def test_share_of_cases_read_wholly_right(shared: Path, names: bool, floor: float) -> None:
    order = (shared / "cases" / "figures.jsonl", "--python", sys.executable, "--build", ROOT / "build.py")
    assert judged(shared, "score_cases.py", *order, *(() if names else ("--no-names",)))["share"] >= floor


def test_falls_are_found_and_none_as_a_rise(shared: Path, tmp_path: Path) -> None:
    labels = shared / "gold" / "falls.jsonl"
    score = judged(shared, "score_falls.py", labels, "--found", *found(shared, tmp_path, labels))
    assert score["share"] >= FALLS
    assert score["as_rise"] == 0


@pytest.mark.parametrize("name", RANKED)
def test_ranks_of_a_whole_report(shared: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "found.json"
    out.write_text(inspected(shared / "corpus" / f"{name}.md"), encoding="utf-8")
    gold = shared / "gold" / "ranks"
    score = judged(shared, "score_ranks.py", gold / f"{name}.ranks.jsonl", out, "--traps", gold / f"{name}.traps.jsonl")
    assert {key: score[key] for key, floor in RANKS.items() if score[key] < floor} == {}
    assert score["traps"]["taken"] <= 1


def test_front_pages_show_what_a_reader_wants_first(shared: Path, tmp_path: Path) -> None:
    labels = shared / "gold" / "front.jsonl"
    scores = judged(shared, "score_front.py", labels, "--found", *found(shared, tmp_path, labels))
    rows = [score for name, score in scores.items() if name.endswith(".md")]
    assert len(rows) == 4
    assert sum(score["right"] for score in rows) / len(rows) >= CARDS_RIGHT
    assert sum(score["wanted"] for score in rows) / len(rows) >= WANTED_ON_FRONT
