"""Caches that are damaged or of an earlier version do not change the output: they are ignored, overwritten or removed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from workreport.build import compose_cache, outputs, plan
from workreport.project import caches, writer
from workreport.project.kept_files import KeptFiles
from workreport.project.own_key import own_key
from workreport.project.progress import no_progress
from workreport.website import template_cache
from workreport.website.template_cache import TemplateCache

REPORT = "政府工作报告\n(2025年1月9日在清水区第三届人民代表大会第五次会议上)\n清水区人民政府区长 李四\n各位代表：\n一、2024年工作回顾\n（一）工业稳中有进。青石湾大桥建成，青石湾大桥全长三公里。\n二、2025年工作安排\n办好实事。\n"
TEXT_CACHES = ("readings.json", "sounds.json", "forms.json")


def built(project: Path) -> dict[str, bytes]:
    """Build the pages and return the files of `docs/` and `site/`, bytes by path."""
    order = plan.BuildOrder(project, only_site=True)
    outputs.build(order, no_progress, lambda _: None)
    folders = (project / "docs", project / "site")
    return {p.relative_to(project).as_posix(): p.read_bytes() for f in folders for p in f.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A project that was built once, and the files that the build gave."""
    project = tmp_path_factory.mktemp("clean")
    source = project / "reports" / "qingshui-2025" / "source.txt"
    source.parent.mkdir(parents=True)
    source.write_text(REPORT, encoding="utf-8")
    return project, built(project)


@pytest.mark.long
def test_caches_of_an_earlier_version_are_ignored_overwritten_or_removed(
    tmp_path: Path, clean: tuple[Path, dict[str, bytes]]
) -> None:
    project = tmp_path / "p"
    shutil.copytree(clean[0], project)
    work = project / writer.WORK
    # As version 0.1.0 wrote them: a page cache and a folder of compiled templates under their former names …
    kept = KeptFiles(work, own_key(os.environ))
    earlier = json.loads(kept.get(caches.COMPOSED) or b"")
    earlier["into_site"] = {"index.html": "of an earlier version"}
    (work / "kept.json").write_text(json.dumps(earlier), encoding="utf-8")
    code = b"not the code of any template"
    (work / "templates").mkdir()
    (work / "templates" / f"{'0' * 64}.code").write_bytes(hashlib.sha256(code).digest() + code)
    # … and caches under names that are still in use, with the key of other code.
    earlier["key"], earlier["site_files"] = "0" * 64, earlier["into_site"]
    kept.put(caches.COMPOSED, json.dumps(earlier).encode())
    for name in TEXT_CACHES:
        answers = dict.fromkeys(json.loads((work / name).read_text(encoding="utf-8")), "x")
        (work / name).write_text(json.dumps({**answers, "": "0" * 64}), encoding="utf-8")
    (work / "state").write_text("0" * 64, encoding="ascii")
    (work / "vocabulary").write_text("0" * 64, encoding="utf-8")
    assert built(project) == clean[1]
    assert not (work / "kept.json").exists()
    assert not (work / "templates").exists()
    for name in TEXT_CACHES:
        assert (work / name).read_bytes() == (clean[0] / writer.WORK / name).read_bytes()


@pytest.mark.long
def test_build_with_damaged_caches_gives_the_same_files(tmp_path: Path, clean: tuple[Path, dict[str, bytes]]) -> None:
    project = tmp_path / "p"
    shutil.copytree(clean[0], project)
    damaged = [p for p in (project / writer.WORK).rglob("*") if p.is_file() and p.name != "lock"]
    assert {p.parent.name for p in damaged} >= {caches.TEMPLATES}
    for path in damaged:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] + b"\0")
    assert built(project) == clean[1]


def test_scripts_in_a_cache_that_came_with_a_project_are_not_put_into_the_site(
    tmp_path: Path, clean: tuple[Path, dict[str, bytes]]
) -> None:
    project = tmp_path / "p"
    shutil.copytree(clean[0], project)
    # A build from another folder has other digests: keep its own first.
    built(project)
    order = plan.BuildOrder(project, only_site=True)
    work, inputs = project / writer.WORK, compose_cache.load(project, order)
    assert inputs is not None
    row = json.loads(KeptFiles(work, own_key(os.environ)).get(caches.COMPOSED) or b"")
    row["site_files"]["assets/search-index.js"] = "foreign()"
    KeptFiles(work, b"f" * 32).put(caches.COMPOSED, json.dumps(row).encode())
    assert compose_cache.load(project, order) is None
    KeptFiles(work, own_key(os.environ)).put(caches.COMPOSED, json.dumps(row).encode())
    assert compose_cache.load(project, order) is not None, "only the key made the difference"


def rendered(folder: Path, source: str) -> str:
    """Render a template (its text is `source`), with the cache of compiled templates in `folder`."""
    loader = DictLoader({"page": source})
    return (
        Environment(loader=loader, bytecode_cache=TemplateCache(folder), autoescape=True).get_template("page").render()
    )


def test_changed_template_is_compiled_again_and_replaces_its_cached_code(tmp_path: Path) -> None:
    assert [rendered(tmp_path, source) for source in ("{{ 1 }}", "{{ 2 }}", "{{ 1 }}")] == ["1", "2", "1"]
    assert len(list(tmp_path.iterdir())) == 1


def test_cached_template_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path, "{{ 1 }}")
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered(tmp_path, "{{ 1 }}") == "1"


def test_template_cached_by_another_jinja_version_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path, "{{ 1 }}")
    monkeypatch.setattr(template_cache, "version", lambda _: "4.0")
    rendered(tmp_path, "{{ 1 }}")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("length", [0, 1, 31, 32, 40, 60, -1])
def test_damaged_cached_template_is_compiled_and_cached_again(tmp_path: Path, length: int) -> None:
    rendered(tmp_path, "{{ 1 }}")
    (stored,) = tmp_path.iterdir()
    whole = stored.read_bytes()
    stored.write_bytes(whole[:length])
    assert rendered(tmp_path, "{{ 1 }}") == "1"
    assert stored.read_bytes() == whole
