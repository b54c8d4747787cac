"""Knows how a source text is repaired: proposes repairs, applies the publisher's decisions, makes the repaired text.

Every change is a `Repair` with before, after and reason, and can be undone in `repairs.toml`. Leaves the rules to
`line_repairs`, `markdown` and `joins`, and reporting errors of the text to `analysis.faults`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from workreport.ingest.edits import Edit, lines_of, without_overlaps
from workreport.ingest.front_matter import front_matter
from workreport.ingest.front_words import FrontWords
from workreport.ingest.joins import join_edits
from workreport.ingest.line_repairs import line_edits, web_page_edits
from workreport.ingest.markdown import markdown_edits
from workreport.ingest.passages import count, nearest_passage
from workreport.ingest.unseen_characters import unseen_edits
from workreport.model import Repair, RepairKind, Source, Text


class BadRepair(Exception):
    """One or more rows of `repairs.toml` do not fit the source. The message names each row; it is Chinese."""


@dataclass(frozen=True, slots=True)
class RepairRule:
    """One row of `repairs.toml`.

    With an `id` it switches that repair on or off (`applied`); `before` may be added as a check. Without an `id` it adds a
    repair of its own from `before` to `after`; `before` must occur exactly once in the source. `kind` applies only
    to an added repair; None means "editor". `line` is the line of the row in its file, 0 if it has none.
    """

    id: str = ""
    applied: bool = True
    before: str = ""
    after: str = ""
    reason: str = ""
    kind: RepairKind | None = None
    line: int = field(default=0, compare=False)


def propose(source: Source, words: FrontWords) -> tuple[Repair, ...]:
    """Return the repairs that the rules propose, in the order of the source, without overlaps.

    Ids are the kind and eight hexadecimal digits of the change; -2, -3 … follows where the same change occurs again.

    >>> s = Source("x", "■ 某区区长 某某", "", "utf-8", "text")
    >>> [(r.kind, r.before, r.after) for r in propose(s, FrontWords())]
    [('ornament', '■ 某区区长', '某区区长')]
    """
    lines = lines_of(source.text)
    metadata = front_matter(source.text)
    lines = [line for line in lines if line.start >= metadata.end]
    edits: list[Edit] = list(web_page_edits(lines, words))
    lines = [line for line in lines if not any(e.start <= line.start < e.end for e in edits)]
    edits += join_edits(source.text, lines)
    edits += markdown_edits(lines)
    edits += unseen_edits(source.text)
    for line in lines:
        edits += line_edits(line)
    if metadata.end:
        edits.append(Edit(metadata.start, metadata.end, "", "front-matter", "文件头（YAML），说明文件，不是正文"))
    seen: dict[str, int] = {}
    repairs = []
    for e in without_overlaps(edits):
        before = source.text[e.start : e.end]
        if before == e.after:
            continue
        digest = hashlib.sha256(f"{before}\0{e.after}".encode()).hexdigest()[:8]
        name = f"{e.kind}-{digest}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}-{seen[name]}"
        repairs.append(Repair(name, RepairKind(e.kind), e.start, e.end, before, e.after, e.reason, e.status))
    return tuple(repairs)


def place(row: RepairRule, where: str) -> str:
    """Return the beginning of a message about a row: its file `where`, and its line if it has one."""
    return f"{where}:{row.line}: " if row.line else f"{where}: "


def settle(
    source: Source, proposed: tuple[Repair, ...], rows: tuple[RepairRule, ...], where: str = "repairs.toml"
) -> tuple[Repair, ...]:
    """Apply the publisher's decisions (`repairs.toml`) and return all repairs, in the order of the source.

    `where` is the name of that file in messages.

    Raises one BadRepair that names every row that does not fit: an unknown id, a `before` that differs from the repair or
    does not occur exactly once, an added repair that overlaps an applied one.
    """
    known = {r.id: r for r in proposed}
    wrong = []
    for row in rows:
        try:
            settled = _switched(row, known) if row.id else _added(row, source.text, known)
        except BadRepair as error:
            wrong.append(f"{place(row, where)}{error}")
        else:
            known[settled.id] = settled
    if wrong:
        raise BadRepair("\n".join(wrong))
    return tuple(sorted(known.values(), key=lambda r: (r.start, r.end, r.id)))


def _switched(row: RepairRule, known: dict[str, Repair]) -> Repair:
    """Return the repair that a row with an id names, switched on or off. Raises BadRepair."""
    if row.id not in known:
        raise BadRepair(
            f'id = "{row.id}" 在这份来源里没有对应的修复。请删去这一组，或运行 build.py inspect 查看现有编号。'
        )
    old = known[row.id]
    if row.before and row.before != old.before:
        raise BadRepair(f'id = "{row.id}"：before 与来源不符（来源是 {old.before!r}）。请照来源改正，或删去 before。')
    return replace(old, status="applied" if row.applied else "undone")


def _added(row: RepairRule, text: str, known: dict[str, Repair]) -> Repair:
    """Return the repair that a row without an id adds. Raises BadRepair."""
    if not row.before:
        raise BadRepair("自己加的修复要写 before（来源里的原文，一字不差）；要改现有的一条，写它的 id。")
    times = count(text, row.before)
    if times == 0:
        near = nearest_passage(text, row.before)
        told = f"最接近的一段是“{near}”。" if near else ""
        raise BadRepair(f"before = {row.before!r} 在来源里找不到。{told}请照来源一字不差地抄写，或删去这一组。")
    if times > 1:
        raise BadRepair(f"before = {row.before!r} 在来源中出现 {times} 次，应恰好一次。请前后多抄几个字。")
    start = text.index(row.before)
    digest = hashlib.sha256(f"{row.before}\0{row.after}".encode()).hexdigest()[:8]
    added = Repair(
        f"editor-{digest}",
        row.kind or RepairKind("editor"),
        start,
        start + len(row.before),
        row.before,
        row.after,
        row.reason or "发布者修改",
        "applied" if row.applied else "undone",
        "publisher",
    )
    for other in known.values():
        if (
            other.status == "applied"
            and added.status == "applied"
            and added.start < other.end
            and other.start < added.end
        ):
            raise BadRepair(f"before = {row.before!r} 与修复 {other.id} 重叠。请先把那一条改为 applied = false。")
    return added


def apply(source: Source, repairs: tuple[Repair, ...]) -> Text:
    """Return the repaired text with its map to the source.

    Only repairs with the status "applied" count; they are in the order of the source and do not overlap.

    >>> s = Source("x", "4200余\\n\\n家企业", "", "utf-8", "text")
    >>> r = Repair("j", "join", 3, 8, "0余\\n\\n家", "0余家", "")
    >>> apply(s, (r,)).body
    '4200余家企业'
    """
    out = _Pieces(source.text)
    at = 0
    for r in repairs:
        if r.status != "applied":
            continue
        # Characters that a repair does not change stay mapped to the source: 一 and 标题。 in **(一) 标题。** -> （一）标题。
        for tag, a, b, c, d in SequenceMatcher(None, r.before, r.after, autojunk=False).get_opcodes():
            if tag == "equal":
                out.copy(at, r.start + b)
            else:
                out.copy(at, r.start + a)
                out.insert(r.after[c:d])
            at = r.start + b
    out.copy(at, len(source.text))
    return Text("".join(out.parts), tuple(out.pieces))


class _Pieces:
    """The repaired text while it is made: its `parts`, and the runs it shares with the source (as `Text.pieces`)."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.length = 0

    def copy(self, start: int, end: int) -> None:
        """Add source[start:end] as a shared run; it is merged with the last run if it continues that one."""
        if end <= start:
            return
        body, at, length = self.pieces[-1] if self.pieces else (-1, -1, 0)
        if body + length == self.length and at + length == start:
            self.pieces[-1] = (body, at, length + end - start)
        else:
            self.pieces.append((self.length, start, end - start))
        self.insert(self.source[start:end])

    def insert(self, words: str) -> None:
        """Append text without mapping it to the source."""
        self.parts.append(words)
        self.length += len(words)
