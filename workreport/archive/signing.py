"""Knows how `SHA256SUMS` is signed with the publisher's minisign key, which must lie outside the project.

The signature is reproducible: Ed25519 uses no random number, and the signed comment has the report's date. Leaves the
cryptography to the tool `minisign` (ISC licence), and verifying to `verify.signature`.
"""

from __future__ import annotations

import base64
import binascii
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workreport.archive import sums
from workreport.project import paths, writer

if TYPE_CHECKING:
    from datetime import date

TOOL = paths.SIGNER
"""The name of the command that signs."""

_KEY_BYTES = 158
"""The length of a minisign secret key, decoded from Base64."""
_ALGORITHM, _NO_PASSWORD = b"Ed", b"\0\0"
"""The first two bytes of such a key, and the next two where it has no password."""
_UNTRUSTED = "SHA256SUMS"
"""The comment of the signature that is not signed itself."""


class SigningError(Exception):
    """Signing is not possible or failed; the message (Chinese) says why and what to do."""


def key_at(named: str, project: Path) -> Path:
    """The path of the secret key that `site.toml` names; `~` is expanded, relative paths start at the project folder.

    To be called before a build starts. Raises SigningError for a path inside the project, a missing or unreadable file,
    a file that is no minisign secret key, and a key with a password: a build cannot ask for it.
    """
    path = paths.key_file(named, project)
    if path.is_relative_to(project.resolve()):
        raise SigningError(
            f"site.toml: minisign_key 指到了项目文件夹里（{named}）。私钥一旦随项目传出去就作废了，请移到项目之外。"
        )
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        data = base64.b64decode(lines[1], validate=True)
    except FileNotFoundError as error:
        raise SigningError(f"site.toml: minisign_key 所指的 {path} 不存在。请检查路径，不签名就删去此行。") from error
    except OSError as error:
        raise SigningError(f"{path}：无法读取私钥（{error.strerror}）。请检查权限。") from error
    except (ValueError, IndexError, binascii.Error) as error:
        raise SigningError(f"{path}：不是 minisign 私钥。请用 minisign -G 生成。") from error
    if len(data) != _KEY_BYTES or data[:2] != _ALGORITHM:
        raise SigningError(f"{path}：不是 minisign 私钥。请用 minisign -G 生成。")
    if data[2:4] != _NO_PASSWORD:
        raise SigningError(
            f"{path}：私钥有口令，构建时无人可问。请用 minisign -C -W 去掉口令，"
            "或删去 minisign_key，在构建后自己签：minisign -Sm archive/SHA256SUMS。"
        )
    return path


def missing_tool() -> str | None:
    """The warning (Chinese) that minisign is not installed; None where it is."""
    if shutil.which(TOOL):
        return None
    return "本机没有 minisign，SHA256SUMS 不会签名。安装：apt install minisign（macOS：brew install minisign）。"


def sign(listed: bytes, key: Path, moment: date) -> bytes:
    """The bytes of `SHA256SUMS.minisig`; `listed` are the bytes of `SHA256SUMS`, `key` is the result of `key_at`.

    The signed comment is "SHA256SUMS" and the date `moment`, so that nothing depends on the clock. Raises SigningError
    where minisign is missing or fails, `subprocess.TimeoutExpired` after 60 seconds.
    """
    tool = shutil.which(TOOL)
    if tool is None:
        raise SigningError(missing_tool() or "")
    with tempfile.TemporaryDirectory() as name:
        message = Path(name) / sums.FILE
        signature = Path(name) / sums.SIGNATURE
        writer.write_bytes(message, listed, durable=False)
        command = [tool, "-S", "-s", str(key), "-x", str(signature), "-m", str(message)]
        command += ["-c", _UNTRUSTED, "-t", f"{sums.FILE} {moment.isoformat()}"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
        if done.returncode != 0 or not signature.is_file():
            words = done.stderr.decode(errors="replace").strip().splitlines()
            raise SigningError(f"{key}：minisign 签名失败（{words[-1] if words else done.returncode}）。请检查私钥。")
        return signature.read_bytes()
