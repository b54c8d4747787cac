"""Knows which file a file with a slightly wrong name is meant as: `Site.toml.txt` is meant as `site.toml`.

Leaves which files a report's folder may have to `report_folder`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from workreport.project.toml_files import BadSettings


def check_site_files(root: Path) -> None:
    """Raise `BadSettings` for a file of the project `root` whose name is nearly `site.toml`, if that is missing."""
    for path in sorted(root.iterdir()):
        if _meant(path.name, ("site.toml",)) and path.is_file():
            told_unread(path.name, root, "", ("site.toml",))


def _meant(name: str, known: Iterable[str]) -> str:
    """The known file name that a name is meant as, "" if it is like none: indicators.toml for indicators.toml.txt, Note.toml.

    >>> _meant("Indicators.toml.txt", ["indicators.toml"]), _meant("readme.md", ["report.toml"])
    ('indicators.toml', '')
    """
    known = list(known)
    for form in (name.lower(), name.lower().rpartition(".")[0], f"{name.lower().rpartition('.')[0]}.toml"):
        if close := difflib.get_close_matches(form, known, 1, 0.85):
            return close[0]
    return ""


def told_unread(name: str, folder: Path, shown: str, known: Iterable[str]) -> str:
    """The line for a file that is not read. Raises `BadSettings` if it is meant as a file that the folder lacks."""
    meant = _meant(name, known)
    if meant and not (folder / meant).is_file():
        raise BadSettings(
            f"{shown}{name}: 不认识这个文件名，没有读它。应是 {meant}？请改名（Windows 先在“查看”里勾选“文件扩展名”）。"
        )
    return f"{shown}{name}: 没有读这个文件" + (f"（读的是 {meant}）。" if meant else "，这里用不到它。")
