"""Knows the zip format as `archive.zips` writes it, and refuses any other: every byte must be accounted for.

Python's zipfile ignores what it does not need (dates, extra fields, gaps, bytes before and after), where a change could
hide. Leaves what the files in a zip mean to `packages`.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workreport.archive.sums import leaves_folder, path_problem
from workreport.project import writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

STORED, DEFLATED = 0, 8

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_UTF8 = 0x800
_PLAIN_FILE = 0o100644 << 16
_LINK = 0o120000
_MOST_ENTRIES = 0xFFFF
_CHUNK = 1 << 16
_MUCH = 256 << 20
_TOO_DENSE = 100
"""A zip that unpacks to more than `_MUCH` bytes and this many times its own size is refused as a zip bomb."""


class BrokenError(Exception):
    """The file is not what it should be. The message is the end of a sentence, in Chinese, with a full stop."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is, in Chinese words, and what is wrong with it: sentences without the file's name."""

    what: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One file of a zip: path, method (stored or deflated), offset of its bytes, packed and unpacked size, CRC-32."""

    name: str
    method: int
    start: int
    packed: int
    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class Container:
    """A zip whose layout is right; the contents are checked when they are read."""

    path: Path
    entries: tuple[ZipEntry, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The paths, in the order of the zip."""
        return tuple(entry.name for entry in self.entries)

    def chunks(self, entry: ZipEntry) -> Iterator[bytes]:
        """The content of one file, piece by piece; never more than the size that the zip states.

        Raises BrokenError, after the last piece, where size or CRC-32 differ from what the zip states.
        """
        crc, size = 0, 0
        for piece in self._unpacked(entry):
            size += len(piece)
            if size > entry.size:
                break
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != entry.size or crc != entry.crc:
            raise BrokenError(f"压缩包里的 {entry.name} 已损坏（校验码不符）。")

    def _unpacked(self, entry: ZipEntry) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == DEFLATED else None
        with self.path.open("rb") as source:
            source.seek(entry.start)
            left = entry.packed
            while left:
                packed = source.read(min(left, _CHUNK))
                if not packed:
                    raise BrokenError(f"压缩包里的 {entry.name} 不完整。")
                left -= len(packed)
                if inflate is None:
                    yield packed
                    continue
                while packed:
                    yield _inflated(inflate.decompress, packed, entry)
                    if inflate.unused_data:
                        raise BrokenError(f"压缩包里的 {entry.name} 后面藏有别的内容。")
                    packed = inflate.unconsumed_tail
            if inflate is not None:
                # The rest of the last piece; a stream that does not end here was cut off.
                while not inflate.eof:
                    piece = _inflated(inflate.decompress, b"", entry)
                    if not piece:
                        raise BrokenError(f"压缩包里的 {entry.name} 不完整。")
                    yield piece

    def read(self, name: str) -> bytes:
        """The whole content of one small file. Raises BrokenError where it is damaged, KeyError where it is missing."""
        for entry in self.entries:
            if entry.name == name:
                return b"".join(self.chunks(entry))
        raise KeyError(name)

    def digests(self, algorithm: str = "sha256") -> tuple[dict[str, str], list[str]]:
        """The hex digest of every file by path, and a sentence for each file that cannot be read."""
        sums: dict[str, str] = {}
        problems = []
        for entry in self.entries:
            value = hashlib.new(algorithm)
            try:
                for piece in self.chunks(entry):
                    value.update(piece)
            except BrokenError as error:
                problems.append(str(error))
            else:
                sums[entry.name] = value.hexdigest()
        return sums, problems


def _inflated(decompress: Callable[[bytes, int], bytes], packed: bytes, entry: ZipEntry) -> bytes:
    try:
        return decompress(packed, _CHUNK)
    except zlib.error as error:
        raise BrokenError(f"压缩包里的 {entry.name} 已损坏，无法解开。") from error


def open_zip(path: Path) -> Container:
    """The zip at `path`, its layout checked to the last byte. Raises BrokenError for the first thing that is wrong.

    Refused: a zip that was cut off, or has bytes before, between or behind its files; other fields than `archive.zips`
    writes; paths that lead out of the folder, come twice or cannot exist on every system; links; zip bombs.
    """
    size = path.stat().st_size
    with path.open("rb") as source:
        if source.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            raise BrokenError("开头不是压缩包：文件已损坏，或前面加了别的内容。")
        entries = _layout(source, size)
    _names([entry.name for entry in entries])
    total = sum(entry.size for entry in entries)
    if total > _MUCH and total > size * _TOO_DENSE:
        raise BrokenError(f"{size} 字节的压缩包会解出 {total} 字节，不可信，请勿解压。")
    return Container(path, entries)


