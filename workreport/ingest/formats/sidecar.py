"""Knows the two files beside a source whose text was extracted: source.txt, and its map to pages or paragraphs.

Checks that source.txt still equals the extracted text. Leaves extracting to the readers, and writing files to
`project.writer`.
"""

from __future__ import annotations

import hashlib
import json
from itertools import zip_longest
from pathlib import Path

from workreport.ingest.formats.extract import BadSource
from workreport.ingest.formats.format_table import LARGEST_TEXT
from workreport.ingest.plain_files import read_plain_file
from workreport.model import Source

TEXT = "source.txt"
"""The name of the file with the extracted text."""
MAP = "source.map.json"
"""The name of the file with the page or paragraph of each stretch of the text."""


def files(source: Source) -> dict[str, bytes]:
    """Return the content of both files by name; {} if the source is text itself (.md, .txt).

    Each row of the map is [offset in source.txt in code points from 0, page or paragraph of the file from 1] and applies up
    to the offset of the next row. `unit` says whether the second number is a page or a paragraph.
    """
    if not source.text_sha256:
        return {}
    unit = "page" if any(p.page for p in source.places) else "paragraph"
    head = {
        "source": source.path.replace("\\", "/").rsplit("/", 1)[-1],
        "source_sha256": source.sha256,
        "text": TEXT,
        "text_sha256": source.text_sha256,
        "unit": unit,
    }
    rows = ",\n".join(f"  [{p.start}, {p.page or p.paragraph}]" for p in source.places)
    lines = ",\n".join(f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in head.items())
    return {TEXT: source.text.encode(), MAP: f'{{\n{lines},\n "places": [\n{rows}\n ]\n}}\n'.encode()}


def check(folder: Path, source: Source) -> None:
    """Raise BadSource if the folder has a source.txt that differs from the text of `source`, line ends aside.

    A missing source.txt is no error.
    """
    if not source.text_sha256:
        return
    path = folder / TEXT
    shown = f"{folder.name}/{TEXT}"
    try:
        data = read_plain_file(path, LARGEST_TEXT)
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadSource(shown, f"读不出来（{error.strerror}）。", "请检查权限。") from error
    # git may have changed the line ends on checkout; they make no difference.
    if data == source.text.encode() or data.replace(b"\r\n", b"\n") == source.text.encode():
        return
    name = source.path.rsplit("/", 1)[-1]
    pairs = zip_longest(data.decode("utf-8", "replace").split("\n"), source.text.split("\n"))
    line = next((k for k, (a, b) in enumerate(pairs, 1) if a != b), 1)
    raise BadSource(
        shown,
        f"不是从 {name} 读出的文字：它的 SHA-256 是 {hashlib.sha256(data).hexdigest()[:16]}，读出的是 {source.text_sha256[:16]}。",
        f"{TEXT} 不要手改，改动写进 repairs.toml；如果换了 {name}，或新版程序读法不同而您愿意接受，删去 {TEXT} 和 {MAP} 再运行。",
        line,
    )
