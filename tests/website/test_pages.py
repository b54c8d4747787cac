"""Tests whole pages in Markdown: golden files, every character shown once, links, hostile reports, several reports."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

import jinja2
import pytest
import yaml

from tests.conftest import ROOT
from tests.website.small_book import BOOK, HOSTILE, SITE, TEMPLATES, body, converted, shown, squeezed
from workreport.build import report_reader
from workreport.model import (
    Audience,
    Paragraph,
    Promise,
    Publication,
    Rank,
    Reading,
    Section,
    Sentence,
    TermKind,
    Theme,
)
from workreport.project.settings import Footer, Settings
from workreport.website import addresses
from workreport.website.pages import render, site_title, theme_facts, wording
from workreport.website.pages.escape import one_line

GOLDEN = (
    "index.md",
    "linhu-2025/1/index.md",
    "linhu-2025/1/1/index.md",
    "linhu-2025/1/2/index.md",
    "linhu-2025/indicators/index.md",
    "linhu-2025/notes/index.md",
)


@pytest.mark.parametrize("path", GOLDEN)
def test_pages_of_the_small_report_equal_the_golden_files(docs: dict[str, str], path: str) -> None:
    """With WORKREPORT_GOLDEN=write in the environment the golden files are rewritten; read the diff before a commit."""
    file = BOOK / "golden" / path.replace("/", "_")
    if os.environ.get("WORKREPORT_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(docs[path], encoding="utf-8")
    assert docs[path] == file.read_text(encoding="utf-8")


def pages_in_order(reading: Reading) -> list[str]:
    """Return the paths of the Markdown pages of front and sections, in the order of the text."""
    front = addresses.markdown(addresses.report(reading))
    return [front, *(addresses.markdown(addresses.report(reading, s.id)) for s in reading.outline.walk())]


def assert_whole(reading: Reading, docs: dict[str, str]) -> None:
    """Assert that front and section pages together show every character once, and so does the page with the full text.

    Assert too that every id is unique on its page, and that each sentence and indicator has its id on some page.
    """
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


def test_small_report_shows_every_character_once(book: Reading, docs: dict[str, str]) -> None:
    assert_whole(book, docs)


def test_real_report_shows_every_character_once() -> None:
    folder = ROOT / "reports" / "gongshu-2024"
    reading = report_reader.read_file(folder / "source.md", ROOT / "vocabulary").reading
    assert_whole(reading, render(Publication((reading,)), SITE, TEMPLATES))


def test_every_link_between_pages_has_a_target(docs: dict[str, str]) -> None:
    ids = {path: set(shown(body(text)).ids) for path, text in docs.items() if path.endswith(".md")}
    for path in ids:
        for link in shown(body(docs[path])).links:
            target, _, anchor = unquote(link).partition("#")
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if place.endswith(".html"):
                place = addresses.markdown(place)
            if place.startswith(("linhu-2025/data/", "linhu-2025/picture/")) and not place.endswith(".md"):
                assert 'data-needs="' in docs[path], "a file that only a whole build makes needs data-needs"
                continue
            assert place in docs, f"{path}: {link}"
            assert not anchor or anchor in ids[place], f"{path}: {link}"


def test_repeated_passage_is_collapsed_and_the_gap_is_marked(docs: dict[str, str]) -> None:
    page = converted(body(docs["linhu-2025/1/2/index.md"]))
    assert '<details class="copy">' in page
    assert "<summary>此段与（一）产业聚链成群相同，为来源文件排版所误，不计入指标。</summary>" in page
    assert '<a href="../1/index.md#saad3b29d">' in page
    assert page.index("〔此处原文缺失〕") < page.index("<details")
    folded = page[page.index("<details") : page.index("</details>")]
    assert 'class="q' not in folded
    assert 'class="t' not in folded


def test_anchor_of_a_deleted_sentence_is_kept(book: Reading) -> None:
    first = book.outline.sections[0]
    paragraph = first.paragraphs[0]
    changed = paragraph.sentences[0]._replace(aliases=("s00000001",), gone=("s00000002",))
    section = replace(
        first, paragraphs=(paragraph._replace(sentences=(changed, *paragraph.sentences[1:]), gone=("p00000003",)),)
    )
    reading = replace(book, outline=replace(book.outline, sections=(section, *book.outline.sections[1:])))
    page = shown(body(render(Publication((reading,)), SITE, TEMPLATES)["linhu-2025/1/index.md"]))
    assert {"s00000001", "s00000002", "p00000003"} <= set(page.ids)
    assert "该句已删除" in page.words
    assert "该句已删除" not in page.marked


def hostile_reading(book: Reading) -> Reading:
    """Return the report with a hostile text in every sentence, title, name, note and field of the indicator."""
    bodies, paragraphs, at = [], [], 0
    for k, text in enumerate(HOSTILE):
        sentence = Sentence(f"s{k:08x}", text, at, at + len(text), "1")
        paragraphs.append(Paragraph(f"p{k:08x}", at, at + len(text), (sentence,)))
        bodies.append(text)
        at += len(text) + 1
    evil = "<script>x</script>{{ y }}](javascript:z)../\"'"
    section = Section("1", "一、", evil, 1, 0, at, None, tuple(paragraphs))
    meta = replace(book.meta, slug="evil", title=evil, place=evil, speaker=evil, office=evil, meeting=evil)
    indicator = book.found.indicators[0]._replace(name=evil, sentence="s00000000", section="1", quote=HOSTILE[0], start=0,
        end=len(HOSTILE[0]), id="s00000000-f1", parent=evil, unit="<b>", period=evil,
        ranks=(Rank(evil, evil, evil),), growth_base=evil,
    )  # fmt: skip
    return replace(
        book, meta=meta, text=replace(book.text, body="\n".join(bodies), pieces=((0, 0, at),)), repetitions=(), terms=(), links=(),
        outline=replace(book.outline, front=(), sections=(section,)),
        found=replace(book.found, indicators=(indicator,)),
        faults=tuple(replace(fault, note=evil, quote=evil) for fault in book.faults[:1]),
        repairs=tuple(replace(repair, reason=evil, before=evil, after="", kind=evil) for repair in book.repairs[:1]),
        promises=tuple(
            Promise(k + 1, Theme("other", evil), s.id, "1", s.start, s.end, (indicator.id,) * (k == 0), livelihood=k < 3)
            for k, s in enumerate(p.sentences[0] for p in paragraphs)
        ),
        audiences=(Audience("elderly", evil, tuple(p.sentences[0].id for p in paragraphs), frozenset({"s00000001"})),),
    )  # fmt: skip


def test_hostile_report_is_shown_as_text(book: Reading) -> None:
    reading = hostile_reading(book)
    site = Settings(title="<script>", publisher="<img onerror=x>", contact="](javascript:x)", licence="{{ x }}")
    docs = render(Publication((reading,)), site, TEMPLATES)
    assert_whole(reading, docs)
    for path, text in docs.items():
        if not path.endswith(".md"):
            continue
        page = shown(body(text))
        assert not {"script", "style", "iframe", "object"} & set(page.tags), path
        assert "img" not in page.tags, path
        assert not [name for name in page.names if name.startswith("on")], path
        assert not [link for link in page.links if ":" in link], path
        head = yaml.safe_load(text.split("---\n")[1])
        assert "<" not in head["title"] + head["description"]
        assert "{{" not in text
        assert "{%" not in text


@pytest.mark.long
def test_huge_paragraph_is_rendered_in_less_than_30_seconds(book: Reading) -> None:
    """The paragraph has 6,000 sentences with 60,000 characters; written as Markdown, it would take minutes."""
    sentences = [Sentence(f"s{k:08x}", "*_[(#`~|<。", 10 * k, 10 * k + 10, "1") for k in range(6000)]
    whole = 10 * len(sentences)
    paragraph = Paragraph("p00000000", 0, whole, tuple(sentences))
    reading = replace(
        book, repetitions=(), terms=(), links=(), faults=(), repairs=(), promises=(), audiences=(), found=replace(book.found, indicators=()),
        text=replace(book.text, body="".join(s.text for s in sentences), pieces=((0, 0, whole),)),
        outline=replace(book.outline, front=(), sections=(Section("1", "一、", "长", 1, 0, whole, None, (paragraph,)),)),
    )  # fmt: skip
    start = time.process_time()
    assert_whole(reading, render(Publication((reading,)), SITE, TEMPLATES))
    assert time.process_time() - start < 30


def test_front_of_two_reports_lists_the_report_of_each_place(book: Reading) -> None:
    other = replace(book, meta=replace(book.meta, slug="donghu-2026", place="东湖县", year=2026))
    both = render(Publication((book, other)), SITE, TEMPLATES)
    front = shown(body(both["index.md"]))
    assert front.words.index("东湖县 2026年") < front.words.index("临湖县 2025年")
    assert {"donghu-2026/index.md", "linhu-2025/index.md"} <= set(front.links)
    assert front.marked == ""
    one = render(Publication((book,)), SITE, TEMPLATES)
    assert set(one) <= set(both)
    assert "全部报告" in both["linhu-2025/1/index.md"]
    assert "全部报告" not in one["linhu-2025/1/index.md"]


def test_front_of_a_single_report_is_at_two_addresses(docs: dict[str, str]) -> None:
    root, own = shown(body(docs["index.md"])), shown(body(docs["linhu-2025/index.md"]))
    assert root.words == own.words
    assert root.ids == own.ids
    assert root.links != own.links


def test_same_publication_gives_docs_with_the_same_bytes(book: Reading, docs: dict[str, str]) -> None:
    assert render(Publication((book,)), SITE, TEMPLATES) == docs
    assert list(docs) == sorted(docs)


def test_unknown_value_in_a_template_is_an_error(book: Reading, tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    (tmp_path / "templates" / "pages" / "about.md.j2").write_text("{{ nowhere }}", encoding="utf-8")
    with pytest.raises(jinja2.UndefinedError):
        render(Publication((book,)), SITE, tmp_path / "templates")


def test_style_sheet_has_a_highlight_rule_for_every_figure_of_a_sentence(book: Reading, docs: dict[str, str]) -> None:
    pages = (converted(body(text)) for path, text in docs.items() if path.endswith(".md"))
    most = max(int(n) for n in re.findall(r'class="t t(\d+)"', "".join(pages)))
    sheet = docs["assets/workreport.css"]
    assert f".t{most}:target~.q{most}{{" in sheet
    assert f".t{most + 1}:target" not in sheet
    assert sheet.startswith(":root{--wr-accent:#0f6b6b}")


def test_site_title_and_footer_contain_settings_and_the_only_report(book: Reading) -> None:
    assert site_title(Publication((book,)), SITE) == "临湖县2025年政府工作报告"
    assert site_title(Publication((book, book)), SITE) == "政府工作报告"
    assert theme_facts(Publication((book,)), SITE) == {"publisher": "临湖县人民政府办公室", "report": "linhu-2025"}
    law = Settings(footer=Footer(icp="浙ICP备00000000号"))
    assert theme_facts(Publication((book, book)), law) == {"icp": "浙ICP备00000000号"}


def test_every_kind_of_name_has_a_chinese_word() -> None:
    assert set(get_args(TermKind)) <= set(wording.TERMS)
    assert all(not label.isascii() for label in wording.TERMS.values())
