"""A small archive with a file of each form, made without a build, for fast tests of the checks."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from workreport import archive
from workreport.archive import offline, zips
from workreport.project import paths, writer

DAY = date(2024, 2, 21)
# The files of a website.
SITE = {
    "index.html": "<!doctype html><p>报告</p>",
    "town/index.html": "<p>青川镇</p>" * 50,
    "town/download/index.html": "<div data-archives><p>离线版在网站下载。</p></div>\n<p>正文</p>",
    "assets/a.css": "p{}",
    "town/1/index.html": "<p>第一节</p>",
    "town/download/text.txt": "正文\n",
    "town/picture/long.png": "not really a picture " * 9,
}
SCRIPT, STYLE = "let a = 1;", "p { color: #123; }"
"""The script and the style of the HTML file, which its policy lists by digest."""
OPF = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata/>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/></spine></package>
"""
CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
CHAPTER = (
    '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>第一节</p></body></html>'
)
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "EPUB/content.opf": OPF,
    "EPUB/nav.xhtml": CHAPTER,
    "EPUB/one.xhtml": CHAPTER,
}
PAYLOAD = {"data/source.md": "青川镇政府工作报告\n" * 9, "data/site/index.html": "<p>报告</p>", "data/100%.txt": "全部"}


def policy_hash(text: str) -> str:
    """The digest of an inline script or style as a content security policy lists it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def webpage(script: str = SCRIPT, style: str = STYLE) -> bytes:
    """A single HTML file; with another script or style, its policy does not fit."""
    policy = f"default-src 'none'; script-src {policy_hash(SCRIPT)}; style-src {policy_hash(STYLE)}"
    return (
        f'<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>报告</title><style>{style}</style>'
        f'</head><body><p>青川镇</p><script type="application/json">{{}}</script><script>{script}</script></body></html>\n'
    ).encode()


def pdf(pages: int = 2) -> bytes:
    """A PDF of empty pages with a correct cross-reference table."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    objects += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode()
    rows = "".join(f"{place:010} 00000 n\r\n" for place in places)
    table = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f\r\n{rows}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    )
    return data + table.encode() + f"startxref\n{len(data)}\n%%EOF\n".encode()


def zipped(files: Mapping[str, str | bytes], stored: tuple[str, ...] = ()) -> bytes:
    """A zip of these files as `archive.zips` writes it; those named in `stored` are not compressed."""
    members = [
        zips.Member(name, text.encode() if isinstance(text, str) else text, name in stored)
        for name, text in files.items()
    ]
    return zips.packed(members, DAY)


def book(files: Mapping[str, str] = BOOK) -> bytes:
    """An EPUB of these files."""
    return zipped(files, stored=("mimetype",))


def listed(files: Mapping[str, str], algorithm: str = "sha256") -> str:
    """The manifest of these files, as a bag has it."""
    rows = ((name, hashlib.new(algorithm, text.encode()).hexdigest()) for name, text in files.items())
    return "".join(f"{value}  {name.replace('%', '%25')}\n" for name, value in rows)


def bag(payload: Mapping[str, str] = PAYLOAD, **changed: str | None) -> bytes:
    """A bag. `changed` replaces tag files: `bagit_txt="…"` sets the text of bagit.txt, None leaves the file out.

    In these keyword names "." and "-" are "_". The tag manifest fits the changed files.
    """
    size = sum(len(text.encode()) for text in payload.values())
    tags: dict[str, str] = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"External-Identifier: town\nPayload-Oxum: {size}.{len(payload)}\n",
        "manifest-sha256.txt": listed(payload),
        "manifest-sha512.txt": listed(payload, "sha512"),
    }

    def settled(files: dict[str, str]) -> dict[str, str]:
        given = {name: changed.get(name.replace(".", "_").replace("-", "_"), text) for name, text in files.items()}
        return {name: text for name, text in given.items() if text is not None}

    tags = settled(tags)
    tags |= settled({"tagmanifest-sha256.txt": listed(tags)})
    return zipped({f"town-bag/{name}": text for name, text in {**tags, **payload}.items()})


def site_of(folder: Path, files: Mapping[str, str] = SITE) -> Path:
    """Write the files of a website into `folder`; return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def pack_site(
    site: Path,
    target: Path,
    *,
    name: str = "town",
    moment: date = DAY,
    title: str = "",
    archive_files: Sequence[str] = (),
    slugs: Sequence[str] = (),
) -> Path:
    """Write `<name>-offline.zip` of a website into the folder `target`, as a build does; return its path."""
    path = target / f"{name}-offline.zip"
    with writer.atomic_write(path) as out:
        offline.pack(
            site, out, name=path.name, moment=moment, title=title, archive_files=archive_files, slugs=slugs,
            verifier=paths.shipped() / "templates" / "verify",
        )  # fmt: skip
    return path


def archive_of(folder: Path) -> Path:
    """Write an archive with a file of each form and `SHA256SUMS`, and its website, below `folder`; return archive/."""
    made = folder / "archive"
    names = [f"town{ending}" for ending in ("-bag.zip", "-offline.zip", ".epub", ".html", ".pdf")]
    site = site_of(folder / "site")
    pack_site(site, made, title="青川镇政府工作报告", archive_files=names)
    for ending, data in ((".html", webpage()), (".epub", book()), (".pdf", pdf()), ("-bag.zip", bag())):
        (made / f"town{ending}").write_bytes(data)
    archive.write_sums(made)
    return made
