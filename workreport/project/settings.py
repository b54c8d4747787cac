"""Knows the publisher's TOML files: reads them strictly into dataclasses. An unknown key is an error with a suggestion.

Leaves what the values mean to the modules that use them, and writing files to `writer`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, make_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from workreport.analysis.names import NameRules
from workreport.analysis.overrides import Rules
from workreport.ingest.ids import FigureRecord, IdEntry, IdLedger
from workreport.ingest.metadata import ConfirmedMeta
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.ingest.repair import RepairRule
from workreport.model import Confidence, FaultKind
from workreport.project.form_ids import OFFLINE_COPY, FormId

COLOUR = "#b3261e"
"""The accent colour if the publisher names none: 朱红 (vermilion)."""


T = TypeVar("T")


class BadSettings(Exception):
    """A settings file cannot be used. The message names the file, the line and key if they are known, and says what to do."""


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

    Both are checked and brought into this form by `site`. `contact` is "", an e-mail address or a URL.
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

    The source must contain `quote` exactly; `nth` chooses among its occurrences, counted from 1. A quote that only the
    repaired text contains is accepted too, with `nth` 1.
    """

    quote: str
    note: str
    confidence: Confidence = "medium"
    kind: FaultKind = "wording"
    nth: int = 1


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


def _line_of(text: str, key: str, value: str = "") -> int | None:
    """Return the line (from 1) of the first `key = …` or `[key]`; with `value`, of the first `key = "value"`."""
    follows = rf"=[ \t]*[\"']{re.escape(value)}[\"']" if value else r"(?:=|\.|\])"
    before = r"(?:^|[{,])" if value else "^"
    found = re.search(rf"{before}[ \t]*(?:\[+[ \t]*)?[\"']?{re.escape(key)}[\"']?[ \t]*{follows}", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _nearest(key: str, known: Iterable[str]) -> str:
    """Return a Chinese sentence with the known key most like `key`, or with all known keys if none is like it."""
    known = sorted(known)
    close = difflib.get_close_matches(key, known, 1, 0.5)
    return f"最接近的正确写法是 {close[0]}。" if close else f"可用的有：{'、'.join(known)}。"


class _TomlReader:
    """Turns one parsed TOML file into a dataclass; `name` and `text` of the file serve for errors that name the line."""

    def __init__(self, name: str, text: str, kinds: Mapping[type, type] | None = None) -> None:
        self.name, self.text, self.kinds = name, text, kinds or {}

    def fail(self, key: str, problem: str, value: object = "") -> BadSettings:
        """Return an error that names the line of `key` ("footer.icp": of icp); if `value` is a text, the line with both."""
        line = _line_of(self.text, key.rsplit(".", 1)[-1], value if isinstance(value, str) else "")
        return BadSettings(f"{self.name}{f':{line}' if line else ''}: {problem}")

    def build(self, cls: Any, table: dict[str, Any], where: str = "") -> Any:
        """Return a `cls` with the values of a table; `where` is the table's key with a dot ("footer."), "" for the file."""
        hints = get_type_hints(cls)
        names = {f.name for f in fields(cls)}
        for key in table:
            if key not in names:
                raise self.fail(key, f"不认识的设置 {where}{key}。{_nearest(key, names)}")
        for f in fields(cls):
            if f.name not in table and f.default is MISSING and f.default_factory is MISSING:
                raise self.fail(where.rstrip("."), f"{where or '文件'} 缺少必填的 {f.name}。")
        return cls(**{k: self.value(hints[k], v, f"{where}{k}") for k, v in table.items()})

    def value(self, kind: Any, value: Any, key: str) -> Any:
        """Return a TOML value as the type `kind`, which is a field's type: lists become tuples, tables dataclasses."""
        kind = getattr(kind, "__supertype__", kind)  # a NewType is read as the type it is based on
        kind = self.kinds.get(kind, kind)
        origin = get_origin(kind)
        if origin is Literal:
            if value not in get_args(kind):
                raise self.fail(key, f"{key} = {value!r} 不可用。可用的有：{'、'.join(get_args(kind))}。", value)
            return value
        if origin in (Union, types.UnionType):
            return self.value(next(a for a in get_args(kind) if a is not type(None)), value, key)
        if origin is tuple:
            tables = is_dataclass(get_args(kind)[0])
            if not isinstance(value, list) or (tables and not all(isinstance(v, dict) for v in value)):
                written = f"若干组，每组以 [[{key}]] 开头" if tables else "一个列表，写作 [ … ]"
                raise self.fail(key, f"{key} 应是{written}。")
            return tuple(self.value(get_args(kind)[0], v, key) for v in value)
        if is_dataclass(kind):
            if not isinstance(value, dict):
                raise self.fail(key, f"{key} 应是一组设置，写作 [{key}]。")
            return self.build(kind, value, f"{key}.")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            words = {str: "文字，写在引号里", int: "整数", bool: "true 或 false", date: "日期，如 2024-02-21"}
            raise self.fail(key, f"{key} 应是{words.get(kind, kind.__name__)}，现在是 {value!r}。")
        return value


def load(path: Path, cls: type[T], name: str | None = None, kinds: Mapping[type, type] | None = None) -> T:
    """Read one TOML file into the dataclass `cls`; a missing file gives its defaults. Raises BadSettings.

    `name` is the file's name in messages (default: `path.name`). `kinds` maps types to dataclasses: a field
    declared with such a type is read as that dataclass instead, and contains it.
    """
    shown = name or path.name
    if not path.exists():
        return cls()
    try:
        text = read_plain_file(path, LARGEST_TOML).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadSettings(f"{shown}: 不是 UTF-8 编码。请另存为 UTF-8。") from error
    except OSError as error:
        raise BadSettings(f"{shown}: 读不出来（{error.strerror}）。请检查权限。") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = found[1] if found else len(text.splitlines())
        raise BadSettings(
            f"{shown}:{line}: 不是合格的 TOML（{error}）。文字要写在英文引号里，是与否写 true 或 false。"
        ) from error
    result: T = _TomlReader(shown, text, kinds).build(cls, table)
    return result


def site(path: Path, forms: Iterable[FormId]) -> Settings:
    """Read `site.toml` and check its values; `forms` are the ids of the archive forms, the keys of [archive].

    Raises `BadSettings` also for an address that is no http(s) URL or has a query, a fragment, white space or quotes, a colour that is not
    #rrggbb, and a contact that is neither an e-mail address nor an http(s) URL.
    """
    forms = tuple(forms)
    # The keys of [archive] come from `archive.forms`, which this module must not import: build their dataclass here.
    keys = [*((form, bool, True) for form in forms), ("minisign_key", str, "")]
    switches = make_dataclass("ArchiveTable", keys, frozen=True)
    s = load(path, Settings, kinds={Archive: switches})
    off = frozenset(form for form in forms if not getattr(s.archive, form, True))
    s = replace(s, archive=Archive(off, s.archive.minisign_key))
    text = read_plain_file(path, LARGEST_TOML).decode("utf-8-sig") if path.exists() else ""
    reader = _TomlReader(path.name, text)
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
    if s.contact and not re.fullmatch(r"[^@\s\"'<>:]+@[^@\s\"'<>:]+\.[^@\s\"'<>:]+|https?://[^\s\"'<>]+", s.contact):
        raise reader.fail("contact", f"contact 应是邮箱或 http(s) 网址，现在是 {s.contact!r}。")
    address = s.address if not s.address or s.address.endswith("/") else s.address + "/"
    return replace(s, address=address, colour=s.colour.lower())


def metadata(folder: Path) -> ConfirmedMeta:
    """Read the metadata in `report.toml`: guessed by the program, then confirmed or corrected by the publisher."""
    return load(folder / "report.toml", ConfirmedMeta, f"{folder.name}/report.toml")


def repairs(folder: Path) -> tuple[RepairRule, ...]:
    """Read the rows of `repairs.toml`: repairs that the publisher switches on or off, or adds."""
    return load(folder / "repairs.toml", RepairsFile, f"{folder.name}/repairs.toml").repair


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
    for pair in rules.forbid_links:
        if len(pair) != 2:
            raise BadSettings(f'{name}: forbid_links 的每一项应是两节的编号，如 ["1/3", "1/5"]，现在是 {list(pair)}。')
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
