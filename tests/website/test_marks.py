"""Tests the marks in the Markdown of pages: any text is shown unchanged, and what a page looks like on a git host."""

from __future__ import annotations

import difflib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from tests.conftest import ROOT
from tests.vocabularies import vocabularies
from tests.website.small_book import BOOK, HOSTILE, SITE, TEMPLATES, body, converted, shown, squeezed
from tests.website.without_marks import without_marks
from workreport.build import report_reader
from workreport.model import Publication, Reading
from workreport.website.marks.mark_escaping import attributes, marked_free
from workreport.website.marks.mark_names import CLASSES, FURTHER, PARTS, READ, SHAPES
from workreport.website.marks.marked_sentences import Mark, pieces
from workreport.website.marks.syntax import attributes_of, inline, plain
from workreport.website.pages import render
from workreport.website.pages.escape import one_line
from workreport.website.pages.marked_text import PageMarks
from workreport.website.pages.remarks import Remark
from workreport.website.pages.sentences import HeadingView, SentenceView
from workreport.website.pages.spans import Anchor, TextPiece

MARKS = "workreport.website.marks"
LARGEST = 300_000
"""The most bytes of the Markdown of the report gongshu-2024, without the page of all components."""
TIMES = 3
"""The page of a section has at most this many bytes for each byte of words that it shows: its sentences, the figures and
names beside them, the sections that it leads to."""
TAG = re.compile(r"<[A-Za-z/!?]")
PUNCTUATION = st.text(
    alphabet=st.sampled_from("*_`[](){}#+-.!|\\~:<>&\"'^=@$%/;,\t 1a一。、“”\u3000"), max_size=40
).map(one_line)


@given(PUNCTUATION)
@settings(max_examples=500, deadline=None)
def test_escaped_text_is_read_as_the_same_text(text: str) -> None:
    assert plain(inline(marked_free(text), {})) == text
    assert plain(inline(f"[{marked_free(text)}]{{.number}}。", {})) == f"{text}。"
    assert attributes_of(attributes({"parent": text})[1:-1]).get("parent", "") == text


