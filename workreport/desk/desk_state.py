"""Knows what a running desk has at hand: the open project, its steps, the running task, the preview, readings of reports.

Leaves the pages to their modules, and all work to the wings below.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workreport.build import plan, report_folder, report_reader
from workreport.build.preview_server import PreviewServer
from workreport.desk.file_changes import Edits
from workreport.desk.live_preview import LivePreview
from workreport.desk.tasks import Tasks
from workreport.model import Reading
from workreport.project import digests, paths, writer
from workreport.publish import PlannedVersion, PublishResult

_MEMORY = f"{writer.WORK}/desk.json"
"""The file of a project in which the desk remembers the folder that was published to."""


class NoProject(Exception):
    """A page needs a project, and none is open."""


class NoSuchReport(Exception):
    """The project has no report with this slug."""


class NoSuchPart(Exception):
    """A report has no figure, repair or name as an address or a form says."""


@dataclass(slots=True)
class Desk:
    """A running desk. `here` is the folder it was started in; `root` the open project, None if there is none.

    `environment` is that of the start: while the pages of a preview are made, SOURCE_DATE_EPOCH of the process is another.
    `remarks`: what was said when a report was added, by slug. `plan`: the folder and the changes that the page of changes
    shows; `back`: the earlier version that it would go back to, "" for the site as it is. `result`: what the last publication did.
    """

    here: Path
    root: Path | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    tasks: Tasks = field(default_factory=Tasks)
    remarks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plan: tuple[Path, PlannedVersion] | None = None
    back: str = ""
    result: tuple[Path, PublishResult] | None = None
    problems: tuple[str, ...] | None = None
    lines: tuple[str, ...] = ()
    _edits: Edits | None = None
    _preview: PreviewServer | None = None
    _live: LivePreview | None = None
    _words: tuple[str, report_reader.Vocabularies] | None = None
    _readings: dict[str, tuple[str, Reading]] = field(default_factory=dict)

    def open(self, root: Path) -> None:
        """Open a project, and forget what was known of the one before. Raises `DeskBusy` while a task runs."""
        self.tasks.require_idle()
        self.close()
        self.root, self._edits = root, Edits(root)
        self.remarks, self._readings, self._words = {}, {}, None
        self.plan = self.result = self.problems = None
        self.lines, self.back = (), ""

    def close(self) -> None:
        """Stop the previews."""
        if self._live:
            self._live.close()
            self._live = None
        if self._preview:
            self._preview.shutdown()
            self._preview.server_close()
            self._preview = None

    @property
    def project(self) -> str:
        """A name of the open project, which every form carries: a page of another project changes nothing in this one."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:16]

    def need_root(self) -> Path:
        """Return the open project. Raises `NoProject`."""
        if self.root is None:
            raise NoProject("还没有打开项目。请先在“开始”新建或打开一个。")
        return self.root

    @property
    def edits(self) -> Edits:
        """The changes made in the open project. Raises `NoProject`."""
        self.need_root()
        assert self._edits is not None
        return self._edits

    def slugs(self) -> tuple[str, ...]:
        """Return the slugs of the project's reports, sorted."""
        root = self.need_root()
        try:
            found = report_folder.report_folders(root, None)
        except report_folder.NothingToBuild:
            return ()
        return tuple(folder.name for folder in found if folder.is_dir() and paths.SLUG.fullmatch(folder.name))

    def folder(self, slug: str) -> Path:
        """Return the folder of a report that the project has; `slug` may be anything. Raises `NoSuchReport`."""
        if slug not in self.slugs():
            raise NoSuchReport("没有这份报告。它也许已被移走或改名。")
        folder = self.need_root() / "reports" / slug
        report_folder.require_usable(folder)
        return folder

    def read(self, slug: str) -> Reading:
        """Return a report as the program reads it now, with the publisher's files. Raises the errors of reading."""
        folder = self.folder(slug)
        key = digests.digest((folder, *paths.vocabularies_of(self.need_root())))[0]
        known = self._readings.get(slug)
        if known is None or known[0] != key:
            source = report_folder.source_file(folder)
            known = (key, report_reader.read_report(source, slug, self.vocabularies(), folder, source.name).reading)
            self._readings[slug] = known
        return known[1]

    def vocabularies(self) -> report_reader.Vocabularies:
        """The word lists of the project as they are now."""
        words = paths.vocabularies_of(self.need_root())
        key = digests.digest(words)[0]
        if self._words is None or self._words[0] != key:
            self._words = (key, report_reader.read_vocabularies(*words))
        return self._words[1]

    def accepts(self, slug: str, name: str) -> Callable[[bytes], None]:
        """Return a function that reads the report with other bytes for its file `name`, and raises the errors of reading."""
        folder = self.folder(slug)

        def check(data: bytes) -> None:
            with tempfile.TemporaryDirectory() as work:
                home = Path(work) / "reports" / slug
                source = report_folder.source_file(folder)
                for known in (source.name, *report_folder.BESIDE_SOURCE):
                    if (folder / known).is_file():
                        writer.write_bytes(home / known, (folder / known).read_bytes(), durable=False)
                writer.write_bytes(home / name, data, durable=False)
                report_reader.read_report(home / source.name, slug, self.vocabularies(), home, source.name)

        return check

    def preview_origin(self) -> str:
        """Return the origin at which the pages of `site/` can be seen, "" if there are none.

        It is another origin than the desk's: nothing in a page of a report can send a form of the desk.
        """
        if self.root is None or not (self.root / "site" / "index.html").is_file():
            return ""
        if self._preview is None:
            script = paths.part_of(self.root, "preview/reload.js").read_bytes()
            self._preview = PreviewServer(0, self.root / "site", script, "0")
            threading.Thread(target=self._preview.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._preview.server_address[1]}"

    @property
    def live(self) -> LivePreview:
        """The preview of single reports as the files are now. Raises `NoProject`."""
        root = self.need_root()
        if self._live is None:
            self._live = LivePreview(root, plan.fallback_date(self.environment))
        return self._live

    def frames(self) -> tuple[str, ...]:
        """Return the origins of the pages that may stand in a frame of the desk's."""
        return tuple(filter(None, (self.preview_origin(), self._live.origin if self._live else "")))

    def site_changed(self) -> None:
        """Let browsers that show the preview load it again."""
        if self._preview:
            self._preview.version = str(int(self._preview.version) + 1)

    def typed_folder(self, given: str) -> Path:
        """Return the folder that a person typed: absolute, below the home folder (~), or below where the desk was started."""
        return (self.here / Path(given).expanduser()).resolve()

    def remembered_folder(self) -> str:
        """Return the folder that was published to last, "" if none is known."""
        try:
            known = json.loads((self.need_root() / _MEMORY).read_text(encoding="utf-8"))["to"]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return known if isinstance(known, str) else ""

    def remember_folder(self, to: Path) -> None:
        """Remember the folder that was published to."""
        writer.write_text(self.need_root() / _MEMORY, json.dumps({"to": str(to)}))


def is_project(folder: Path) -> bool:
    """Whether a folder is a project: it has settings or reports."""
    return (folder / "site.toml").is_file() or (folder / "reports").is_dir()
