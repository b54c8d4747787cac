"""Knows lists of digests (`SHA256SUMS`, the manifests of a bag): writes that of a folder, reads any strictly.

Leaves comparing a list with the files it names to `verify`, and signing it to `signing`.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workreport.project import writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "SHA256SUMS"
"""The name of the list of an archive folder, as `sha256sum -c` reads it."""
SIGNATURE = "SHA256SUMS.minisig"
"""The name of the signature of that list."""
SHA256 = 64
"""The length of a SHA-256 in hex digits."""

MOST_LINES = 65_535
"""The most lines of a list that is read: no zip of ours holds more files."""
LARGEST = 64_000_000
"""The most bytes of a list that is read."""
_LINE = re.compile(r"([0-9a-f]+)  (\S[^\r\n]*)\n")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of digests that was read.

    `sums` has the digest by path, for paths that are safe; `lines` the line number (from 1) by path, for every
    well-formed line. `problems` are pairs: a line number (0 for the whole list) and a sentence in Chinese. Of a list that
    is `unread` nobody knows which files it names.
    """

    sums: Mapping[str, str]
    lines: Mapping[str, int]
    problems: tuple[tuple[int, str], ...]
    unread: bool = False


def digest(path: Path) -> str:
    """The SHA-256 of a file as 64 lower-case hex digits. Raises OSError."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def names_in(folder: Path) -> list[str]:
    """The files below a folder as relative paths with "/", sorted by code points; empty for a missing folder."""
    return sorted(_names_in(str(folder), ""))


def _names_in(folder: str, before: str) -> Iterator[str]:
    # Not by pathlib, which takes ten times as long: a site of many reports has thousands of files, looked for several times.
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _names_in(entry.path, f"{before}{entry.name}/")
        elif entry.is_file():
            yield before + entry.name


def digests_of(folder: Path) -> dict[str, str]:
    """The SHA-256 (hex) of every file of a folder, by its path from `names_in`."""
    return {name: digest(folder / name) for name in names_in(folder)}


def write(archive: Path) -> None:
    """Write `SHA256SUMS` into the folder: the digests of every file in it, except the list itself and its signature.

    Raises `writer.WriteError` for a name that is not valid on every system.
    """
    names = [name for name in names_in(archive) if name not in (FILE, SIGNATURE)]
    writer.safe_names(names)
    writer.write_text(archive / FILE, "".join(f"{digest(archive / name)}  {name}\n" for name in names))


def read(data: bytes, *, digits: int = SHA256, ordered: bool = True) -> Listing:
    r"""Read a list of digests: on each line lower-case hex, two spaces, a path, LF; each path once.

    `digits` is the length of a digest in hex; `ordered` requires the lines sorted by path. A list without problems is
    read in the same way by `sha256sum -c --strict`. A path that leaves the folder, or that is not valid on every
    system, is a problem; its digest is left out. A list over MOST_LINES or LARGEST is a problem as a whole.

    >>> listing = read(b"0" * 64 + b"  a.pdf\n" + b"1" * 64 + b"  ../b.pdf\n")
    >>> list(listing.sums), [line for line, _ in listing.problems]
    (['a.pdf'], [2])
    """
    if len(data) > LARGEST or data.count(b"\n") > MOST_LINES:
        return Listing({}, {}, ((0, f"太长（超过 {MOST_LINES} 行或 {LARGEST // 10**6} MB），不是本程序所写，没有核对。"),), unread=True)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Listing({}, {}, ((0, "不是文本文件，已损坏。"),), unread=True)
    if not text:
        return Listing({}, {}, ((0, "是空的，没有列出任何文件。"),))
    sums: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems = []
    last = ""
    for number, line in enumerate(_LINES.findall(text), 1):
        found = _LINE.fullmatch(line)
        if found is None or len(found[1]) != digits:
            problems.append((number, f"此行不合格式：应为 {digits} 位小写十六进制、两个空格、文件名，以换行结束。"))
            continue
        name = found[2]
        if wrong := _line_problem(name, lines, last if ordered else ""):
            problems.append((number, wrong))
        if name not in lines:
            lines[name] = number
            if path_problem(name) is None:
                sums[name] = found[1]
        last = max(last, name)
    try:
        writer.safe_names(sums)
    except writer.WriteError:
        problems.append((0, "有两个文件名只差大小写或字形，或一个名字既是文件又是文件夹。"))
    return Listing(sums, lines, tuple(problems))


def read_file(path: Path) -> Listing:
    """Read the list in a file by `read`, at most its limit of bytes. Raises OSError."""
    with path.open("rb") as source:
        return read(source.read(LARGEST + 1))


def leaves_folder(name: str) -> bool:
    """Whether a path may leave the folder that it is unpacked into: absolute, "..", a drive letter, a backslash.

    >>> [leaves_folder(name) for name in ("a/b", "../a", "a/../../b", "/a", "C:a", "a\\\\..\\\\b")]
    [False, True, True, True, True, True]
    """
    return "\\" in name or name.startswith("/") or bool(re.match(r"[A-Za-z]:", name)) or ".." in name.split("/")


def path_problem(name: str) -> str | None:
    """What is wrong with a path in a list or a zip, as the end of a sentence (Chinese); None for a safe path."""
    if leaves_folder(name):
        return "会跑到文件夹之外，不可信，请勿解压。"
    try:
        writer.safe_name(name)
    except writer.WriteError as error:
        return (
            "不是各种系统都能用的文件名（" + str(error).removeprefix(f"{name!r}：").removesuffix("，请改名。") + "）。"
        )
    return None


def _line_problem(name: str, lines: Mapping[str, int], last: str) -> str | None:
    """What is wrong with the path `name` after those in `lines`; it must not sort before `last`. None for nothing."""
    if name in lines:
        return f"{name!r} 列了两次（另见第 {lines[name]} 行）。"
    if wrong := path_problem(name):
        return f"路径 {name!r} {wrong}"
    if name < last:
        return f"{name!r} 不在应在的位置，各行须按文件名排序。"
    return None
