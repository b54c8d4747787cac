"""Runs a real nginx or Caddy with our configuration, for a whole host or under a subpath, and reads its answers."""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT

PUBLISHING = ROOT / "templates" / "publish"
NGINX = PUBLISHING / "nginx.conf"
NGINX_REPORT = PUBLISHING / "nginx-report.conf"
CADDY = PUBLISHING / "Caddyfile"
"""Our configurations of servers, which are tested and which the READMEs quote."""
SUBPATH = "gzbg"
"""The subpath that our configurations give as example. The served folder has the same name, in the root of the server."""
_FRAME = """\
daemon off;
master_process off;
pid {prefix}/nginx.pid;
error_log stderr;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {prefix}/body;
    proxy_temp_path {prefix}/proxy;
    fastcgi_temp_path {prefix}/fastcgi;
    uwsgi_temp_path {prefix}/uwsgi;
    scgi_temp_path {prefix}/scgi;
    include conf.d/report.conf;
{other}
}}
"""
"""The configuration around ours, for an nginx that the present user can run; `other`: a server that was there before."""
_OTHER_SERVER = """\
    server {{
        listen 127.0.0.1:{port};
        root {root};
        {line}
    }}
"""

Served = Callable[[Path, Path], AbstractContextManager[str]]
"""Serves a folder (the first path) with files of its own in a new folder (the second), and yields the address."""


def _free_port() -> int:
    """Return a free port below those that systems assign by themselves, so that no other program gets it meanwhile."""
    for port in random.sample(range(20_000, 30_000), 100):
        with closing(socket.socket()) as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
    pytest.fail("no free port")


def _answers(port: int) -> bool:
    """Whether a server listens on this port."""
    with closing(socket.socket()) as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    """Run a server until the block ends, which begins when the server answers."""
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    try:
        give_up = time.monotonic() + 60
        while not _answers(port):
            assert server.poll() is None
            assert time.monotonic() < give_up, f"{command[0]} does not answer"
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _changed(text: str, *changes: tuple[str, str]) -> str:
    """Return a configuration with the lines that are the publisher's own changed; each stands there once."""
    for ours, own in changes:
        assert text.count(ours) == 1, ours
        text = text.replace(ours, own)
    return text


@contextmanager
def _nginx(www: Path, prefix: Path, *, under: bool) -> Iterator[str]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("nginx is not installed; on Debian: apt install nginx-light")
    port, text, other = _free_port(), NGINX.read_text(encoding="utf-8"), ""
    if under:
        text, _, _ = text.partition("server {")
        (line,) = re.findall(r"^#\s+(location /gzbg/ .*)$", text, re.MULTILINE)
        assert www.name == SUBPATH
        other = _OTHER_SERVER.format(port=port, root=www.parent, line=line)
    else:
        text = _changed(
            text, ("listen 80;", f"listen 127.0.0.1:{port};"), ("root /srv/www/report;", f"root {www};")
        )  # fmt: skip
    (prefix / "conf.d").mkdir(parents=True)
    (prefix / "conf.d" / "report.conf").write_text(text, encoding="utf-8")
    shutil.copy(NGINX_REPORT, prefix)
    (prefix / "nginx.conf").write_text(_FRAME.format(prefix=prefix, other=other), encoding="utf-8")
    types = next(
        p for p in (Path("/etc/nginx/mime.types"), Path(program).parent.parent / "conf/mime.types") if p.is_file()
    )
    shutil.copy(types, prefix / "mime.types")
    command = [program, "-p", str(prefix), "-c", str(prefix / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    with _running(command, port, dict(os.environ)):
        yield f"http://127.0.0.1:{port}/{f'{SUBPATH}/' if under else ''}"


@contextmanager
def _caddy(www: Path, prefix: Path, *, under: bool) -> Iterator[str]:
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("caddy is not installed; on Debian: apt install caddy")
    port = _free_port()
    text = _changed(
        CADDY.read_text(encoding="utf-8"),
        ("root * /srv/www/report ", f"root * {www} "),
        (":80 {", f"http://127.0.0.1:{port} {{\n\tbind 127.0.0.1"),
    )
    if under:
        text = _changed(text, ("handle_path /* {", f"handle_path /{SUBPATH}/* {{"))
    prefix.mkdir(parents=True)
    (prefix / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + text, encoding="utf-8")
    home = {name: str(prefix) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    command = [program, "run", "--config", str(prefix / "Caddyfile"), "--adapter", "caddyfile"]
    with _running(command, port, {**os.environ, **home}):
        yield f"http://127.0.0.1:{port}/{f'{SUBPATH}/' if under else ''}"


def nginx_on(www: Path, prefix: Path) -> AbstractContextManager[str]:
    """Serve `www` by an nginx that our configuration makes a host of its own; skip the test without nginx."""
    return _nginx(www, prefix, under=False)


def nginx_under(www: Path, prefix: Path) -> AbstractContextManager[str]:
    """Serve `www` under a subpath of an nginx of somebody else's, by our one line; skip the test without nginx."""
    return _nginx(www, prefix, under=True)


def caddy_on(www: Path, prefix: Path) -> AbstractContextManager[str]:
    """Serve `www` by a Caddy that our configuration makes a host of its own; skip the test without Caddy."""
    return _caddy(www, prefix, under=False)


def caddy_under(www: Path, prefix: Path) -> AbstractContextManager[str]:
    """Serve `www` under a subpath of a Caddy; skip the test without Caddy."""
    return _caddy(www, prefix, under=True)


def get(base: str, path: str, **headers: str) -> tuple[int, Message, bytes]:
    """Return status, headers and body of a response; redirects are not followed and nothing is decompressed."""
    where = urlsplit(base)
    with closing(http.client.HTTPConnection(where.netloc, timeout=20)) as connection:
        connection.request(
            "GET", f"{where.path}{path}", headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
