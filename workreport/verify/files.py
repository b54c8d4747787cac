"""Knows how to prove that one archive file is unchanged: by `SHA256SUMS` beside it, or by the lists inside a bag.

Needs no project, only the files. Leaves the website and archive of a project to `site`, the check of each form to
`checks`, and signatures to `signature`. Writes nothing.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from workreport.archive import SIGNATURE, SUMS, digest, form_of, sums
from workreport.verify import checks, signature
from workreport.verify.container import Examined

LITTER = frozenset({".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory"})
"""Files that Windows, macOS and KDE put into a folder that somebody opened; they are ignored."""

_AGAIN = "请从发布处重新取得。"
_UNPROVEN = "结构完好，无法证明未改"
_HASHED_AT_MOST = 64
"""The most files whose content is compared with that of missing ones, to find a changed name."""
_RENAMED = re.compile(rf"{SUMS}(?: ?\([0-9]+\))?(?:\.txt)?")
"""`SHA256SUMS` as browsers rename it: with ".txt" for a file served as text, with "(1)" where the name is taken."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result in one line; the problems, each with the file's name and advice; whether the file is proven unchanged.

    An unproven file may have no problem: then nothing was found to compare it with. Texts are in Chinese.
    """

    line: str
    problems: tuple[str, ...]
    proven: bool

    @property
    def code(self) -> int:
        """The exit code: 0 for a file that is proven unchanged and has no problem, otherwise 1."""
        return 0 if self.proven and not self.problems else 1


def prove(path: Path, key: str | Path | None = None) -> Verdict:
    """Check whether an archive file is complete and unchanged.

    `path` is a file of any form, or `SHA256SUMS` (or its signature) to check all files listed in it. `key` is the
    publisher's minisign public key, as text or as the path of a file; with a key, `SHA256SUMS` must have a good
    signature. Reads the file, `SHA256SUMS` beside it and the files listed there. Missing, unreadable or damaged files
    give a verdict with problems, never an exception.

    >>> prove(Path("no-such-report.pdf")).line
    'no-such-report.pdf：没有这个文件。'
    """
    name = path.name
    if name == SIGNATURE:
        path, name = path.with_name(SUMS), SUMS
    if path.is_dir():
        return _failed(name, "是文件夹", [f"请写出其中的一个文件，如 {path / SUMS}。"])
    if not path.is_file():
        return Verdict(f"{name}：没有这个文件。", (f"{path}: 没有这个文件。请检查路径。",), proven=False)
    if name != SUMS and _RENAMED.fullmatch(name):
        return _failed(name, "文件名不对", [f"{path}: 应名为 {SUMS}，浏览器保存时改了名。请改回再核对。"])
    folder = path.parent
    try:
        return _prove_all(folder, key) if name == SUMS else _prove_one(path, key)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else path
        return _failed(name, "无法读取", [f"{where}: 无法读取（{error.strerror}）。请检查权限和磁盘。"])


def _failed(name: str, what: str, problems: list[str]) -> Verdict:
    return Verdict(f"{name}：{what}。", tuple(problems), proven=False)


@dataclass(frozen=True, slots=True)
class _SumsFile:
    """`SHA256SUMS` compared with its folder.

    `digests` has the real digest of each listed file that exists; `missing` the names of the others; `problems` what is
    wrong with the list or its signature. `notes` are phrases about the signature for the result line.
    """

    listing: sums.Listing
    digests: dict[str, str]
    missing: tuple[str, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def _sums_file(folder: Path, key: str | Path | None) -> _SumsFile:
    listed = sums.read_file(folder / SUMS)
    problems = [f"{SUMS}{f':{line}' if line else ''}: {message}{_AGAIN}" for line, message in listed.problems]
    digests: dict[str, str] = {}
    missing = []
    for name in listed.sums:
        if name in (SUMS, SIGNATURE):
            problems.append(f"{SUMS}:{listed.lines[name]}: 不能列出自己或自己的签名，已被改动。{_AGAIN}")
        elif there := _found(folder, name):
            digests[name] = digest(there)
        else:
            missing.append(name)
    signed, notes = _signature(folder, key)
    return _SumsFile(listed, digests, tuple(missing), (*problems, *signed), notes)


def _found(folder: Path, name: str) -> Path | None:
    """The file of exactly this name, None for none; names are case-sensitive even on a disk that ignores case."""
    path = folder
    for part in name.split("/"):
        if part not in os.listdir(path):  # noqa: PTH208  # the names as they are spelt on the disk
            return None
        path = path / part
        if not path.is_dir():
            break
    return path if path == folder / name and path.is_file() else None


def _signature(folder: Path, key: str | Path | None) -> tuple[list[str], tuple[str, ...]]:
    """What is wrong with the signature; phrases for the result line about a good, unchecked or missing one."""
    where = SIGNATURE
    there = (folder / where).is_file()
    if key is None:
        return [], (f"{SUMS} 有签名，未给公钥（--key），签名未核对" if there else f"{SUMS} 没有签名",)
    public = signature.public_key(key)
    if public is None:
        return [f"{key}: 不是 minisign 公钥。请给出发布者的公钥文件（minisign.pub），或以 RW 开头的那一行。"], ()
    if not there:
        return [f"{where}: 给了公钥，但旁边没有签名。{_AGAIN}"], ()
    signed = signature.verify(folder / SUMS, public)
    return ([], (f"签名有效（{signed.words}）",)) if signed.good else ([f"{where}: {signed.words}"], ())


def _prove_one(path: Path, key: str | Path | None) -> Verdict:
    """The verdict on one archive file. Other listed files beside it must fit `SHA256SUMS` too, but may be missing."""
    name = path.name
    found = checks.examine(path)
    problems = [f"{name}: {message}{_AGAIN}" for message in found.problems]
    if not (path.parent / SUMS).is_file():
        return _alone(path, found, problems, key)
    sums_file = _sums_file(path.parent, key)
    listed = sums_file.listing.sums
    here = sums_file.digests.get(name) or digest(path)
    if sums_file.listing.unread:
        pass  # said among the problems of the list
    elif name not in listed:
        same = sorted(other for other, value in listed.items() if value == here)
        advice = f"内容与其中的 {same[0]} 相同，请改回原名。" if same else f"请连同 {SUMS} 一起重新取得。"
        problems.append(f"{name}: 不在 {SUMS} 之列。{advice}")
    elif listed[name] != here:
        problems.append(
            f"{name}: 内容与 {SUMS} 第 {sums_file.listing.lines[name]} 行所记不符，已被改动或损坏。{_AGAIN}"
        )
    problems += sums_file.problems
    for other, value in sums_file.digests.items():
        if other != name and value != listed[other]:
            where = f"{SUMS}:{sums_file.listing.lines[other]}"
            problems.append(f"{where}: 与旁边的 {other} 不符，两者必有一个已被改动或损坏。{_AGAIN}")
    problems += _misnamed(path.parent, sums_file)
    if problems:
        return _failed(name, f"核对未通过，有 {len(problems)} 处不符", problems)
    notes = list(sums_file.notes)
    if sums_file.missing:
        notes.append(f"{SUMS} 另列有 {len(sums_file.missing)} 个文件不在旁边，未核对")
    return Verdict(f"{name}：未改，与 {SUMS} 相符，结构完好；{found.what}；{'；'.join(notes)}。", (), proven=True)


def _alone(path: Path, found: Examined, problems: list[str], key: str | Path | None) -> Verdict:
    """The verdict on a file without `SHA256SUMS` beside it: unproven, except for a file with lists of its own.

    A given `key` is a problem, since there is no signature to check.
    """
    name = path.name
    renamed = sorted(other for other in os.listdir(path.parent) if _RENAMED.fullmatch(other))  # noqa: PTH208
    advice = f"旁边的 {renamed[0]} 应名为 {SUMS}，改回再核对" if renamed else ""
    if key is not None:
        words = advice or "请把两者放在同一文件夹"
        problems.append(f"{name}: 给了公钥，但旁边没有 {SUMS}，没有可核对的签名。{words}。")
    if problems:
        return _failed(name, f"核对未通过，有 {len(problems)} 处不符", problems)
    check = checks.check_of(path)
    if check and check.proves_content:
        return Verdict(
            f"{name}：内容未改，与包内清单相符；{found.what}；旁边没有 {SUMS}，压缩包的外层未核对"
            f"{advice and f'；{advice}'}。",
            (),
            proven=True,
        )
    return Verdict(
        f"{name}：{_UNPROVEN}；{found.what}；旁边没有 {SUMS}，{advice or '请从发布处取得，放在同一文件夹再核对'}。",
        (),
        proven=False,
    )


def _misnamed(folder: Path, sums_file: _SumsFile) -> list[str]:
    """Problems for missing files of the list whose content lies beside it under a name not listed: a changed name."""
    if not sums_file.missing:
        return []
    listed = sums_file.listing.sums
    others = sorted(
        entry.name for entry in folder.iterdir() if entry.is_file() and entry.name not in listed and form_of(entry.name)
    )
    by_digest = {digest(folder / name): name for name in others[:_HASHED_AT_MOST]}
    return [
        f"{SUMS}:{sums_file.listing.lines[name]}: 记的是 {name}，相同内容的文件却名为 {by_digest[listed[name]]}。{_AGAIN}"
        for name in sums_file.missing
        if listed[name] in by_digest
    ]


def _prove_all(folder: Path, key: str | Path | None) -> Verdict:
    """The verdict on a folder with `SHA256SUMS`: every listed file must be there and no other."""
    sums_file = _sums_file(folder, key)
    problems = list(sums_file.problems)
    listed = sums_file.listing.sums
    problems += [f"{name}: {SUMS} 列有此文件，旁边却没有。请补齐再核对。" for name in sums_file.missing]
    known = {*sums_file.listing.lines, SUMS, SIGNATURE}
    folders = {name.partition("/")[0] for name in known if "/" in name}
    for entry in sorted(folder.iterdir()):
        if entry.name not in known | folders and not is_litter(entry.name) and not sums_file.listing.unread:
            problems.append(f"{entry.name}: 多出，不在 {SUMS} 之列。请移走，或重新取得整个文件夹。")
    for name, value in sums_file.digests.items():
        if value != listed[name]:
            line = sums_file.listing.lines[name]
            problems.append(f"{name}: 内容与 {SUMS} 第 {line} 行所记不符，两者必有一个已被改动或损坏。{_AGAIN}")
        problems += [f"{name}: {message}{_AGAIN}" for message in checks.examine(folder / name).problems]
    if problems:
        return _failed(SUMS, f"核对未通过，有 {len(problems)} 处不符", problems)
    notes = "；".join(sums_file.notes)
    return Verdict(f"{SUMS}：所列 {len(listed)} 个文件都在，未改，逐一相符，结构完好；{notes}。", (), proven=True)


def is_litter(name: str) -> bool:
    """Whether an operating system creates files of this name by itself, such as `.DS_Store` or "._a.pdf"."""
    return name in LITTER or name.startswith("._")
