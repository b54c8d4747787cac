"""Knows how a new report comes in: a folder of its own with the untouched file, the guessed facts, the proposed repairs.

Leaves reading to the stages and writing to `writer`; never overwrites what is there.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workreport.build import report_reader
from workreport.ingest.formats import BadSource, format_table, sidecar
from workreport.model import Fault, Meta, Reading, Repair, Source
from workreport.project import paths, settings, writer

LONGEST_SLUG = 60
_DIVISION = re.compile(r"(?:壮族|回族|维吾尔|特别行政)?(?:自治区|自治州|自治县|省|市|区|县|旗|盟|州)$")
_FACTS = {"place": "地方", "year": "年份", "date": "日期", "meeting": "会议", "speaker": "报告人", "office": "职务"}


class BadSlug(Exception):
    """A short name that cannot be used, or none could be made. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Added:
    """What was written for a new report, what was guessed, and what a careful publisher looks at first."""

    slug: str
    written: tuple[str, ...]
    guessed: tuple[tuple[str, str], ...]
    look: tuple[str, ...]
    read: tuple[str, ...] = ()

    def told(self) -> list[str]:
        """The same as lines for a person."""
        lines = [f"已收入：reports/{self.slug}/", *(f"  写入 {name}" for name in self.written)]
        lines += ["", "读到的：", *(f"  {row}" for row in self.read)]
        lines += ["", "以下由程序推测，请在 report.toml 核对："]
        lines += [f"  {name}：{value or '（没有读出，请填写）'}" for name, value in self.guessed]
        if self.look:
            lines += ["", "请先看这些地方：", *(f"  {row}" for row in self.look)]
        return [*lines, "", "下一步：build.py（或 workreport build）"]


def slug_of(meta: Meta) -> str:
    """The short name of a report: the pinyin of the place's last division without its kind, and the year.

    >>> from datetime import date
    >>> slug_of(Meta("", "政府工作报告", "杭州市拱墅区", 2024, None, "", "", ""))
    'gongshu-2024'
    """
    from pypinyin import lazy_pinyin

    names = [p for p in re.split(r"(?<=[省市州盟])(?=[一-鿿]{2,})", meta.place) if p]
    name = _DIVISION.sub("", names[-1]) if names else ""
    parts = ["".join(p for p in lazy_pinyin(name) if p.isascii() and p.isalnum()).lower(), str(meta.year or "")]
    return "-".join(p for p in parts if p)[:LONGEST_SLUG]


def checked(slug: str) -> str:
    """The slug, if it can be a folder and part of an address. Raises BadSlug."""
    if not paths.SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in paths.RESERVED:
        raise BadSlug(
            f"短名 {slug!r} 不能用。请用 --slug 给出小写字母、数字和连字符，如 gongshu-2024（不超过 {LONGEST_SLUG} 个字符，且不是 {'、'.join(sorted(paths.RESERVED)[:4])} 等保留名）。"
        )
    return slug


_LEFT = {
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


def read_lines(source: Source) -> list[str]:
    """What was read, as a person is told it: the file, its digest, what was taken out of it and what was left out."""
    form = format_table.of_id(source.format).label
    rows = [f"{source.path}：{form}，{source.characters} 字，编码 {source.encoding}", f"SHA-256 {source.sha256}"]
    if source.text_sha256:
        rows[0] = f"{source.path}：{form}，取出 {source.characters} 字，存为 {sidecar.TEXT}；出处见 {sidecar.MAP}"
        rows.append(f"{sidecar.TEXT} 的 SHA-256 {source.text_sha256}")
    counts = Counter(r.kind for r in source.omitted)
    if counts:
        kinds = "、".join(f"{_LEFT[k]} {n} 处" for k, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])))
        rows.append(f"略去{kinds}，逐条列在 repairs.toml")
    return rows


def report_text(meta: Meta, source: str, read: Sequence[str] = (), remarks: Sequence[str] = ()) -> str:
    """`report.toml` of a new report: what was read, what reading had to guess, and every fact, said to be guessed."""
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
    """Words that may stand in a comment: no line end or control character of a file's own may end it."""
    return "".join(c if c.isprintable() else " " for c in words)


def repairs_text(repairs: Sequence[Repair]) -> str:
    """`repairs.toml`: each proposed repair, and whether it is applied; `applied = false` undoes one."""
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


def _look_first(reading: Reading) -> tuple[str, ...]:
    """What most likely wants a person: what reading had to guess, what is surely wrong, how much was repaired."""
    grave: list[Fault] = [f for f in reading.faults if f.confidence in ("certain", "high")]
    rows = list(reading.source.remarks)
    rows += [f"{f.note}（“{f.quote[:30]}”）" for f in grave[:8]]
    repairs = sum(r.by != "reading" for r in reading.repairs)
    if repairs:
        rows.append(f"修复 {repairs} 处，见 repairs.toml")
    if not reading.outline.sections or not any(s.number for s in reading.outline.walk()):
        rows.append("没有读出带序号的标题，整篇作为一节")
    if reading.meta.speaker == "" or reading.meta.date is None:
        rows.append("题头没有读全，这也许不是政府工作报告")
    return tuple(rows)


def add(root: Path, file: Path, slug: str | None = None) -> Added:
    """Take a file in as `reports/<slug>/`. Raises BadSource, BadSlug; nothing is overwritten.

    A project without `site.toml` or `mkdocs.yml` gets ours, commented.
    """
    taken = report_reader.read_file(file, paths.vocabulary_of(root))
    reading = taken.reading
    name = checked(slug if slug is not None else slug_of(reading.meta))
    source = f"source{file.suffix.lower()}"
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != reading.source.sha256:
        raise BadSource(file.as_posix(), "文件在读入时变了。", "请等它存好再试。")
    own = replace(reading.source, path=source)
    read = read_lines(own)
    files: dict[str, bytes] = {
        source: data,
        **sidecar.files(own),
        "report.toml": report_text(reading.meta, source, read, own.remarks).encode(),
        "repairs.toml": repairs_text(reading.repairs).encode(),
        "ids.toml": settings.ledger_text(taken.ledger).encode(),
    }
    with writer.lock_project(root, print) as staging:
        target = root / "reports" / name
        if target.exists():
            raise BadSlug(f"reports/{name}/ 已经有了，没有改动它。另取一个短名：--slug {name}-2。")
        for part, content in files.items():
            writer.write_bytes(staging / "report" / part, content)
        writer.write_bytes(root / "reports" / ".keep", b"") if not (root / "reports").is_dir() else None
        writer.exchange(root, {f"reports/{name}": staging / "report"})
        first = first_run(root)
    facts: Mapping[str, object] = {k: getattr(reading.meta, k) for k in _FACTS}
    guessed = tuple((label, str(facts[k] or "")) for k, label in _FACTS.items())
    return Added(name, (*(f"reports/{name}/{p}" for p in files), *first), guessed, _look_first(reading), tuple(read))


def first_run(root: Path) -> tuple[str, ...]:
    """Put our `site.toml` and `mkdocs.yml` where a project has none, and say which."""
    written = []
    for name, ours in (("site.toml", "templates/site.toml"), ("mkdocs.yml", "mkdocs.yml")):
        if not (root / name).exists():
            writer.write_bytes(root / name, (paths.shipped() / ours).read_bytes())
            written.append(name)
    return tuple(written)
