"""Knows the live preview: serves `site/` on this machine and rebuilds when a report, template or word list changes.

A failed build is reported and the last good site stays. Leaves building to `outputs`.
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
from workreport.project.progress import no_progress

PAUSE = 0.5
"""Seconds between two checks for changed files."""


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        del format, args


def _watched(root: Path) -> str:
    """The digest of all files that a rebuild depends on, except `ids.toml`: the build itself writes it."""
    own = [root / name for name in ("site.toml", "mkdocs.yml", "reports", "templates", "vocabulary")]
    places = [*own, paths.templates_of(root), paths.vocabulary_of(root)]
    files = (Path(name) for place in places for name in digests.files(str(place)))
    return digests.digest(path for path in files if path.name != "ids.toml")[0]


def _build(root: Path, say: Callable[[str], None]) -> None:
    order = plan.BuildOrder(root, None, only_site=True, fallback_date=plan.fallback_date(os.environ))
    try:
        made = outputs.build(order, no_progress, say)
        say(f"已重做：{made.pages} 页")
    except ImportError:
        raise  # no change of a report can fix a missing library
    except Exception as error:  # noqa: BLE001 - the preview goes on after any failed build
        say(f"没有重做，页面仍是上一次的：{error}")


def serve(root: Path, port: int, say: Callable[[str], None], stop: threading.Event | None = None) -> int:
    """Build and serve `root/site` at 127.0.0.1:`port` until Ctrl-C (or until `stop` is set). Returns the exit code."""
    last = _watched(root)
    _build(root, say)
    stop = stop or threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(root / "site"))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        say(f"预览：http://127.0.0.1:{server.server_address[1]}/ （按 Ctrl-C 结束）")
        try:
            while not stop.wait(PAUSE):
                now = _watched(root)
                if now != last:
                    last = now  # read before the build, so that a change during it triggers the next
                    _build(root, say)
        except KeyboardInterrupt:
            say("预览已结束。")
        finally:
            server.shutdown()
    return 0
