"""Knows the publisher's TOML files: which keys each may have, and which values.

Leaves reading TOML to `toml_files`, what the values mean to the modules that use them, and writing files to `writer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, make_dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from workreport.analysis.names import NameRules
from workreport.analysis.overrides import Rules
from workreport.ingest.ids import FigureRecord, IdEntry, IdLedger
from workreport.ingest.metadata import FIELDS, ConfirmedMeta
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.ingest.repair import RepairRule
from workreport.model import Confidence, FaultKind
from workreport.project.form_ids import OFFLINE_COPY, FormId
from workreport.project.toml_files import BadSettings, TomlReader, line_of, line_of_text, load, nearest

__all__ = [
    "COLOUR", "Archive", "BadSettings", "Build", "Footer", "Note", "NotesFile", "RepairsFile", "Settings", "indicators", "ledger",
    "ledger_text", "line_of_text", "load", "metadata", "names", "notes", "quoted", "repairs", "site",
]  # fmt: skip

_CONTACT = re.compile(
    r"(?=(?:[^0-9]*[0-9]){5}|[^@]+@|http)(?:[^@\s\"'<>:]+@[^@\s\"'<>:]+\.[^@\s\"'<>:]+|https?://[^\s\"'<>]+"
    r"|\+?(?:[0-9]{2,12}|[（(][0-9]{2,5}[)）])(?:[ \-－—]?[0-9]{2,12}){0,4}(?:[ \-]?(?:转|分机|ext\.?)[ ]?[0-9]{1,6})?)"
)
"""Matches (as a whole) an e-mail address, an address of the web, or a telephone number: 0571-88888888转12, (0571) 8888 8888."""
COLOUR = "#b3261e"
"""The accent colour if the publisher names none: 朱红 (vermilion)."""


@dataclass(frozen=True, slots=True)
class Footer:
    """The table [footer]: numbers that Chinese law requires on a government site. "" is not shown.

    `icp`: ICP备案号; `police`: 公安备案号; `site_code`: 网站标识码.
    """

    icp: str = ""
    police: str = ""
    site_code: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """The table [build]: whether to make pictures (一图读懂, social cards), and whether to make an archive at all."""

    pictures: bool = True
    archive: bool = True


@dataclass(frozen=True, slots=True)
class Archive:
    """The table [archive]: the archive formats (forms) switched off, and the path of the secret minisign key ("" for none).

    Every format is made unless it is switched off. A relative path starts at the project folder.
    """

    without: frozenset[FormId] = frozenset()
    minisign_key: str = ""

    def wants(self, form: FormId) -> bool:
        """Whether an archive format is to be made, if [build] wants an archive at all."""
        return form not in self.without


@dataclass(frozen=True, slots=True)
class Settings:
    """`site.toml`. `address` is "" or a URL that ends with a slash (a subpath is allowed); `colour` is #rrggbb, lower case.

    Both are checked and brought into this form by `site`. `contact` is "", an e-mail address, a URL or a
    telephone number.
    """

    title: str = ""
    address: str = ""
    publisher: str = ""
    contact: str = ""
    licence: str = ""
    colour: str = COLOUR
    footer: Footer = field(default_factory=Footer)
    build: Build = field(default_factory=Build)
    archive: Archive = field(default_factory=Archive)

    @property
    def zipped(self) -> bool:
        """Whether the offline copy (离线版) is to be made."""
        return self.build.archive and self.archive.wants(OFFLINE_COPY)


@dataclass(frozen=True, slots=True)
class RepairsFile:
    """`repairs.toml`: a table array [[repair]]."""

    repair: tuple[RepairRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One row of `notes.toml`: a doubt (`note`) that the publisher noted about the characters `quote` of the source.

    The source must contain `quote` exactly; `nth` chooses among its occurrences, counted from 1, and is needed if there are
    several. A quote that only the repaired text contains is accepted too, with `nth` 1. `line` is the row's line in the file.
    """

    quote: str
    note: str
    confidence: Confidence = "medium"
    kind: FaultKind = "wording"
    nth: int | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class NotesFile:
    """`notes.toml`: a table array [[note]]."""

    note: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _IdsFile:
    """`ids.toml`: a list of figures, and table arrays [[sentence]] and [[paragraph]]."""

    figure: tuple[FigureRecord, ...] = ()
    sentence: tuple[IdEntry, ...] = ()
    paragraph: tuple[IdEntry, ...] = ()


def site(path: Path, forms: Iterable[FormId]) -> Settings:
    """Read `site.toml` and check its values; `forms` are the ids of the archive forms, the keys of [archive].

    Raises `BadSettings` also for an address that is no http(s) URL or has a query, a fragment, white space or quotes, a colour that is not
    #rrggbb, and a contact that is no e-mail address, http(s) URL or telephone number.
    """
    forms = tuple(forms)
    # The keys of [archive] come from `archive.forms`, which this module must not import: build their dataclass here.
    keys = [*((form, bool, True) for form in forms), ("minisign_key", str, "")]
    switches = make_dataclass("ArchiveTable", keys, frozen=True)
    s = load(path, Settings, kinds={Archive: switches})
    off = frozenset(form for form in forms if not getattr(s.archive, form, True))
    s = replace(s, archive=Archive(off, s.archive.minisign_key))
    text = read_plain_file(path, LARGEST_TOML).decode("utf-8-sig") if path.exists() else ""
    reader = TomlReader(path.name, text)
    if s.address:
        parts = urlsplit(s.address)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.query
            or parts.fragment
            or re.search(r"[\s\"'<>\\]", s.address)
        ):
            raise reader.fail(
                "address", f"address 应是网址，如 https://www.example.gov.cn/gzbg/，现在是 {s.address!r}。"
            )
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", s.colour):
        raise reader.fail("colour", f"colour 应是六位颜色，如 {COLOUR}，现在是 {s.colour!r}。")
    if s.contact and not _CONTACT.fullmatch(s.contact):
        raise reader.fail(
            "contact", f"contact 应是邮箱、http(s) 网址或电话（如 0571-12345678），现在是 {s.contact!r}。"
        )
    address = s.address if not s.address or s.address.endswith("/") else s.address + "/"
    return replace(s, address=address, colour=s.colour.lower())