@given(PUNCTUATION)
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize(
    "frame",
    [
        "%s {#s0000000a}\n{#p0000000a}",
        "# %s {#h-1 sentence=s0000000a}",
        "- [甲](#b) %s {.where}",
        "> %s\n{#citation .citation}",
        "| a | b |\n| --- | --- |\n| 甲 | %s |",
        "甲 %s 乙 {.lede}",
    ],
)
def test_escaped_text_is_shown_unchanged_at_every_place_of_a_page(frame: str, text: str) -> None:
    html = shown(frame % marked_free(text))
    without = shown(frame % "")
    assert html.tags == without.tags
    assert squeezed(text) in squeezed(html.words)
    assert len(squeezed(html.words)) == len(squeezed(without.words)) + len(squeezed(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_to_a_sentence(text: str) -> None:
    line = marked_free(one_line(text))
    html = shown(f"{line} {{#s0000000a}}\n{{#p0000000a}}")
    assert (html.tags, html.ids) == (["p", "span", "a", "a"], ["p0000000a", "s0000000a"])
    assert squeezed(html.marked) == squeezed(one_line(text))


def test_line_break_between_sentences_leaves_no_space_in_the_page() -> None:
    html = markdown.markdown("一。 {#s00000001}\n二。 {#s00000002}\n{#p1}", extensions=[MARKS])
    assert re.sub("<[^>]*>", "", html) == "一。二。¶"


def test_figure_is_lit_at_the_place_of_its_words_that_is_meant() -> None:
    line = "增长5%，增长[5%][s00000001-f1]。 {#s00000001}\n{#p1}\n"
    html = markdown.markdown(f'{line}\n[s00000001-f1]: t.md#r-s00000001-f1 "增长5% @occurrence-2"', extensions=[MARKS])
    before, _, after = html.partition('<i class="t t1" id="s00000001-f1"></i>')
    assert before.endswith("增长5%，")
    assert after.startswith('<span class="q q1">增长</span><a class="q q1 f v u" href="t.md#r-s00000001-f1"')


@pytest.mark.parametrize(
    ("name", "told"), [("s0000000a-f3", ""), ("s0000000a-f1", " #figure-3"), ("s0000000b-f3", " #figure-s0000000a-3")]
)
def test_figure_is_named_by_its_id_and_lit_by_its_place_in_the_sentence(name: str, told: str) -> None:
    href = Markup(f"t/index.html#r-{name}")
    marks = PageMarks("t/index.html")
    pieces = (
        TextPiece("增长", "q q3", Markup(), (Anchor(name, "t t3"),)),
        TextPiece("5%", "q q3 f v u", href, (), f"f-{name}"),
    )
    line = marks.line(SentenceView("s0000000a", "1", False, pieces, (), ()))
    assert line.startswith(f"增长[5%][{name}] ")
    assert str(marks.definitions()) == f'[{name}]: t/index.md#r-{name} "增长5%{told}"\n'
    html = converted(f"{line}\n{{#p0000000a}}\n\n{marks.definitions()}")
    assert f'<i class="t t3" id="{name}"></i><span class="q q3">增长</span><a class="q q3 f v u" href' in html


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("**4200***余*家", [("num", "4200"), ("about", "余"), ("unit", "家")]),
        ("_超_**4200***余*家", [("about", "超"), ("num", "4200"), ("about", "余"), ("unit", "家")]),
        ("_降_**-0.5**个百分点", [("about", "降"), ("num", "-0.5"), ("unit", "个百分点")]),
        ("_达_**-87.1**%", [("about", "达"), ("num", "-87.1"), ("unit", "%")]),
        ("**94**%*以上*", [("num", "94"), ("unit", "%"), ("about", "以上")]),
        ("**16**万*余*名", [("num", "16"), ("unit", "万余名")]),
        ("**3***多*", [("num", "3"), ("unit", ""), ("about", "多")]),
    ],
)
def test_figure_is_shown_in_its_number_its_unit_and_words_of_approximation(
    written: str, parts: list[tuple[str, str]]
) -> None:
    html = converted(f"- [企业 [{written}]{{.figure}}](#s1-f1)\n\n{{.large-figure-list}}\n")
    assert re.findall(r'<span class="(num|unit|about)">([^<]*)</span>', html) == parts
    assert f"<strong>{dict(parts)['num']}</strong>" in MarkdownIt("commonmark").renderInline(
        f"企业 [{written}]{{.figure}}"
    )


def test_bold_numbers_are_bold_in_commonmark(gongshu: dict[str, str]) -> None:
    lines = [line for text in markdown_of(gongshu).values() for line in text.split("\n") if "]{.figure}" in line]
    assert len(lines) > 200
    host = MarkdownIt("commonmark")
    assert [line for line in lines if "**" in host.renderInline(line)] == []


@pytest.mark.parametrize("block", ["- 甲\n- 乙", "1. 甲\n\n   乙 {.byline}", "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |"])
def test_class_of_a_list_or_table_stands_below_an_empty_line_or_right_below(block: str) -> None:
    apart, close = (converted(f"{block}{gap}{{.plain-list}}\n\n好。 {{.where}}\n") for gap in ("\n\n", "\n"))
    assert apart == close
    assert 'class="plain"' in apart
    assert '<p class="where">好。</p>' in apart


def test_attributes_behind_an_empty_line_are_not_those_of_a_quote() -> None:
    """They are those of a paragraph that begins with a repeated passage."""
    html = converted("一。 {#s0000000a}\n{#p0000000a}\n\n> **校勘 · 断行** 接合。\n\n{#p0000000b .begins-repeated}\n")
    assert 'id="p0000000b"' in html
    assert "blockquote" not in html


@pytest.mark.parametrize(
    ("sign", "said", "shown_as"),
    [("", "", "已完成"), (" [目标]{.target}", "", "目标"), ("", " status=目标", "目标")],
)
def test_status_of_a_row_is_that_of_its_sign_unless_it_says_one(sign: str, said: str, shown_as: str) -> None:
    head = "| 指标 | 数值 | 变化 | 位次 | 属于 | 原句 |\n| --- | --- | --- | --- | --- | --- |\n"
    group = "| [一](1.md) | | | | | | {#g-1 .section-row}\n"
    html = converted(
        f"{head}{group}| 企业{sign} | | | | | [企业](1.md#s1-f1) | {{kind=数量{said}}}\n\n{{.indicator-table}}\n"
    )
    assert f'data-status="{shown_as}"' in html


