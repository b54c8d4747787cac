"""Knows the BagIt bag (RFC 8493, version 1.0): everything about a publication in one zip, for long-term preservation.

Leaves the web archive to `wacz`, the metadata for machines to `ro_crate`, the notes for people to `preservation`, and
the zip format to `zips`. The payload (the files below `data/`) holds the project's folders reports/, docs/ and site/,
and the files made for the bag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from workreport.archive import (
    dating,
    downloads,
    folder,
    forms,
    offline,
    preservation,
    ro_crate,
    wacz,
    zips,
)  # fmt: skip
from workreport.archive.preservation import BagMetadata
from workreport.archive.task import Task
from workreport.ingest.formats import format_table
from workreport.project import media_types, paths

VERSION = "1.0"
ALGORITHMS = ("sha256", "sha512")
"""SHA-256 as for all digests of this program; SHA-512 because RFC 8493 recommends it for new bags."""
SITE = "site/"
"""The folder of the payload that holds the finished website."""
WEB = "web"
"""The folder of the payload that holds the web archive (WACZ)."""
CRATE = "ro-crate-metadata.json"


def make(task: Task, out: BinaryIO) -> None:
    """Write the bag of a site into `out`; the row of this form in `forms.FORMS` names this function.

    The HTML pages in the bag name the other archive files, without digests. Raises `writer.WriteError` for a file name
    that is not valid on every system.
    """
    job = task.job
    metadata = preservation.metadata(
        job.published, job.settings, paths.template_folders(job.root), name=job.name,
        base=wacz.base(job.settings.address, job.name), moment=job.moment, source_files=job.source_files,
        file_name=task.name,
    )  # fmt: skip
    payload = project_files(job.root, task.site, metadata.files, folder.site_files(task.site))

    def content(path: str, data: bytes) -> bytes:
        if not path.startswith(SITE) or not path.endswith(".html"):
            return data
        others = forms.of_page(task.files, path.removeprefix(SITE), job.slugs)
        return downloads.fill(data, downloads.in_archive(others, task.name))

    filled = {path: content(path, data) for path, data in payload.items()}
    zips.fill(out, members(metadata, filled, job.moment), job.moment)


def project_files(
    root: Path, site: Path, files: Iterable[tuple[str, str]], site_names: Iterable[str]
) -> dict[str, bytes]:
    """Content by path in the payload: those `files` of the project `root` that exist, docs/, and the finished website.

    `files` are pairs: the path in the payload, the path in the project. `site_names` are the paths of the website's
    files below the folder `site`, which may be a staging folder. Files and folders of docs/ that begin with a dot are
    left out.
    """
    found = {name: (root / file).read_bytes() for name, file in files if (root / file).is_file()}
    docs = root / "docs"
    for path in sorted(docs.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(docs).parts):
            found[f"docs/{path.relative_to(docs).as_posix()}"] = path.read_bytes()
    return found | {SITE + name: (site / name).read_bytes() for name in site_names}


def members(metadata: BagMetadata, payload: Mapping[str, bytes], moment: date) -> tuple[zips.Member, ...]:
    """The bag as members of a zip: tag files and manifests, payload, notes, web archive, RO-Crate.

    All members are in one folder, named as the zip without ".zip". `payload` is content by path below `data/`. The
    result depends on the arguments alone. Raises `writer.WriteError` for a path that is not valid on every system.
    """
    top = metadata.file_name.removesuffix(".zip")
    whole = dict(payload)
    site = {name.removeprefix(SITE): data for name, data in whole.items() if name.startswith(SITE)}
    about = dating.described(metadata.description, [r.day for r in metadata.reports], moment)
    place = wacz.WebArchiveInfo(metadata.base, metadata.title, about, f"workreport {metadata.version}")
    whole |= {**metadata.texts, f"{WEB}/{metadata.name}.wacz": wacz.pack(site, place, moment)}
    whole[CRATE] = ro_crate.crate(metadata, {name: len(whole[name]) for name in sorted(whole)}, moment)
    bagged = {f"data/{name}": data for name, data in sorted(whole.items())}
    offline.check_paths(f"{top}/{name}" for name in bagged)
    tags = {
        "bagit.txt": f"BagIt-Version: {VERSION}\nTag-File-Character-Encoding: UTF-8\n".encode(),
        "bag-info.txt": _lines(_info(metadata, bagged, moment)),
        **{f"manifest-{kind}.txt": manifest(bagged, kind) for kind in ALGORITHMS},
    }
    tags |= {f"tagmanifest-{kind}.txt": manifest(tags, kind) for kind in ALGORITHMS}
    packed = tuple(format_table.packed_endings())
    return tuple(
        zips.Member(f"{top}/{name}", data, media_types.is_compressed(name) or name.endswith(packed))
        for name, data in {**tags, **bagged}.items()
    )


def manifest(files: Mapping[str, bytes], kind: str) -> bytes:
    """The bytes of a manifest: for each file a line with hex digest and path, as `sha256sum -c` reads it.

    `files` is content by path; `kind` is the name of a digest algorithm, one of `ALGORITHMS`.

    >>> manifest({"data/a.txt": b"1"}, "sha256")[:20]
    b'6b86b273ff34fce19d6b'
    """
    return "".join(f"{hashlib.new(kind, data).hexdigest()}  {_path(name)}\n" for name, data in files.items()).encode()


def _path(name: str) -> str:
    """A path as a manifest writes it. RFC 8493, 2.1.3 escapes CR, LF and "%"; checked names have no CR or LF."""
    return name.replace("%", "%25")


def _info(metadata: BagMetadata, bagged: Mapping[str, bytes], moment: date) -> Sequence[tuple[str, str]]:
    """The labels and values of `bag-info.txt`, each value on one line; blank values are left out."""
    size = sum(len(data) for data in bagged.values())
    found = [
        ("Source-Organization", metadata.publisher),
        ("Contact-Email", metadata.contact if "@" in metadata.contact and "://" not in metadata.contact else ""),
        ("External-Description", metadata.description),
        ("External-Identifier", metadata.name),
        ("Bagging-Date", moment.isoformat()),
        ("Bag-Size", f"{size / 1_000_000:.1f} MB"),
        ("Payload-Oxum", f"{size}.{len(bagged)}"),
        ("Bag-Software-Agent", f"workreport {metadata.version}"),
        ("Internal-Sender-Description", dating.date_origin([r.day for r in metadata.reports], moment).value),
    ]
    return [(label, " ".join(value.split())) for label, value in found if value.strip()]


def _lines(fields: Sequence[tuple[str, str]]) -> bytes:
    return "".join(f"{label}: {value}\n" for label, value in fields).encode()
