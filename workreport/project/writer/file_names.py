"""Knows which relative paths are safe on every system: no way out of the folder, no name that Windows reserves.

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
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_LONGEST = 240
"""Bytes in one part of a path."""


def safe_name(name: str) -> PurePosixPath:
    """The relative path `name`, checked: it stays in its folder and is valid on every system (Windows and FAT too).

    Raises `WriteError` for "..", an absolute path, a backslash, a character or name that Windows reserves,
    a trailing dot or space, and a part of more than 240 bytes.

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
    """All names checked by `safe_name`, as paths by name.

    Raises `WriteError` too where two names differ only in case or Unicode form, or one is both a file and a folder.

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
