"""Knows what somebody who finds the bag in twenty years must be told: what it is, from which bytes, with which programs.

Makes the preservation note (Chinese and English), the plain texts and the list of repairs. Leaves the bag and the
description for machines to `archive`, and every sentence of the note to `templates/keeping/`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workreport import __version__
from workreport.model import FormatId, Publication, Reading, Repair
from workreport.website.pages import wording
from workreport.website.pages.escape import one_line
from workreport.website.pages.remarks import visible
from workreport.website.pages.render import SiteFacts, site_title
from workreport.project import writer

LIBRARIES = (
    "fonttools",
    "jinja2",
    "markdown",
    "mkdocs",
    "mkdocs-material",
    "opencc",
    "pylopdf-fonts-zh-cn",
    "pypdfium2",
    "pypinyin",
    "segno",
    "selectolax",
    "typst",
    "xlsxwriter",
)
"""What the files are made with, as the package asks for it; a note says the versions that did it."""
PROJECT = ("mkdocs.yml", "mkdocs.generated.yml")
"""What of the project belongs to no report; site.toml may name where a key lies, which is nobody else's business."""
NOTES = {"preservation-note.zh.txt": "note.zh.txt.j2", "preservation-note.en.txt": "note.en.txt.j2"}
SHOWN = 60
"""Characters of a repair that the note repeats; the list of repairs has them all."""


@dataclass(frozen=True, slots=True)
class RepairLine:
    """A repair as the note says it: `start` and `end` count the characters of the source text from 0."""

    id: str
    start: int
    end: int
    kind: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One report for the note and for machines; `source`, `original`, `text` and `repairs` are paths in the payload.

    `drawn` says that the text was taken out of the file; `left` counts what reading left out.
    """

    slug: str
    name: str
    day: str
    speaker: str
    office: str
    place: str
    meeting: str
    source: str
    format: FormatId
    encoding: str
    sha256: str
    characters: int
    drawn: bool
    guessed: bool
    original: str
    text: str
    repairs: str
    applied: tuple[RepairLine, ...]
    kinds: tuple[tuple[str, int], ...]
    left: int
    others: int
    doubts: int


@dataclass(frozen=True, slots=True)
class Keeping:
    """All that the bag is told: facts for machines; `files`, those of the project as pairs of where each stands in the
    payload and in the project; and `texts`, the files made for keeping alone, by payload path.
    """

    name: str
    title: str
    description: str
    publisher: str
    contact: str
    licence: str
    base: str
    version: str
    python: str
    libraries: tuple[tuple[str, str], ...]
    reports: tuple[ReportFacts, ...]
    files: tuple[tuple[str, str], ...]
    texts: Mapping[str, bytes] = field(default_factory=dict)


def make(
    published: Publication,
    settings: SiteFacts,
    templates: Sequence[Path],
    *,
    name: str,
    base: str,
    moment: date,
    beside: Sequence[str],
) -> Keeping:
    """The facts and texts of a publication for its bag.

    `name` is what the archives are called, `base` the address of the archived site (`archive.wacz.base`), `moment` the
    day that stands for the clock, `beside` the names of files that may stand beside a source ("repairs.toml"); the
    first of `templates` with a `keeping/` is taken.
    """
    title = site_title(published, settings)
    reports = tuple(_report(reading) for reading in published.readings)
    facts = Keeping(
        name, title, f"{'、'.join(r.name for r in reports)}：来源文件、正文、修复清单、指标数据、Markdown、网站、网页存档",
        settings.publisher, settings.contact, settings.licence, base, __version__,
        ".".join(map(str, sys.version_info[:2])), libraries(), reports, _files(published, reports, beside),
    )  # fmt: skip
    press = Environment(
        loader=FileSystemLoader(templates), undefined=StrictUndefined, autoescape=False,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, finalize=_plain,
    )  # fmt: skip
    texts = {
        note: press.get_template(f"keeping/{template}").render(facts=facts, moment=moment.isoformat()).encode()
        for note, template in NOTES.items()
    }
    for reading, report in zip(published.readings, reports, strict=True):
        texts[report.original] = reading.source.text.encode()
        texts[report.text] = reading.text.body.encode()
        texts[report.repairs] = repairs_list(reading)
    return replace(facts, texts=texts)


def _files(
    published: Publication, reports: Sequence[ReportFacts], beside: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """The project's own files of the payload: where each stands in it, and in the project."""
    found = [(name, name) for name in PROJECT]
    for reading, report in zip(published.readings, reports, strict=True):
        home = f"reports/{report.slug}"
        found += [(f"{home}/{name}", f"{home}/{name}") for name in beside]
        found.append((report.source, reading.source.path.replace("\\", "/")))
    return tuple(sorted(found))


