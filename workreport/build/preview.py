"""Knows the live preview: serves pages on this machine, rebuilds them after a change of the input files, reloads browsers.

The pages are in a folder of their own (`plan.PREVIEW`): `site/` stays as it was built. A failed build is reported and the
last good pages stay. Leaves building to `outputs`, serving to `preview_server`, and reloading in the browser to `templates/preview/reload.js`.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

from workreport.build import outputs, plan
from workreport.build.preview_server import PreviewServer
from workreport.project import digests, paths
from workreport.project.progress import no_progress

PAUSE = 0.5
"""Seconds between two checks for changed files."""


class PortError(Exception):
    """The port of the preview cannot be used. The message names it and says what to do."""


def watched(root: Path) -> str:
    """Return the digest of all files of the project `root` that a rebuild depends on, except `ids.toml`, which the build itself writes."""
    own = [
        root / name
        for name in ("site.toml", "mkdocs.yml", "reports", "places", "templates", "vocabulary", paths.OWN_WORDS)
    ]
    places = [*own, paths.templates_of(root), *paths.vocabularies_of(root)]
    files = (Path(name) for place in places for name in digests.files(str(place)))
    return digests.digest(path for path in files if path.name != "ids.toml")[0]


def _build(root: Path, say: Callable[[str], None]) -> bool:
    """Build the pages (no pictures, data files or archive) and report the result, or the error, by `say`.

    Return whether the pages are new.
    """
    order = plan.BuildOrder(root, None, only_site=True, fallback_date=plan.fallback_date(os.environ), preview=True)
    try:
        made = outputs.build(order, no_progress, say)
        say(f"已重做：{made.pages} 页")
    except ImportError:
        raise  # a library is missing: no change of the input files can help
    except Exception as error:  # noqa: BLE001 - the preview continues after any failed build
        say(f"没有重做，页面仍是上一次的：{error}")
        return False
    return True


def _server(root: Path, port: int, version: str) -> PreviewServer:
    """A web server of the preview at 127.0.0.1:`port`. Raises PortError if the port cannot be used."""
    script = paths.part_of(root, "preview/reload.js").read_bytes()
    try:
        return PreviewServer(port, root / plan.PREVIEW, script, version)
    except (OSError, OverflowError) as error:
        raise port_error(port, error) from error


def port_error(port: int, error: Exception) -> PortError:
    """Return the error that tells why a port cannot be used, and which one to try."""
    reason = "已被别的程序占用" if getattr(error, "errno", None) == errno.EADDRINUSE else f"不能用：{error}"
    return PortError(f"端口 {port} {reason}。请换一个，如 --port {port + 1 if 1024 <= port < 65535 else 8001}。")


def serve(root: Path, port: int, say: Callable[[str], None], stop: threading.Event | None = None) -> int:
    """Build the pages and serve them at 127.0.0.1:`port` until Ctrl+C or until `stop` is set. Return 0.

    A browser that shows a page reloads it after each build. `port` 0 chooses a free port; `say` gets the address. Raises
    PortError if the port cannot be used.
    """
    stop = stop or threading.Event()
    last = watched(root)
    with _server(root, port, last) as server:  # before the build: a port in use is reported at once
        _build(root, say)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        say(f"预览：http://127.0.0.1:{server.server_address[1]}/ （按 Ctrl-C 结束）")
        try:
            while not stop.wait(PAUSE):
                now = watched(root)
                if now != last:
                    last = now  # read before the build, so that a change during it triggers the next
                    if _build(root, say):
                        server.version = now
        except KeyboardInterrupt:
            say("预览已结束。")
        finally:
            server.shutdown()
    return 0
