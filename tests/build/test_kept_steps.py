"""A build that takes over what it kept gives the same bytes as one from nothing, whatever was changed in between."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport import archive
from workreport.build import compose, compose_step, plan, read_step
from workreport.build.step_files import StepFiles
from workreport.project import settings, writer
from workreport.project.kept_files import STEPS
from workreport.project.progress import no_progress
from workreport.project.workers import Workers

KEY = b"k" * 32
PLACES = (("清水县", 2024), ("清水县", 2025), ("清水县", 2026), ("白河市", 2025), ("白河市", 2026), ("青山镇", 2026))
TEXT = """政府工作报告
（{year}年1月9日在{place}第五届人民代表大会第三次会议上）
{place}人民政府负责人　李四
各位代表：
一、{before}年工作回顾
地区生产总值达到{gdp}亿元，增长{growth}%。城镇新增就业{jobs}人。青石湾大桥建成通车。
（一）产业稳中有进。工业增加值增长{growth}%，青石湾产业园引进项目{jobs}个。
（二）民生持续改善。新建学校{schools}所，粮食总产量达到{gdp}万吨。
二、{year}年工作安排
今年的主要目标是：地区生产总值增长{aim}%左右，城镇新增就业{jobs}人。
（一）推进青石湾产业园建设。新开工项目{schools}个。
（二）办好民生实事。新建学校{schools}所，改造老旧小区{jobs}个。
"""


def slug_of(place: str, year: int) -> str:
    return {"清水县": "qingshui", "白河市": "baihe", "青山镇": "qingshan", "石门县": "shimen"}[place] + f"-{year}"


def add(root: Path, place: str, year: int) -> None:
    """Write the source and the facts of a report."""
    folder = root / "reports" / slug_of(place, year)
    folder.mkdir(parents=True)
    n = year % 10
    text = TEXT.format(
        place=place, year=year, before=year - 1, gdp=100 + 7 * n, growth=4 + n / 10, jobs=900 + n, schools=n, aim=5
    )
    (folder / "source.txt").write_text(text, encoding="utf-8")
    (folder / "report.toml").write_text(f'place = "{place}"\nyear = {year}\n', encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "p"
    for place, year in PLACES:
        add(root, place, year)
    (root / "site.toml").write_text('title = "三地报告"\n', encoding="utf-8")
    shutil.copytree(ROOT / "templates", root / "templates")
    return root


def composed(root: Path, steps: Path, jobs: int = 1, *, pages_alone: bool = False) -> dict[str, object]:
    """Compose the site with the steps kept in a folder; return all that is written of it, by path."""
    order = plan.BuildOrder(root, only_site=pages_alone, jobs=jobs)
    site = settings.site(root / "site.toml", archive.form_ids())
    with Workers(jobs, compose_step.MODULES) as workers:
        made = compose.compose(order, site, no_progress, workers, StepFiles(steps, KEY))
        data = {name: content for files in made.data for name, content in files.items()}
    files: dict[str, object] = {f"docs/{name}": text for name, text in made.docs.items()}
    files |= {f"graphs/{name}": text for name, text in made.graphs.items()}
    files |= {f"site/{name}": text for name, text in (made.site_files | made.indexes).items()} | data
    return {**files, **made.report_files, "mkdocs": made.configuration, "told": (made.slugs, made.dates, made.broken)}


def replaced(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def a_sentence(root: Path, chance: random.Random) -> None:
    folder = chance.choice(sorted((root / "reports").iterdir()))
    with (folder / "source.txt").open("a", encoding="utf-8") as out:
        out.write(f"（三）建成公园{chance.randint(2, 99)}个。\n")


def a_fact(root: Path, chance: random.Random) -> None:
    folder = chance.choice(sorted((root / "reports").iterdir()))
    replaced(root, f"reports/{folder.name}/report.toml", "place =", f'speaker = "王{chance.randint(1, 999)}"\nplace =')


def a_name(root: Path, chance: random.Random) -> None:
    folder = chance.choice(sorted((root / "reports").iterdir()))
    (folder / "names.toml").write_text('add = ["产业园"]\n' if chance.random() < 0.7 else "", encoding="utf-8")


def a_title(root: Path, chance: random.Random) -> None:
    (root / "site.toml").write_text(f'title = "各地报告{chance.randint(1, 999)}"\n', encoding="utf-8")


def a_template(root: Path, chance: random.Random) -> None:
    with (root / "templates" / "pages" / "notes.md.j2").open("a", encoding="utf-8") as out:
        out.write(f"\n又记 {chance.randint(1, 999)}。\n")


def a_new_report(root: Path, chance: random.Random) -> None:
    there = {path.name for path in (root / "reports").iterdir()}
    places = ("清水县", "白河市", "青山镇", "石门县")
    new = [(p, y) for p in places for y in (2023, 2024, 2025) if slug_of(p, y) not in there]
    add(root, *chance.choice(new))


def one_report_less(root: Path, chance: random.Random) -> None:
    shutil.rmtree(chance.choice(sorted((root / "reports").iterdir())))


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    a_sentence,
    a_fact,
    a_name,
    a_title,
    a_template,
    a_new_report,
    one_report_less,
)


def check(root: Path, tmp_path: Path, edits: Iterator[Callable[[Path, random.Random], None]], seed: int) -> None:
    """Make one edit after the other; after each, compare a build that takes over with one from nothing."""
    chance = random.Random(seed)
    kept = root / writer.WORK / STEPS
    composed(root, kept)
    for k, edit in enumerate(edits):
        edit(root, chance)
        now, scratch = composed(root, kept), composed(root, tmp_path / f"scratch-{k}")
        assert [name for name in now | scratch if now.get(name) != scratch.get(name)] == [], edit.__name__
        for name, data in now.items():
            if isinstance(data, bytes) and name.startswith("reports/"):
                (root / name).write_bytes(data)


def test_after_each_kind_of_edit_the_files_are_those_of_a_build_from_nothing(project: Path, tmp_path: Path) -> None:
    check(project, tmp_path, iter(EDITS), 1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_after_random_edits_the_files_are_those_of_a_build_from_nothing(
    project: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    check(project, tmp_path, iter(chance.choices(EDITS, k=6)), seed)


def test_two_processes_make_the_files_that_one_makes(project: Path, tmp_path: Path) -> None:
    one = composed(project, tmp_path / "one")
    assert composed(project, tmp_path / "two", jobs=2) == one
    assert composed(project, tmp_path / "two", jobs=2) == one


def kept_names(root: Path) -> dict[str, set[str]]:
    folder = root / writer.WORK / STEPS
    return {kind.name: {path.name for path in kind.iterdir()} for kind in folder.iterdir()}


def test_one_edit_reads_one_report_and_what_is_of_no_use_any_more_is_removed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = project / writer.WORK / STEPS
    composed(project, kept)
    before = kept_names(project)
    assert {kind: len(names) for kind, names in before.items()} == {
        "read": 6, "facts": 6, "compare": 2, "compose": 6, "search": 6, "index": 1,
    }  # fmt: skip
    read: list[str] = []
    usual = read_step.read_report
    monkeypatch.setattr(
        read_step, "read_report", lambda path, slug, *rest: read.append(slug) or usual(path, slug, *rest)
    )
    composed(project, kept)
    assert (read, kept_names(project)) == ([], before)
    replaced(project, "reports/qingshan-2026/source.txt", "青石湾大桥建成通车", "青石湾大桥全线建成通车")
    composed(project, kept)
    after = kept_names(project)
    assert read == ["qingshan-2026"]
    assert {kind: len(names - before[kind]) for kind, names in after.items()} == {
        "read": 1, "facts": 1, "compare": 0, "compose": 1, "search": 1, "index": 1,
    }  # fmt: skip
    assert all(len(names) == len(before[kind]) for kind, names in after.items())


def test_neighbour_of_the_same_place_is_composed_again_and_one_of_another_place_is_not(project: Path) -> None:
    kept = project / writer.WORK / STEPS
    composed(project, kept)
    before = kept_names(project)
    replaced(project, "reports/baihe-2025/source.txt", "青石湾大桥建成通车", "青石湾大桥全线建成通车")
    composed(project, kept)
    assert {kind: len(names - before[kind]) for kind, names in kept_names(project).items()} == {
        "read": 1, "facts": 1, "compare": 1, "compose": 2, "search": 1, "index": 1,
    }  # fmt: skip


def test_without_a_place_for_the_key_a_build_keeps_nothing_and_gives_the_same(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workreport.build import step_files

    usual = composed(project, tmp_path / "steps", pages_alone=True)
    monkeypatch.setattr(step_files, "own_key", lambda _: None)
    with step_files.step_files(project) as steps:
        assert steps.folder.parent != project / writer.WORK
        assert composed(project, steps.folder, pages_alone=True) == usual
    assert not steps.folder.exists()
    assert not (project / writer.WORK / STEPS).exists()