def safe_source(path: str) -> str:
    """Where a source stands in the payload: as in the project, or as `source.*` where its name is not for every system.

    >>> safe_source("reports/a-2024/报告.docx"), safe_source("reports/a-2024/con.md")
    ('reports/a-2024/报告.docx', 'reports/a-2024/source.md')
    """
    folder, _, name = path.replace("\\", "/").rpartition("/")
    try:
        writer.safe_name(name)
    except writer.WriteError:
        return f"{folder}/source{PurePosixPath(name).suffix}"
    return f"{folder}/{name}"


def libraries() -> tuple[tuple[str, str], ...]:
    """The libraries that make the files, with the versions installed here; one that is not there is not named."""
    found = []
    for name in LIBRARIES:
        try:
            found.append((name, installed(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def repairs_list(reading: Reading) -> bytes:
    """Every repair of a report as JSON, in the order of the source; the applied ones turn the source into the text.

    Positions count characters (code points) of the source text from 0. Those by "reading" stand for words of the file
    that are not in the source text, and change nothing of it.
    """
    rows = [
        {
            "id": r.id, "kind": r.kind, "start": r.start, "end": r.end, "before": r.before, "after": r.after,
            "reason": r.reason, "status": r.status, "by": r.by,
        }
        for r in reading.repairs
    ]  # fmt: skip
    document = {"source_sha256": reading.source.sha256, "unit": "code point", "repairs": rows}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _report(reading: Reading) -> ReportFacts:
    meta, source = reading.meta, reading.source
    applied = [r for r in reading.repairs if r.status == "applied" and r.by != "reading"]
    left = [r for r in reading.repairs if r.status == "applied" and r.by == "reading"]
    counted = Counter(_kind(r) for r in applied)
    return ReportFacts(
        meta.slug, meta.name, meta.date.isoformat() if meta.date else "", meta.speaker, meta.office, meta.place,
        meta.meeting, safe_source(source.path), source.format, source.encoding, source.sha256,
        source.characters, bool(source.text_sha256), bool(meta.guessed),
        f"text/{meta.slug}.source.txt", f"text/{meta.slug}.txt", f"text/{meta.slug}.repairs.json",
        tuple(_line(r) for r in applied), tuple(sorted(counted.items(), key=lambda k: (-k[1], k[0]))),
        len(left), len(reading.repairs) - len(applied) - len(left), len(reading.faults),
    )  # fmt: skip


def _kind(repair: Repair) -> str:
    return wording.REPAIRS.get(repair.kind, repair.kind)


def _line(repair: Repair) -> RepairLine:
    before, after = _short(repair.before), _short(repair.after)
    return RepairLine(repair.id, repair.start, repair.end, _kind(repair), before, after, repair.reason)


def _short(text: str) -> str:
    shown = text if len(text) <= SHOWN else f"{text[: SHOWN // 2]} …… {text[-SHOWN // 2 :]}"
    return visible(shown)


def _plain(value: object) -> str:
    """Every value on one line and without control characters: a report must not be able to break the note's lines."""
    return one_line(str(value))
