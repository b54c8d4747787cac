"""Pages from a publication: nothing in a report becomes markup, every character stands once, and what a card says."""

from __future__ import annotations

import html
import os
import posixpath
import re
import shutil
import time
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import jinja2
import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from workreport.analysis import names
from workreport.analysis.ranking import front_choice
from workreport.build import report_reader
from workreport.model import (
    Growth,
    Indicator,
    Paragraph,
    Publication,
    Rank,
    Reading,
    Section,
    Sentence,
    SourcePlace,
)
from workreport.project.settings import Footer, Settings
from workreport.website import addresses, tokens
from workreport.website.pages import colour, render, report_of, site_title, theme_facts, wording
from workreport.website.pages.cards import change_of, figure_of, rank_groups, rank_of
from workreport.website.pages.escape import escape, front_matter, one_line
from workreport.website.pages.remarks import changes
from workreport.website.pages.sentences import STEP
from workreport.website.pages.spans import Layer, cut
from workreport.website.pages.views.editorial_notes import notes_view
from workreport.website.pages.views.front import front_view

BOOK = Path(__file__).parents[1] / "books" / "linhu-2025"
TEMPLATES = ROOT / "templates"
SITE = Settings(publisher="临湖县人民政府办公室", colour="#0f6b6b")
EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "abbr", "admonition", "def_list", "footnotes", "sane_lists", "smarty", "fenced_code", "wikilinks", "meta"]  # fmt: skip

HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% include 'x' %} {# note #}",
    "[a](javascript:alert(1)) ![x](y) <img src=x onerror=alert(1)>",
    "**加粗** __x__ _y_ `z` ~~w~~ ==v== ^^u^^ ++t++ --s--",
    "# 标题 {: #id .class onclick=x }",
    "{: #id } {#id} { .c }",
    "| a | b |\n|---|---|\n| c | d |",
    "1. 一\n2. 二\n\n- 三\n+ 四\n* 五\n> 六\n: 七",
    "[^1] [[链接]] [x]: http://a.b *[HTML]: x",
    "http://example.com www.example.com a@example.com @someone #1",
    "&amp; &lt;b&gt; &#42; &copy; &",
    "\\* \\_ \\` \\\\ \\[",
    "---\ntitle: x\n---",
    "```\ncode\n```\n    indented",
    "../../etc/passwd \" ' = $x$ $$y$$",
    "</span></div></article><b onmouseover=alert(1)>",
    "<!-- x --> <?php ?> <![CDATA[ y ]]>",
    ":smile: :material-home: (c) (tm) +/- ... -- ---",
    "“引号”——破折号……省略号，10.78亿元、5%、2.27:1",
]


