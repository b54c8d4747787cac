"""Tests parts of pages: escaping of hostile text, sentences in pieces, figures and changes, the front page, colours."""

from __future__ import annotations

import html
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.website.small_book import EXTENSIONS, HOSTILE, SITE, TEMPLATES, body, shown, squeezed
from workreport.analysis.headlines import front_choice
from workreport.build import report_reader
from workreport.model import (
    Growth,
    Indicator,
    Quantity,
    Rank,
    Reading,
    Sentence,
    SourcePlace,
    UnitName,
)
from workreport.website import addresses, mkdocs_config, tokens
from workreport.website.pages import colour, reachable, report_of
from workreport.website.pages.cards import rank_groups, rank_of, start_of
from workreport.website.pages.escape import escape, front_matter, one_line
from workreport.website.pages.figure_views import change_of, figure_of
from workreport.website.pages.remarks import changes
from workreport.website.pages.sentences import STEP
from workreport.website.pages.spans import Layer, cut
from workreport.website.pages.views.editorial_notes import notes_view
from workreport.website.pages.views.front import front_view


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("frame", "tags"),
    [
        ('<span class="s" data-text>%s</span>', {"p", "span"}),
        ("# %s {: #mine }", {"h1"}),
        ("| a |\n|---|\n| %s |", {"table", "thead", "tbody", "tr", "th", "td"}),
        ('<div markdown>\n\n<span data-text>%s</span>\n{: #mine .p }\n\n</div>', {"div", "p", "span"}),
        ("<ul>\n<li>%s</li>\n</ul>", {"ul", "li"}),
        ('<p title="%s">x</p>', {"p"}),
    ],
)  # fmt: skip
def test_escaped_text_is_shown_unchanged_and_adds_no_markup(text: str, frame: str, tags: set[str]) -> None:
    found = shown(frame % escape(text))
    assert set(found.tags) <= tags
    assert found.names <= {"class", "data-text", "id", "scope", "title"}
    if "title=" not in frame:
        assert squeezed(one_line(text)) in squeezed(found.words)


@given(st.text(alphabet=st.sampled_from("*_`[](){}#+-.!|\\~:<>&\"'^=@$%/;, \n\t1a一。、“”"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_escaped_punctuation_is_shown_unchanged(text: str) -> None:
    found = shown(f"<span data-text>{escape(text)}</span>")
    assert set(found.tags) <= {"p", "span"}
    assert squeezed(found.marked) == squeezed(one_line(text))


def test_escaped_text_in_an_attribute_is_unchanged() -> None:
    class Titles(HTMLParser):
        title = ""

        def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
            self.title = dict(attrs).get("title") or self.title

    for text in HOSTILE:
        parser = Titles()
        parser.feed(markdown.markdown(f'<span title="{escape(text)}">x</span>', extensions=EXTENSIONS))
        assert squeezed(parser.title) == squeezed(one_line(text))


def test_escaped_text_is_never_template_code() -> None:
    for text in HOSTILE:
        assert jinja2.Environment(autoescape=False).from_string(str(escape(text))).render() == str(escape(text))


@pytest.mark.parametrize("text", [*HOSTILE, "零\x00一\x1f二\u2028三\ud800四", "a\r\nb"])
def test_front_matter_values_are_escaped_and_on_one_line(text: str) -> None:
    head = str(front_matter({"title": text}))
    assert "\n" not in head
    read = yaml.safe_load(head)["title"]
    assert "<" not in read
    assert html.unescape(read) == one_line(text)
    head.encode()


def test_line_break_is_removed_between_chinese_characters_and_a_space_elsewhere() -> None:
    assert one_line("拱墅\n 奉献") == "拱墅奉献"
    assert one_line("GDP\ngrowth  rate") == "GDP growth  rate"
    # A line break of Word (\v), a page break and separators are white space; any other control character is U+FFFD.
    assert one_line("拱墅\v奉献\f到底\x1c了\x1fa\x0bb\x00") == "拱墅奉献到底了 a b\ufffd"


@given(
    st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30), st.sampled_from(["q q1", "v", "k", "n"])), max_size=12)
)
@settings(max_examples=300, deadline=None)
def test_pieces_join_to_the_sentence_and_have_the_classes_of_their_layers(spans: list[tuple[int, int, str]]) -> None:
    sentence = Sentence("s1", "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸", 5, 25, "1")
    layers = [Layer(a, b, name, href=escape("x") if name == "n" else escape("")) for a, b, name in spans]
    pieces = cut(sentence, layers)
    assert "".join(piece.text for piece in pieces) == sentence.text
    at = sentence.start
    for piece in pieces:
        over = {
            c for layer in layers if layer.name != "n" and layer.start <= at < layer.end for c in layer.name.split()
        }
        assert over == set(piece.names.split()) - {"n"}
        at += len(piece.text)


