"""Knows the page of a report's names: to refuse, join and add them, to refuse links between sections, and the report's glossary.

It writes `names.toml`. Leaves finding names to `analysis.names`, and links to `analysis.links`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from flask import request
from werkzeug.wrappers import Response

from workreport.desk.desk_page import after_step, desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk, NoSuchPart
from workreport.desk.file_changes import with_entries
from workreport.desk.toml_rows import RowValue, row_in, with_row
from workreport.model import Reading, Term, TermKind
from workreport.model.structure import heading
from workreport.project import report_settings
from workreport.website.pages import wording

FILE = "names.toml"
"""The file of a report that this page changes."""
_AROUND = 16
"""The most characters shown on each side of a mention."""
_KINDS: tuple[TermKind, ...] = get_args(TermKind)


class BadName(Exception):
    """What was typed or chosen is no name to add or join; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name: what it is, how often it is mentioned, and its first mention with the words around it."""

    name: str
    kind: str
    count: int
    words: tuple[str, str, str]
    own: bool


@dataclass(frozen=True, slots=True)
class SectionLink:
    """Two sections that pages call related: their ids, their headings, and the names that both have."""

    a: str
    b: str
    headings: tuple[str, str]
    names: str


@dataclass(frozen=True, slots=True)
class DeskGloss:
    """An entry of the report's glossary, and how often the text uses its word."""

    name: str
    words: str
    uses: int


def names(desk: Desk, slug: str) -> str:
    """The page of names."""
    reading = desk.read(slug)
    rules = report_settings.names(desk.folder(slug))
    asked = request.args.get("q", "").strip()[:40]
    rows = [_row(reading, term) for term in reading.terms if term.recurs and asked in term.name]
    titles = {section.id: heading(section.number, section.title) for section in reading.outline.walk()}
    known = {term.id: term.name for term in reading.terms}
    links = [
        SectionLink(
            link.a, link.b, (titles.get(link.a, link.a), titles.get(link.b, link.b)),
            "、".join(known[t] for t in link.terms[:5] if t in known),
        )
        for link in reading.links
    ]  # fmt: skip
    body = reading.text.body
    glossary = [
        DeskGloss(g.name or g.number or "（无名）", body[g.start : g.end].strip()[:80], len(g.uses))
        for g in reading.glossary
    ]
    refused = [(a, b, titles.get(a, a), titles.get(b, b)) for a, b in rules.forbid_links]
    return desk_page(
        desk, "names", title=f"专名：{reading.meta.name}", at="/names", slug=slug, notice=request.args.get("notice", ""),
        rows=rows, asked=asked, rules=rules, related=links, refused=refused, glossary=glossary,
        kinds=[(kind, wording.TERMS[kind], kind == "name") for kind in _KINDS],
    )  # fmt: skip


def _row(reading: Reading, term: Term) -> NameRow:
    first, body = term.mentions[0], reading.text.body
    before, after = body[max(0, first.start - _AROUND) : first.start], body[first.end : first.end + _AROUND]
    words = (before.rpartition("\n")[2], body[first.start : first.end], after.partition("\n")[0])
    return NameRow(term.name, wording.TERMS[term.kind], len(term.mentions), words, term.by == "publisher")


def change_names(desk: Desk, slug: str) -> Response:
    """Do what the button of a form says: refuse a name, join those that are chosen, add one, or take back what was done."""
    form = request.form
    what, edit = _ACTS[next((act for act in _ACTS if act in form), "")](form.get)
    path = desk.folder(slug) / FILE

    def change() -> bool:
        return desk.edits.rewrite(path, what, edit, desk.accepts(slug, FILE))

    return after_step(desk, f"/report/{slug}/names", change, "names" if "forbid" in form or "join" in form else "yours")


Asked = Callable[[str], str | None]
"""What a form has under a name."""
Edit = tuple[str, Callable[[str], str]]
"""What a step is called, and how it changes the text of the file."""


def _forbid(asked: Asked) -> Edit:
    name = asked("forbid") or ""
    return f"“{name}”不作为名称", lambda text: with_entries(text, "forbid", add=[name])


def _allow(asked: Asked) -> Edit:
    name = asked("allow") or ""
    return f"“{name}”仍作为名称", lambda text: with_entries(text, "forbid", remove=[name])


def _join(_: Asked) -> Edit:
    spellings = request.form.getlist("spelling")
    if len(spellings) < 2:
        raise BadName("请先勾选至少两个名称，再合并。")
    name = request.form.get("as", "").strip() or spellings[0]

    def edit(text: str) -> str:
        row = row_in(text, "join", {"name": name}) or {"name": name, "spellings": []}
        joined = list(dict.fromkeys([*row["spellings"], *spellings]))
        return with_row(text, "join", {"name": name}, {**row, "spellings": joined})

    return f"合并为“{name}”", edit


def _part(asked: Asked) -> Edit:
    name = asked("part") or ""
    return f"拆开“{name}”", lambda text: with_row(text, "join", {"name": name}, None)


def _add(asked: Asked) -> Edit:
    name = (asked("name") or "").strip()
    if not name:
        raise BadName("请写上要增加的名称。")
    kind = asked("kind") or "name"
    also = [word for part in (asked("also") or "").split("、") if (word := part.strip())]
    values: dict[str, RowValue] = {"name": name, "kind": kind}
    if also:
        values["also"] = list[str](also)
    return f"增加名称“{name}”", lambda text: with_row(text, "add", {"name": name}, values)


def _drop(asked: Asked) -> Edit:
    name = asked("drop") or ""
    return f"不增加“{name}”", lambda text: with_row(text, "add", {"name": name}, None)


def _sections(asked: Asked, act: str) -> list[str]:
    return (asked(act) or "").split(" ")


def _unlink(asked: Asked) -> Edit:
    pair = _sections(asked, "unlink")
    return "两节不相互关联", lambda text: with_entries(text, "forbid_links", add=[pair])


def _link(asked: Asked) -> Edit:
    pair = _sections(asked, "link")
    return "两节仍可相互关联", lambda text: with_entries(text, "forbid_links", remove=[pair])


def _unknown(_: Asked) -> Edit:
    raise NoSuchPart("没有这个按钮。请回到专名一页再试。")


_ACTS: dict[str, Callable[[Asked], Edit]] = {
    "forbid": _forbid, "allow": _allow, "join": _join, "part": _part, "add": _add, "drop": _drop,
    "unlink": _unlink, "link": _link, "": _unknown,
}  # fmt: skip
"""What each button does, by the name that it sends."""

ADDRESSES = (
    DeskAddress("/report/<slug>/names", names),
    DeskAddress("/report/<slug>/names/change", change_names, changes=True),
)
"""The addresses of this page."""
