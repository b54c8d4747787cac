"""The certain and very likely faults of all real reports are those that a person has read and judged."""

import tomllib
from pathlib import Path

from tests.field_words import VOCABULARY
from tools import plant_faults
from workreport.analysis.faults import find, for_the_public
from workreport.ingest.formats import read

VERDICTS = Path(__file__).with_name("fault_verdicts.toml")
LEAST_RIGHT = 0.95
"""The least share of faults that must be right, in the first reading and in the second."""
LONGEST_QUOTE = 12
"""The most characters of a fault's quote that a verdict repeats."""


def test_faults_of_all_real_reports_are_those_that_were_judged(shared: Path) -> None:
    judged = tomllib.loads(VERDICTS.read_text(encoding="utf-8"))["fault"]
    found = []
    for folder in ("corpus", "local", "reports"):
        for path in sorted((shared / folder).iterdir()):
            if path.suffix not in (*plant_faults.SUFFIXES, ".html"):
                continue
            source = read(path, path.name)
            for fault in for_the_public(find(plant_faults.case_of(source, VOCABULARY))):
                line = source.text.count("\n", 0, fault.start) + 1
                quote = fault.quote[:LONGEST_QUOTE]
                found.append((path.name, line, fault.kind, fault.confidence, fault.note, quote))
    expected = [(r["file"], r["line"], r["kind"], r["confidence"], r["note"], r["quote"]) for r in judged]
    assert sorted(found) == sorted(expected)
    for reading in ("verdict", "second"):
        assert sum(r[reading].startswith("right") for r in judged) >= LEAST_RIGHT * len(judged)