class Text(HTMLParser):
    """What a browser would show of some HTML, which elements it has, and what their attributes are called."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.marked = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self._depth = 0
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self.names |= set(values)
        if "id" in values:
            self.ids.append(values["id"] or "")
        if values.get("href"):
            self.links.append(values["href"] or "")
        if tag in {"input", "br", "hr", "img", "meta", "link"}:
            return
        self._open.append(tag)
        if self._depth or "data-text" in values:
            assert not (self._depth and "data-text" in values), "data-text stands in data-text"
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> closes another element"
        if self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._depth:
            self.marked += data


def shown(text: str) -> Text:
    """Markdown as the site shows it."""
    parser = Text()
    parser.feed(markdown.markdown(text, extensions=EXTENSIONS))
    parser.close()
    assert parser._open == []
    return parser


def body(page: str) -> str:
    """A page without its front matter."""
    return page.split("\n---\n", 1)[1]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def book() -> Reading:
    taken = report_reader.read_report(
        BOOK / "source.md", "linhu-2025", report_reader.load_vocabularies(ROOT / "vocabulary"), name="source.md"
    )
    return taken.reading


@pytest.fixture(scope="module")
def docs(book: Reading) -> dict[str, str]:
    return render(Publication((book,)), SITE, TEMPLATES)


# -- escaping -------------------------------------------------------------------------------------------------------


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
def test_text_stays_text(text: str, frame: str, tags: set[str]) -> None:
    found = shown(frame % escape(text))
    assert set(found.tags) <= tags
    assert found.names <= {"class", "data-text", "id", "title"}
    if "title=" not in frame:
        assert squeezed(one_line(text)) in squeezed(found.words)


@given(st.text(alphabet=st.sampled_from("*_`[](){}#+-.!|\\~:<>&\"'^=@$%/;, \n\t1a一。、“”"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_marks_stay_text(text: str) -> None:
    found = shown(f"<span data-text>{escape(text)}</span>")
    assert set(found.tags) <= {"p", "span"}
    assert squeezed(found.marked) == squeezed(one_line(text))


def test_an_attribute_keeps_its_words() -> None:
    class Titles(HTMLParser):
        title = ""

        def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
            self.title = dict(attrs).get("title") or self.title

    for text in HOSTILE:
        parser = Titles()
        parser.feed(markdown.markdown(f'<span title="{escape(text)}">x</span>', extensions=EXTENSIONS))
        assert squeezed(parser.title) == squeezed(one_line(text))


def test_no_template_language_sees_a_mark() -> None:
    for text in HOSTILE:
        assert jinja2.Environment(autoescape=False).from_string(str(escape(text))).render() == str(escape(text))


@pytest.mark.parametrize("text", [*HOSTILE, "零\x00一\x1f二\u2028三\ud800四", "a\r\nb"])
def test_front_matter_is_one_line_of_safe_words(text: str) -> None:
    head = str(front_matter({"title": text}))
    assert "\n" not in head
    read = yaml.safe_load(head)["title"]
    assert "<" not in read
    assert html.unescape(read) == one_line(text)
    head.encode()


def test_a_line_break_within_chinese_leaves_no_gap() -> None:
    assert one_line("拱墅\n 奉献") == "拱墅奉献"
    assert one_line("GDP\ngrowth  rate") == "GDP growth  rate"
    # Word's line break and a page break are white space too, no lost characters.
    assert one_line("拱墅\v奉献\f到底\x1c了\x1fa\x0bb\x00") == "拱墅奉献到底了 a b\ufffd"


# -- sentences in pieces --------------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30), st.sampled_from(["q q1", "v", "k", "n"])), max_size=12)
)
@settings(max_examples=300, deadline=None)
def test_pieces_joined_are_the_sentence(spans: list[tuple[int, int, str]]) -> None:
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


# -- cards ----------------------------------------------------------------------------------------------------------


def made(quote: str, value: str, unit: str, **more: object) -> Indicator:
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
def test_a_figure_is_shown_as_written(indicator: Indicator, words: str | None) -> None:
    figure = figure_of(indicator)
    assert (figure.text if figure else None) == words


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        (Growth("5.1", Decimal("5.1"), "%", "同比", "up"), ("▲", "同比 +5.1%", "上升")),
        (Growth("1.5", Decimal("1.5"), "%", "同比", "down"), ("▼", "同比 −1.5%", "下降")),
        (Growth("3", Decimal(3), "%", None, "up", "超过"), ("▲", "增长 超过+3%", "上升")),
        (Growth("一", Decimal(1), "番", None, "up"), ("▲", "增长 一番", "上升")),
        (Growth("36", Decimal(36), "天", "2020年", "up"), ("▲", "比2020年 +36天", "上升")),
        (Growth("5", Decimal(5), "%", "年均", "up", "左右"), ("▲", "年均 +5%左右", "上升")),
    ],
)
def test_a_change_is_told_by_arrow_sign_and_word(growth: Growth, words: tuple[str, str, str]) -> None:
    found = change_of(made("x", "1", "亿元", growth=growth))
    assert found is not None
    assert (found.arrow, found.words, found.spoken) == words


def test_how_many_times_something_it_is_is_no_growth() -> None:
    times = made("是十年前的3倍", "3", "倍", kind="growth", number=Decimal(3), growth_base="十年前")
    found = change_of(times)
    assert found is not None
    assert (found.arrow, found.words, found.spoken) == ("", "是十年前的倍数", "")
    assert change_of(replace(times, growth_base=None)) is None


def test_a_number_that_stands_under_several_parts_is_told_with_its_part(tmp_path: Path) -> None:
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


def test_a_vague_place_looks_different() -> None:
    assert rank_of(Rank("全省", "总量", "第一")).vague is False
    assert rank_of(Rank("全市", None, "前列")).vague is True


def test_front_cards_are_whole_rows_in_the_order_of_the_text(book: Reading) -> None:
    chosen = front_choice(book)
    assert len(chosen) == 8
    assert [i.start for i in chosen] == sorted(i.start for i in chosen)
    assert chosen[0].name == "地区生产总值"
    assert all(i.duplicate_of is None and i.value for i in chosen)


def test_ranks_are_grouped_numbered_first(book: Reading) -> None:
    view = front_view(report_of(book), addresses.ROOT)
    assert [(group.label, group.vague, len(group.cards)) for group in view.ranks] == [
        ("全市第一", False, 1),
        ("全市前列", True, 1),
    ]
    assert rank_groups(book, ()) == () or all(not group.cards for group in rank_groups(book, ()))


def test_the_front_says_what_is_missing(book: Reading) -> None:
    view = front_view(report_of(book), addresses.ROOT)
    assert view.missing == ("报告称三方面，来源文件载二方面", "（二）有文字缺失")


def test_a_repair_is_told_step_by_step() -> None:
    told = changes("**(一) 产业。**", "（一）产业。")
    assert "".join(c.kept + c.added for c in told) == "（一）产业。"
    assert "".join(c.kept + c.removed for c in told) == "**(一)␣产业。**"
    assert changes("x" * 1000, "y")[0].added == "y"


def test_every_sentence_has_its_letter_where_the_publisher_can_be_reached(book: Reading) -> None:
    reached = render(Publication((book,)), replace(SITE, contact="jiucuo@example.gov.cn"), TEMPLATES)
    page = reached["linhu-2025/1/1/index.md"]
    assert page.count('class="amend"') == page.count("data-n=") > 3
    assert "mailto:jiucuo@example.gov.cn?subject=" in page
    assert 'class="amend"' not in render(Publication((book,)), SITE, TEMPLATES)["linhu-2025/1/1/index.md"]


def test_a_new_matter_within_a_paragraph_is_a_step() -> None:
    for text in ("聚焦“幼有善育”，新增托位。", "围绕“一老一小”，建成。", "二是加快建设。"):
        assert STEP.match(text), text
    for text in ("聚焦重点领域。", "新增“幼有善育”试点。", "这是第二年。"):
        assert not STEP.match(text), text


def test_a_note_says_where_its_words_stand_in_the_file(book: Reading) -> None:
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


# -- colour ---------------------------------------------------------------------------------------------------------

LOOK = tokens.load(TEMPLATES)
PAPER, QUIET, NIGHT, RAISED = (
    colour.parse(LOOK.value(name)) for name in ("light.paper", "light.quiet", "dark.paper", "dark.quiet")
)


@given(st.tuples(*[st.integers(0, 255)] * 3))
@settings(max_examples=200, deadline=None)
def test_any_accent_can_be_read(own: tuple[int, int, int]) -> None:
    for ground in (PAPER, NIGHT):
        assert colour.contrast(colour.legible(own, ground), ground) >= 4.5


@given(st.tuples(*[st.integers(0, 255)] * 3))
@settings(max_examples=100, deadline=None)
def test_any_accent_can_be_read_in_large_type(own: tuple[int, int, int]) -> None:
    sheet = colour.scheme("#" + "".join(f"{part:02x}" for part in own), LOOK)
    large = re.findall(r"wr-elder[^{]*\{--wr-accent:(#[0-9a-f]{6})", sheet)
    assert len(large) == 3
    for accent, grounds in zip(large, ((PAPER, QUIET), *[(NIGHT, RAISED)] * 2), strict=True):
        for ground in grounds:
            assert colour.contrast(colour.parse(accent), ground) >= 7


# -- whole pages ----------------------------------------------------------------------------------------------------

GOLDEN = (
    "index.md",
    "linhu-2025/1/index.md",
    "linhu-2025/1/1/index.md",
    "linhu-2025/1/2/index.md",
    "linhu-2025/indicators/index.md",
    "linhu-2025/notes/index.md",
)


@pytest.mark.parametrize("path", GOLDEN)
def test_the_small_book_gives_its_golden_pages(docs: dict[str, str], path: str) -> None:
    """Run with WORKREPORT_GOLDEN=write to renew them, and read the diff before it is kept."""
    file = BOOK / "golden" / path.replace("/", "_")
    if os.environ.get("WORKREPORT_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(docs[path], encoding="utf-8")
    assert docs[path] == file.read_text(encoding="utf-8")


def pages_in_order(reading: Reading) -> list[str]:
    front = addresses.markdown(addresses.report(reading))
    return [front, *(addresses.markdown(addresses.report(reading, s.id)) for s in reading.outline.walk())]


def assert_whole(reading: Reading, docs: dict[str, str]) -> None:
    """Every character once over front and sections, and once over the full text; every id once on its page."""
    words = squeezed(one_line(reading.text.body))
    parts = [shown(body(docs[path])) for path in pages_in_order(reading)]
    assert "".join(squeezed(part.marked) for part in parts) == words
    full = shown(body(docs[addresses.markdown(addresses.report(reading, "text"))]))
    assert squeezed(full.marked) == words
    for part in [*parts, full]:
        assert len(set(part.ids)) == len(part.ids)
    ids = {name for part in parts for name in part.ids}
    for sentence in reading.outline.sentences():
        assert {sentence.id, *sentence.aliases, *sentence.gone} <= ids
    assert {indicator.id for indicator in reading.indicators} <= ids
    assert ids >= {s.id for s in reading.outline.sentences()} & set(full.ids)


def test_every_character_stands_once(book: Reading, docs: dict[str, str]) -> None:
    assert_whole(book, docs)


def test_the_first_report_stands_whole() -> None:
    folder = ROOT / "reports" / "gongshu-2024"
    reading = report_reader.read_file(folder / "source.md", ROOT / "vocabulary").reading
    assert_whole(reading, render(Publication((reading,)), SITE, TEMPLATES))


def test_every_link_within_the_pages_resolves(docs: dict[str, str]) -> None:
    ids = {path: set(shown(body(text)).ids) for path, text in docs.items() if path.endswith(".md")}
    for path in ids:
        for link in shown(body(docs[path])).links:
            target, _, anchor = unquote(link).partition("#")
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if place.endswith(".html"):
                place = addresses.markdown(place)
            if place.startswith(("linhu-2025/data/", "linhu-2025/picture/")) and not place.endswith(".md"):
                assert 'data-needs="' in docs[path], "offered only where a whole build made the file"
                continue
            assert place in docs, f"{path}: {link}"
            assert not anchor or anchor in ids[place], f"{path}: {link}"


def test_the_repeated_passage_is_folded_and_the_gap_marked(docs: dict[str, str]) -> None:
    page = docs["linhu-2025/1/2/index.md"]
    assert '<details class="copy" markdown>' in page
    assert "<summary>此段与（一）产业聚链成群相同，为来源文件排版所误，不计入指标。</summary>" in page
    assert '<a href="../1/index.html#saad3b29d">' in page
    assert page.index("〔此处原文缺失〕") < page.index("<details")
    folded = page[page.index("<details") : page.index("</details>")]
    assert 'class="q' not in folded
    assert 'class="t' not in folded


def test_a_deleted_sentence_leaves_its_anchor(book: Reading) -> None:
    first = book.outline.sections[0]
    paragraph = first.paragraphs[0]
    changed = replace(paragraph.sentences[0], aliases=("s00000001",), gone=("s00000002",))
    section = replace(
        first, paragraphs=(replace(paragraph, sentences=(changed, *paragraph.sentences[1:]), gone=("p00000003",)),)
    )
    reading = replace(book, outline=replace(book.outline, sections=(section, *book.outline.sections[1:])))
    page = shown(body(render(Publication((reading,)), SITE, TEMPLATES)["linhu-2025/1/index.md"]))
    assert {"s00000001", "s00000002", "p00000003"} <= set(page.ids)
    assert "该句已删除" in page.words
    assert "该句已删除" not in page.marked


def hostile_reading(book: Reading) -> Reading:
    """A report whose every sentence, title, name and note is hostile."""
    bodies, paragraphs, at = [], [], 0
    for k, text in enumerate(HOSTILE):
        sentence = Sentence(f"s{k:08x}", text, at, at + len(text), "1")
        paragraphs.append(Paragraph(f"p{k:08x}", at, at + len(text), (sentence,)))
        bodies.append(text)
        at += len(text) + 1
    evil = "<script>x</script>{{ y }}](javascript:z)../\"'"
    section = Section("1", "一、", evil, 1, 0, at, None, tuple(paragraphs))
    meta = replace(book.meta, slug="evil", title=evil, place=evil, speaker=evil, office=evil, meeting=evil)
    indicator = replace(
        book.found.indicators[0], name=evil, sentence="s00000000", section="1", quote=HOSTILE[0], start=0,
        end=len(HOSTILE[0]), id="s00000000-f1", parent=evil, unit="<b>", period=evil,
        ranks=(Rank(evil, evil, evil),), growth_base=evil,
    )  # fmt: skip
    return replace(
        book, meta=meta, text=replace(book.text, body="\n".join(bodies), pieces=((0, 0, at),)), repetitions=(), terms=(), links=(),
        outline=replace(book.outline, front=(), sections=(section,)),
        found=replace(book.found, indicators=(indicator,)),
        faults=tuple(replace(fault, note=evil, quote=evil, kind=evil) for fault in book.faults[:1]),
        repairs=tuple(replace(repair, reason=evil, before=evil, after="", kind=evil) for repair in book.repairs[:1]),
    )  # fmt: skip


def test_a_hostile_report_is_shown_as_text(book: Reading) -> None:
    reading = hostile_reading(book)
    site = Settings(title="<script>", publisher="<img onerror=x>", contact="](javascript:x)", licence="{{ x }}")
    docs = render(Publication((reading,)), site, TEMPLATES)
    assert_whole(reading, docs)
    for path, text in docs.items():
        if not path.endswith(".md"):
            continue
        page = shown(body(text))
        assert not {"script", "style", "iframe", "object"} & set(page.tags), path
        own = ["long.png", "poster.png"] if path.endswith("/picture/index.md") else []
        assert re.findall(r'<img src="([^"]*)"', text) == own, path
        assert page.tags.count("img") == len(own), path
        assert not [name for name in page.names if name.startswith("on")], path
        assert not [link for link in page.links if ":" in link], path
        head = yaml.safe_load(text.split("---\n")[1])
        assert "<" not in head["title"] + head["description"]
        assert "{{" not in text
        assert "{%" not in text


@pytest.mark.long
def test_a_paragraph_without_end_takes_time_in_proportion(book: Reading) -> None:
    """60,000 marks and 6,000 sentences in one paragraph; as Markdown they would take minutes."""
    sentences = [Sentence(f"s{k:08x}", "*_[(#`~|<。", 10 * k, 10 * k + 10, "1") for k in range(6000)]
    whole = 10 * len(sentences)
    paragraph = Paragraph("p00000000", 0, whole, tuple(sentences))
    reading = replace(
        book, repetitions=(), terms=(), links=(), faults=(), repairs=(), found=replace(book.found, indicators=()),
        text=replace(book.text, body="".join(s.text for s in sentences), pieces=((0, 0, whole),)),
        outline=replace(book.outline, front=(), sections=(Section("1", "一、", "长", 1, 0, whole, None, (paragraph,)),)),
    )  # fmt: skip
    start = time.process_time()
    assert_whole(reading, render(Publication((reading,)), SITE, TEMPLATES))
    assert time.process_time() - start < 30


def test_two_reports_give_a_list_in_front(book: Reading) -> None:
    other = replace(book, meta=replace(book.meta, slug="donghu-2026", place="东湖县", year=2026))
    both = render(Publication((book, other)), SITE, TEMPLATES)
    front = shown(body(both["index.md"]))
    assert front.words.index("东湖县2026年政府工作报告") < front.words.index("临湖县2025年政府工作报告")
    assert {"donghu-2026/index.html", "linhu-2025/index.html"} <= set(front.links)
    assert front.marked == ""
    one = render(Publication((book,)), SITE, TEMPLATES)
    assert set(one) <= set(both)
    assert "全部报告" in both["linhu-2025/1/index.md"]
    assert "全部报告" not in one["linhu-2025/1/index.md"]


def test_one_report_is_the_front_at_both_addresses(docs: dict[str, str]) -> None:
    root, own = shown(body(docs["index.md"])), shown(body(docs["linhu-2025/index.md"]))
    assert root.words == own.words
    assert root.ids == own.ids
    assert root.links != own.links


def test_same_publication_same_bytes(book: Reading, docs: dict[str, str]) -> None:
    assert render(Publication((book,)), SITE, TEMPLATES) == docs
    assert list(docs) == sorted(docs)


def test_a_value_that_a_template_does_not_get_is_an_error(book: Reading, tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    (tmp_path / "templates" / "pages" / "about.md.j2").write_text("{{ nowhere }}", encoding="utf-8")
    with pytest.raises(jinja2.UndefinedError):
        render(Publication((book,)), SITE, tmp_path / "templates")


def test_the_styles_light_every_figure(book: Reading, docs: dict[str, str]) -> None:
    most = max(int(n) for n in re.findall(r'class="t t(\d+)"', "".join(docs.values())))
    sheet = docs["assets/workreport.css"]
    assert f".t{most}:target~.q{most}{{" in sheet
    assert f".t{most + 1}:target" not in sheet
    assert sheet.startswith(":root{--wr-accent:#0f6b6b}")


def test_the_site_is_named_and_its_facts_stand_where_given(book: Reading) -> None:
    assert site_title(Publication((book,)), SITE) == "临湖县2025年政府工作报告"
    assert site_title(Publication((book, book)), SITE) == "政府工作报告"
    assert theme_facts(Publication((book,)), SITE) == {"publisher": "临湖县人民政府办公室", "report": "linhu-2025"}
    law = Settings(footer=Footer(icp="浙ICP备00000000号"))
    assert theme_facts(Publication((book, book)), law) == {"icp": "浙ICP备00000000号"}


def test_every_kind_that_reading_gives_has_a_chinese_word() -> None:
    assert set(names.KINDS) <= set(wording.TERMS)
    assert all(not label.isascii() for label in wording.TERMS.values())