def made(quote: str, value: str, unit: str, **more: object) -> Indicator:
    """Return an indicator of kind "count" with this quote, value and unit; `more` are further fields."""
    fields = {"name": "企业", "kind": "count", "number": Decimal(1), "approx": None, **more}
    return Indicator(
        id="s1-f1", status="result", value=value, number_max=None, unit=unit, sentence="s1", section="1",
        quote=quote, start=0, end=len(quote), **fields,
    )  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        (made("惠及企业4200余家", "4200", "家", approx="余"), "4200余家"),
        (made("服务1.5万余家", "1.5", "万家", approx="余"), "1.5万余家"),
        (made("首破千亿元关口", "千", "亿元", approx="超"), "千亿元"),
        (made("占比94%以上", "94", "%", approx="以上"), "94%以上"),
        (made("投资超620亿元", "620", "亿元", approx="超"), "超620亿元"),
        (made("增长2.2%", "2.2", "%", kind="growth", number=Decimal("2.2")), "+2.2%"),
        (made("下降0.5%", "0.5", "%", kind="growth", number=Decimal("-0.5")), "−0.5%"),
        (made("是十年前的近3倍", "3", "倍", kind="growth", number=Decimal(3), approx="近"), "近3倍"),
        (made("增长3倍", "3", "倍", kind="growth", number=Decimal(3)), "+3倍"),
        (made("位列全省第一", "第一", "", kind="rank", number=None), None),
        (made("产值翻番", "", "番", number=None), "翻番"),
    ],
)
def test_figure_of_an_indicator_is_shown_as_written(indicator: Indicator, words: str | None) -> None:
    figure = figure_of(indicator)
    assert (figure.text if figure else None) == words


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        (Growth("5.1", Decimal("5.1"), "%", "同比", "up"), ("▲", "同比 +5.1%", "上升")),
        (Growth("1.5", Decimal("1.5"), "%", "同比", "down"), ("▼", "同比 −1.5%", "下降")),
        (Growth("3", Decimal(3), "%", None, "up", "超过"), ("▲", "增长 超过3%", "上升")),
        (Growth("一", Decimal(1), "番", None, "up"), ("▲", "翻一番", "上升")),
        (Growth("", None, "番", "两年", "up"), ("▲", "两年 翻番", "上升")),
        (Growth("2", Decimal(2), "倍", "五年", "up", "多"), ("▲", "五年 +2倍多", "上升")),
        (Growth("36", Decimal(36), "天", "2020年", "up"), ("▲", "比2020年 +36天", "上升")),
        (Growth("5", Decimal(5), "%", "年均", "up", "左右"), ("▲", "年均 +5%左右", "上升")),
    ],
)
def test_change_has_arrow_sign_and_words(growth: Growth, words: tuple[str, str, str]) -> None:
    found = change_of(made("x", "1", "亿元", growth=growth))
    assert found is not None
    assert (found.arrow, found.words, found.spoken) == words


