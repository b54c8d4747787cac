"""The desk answers the browser that has its secret, from its own pages and under its own address, and nobody else."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from tests.desk.desk_client import ORIGIN, PORT, DeskClient
from workreport.build.new_project import make_project
from workreport.desk.access import headers
from workreport.desk.desk_app import ADDRESSES
from workreport.ingest.formats import format_table

FILLED = [(re.sub(r"<int:\w+>", "1", re.sub(r"<\w+>", "a", row.rule)), row.changes) for row in ADDRESSES]
CHANGING = [address for address, changes in FILLED if changes]
SHOWING = [address for address, changes in FILLED if not changes]


@pytest.fixture
def desk(tmp_path: Path) -> DeskClient:
    """A desk with an empty project open, and a browser that was let in."""
    make_project(tmp_path / "project", lambda _: None)
    client = DeskClient(tmp_path)
    client.desk.open(tmp_path / "project")
    return client


def test_secret_is_exchanged_once_for_a_cookie_that_scripts_and_other_sites_cannot_use(tmp_path: Path) -> None:
    first = DeskClient(tmp_path, enter=False)
    assert first.get("/").status_code == 403
    assert first.get("/enter/guess").status_code == 403
    answer = first.get(f"/enter/{first.access.secret}")
    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 303
    assert f"workreport-desk-{PORT}=" in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert first.access.secret not in cookie
    assert first.get("/").status_code == 200
    second = first.app.test_client()
    assert second.get(f"/enter/{first.access.secret}", base_url=ORIGIN).status_code == 403
    assert second.get("/", base_url=ORIGIN).status_code == 403


@pytest.mark.parametrize("address", [*SHOWING, "/desk.css", "/desk.js"])
def test_no_page_is_shown_without_the_cookie(desk: DeskClient, address: str) -> None:
    other = desk.app.test_client()
    answer = other.get(address, base_url=ORIGIN)
    assert answer.status_code == 403
    assert str(desk.desk.root) not in answer.text


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "localhost:8123", "127.0.0.1", f"127.0.0.1:{PORT + 1}", f"0.0.0.0:{PORT}"],
)
def test_other_host_name_is_refused_even_with_the_cookie(desk: DeskClient, host: str) -> None:
    cookie = {"Cookie": f"{desk.access.cookie}={desk.access.key}"}
    stranger = desk.app.test_client(use_cookies=False)
    assert stranger.get("/", base_url=ORIGIN, headers=cookie).status_code == 200
    answer = stranger.get("/", base_url=ORIGIN, headers={**cookie, "Host": host})
    assert answer.status_code == 421
    assert str(desk.desk.root) not in answer.text


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://127.0.0.1:81", f"http://localhost:{PORT}"]
)
@pytest.mark.parametrize("address", CHANGING)
def test_form_of_another_origin_changes_nothing(desk: DeskClient, address: str, origin: str | None) -> None:
    assert desk.post(address, origin).status_code == 403
    assert desk.desk.tasks.newest is None
    assert desk.desk.root is not None


@pytest.mark.parametrize("address", CHANGING)
def test_address_that_changes_something_cannot_be_opened_by_a_link(desk: DeskClient, address: str) -> None:
    assert desk.get(address).status_code == 405


def test_form_of_a_tab_with_another_project_changes_nothing(desk: DeskClient, tmp_path: Path) -> None:
    before = desk.desk.project
    make_project(tmp_path / "other", lambda _: None)
    assert desk.post("/project/open", folder=str(tmp_path / "other")).status_code == 303
    answer = desk.post("/add", project=before, file=(io.BytesIO("一、".encode()), "a.txt"))
    assert answer.status_code == 409
    assert "另一个项目" in answer.text


@pytest.mark.parametrize("address", ["/", "/desk.css", "/no/such/page", "/enter/guess"])
def test_every_answer_forbids_frames_scripts_of_others_and_copies(desk: DeskClient, address: str) -> None:
    answer = desk.get(address)
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"} <= set(policy)
    assert not any("unsafe" in part or "*" in part or "http" in part for part in policy)
    for name, value in headers(()).items():
        assert answer.headers[name] == value


def test_page_of_the_desk_asks_nothing_of_elsewhere_and_has_no_inline_script(desk: DeskClient) -> None:
    page = desk.page("/")
    assert "http:" not in page
    assert "https:" not in page.replace("https://www.example.gov.cn", "")
    assert page.count("<script") == page.count('<script src="/desk.js" defer></script>') == 1
    assert "style=" not in page


def test_upload_beyond_the_largest_report_is_refused(desk: DeskClient) -> None:
    answer = desk.add("a.txt", b"a" * (format_table.LARGEST + (2 << 20)))
    assert answer.status_code == 413
    assert "文件太大" in answer.text
    assert desk.desk.tasks.newest is None


def test_form_with_a_huge_field_or_very_many_is_refused(desk: DeskClient) -> None:
    huge = desk.client.post("/undo", base_url=ORIGIN, headers={"Origin": ORIGIN}, content_type="multipart/form-data",
                            data={"step": "a" * (2 << 20)})  # fmt: skip
    many = desk.client.post("/undo", base_url=ORIGIN, headers={"Origin": ORIGIN}, content_type="multipart/form-data",
                            data={f"k{n}": "" for n in range(300)})  # fmt: skip
    assert (huge.status_code, many.status_code) == (413, 413)