def linked(text: str, name: str) -> TextPiece:
    """Return a piece of a sentence that is a link to a name."""
    return TextPiece(text, "n", Markup(f"names/index.html#n-{name}"), (), f"n-{name}")


@pytest.mark.parametrize(
    ("doubtful", "written"),
    [
        ("nnk", "[甲](names/index.md#n-a)[乙](names/index.md#n-b)[丙]{.doubt}"),
        ("nKK", "[甲](names/index.md#n-a)[[乙](names/index.md#n-b)[丙]]{.doubt}"),
        ("KKk", "[[甲](names/index.md#n-a)[乙]丙]{.doubt}"),
        ("k--", "[甲]{.doubt}乙丙"),
    ],
)
def test_words_in_doubt_stand_in_one_bracket_with_the_links_in_them(doubtful: str, written: str) -> None:
    """A sentence of three characters, each with its signs: n a name, k in doubt, K both, - neither."""
    marks = PageMarks("indicators/index.html")
    pieces = tuple(
        TextPiece(text, {"n": "n", "k": "k", "K": "k n", "-": ""}[sign], href(name) if sign in "nK" else Markup(), ())
        for text, name, sign in zip("甲乙丙", "abc", doubtful, strict=True)
    )
    line = marks.line(SentenceView("s0000000a", "1", False, pieces, (), ()))
    assert line == f"{written} {{#s0000000a}}"
    html = converted(f"{line}\n{{#p0000000a}}\n\n{marks.definitions()}")
    shown_as = re.findall(r'<(?:a|span) class="([kn ]+)"(?: href="[^"]*" data-gloss="[^"]*")?>(.)</', html)
    assert [(set(names.split()), text) for names, text in shown_as] == [
        (set({"n": "n", "k": "k", "K": "kn"}[sign]), text)
        for text, sign in zip("甲乙丙", doubtful, strict=True)
        if sign != "-"
    ]


def test_words_in_doubt_that_are_a_label_too_are_no_link() -> None:
    html = converted("[甲]{.doubt}与[甲]。 {#s0000000a}\n{#p0000000a}\n\n[甲]: names/index.md#n-a\n")
    assert re.findall(r"<(a|span) class=\"[kn]\"", html) == ["span", "a"]


def href(name: str) -> Markup:
    """Return the link to a name, as views give it."""
    return Markup(f"names/index.html#n-{name}")


@pytest.mark.parametrize("behind", ["[校]", "(一)", ": 好", "。"])
def test_link_keeps_its_words_and_what_stands_right_behind_it(behind: str) -> None:
    marks = PageMarks("indicators/index.html")
    pieces = (linked("甲", "a"), linked("乙", "b"), TextPiece(behind, "", Markup(), ()))
    line = marks.line(SentenceView("s0000000a", "1", False, pieces, (), ()))
    html = converted(f"{line}\n{{#p0000000a}}\n\n{marks.definitions()}")
    assert re.findall(r'<a class="n" href="([^"]+)"[^>]*>(.)</a>', html) == [
        ("names/index.md#n-a", "甲"),
        ("names/index.md#n-b", "乙"),
    ]
    assert f"</a>{behind}</span>" in html


def test_sign_of_a_repair_stands_apart_from_a_name_at_the_end_of_a_heading() -> None:
    marks = PageMarks("indicators/index.html")
    sentence = SentenceView("s0000000a", "", False, (linked("甲", "a"),), (), ())
    repair = Remark("r-1", "断行", "", "接合", 0, 1, marked=False, quiet=True)
    line = marks.heading(HeadingView(sentence, (), (repair,)), "h-1", "notes/index.html")
    html = converted(f"# {line}\n\n{marks.definitions()}")
    assert re.findall(r"<a [^>]*>([^<]+)</a>", html) == ["甲", "校"]


