"""Tests that the table of pages is the only list of the kinds of pages: a row added to it is enough for a new page."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport.build import outputs, plan, report_folder
from workreport.project.progress import no_progress
from workreport.verify import site
from workreport.website.addresses import PageId
from workreport.website.pages import page_table
from workreport.website.pages.page_kind import PageKind, PageRequest, Scope

SLUG = "qingshan-2025"
LENGTHS = PageId("lengths")
THANKS = PageId("thanks")
TEMPLATE = """\
---
{{ head }}
kind: lengths
hide: [navigation, toc]
---
# {{ title }} {: #lengths }

{{ view.words }}
"""


@dataclass(frozen=True)
class Lengths:
    """The view of the page kind that these tests add."""

    words: str


def _lengths(page: PageRequest) -> Lengths:
    return Lengths(f"{page.name}共{sum(1 for _ in page.report.reading.outline.sentences())}句。")


ROWS = (
    PageKind[Lengths](
        LENGTHS,
        "句数统计",
        _lengths,
        "lengths",
        lambda view, page: f"{page.name}有多少句：{view.words}",
        navigation="句数",
        chapter=True,
    ),
    PageKind[Lengths](
        THANKS, "致谢各方", lambda _: Lengths("谢谢。"), "lengths", lambda *_: "", scope=Scope.SITE, navigation="致谢"
    ),
)


@pytest.fixture
def project(project_copy: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one short report, and two rows added to the table of pages."""
    project = project_copy("lengths")
    shutil.rmtree(project / "reports")
    (project / "reports" / SLUG).mkdir(parents=True)
    shutil.copyfile(ROOT / "tests" / "books" / "qingshan-2025.txt", project / "reports" / SLUG / "source.txt")
    (project / "templates" / "pages" / "lengths.md.j2").write_text(TEMPLATE, encoding="utf-8")
    (project / "site.toml").write_text(
        'address = "https://a.example/b/"\n'
        "[build]\npictures = false\n[archive]\nepub = false\nbag = false\npdf = false\nzip = false\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(page_table, "PAGES", (*page_table.PAGES, *ROWS))
    return project


class _Links(HTMLParser):
    """Collects the text of every link of a page, by its target."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.target = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.target = dict(attrs).get("href") or "" if tag == "a" else ""

    def handle_data(self, data: str) -> None:
        if self.target:
            self.found[self.target] = data
            self.target = ""


def links(path: Path) -> dict[str, str]:
    parser = _Links()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.found


def test_row_added_to_the_page_table_is_a_page_in_navigation_site_map_and_single_file(project: Path) -> None:
    outputs.build(plan.BuildOrder(project), no_progress, print)
    source = (project / "docs" / SLUG / "lengths" / "index.md").read_text(encoding="utf-8")
    assert re.search(r'^title: "句数统计 · .*"$', source, re.MULTILINE)
    assert re.search(r'^description: ".*有多少句：.*句。"$', source, re.MULTILINE)
    assert "# 句数统计 {: #lengths }" in source
    navigation = (project / "mkdocs.generated.yml").read_text(encoding="utf-8")
    assert f'"句数统计": "{SLUG}/lengths/index.md"' in navigation
    assert '"致谢各方": "thanks/index.md"' in navigation
    made = project / "site"
    assert links(made / SLUG / "text" / "index.html")["../lengths/index.html"] in {"句数", "句数统计"}
    assert links(made / SLUG / "text" / "index.html")["../../thanks/index.html"] in {"致谢", "致谢各方"}
    sitemap = (made / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>https://a.example/b/{SLUG}/lengths/" in sitemap
    assert "<loc>https://a.example/b/thanks/" in sitemap
    single = links(project / "archive" / f"{SLUG}.html")
    assert "句数" in single.values(), "the page is not a chapter of the single HTML file"
    assert site.check(project) == ()
    (made / SLUG / "lengths" / "index.html").unlink()
    assert any("lengths" in str(problem) for problem in site.check(project))


def test_report_cannot_have_the_name_of_a_page_of_the_site(project: Path) -> None:
    (project / "reports" / SLUG).rename(project / "reports" / "thanks")
    with pytest.raises(report_folder.NothingToBuild, match="reports/thanks"):
        report_folder.require_usable(project / "reports" / "thanks")


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the string constants of a Python file that are not docstrings, each with its line number."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_page_titles_are_written_only_in_the_page_table() -> None:
    titles = [kind.title for kind in page_table.PAGES if isinstance(kind.title, str) and kind.title]
    assert len(titles) == len(set(titles)) > 6
    ids = [kind.id for kind in page_table.PAGES]
    assert len(ids) == len(set(ids))
    found: dict[str, list[str]] = {title: [] for title in titles}
    for path in sorted((ROOT / "workreport").rglob("*.py")):
        for line, text in _texts(path):
            if text in found:
                found[text].append(f"{path.relative_to(ROOT)}:{line}")
    own = "workreport/website/pages/page_table.py"
    assert {title: [p for p in places if not p.startswith(own)] for title, places in found.items()} == {
        title: [] for title in titles
    }
    for folder in ("pages", "overrides", "epub"):
        for path in sorted((ROOT / "templates" / folder).rglob("*")):
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            for title in titles:
                assert f">{title}<" not in text, (path, title)
                assert f"\n# {title} " not in text, (path, title)
