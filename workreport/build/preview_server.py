"""Knows the web server of the preview: the plain files of one folder, for a browser on this machine alone.

It answers no other host name (a page of another site could make its own name lead here), follows no links, lists no
folders, and holds no more than a few connections. Leaves building, and when pages change, to `preview`.
"""

from __future__ import annotations

import os
import socket
import stat
import threading
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlsplit

from workreport.website.template_loader import html_part

RELOAD_SCRIPT, RELOAD_VERSION = "/-preview/reload.js", "/-preview/version"
"""Addresses of the preview alone: the script that reloads a page, and the version of the pages now. No slug begins with -."""
MOST_CONNECTIONS = 64
"""The most connections at once; a browser opens six. One more is closed without an answer."""
PATIENCE = 10
"""The most seconds that a connection may stay silent."""
_OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
"""The host names of this machine."""


class PreviewServer(ThreadingHTTPServer):
    """A web server on this machine of one folder. `version` names the state of its pages; `script` is the reload script."""

    daemon_threads = True
    request_queue_size = 2 * MOST_CONNECTIONS

    def __init__(self, port: int, site: Path, script: bytes, version: str) -> None:
        self.script, self.version = script, version
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(("127.0.0.1", port), partial(_Handler, directory=str(site)))

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Answer a connection in a thread of its own, or close it if there are too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Answer a connection, then count it no more."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: a browser that went away is no error of the preview."""
        del request, client_address


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder and the reload script, lets browsers cache nothing, and logs nothing."""

    server: PreviewServer
    timeout = PATIENCE

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        del format, args

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the headers of the answer and return its body, None if there is none to send.

        Each page gets the reload script. It is a file of this server, since the policy of a page forbids inline scripts.
        """
        if not _is_own_host(self.headers.get_all("Host", [])):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "Not a name of this machine")
            return None
        asked = self.path.partition("?")[0]
        if asked == RELOAD_SCRIPT:
            return self._send("text/javascript; charset=utf-8", self.server.script)
        if asked == RELOAD_VERSION:
            return self._send("text/plain; charset=utf-8", self.server.version.encode())
        parts = self._parts()
        found = _plain_path(Path(self.directory), parts) if parts is not None else None
        if found and found.is_dir():
            if not asked.endswith("/"):
                self._redirect("".join(f"/{quote(part)}" for part in parts or ()) + "/")
                return None
            found = _plain_path(found, ("index.html",))
        elif asked.endswith("/"):
            found = None
        try:
            data = found.read_bytes() if found and found.is_file() else None
        except OSError:
            data = None
        if found is None or data is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        kind = self.guess_type(str(found))
        if found.suffix == ".html":
            return self._send("text/html; charset=utf-8", self._with_reload_script(data))
        return self._send(f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, data)

    def _parts(self) -> tuple[str, ...] | None:
        """The names of the address that is asked for, None if it is none of a file: NUL, a backslash, a way out."""
        path = Path(self.translate_path(self.path))
        try:
            parts = path.relative_to(self.directory).parts
        except ValueError:
            return None
        return None if any("\0" in part or "\\" in part for part in parts) else parts

    def _redirect(self, address: str) -> None:
        """Lead to the address of a folder with a slash at its end; `address` begins with one slash."""
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _with_reload_script(self, page: bytes) -> bytes:
        """Return a page with the reload script at the end of its body."""
        tag = html_part("preview/reload", script=RELOAD_SCRIPT, asks=RELOAD_VERSION, version=self.server.version)
        before, end, after = page.rpartition(b"</body>")
        return before + tag.encode() + end + after

    def _send(self, kind: str, body: bytes) -> BytesIO:
        """Send the headers of an answer of the media type `kind`, and return its body."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


def _is_own_host(hosts: list[str]) -> bool:
    """Whether the request names this machine, once, as a browser does for the address that the preview tells.

    >>> [_is_own_host([host]) for host in ("localhost:8000", "127.0.0.1", "[::1]:80", "evil.example", "localhost.evil.example", "")]
    [True, True, True, False, False, False]
    """
    if len(hosts) != 1:
        return False
    try:
        parts = urlsplit(f"//{hosts[0]}")
        return parts.hostname in _OWN_NAMES and parts.netloc == hosts[0] and "@" not in hosts[0]
    except ValueError:
        return False


def _plain_path(folder: Path, parts: tuple[str, ...]) -> Path | None:
    """Return the plain file or folder below `folder`, None if there is none, or if a link leads there."""
    path = folder
    with suppress(OSError, ValueError):
        for part in parts:
            path = path / part
            mode = os.lstat(path).st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                return None
        return path
    return None
