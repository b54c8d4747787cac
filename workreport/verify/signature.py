"""Knows how the minisign signature of `SHA256SUMS` is verified with the publisher's public key.

Leaves the cryptography to the tool `minisign`, and signing to `archive.signing`.
"""

from __future__ import annotations

import base64
import binascii
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workreport.archive import sums as sum_lists

if TYPE_CHECKING:
    from pathlib import Path

TOOL = "minisign"
"""The name of the command that verifies."""
_PUBLIC_KEY = re.compile(r"RW[A-Za-z0-9+/]{54}")
"""A minisign public key in Base64."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The result: whether the signature is good; `words` is the signed comment, or what is wrong (Chinese)."""

    good: bool
    words: str


def public_key(given: str | Path) -> str | None:
    """The 56 characters of a public key, given as text or as the path of a key file of minisign; else None.

    A key file has one or two lines, the last of which is the key.
    """
    text = str(given)
    if not _PUBLIC_KEY.fullmatch(text):
        from pathlib import Path

        try:
            lines = Path(given).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return None
        text = lines[-1].strip() if 1 <= len(lines) <= 2 else ""
    try:
        whole = _PUBLIC_KEY.fullmatch(text) and len(base64.b64decode(text, validate=True)) == 42
    except binascii.Error:
        return None
    return text if whole else None


def verify(sums: Path, key: str) -> Signed:
    """Check whether `SHA256SUMS.minisig` beside the file `sums` is its signature by this public key (56 characters).

    Not good also where minisign is not installed. Raises OSError for a missing signature, `subprocess.TimeoutExpired`
    after 60 seconds.
    """
    beside = sums.with_name(sum_lists.SIGNATURE)
    if not _is_whole(beside.read_bytes()):
        return Signed(False, "签名不合 minisign 的格式，已损坏或被改动。")
    tool = shutil.which(TOOL)
    if tool is None:
        return Signed(False, "本机没有 minisign，无法核对签名。请先安装（Debian：apt install minisign）。")
    command = [tool, "-V", "-Q", "-P", key, "-x", str(beside), "-m", str(sums)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    if done.returncode != 0:
        return Signed(False, "签名与公钥或内容不符：SHA256SUMS 或签名已被改动，或公钥不是发布者的。")
    words = done.stdout.decode(errors="replace").strip()
    return Signed(True, "".join(c if c.isprintable() else "�" for c in words)[:200])


def _is_whole(data: bytes) -> bool:
    """Whether a signature file has exactly the lines that minisign writes; minisign itself overlooks some changes."""
    lines = data.split(b"\n")
    if len(lines) != 5 or lines[4] or not lines[0].startswith(b"untrusted comment: "):
        return False
    return lines[2].startswith(b"trusted comment: ") and _is_base64(lines[1], 74) and _is_base64(lines[3], 64)


def _is_base64(text: bytes, length: int) -> bool:
    """Whether the text is the canonical Base64 of `length` bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return len(data) == length and base64.b64encode(data) == text