@pytest.mark.parametrize(
    ("unit", "base", "words"),
    [
        ("%", "同比实际", "同比实际增长"),
        ("%", "2020年", "比2020年增长"),
        ("个百分点", "全国平均", "比全国平均高"),
        ("番", "2010年", "比2010年"),
        ("%", "提速", "提速"),
    ],
)
def test_change_of_its_own_is_told_by_its_base(unit: str, base: str, words: str) -> None:
    found = change_of(made("x", "2", unit, kind="growth", number=Decimal(2), growth_base=base))
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("人均收入由2002年的688元提高到2007年的1197元", "688元（2002年）"),
        ("人均收入、支出分别由2002年末的900元和688元提高到2007年的2千元和1197元", "688元（2002年末）"),
        ("2007年人均收入由688元提高到1197元", "688元"),
        ("人均收入由上年的688元提高到2007年的1197元", "688元"),
    ],
)
def test_figure_that_a_change_starts_from_has_the_year_that_its_words_name(quote: str, shown: str) -> None:
    came = Quantity("688", Decimal(688), None, UnitName("元"), None, 0, 4)
    assert start_of(made(quote, "1197", "元", origin=came)) == shown


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("生产总值从2017年的90亿元增加到2022年的120亿元，", "688元（2017年）"),
        ("生产总值从2017年的90亿元增加到120亿元，排名由2019年第9位上升到第6位，", ""),
        ("从2017年开始新建学校9所，", "688元"),
        ("新建学校9所，", "688元"),
    ],
)
def test_figure_without_a_year_starts_in_the_one_year_that_its_sentence_named_before(before: str, shown: str) -> None:
    came = Quantity("688", Decimal(688), None, UnitName("元"), None, 0, 4)
    assert start_of(made("人均收入从688元提高到1197元", "1197", "元", origin=came), before) == shown


def test_multiple_of_an_earlier_value_has_no_arrow_and_is_not_called_growth() -> None:
    times = made("是十年前的3倍", "3", "倍", kind="growth", number=Decimal(3), growth_base="十年前")
    found = change_of(times)
    assert found is not None
    assert (found.arrow, found.words, found.spoken) == ("", "是十年前的倍数", "")
    assert change_of(times._replace(growth_base=None)) is None


def test_section_number_used_in_several_parts_is_shown_with_its_part(tmp_path: Path) -> None:
    parts = "".join(
        f"{n}、{name}\n（一）好{n}\n好。\n（二）更好{n}\n好。\n" for n, name in (("一", "回顾"), ("二", "打算"))
    )
    path = tmp_path / "x.txt"
    path.write_text(f"政府工作报告\n各位代表：\n{parts}（三）最好\n好。\n", encoding="utf-8")
    reading = report_reader.read_file(path, ROOT / "vocabulary").reading
    assert list(reading.labels.values()) == [
        "第一部分",
        "一（一）",
        "一（二）",
        "第二部分",
        "二（一）",
        "二（二）",
        "（三）",
    ]


def test_rank_without_a_number_is_vague() -> None:
    assert rank_of(Rank("全省", "总量", "第一")).vague is False
    assert rank_of(Rank("全市", None, "前列")).vague is True


def test_core_measures_come_first_on_the_front_page(book: Reading) -> None:
    chosen = front_choice(book)
    assert len(chosen) == len({i.id for i in chosen})
    assert [i.measure for i in chosen[:2]] == ["gdp", "retail-sales"]
    assert chosen[0].name == "地区生产总值"
    assert all(i.duplicate_of is None and i.value for i in chosen)


def test_front_groups_ranks_with_numbered_ones_first(book: Reading) -> None:
    view = front_view(report_of(book), addresses.ROOT)
    assert [(group.label, group.vague, len(group.cards)) for group in view.ranks] == [
        ("全市第一", False, 1),
        ("全市前列", True, 1),
    ]
    assert rank_groups(book, ()) == () or all(not group.cards for group in rank_groups(book, ()))


