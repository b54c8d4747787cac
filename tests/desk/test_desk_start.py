"""A project is made by six questions, reports are read in, and a name that comes with a file is never a path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.desk.desk_client import REPORT, DeskClient, project_with_report
from workreport import archive
from workreport.desk.start_pages import QUESTIONS
from workreport.project import settings
from workreport.project.settings import Settings


def all_files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def read(folder: Path) -> Settings:
    return settings.site(folder / "site.toml", archive.form_ids())


def test_answers_are_written_where_site_toml_shows_their_keys(tmp_path: Path) -> None:
    client = DeskClient(tmp_path)
    page = client.page("/")
    assert [label for q in QUESTIONS if (label := q.label) in page] == [q.label for q in QUESTIONS]
    answer = client.post(
        "/project/new",
        folder="新项目",
        title="青禾县政府工作报告",
        publisher="县政府办",
        **{"footer.icp": "浙ICP备1号"},
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?notice=made")
    made = read(tmp_path / "新项目")
    assert (made.title, made.publisher, made.footer.icp) == ("青禾县政府工作报告", "县政府办", "浙ICP备1号")
    text = (tmp_path / "新项目" / "site.toml").read_text(encoding="utf-8")
    assert '\ntitle = "青禾县政府工作报告"\n' in text
    assert "# title" not in text
    assert text.index("[footer]") < text.index('icp = "浙ICP备1号"') < text.index("[labels]")
    assert "# contact = " in text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"folder": ""}, "请写上项目的文件夹"),
        ({"folder": "a\0b"}, "请写上项目的文件夹"),
        ({"folder": "p", "address": "javascript:alert(1)"}, "address"),
        ({"folder": "p", "title": "<script>alert(1)</script>", "address": "x"}, "&lt;script&gt;alert(1)"),
        ({"folder": "file"}, "是文件，不是文件夹"),
    ],
)
def test_answers_that_the_program_does_not_accept_are_told_and_nothing_is_made(
    tmp_path: Path, given: dict[str, str], told: str
) -> None:
    (tmp_path / "file").touch()
    client = DeskClient(tmp_path)
    answer = client.post("/project/new", **given)
    assert answer.status_code == 200
    assert told in answer.text
    assert 'role="alert"' in answer.text
    assert "<script>alert" not in answer.text
    assert all_files(tmp_path) == {"file"}


def test_folder_that_is_no_project_is_not_opened_and_one_that_is_no_second_time_made(tmp_path: Path) -> None:
    client = DeskClient(tmp_path)
    assert "没有项目" in client.post("/project/open", folder=str(tmp_path)).text
    assert client.desk.root is None
    assert client.post("/project/new", folder="p").status_code == 303
    client.post("/project/leave")
    assert "已经有一个项目" in client.post("/project/new", folder="p").text


def test_report_is_read_in_and_what_was_read_is_told(tmp_path: Path) -> None:
    client = project_with_report(tmp_path / "p")
    source = tmp_path / "p" / "reports" / "qinghe-2024" / "source.txt"
    assert source.read_text(encoding="utf-8") == REPORT
    page = client.page("/report/qinghe-2024?notice=added")
    counts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    assert (counts["带序号的章节"], counts["字数"]) == ("6", str(len(REPORT)))
    assert int(counts["指标"]) >= 8
    assert "请先看这些地方" in page
    assert "已读入报告" in page
    assert "项事实由程序推测" in client.page("/")


def test_reading_in_is_undone_by_moving_the_folder_away(tmp_path: Path) -> None:
    client = project_with_report(tmp_path / "p")
    number = client.last_step()
    assert client.post("/undo", step=str(number)).headers["Location"] == "/?notice=undone"
    assert client.desk.slugs() == ()
    kept = tmp_path / "p" / ".workreport" / "removed" / "qinghe-2024-1"
    assert (kept / "source.txt").read_text(encoding="utf-8") == REPORT
    assert client.post("/undo", step=str(number)).status_code == 400


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.txt",
        "..\\..\\evil.txt",
        "/etc/passwd.txt",
        "C:\\a\\b.txt",
        "a\nb.txt",
        ".txt",
        "con.txt",
        "报告" * 200 + ".txt",
    ],
)
def test_name_of_a_file_is_never_a_path(tmp_path: Path, name: str) -> None:
    text = REPORT.replace("青禾县", "").replace("2024年1月10日在", "")  # no place: the slug comes from the file's name
    client = DeskClient(tmp_path)
    client.post("/project/new", folder="p")
    before = all_files(tmp_path)
    answer = client.add(name, text.encode())
    if answer.status_code == 303:
        slug = client.finished(answer).split("/")[2].split("?")[0]
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
        new = {path for path in all_files(tmp_path) - before if not path.startswith("p/.workreport/")}
        assert new
        assert all(path.startswith(f"p/reports/{slug}/") for path in new)
    else:
        assert answer.status_code == 400
        assert all_files(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "data"), [("a.exe", b"MZ"), ("a.txt", b""), ("a.docx", b"PK\x03\x04 no zip"), ("a", b"x")]
)
def test_file_that_cannot_be_read_is_told_and_nothing_is_left(tmp_path: Path, name: str, data: bytes) -> None:
    client = DeskClient(tmp_path)
    client.post("/project/new", folder="p")
    answer = client.add(name, data)
    if answer.status_code == 303:
        task = client.desk.tasks.newest
        assert task is not None
        assert task.thread is not None
        task.thread.join(timeout=60)
        assert task.error
        assert "程序出了错" not in task.error
        assert task.error.split("\n")[0][:20] in client.page(f"/task/{task.number}")
    assert not list((tmp_path / "p" / "reports").glob("[a-z]*"))


@pytest.mark.parametrize("slug", ["..", "%2e%2e", "..%2f..", "no-such", "qinghe-2024%00", "QINGHE-2024"])
def test_slug_of_no_report_leads_to_no_file(tmp_path: Path, slug: str) -> None:
    client = project_with_report(tmp_path / "p")
    for address in (f"/report/{slug}", f"/report/{slug}/facts"):
        assert client.get(address).status_code in (400, 404)
    assert client.post(f"/report/{slug}/facts/save").status_code in (400, 404)


def test_report_full_of_markup_is_shown_as_words(tmp_path: Path) -> None:
    client = DeskClient(tmp_path)
    client.post("/project/new", folder="p")
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    text = REPORT.replace("县长 王小明", f"县长 王小明\n{hostile}")
    onward = client.finished(client.add("a.txt", text.encode()))
    for address in (onward, "/report/qinghe-2024/facts", "/"):
        page = client.page(address)
        assert "<script>alert" not in page
        assert "<img" not in page
    assert "{{ 7*7 }}" in client.page("/report/qinghe-2024/facts")