@pytest.fixture(scope="module")
def gongshu() -> dict[str, str]:
    """The files of `docs/` for the report of the project."""
    reading = report_reader.read_file(ROOT / "reports" / "gongshu-2024" / "source.md", ROOT / "vocabulary").reading
    return render(Publication((reading,)), SITE, TEMPLATES)


def markdown_of(docs: dict[str, str]) -> dict[str, str]:
    """Return the Markdown pages, without the page of all components, which shows each in states that no report has."""
    return {path: text for path, text in docs.items() if path.endswith(".md") and path != "about/design/index.md"}


def test_no_page_has_an_html_tag(gongshu: dict[str, str], docs: dict[str, str]) -> None:
    for pages in (gongshu, docs):
        assert [path for path, text in markdown_of(pages).items() if TAG.search(re.sub(r"\\.", "", text))] == []


def test_front_matter_begins_with_what_the_page_is_made_from(gongshu: dict[str, str]) -> None:
    for path, text in gongshu.items():
        if path.endswith(".md"):
            source = "reports/" if path.startswith("about/") else "reports/gongshu-2024/"
            opening, first, second, _ = text.split("\n", 3)
            assert opening == "---", path
            assert first.startswith(f"# 由 {source} 生成"), path
            assert second.startswith(f"# Generated from {source}: do not edit. Marks are told in MARKS.md "), path


USED = re.compile(r"(?<!\\\\)\{(?:[^{}\\\\]|\\\\.)*\}")
"""Braces on a page, and not escaped ones."""


def names_in(braces: str) -> Iterator[str]:
    """Yield the classes and keys in braces, as MARKS.md writes them; a part of the page by its name."""
    for key, value in attributes_of(braces).items():
        if key == "class":
            yield from (f".{found[1]}" for found in re.finditer(r"(?:^|\s)\.([a-z][a-z-]*)", braces))
        elif key in PARTS:
            yield f"`{value}`"
        elif key not in ("id", "download", "aria-current"):
            yield f"{key}="


def test_marks_are_told_in_their_document(gongshu: dict[str, str], docs: dict[str, str]) -> None:
    told = (ROOT / "MARKS.md").read_text(encoding="utf-8")
    pages = [text for made in (gongshu, docs) for text in markdown_of(made).values()]
    used = {name for text in pages for found in USED.finditer(body(text)) for name in names_in(found[0][1:-1])}
    assert {".doubt", ".new-topic", "sentence=", "`side-column`"} <= used
    missing = {name for name in used if name not in told and not name.startswith(".role-")}
    assert missing == set()
    assert {mark for mark in READ if f".{mark}`" not in told and f".{mark}}}" not in told} == set()


BEHIND = re.compile(r"^ *(?:[-|]|[0-9]+\.) ?.*\n\n *\{\.([a-z-]+)", re.MULTILINE)
"""The last row of a list or table, and the class that stands below it."""


def test_class_of_a_list_or_table_says_that_it_is_one(gongshu: dict[str, str], docs: dict[str, str]) -> None:
    names = {name for made in (gongshu, docs) for text in markdown_of(made).values() for name in BEHIND.findall(text)}
    assert {"card-list", "indicator-table", "bar-chart"} <= names
    assert {name for name in names if not name.endswith(("-list", "-table", "-chart"))} == set()


def test_each_mark_with_another_class_in_pages_is_written_and_read() -> None:
    for mark, name in CLASSES.items():
        assert attributes({"class": name}) == f"{{.{mark}}}"
        assert attributes_of(f".{mark}") == {"class": name}
        assert attributes_of(f".{name}") == {"class": READ.get(name, name)}
    for mark, name in SHAPES.items():
        assert attributes_of(f".{mark}") == {"class": name}
    assert not ({*FURTHER, *SHAPES} & set(CLASSES.values()))


def test_markdown_of_a_report_is_small(gongshu: dict[str, str]) -> None:
    assert sum(len(text.encode()) for text in markdown_of(gongshu).values()) <= LARGEST


def section_pages(docs: dict[str, str]) -> dict[str, str]:
    """Return the pages of sections, by their paths."""
    return {path: text for path, text in docs.items() if re.search(r"/\d+/index\.md$", path)}