def metadata(folder: Path) -> ConfirmedMeta:
    """Read the metadata in `report.toml`: guessed by the program, then confirmed or corrected by the publisher.

    Raises `BadSettings` also for an item of `guessed` that is no key of the file.
    """
    path, name = folder / "report.toml", f"{folder.name}/report.toml"
    read = load(path, ConfirmedMeta, name)
    for key in read.guessed:
        if key not in FIELDS:
            raise BadSettings(f"{name}:{line_of_text(path, key)}: guessed 里没有“{key}”这一项。{nearest(key, FIELDS)}")
    return read


def repairs(folder: Path) -> tuple[RepairRule, ...]:
    """Read the rows of `repairs.toml`: repairs that the publisher switches on or off, or adds.

    Raises `BadSettings` also for an added repair without a reason, which the page of editorial notes shows.
    """
    name = f"{folder.name}/repairs.toml"
    rows = load(folder / "repairs.toml", RepairsFile, name).repair
    for row in rows:
        if not row.id and not row.reason.strip():
            raise BadSettings(
                f'{name}:{row.line}: 自己加的修复缺少 reason。请写明为什么改，如 reason = "来源多印一字"；它会显示在校勘页。'
            )
    return rows


def notes(folder: Path) -> tuple[Note, ...]:
    """Read the rows of `notes.toml`: doubts that the publisher noted about the text."""
    return load(folder / "notes.toml", NotesFile, f"{folder.name}/notes.toml").note


def indicators(folder: Path) -> Rules:
    """Read the rules of `indicators.toml`: how the publisher corrects the indicators found."""
    return load(folder / "indicators.toml", Rules, f"{folder.name}/indicators.toml")


def names(folder: Path) -> NameRules:
    """Read the rules of `names.toml`: how the publisher corrects names and links between sections.

    Raises `BadSettings` also if an item of `forbid_links` does not name exactly two sections.
    """
    name = f"{folder.name}/names.toml"
    rules = load(folder / "names.toml", NameRules, name)
    pairs: tuple[tuple[str, ...], ...] = rules.forbid_links
    for pair in pairs:
        if len(pair) != 2:
            line = line_of(read_plain_file(folder / "names.toml", LARGEST_TOML).decode("utf-8-sig"), "forbid_links")
            raise BadSettings(
                f'{name}:{line}: forbid_links 的每一项应是两节的编号，如 ["1/3", "1/5"]，现在是 {list(pair)}。'
            )
    return rules


def ledger(folder: Path) -> IdLedger:
    """Read `ids.toml`: the ids that sentences, paragraphs and figures were given so far."""
    file = load(folder / "ids.toml", _IdsFile, f"{folder.name}/ids.toml")
    return IdLedger(file.sentence, file.paragraph, file.figure)


def quoted(text: str) -> str:
    """Return a text as a TOML basic string: in double quotes, on one line, escaped.

    >>> quoted('他说"好"')
    '"他说\\\\"好\\\\""'
    """
    out = []
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif c in "\n\t\r":
            out.append({"\n": "\\n", "\t": "\\t", "\r": "\\r"}[c])
        elif ord(c) < 32 or ord(c) == 127:
            out.append(f"\\u{ord(c):04x}")
        else:
            out.append(c)
    return f'"{"".join(out)}"'


def _list(values: Iterable[str]) -> str:
    """Return texts as a TOML array on one line."""
    return f"[{', '.join(quoted(v) for v in values)}]"


def _figure_row(figure: FigureRecord) -> str:
    """Return a figure as a TOML inline table on one line."""
    words = f"value = {quoted(figure.value)}, unit = {quoted(figure.unit)}, name = {quoted(figure.name)}"
    return f"{{ sentence = {quoted(figure.sentence)}, number = {figure.number}, at = {figure.at}, {words} }}"


def ledger_text(ledger: IdLedger) -> str:
    """Return the text of `ids.toml`: a line for each figure, then a row for each sentence and for each paragraph.

    All are in the order of the report.
    """
    rows = ["# 编号簿：每句、每段、每个数的固定编号。由程序维护，请随报告一同保存，不要手改；旧链接靠它不断。"]
    if ledger.figures:
        rows += ["", "figure = [", *(f"  {_figure_row(f)}," for f in ledger.figures), "]"]
    for table, entries in (("sentence", ledger.sentences), ("paragraph", ledger.paragraphs)):
        for e in entries:
            rows += ["", f"[[{table}]]", f"id = {quoted(e.id)}", f"text = {quoted(e.text)}"]
            if e.aliases:
                rows.append(f"aliases = {_list(e.aliases)}")
            if e.gone:
                rows.append(f"gone = {_list(e.gone)}")
            if e.figures:
                rows.append(f"figures = {e.figures}")
            if e.page:
                rows.append(f"page = {quoted(e.page)}")
    return "\n".join(rows) + "\n"
