"""Knows how a minisign signature of `SHA256SUMS` is verified: by the tool `minisign`, with the publisher's public key.

Leaves signing to `archive.signing`, and the cryptography to the tool.
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
_PUBLIC_KEY = re.compile(r"RW[A-Za-z0-9+/]{54}")


@dataclass(frozen=True, slots=True)
class Signed:
    """The result: whether the signature is good, and what to say of it (Chinese, or the signed comment)."""

    good: bool
    words: str


def public_key(given: str | Path) -> str | None:
    """The 56 characters of a public key, given as text or as a file that minisign wrote; None for anything else."""
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
    """Whether `SHA256SUMS.minisig` beside `sums` is a signature of it by that key (56 characters)."""
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
    """Whether a signature file is exactly as minisign writes it; the tool itself ignores some changes."""
    lines = data.split(b"\n")
    if len(lines) != 5 or lines[4] or not lines[0].startswith(b"untrusted comment: "):
        return False
    return lines[2].startswith(b"trusted comment: ") and _is_base64(lines[1], 74) and _is_base64(lines[3], 64)


def _is_base64(text: bytes, length: int) -> bool:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return len(data) == length and base64.b64encode(data) == text
