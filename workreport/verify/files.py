"""Knows how one file of an archive is proved unchanged on any machine: by `SHA256SUMS` beside it, or a bag's own lists.

Leaves the finished site, and what stands in a project, to `check`. How the lists are read is told in `archive.listing`, zips in
`container`, what must hold of each kind in `packages` and `documents`, signatures in `signature`. Writes nothing.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from workreport.archive import SUMS, digest, sums
from workreport.verify import container, documents, packages, signature
from workreport.verify.container import BrokenError
from workreport.verify.packages import Finding

LITTER = frozenset({".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory"})
"""What Windows and macOS leave in a folder that somebody looked at; neither ours nor a change of ours."""

_AGAIN = "请从发布处重新取得。"
_KINDS = {
    "-offline.zip": "offline",
    "-bag.zip": "bag",
    ".epub": "epub",
    ".html": "html",
    ".pdf": "pdf",
}
_UNPROVEN = "结构完好，无法证明未改"
_HASHED_AT_MOST = 64
_RENAMED = re.compile(rf"{SUMS}(?: ?\([0-9]+\))?(?:\.txt)?")
"""`SHA256SUMS` as browsers save it: with .txt behind it where a server calls it text, with (1) where one is there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds of a file, in one line; the problems, each naming the file and what to do; and whether it is proven."""

    line: str
    problems: tuple[str, ...]
    proven: bool

    @property
    def code(self) -> int:
        """The exit code: 0 for a file that is proven unchanged and whole, else 1."""
        return 0 if self.proven and not self.problems else 1


def prove(path: Path, key: str | Path | None = None) -> Verdict:
    """Whether a file of an archive is whole and unchanged: any of the five kinds, or `SHA256SUMS` with all it lists.

    `key` is the publisher's minisign public key, written out or as a file; with it the signature of `SHA256SUMS` must
    be good. Reads the file, `SHA256SUMS` beside it and what that lists; never raises for what stands in them.

    >>> prove(Path("no-such-report.pdf")).line
    'no-such-report.pdf：没有这个文件。'
    """
    name = path.name
    if name == SUMS + signature.ENDING:
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
class _Beside:
    """`SHA256SUMS` and the files that it lists: their digests, what is missing, and what is wrong with the list itself."""

    listing: sums.Listing
    digests: dict[str, str]
    missing: tuple[str, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def _beside(folder: Path, key: str | Path | None) -> _Beside:
    told = sums.read((folder / SUMS).read_bytes())
    problems = [f"{SUMS}{f':{line}' if line else ''}: {message}{_AGAIN}" for line, message in told.problems]
    digests: dict[str, str] = {}
    missing = []
    for name in told.sums:
        if name in (SUMS, SUMS + signature.ENDING):
            problems.append(f"{SUMS}:{told.lines[name]}: 不能列出自己或自己的签名，已被改动。{_AGAIN}")
        elif there := _found(folder, name):
            digests[name] = digest(there)
        else:
            missing.append(name)
    signed, notes = _signature(folder, key)
    return _Beside(told, digests, tuple(missing), (*problems, *signed), notes)


def _found(folder: Path, name: str) -> Path | None:
    """The file of exactly this name: where case does not count, another spelling is another name still."""
    path = folder
    for part in name.split("/"):
        if part not in os.listdir(path):  # noqa: PTH208  # names as they are spelt
            return None
        path = path / part
        if not path.is_dir():
            break
    return path if path == folder / name and path.is_file() else None


def _signature(folder: Path, key: str | Path | None) -> tuple[list[str], tuple[str, ...]]:
    """What is wrong with the signature, and what to tell of it."""
    where = SUMS + signature.ENDING
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
    name = path.name
    finding = examined(path)
    problems = [f"{name}: {message}{_AGAIN}" for message in finding.problems]
    if not (path.parent / SUMS).is_file():
        return _alone(path, finding, problems, key)
    beside = _beside(path.parent, key)
    told = beside.listing.sums
    here = beside.digests.get(name) or digest(path)
    if name not in told:
        same = sorted(other for other, value in told.items() if value == here)
        advice = f"内容与其中的 {same[0]} 相同，请改回原名。" if same else f"请连同 {SUMS} 一起重新取得。"
        problems.append(f"{name}: 不在 {SUMS} 之列。{advice}")
    elif told[name] != here:
        problems.append(f"{name}: 内容与 {SUMS} 第 {beside.listing.lines[name]} 行所记不符，已被改动或损坏。{_AGAIN}")
    problems += beside.problems
    for other, value in beside.digests.items():
        if other != name and value != told[other]:
            where = f"{SUMS}:{beside.listing.lines[other]}"
            problems.append(f"{where}: 与旁边的 {other} 不符，两者必有一个已被改动或损坏。{_AGAIN}")
    problems += _misnamed(path.parent, beside)
    if problems:
        return _failed(name, f"核对未通过，有 {len(problems)} 处不符", problems)
    notes = list(beside.notes)
    if beside.missing:
        notes.append(f"{SUMS} 另列有 {len(beside.missing)} 个文件不在旁边，未核对")
    return Verdict(f"{name}：未改，与 {SUMS} 相符，结构完好；{finding.what}；{'；'.join(notes)}。", (), proven=True)


def _alone(path: Path, finding: Finding, problems: list[str], key: str | Path | None) -> Verdict:
    name = path.name
    renamed = sorted(other for other in os.listdir(path.parent) if _RENAMED.fullmatch(other))  # noqa: PTH208
    advice = f"旁边的 {renamed[0]} 应名为 {SUMS}，改回再核对" if renamed else ""
    if key is not None:
        words = advice or "请把两者放在同一文件夹"
        problems.append(f"{name}: 给了公钥，但旁边没有 {SUMS}，没有可核对的签名。{words}。")
    if problems:
        return _failed(name, f"核对未通过，有 {len(problems)} 处不符", problems)
    if kind_of(path) == "bag":
        return Verdict(
            f"{name}：内容未改，与包内清单相符；{finding.what}；旁边没有 {SUMS}，压缩包的外层未核对"
            f"{advice and f'；{advice}'}。",
            (),
            proven=True,
        )
    return Verdict(
        f"{name}：{_UNPROVEN}；{finding.what}；旁边没有 {SUMS}，{advice or '请从发布处取得，放在同一文件夹再核对'}。",
        (),
        proven=False,
    )


def _misnamed(folder: Path, beside: _Beside) -> list[str]:
    """A name in the list that was changed shows where the file with its digest stands beside it under another name."""
    if not beside.missing:
        return []
    listed = beside.listing.sums
    others = sorted(
        entry.name
        for entry in folder.iterdir()
        if entry.is_file() and entry.name not in listed and any(entry.name.endswith(end) for end in _KINDS)
    )
    by_digest = {digest(folder / name): name for name in others[:_HASHED_AT_MOST]}
    return [
        f"{SUMS}:{beside.listing.lines[name]}: 记的是 {name}，相同内容的文件却名为 {by_digest[listed[name]]}。{_AGAIN}"
        for name in beside.missing
        if listed[name] in by_digest
    ]


def _prove_all(folder: Path, key: str | Path | None) -> Verdict:
    beside = _beside(folder, key)
    problems = list(beside.problems)
    told = beside.listing.sums
    problems += [f"{name}: {SUMS} 列有此文件，旁边却没有。请补齐再核对。" for name in beside.missing]
    known = {*beside.listing.lines, SUMS, SUMS + signature.ENDING}
    folders = {name.partition("/")[0] for name in known if "/" in name}
    for entry in sorted(folder.iterdir()):
        if entry.name not in known | folders and not is_litter(entry.name):
            problems.append(f"{entry.name}: 多出，不在 {SUMS} 之列。请移走，或重新取得整个文件夹。")
    for name, value in beside.digests.items():
        if value != told[name]:
            line = beside.listing.lines[name]
            problems.append(f"{name}: 内容与 {SUMS} 第 {line} 行所记不符，两者必有一个已被改动或损坏。{_AGAIN}")
        problems += [f"{name}: {message}{_AGAIN}" for message in examined(folder / name).problems]
    if problems:
        return _failed(SUMS, f"核对未通过，有 {len(problems)} 处不符", problems)
    notes = "；".join(beside.notes)
    return Verdict(f"{SUMS}：所列 {len(told)} 个文件都在，未改，逐一相符，结构完好；{notes}。", (), proven=True)


def is_litter(name: str) -> bool:
    """Whether a name is one that a system itself leaves in a folder, as `.DS_Store` is."""
    return name in LITTER or name.startswith("._")


def kind_of(path: Path) -> str | None:
    """Which of the kinds a file is: by its name, and where that tells nothing by its content; None for any other."""
    for ending, kind in _KINDS.items():
        if path.name.endswith(ending):
            return kind
    with path.open("rb") as source:
        start = source.read(64)
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.lower().startswith(b"<!doctype html"):
        return "html"
    if start.startswith(b"PK\x03\x04"):
        try:
            names = container.opened(path).names
        except BrokenError:
            return "offline"  # whichever it was: what is broken is told when it is examined
        if names[0] == "mimetype":
            return "epub"
        return "bag" if any(name.endswith("/bagit.txt") for name in names) else "offline"
    return None


def examined(path: Path) -> Finding:
    """What a file is and what is wrong with it, without any list from outside."""
    kind = kind_of(path)
    if kind is None:
        return Finding("不认识的文件", ("不是归档的任何一种（离线版、网页、EPUB、PDF、存档包、SHA256SUMS）。",))
    try:
        if kind == "html":
            return documents.webpage(path)
        if kind == "pdf":
            return documents.pdf(path)
        bundle = container.opened(path)
        return {"offline": packages.offline, "bag": packages.bag, "epub": packages.epub}[kind](bundle)
    except BrokenError as error:
        return Finding("已损坏", (str(error),))
