"""Links last: inserting, deleting or repairing a paragraph changes no id outside it, and old links still work."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import must_build
from tests.site_pages import Page, pages_of
from tests.website.test_many_reports import take_in

pytestmark = pytest.mark.long

SLUG = "qingshan-2025"
BEFORE = "（二）城乡面貌一新。"
NEW = "新来的一段：全年引进人才780人，建成学校3所，这一段原来没有。"
CUT = "新增规上工业企业56家"
EDITED = "新增规模以上工业企业57家"
ANCHOR = re.compile(r"[sp][0-9a-f]{8}(?:-[0-9]+)?(?:-f[0-9]+)?")
LAST = "各位代表，让我们携手前行，为建设美丽青山而努力。"


@pytest.fixture(scope="module")
def project(project_copy: Callable[[str], Path]) -> Path:
    """A project with one small report, built once, so that its ids are given."""
    made = project_copy("lasting")
    shutil.rmtree(made / "reports")
    take_in(made, "qingshan-2025.txt")
    must_build(made, "--quiet")
    return made


def anchors(pages: dict[str, Page]) -> set[tuple[str, str]]:
    """(page, id) of what a reader can link to: sentences, paragraphs, figures."""
    return {
        (path, name)
        for path, page in pages.items()
        if path.startswith(SLUG)
        for name in page.ids
        if ANCHOR.fullmatch(name)
    }


def after(
    project: Path, tmp_path: Path, change: Callable[[str], str]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The anchors before and after a change to the source."""
    copy = Path(shutil.copytree(project, tmp_path / "project"))
    source = next((copy / "reports" / SLUG).glob("source.*"))
    old = source.read_text(encoding="utf-8")
    new = change(old)
    assert new != old
    source.write_text(new, encoding="utf-8")
    before = anchors(pages_of(project / "site"))
    assert len(before) > 40
    return before, anchors(pages_of(must_build(copy, "--quiet")))


def test_inserted_paragraph_changes_no_id(project: Path, tmp_path: Path) -> None:
    before, now = after(project, tmp_path, lambda text: text.replace(BEFORE, f"{NEW}\n\n{BEFORE}"))
    assert before - now == set()
    assert 2 <= len({name for _, name in now - before}) <= 8


def test_links_to_a_deleted_paragraph_work(project: Path, tmp_path: Path) -> None:
    before, now = after(project, tmp_path, lambda text: text.replace(LAST, ""))
    dead = {name for _, name in before} - {name for _, name in now}
    assert dead == set()


def test_links_to_an_edited_sentence_work(project: Path, tmp_path: Path) -> None:
    before, now = after(project, tmp_path, lambda text: text.replace(CUT, EDITED))
    assert before - now == set()
    assert 1 <= len({name for _, name in now - before}) <= 6


def test_links_to_a_deleted_sentence_work_on_its_page(project: Path, tmp_path: Path) -> None:
    cut = "改造老旧小区12个，惠及居民3400户。"
    before, now = after(project, tmp_path, lambda text: text.replace(cut, ""))
    assert before - now == set()
