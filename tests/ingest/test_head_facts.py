"""The facts of real reports equal those that a person read from their heads.

`head_facts.tsv` was filled in beside what the program says, `head_facts_typed.tsv` before it: each fact as the text has it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.field_words import FRONT
from workreport.ingest import metadata
from workreport.ingest.formats import read
from workreport.ingest.front_matter import front_matter
from workreport.ingest.ids import IdLedger
from workreport.ingest.outline import parse
from workreport.ingest.repair import apply, propose
from workreport.model import Meta

TABLE = Path(__file__).with_name("head_facts.tsv")
TYPED = Path(__file__).with_name("head_facts_typed.tsv")
FIELDS = ("place", "year", "date", "speaker", "office")
TYPED_FIELDS = ("title", "place", "year", "date", "meeting", "speaker", "office")
MOST_MISSING = 1
"""The most reports in which a fact that the head states may be missing."""


def facts_of(path: Path, *, keys: bool) -> Meta:
    """Read the facts of a report; without `keys` its front matter is not used. The name of the file never is."""
    source = read(path, "report.md")
    text = apply(source, propose(source, FRONT))
    outline = parse(text, (), IdLedger())[0]
    return metadata.guess("report", text, outline, FRONT, front_matter(source.text).values if keys else {})


def rows(table: Path = TABLE) -> list[list[str]]:
    return [row.split("\t") for row in table.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]


def agree(field: str, found: str, typed: str) -> bool:
    """Whether a fact says what the text has: a title without its place and year, a meeting and office with their place."""
    if field == "title":
        return typed == "-" or typed.endswith(found)
    return found.endswith(typed) if field in ("meeting", "office") else found == typed


@pytest.mark.timeout(300)
def test_facts_of_real_reports_are_those_that_a_person_read(shared: Path) -> None:
    wrong: list[str] = []
    missing: Counter[str] = Counter()
    for name, *wanted in rows():
        meta = facts_of(shared / "local" / name, keys=True)
        for field, want in zip(FIELDS, wanted, strict=True):
            found = str(getattr(meta, field) or "-")
            if found == "-" != want:
                missing[field] += 1
            elif found != want:
                wrong.append(f"{name}: {field} {found}, not {want}")
    assert wrong == []
    assert {field: n for field, n in missing.items() if n > MOST_MISSING} == {}


@pytest.mark.timeout(300)
def test_place_of_a_real_report_is_right_without_its_front_matter(shared: Path) -> None:
    found = {name: facts_of(shared / "local" / name, keys=False).place for name, *_ in rows()}
    assert {name: place for name, place, *_ in rows() if found[name] != place} == {}


@pytest.mark.timeout(300)
def test_facts_typed_independently_of_the_program_are_found(shared: Path) -> None:
    wrong: list[str] = []
    missing: Counter[str] = Counter()
    table = rows(TYPED)
    for name, *typed in table:
        meta = facts_of(shared / name, keys=True)
        for field, want in zip(TYPED_FIELDS, typed, strict=True):
            found = str(getattr(meta, field) or "-")
            if found == "-" != want:
                missing[field] += 1
            elif not agree(field, found, want):
                wrong.append(f"{name}: {field} {found}, not {want}")
            if field == "title" and want == "-":
                assert field in meta.guessed, name
    assert len(table) == 60
    assert wrong == []
    assert {field: n for field, n in missing.items() if n > MOST_MISSING} == {}
