"""Tests that pages made report by report are those that MkDocs makes of the whole `docs/`, and that kept pages are current."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests import planned_collection
from tests.conftest import copy_project, must_build, once_a_run
from workreport.project.kept_files import KeptFiles
from workreport.website import finishing, rendering, site_error, site_pages
from workreport.website.rendering import SiteFolder, UnitMaker, units

ADDRESS = "https://www.example.org/sub/"
DAY = date(2025, 1, 8)
GRAPH = {"@graph": [{"@id": "a", "distribution": [{"contentUrl": f"{ADDRESS}jia-2025/data/indicators.csv"}]}]}
GRAPHS = {"jia-2025/index.html": json.dumps(GRAPH)}


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with five invented reports whose `docs/` was written. No test may change it."""

    def make(folder: Path) -> None:
        project = copy_project(folder / "project")
        planned_collection.put_together(project)
        settings = project / "site.toml"
        settings.write_text(f'address = "{ADDRESS}"\n{settings.read_text(encoding="utf-8")}', encoding="utf-8")
        must_build(project, "--only", "site", "--quiet")

    return once_a_run(tmp_path_factory, "composed-collection", make) / "project"


@pytest.fixture
def project(composed: Path, tmp_path: Path) -> Path:
    """What MkDocs needs of that project, to be changed by a test."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("mkdocs.yml", "mkdocs.generated.yml"):
        shutil.copy(composed / name, folder / name)
    shutil.copytree(composed / "docs", folder / "docs")
    shutil.copytree(composed / "templates" / "overrides", folder / "templates" / "overrides")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def fresh(project: Path) -> Path:
    """Return an empty folder for a site, the same each time."""
    site = project / ".workreport" / "staging" / "site"
    shutil.rmtree(site, ignore_errors=True)
    return site


def put_files(project: Path, site: Path) -> None:
    """Put the files into the site that are no pages: what is in the folder `files` of the project."""
    if (project / "files").is_dir():
        shutil.copytree(project / "files", site, dirs_exist_ok=True)


def by_mkdocs(project: Path) -> dict[str, bytes]:
    """Return the finished site as MkDocs makes it of all pages at once."""
    site = fresh(project)
    rendering.build(project, site, moment=DAY)
    put_files(project, site)
    finishing.finish(site, address=ADDRESS, dates={"jia-2025": DAY}, graphs=GRAPHS)
    return tree(site)


def by_units(project: Path, key: bytes | None = None, jobs: int = 1) -> dict[str, bytes]:
    """Return the finished site made unit by unit; with a key, units are kept in the project."""
    site = fresh(project)
    pages = site_pages.SitePages(SiteFolder(project, site, DAY, None))
    put_files(project, site)
    kept = KeptFiles(project / ".workreport" / "steps" / "pages", key)
    pages.finish(address=ADDRESS, dates={"jia-2025": DAY}, graphs=GRAPHS, kept=kept, jobs=jobs)
    return tree(site)


KEY = b"k" * 32


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first page of each unit that is made in this process, as it is made."""
    found: list[str] = []
    pages = UnitMaker.pages

    def noted(maker: UnitMaker, unit: units.SiteUnit) -> rendering.UnitPages:
        found.append(unit.pages[0].partition("/")[0])
        return pages(maker, unit)

    monkeypatch.setattr(UnitMaker, "pages", noted)
    return found


def edit(project: Path, name: str, old: str, new: str) -> None:
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_made_by_units_are_those_of_mkdocs(project: Path, jobs: int) -> None:
    found = by_units(project, jobs=jobs)
    assert sum(name.endswith(".html") for name in found) > 60
    assert found == by_mkdocs(project)


def test_unchanged_units_are_taken_over_and_the_changed_one_is_made_again(project: Path, made: list[str]) -> None:
    first = by_units(project, KEY)
    assert {"jia-2024", "jia-2025", "yi-2025", "bing-2025", "guowuyuan-2025", "measures", "about"} <= set(made)
    made.clear()
    assert by_units(project, KEY) == first
    assert made == []
    edit(project, "docs/yi-2025/1/index.md", "江苏省", "江南省")
    changed = by_units(project, KEY)
    assert made == ["yi-2025"]
    assert changed != first
    assert changed == by_mkdocs(project)


