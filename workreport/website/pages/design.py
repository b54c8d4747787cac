"""Knows the page that shows every component of the pages in every state, with invented figures.

Leaves the look of the components to the templates. Visual tests take screenshots of this page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from workreport.model import Direction
from workreport.website import bars
from workreport.website.marks.pictures import em, short
from workreport.website.pages import charts
from workreport.website.pages.cards import BesideView, Card, RankView
from workreport.website.pages.dumbbells import Dot, Dumbbell, DumbbellChart
from workreport.website.pages.figure_views import ARROWS, SPOKEN, ChangeView, Figure
from workreport.website.pages.remarks import Remark, TextChange
from workreport.website.pages.sentences import ParagraphView, SentenceBlock, SentenceView
from workreport.website.pages.spans import Anchor, TextPiece
from workreport.website.pages.views.report import PageLink, SectionRow

# The target of the links of examples, and no target.
HERE = Markup("#design-cards")
NONE = Markup()


@dataclass(frozen=True, slots=True)
class DesignPage:
    """The examples on the page, one field for each component."""

    cards: tuple[Card, ...]
    changes: charts.BarChart
    progress: DumbbellChart
    ranks: charts.RankChart
    ticks: tuple[tuple[str, bars.Bar], ...]
    rows: tuple[SectionRow, ...]
    paragraphs: tuple[ParagraphView, ...]
    steps: tuple[TextChange, ...]
    notes: PageLink

    @property
    def few(self) -> tuple[Card, ...]:
        """The first four cards."""
        return self.cards[:4]

    @property
    def table(self) -> tuple[tuple[Card, bars.Bar | None], ...]:
        """The first cards, each with the bar of its change in the table."""
        shown = (self.ticks[k][1] for k in (2, 5, 4, 3))
        return tuple(zip(self.cards[:5], (*shown, None), strict=True))


def design_view() -> DesignPage:
    """Return the view of the page, with values chosen so that each state is shown."""
    cards = _cards()
    values = [
        ("工业投资", "175.02"),
        ("进出口总额", "19.1"),
        ("地区生产总值", "5.1"),
        ("零售总额", "3.9"),
        ("财政支出", "0"),
        ("名字长得一行放不下所以在这里要截断的一项能耗", "-3.2"),
    ]
    scale = bars.scale(Decimal(value) for _, value in values)
    ticks = [(name, value, scale.bar(Decimal(value))) for name, value in values]
    moved = [
        charts.BarLine(
            name, short(name), f"{'+' if value[0] not in '-0' else ''}{value}%", bar, HERE, name == "地区生产总值"
        )
        for name, value, bar in ticks
    ]
    return DesignPage(
        cards,
        charts.BarChart(
            tuple(moved),
            "2023年的变化",
            "写明2023年增减百分比的",
            7,
            4,
            2,
            ("名字长得一行放不下所以在这里要截断的一项能耗 −3.2%",),
            1,
            HERE,
            charts.zero_of(scale),
        ),
        _progress(),
        _ranks(cards),
        tuple((value, bar) for _, value, bar in ticks),
        (
            SectionRow("（一）", "有两项指标的一章", HERE, 2, cards[:2], "", 10),
            SectionRow("（二）", "没有指标的一章", HERE, 2, (), "正文的开头写在这里，直到放不下为止……", 0),
        ),
        tuple(_paragraphs()),
        (TextChange("4200", "↵↵", ""), TextChange("余家", "", "。")),
        PageLink("", NONE),
    )


def _progress() -> DumbbellChart:
    def dot(words: str, at: str, to: str = "") -> Dot:
        return Dot(words, HERE, at, to, cut=words == "+175%")

    rows = (
        Dumbbell("地区生产总值", dot("+4.7%", "75%"), dot("+5.2%", "83%"), dot("+5—5.5%", "80%", "88%"), "2%"),
        Dumbbell("零售总额", dot("+2.8%", "46%"), dot("+3.8%", "62%"), dot("+5%左右", "80%"), "2%"),
        Dumbbell("实际利用外资", None, dot("+175%", "98%"), dot("+5%", "80%"), "2%", ("", "93%")),
        Dumbbell("城镇新增就业", None, dot("31.4万人", "98%"), dot("25万人以上", "79%"), "2%"),
    )
    return DumbbellChart(rows, ("2022年", "2023年", "2024年目标"), 3)


def _cards() -> tuple[Card, ...]:
    def made(name: str, value: str = "", unit: str = "") -> Card:
        return Card(
            id=f"d-{name}",
            name=name,
            kind="总量",
            status="已完成",
            target=False,
            figure=Figure("", value, "", unit, "") if value else None,
            origin="",
            change=None,
            ranks=(),
            parent="",
            period="",
            quote="原句",
            href=HERE,
            section="（一）",
            at="1/1#s00000000",
        )

    def changed(shown: Card, direction: Direction, words: str) -> Card:
        return replace(shown, change=ChangeView(ARROWS[direction], words, SPOKEN[direction], direction))

    first, vague = RankView("总量", "全省第一", False), RankView("", "全市前列", True)
    return (
        changed(made("地区生产总值", "2091.5", "亿元"), "up", "同比 +5.1%"),
        changed(made("能耗", "8.2", "万吨"), "down", "同比 −3.2%"),
        changed(made("财政支出", "120", "亿元"), "flat", "同比持平"),
        replace(changed(made("零售总额", "1363.9", "亿元"), "up", "同比 +3.9%"), ranks=(first,)),
        replace(made("托位数", "5755", "个"), ranks=(vague,)),
        replace(made("服务业增加值", "1898.1", "亿元"), parent="地区生产总值"),
        replace(made("城镇化率", "76.58", "%"), origin="74.1%"),
        replace(made("新增就业"), figure=Figure("", "3", "", "万人", "以上"), target=True, status="目标"),
        replace(made("服务企业"), figure=Figure("超", "4200", "余", "家", "")),
        replace(made("科技创新指数"), ranks=(first, vague)),
        replace(made("投资", "620", "亿元"), edited="数值原读作“62”"),
        replace(
            made("旅游收入", "33", "亿元"),
            estimated=True,
            status="预计",
            also=BesideView("d-also", "2024年预计", "增长 +6%左右", HERE),
            aim=BesideView("d-aim", "2025年目标", "+5%", HERE),
        ),
    )


def _ranks(cards: tuple[Card, ...]) -> charts.RankChart:
    grades = ["first"] * 4 + ["placed"] * 8 + ["vague"] * 6
    squares = tuple(charts.square(k, grade) for k, grade in enumerate(grades))
    items = tuple(("第一", cards[3], grade) for grade in grades)
    level = charts.RankLevel("全省", "第一 4、第三 8、前列 6", squares, em(2), items)
    return charts.RankChart((level,), len(grades), 4)


def _paragraphs() -> list[ParagraphView]:
    def said(id_: str, number: str, *pieces: TextPiece, step: bool = False, gone: tuple[str, ...] = ()) -> SentenceView:
        return SentenceView(id_, number, step, pieces, (), gone)

    def plain(text: str, names: str = "", href: Markup = NONE, anchors: tuple[Anchor, ...] = ()) -> TextPiece:
        return TextPiece(text, names, href, anchors)

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
    copy = SentenceBlock(
        True,
        (said("d-s4", "", plain("误排的重复段落，收起而不删。")),),
        "（五）示例",
        Markup("#design-text"),
        True,
    )
    remark = Remark("d-k1", "前后矛盾（很可能）", "省市三级", "列出二级，却称三级", 0, 4, True, False)
    return [
        ParagraphView("d-p1", "1.1", "text", (SentenceBlock(False, sentences), copy), (remark,), (), ()),
        ParagraphView(
            "d-p2",
            "",
            "salutation",
            (SentenceBlock(False, (said("d-s5", "4", plain("各位代表：")),)),),
            (),
            (),
            (),
        ),
    ]
