"""Knows how `SHA256SUMS` is signed with the publisher's own minisign key, which never stands in the project.

Leaves the cryptography to the tool `minisign` (ISC licence) and verifying to `proof.signature`. Ed25519 takes no chance
and the comment carries the report's date, so the same sums and key give the same bytes.
"""

from __future__ import annotations

import base64
import binascii
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workreport.project import paths, writer
from workreport.archive.downloads import SUMS

if TYPE_CHECKING:
    from datetime import date

TOOL = paths.SIGNER
ENDING = ".minisig"

_KEY_BYTES = 158
_ALGORITHM, _NO_PASSWORD = b"Ed", b"\0\0"
_UNTRUSTED = "SHA256SUMS"


class SigningError(Exception):
    """Nothing was signed; the message says why and what to do."""


def key_at(named: str, project: Path) -> Path:
    """The private key that `site.toml` names (`~` and paths relative to the project are understood), fit for use.

    Call it before the work starts. Raises SigningError for a key inside the project, one that is not there or is no
    minisign key, and one that asks for a password, since a build asks nobody.
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
    """What to tell where the tool that signs is not installed; None where it is."""
    if shutil.which(TOOL):
        return None
    return "本机没有 minisign，SHA256SUMS 不会签名。安装：apt install minisign（macOS：brew install minisign）。"


def sign(sums: bytes, key: Path, moment: date) -> bytes:
    """The bytes of `SHA256SUMS.minisig` for the bytes of `SHA256SUMS`, by a key of `key_at`.

    The trusted comment, which the signature covers, is the name of the file and the day of `moment`; nothing is taken
    from the clock. Raises SigningError where the tool is missing or refuses.
    """
    tool = shutil.which(TOOL)
    if tool is None:
        raise SigningError(missing_tool() or "")
    with tempfile.TemporaryDirectory() as name:
        message = Path(name) / SUMS
        signature = Path(name) / (SUMS + ENDING)
        writer.write_bytes(message, sums, durable=False)
        command = [tool, "-S", "-s", str(key), "-x", str(signature), "-m", str(message)]
        command += ["-c", _UNTRUSTED, "-t", f"{SUMS} {moment.isoformat()}"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
        if done.returncode != 0 or not signature.is_file():
            words = done.stderr.decode(errors="replace").strip().splitlines()
            raise SigningError(f"{key}：minisign 没有签名（{words[-1] if words else done.returncode}）。请检查私钥。")
        return signature.read_bytes()
