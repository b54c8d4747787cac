"""Reads EPUBs with the standard library alone, and makes EPUBs of small reports."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

from tests.conftest import ROOT
from tests.vocabularies import vocabularies
from workreport.analysis.links import publish
from workreport.archive import epub, epub_pages
from workreport.build import report_reader
from workreport.model import Reading
from workreport.project.settings import Settings

TEMPLATES = ROOT / "templates"
DAY = date(2024, 2, 21)
X = "{http://www.w3.org/1999/xhtml}"
"""The XHTML namespace, before an element's name."""
KIND = "{http://www.idpf.org/2007/ops}type"
"""The name of the attribute epub:type."""
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
BOOKS = ["gongshu", "glossed", "hostile", "paged"]
"""The keys of the fixture `all_books`."""
GLOSSED = """政府工作报告

各位代表：

现在，我代表县人民政府向大会报告工作。

一、2025年工作回顾

（一）教育。“青苗计划”培养教师126名，增长5.1%，位居全省第一。“青苗计划”走进32所学校。

（二）交通。云河通道建成，全长12.5公里，位居全市前列。

二、2026年工作安排

力争地区生产总值增长6%，继续“青苗计划”。

名词解释
1.“青苗计划”：培养青年教师 <b>“十年”</b> & 更久。
2.云河通道：连接两江的水道。
"""


@dataclass(frozen=True)
class Opened:
    """An EPUB as a reading program sees it: zip, package document, XHTML files in the order of the spine."""

    data: bytes

    @cached_property
    def zip(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))

    @cached_property
    def root(self) -> str:
        """The path of the package document in the zip."""
        container = ET.fromstring(self.zip.read("META-INF/container.xml"))
        found = container.find(".//{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
        assert found is not None
        return found.attrib["full-path"]

    @cached_property
    def package(self) -> ET.Element:
        return ET.fromstring(self.zip.read(self.root))

    @cached_property
    def items(self) -> dict[str, dict[str, str]]:
        """The attributes of each item of the manifest, by id."""
        return {item.attrib["id"]: item.attrib for item in self.package.iterfind(".//o:item", OPF)}

    def read(self, name: str) -> str:
        """The text of a file; `name` is its path relative to the package document."""
        return self.zip.read(posixpath.join(posixpath.dirname(self.root), name)).decode()

    @cached_property
    def pages(self) -> dict[str, ET.Element]:
        """The XHTML files by name, in reading order."""
        spine = [ref.attrib["idref"] for ref in self.package.iterfind(".//o:itemref", OPF)]
        return {name: ET.fromstring(self.read(name)) for name in (self.items[i]["href"] for i in spine)}

    def words(self) -> str:
        """The report's own text (elements marked `data-text`), without white space."""
        return "".join(
            "".join("".join(element.itertext()).split())
            for page in self.pages.values()
            for element in page.iter()
            if "data-text" in element.attrib
        )

    def told(self, name: str) -> list[str]:
        """The values of a metadata element ("dc:title") or of a property ("dcterms:modified")."""
        if name.startswith("dc:"):
            return [element.text or "" for element in self.package.iterfind(f".//{name}", OPF)]
        return [e.text or "" for e in self.package.iterfind(".//o:meta", OPF) if e.get("property") == name]


def reading_of(text: str, folder: Path, name: str = "made-2026.txt") -> Reading:
    """An invented report, written into `folder` and read as a build reads it."""
    path = folder / name
    path.write_bytes(text.encode())
    return report_reader.read_report(
        path, path.stem, vocabularies(), None
    ).reading


def book_of(reading: Reading, *others: Reading, site: Settings | None = None, moment: date = DAY) -> Opened:
    """The EPUB of a report; `others` are the other reports of the same website."""
    published = publish((reading, *others), "")
    site = site or Settings()
    return Opened(epub.packed(epub_pages.pages(reading, published, site, TEMPLATES, moment=moment), moment))


def links(opened: Opened) -> Iterator[tuple[str, ET.Element, str, str]]:
    """For every link: the name of its page, the element, the file it links to, and the anchor ("" for none)."""
    for name, page in opened.pages.items():
        for element in page.iter(f"{X}a"):
            path, anchor = urldefrag(element.attrib["href"])
            yield name, element, path or name, anchor


def kinds(element: ET.Element) -> list[str]:
    """The values of the attribute epub:type."""
    return element.get(KIND, "").split()