def times_its_text(page: str) -> float:
    """Return how many bytes the Markdown of a page has for each byte of the words that the page shows."""
    return len(body(page).encode()) / len(shown(body(page)).words.encode())


def test_page_of_a_section_is_small(gongshu: dict[str, str], docs: dict[str, str]) -> None:
    for pages in (gongshu, docs):
        assert {p: times_its_text(t) for p, t in section_pages(pages).items() if times_its_text(t) > TIMES} == {}
    # Of a report of usual length, the front matter is counted too; in a report of some lines it is longer than the text.
    for path, text in section_pages(gongshu).items():
        assert len(text.encode()) <= TIMES * len(shown(body(text)).words.encode()), path


def assert_words_of(reading: Reading) -> None:
    """Assert that the full text without its marks is the repaired text, character by character."""
    docs = render(Publication((reading,)), SITE, TEMPLATES)
    slug = reading.meta.slug
    assert squeezed(without_marks(docs[f"{slug}/text/index.md"])) == squeezed(one_line(reading.text.body))
    parts = "".join(squeezed(without_marks(docs[f"{slug}/{section.id}/index.md"])) for section in reading.paged)
    assert parts
    assert squeezed(one_line(reading.text.body)).endswith(parts)


def test_page_without_its_marks_is_the_repaired_text(book: Reading) -> None:
    assert_words_of(book)
    assert_words_of(
        report_reader.read_file(ROOT / "reports" / "gongshu-2024" / "source.md", ROOT / "vocabulary").reading
    )


CORPUS = (
    "province-guangdong-2026.txt",
    "city-shenyang-2018.md",
    "state-guowuyuan-1954-wikisource.txt",
    "province-hainan-1994.md",
    "state-guowuyuan-2014-govcn.html",
)


@pytest.mark.long
@pytest.mark.parametrize("name", CORPUS)
def test_page_of_a_known_report_without_its_marks_is_the_repaired_text(name: str, shared: Path) -> None:
    assert_words_of(report_reader.read_file(shared / "corpus" / name, ROOT / "vocabulary").reading)


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that differ, without their sign."""
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line[1:] for line in lines if line[0] in "+-" and not line.startswith(("---", "+++"))]


def test_changed_sentence_changes_its_line_and_only_rows_that_speak_of_it(tmp_path: Path, docs: dict[str, str]) -> None:
    source = (BOOK / "source.md").read_text(encoding="utf-8")
    old = "新建学校5所"
    assert source.count(old) == 1
    (tmp_path / "source.md").write_text(source.replace(old, "新建成学校5所"), encoding="utf-8")
    taken = report_reader.read_report(tmp_path / "source.md", "linhu-2025", vocabularies(), name="source.md")
    after = render(Publication((taken.reading,)), SITE, TEMPLATES)
    assert after.keys() == docs.keys()
    changed = {path: changed_lines(docs[path], after[path]) for path in docs if path.endswith(".md")}
    sentences = [re.search(r" \{#(s[0-9a-f]{8})\}$", line) for line in changed["linhu-2025/text/index.md"]]
    ids = {found[1] for found in sentences if found}
    assert len(ids) == 2
    for path in ("linhu-2025/text/index.md", "linhu-2025/1/2/index.md"):
        lines = [line for line in changed[path] if re.search(r" \{#s[0-9a-f]{8}\}$", line)]
        assert len(lines) == 2, (path, lines)
    own = ids | {p for path in docs for p in re.findall(r"\{#(p[0-9a-f]{8})\}", "\n".join(changed.get(path, [])))}
    own |= {"学校", "source.md", "SHA-256", "字符数"}
    for path, lines in changed.items():
        assert [line for line in lines if not any(name in line for name in own)] == [], path


def test_time_for_a_sentence_grows_with_its_marks_and_not_with_their_square() -> None:
    def spent(count: int) -> float:
        marks = [Mark(2 * k, 2 * k + 1, ("k",)) for k in range(count)]
        begin = time.process_time()
        pieces(made := Element("p"), "一二" * count, marks)
        assert len(made) == count
        return time.process_time() - begin

    few, many = (min(spent(count) for _ in range(3)) for count in (500, 4000))
    assert many < 24 * few  # eight times as many marks; their square would take 64 times as long
