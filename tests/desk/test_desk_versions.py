"""All published versions are listed on the desk, and an earlier one is published again after its changes were shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.desk.desk_client import DeskClient, fields
from tests.publish.small_site import SENTENCES, changed, make_site
from workreport import publish
from workreport.build.new_project import make_project

FIRST = "2024-02-21.1"


@pytest.fixture
def desk(tmp_path: Path) -> DeskClient:
    """A desk whose project was published twice."""
    make_project(tmp_path / "p", lambda _: None)
    for day, sentences in ((1, SENTENCES), (2, changed(SENTENCES, 1, "s00000002", "全年新增企业31家，增长5.1%。"))):
        make_site(tmp_path / "p", sentences)
        publish.publish(tmp_path / "p", tmp_path / "www", lambda _: None, day=date(2024, 3, day))
    client = DeskClient(tmp_path)
    client.desk.open(tmp_path / "p")
    client.desk.remember_folder(tmp_path / "www")
    return client


def test_versions_are_listed_with_what_each_changed(desk: DeskClient) -> None:
    page = desk.page("/publish/versions")
    assert page.index("2024-02-21.2") < page.index(FIRST)
    assert "首次发布" in page
    assert "改 1 句" in page
    assert page.count('action="/publish/back"') == 1


def test_going_back_is_shown_sentence_by_sentence_and_then_published(desk: DeskClient, tmp_path: Path) -> None:
    form = {"to": str(tmp_path / "www"), "version": FIRST}
    assert desk.finished(desk.post("/publish/back", **form)) == "/publish/changes"
    page = desk.page("/publish/changes")
    assert f"退回到 {FIRST} 版：会改什么" in page
    assert "<del>31</del><ins>30</ins>" in page or ("<del>1</del>" in page and "<ins>0</ins>" in page)
    text = tmp_path / "www" / "town-2024" / "text" / "index.html"
    assert "31家" in text.read_text(encoding="utf-8")
    site = (tmp_path / "p" / "site" / "town-2024" / "text" / "index.html").read_bytes()
    assert desk.finished(desk.post("/publish/now", **fields(page, "/publish/now"))).startswith("/publish/done")
    assert "30家" in text.read_text(encoding="utf-8")
    assert (tmp_path / "www" / "v" / "2024-02-21.3" / "index.html").is_file()
    assert (tmp_path / "p" / "site" / "town-2024" / "text" / "index.html").read_bytes() == site


def test_version_that_is_not_there_is_told(desk: DeskClient, tmp_path: Path) -> None:
    desk.post("/publish/back", to=str(tmp_path / "www"), version="../..")
    task = desk.desk.tasks.newest
    assert task is not None
    assert task.thread is not None
    task.thread.join(60)
    assert "还在的有：2024-02-21.2、2024-02-21.1" in task.error


@pytest.mark.parametrize("to", ["", "no/such/folder", "/dev/null", "a\0b"])
def test_folder_without_versions_has_none(desk: DeskClient, tmp_path: Path, to: str) -> None:
    desk.desk.remember_folder(tmp_path / "other")
    page = desk.client.get("/publish/versions", base_url="http://127.0.0.1:8123", query_string={"to": to}).text
    assert "还没有发布过。" in page