def _layout(source: BinaryIO, size: int) -> tuple[ZipEntry, ...]:
    """Every file of the zip; the files must follow each other from the first byte, then the directory, then the end."""
    count, length, start = _end(source, size)
    source.seek(start)
    directory = source.read(length)
    _refuse_escapes(directory, count)
    entries = []
    at, local, stamp = 0, 0, None
    for _ in range(count):
        if directory[at : at + 4] != b"PK\x01\x02" or len(directory) - at < _CENTRAL.size:
            raise BrokenError("压缩包的目录已损坏。")
        fields = _CENTRAL.unpack_from(directory, at)
        at += _CENTRAL.size
        (made, system, needed, reserved, flags, method, time, day, crc, packed, whole) = fields[1:12]
        (named, extra, comment, disk, internal, external, offset) = fields[12:]
        raw = directory[at : at + named]
        at += named
        name = _name(raw, named, flags)
        plain = (made, system, needed, reserved, extra, comment, disk, internal, external)
        stamp = (time, day) if stamp is None else stamp
        if plain != (20, 3, 20, 0, 0, 0, 0, 0, _PLAIN_FILE) or method not in (STORED, DEFLATED) or stamp != (time, day):
            raise BrokenError(f"压缩包不是原样（{name!r} 的属性被改），可能被别的程序改写或重新压缩过。")
        if offset != local:
            raise BrokenError(f"压缩包里 {name!r} 之前多了或少了内容，不是原样。")
        source.seek(local)
        expected = _LOCAL.pack(
            b"PK\x03\x04", needed, flags, method, time, day, crc, packed, whole, named, 0
        ) + raw  # fmt: skip
        if source.read(len(expected)) != expected:
            raise BrokenError(f"压缩包里 {name!r} 的开头与目录所记不符，已损坏或被改动。")
        local += len(expected)
        entries.append(ZipEntry(name, method, local, packed, whole, crc))
        if method == STORED and packed != whole:
            raise BrokenError(f"压缩包里 {name!r} 的大小自相矛盾。")
        local += packed
    if at != length or local != start:
        raise BrokenError("压缩包的目录前后多了内容，不是原样。")
    return tuple(entries)


def _refuse_escapes(directory: bytes, count: int) -> None:
    """Refuse links and paths that lead out of the folder, before anything else: a hostile zip has other faults too."""
    at = 0
    for _ in range(count):
        if len(directory) - at < _CENTRAL.size:
            return  # cut off or damaged: reported by _layout
        fields = _CENTRAL.unpack_from(directory, at)
        named, extra, comment, external = fields[12], fields[13], fields[14], fields[17]
        at += _CENTRAL.size
        name = directory[at : at + named].decode(errors="replace")
        at += named + extra + comment
        if leaves_folder(name):
            raise BrokenError(f"压缩包里的路径 {name!r} {path_problem(name)}")
        if external >> 16 & 0o170000 == _LINK:
            raise BrokenError(f"压缩包里的 {name!r} 是链接，会指到别处，请勿解压。")


def _end(source: BinaryIO, size: int) -> tuple[int, int, int]:
    """Number of files, length and offset of the directory, from the record at the end."""
    source.seek(max(0, size - _END.size))
    record = source.read(_END.size)
    if len(record) < _END.size or record[:4] != b"PK\x05\x06":
        raise BrokenError("压缩包不完整：结尾缺失（可能没有传完），或后面加了别的内容。")
    _, disk, first, here, count, length, start, comment = _END.unpack(record)
    if (disk, first, comment) != (0, 0, 0) or here != count:
        raise BrokenError("压缩包的结尾已损坏或被改动。")
    if start == 0xFFFFFFFF or count == _MOST_ENTRIES:
        raise BrokenError("压缩包过大，超出本程序所写的格式（4 GB、65534 个文件）。")
    if start + length + _END.size != size:
        raise BrokenError("压缩包的目录与结尾对不上：中间缺了或多了内容。")
    return count, length, start


def _name(raw: bytes, length: int, flags: int) -> str:
    try:
        name = raw.decode()
    except UnicodeDecodeError as error:
        raise BrokenError(f"压缩包里有文件名已损坏（{raw[:40]!r}）。") from error
    if len(raw) != length or flags != (0 if name.isascii() else _UTF8):
        raise BrokenError(f"压缩包里的 {name[:80]!r} 已损坏，或被加密、被别的程序改写。")
    return name


def _names(names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if wrong := path_problem(name):
            raise BrokenError(f"压缩包里的路径 {name!r} {wrong}")
        if name in seen:
            raise BrokenError(f"压缩包里有两个 {name!r}。")
        seen.add(name)
    try:
        writer.safe_names(names)
    except writer.WriteError as error:
        raise BrokenError(f"压缩包里的文件名会互相覆盖：{error}") from error
