"""Knows the live preview: serves `site/` on this machine and builds anew when a report, template or word list changes.

Leaves building to `pipeline`. A build that fails is told and the last good site stays.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from workreport.build import outputs, plan
from workreport.project import digests, paths

PAUSE = 0.5
"""Seconds between two looks at the files."""


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        del format, args


def _watched(root: Path) -> str:
    """What a change shows in. The ledger of ids is left out: the build itself keeps it."""
    own = [root / name for name in ("site.toml", "mkdocs.yml", "reports", "templates", "vocabulary")]
    places = [*own, paths.templates_of(root), paths.vocabulary_of(root)]
    files = (Path(name) for place in places for name in digests.files(str(place)))
    return digests.digest(path for path in files if path.name != "ids.toml")[0]


def _build(root: Path, say: Callable[[str], None]) -> None:
    order = plan.Order(root, None, only_site=True, stand_in=plan.stand_in(os.environ))
    try:
        made = outputs.build(order, outputs.untold, say)
        say(f"已重做：{made.pages} 页")
    except ImportError:
        raise  # no later change of a report mends that
    except Exception as error:  # noqa: BLE001 - a preview goes on after any failed build
        say(f"没有重做，页面仍是上一次的：{error}")


def serve(root: Path, port: int, say: Callable[[str], None], stop: threading.Event | None = None) -> int:
    """Serve until interrupted (or until `stop` is set). Returns the exit code."""
    seen = _watched(root)
    _build(root, say)
    stop = stop or threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(root / "site"))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        say(f"预览：http://127.0.0.1:{server.server_address[1]}/ （按 Ctrl-C 结束）")
        try:
            while not stop.wait(PAUSE):
                now = _watched(root)
                if now != seen:
                    seen = now  # taken before the build: what changes during it is built next
                    _build(root, say)
        except KeyboardInterrupt:
            say("预览已结束。")
        finally:
            server.shutdown()
    return 0
