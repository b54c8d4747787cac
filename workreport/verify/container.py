"""Knows the zip format exactly as `archive.zips` writes it, and refuses any other zip.

Every byte of the zip is checked. Python's zipfile ignores dates, extra fields, gaps and bytes before or after the zip;
a change there would go unnoticed. Leaves the meaning of the files in a zip to `packages`.
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
"""The two compression methods of the zip format that are accepted."""

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
"""The three records of the zip format: end of the directory, entry of the directory, header of a file."""
_UTF8 = 0x800
"""The flag of a file name that is not ASCII."""
_PLAIN_FILE = 0o100644 << 16
"""The attributes that `archive.zips` gives to every file."""
_LINK = 0o120000
"""The file type of a symbolic link in the attributes."""
_MOST_ENTRIES = 0xFFFF
"""The number of files that marks a Zip64 archive, which is refused."""
_CHUNK = 1 << 16
"""The most bytes that are read or unpacked at once."""
_MUCH = 256 << 20
_TOO_DENSE = 100
"""A zip bomb, which is refused, unpacks to more than `_MUCH` bytes and more than `_TOO_DENSE` times its own size."""


class BrokenError(Exception):
    """A file is damaged or not as it must be. The message is a Chinese sentence without the file's name."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is (`what`, a Chinese noun phrase) and what is wrong with it (sentences without the file's name)."""

    what: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One file of a zip: path, `method` (STORED or DEFLATED), offset of its bytes in the zip, sizes in bytes, CRC-32.

    `packed` is the size in the zip, `size` the unpacked size.
    """

    name: str
    method: int
    start: int
    packed: int
    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class Container:
    """A zip whose layout is sound; the contents of its files are checked when they are read."""

    path: Path
    entries: tuple[ZipEntry, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The paths, in the order of the zip."""
        return tuple(entry.name for entry in self.entries)

    def chunks(self, entry: ZipEntry) -> Iterator[bytes]:
        """The content of one file in pieces of at most 64 KiB, in all never more than the size that the zip states.

        Raises BrokenError for damaged data, and after the last piece where size or CRC-32 differ from what the zip
        states.
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
        """The unpacked pieces of one file, without any check of size and CRC-32.

        Raises BrokenError for damaged data.
        """
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
                # What zlib still holds; a stream that does not end with it was cut off.
                while not inflate.eof:
                    piece = _inflated(inflate.decompress, b"", entry)
                    if not piece:
                        raise BrokenError(f"压缩包里的 {entry.name} 不完整。")
                    yield piece

    def read(self, name: str) -> bytes:
        """The whole content of one file, in memory.

        Raises BrokenError for a damaged file, KeyError for a missing one.
        """
        for entry in self.entries:
            if entry.name == name:
                return b"".join(self.chunks(entry))
        raise KeyError(name)

    def digests(self, algorithm: str = "sha256") -> tuple[dict[str, str], list[str]]:
        """The hex digest of every sound file by path, and a sentence (Chinese) for each damaged file."""
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
    """The zip at `path`, its layout checked to the last byte. Raises BrokenError for the first fault, and OSError.

    Faults are: a truncated zip; bytes before, between or after the files; fields with other values than `archive.zips`
    writes; paths that leave the folder, occur twice or are not valid on every system; symbolic links; zip bombs; more
    files or bytes than a zip without Zip64 can hold.
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
    """Every file of the zip. Files (from byte 0), directory and end record must follow each other without gaps."""
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
            raise BrokenError(f"压缩包里 {name!r} 所记的两个大小不同，已损坏或被改动。")
        local += packed
    if at != length or local != start:
        raise BrokenError("压缩包的目录前后多了内容，不是原样。")
    return tuple(entries)


def _refuse_escapes(directory: bytes, count: int) -> None:
    """Raise BrokenError for a symbolic link or a path that leaves the folder.

    Runs first, so that such a danger is reported even where the zip has other faults.
    """
    at = 0
    for _ in range(count):
        if len(directory) - at < _CENTRAL.size:
            return  # damaged: `_layout` reports it
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
    """Number of files, length and offset of the directory in bytes, from the end record. `size` is that of the zip."""
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
    """A file name from its bytes, which must be UTF-8, `length` bytes long, and flagged as `archive.zips` flags it."""
    try:
        name = raw.decode()
    except UnicodeDecodeError as error:
        raise BrokenError(f"压缩包里有文件名已损坏（{raw[:40]!r}）。") from error
    if len(raw) != length or flags != (0 if name.isascii() else _UTF8):
        raise BrokenError(f"压缩包里的 {name[:80]!r} 已损坏，或被加密、被别的程序改写。")
    return name


def _names(names: Sequence[str]) -> None:
    """Raise BrokenError for an unsafe path, a path that occurs twice, and paths that overwrite each other."""
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
