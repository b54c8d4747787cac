"""Knows which relative paths are safe on every system: none that leaves the folder, no name that Windows reserves.

Leaves writing the files to `atomic`.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from workreport.project.writer.write_errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable

_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.DOTALL)
"""Matches (as a whole) a name that Windows reserves for a device, with any ending: con, NUL.txt."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
"""A character that Windows forbids in names, or a control character."""
_LONGEST = 240
"""The most bytes (UTF-8) that one part of a path may have."""


def safe_name(name: str) -> PurePosixPath:
    """Check that a relative path stays in its folder and is valid on every system (Windows and FAT too), and return it.

    Raises `WriteError` if a part between slashes is "", "." or ".." (so also for an absolute path), has a backslash, a
    control character or another that Windows reserves, is a name that Windows reserves, ends in a dot or a space, or has
    more than 240 bytes.

    >>> safe_name("gongshu-2024/1/3/index.md").name
    'index.md'
    """
    parts = name.split("/")
    for part in parts:
        reason = None
        if part in ("", ".", ".."):
            reason = "路径须是文件夹之内的相对路径"
        elif _FORBIDDEN.search(part) or any(unicodedata.category(c) == "Cs" for c in part):
            reason = "路径含有不能用作文件名的字符"
        elif _RESERVED.fullmatch(part):
            reason = "路径含有 Windows 保留的名称"
        elif part[-1] in ". ":
            reason = "文件名不能以点或空格结尾"
        elif len(part.encode()) > _LONGEST:
            reason = f"文件名过长（每段至多 {_LONGEST} 字节）"
        if reason:
            raise WriteError(f"{name!r}：{reason}，请改名。")
    return PurePosixPath(*parts)


def safe_names(names: Iterable[str]) -> dict[str, PurePosixPath]:
    """Check all names by `safe_name` and return their paths by name, sorted.

    Raises `WriteError` also if two names differ only in case or Unicode form, or one is both a file and a folder.

    >>> safe_names(["a.md", "b/a.md"])["b/a.md"].parent.name
    'b'
    """
    checked: dict[str, PurePosixPath] = {}
    seen: dict[str, str] = {}
    for name in sorted(names):
        checked[name] = safe_name(name)
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise WriteError(f"{name!r} 与 {seen[folded]!r} 只有大小写或字形之别，在一些系统上会互相覆盖，请改名。")
        seen[folded] = name
    folders = {parent.as_posix() for path in checked.values() for parent in path.parents}
    for name in checked:
        if name in folders:
            raise WriteError(f"{name!r} 既是文件又是文件夹，请改名。")
    return checked
