"""Knows the page that shows every component in every state, with made-up figures of no report.

Leaves how each looks to the templates; the visual tests photograph this page.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from workreport.model import Direction
from workreport.website import bars as pictures
from workreport.website.pages import charts
from workreport.website.pages.cards import ARROWS, SPOKEN, Card, ChangeView, Figure, RankView
from workreport.website.pages.remarks import Change, Remark
from workreport.website.pages.sentences import Block, ParagraphView, SentenceView
from workreport.website.pages.spans import Anchor, Piece
from workreport.website.pages.views.report import Row, Way

HERE = Markup("#design-cards")
NONE = Markup()


@dataclass(frozen=True, slots=True)
class Design:
    """One of everything."""

    cards: tuple[Card, ...]
    changes: charts.Bars
    shares: charts.Bars
    ranks: charts.Ranks
    ticks: tuple[tuple[str, pictures.Bar], ...]
    rows: tuple[Row, ...]
    paragraphs: tuple[ParagraphView, ...]
    steps: tuple[Change, ...]
    notes: Way


def design_view() -> Design:
    """The components with values chosen to show each state."""
    cards = _cards()
    told = [
        ("工业投资", "175.02"),
        ("进出口总额", "19.1"),
        ("地区生产总值", "5.1"),
        ("零售总额", "3.9"),
        ("财政支出", "0"),
        ("能耗", "-3.2"),
    ]
    scale = pictures.scale(Decimal(value) for _, value in told)
    bars = [(name, value, scale.bar(Decimal(value))) for name, value in told]
    moved = [
        charts.line(name, f"{'+' if value[0] not in '-0' else ''}{value}%", bar, HERE) for name, value, bar in bars
    ]
    whole = pictures.Scale(Decimal(0), Decimal(100))
    parts = [
        charts.line("项目开工率", "100%", whole.bar(Decimal(100)), HERE),
        charts.line("名字长得一行放不下所以在这里要截断的一项比重", "87.1%", whole.bar(Decimal("87.1")), HERE),
    ]
    return Design(
        cards,
        charts.Bars(tuple(moved), 6, 4, 1, scale.bar(Decimal(0)).start),
        charts.Bars(tuple(parts), 2, 2, 0, "0"),
        _ranks(cards),
        tuple((value, bar) for _, value, bar in bars),
        (
            Row("（一）", "有两项指标的一章", HERE, 2, cards[:2], "", 10),
            Row("（二）", "没有指标的一章", HERE, 2, (), "正文的开头写在这里，直到放不下为止……", 0),
        ),
        tuple(_paragraphs()),
        (Change("4200", "↵↵", ""), Change("余家", "", "。")),
        Way("", NONE),
    )


def _cards() -> tuple[Card, ...]:
    def made(
        name: str,
        value: str = "",
        unit: str = "",
        *,
        moves: Direction | None = None,
        told: str = "",
        ranks: tuple[RankView, ...] = (),
        about: tuple[str, str, str] = ("", "", ""),
        origin: str = "",
        parent: str = "",
        target: bool = False,
        edited: str = "",
    ) -> Card:
        return Card(
            id=f"d-{name}",
            name=name,
            kind="总量",
            status="目标" if target else "已完成",
            target=target,
            figure=Figure(about[0], value, about[1], unit, about[2]) if value else None,
            origin=origin,
            change=ChangeView(ARROWS[moves], told, SPOKEN[moves], moves) if moves else None,
            ranks=ranks,
            parent=parent,
            period="",
            quote="原句",
            href=HERE,
            section="（一）",
            section_full="（一）示例",
            edited=edited,
            at="1/1#s00000000",
        )

    first, vague = RankView("总量", "全省第一", False), RankView("", "全市前列", True)
    return (
        made("地区生产总值", "2091.5", "亿元", moves="up", told="同比 +5.1%"),
        made("能耗", "8.2", "万吨", moves="down", told="同比 −3.2%"),
        made("财政支出", "120", "亿元", moves="flat", told="同比持平"),
        made("零售总额", "1363.9", "亿元", moves="up", told="同比 +3.9%", ranks=(first,)),
        made("托位数", "5755", "个", ranks=(vague,)),
        made("服务业增加值", "1898.1", "亿元", parent="地区生产总值"),
        made("城镇化率", "76.58", "%", origin="74.1%"),
        made("新增就业", "3", "万人", target=True, about=("", "", "以上")),
        made("服务企业", "4200", "家", about=("超", "余", "")),
        made("科技创新指数", ranks=(first, vague)),
        made("投资", "620", "亿元", edited="数值原读作“62”"),
    )


def _ranks(cards: tuple[Card, ...]) -> charts.Ranks:
    grades = ["first"] * 4 + ["placed"] * 8 + ["vague"] * 6
    squares = tuple(charts.square(k, grade) for k, grade in enumerate(grades))
    items = tuple(("第一", cards[3]) for _ in grades)
    level = charts.Level("全省", "第一 4、第三 8、前列 6", squares, charts.em(2), items)
    return charts.Ranks((level,), len(grades), 4)


def _paragraphs() -> list[ParagraphView]:
    def said(id_: str, number: str, *pieces: Piece, step: bool = False, gone: tuple[str, ...] = ()) -> SentenceView:
        return SentenceView(id_, number, step, pieces, (), gone)

    def plain(text: str, names: str = "", href: Markup = NONE, anchors: tuple[Anchor, ...] = ()) -> Piece:
        return Piece(text, names, href, anchors)

    sentences = (
        said(
            "d-s1",
            "1",
            plain("全年投资"),
            plain("10.78亿元", "q q1 f v u", HERE, (Anchor("d-s1-f1", "t t1"),)),
            plain("，"),
            plain("临湖大桥", "n", HERE),
            plain("建成通车，"),
            plain("“一桥两岸”", "g", HERE),
            plain("成形，"),
            plain("省市三级", "k"),
            plain("联动。"),
        ),
        said("d-s2", "2", plain("聚焦“幼有善育”，新增托位"), plain("5755个", "q q1 v u"), plain("。"), step=True),
        said("d-s3", "3", plain("此处之前有一句已经删去。"), gone=("d-s9",)),
    )
    copy = Block(
        True,
        (said("d-s4", "", plain("误排的重复段落，收起而不删。")),),
        False,
        "（五）示例",
        Markup("#design-text"),
        True,
    )
    remark = Remark("d-k1", "前后矛盾（很可能）", "省市三级", "列出二级，却称三级", 0, 4, True, False)
    return [
        ParagraphView("d-p1", "1.1", "text", (Block(False, sentences, False), copy), (remark,), (), ()),
        ParagraphView(
            "d-p2", "", "salutation", (Block(False, (said("d-s5", "4", plain("各位代表：")),), False),), (), (), ()
        ),
    ]
