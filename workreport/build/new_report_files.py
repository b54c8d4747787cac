"""Knows the text of the publisher's files for a new report, and the lines that tell the user what was read.

Each file has every key, in a comment if it has no value yet. Leaves writing the files to `add`, and reading them later to `settings`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workreport.ingest.formats import format_table, sidecar
from workreport.ingest.front_matter import front_matter
from workreport.project import paths, report_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from workreport.model import Meta, Repair, Source

_OMITTED = {
    "header": "页眉",
    "footer": "页脚",
    "page-number": "页码",
    "deleted": "修订删去的文字",
    "hidden": "隐藏文字",
    "placeholder": "提示文字",
    "phonetic": "注音",
    "chrome": "网页杂项",
    "control": "看不见的字符",
    "watermark": "水印",
}
"""The Chinese name of each kind of text that reading a file leaves out."""


_MOST_KEYS, _LONGEST_VALUE = 8, 120
"""The most keys of a front matter that are told, and the most characters of a value."""


def summary_lines(source: Source) -> list[str]:
    """Return what was read, as Chinese lines: file, format, length, SHA-256, and how many places of each kind were left out.

    For text files the encoding is named; for other files, where the extracted text and its map are stored. The keys of a
    front matter (source: https://…) follow, since they are no part of the text.
    """
    form = format_table.of_id(source.format).label
    rows = [f"{source.path}：{form}，{source.characters} 字，编码 {source.encoding}", f"SHA-256 {source.sha256}"]
    if source.text_sha256:
        rows[0] = f"{source.path}：{form}，取出 {source.characters} 字，存为 {sidecar.TEXT}；出处见 {sidecar.MAP}"
        rows.append(f"{sidecar.TEXT} 的 SHA-256 {source.text_sha256}")
    counts = Counter(r.kind for r in source.omitted)
    if counts:
        kinds = "、".join(f"{_OMITTED[k]} {n} 处" for k, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])))
        rows.append(f"略去{kinds}，逐条列在 repairs.toml")
    keys = front_matter(source.text).values
    rows += [f"文件头 {key}：{value[:_LONGEST_VALUE]}" for key, value in list(keys.items())[:_MOST_KEYS]]
    return rows


def commented_files(root: Path) -> dict[str, bytes]:
    """Return the publisher's files that need no value to begin with, by name: every key in comments, and one example each."""
    folder = paths.part_of(root, "report")
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}


def report_text(
    meta: Meta, source: str, read: Sequence[str] = (), remarks: Sequence[str] = (), published: date | None = None
) -> str:
    """Return the text of `report.toml` for a new report: comments (`read`, `remarks`), then the metadata.

    Its key `guessed` names the values that the program guessed. An unknown year or date becomes a comment to fill in, as does
    the day of publication, which no report states.
    """
    rows = [
        *(f"# 读入：{_one_line(words)}" for words in read),
        *(f"# 读入时推测，请核对：{_one_line(words)}" for words in remarks),
        "# 这份报告的事实。下列各项由程序从文中推测；核对后，从 guessed 里删去它的名字。",
        "# source 来源文件；title 题名；place 地方，连上级（杭州市拱墅区）；code 区划代码；year 报告的年份；date 作报告的日期；",
        "# meeting 会议；speaker 报告人；office 他的职务（区长）；guessed 仍是推测、页面会标明的各项。留空的由程序推测。",
        "# published 在网上发布的日期，或连时刻（2024-02-22T09:30:00）；程序不推测，不写就不显示。",
        f"source = {report_settings.quoted(source)}",
        f"title = {report_settings.quoted(meta.title)}",
        f"place = {report_settings.quoted(meta.place)}",
        f"code = {report_settings.quoted(meta.code)}",
        f"year = {meta.year}" if meta.year else "# year = 2024",
        f"date = {meta.date.isoformat()}" if meta.date else "# date = 2024-02-21",
        f"meeting = {report_settings.quoted(meta.meeting)}",
        f"speaker = {report_settings.quoted(meta.speaker)}",
        f"office = {report_settings.quoted(meta.office)}",
        f"published = {published.isoformat()}" if published else "# published = 2024-02-22",
        f"guessed = [{', '.join(report_settings.quoted(g) for g in meta.guessed)}]",
    ]
    return "\n".join(rows) + "\n"


def _one_line(words: str) -> str:
    """Return the text with a space for each unprintable character: a line end from a file would end a TOML comment."""
    return "".join(c if c.isprintable() else " " for c in words)


def repairs_text(repairs: Sequence[Repair]) -> str:
    """Return the text of `repairs.toml`: each repair, applied or not. The publisher undoes one by `applied = false`."""
    rows = [
        "# 对来源的修复，每条一组。把 applied 改成 false，这一条就撤销（读入时略去的，就放回原处）。",
        "# 也可以自己加一条，不写 id：before 照来源抄写，要恰好出现一次；after 是改后的文字；reason 是理由，会显示在“原文说明”页；",
        "# kind 不写就是 editor。删去下面几行行首的 # 并改成自己的：",
        "# [[repair]]",
        '# before = "各各位代表"',
        '# after = "各位代表"',
        '# reason = "来源多印一字"',
        '# kind = "editor"',
    ]
    for r in repairs:
        rows += [
            "",
            "[[repair]]",
            f"id = {report_settings.quoted(r.id)}",
            f"kind = {report_settings.quoted(r.kind)}",
            f"applied = {'true' if r.status == 'applied' else 'false'}",
            f"before = {report_settings.quoted(r.before)}",
            f"after = {report_settings.quoted(r.after)}",
            f"reason = {report_settings.quoted(r.reason)}",
        ]
    return "\n".join(rows) + "\n"
