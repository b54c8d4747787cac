"""Knows how a new report is added: a folder of its own with the unchanged file, its guessed metadata, proposed repairs.

Nothing that exists is overwritten. Leaves reading the file to `report_reader`, and writing files to `writer`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from workreport.build import conversion, place_comparison, report_reader
from workreport.build.new_project import write_default_settings
from workreport.build.new_report_files import commented_files, repairs_text, report_text, summary_lines
from workreport.build.reading_summary import check_first, front_lines, held_lines
from workreport.build.slugs import BadSlug, checked_slug, free_slug
from workreport.ingest.formats import BadSource, format_table, sidecar
from workreport.ingest.plain_files import read_plain_file
from workreport.model import Meta
from workreport.project import paths, report_settings, writer

_GUESSED = {
    "title": "标题", "place": "地方", "code": "区划代码", "year": "年份", "date": "日期", "meeting": "会议", "speaker": "报告人",
    "office": "职务",
}  # fmt: skip
"""The metadata that is guessed (fields of `Meta`), with the Chinese name of each."""
_NO_DAY = "report.toml 没有写 published（在网上发布的日期），页面和引用里就没有它"


@dataclass(frozen=True, slots=True)
class AddedReport:
    """What was read and written for a new report.

    `written`: paths in the project; `guessed`: Chinese name and value ("" if none was found) of each guess; `look`: what
    the publisher should check first, and `read`: what was read, both as Chinese lines. `front`: the cards of the front page
    in their order, and `held`: the indicators held back from it, each with the reason, as Chinese lines. `others`:
    the slugs of the other reports of the project, which stand on the same front page.
    """

    slug: str
    written: tuple[str, ...]
    guessed: tuple[tuple[str, str], ...]
    look: tuple[str, ...]
    read: tuple[str, ...] = ()
    front: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return all this as Chinese lines for the user."""
        lines = [f"已收入：reports/{self.slug}/", *(f"  写入 {name}" for name in self.written)]
        lines += ["", "读到的：", *(f"  {row}" for row in self.read)]
        lines += ["", "以下由程序推测，请在 report.toml 核对："]
        lines += [f"  {name}：{value or '（没有读出，请填写）'}" for name, value in self.guessed]
        if self.front:
            lines += [
                "",
                "首页的指标（要换，写在 indicators.toml 的 front 或 pin）：",
                *(f"  {row}" for row in self.front),
            ]
        if self.held:
            lines += ["", "只列在指标表里、不上首页和图的：", *(f"  {row}" for row in self.held)]
        if self.look:
            lines += ["", "请先看这些地方：", *(f"  {row}" for row in self.look)]
        if self.others:
            lines += [
                "",
                f"这个网站里还有 {len(self.others)} 份报告，首页一并列出。不要哪一份，就运行它那一行（删去它的文件夹）：",
            ]
            lines += [f"  rm -r reports/{slug}" for slug in self.others]
        return [*lines, "", "下一步：build.py（或 workreport build）"]


def _slug(home: Path, meta: Meta, file: str) -> str:
    """Guess the slug of a report in the folder `home` of all reports: a longer one where another place has the short one.

    A report of the same place and year has its slug already: it is returned, and is an error for the caller.
    """

    def is_other(slug: str) -> bool:
        if not (home / slug).is_dir():
            return False
        there = report_settings.metadata(home / slug)
        return (there.code or there.place) != (meta.code or meta.place)

    return free_slug(meta, file, is_other)


def add_report(
    root: Path,
    file: Path,
    slug: str | None = None,
    say: Callable[[str], None] = print,
    *,
    published: date | None = None,
) -> AddedReport:
    """Add a file to the project `root` as `reports/<slug>/`; without `slug`, the slug is guessed from place and year,
    else from the name of the file.

    `published` is the day on which the publisher put the report online, None if he did not tell.
    A project without `site.toml` or `mkdocs.yml` gets our commented ones. Raises `BadSource` if the file cannot be read or
    changes meanwhile, `BadSlug` if the slug is unusable or taken, and the other errors of reading and writing. An old Word
    file is converted first (see `conversion`) and kept as `original.doc`.
    """
    with conversion.readable(file) as given:
        return _add_readable(root, given, slug, say, published)


def _add_readable(
    root: Path, given: conversion.ReadableFile, slug: str | None, say: Callable[[str], None], published: date | None
) -> AddedReport:
    """Add a file that can be read; see `add_report`."""
    file = given.path
    report = report_reader.read_file(file, *paths.vocabularies_of(root))
    reading = report.reading
    if slug is not None:
        checked_slug(slug)
    source = f"source{file.suffix.lower()}"
    data = read_plain_file(file, format_table.LARGEST)
    if hashlib.sha256(data).hexdigest() != reading.source.sha256:
        raise BadSource(file.as_posix(), "文件在读入时变了。", "请等它存好再试。")
    told = (given.remark,) if given.remark else ()
    own = replace(reading.source, path=source, remarks=(*told, *reading.source.remarks))
    read = summary_lines(own)
    files: dict[str, bytes] = {
        source: data,
        **sidecar.files(own),
        "report.toml": report_text(reading.meta, source, read, own.remarks, published).encode(),
        "repairs.toml": repairs_text(reading.repairs).encode(),
        **commented_files(root),
        "ids.toml": report_settings.ledger_text(report.ledger).encode(),
    }
    if given.original:
        files[f"original{given.original.suffix.lower()}"] = given.original.read_bytes()
    with writer.lock_project(root, say) as staging:
        name = checked_slug(_slug(root / "reports", reading.meta, file.stem) if slug is None else slug)
        target = root / "reports" / name
        if target.exists():
            raise BadSlug(f"reports/{name}/ 已经有了，没有改动它。另取一个短名：--slug {name}-2。")
        for part, content in files.items():
            writer.write_bytes(staging / "report" / part, content)
        # `exchange` renames into reports/, which must exist; writing a file makes the folder.
        writer.write_bytes(root / "reports" / ".keep", b"") if not (root / "reports").is_dir() else None
        writer.exchange(root, {f"reports/{name}": staging / "report"})
        first = write_default_settings(root)
        of_place = place_comparison.place_files(root, reading.meta)
        for path, content in of_place.items():
            writer.write_bytes(root / path, content)
    facts: Mapping[str, object] = {k: getattr(reading.meta, k) for k in _GUESSED}
    # Only listed places have a code: where there is none, there is none to fill in.
    guessed = tuple((label, str(facts[k] or "")) for k, label in _GUESSED.items() if facts[k] or k != "code")
    return AddedReport(
        name,
        (*(f"reports/{name}/{p}" for p in files), *of_place, *first),
        guessed,
        (*check_first(reading, own.remarks), *(() if published else (_NO_DAY,))),
        tuple(read),
        front_lines(reading),
        held_lines(reading),
        tuple(sorted(p.name for p in target.parent.iterdir() if p.is_dir() and p.name[0] != "." and p.name != name)),
    )