def test_front_shows_what_is_missing_in_the_source(book: Reading) -> None:
    view = front_view(report_of(book), addresses.ROOT)
    assert view.missing == ("报告称三方面，来源文件载二方面", "“（二）民生持续改善”有文字缺失")


def test_changes_of_a_repair_join_to_the_old_and_to_the_new_text() -> None:
    steps = changes("**(一) 产业。**", "（一）产业。")
    assert "".join(c.kept + c.added for c in steps) == "（一）产业。"
    assert "".join(c.kept + c.removed for c in steps) == "**(一)␣产业。**"
    assert changes("x" * 1000, "y")[0].added == "y"


def test_every_sentence_has_a_mail_link_only_if_there_is_a_contact(docs: dict[str, str]) -> None:
    text = body(docs["linhu-2025/1/1/index.md"])
    marks = "workreport.website.marks"
    page = markdown.markdown(text, extensions=[marks], extension_configs={marks: {"contact": "jiucuo@example.gov.cn"}})
    assert page.count('class="amend"') == page.count("data-n=") > 3
    assert "mailto:jiucuo@example.gov.cn?subject=" in page
    assert 'class="amend"' not in markdown.markdown(text, extensions=[marks])


def test_contact_that_is_no_address_is_not_given_to_the_marks() -> None:
    config = mkdocs_config.generated_config(name="a", address="", description="", nav=[], contact="a@b.cn")
    assert yaml.safe_load(config)["markdown_extensions"] == {mkdocs_config.MARKS: {"contact": "a@b.cn"}}
    assert reachable(replace(SITE, contact="a@b.cn"))
    assert reachable(replace(SITE, contact="https://b.cn/"))
    assert not reachable(replace(SITE, contact="区政府办 0571-1234"))


def test_sentence_that_opens_a_new_topic_is_a_step() -> None:
    for text in ("聚焦“幼有善育”，新增托位。", "围绕“一老一小”，建成。", "二是加快建设。"):
        assert STEP.match(text), text
    for text in ("聚焦重点领域。", "新增“幼有善育”试点。", "这是第二年。"):
        assert not STEP.match(text), text


def test_editorial_note_names_the_line_or_page_of_the_source_file(book: Reading) -> None:
    lines = {row.line for row in notes_view(report_of(book), "linhu-2025/notes/index.html").repairs}
    assert lines == {"来源第 15 行"}
    paged = replace(
        book,
        source=replace(
            book.source, places=(SourcePlace(0, page=1), SourcePlace(200, page=2), SourcePlace(9000, page=3))
        ),
    )
    assert {row.line for row in notes_view(report_of(paged), "n/index.html").repairs} == {"来源第 2 页"}
    counted = replace(book, source=replace(book.source, places=(SourcePlace(0, paragraph=7),)))
    assert {row.line for row in notes_view(report_of(counted), "n/index.html").repairs} == {"来源第 7 段"}


LOOK = tokens.load(TEMPLATES)


PAPER, QUIET, NIGHT, RAISED = (
    colour.parse(LOOK.value(name)) for name in ("light.paper", "light.quiet", "dark.paper", "dark.quiet")
)


@given(st.tuples(*[st.integers(0, 255)] * 3))
@settings(max_examples=200, deadline=None)
def test_any_accent_colour_has_enough_contrast(own: tuple[int, int, int]) -> None:
    for ground in (PAPER, NIGHT):
        assert colour.contrast(colour.legible(own, ground), ground) >= 4.5


@given(st.tuples(*[st.integers(0, 255)] * 3))
@settings(max_examples=100, deadline=None)
def test_any_accent_colour_has_enough_contrast_in_large_type(own: tuple[int, int, int]) -> None:
    made = colour.of_publisher("#" + "".join(f"{part:02x}" for part in own), LOOK)
    for accent, grounds in ((made.large_light, (PAPER, QUIET)), (made.large_dark, (NIGHT, RAISED))):
        for ground in grounds:
            assert colour.contrast(colour.parse(accent), ground) >= 7
