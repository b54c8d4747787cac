"""Tests that links last: if a paragraph or sentence is inserted, edited or deleted, every earlier id still exists."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import must_build
from tests.site_pages import Page, pages_of
from tests.website.test_many_reports import add_report

pytestmark = pytest.mark.long

SLUG = "qingshan-2025"
BEFORE = "（二）城乡面貌一新。"
NEW = "新来的一段：全年引进人才780人，建成学校3所，这一段原来没有。"
UNEDITED = "新增规上工业企业56家"
EDITED = "新增规模以上工业企业57家"
ANCHOR = re.compile(r"[sp][0-9a-f]{8}(?:-[0-9]+)?(?:-f[0-9]+)?")
LAST = "各位代表，让我们携手前行，为建设美丽青山而努力。"


@pytest.fixture(scope="module")
def project(project_copy: Callable[[str], Path]) -> Path:
    """A project with one small report, built once, so that the ids of its sentences are recorded."""
    made = project_copy("lasting")
    shutil.rmtree(made / "reports")
    add_report(made, "qingshan-2025.txt")
    must_build(made, "--quiet")
    return made


def anchors(pages: dict[str, Page]) -> set[tuple[str, str]]:
    """Return (page, id) of all sentences, paragraphs and figures of the report."""
    return {
        (path, name)
        for path, page in pages.items()
        if path.startswith(SLUG)
        for name in page.ids
        if ANCHOR.fullmatch(name)
    }


def anchors_before_and_after(
    project: Path, tmp_path: Path, change: Callable[[str], str]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the anchors of the site before and after a change to the text of the source."""
    copy = Path(shutil.copytree(project, tmp_path / "project"))
    source = next((copy / "reports" / SLUG).glob("source.*"))
    old = source.read_text(encoding="utf-8")
    new = change(old)
    assert new != old
    source.write_text(new, encoding="utf-8")
    before = anchors(pages_of(project / "site"))
    assert len(before) > 40
    return before, anchors(pages_of(must_build(copy, "--quiet")))


def test_inserted_paragraph_removes_no_id_and_adds_only_its_own(project: Path, tmp_path: Path) -> None:
    before, now = anchors_before_and_after(project, tmp_path, lambda text: text.replace(BEFORE, f"{NEW}\n\n{BEFORE}"))
    assert before - now == set()
    assert 2 <= len({name for _, name in now - before}) <= 8


def test_ids_of_a_deleted_paragraph_are_still_on_some_page(project: Path, tmp_path: Path) -> None:
    before, now = anchors_before_and_after(project, tmp_path, lambda text: text.replace(LAST, ""))
    dead = {name for _, name in before} - {name for _, name in now}
    assert dead == set()


def test_ids_of_an_edited_sentence_are_still_on_its_page(project: Path, tmp_path: Path) -> None:
    before, now = anchors_before_and_after(project, tmp_path, lambda text: text.replace(UNEDITED, EDITED))
    assert before - now == set()
    assert 1 <= len({name for _, name in now - before}) <= 6


def test_ids_of_a_deleted_sentence_are_still_on_its_page(project: Path, tmp_path: Path) -> None:
    deleted = "改造老旧小区12个，惠及居民3400户。"
    before, now = anchors_before_and_after(project, tmp_path, lambda text: text.replace(deleted, ""))
    assert before - now == set()
