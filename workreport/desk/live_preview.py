"""Knows the preview of one report as its files are now: rebuilt beside the desk's pages after each change, without pictures.

It builds in a copy of the report and the project's settings, so that `docs/` and `site/` stay as they are and no other build waits.
A browser that shows a page loads it again. Leaves building to `build`.
"""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from workreport.build import outputs, plan
from workreport.build.preview import watched
from workreport.build.preview_server import PreviewServer
from workreport.desk.tasks import told
from workreport.project import paths, plain_tree, writer
from workreport.project.progress import no_progress

_HOME = f"{writer.WORK}/desk-preview"
"""The folder of a project with the copy that is built."""
_SHARED = ("site.toml", "mkdocs.yml", "templates", "vocabulary", paths.OWN_WORDS)
"""What a report is built with, besides its own folder."""


class LivePreview:
    """The preview of one project. `refresh` starts a build, if anything changed; `state` says how far it is."""

    def __init__(self, root: Path, epoch: date) -> None:
        """`epoch` is the date of pages of a report without a date."""
        self.root = root
        self._epoch = epoch
        script = paths.part_of(root, "preview/reload.js").read_bytes()
        self._server = PreviewServer(0, root / _HOME / "site", script, "0")
        self._lock = threading.Lock()
        self._wanted: tuple[str, str] | None = None
        self._built: tuple[str, str] | None = None
        self._error = ""
        self._running: threading.Thread | None = None
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        """The origin of its pages."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def refresh(self, slug: str) -> None:
        """Build the pages of a report beside what else is done, unless they are current."""
        with self._lock:
            self._wanted = (slug, watched(self.root))
            if self._running is None and self._wanted != self._built:
                self._running = threading.Thread(target=self._run, daemon=True)
                self._running.start()

    def state(self, slug: str) -> tuple[str, str]:
        """Return ("ready", ""), ("building", "") or ("error", what is wrong, in Chinese) for the pages of a report."""
        with self._lock:
            if self._running is not None or self._built is None or self._built[0] != slug:
                return ("building", "")
            return ("error", self._error) if self._error else ("ready", "")

    def wait(self, seconds: float) -> None:
        """Wait until the running build has ended, at most so long."""
        running = self._running
        if running:
            running.join(seconds)

    def close(self) -> None:
        """Stop serving; a running build ends by itself."""
        self._server.shutdown()
        self._server.server_close()

    def _run(self) -> None:
        """Build until the pages are of what was wanted last."""
        while True:
            with self._lock:
                wanted = self._wanted
                if wanted is None or wanted == self._built:
                    self._running = None
                    return
            error = ""
            try:
                home = _copied(self.root, wanted[0])
                order = plan.BuildOrder(home, wanted[0], only_site=True, fallback_date=self._epoch)
                made = outputs.build(order, no_progress, lambda _: None)
                error = "" if not made.broken else "这份报告的文件有错，首页没有重做。"
            except Exception as failed:  # noqa: BLE001 - the pages of the desk tell it, and the last good ones stay
                error = told(failed)
            with self._lock:
                self._built, self._error = wanted, error
            self._server.version = str(int(self._server.version) + 1)


def _copied(root: Path, slug: str) -> Path:
    """Bring the copy of a report and its settings up to date, and return its folder. Raises `plain_tree.NotPlain`."""
    names = (*_SHARED, f"{plain_tree.REPORTS}/{slug}")
    plain_tree.require_plain(root, names)
    home = root / _HOME
    wanted = {path for name in names for path in _files(root / name)}
    kept = {path.relative_to(root) for path in wanted}
    for name in (*_SHARED, plain_tree.REPORTS):
        if any(path.relative_to(home) not in kept and path.name != "ids.toml" for path in _files(home / name)):
            writer.remove_folder(home / name)
    for path in sorted(wanted):
        writer.write_bytes(home / path.relative_to(root), path.read_bytes(), durable=False)
    return home


def _files(place: Path) -> list[Path]:
    """The files at or below a path."""
    return [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
