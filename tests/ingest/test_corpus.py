"""Real reports from the shared folder are compared with outlines and repairs that a person checked.

The outlines (outlines/*.toml) list the headings of a report. A heading is "run-in" if text follows it on its line, "not
labelled" lines are no headings, and "doubtful" means that another person could decide otherwise. `REPAIRS=write` in the
environment rewrites the list of repairs; read its diff before you commit it.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from tests.vocabularies import vocabularies
from workreport.build.report_reader import read_report
from workreport.model import Reading

OUTLINES = sorted((Path(__file__).parent / "outlines").glob("*.toml"))
GOLDEN = Path(__file__).parent / "repairs" / "corpus.txt"
LONGEST = 40
"""Characters of a title or repair that are compared."""
READ: dict[str, Reading] = {}
"""The reports read so far, by name."""


def reading(shared: Path, name: str) -> Reading:
    """Read the report with this name (without ending) from the shared folder, once for all tests."""
    if name not in READ:
        (path,) = (shared / "corpus").glob(f"{name}.*")
        READ[name] = read_report(path, name, vocabularies(), pronounce=str).reading
    return READ[name]


@pytest.mark.parametrize("path", OUTLINES, ids=lambda p: p.stem)
def test_headings_of_a_real_report_equal_its_checked_outline(shared: Path, path: Path) -> None:
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("section", [])
    expected = [(row["level"], row["number"], row["title"].rstrip("…")[:LONGEST]) for row in rows]
    found = [(s.level, s.number, s.title[:LONGEST]) for s in reading(shared, path.stem).outline.walk() if s.heading]
    assert found == expected


@pytest.mark.parametrize("path", OUTLINES, ids=lambda p: p.stem)
def test_no_character_of_a_real_report_is_lost_and_all_positions_fit(shared: Path, path: Path) -> None:
    """Sentences, indicators and mentions fit the repaired text; repairs fit the source text. Ids are unique."""
    r = reading(shared, path.stem)
    assert "".join("".join(s.text for s in r.outline.sentences()).split()) == "".join(r.text.body.split())
    ids = [s.id for s in r.outline.sentences()]
    assert len(set(ids)) == len(ids)
    for s in r.outline.sentences():
        assert r.text.body[s.start : s.end] == s.text
    for i in r.found.indicators:
        assert r.text.body[i.start : i.end] == i.quote
        assert i.quote in r.sentences[i.sentence].text
    assert len({i.id for i in r.found.indicators}) == len(r.found.indicators)
    for repair in r.repairs:
        if repair.start == repair.end:  # text that the reader left out is not in the source text
            continue
        assert r.source.text[repair.start : repair.end] == repair.before
    for term in r.terms:
        for m in term.mentions:
            assert m.sentence in r.sentences


def test_repairs_of_all_real_reports_equal_the_checked_list(shared: Path) -> None:
    rows = []
    for path in OUTLINES:
        for r in reading(shared, path.stem).repairs:
            before, after = (repr(words)[1:-1][:LONGEST] for words in (r.before, r.after))
            rows.append(f"{path.stem}\t{r.kind}\t{r.status}\t{before}\t{after}\n")
    text = "".join(rows)
    if os.environ.get("REPAIRS") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
