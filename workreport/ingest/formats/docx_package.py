"""Knows the package of a .docx file: a zip of XML parts that link to each other, read within limits of size.

Leaves what the XML means to `docx` and `docx_lists`. Source: ECMA-376 Part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from workreport.ingest.formats.extract import DEEPEST_XML, BadSource

LARGEST_PART = 32_000_000
"""The most unpacked bytes of all parts that are read. A report of 30,000 characters has 2 million at most."""
MOST_TAGS = 1_000_000
"""The most tags of one part, since the tree of a part takes memory for each tag."""
AS_DOCX: Final = "请用 Word 或 WPS 打开它，另存为 .docx 后再试。"
"""The advice of most errors about a .docx file."""
_OFF: Final = {"0", "false", "off", "none"}
"""Values that switch an on/off property off."""


class _Refused(Exception):
    """The XML has a document type declaration, which no word processor writes."""


class _Builder(ET.TreeBuilder):
    """Builds the tree of a part. Refuses a document type: its entities could fill the memory or read local files."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _Refused(name, pubid, system)


def name_of(element: ET.Element) -> str:
    """Return an element's name without namespace, since transitional and strict files differ only in the namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: ET.Element | None, name: str = "val") -> str | None:
    """Return the value of the attribute with this name in any namespace; None without it or without an element."""
    if element is None:
        return None
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def child(element: ET.Element | None, *path: str) -> ET.Element | None:
    """Follow a path of names from an element, each time to the first child of that name; None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if name_of(c) == name), None)
    return element


def children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield the rows of a table ("tr") or the cells of a row ("tc"), also inside content controls and revisions."""
    stack = [(iter(element), 0)]
    while stack:
        rows, depth = stack[-1]
        part = next(rows, None)
        if part is None:
            stack.pop()
        elif name_of(part) == name:
            yield part
        elif name_of(part) in ("sdt", "sdtContent", "ins", "customXml", "smartTag") and depth < DEEPEST_XML:
            stack.append((iter(part), depth + 1))


def alternative(element: ET.Element) -> ET.Element | None:
    """Return the first alternative of an AlternateContent that has text, or else the first; None if it is empty.

    All alternatives show the same content.
    """
    options = list(element)
    for option in options:
        if any(name_of(e) in ("t", "txbxContent") for e in option.iter()):
            return option
    return options[0] if options else None


def is_on(element: ET.Element | None) -> bool:
    """Whether an on/off property is present and not switched off."""
    return element is not None and (attribute(element) or "true") not in _OFF


class DocxPackage:
    """The zip with its parts, by name. Raises BadSource if it has a password, is an old .doc file, or is not a zip."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path, self.spent = path, 0
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            locked = "EncryptedPackage".encode("utf-16-le") in data
            raise BadSource(
                path,
                "这个 .docx 加了密码。" if locked else "扩展名是 .docx，内容其实是旧版 Word（.doc）或 WPS 文件。",
                "请用 Word 打开，去掉密码，另存后再试。" if locked else AS_DOCX,
            )
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = {i.filename.lstrip("/"): i for i in self.zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise BadSource(path, "这不是完整的 .docx 文件（压缩包打不开）。", AS_DOCX) from error

    def part(self, name: str) -> ET.Element | None:
        """Read one part and return its XML tree; None if there is no such part.

        Raises BadSource if the part is damaged or all parts read so far exceed LARGEST_PART.
        """
        info = self.names.get(name)
        if info is None:
            return None
        self.spent += info.file_size
        if self.spent > LARGEST_PART:
            raise self._too_much()
        if info.flag_bits & 1:
            raise BadSource(self.path, "这个 .docx 加了密码。", "请去掉密码，另存后再试。")
        try:
            with self.zip.open(info) as handle:
                data = handle.read(LARGEST_PART + 1)
            if len(data) > LARGEST_PART or data.count(b"<") > MOST_TAGS:
                raise self._too_much()
            parser = ET.XMLParser(target=_Builder())
            parser.feed(data)
            root: ET.Element = parser.close()
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise BadSource(self.path, f"这个 .docx 已损坏（{name} 解不开）。", AS_DOCX) from error
        except (ET.ParseError, _Refused, LookupError) as error:
            raise BadSource(self.path, f"这个 .docx 已损坏（{name} 不是合格的 XML）。", AS_DOCX) from error
        return root

    def _too_much(self) -> BadSource:
        return BadSource(
            self.path,
            f"文件解开后的文字部分超过上限（{LARGEST_PART // 10**6} MB）。",
            "请确认这是一份报告；图片不影响，文字过多才会这样。",
        )

    def links(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the links of a part to other parts of the package, by id: (kind, name of the part).

        `name` is the linking part, "" for the package itself. Links to other files and web pages are left out.
        """
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for link in root if root is not None else ():
            if attribute(link, "TargetMode") == "External":
                continue
            target = attribute(link, "Target") or ""
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attribute(link, "Id") or ""] = ((attribute(link, "Type") or "").rpartition("/")[2], part)
        return found


def integer(words: str | None, other: int) -> int:
    """Return a whole number of at most eight characters; `other` for None and for any other text."""
    try:
        return int(words) if words is not None and len(words) < 9 else other
    except ValueError:
        return other
