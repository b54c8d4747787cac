"""The server of the preview answers plain files to browsers of this machine, and nothing else to nobody."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from workreport.build import preview_server
from workreport.build.preview_server import PreviewServer

pytestmark = pytest.mark.timeout(60)
SECRET = b"a secret outside the folder"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with pages, and beside it a file that is none of them."""
    (tmp_path / "secret.txt").write_bytes(SECRET)
    site = tmp_path / "site"
    (site / "a b" / "empty").mkdir(parents=True)
    (site / "index.html").write_text("<body>front</body>", encoding="utf-8")
    (site / "a b" / "index.html").write_text("<body>二</body>", encoding="utf-8")
    (site / "data.csv").write_text("一,2\n", encoding="utf-8")
    return site


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    """The port of a running server of the folder `site`."""
    with PreviewServer(0, site, b"// reload", "v1") as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, address: str | bytes, *headers: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Send one request, byte for byte, and return status, headers and body of the answer; status 0 for none."""
    lines = headers or (f"Host: 127.0.0.1:{port}",)
    path = address if isinstance(address, bytes) else address.encode()
    request = (
        method.encode() + b" " + path + b" HTTP/1.0\r\n" + "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    fields = dict(line.split(": ", 1) for line in rest if ": " in line)
    return int(first.split()[1]) if first else 0, fields, body


def test_pages_and_files_are_served_with_their_types(port: int) -> None:
    status, head, body = ask(port, "/")
    assert (status, head["Content-Type"], head["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert b"front<script src=" in body
    assert b"</script></body>" in body
    assert ask(port, "/index.html?a=1#b")[2] == body
    assert ask(port, "/a%20b/index.html")[2].startswith("<body>二".encode())
    status, head, body = ask(port, "/data.csv")
    assert (status, head["Content-Type"], body) == (200, "text/csv; charset=utf-8", "一,2\n".encode())
    assert ask(port, preview_server.RELOAD_SCRIPT)[2] == b"// reload"
    assert ask(port, preview_server.RELOAD_VERSION)[2] == b"v1"
    status, head, body = ask(port, "/data.csv", method="HEAD")
    assert (status, head["Content-Length"], body) == (200, "6", b"")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8000"])
def test_names_of_this_machine_are_answered(port: int, host: str) -> None:
    assert ask(port, "/", f"Host: {host}")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        ["Host: evil.example"], ["Host: localhost.evil.example"], ["Host: 127.0.0.1.nip.io:8000"], ["Host: "], ["X: y"],
        ["Host: evil@localhost"], ["Host: localhost", "Host: evil.example"], ["Host: [::1"], ["Host: 0.0.0.0"],
        ["Host: localhost/x"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/", preview_server.RELOAD_VERSION, "/data.csv"])
def test_any_other_host_name_is_refused(port: int, headers: list[str], address: str) -> None:
    status, _, body = ask(port, address, *headers)
    assert status == 421
    assert b"front" not in body


@pytest.mark.parametrize(
    "address",
    [
        "/%00", "/index.html%00", "/%00/index.html", "/a%0d%0ab", "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt",
        "/..%5csecret.txt", "/a b/../../secret.txt", "//../secret.txt", "/%2e%2e%2fsecret.txt", "/....//secret.txt",
        "/site/../../secret.txt", "/" + "a" * 5000, "/" + "a/" * 5000, "/%", "/%zz", "/%ff%fe", "/data.csv/", "/data.csv/index.html",
        "/~root", "/C:/x", "/con", "http://127.0.0.1/secret.txt", "/%E0%80%AE%E0%80%AE/secret.txt", "*", "/index.html/..%2f..%2fsecret.txt",
    ],
)  # fmt: skip
def test_strange_address_is_not_found_and_nothing_outside_is_read(port: int, address: str) -> None:
    status, _, body = ask(port, address)
    assert status in (400, 404), (status, body)
    assert SECRET not in body
    assert ask(port, "/")[0] == 200


def test_folder_is_never_listed(port: int) -> None:
    for address in ("/a%20b/empty/", "/a%20b/empty"):
        status, head, body = ask(port, address)
        assert status == (404 if address.endswith("/") else 301)
        assert b"<li>" not in body
    status, head, _ = ask(port, "/a%20b")
    assert (status, head["Location"]) == (301, "/a%20b/")


def test_redirect_never_leads_to_another_host(port: int, site: Path) -> None:
    (site / "evil.example" / "x").mkdir(parents=True)
    for address in ("//evil.example/x", "///evil.example/x", "/\\evil.example/x", "//evil.example/%2e%2e/evil.example"):
        status, head, _ = ask(port, address)
        assert status in (301, 404)
        assert head.get("Location", "/x").startswith("/")
        assert not head.get("Location", "/x").startswith(("//", "/\\"))


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
def test_links_and_pipes_are_not_found(port: int, site: Path) -> None:
    (site / "link.txt").symlink_to(site.parent / "secret.txt")
    (site / "inside.csv").symlink_to("data.csv")
    (site / "up").symlink_to(site.parent)
    (site / "a b" / "empty" / "index.html").symlink_to(site.parent / "secret.txt")
    os.mkfifo(site / "pipe.html")
    for address in ("/link.txt", "/inside.csv", "/up/secret.txt", "/up/", "/a%20b/empty/", "/pipe.html"):
        status, _, body = ask(port, address)
        assert (status, SECRET in body) == (404, False), address


def test_other_methods_are_refused(port: int) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        assert ask(port, "/", method=method)[0] == 501


def test_connections_over_the_limit_are_closed_and_silent_ones_are_given_up(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_server._Handler, "timeout", 3)
    with contextlib.ExitStack() as stack:
        for _ in range(preview_server.MOST_CONNECTIONS):
            silent = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            silent.sendall(b"GET / HTTP/1.0\r\nHo")
        give_up = time.monotonic() + 2
        while ask(port, "/")[0] != 0 and time.monotonic() < give_up:
            time.sleep(0.02)  # until the server has taken them all
        assert ask(port, "/")[0] == 0, "one more is closed without an answer"
        give_up = time.monotonic() + 30
        while ask(port, "/")[0] != 200 and time.monotonic() < give_up:
            time.sleep(0.1)
        assert ask(port, "/")[0] == 200
