"""Makes a large collection of reports for the search: given texts, and copies of them with other names and figures.

Knows how a copy differs: each has digits of its own for those of the text (years stay), characters of its own for its
names, and ids of its own. Plain copies would flatter the index. Leaves the index to `workreport.website.search`.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from workreport.analysis import measures
from workreport.analysis.vocabulary import Unit
from workreport.build import report_reader
from workreport.website.search.base_units import base_units
from workreport.website.search.sentence_rows import SearchedReport, SentenceRow, searched_report

ROOT = Path(__file__).resolve().parents[2]
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_ENDINGS = (".md", ".txt", ".html")


def texts(*folders: Path) -> list[Path]:
    """Return the texts of these folders, sorted."""
    return [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in _ENDINGS]


def read(paths: Sequence[Path]) -> Iterator[SearchedReport]:
    """Read and analyse each text; about a second each."""
    words = report_reader.load_vocabularies(ROOT / "vocabulary")
    bases = base_units(words.figures.units)
    for number, path in enumerate(paths):
        yield searched_report(report_reader.read_report(path, f"r{number}", words).reading, bases)


def units() -> tuple[Unit, ...]:
    """Return the units of the vocabulary."""
    return report_reader.load_vocabularies(ROOT / "vocabulary").figures.units


def other_names() -> tuple[tuple[str, str], ...]:
    """Return the other names of measures in the vocabulary, each with its label."""
    return measures.other_names(report_reader.load_vocabularies(ROOT / "vocabulary").measures)


def collection(reports: Sequence[SearchedReport], count: int) -> list[SearchedReport]:
    """Return `count` reports, newest first: the given ones, then copies of them with other names and figures."""
    made = [
        report if number < len(reports) else _copy(report, number)
        for number, report in ((n, reports[n % len(reports)]) for n in range(count))
    ]
    return sorted(made, key=lambda report: (-(report.year or 0), report.slug))


def _copy(report: SearchedReport, number: int) -> SearchedReport:
    chance = random.Random(number)
    digits = chance.sample("123456789", 9)
    other_digits = str.maketrans("123456789", "".join(digits))
    named = sorted({name for name, _ in report.names if len(name) > 2}, key=lambda name: (-len(name), name))
    characters = sorted({c for name in named for c in name if "\u4e00" <= c <= "\u9fff"}) or ["山"]
    other = {name: "".join(chance.choice(characters) for _ in name[:-1]) + name[-1] for name in named}
    pattern = re.compile("|".join(map(re.escape, named)) or "(?!)")
    place = "".join(chance.choice(characters) for _ in report.place[:-1]) + report.place[-1:]

    def changed(text: str) -> str:
        text = pattern.sub(lambda found: other[found[0]], text)
        years = {found.start() for found in _YEAR.finditer(text)}
        out = list(text.translate(other_digits))
        for at in years:
            out[at : at + 4] = text[at : at + 4]
        return "".join(out)

    def within(value: object) -> object:
        if isinstance(value, str):
            return changed(value)
        return [within(item) for item in value] if isinstance(value, list) else value

    def row(row: SentenceRow) -> SentenceRow:
        digest = hashlib.sha256(f"{number} {row.id}".encode()).hexdigest()
        figures = [[figure[0], *(within(item) for item in figure[1:])] for figure in row.figures]
        return row._replace(id=f"s{digest}"[: len(row.id)], text=changed(row.text), figures=figures)

    slug = f"r{number}"
    return replace(
        report, slug=slug, place=place, name=report.name.replace(report.place, place) if report.place else report.name,
        sections=tuple((re.sub(r"^[^/]+", slug, path), changed(label)) for path, label in report.sections),
        names=tuple((other.get(name, name), count) for name, count in report.names),
        sentences=tuple(row(sentence) for sentence in report.sentences),
    )  # fmt: skip
