"""The first build after an upgrade from a version that numbered figures by their order in the sentence.

`numbered-by-order` is a project that such a version (0.9 of February 2026) built: its ledger counts the figures of a
sentence, and records none. Publisher's rows and published links must go on opening the same figures.
"""

from __future__ import annotations

import html
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from tests.build.former_version import ROOT, SLUG, built_by
from workreport.analysis.numerals import plain
from workreport.build import former_figures, report_reader
from workreport.project import report_settings, settings

OLD = Path(__file__).parent / "numbered-by-order"
LABELLED = (
    "gongshu-2024",
    "city-foshan-2000",
    "city-hangzhou-2025",
    "city-tongling-2015",
    "province-guangdong-2026",
    "province-hainan-1994",
    "province-jiangsu-2026",
    "state-guowuyuan-2024-wikisource",
)
PUBLISHED = {
    "sf6c0fb42-f1": "186.4亿元",
    "sf6c0fb42-f2": "4.3%",
    "sf6c0fb42-f3": "6.9%",
    "saf4e0e00-f1": "28.6万吨",
    "saf4e0e00-f2": "3所",
    "saf4e0e00-f3": "3所",
    "s33841a39-f1": "1.2个百分点",
    "s33841a39-f2": "8%",
    "s33841a39-f3": "8%",
    "s62e09f45-f2": "208.6亿元",
    "saff94649-f1": "番",
    "saff94649-f2": "第三",
    "scdc603ca-f1": "5%",
    "scdc603ca-f2": "4200人",
}
"""What the published ids open. s62e09f45-f1 was 200亿元, a milestone that the old version took for the total."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(OLD, tmp_path / "project")
    return tmp_path / "project"


@cache
def words() -> report_reader.Vocabularies:
    return report_reader.load_vocabularies(ROOT / "vocabulary")


def read(project: Path, source: str = "source.md") -> report_reader.ReadReport:
    folder = project / "reports" / SLUG
    return report_reader.read_report(folder / source, SLUG, words(), folder, pronounce=str)


def opened(report: report_reader.ReadReport) -> dict[str, str]:
    """What each id opens: value and unit; only the ids that were published."""
    return {i.id: f"{i.value}{i.unit}" for i in report.reading.indicators if i.id in PUBLISHED}


@pytest.mark.parametrize(("lost", "where"), [((), "docs/"), (("docs",), "site/")])
def test_published_ids_open_the_same_figures_after_an_upgrade(project: Path, lost: tuple[str, ...], where: str) -> None:
    for name in lost:
        shutil.rmtree(project / name)
    report = read(project)
    assert opened(report) == PUBLISHED
    assert len(report.remarks) == 1
    assert where in report.remarks[0]


def test_without_pages_and_data_the_order_is_kept_and_this_is_said(project: Path) -> None:
    shutil.rmtree(project / "docs")
    shutil.rmtree(project / "site")
    report = read(project)
    assert opened(report)["sf6c0fb42-f1"] == "186.4亿元"
    assert "按句中次序沿用旧编号" in report.remarks[0]


def test_upgrade_is_done_once(project: Path) -> None:
    first = read(project)
    (project / "reports" / SLUG / "ids.toml").write_text(report_settings.ledger_text(first.ledger), encoding="utf-8")
    shutil.rmtree(project / "docs")
    shutil.rmtree(project / "site")
    again = read(project)
    assert again.remarks == ()
    assert again.ledger == first.ledger


def test_row_for_a_figure_that_reads_another_value_names_both(project: Path) -> None:
    folder = project / "reports" / SLUG
    page = project / "docs" / SLUG / "indicators" / "index.md"
    # As if the old version had read 86.4 for 186.4.
    page.write_text(page.read_text(encoding="utf-8").replace('"num">186.4<', '"num">86.4<'), encoding="utf-8")
    (folder / "indicators.toml").write_text('pin = ["sf6c0fb42-f1"]\n', encoding="utf-8")
    with pytest.raises(settings.BadSettings) as error:
        read(project)
    assert "sf6c0fb42-f1 原来是“地区生产总值86.4亿元”" in str(error.value)
    assert re.search(r"读作“地区生产总值186\.4亿元”，编号 sf6c0fb42-f\d+", str(error.value))


def test_row_for_a_figure_that_is_gone_says_so(project: Path) -> None:
    folder = project / "reports" / SLUG
    first = read(project)
    (folder / "ids.toml").write_text(report_settings.ledger_text(first.ledger), encoding="utf-8")
    text = (folder / "source.md").read_text(encoding="utf-8")
    (folder / "source.md").write_text(
        text.replace("，新增城镇就业4200人", "，新增城镇就业人数稳定增加"), encoding="utf-8"
    )
    (folder / "indicators.toml").write_text('hide = ["scdc603ca-f2"]\n', encoding="utf-8")
    with pytest.raises(settings.BadSettings, match="编号 scdc603ca-f2 原来是“新增城镇就业4200人”"):
        read(project)


@pytest.mark.parametrize("broken", ["", "<tr data-figure='sf6c0fb42-f1'><th>", "\udcff", "[]"])
def test_broken_pages_of_the_old_version_are_no_error(project: Path, broken: str) -> None:
    for file in (*project.glob("docs/**/index.md"), *project.glob("site/**/*.json")):
        file.write_text(broken, encoding="utf-8", errors="surrogateescape")
    assert read(project).reading.indicators


def test_ledger_that_counts_but_records_nothing_is_recognised(project: Path) -> None:
    assert former_figures.without_records(report_settings.ledger(project / "reports" / SLUG))


# -- projects that the former version builds now


@pytest.mark.long
@pytest.mark.parametrize("name", LABELLED)
def test_ids_that_the_former_version_published_open_the_same_characters(
    shared: Path, former_program: Path, tmp_path: Path, name: str
) -> None:
    files = (shared / "reports" / f"{name}.md", *(shared / "corpus" / f"{name}.{end}" for end in ("md", "txt")))
    source = next(file for file in files if file.is_file())
    project = built_by(former_program, source, tmp_path / "project")
    page = (project / "docs" / SLUG / "indicators" / "index.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r'<tr[^>]* data-figure="(s[^"]+)".*?<span class="num">([^<]*)<', page))
    report = read(project, f"source{source.suffix}")
    now = {i.id: i for i in report.reading.indicators}
    kept = [i for i in shown if i in now]
    assert len(kept) >= 0.9 * len(shown)
    signs = str.maketrans("", "", "+−-")
    assert [
        i
        for i in kept
        if html.unescape(shown[i]).translate(signs) not in (plain(now[i].value).translate(signs), "翻番")
    ] == []
    # Every published id still opens its sentence.
    anchors = {a for s in report.reading.outline.sentences() for a in (s.id, *s.aliases, *s.gone)}
    assert [i for i in shown if i not in now and i not in anchors] == []

    shutil.rmtree(project / "docs")
    shutil.rmtree(project / "site")
    by_order = read(project, f"source{source.suffix}")
    assert "按句中次序沿用旧编号" in by_order.remarks[0]
    assert sum(i.id in shown for i in by_order.reading.indicators) >= 0.9 * len(shown)
