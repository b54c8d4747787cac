"""Publishing shows what will change first, and does that and nothing else."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.desk.desk_client import DeskClient, fields, project_with_report

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> DeskClient:
    """A desk with one report, its site built and checked. The tests run in their order: each goes on from the one before."""
    client = project_with_report(tmp_path_factory.mktemp("desk") / "p")
    assert client.finished(client.post("/publish/build")) == "/publish?notice=built"
    return client


@pytest.fixture(scope="module")
def served(desk: DeskClient) -> Path:
    """The folder to publish to."""
    return desk.desk.here.parent / "served"


def planned(desk: DeskClient, served: Path) -> dict[str, str]:
    """Compare with what is published, and return the form with the button that publishes."""
    assert desk.finished(desk.post("/publish/compare", to=str(served))) == "/publish/changes"
    page = desk.page("/publish/changes")
    return {**dict.fromkeys(("to", "digest", "newest"), ""), **fields(page)}


def edit_source(desk: DeskClient, old: str, new: str) -> None:
    file = desk.desk.folder("qinghe-2024") / "source.txt"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_first_version_is_published_after_the_page_of_changes(desk: DeskClient, served: Path) -> None:
    page = desk.page("/publish")
    assert "核对无误" in page
    form = planned(desk, served)
    assert "这是第一版" in desk.page("/publish/changes")
    assert not served.exists()
    assert desk.finished(desk.post("/publish/now", **form)) == "/publish/done?notice=published"
    assert "首次发布" in desk.page("/publish/done")
    assert (served / "index.html").is_file()
    assert f'value="{served}"' in desk.page("/publish")


def test_zip_to_hand_over_is_the_file_of_the_archive(desk: DeskClient, served: Path) -> None:
    number = re.search(r'href="/publish/file/(\d+)">[^<]*offline\.zip', desk.page("/publish"))
    assert number
    answer = desk.get(f"/publish/file/{number[1]}")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert any(name.endswith("index.html") for name in zipfile.ZipFile(BytesIO(answer.data)).namelist())
    assert desk.get("/publish/file/999").status_code == 303


def test_changed_sentence_is_shown_with_what_it_was_before_the_button(desk: DeskClient, served: Path) -> None:
    edit_source(desk, "新增规上企业12家", "新增规上企业15家")
    form = planned(desk, served)
    page = desk.page("/publish/changes")
    assert "<del>12</del><ins>15</ins>" in page
    assert "改 1 句" in page
    assert desk.finished(desk.post("/publish/now", **form)) == "/publish/done?notice=published"
    planned(desk, served)
    assert "没有变化" in desk.page("/publish/changes")


def test_what_changed_after_the_page_was_shown_is_not_published(desk: DeskClient, served: Path) -> None:
    edit_source(desk, "就业3500人", "就业3600人")
    form = planned(desk, served)
    edit_source(desk, "就业3600人", "就业9999人")
    before = {path.name for path in (served / "v").iterdir()}
    answer = desk.post("/publish/now", **form)
    task = desk.desk.tasks.newest
    assert answer.status_code == 303
    assert task is not None
    assert task.thread is not None
    task.thread.join(300)
    assert "又变了，没有发布" in task.error
    assert {path.name for path in (served / "v").iterdir()} == before
    assert "9999" in desk.page("/publish/changes")


@pytest.mark.parametrize("to", ["", "\0", "site", "."])
def test_unsuitable_folder_is_refused(desk: DeskClient, to: str) -> None:
    answer = desk.post("/publish/compare", to=to)
    if answer.status_code == 303:
        task = desk.desk.tasks.newest
        assert task is not None
        assert task.thread is not None
        task.thread.join(300)
        assert "另选一个文件夹" in task.error
    else:
        assert answer.status_code == 400
        assert "没有写发布到哪个文件夹" in answer.text


def test_folder_with_files_of_ones_own_is_refused_and_left_as_it_is(desk: DeskClient, tmp_path: Path) -> None:
    (tmp_path / "报告初稿.docx").write_bytes(b"mine")
    answer = desk.post("/publish/compare", to=str(tmp_path))
    assert answer.status_code == 400
    assert "里已经有别的文件（报告初稿.docx 等 1 个）" in answer.text
    assert [path.name for path in tmp_path.iterdir()] == ["报告初稿.docx"]