def test_kept_pages_of_another_key_are_not_taken_over(project: Path, made: list[str]) -> None:
    by_units(project, KEY)
    made.clear()
    by_units(project, b"o" * 32)
    assert "yi-2025" in made


def test_file_that_pages_tell_of_is_looked_for_in_each_build(project: Path, made: list[str]) -> None:
    by_units(project, KEY)
    made.clear()
    (project / "files" / "jia-2025" / "data").mkdir(parents=True)
    (project / "files" / "jia-2025" / "data" / "indicators.csv").write_text("a,b\n")
    found = by_units(project, KEY)
    assert made == ["jia-2025"]
    assert b"indicators.csv" in found["jia-2025/indicators/index.html"]
    assert found == by_mkdocs(project)


def test_link_to_a_lost_anchor_of_another_report_is_an_error_though_both_are_kept(project: Path) -> None:
    text = "\n[那里](../jia-2024/index.md#nowhere)\n"
    with (project / "docs" / "yi-2025" / "index.md").open("a", encoding="utf-8") as page:
        page.write(text)
    for _ in range(2):
        with pytest.raises(site_error.SiteError, match=r"yi-2025/index\.md.*jia-2024/index\.md.*#nowhere"):
            by_units(project, KEY)
    with pytest.raises(site_error.SiteError, match=r"yi-2025/index\.md.*jia-2024/index\.md.*#nowhere"):
        by_mkdocs(project)


