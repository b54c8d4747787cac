"""Knows what a new, empty project has: the commented settings, a folder for reports, and one for words of its own.

Leaves adding a report to `add`, and writing files to `writer`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workreport.project import paths, writer

_SETTINGS = (("site.toml", "templates/site.toml"), ("mkdocs.yml", "mkdocs.yml"))
"""The files that every project has, with our commented ones, from which they are copied."""


class NotNew(Exception):
    """A folder cannot become a new project, since it is one, or is no folder; the message says what to do."""


def write_default_settings(root: Path) -> tuple[str, ...]:
    """Write our `site.toml` and `mkdocs.yml` if the project lacks them; return the names of those written."""
    written = []
    for name, ours in _SETTINGS:
        if not (root / name).exists():
            writer.write_bytes(root / name, (paths.shipped() / ours).read_bytes())
            written.append(name)
    return tuple(written)


def make_project(folder: Path, say: Callable[[str], None] = print) -> tuple[str, ...]:
    """Make a project without a report in a folder, which may exist, and return the names of the files written.

    Raises `NotNew` if the folder has a file or folder of a project, or is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise NotNew(f"{folder} 是文件，不是文件夹。请另取一个名字。")
    for name in (*(name for name, _ in _SETTINGS), "reports"):
        if (folder / name).exists():
            raise NotNew(
                f"{folder} 里已经有 {name}，没有改动它。它若是一个项目，请直接收入报告：build.py --project {folder} add 报告.docx"
            )
    with writer.lock_project(folder, say):
        written = write_default_settings(folder)
        writer.write_bytes(folder / "reports" / ".keep", b"")
        own = f"{paths.OWN_WORDS}/own.toml"
        writer.write_bytes(folder / own, (paths.shipped() / "templates" / own).read_bytes())
    return (*written, "reports/", own)
