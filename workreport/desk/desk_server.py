"""Knows how the desk is served: on this machine alone, with the address told and opened in a browser.

Leaves the pages to `desk_app`.
"""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

from waitress.server import create_server

from workreport.build.preview import port_error
from workreport.desk.access import Access
from workreport.desk.desk_app import LARGEST_REQUEST, make_app
from workreport.desk.desk_state import Desk, is_project

_THREADS = 6
"""The most requests that are answered at once."""


def serve_desk(
    folder: Path | None,
    here: Path,
    port: int,
    say: Callable[[str], None],
    *,
    open_browser: bool = True,
    stop: threading.Event | None = None,
) -> int:
    """Serve the desk at 127.0.0.1:`port` until Ctrl+C, or until `stop` is set. Return 0.

    `folder` is the project to open; None for `here` if that is one. `port` 0 chooses a free port; `say` gets the address.
    Raises `PortError` if the port cannot be used.
    """
    desk = Desk(here)
    chosen = folder or here
    if is_project(chosen):
        desk.open(chosen)
    elif folder:
        desk.here = folder if folder.is_dir() else folder.parent
    access = Access(0)
    try:
        server = create_server(
            make_app(desk, access), host="127.0.0.1", port=port, threads=_THREADS, ident=None,
            max_request_body_size=LARGEST_REQUEST, clear_untrusted_proxy_headers=True,
        )  # fmt: skip
    except (OSError, OverflowError) as error:
        raise port_error(port, error) from error
    access.port = int(server.effective_port)
    say(f"编辑台：{access.address}")
    say("这个地址只在这台电脑上、只用一次有效。用完按 Ctrl-C 结束。")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    if open_browser:
        webbrowser.open(access.address)
    try:
        (stop or threading.Event()).wait()
    except KeyboardInterrupt:
        say("编辑台已结束。")
    finally:
        server.close()
        desk.close()
    return 0