def test_link_to_a_page_that_went_is_an_error_though_its_unit_is_kept(project: Path) -> None:
    with (project / "docs" / "yi-2025" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n[那里](../jia-2024/text/index.md)\n")
    by_units(project, KEY)
    shutil.rmtree(project / "docs" / "jia-2024" / "text")
    with pytest.raises(site_error.SiteError, match=r"yi-2025/index\.md.*jia-2024/text/index\.md"):
        by_units(project, KEY)


def test_page_that_cannot_be_read_is_named_and_other_reports_are_kept(project: Path, made: list[str]) -> None:
    page = project / "docs" / "yi-2025" / "1" / "index.md"
    whole = page.read_bytes()
    page.write_bytes(whole + b"\n---\n{begins=}\n")
    with pytest.raises(site_error.SiteError, match=r"yi-2025/1/index\.md"):
        by_units(project, KEY)
    page.write_bytes(whole)
    made.clear()
    assert by_units(project, KEY) == by_mkdocs(project)
    assert made == ["yi-2025"]


@pytest.mark.parametrize(
    "asks", ["{% for item in nav.pages %}{{ item.url }}{% endfor %}", "{{ build_date_utc }}", "{{ page.ancestors }}"]
)
def test_templates_that_ask_for_more_than_a_unit_sees_are_given_the_whole_site(
    project: Path, made: list[str], asks: str
) -> None:
    footer = "templates/overrides/partials/footer.html"
    edit(project, footer, "<footer", f"{asks}<footer")
    assert by_units(project, KEY) == by_mkdocs(project)
    assert made == []


def test_our_templates_ask_for_no_more_than_a_unit_sees(project: Path) -> None:
    assert units.see_units_only(project / "templates" / "overrides")


def test_theme_without_our_templates_is_not_divided(project: Path) -> None:
    (project / "templates" / "overrides" / "partials" / "header.html").unlink()
    assert not units.see_units_only(project / "templates" / "overrides")


# -- random edits ---------------------------------------------------------------------------------------------------


def _sentence(project: Path, chance: random.Random) -> None:
    page = chance.choice(sorted((project / "docs").rglob("*.md")))
    lines = page.read_text(encoding="utf-8").split("\n")
    places = [k for k, line in enumerate(lines) if line.startswith("# ")]
    k = chance.choice(places)
    lines[k] = lines[k].replace("# ", f"# 改{chance.randrange(99)}", 1)
    page.write_text("\n".join(lines), encoding="utf-8")


def _title_in_navigation(project: Path, chance: random.Random) -> None:
    path = project / "mkdocs.generated.yml"
    lines = path.read_text(encoding="utf-8").split("\n")
    k = chance.choice([k for k, line in enumerate(lines) if re.match(r' +- ".*": "', line)])
    lines[k] = lines[k].replace('- "', f'- "改{chance.randrange(99)}', 1)
    path.write_text("\n".join(lines), encoding="utf-8")


def _name_of_the_site(project: Path, chance: random.Random) -> None:
    path = project / "mkdocs.generated.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub('"site_name": ".*"', f'"site_name": "站{chance.randrange(99)}"', text), encoding="utf-8")


def _fact_of_a_report(project: Path, chance: random.Random) -> None:
    path = project / "mkdocs.generated.yml"
    found = chance.choice(["全部指标", "下载与引用", "核心指标", "原文说明"])
    words = path.read_text(encoding="utf-8").split(f'"{found}"]')
    k = chance.randrange(1, len(words)) if len(words) > 1 else 0
    changed = f'"{found}"]'.join(words[:k]) + f'"{found}{chance.randrange(9)}"]' + f'"{found}"]'.join(words[k:])
    path.write_text(changed if k else path.read_text(encoding="utf-8"), encoding="utf-8")


def _template(project: Path, chance: random.Random) -> None:
    path = project / "templates" / "overrides" / "section.html"
    with path.open("a", encoding="utf-8") as out:
        out.write(f"{{# {chance.randrange(99)} #}}")
    edit(project, "templates/overrides/partials/footer.html", "<footer", f"<!-- {chance.randrange(99)} --><footer")


def _order_of_reports(project: Path, chance: random.Random) -> None:
    path = project / "mkdocs.generated.yml"
    head, nav = path.read_text(encoding="utf-8").split('"nav":\n')
    items = re.split(r"(?m)^(?=  - )", nav)[1:]
    chance.shuffle(items)
    path.write_text(f'{head}"nav":\n{"".join(items)}', encoding="utf-8")


def _file_beside_a_page(project: Path, chance: random.Random) -> None:
    slug = chance.choice(list(planned_collection.REPORTS))
    path = project / "files" / slug / "data" / chance.choice(["indicators.csv", "dcat.jsonld"])
    if path.exists():
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def _report_away(project: Path, chance: random.Random) -> None:
    del chance
    shutil.rmtree(project / "docs" / "bing-2025")
    path = project / "mkdocs.generated.yml"
    head, nav = path.read_text(encoding="utf-8").split('"nav":\n')
    kept = [item for item in re.split(r"(?m)^(?=  - )", nav)[1:] if '"bing-2025/' not in item]
    path.write_text(f'{head}"nav":\n{"".join(kept)}', encoding="utf-8")


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    _sentence, _sentence, _title_in_navigation, _name_of_the_site, _fact_of_a_report, _template, _order_of_reports,
    _file_beside_a_page, _report_away,
)  # fmt: skip


def outcome(site: Callable[[], dict[str, bytes]]) -> dict[str, bytes] | str:
    """Return the site, or the first line of the error where MkDocs refuses it: its complaints may come in another order."""
    try:
        return site()
    except site_error.SiteError as error:
        return str(error).partition("\n")[0]


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 5))])
def test_kept_pages_after_random_edits_are_those_of_a_whole_build(project: Path, seed: int) -> None:
    chance = random.Random(seed)
    by_units(project, KEY)
    for _ in range(10):
        change = chance.choice(EDITS if (project / "docs" / "bing-2025").is_dir() else EDITS[:-1])
        change(project, chance)
        found, whole = outcome(lambda: by_units(project, KEY)), outcome(lambda: by_mkdocs(project))
        assert found == whole, change.__name__
