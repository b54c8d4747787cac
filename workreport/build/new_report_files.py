"""Knows the text of the files written for a new report: `report.toml` and `repairs.toml`, and what was read.

Leaves writing them to `add`, and reading them later to `settings`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workreport.ingest.formats import format_table, sidecar
from workreport.project import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

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
}


def summary_lines(source: Source) -> list[str]:
    """What was read, as Chinese lines: file, format, length, encoding, SHA-256, and how much of each kind was left out."""
    form = format_table.of_id(source.format).label
    rows = [f"{source.path}：{form}，{source.characters} 字，编码 {source.encoding}", f"SHA-256 {source.sha256}"]
    if source.text_sha256:
        rows[0] = f"{source.path}：{form}，取出 {source.characters} 字，存为 {sidecar.TEXT}；出处见 {sidecar.MAP}"
        rows.append(f"{sidecar.TEXT} 的 SHA-256 {source.text_sha256}")
    counts = Counter(r.kind for r in source.omitted)
    if counts:
        kinds = "、".join(f"{_OMITTED[k]} {n} 处" for k, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])))
        rows.append(f"略去{kinds}，逐条列在 repairs.toml")
    return rows


def report_text(meta: Meta, source: str, read: Sequence[str] = (), remarks: Sequence[str] = ()) -> str:
    """`report.toml` of a new report: comments (`read`, `remarks`), then its metadata, all marked as guessed."""
    rows = [
        *(f"# 读入：{_one_line(words)}" for words in read),
        *(f"# 读入时推测，请核对：{_one_line(words)}" for words in remarks),
        "# 这份报告的事实。下列各项由程序从文中推测；核对后，从 guessed 里删去它的名字。",
        f"source = {settings.quoted(source)}",
        f"title = {settings.quoted(meta.title)}",
        f"place = {settings.quoted(meta.place)}",
        f"year = {meta.year}" if meta.year else "# year = 2024",
        f"date = {meta.date.isoformat()}" if meta.date else "# date = 2024-02-21",
        f"meeting = {settings.quoted(meta.meeting)}",
        f"speaker = {settings.quoted(meta.speaker)}",
        f"office = {settings.quoted(meta.office)}",
        f"guessed = [{', '.join(settings.quoted(g) for g in meta.guessed)}]",
    ]
    return "\n".join(rows) + "\n"


def _one_line(words: str) -> str:
    """The words on one line: a line end or control character from a file could end a TOML comment."""
    return "".join(c if c.isprintable() else " " for c in words)


def repairs_text(repairs: Sequence[Repair]) -> str:
    """`repairs.toml`: each proposed repair and whether it is applied; the publisher undoes one by `applied = false`."""
    rows = [
        "# 对来源的修复，每条一组。把 applied 改成 false，这一条就撤销（读入时略去的，就放回原处）。",
        "# 也可以自己加一条：写 before（在来源里恰好出现一次）、after 和 reason，不写 id。",
    ]
    for r in repairs:
        rows += [
            "",
            "[[repair]]",
            f"id = {settings.quoted(r.id)}",
            f"kind = {settings.quoted(r.kind)}",
            f"applied = {'true' if r.status == 'applied' else 'false'}",
            f"before = {settings.quoted(r.before)}",
            f"after = {settings.quoted(r.after)}",
            f"reason = {settings.quoted(r.reason)}",
        ]
    return "\n".join(rows) + "\n"
