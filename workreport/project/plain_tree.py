"""Knows which parts of a project a command may read: plain files and folders that lie in the project itself.

One rule for symbolic links everywhere: in the project's folders there may be none. A link out of the project would put
foreign text into the site and its archive, and a change behind a link would go unnoticed. Pipes and devices are refused
before they are opened. A path that the user names (FILE, `--project`, `--to`) may be or lead over a link. Leaves reading
to the callers. Imports little, so that a build with nothing to do ends quickly.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

REPORTS = "reports"
"""The folder of a project with a folder for each report."""
PLACES = "places"
"""The folder of a project with a folder for each place of which the publisher changes something."""
INPUTS = (
    "site.toml",
    "mkdocs.yml",
    "mkdocs.generated.yml",
    REPORTS,
    PLACES,
    "templates",
    "vocabulary",
    "words",
    "docs",
)
"""The files and folders of a project that commands read, by name."""
OUTPUTS = ("site", "archive")
"""The folders of a project that builds replace, and that `check` and `publish` read."""


class NotPlain(Exception):
    """A symbolic link, a pipe or a device lies where only plain files and folders may; the message names it."""


def other_than_plain(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each path below `root` (or `root` itself) that is neither a plain file nor a folder, with what it is.

    Sorted by name in each folder. Links are not followed; a missing `root` gives nothing.

    >>> list(other_than_plain(Path("/dev/null")))
    [(PosixPath('/dev/null'), '不是普通文件（是设备、管道之类）')]
    """
    try:
        mode = root.lstat().st_mode
    except OSError:
        return
    if stat.S_ISLNK(mode):
        yield root, "是符号链接"
    elif stat.S_ISDIR(mode):
        yield from _below(root)
    elif not stat.S_ISREG(mode):
        yield root, "不是普通文件（是设备、管道之类）"


def _below(folder: Path) -> Iterator[tuple[Path, str]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return  # the module that needs the folder reports the error
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path))
        elif not entry.is_file(follow_symlinks=False):
            yield from other_than_plain(Path(entry.path))


def require_plain(root: Path, names: Iterable[str] = INPUTS) -> None:
    """Raise `NotPlain` for the first thing in these parts of the project `root` that is no plain file or folder."""
    for name in names:
        for path, what in other_than_plain(root / name):
            raise NotPlain(refused(path.relative_to(root).as_posix(), what))


def refused(path: str, what: str) -> str:
    """Return the message for what lies at a path of the project and is neither a plain file nor a folder."""
    return f"{path} {what}，没有读它。请换成普通文件或文件夹。"


def require_plain_inputs(root: Path) -> None:
    """Raise `NotPlain` as `require_plain` does for all of `INPUTS`, but of `reports/` only if it is no folder itself.

    What lies in a report's folder is a fault of that report alone.
    """
    require_plain(root, (name for name in INPUTS if name != REPORTS))
    if (root / REPORTS).is_symlink() or not (root / REPORTS).is_dir():
        require_plain(root, (REPORTS,))
