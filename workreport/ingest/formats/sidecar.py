"""Knows what stands beside a file whose text was taken out of it: source.txt, and the map back to page or paragraph.

Proves that both still are what reading gives. Leaves taking the text out to the rooms of the formats, writing to `writer`.
"""

from __future__ import annotations

import hashlib
import json
from itertools import zip_longest
from pathlib import Path

from workreport.ingest.formats.extract import BadSource
from workreport.model import Source

TEXT = "source.txt"
MAP = "source.map.json"


def files(source: Source) -> dict[str, bytes]:
    """The files that stand beside a source, by name; none where the file is the text (.md, .txt).

    The map says from which character of source.txt on (counted from 0) the words stand on which page, or in which
    paragraph, of the file (counted from 1).
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


def prove(folder: Path, source: Source) -> None:
    """Raise BadSource where source.txt stands in the folder and is not what reading the file gives now."""
    if not source.text_sha256:
        return
    path = folder / TEXT
    shown = f"{folder.name}/{TEXT}"
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadSource(shown, f"读不出来（{error.strerror}）。", "请检查权限。") from error
    # A checkout may have changed the line ends, which stand for nothing here.
    if kept == source.text.encode() or kept.replace(b"\r\n", b"\n") == source.text.encode():
        return
    name = source.path.rsplit("/", 1)[-1]
    pairs = zip_longest(kept.decode("utf-8", "replace").split("\n"), source.text.split("\n"))
    line = next((k for k, (a, b) in enumerate(pairs, 1) if a != b), 1)
    raise BadSource(
        shown,
        f"不是从 {name} 读出的文字：它的 SHA-256 是 {hashlib.sha256(kept).hexdigest()[:16]}，读出的是 {source.text_sha256[:16]}。",
        f"{TEXT} 不要手改，改动写进 repairs.toml；如果换了 {name}，或新版程序读法不同而您愿意接受，删去 {TEXT} 和 {MAP} 再运行。",
        line,
    )
