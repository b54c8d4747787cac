"""Reads size and pixels of a PNG with 8 bits per channel, with the standard library alone."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
"""The number of channels by the PNG's colour type."""


@dataclass(frozen=True)
class Png:
    """The pixels of a picture, as rows of bytes with `channels` bytes per pixel."""

    width: int
    height: int
    channels: int
    rows: tuple[bytes, ...]

    def at(self, x: int, y: int) -> bytes:
        """The bytes of the pixel in column `x` and row `y`, both from 0."""
        return self.rows[y][x * self.channels : (x + 1) * self.channels]


def size(data: bytes) -> tuple[int, int]:
    """Width and height, from the header alone."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    assert data[12:16] == b"IHDR"
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def read(data: bytes) -> Png:
    """The whole picture; asserts that the CRC of every chunk is right."""
    width, height = size(data)
    depth, colour, _, _, interlaced = data[24:29]
    assert (depth, interlaced) == (8, 0)
    packed, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (told,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert told == zlib.crc32(kind + body), kind
        packed += body if kind == b"IDAT" else b""
        at += length + 12
    assert data[at - 8 : at - 4] == b"IEND"
    channels = CHANNELS[colour]
    flat, stride = zlib.decompress(packed), width * channels
    before, rows = bytes(stride), []
    for y in range(height):
        start = y * (stride + 1)
        before = _row(flat[start], flat[start + 1 : start + 1 + stride], before, channels)
        rows.append(before)
    return Png(width, height, channels, tuple(rows))


def _row(kind: int, line: bytes, above: bytes, channels: int) -> bytes:
    """The pixels of a row, from its filter type, its filtered bytes and the row above (PNG specification, 9.2)."""
    if kind == 0:
        return line
    if kind == 2:
        return bytes([(a + b) & 255 for a, b in zip(line, above, strict=True)])
    made = bytearray(channels)
    corner = bytes(channels) + above
    add = made.append
    for k, value in enumerate(line):
        left, up = made[k], above[k]
        if kind == 1:
            add((value + left) & 255)
        elif kind == 3:
            add((value + (left + up >> 1)) & 255)
        else:
            slant = corner[k]
            to_left, to_up = abs(up - slant), abs(left - slant)
            to_slant = abs(left + up - 2 * slant)
            near = left if to_left <= to_up and to_left <= to_slant else up if to_up <= to_slant else slant
            add((value + near) & 255)
    return bytes(made[channels:])
