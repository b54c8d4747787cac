"""Knows the page of a report's figures: the cards of its front page, to be chosen and ordered, and the table of all figures.

Leaves correcting one figure to `figure_form`, and what the rules mean to `analysis.overrides`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import redirect, request
from werkzeug.wrappers import Response

from workreport.analysis.headlines import front_cards
from workreport.desk.desk_page import after_step, desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk
from workreport.desk.file_changes import Wanted, with_entries
from workreport.model import Indicator, Reading
from workreport.project import report_settings
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.front_cards import front_card

FILE = "indicators.toml"
"""The file of a report that this page changes."""


@dataclass(frozen=True, slots=True)
class FrontRow:
    """A card of the front page: the id of its indicator, its name, and its figure with the change in a line."""

    id: str
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class DeskFigure:
    """A figure in the table: id, name, value with unit, change, what it is (目标 …), its section, and the words that state it.

    `words` are those before, in and after the figure. `front`: it has a card; `hidden`: the publisher hid it; `changed`: he
    corrected it; `held`: why it stands in the table alone, "" if it may stand anywhere.
    """

    id: str
    name: str
    value: str
    change: str
    state: str
    section: str
    words: tuple[str, str, str]
    front: bool
    hidden: bool
    changed: bool
    held: str

    def fits(self, asked: str) -> bool:
        """Whether the row has these words."""
        return not asked or any(asked in told for told in (self.name, self.value, "".join(self.words), self.section))


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """A choice of rows: its address, its name, how many there are, and whether it is the one that is shown."""

    address: str
    label: str
    count: int
    current: bool


_FILTERS = (("all", "全部"), ("front", "首页上的"), ("held", "不上首页的"), ("changed", "改过的"), ("hidden", "隐去的"))


def figures(desk: Desk, slug: str) -> str:
    """The page of figures, with the front page as it will be beside its cards."""
    reading = desk.read(slug)
    desk.live.refresh(slug)
    rows = figure_rows(reading)
    asked, show = request.args.get("q", "").strip()[:40], request.args.get("show", "all")
    chosen = {key: [row for row in rows if _is_shown(row, key) and row.fits(asked)] for key, _ in _FILTERS}
    show = show if show in chosen else "all"
    return desk_page(
        desk, "figures", title=f"指标：{reading.meta.name}", at="/figures", slug=slug,
        notice=request.args.get("notice", ""), rows=chosen[show], asked=asked, show=show,
        filters=[
            FigureFilter(f"?{urlencode({'show': key, 'q': asked})}#table", label, len(chosen[key]), key == show)
            for key, label in _FILTERS
        ],
        cards=_front_rows(reading), chosen=bool(reading.found.front), seen=json.dumps(_listed(desk, slug)),
        at_card=request.args.get("card", ""), by=request.args.get("by", ""),
        live=f"{desk.live.origin}/{addresses.report(reading)}",
    )  # fmt: skip


def figure_rows(reading: Reading) -> list[DeskFigure]:
    """Return all figures of a report in its order, the hidden ones too, without those of repeated passages."""
    front = {card.indicator.id for card in front_cards(reading)}
    hidden = {i.id for i in reading.found.hidden}
    everything = sorted((*reading.indicators, *reading.found.hidden), key=lambda i: (i.at, i.start, i.id))
    return [_row(reading, i, i.id in front, i.id in hidden) for i in everything if i.duplicate_of is None]


def _row(reading: Reading, i: Indicator, front: bool, hidden: bool) -> DeskFigure:
    sentence = reading.sentences[i.sentence]
    words = (reading.text.body[sentence.start : i.start], i.quote, reading.text.body[i.end : sentence.end])
    change = i.growth.phrase if i.growth else ""
    section = reading.labels.get(i.section, "")
    value = f"{i.signed}{i.unit}{i.approx or ''}"
    return DeskFigure(
        i.id, i.name, value, change, wording.status_of(i), section, words, front, hidden, i.by == "publisher", i.held_back
    )  # fmt: skip


def _is_shown(row: DeskFigure, key: str) -> bool:
    return {
        "all": not row.hidden, "front": row.front, "held": bool(row.held), "changed": row.changed, "hidden": row.hidden,
    }[key]  # fmt: skip


def _front_rows(reading: Reading) -> list[FrontRow]:
    rows = []
    for chosen in front_cards(reading):
        shown = front_card(reading, chosen, addresses.ROOT)
        figure = shown.figure.text if shown.figure else "、".join(f"{rank.what}{rank.text}" for rank in shown.ranks)
        change = shown.change.words if shown.change else ""
        said = (change, figure) if chosen.indicator.kind == "growth" else (figure, change)
        told = " ".join(filter(None, ("目标" * shown.target, *said)))
        rows.append(FrontRow(chosen.indicator.id, shown.name, told))
    return rows


def _listed(desk: Desk, slug: str) -> list[str]:
    """The ids that the publisher chose for the front page, as his file has them; [] if he left it to the program.

    A figure has another id once its sentence was corrected, and the file keeps the former one.
    """
    return list(report_settings.indicators(desk.folder(slug)).front)


def preview_state(desk: Desk, slug: str) -> Response:
    """How far the preview is, as JSON for the script of the page."""
    desk.folder(slug)
    desk.live.refresh(slug)
    state, problem = desk.live.state(slug)
    return Response(json.dumps({"state": state, "problem": problem}), content_type="application/json")


def order_front(desk: Desk, slug: str) -> Response:
    """Choose and order the cards: one up or down, off, all as the program has them, or all in the order that was dragged."""
    form = request.form
    cards = form.getlist("card")
    seen = _ids(form.get("seen", ""))
    moved = next((form[name] for name in ("up", "down", "off") if name in form), "")
    by = next((name for name in ("up", "down", "off") if name in form), "")
    wanted = [] if "reset" in form else reordered(cards, by, moved)
    if "reset" not in form and not wanted:
        return redirect(f"/report/{slug}/figures?notice=least#front", 303)
    onward = f"/report/{slug}/figures" + (f"?{urlencode({'card': moved, 'by': by})}" if by in ("up", "down") else "")
    anchor = "" if by in ("up", "down") else "front"  # a browser gives no focus by itself where an address has a place
    return _write_front(desk, slug, onward, seen, wanted, anchor)


def add_to_front(desk: Desk, slug: str) -> Response:
    """Put a figure of the table behind the cards of the front page, or take it off."""
    reading = desk.read(slug)
    cards = [card.indicator.id for card in front_cards(reading)]
    name = request.form.get("id", "")
    wanted = [card for card in cards if card != name] if name in cards else [*cards, name]
    return _write_front(desk, slug, _table_again(slug), _listed(desk, slug), wanted, "table")


def hide(desk: Desk, slug: str) -> Response:
    """Hide a figure, or show it again."""
    reading = desk.read(slug)
    name = request.form.get("id", "")
    known = {one: i for i in reading.found.hidden if i.id == name for one in names_of(reading, i)}

    def edit(text: str) -> str:
        if known:
            return with_entries(text, "hide", remove=known)
        for key in ("front", "pin"):  # what is hidden cannot have a card
            text = with_entries(text, key, remove=[name])
        return with_entries(text, "hide", add=[name])

    def change() -> bool:
        path, what = desk.folder(slug) / FILE, "重新列入指标" if known else "隐去指标"
        return desk.edits.rewrite(path, what, edit, desk.accepts(slug, FILE))

    return after_step(desk, _table_again(slug), change, "table")


def _table_again(slug: str) -> str:
    """The address of the table with the choice that it showed."""
    shown = {key: request.form.get(key, "") for key in ("show", "q")}
    return f"/report/{slug}/figures?{urlencode(shown)}"


def reordered(cards: Sequence[str], by: str, moved: str) -> list[str]:
    """Return the cards with one moved up or down, or taken off; without a move as they are, each once.

    >>> reordered(["a", "b", "c"], "up", "c"), reordered(["a", "b"], "down", "b"), reordered(["a", "b"], "off", "a")
    (['a', 'c', 'b'], ['a', 'b'], ['b'])
    """
    made = list(dict.fromkeys(cards))
    if moved in made:
        at = made.index(moved)
        made.remove(moved)
        if by != "off":
            made.insert(max(at + (-1 if by == "up" else 1), 0), moved)
    return made


def names_of(reading: Reading, i: Indicator) -> tuple[str, ...]:
    """Return all ids by which the publisher's files may call an indicator: its own, and those of before its sentence was edited."""
    sentence, _, number = i.id.rpartition("-f")
    known = reading.sentences.get(i.sentence)
    former = (alias for alias in (known.aliases if known else ()) if "-f" not in alias)
    return (i.id, *(f"{alias}-f{number}" for alias in former if alias != sentence))


def _write_front(
    desk: Desk, slug: str, onward: str, seen: Sequence[str], wanted: Sequence[str], anchor: str
) -> Response:
    path = desk.folder(slug) / FILE
    before: Wanted = {"front": list(seen) or None}
    after: Wanted = {"front": list(wanted) or None}

    def change() -> bool:
        made = desk.edits.change(path, "选排首页的卡片", before, after, desk.accepts(slug, FILE))
        desk.live.refresh(slug)
        return made

    return after_step(desk, onward, change, anchor)


def _ids(text: str) -> list[str]:
    """The ids that a hidden field has as JSON, [] for anything else."""
    try:
        read = json.loads(text)
    except ValueError:
        return []
    return [one for one in read if isinstance(one, str)] if isinstance(read, list) else []


ADDRESSES = (
    DeskAddress("/report/<slug>/figures", figures),
    DeskAddress("/report/<slug>/figures/preview", preview_state),
    DeskAddress("/report/<slug>/figures/front", order_front, changes=True),
    DeskAddress("/report/<slug>/figures/on-front", add_to_front, changes=True),
    DeskAddress("/report/<slug>/figures/hide", hide, changes=True),
)
"""The addresses of this page."""
