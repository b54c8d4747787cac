"""Real reports from the shared folder, against outlines and lists of repairs that a person checked.

`REPAIRS=write` rewrites the golden list of repairs; read its diff before accepting it.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from workreport.build.report_reader import load_vocabularies, read_report
from workreport.model import Reading
from workreport.project import paths

OUTLINES = sorted((Path(__file__).parent / "outlines").glob("*.toml"))
GOLDEN = Path(__file__).parent / "repairs" / "corpus.txt"
LONGEST = 40
READ: dict[str, Reading] = {}


def reading(shared: Path, name: str) -> Reading:
    if name not in READ:
        (path,) = (shared / "corpus").glob(f"{name}.*")
        READ[name] = read_report(path, name, load_vocabularies(paths.vocabulary_of(Path())), pronounce=str).reading
    return READ[name]


@pytest.mark.parametrize("path", OUTLINES, ids=lambda p: p.stem)
def test_outline_equals_the_golden_outline(shared: Path, path: Path) -> None:
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("section", [])
    expected = [(row["level"], row["number"], row["title"].rstrip("…")[:LONGEST]) for row in rows]
    found = [(s.level, s.number, s.title[:LONGEST]) for s in reading(shared, path.stem).outline.walk() if s.heading]
    assert found == expected


@pytest.mark.parametrize("path", OUTLINES, ids=lambda p: p.stem)
def test_no_character_is_lost_and_spans_map_to_the_source(shared: Path, path: Path) -> None:
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
        if repair.start == repair.end:  # what reading a page or a Word file left out stands in no span of the text
            continue
        assert r.source.text[repair.start : repair.end] == repair.before
    for term in r.terms:
        for m in term.mentions:
            assert m.sentence in r.sentences


def test_repairs_equal_the_golden_list(shared: Path) -> None:
    rows = []
    for path in OUTLINES:
        for r in reading(shared, path.stem).repairs:
            before, after = (repr(load_vocabularies)[1:-1][:LONGEST] for load_vocabularies in (r.before, r.after))
            rows.append(f"{path.stem}\t{r.kind}\t{r.status}\t{before}\t{after}\n")
    text = "".join(rows)
    if os.environ.get("REPAIRS") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
