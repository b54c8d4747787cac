"""The scores of pairs and series against labels made by careful reading.

Needs the folder of real reports, labels and scoring scripts (WORKREPORT_SHARED). The floors are what was reached; they may be
raised, never lowered.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

from tests.comparison.two_reports import words
from tests.vocabularies import ROOT, vocabularies
from workreport.build import report_reader
from workreport.comparison import compare

PLACES = (
    ("city-hangzhou", ("2023.md", "2024.md", "2025.md", "2026.md")),
    ("city-shenyang", ("2017.md", "2018.md")),
    ("state-guowuyuan", ("2022-sternstundee.txt", "2023-wikisource.txt", "2024-wikisource.txt", "2025-wikisource.txt")),
)
RECALL, PRECISION, SILENT, VERDICTS = 0.925, 0.98, 0.965, 0.975
SERIES = 0.955
MOST_TIME = 0.6
"""The most processor time that comparing may take, as a part of that of reading; 0.12 was measured."""


@cache
def inspected(corpus: Path, place: str, reports: tuple[str, ...]) -> Any:
    """What `inspect` prints for the reports of a place."""
    files = [str(corpus / f"{place}-{name}") for name in reports]
    order = [sys.executable, str(ROOT / "build.py"), "inspect", *files]
    return json.loads(subprocess.run(order, capture_output=True, check=True, encoding="utf-8", cwd=ROOT).stdout)


def judged(shared: Path, folder: Path) -> Any:
    """The last line of the scoring script for all places and labels."""
    gold = shared / "gold" / "series"
    found = [inspected(shared / "corpus", place, reports) for place, reports in PLACES]
    file = folder / "found.json"
    file.write_text(json.dumps({key: [row for each in found for row in each[key]] for key in ("pairs", "series")}))
    order = [sys.executable, str(shared / "score" / "score_pairs.py"), str(file), "--pairs", str(gold / "pairs.jsonl")]
    order += [*map(str, sorted((gold / "local").glob("*.pairs.jsonl"))), "--traps", str(gold / "traps.jsonl")]
    order += [*map(str, sorted((gold / "local").glob("*.traps.jsonl"))), "--series"]
    order += map(str, sorted((gold / "local").glob("*.series.jsonl")))
    return json.loads(subprocess.run(order, capture_output=True, check=True, encoding="utf-8").stdout.splitlines()[-1])


def test_pairs_verdicts_and_series_agree_with_the_labels(shared: Path, tmp_path: Path) -> None:
    scores = judged(shared, tmp_path)
    assert scores["pairs"]["labels"] > 200
    assert scores["pairs"]["recall"] >= RECALL
    assert scores["pairs"]["precision"] >= PRECISION
    assert scores["silent"]["right"] >= SILENT
    assert scores["verdict"] >= VERDICTS
    assert scores["traps"]["taken"] <= 2
    assert scores["series"]["recall"] >= SERIES
    assert scores["series"]["extra"] <= 1


def test_document_names_the_places_of_both_sides_in_the_source(shared: Path) -> None:
    place, reports = PLACES[1]
    found = inspected(shared / "corpus", place, reports)
    texts = {str(shared / "corpus" / f"{place}-{name}"): None for name in reports}
    assert {report["source"]["path"] for report in found["reports"]} == set(texts)
    for side in (side for pair in found["pairs"] for side in (pair["target"], pair["result"]) if side):
        text = Path(side["file"]).read_text(encoding="utf-8")
        assert text[side["start"] : side["end"]].replace("\n", "") == side["quote"]
        assert text.count("\n", 0, side["start"]) + 1 == side["line"]


def test_comparing_costs_a_small_part_of_reading(shared: Path) -> None:
    place, reports = PLACES[0]
    known, told = vocabularies(), words()  # word files are read once, whatever is compared
    started = process_time()
    readings = [
        report_reader.read_report(shared / "corpus" / f"{place}-{name}", name, known, pronounce=str).reading
        for name in reports
    ]
    read = process_time()
    (found,) = compare(readings, told)
    assert len(found.pairs) > 200
    assert process_time() - read < MOST_TIME * (read - started)
