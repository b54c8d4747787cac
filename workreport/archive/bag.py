"""Knows how everything about a publication becomes one BagIt bag (RFC 8493, version 1.0) for an archive of decades.

Leaves the web archive to `wacz`, the description for machines to `crate`, the notes for people to `pages.keeping`, and
the zip to `zips`. The payload lies as the project does: reports/, docs/, site/, and beside them what is made for keeping.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from workreport.archive import ro_crate, dating, downloads, offline, wacz, zips
from workreport.ingest.formats import format_table

ENDING = downloads.BAG
VERSION = "1.0"
ALGORITHMS = ("sha256", "sha512")
"""SHA-256 as everywhere else here; SHA-512 because the RFC wants it of new bags."""
SITE = "site/"
WEB = "web"
CRATE = "ro-crate-metadata.json"

_PACKED = (".wacz", ".png", ".xlsx", ".pdf", ".epub", ".zip", ".gz", ".webp", ".jpg", ".woff2")


class Facts(ro_crate.Facts, Protocol):
    """What a bag says of itself; `pages.keeping` has it all."""

    @property
    def texts(self) -> Mapping[str, bytes]:
        """What is made for keeping alone, by its path in the payload."""
        ...


def parts(root: Path, site: Path, files: Iterable[tuple[str, str]], site_names: Iterable[str]) -> dict[str, bytes]:
    """The payload as it lies on the disk, by path: those `files` of the project that exist, docs/, the finished site.

    `files` are pairs of a path in the payload and one in the project `root`; `site_names` count from the finished site,
    which may stand in a staging folder. What a project hides (.git) is left out.
    """
    found = {name: (root / file).read_bytes() for name, file in files if (root / file).is_file()}
    docs = root / "docs"
    for path in sorted(docs.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(docs).parts):
            found[f"docs/{path.relative_to(docs).as_posix()}"] = path.read_bytes()
    return found | {SITE + name: (site / name).read_bytes() for name in site_names}


def members(facts: Facts, payload: Mapping[str, bytes], moment: date) -> tuple[zips.Member, ...]:
    """The bag as files of a zip: the payload with its notes, web archive and description, and what proves it.

    `facts.name` is the slug, or the publication's name where there are several reports. Pages of the payload carry no
    digest of what holds them: whoever gives them fills them so. The bytes depend on the arguments alone. Raises
    `writer.WriteError` for a name that some system cannot hold.
    """
    folder = f"{facts.name}{ENDING}".removesuffix(".zip")
    whole = dict(payload)
    site = {name.removeprefix(SITE): data for name, data in whole.items() if name.startswith(SITE)}
    about = dating.described(facts.description, [r.day for r in facts.reports], moment)
    place = wacz.Place(facts.base, facts.title, about, f"workreport {facts.version}")
    whole |= {**facts.texts, f"{WEB}/{facts.name}.wacz": wacz.pack(site, place, moment)}
    whole[CRATE] = ro_crate.metadata(facts, {name: len(whole[name]) for name in sorted(whole)}, moment)
    bagged = {f"data/{name}": data for name, data in sorted(whole.items())}
    offline.check_paths(f"{folder}/{name}" for name in bagged)
    tags = {
        "bagit.txt": f"BagIt-Version: {VERSION}\nTag-File-Character-Encoding: UTF-8\n".encode(),
        "bag-info.txt": _lines(_info(facts, bagged, moment)),
        **{f"manifest-{kind}.txt": manifest(bagged, kind) for kind in ALGORITHMS},
    }
    tags |= {f"tagmanifest-{kind}.txt": manifest(tags, kind) for kind in ALGORITHMS}
    packed = (*_PACKED, *format_table.packed_endings())
    return tuple(
        zips.Member(f"{folder}/{name}", data, name.endswith(packed)) for name, data in {**tags, **bagged}.items()
    )


def manifest(files: Mapping[str, bytes], kind: str) -> bytes:
    """A line for each file, its digest in lower-case hex and its path, as `sha256sum -c` reads it too.

    >>> manifest({"data/a.txt": b"1"}, "sha256")[:20]
    b'6b86b273ff34fce19d6b'
    """
    return "".join(f"{hashlib.new(kind, data).hexdigest()}  {_path(name)}\n" for name, data in files.items()).encode()


def _path(name: str) -> str:
    """A path as a manifest has it: a percent sign is the one mark of a safe name that it escapes (RFC 8493, 2.1.3)."""
    return name.replace("%", "%25")


def _info(facts: Facts, bagged: Mapping[str, bytes], moment: date) -> Sequence[tuple[str, str]]:
    size = sum(len(data) for data in bagged.values())
    found = [
        ("Source-Organization", facts.publisher),
        ("Contact-Email", facts.contact if "@" in facts.contact and "://" not in facts.contact else ""),
        ("External-Description", facts.description),
        ("External-Identifier", facts.name),
        ("Bagging-Date", moment.isoformat()),
        ("Bag-Size", f"{size / 1_000_000:.1f} MB"),
        ("Payload-Oxum", f"{size}.{len(bagged)}"),
        ("Bag-Software-Agent", f"workreport {facts.version}"),
        ("Internal-Sender-Description", dating.whose([r.day for r in facts.reports], moment).value),
    ]
    return [(label, " ".join(value.split())) for label, value in found if value.strip()]


def _lines(fields: Sequence[tuple[str, str]]) -> bytes:
    return "".join(f"{label}: {value}\n" for label, value in fields).encode()
