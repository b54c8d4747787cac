"""Knows the checks of the three archive forms that are zips: the offline zip, the EPUB and the bag (RFC 8493).

A list inside a package shows that it is complete and undamaged, not that nobody changed it: whoever changes a file can
change the list too. That takes `SHA256SUMS`, see `files`. Leaves the zip format to `container`.
"""

from __future__ import annotations

import posixpath
import re
import xml.parsers.expat
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from workreport.archive import sums as sum_lists
from workreport.verify.container import STORED, BrokenError, Examined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from workreport.verify.container import Container

MANIFEST = "manifest-sha256.txt"
"""The list of digests in the top folder of an offline zip, and one of those in a bag."""

_BAGIT = re.compile(rb"BagIt-Version: (?:0\.97|1\.0)\nTag-File-Character-Encoding: UTF-8\n")
_BAG_LIST = re.compile(r"(tag)?manifest-(sha256|sha512)\.txt")
_OXUM = re.compile(r"^Payload-Oxum: ([0-9]+)\.([0-9]+)$", re.MULTILINE)
_BAG_ESCAPE = re.compile(r"%(0A|0D|25)", re.IGNORECASE)
_DIGITS = {"sha256": 64, "sha512": 128}
_EPUB_TYPE = b"application/epub+zip"
_LARGEST_XML = 64_000_000
"""The most bytes of an XML file of an EPUB that are read."""
_MOST_ELEMENTS = 500_000
"""The most elements of such a file."""
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def offline(bundle: Container) -> Examined:
    """Check an offline zip: one folder with an index.html, and exactly the files that the list in it states."""
    folder = _folder(bundle)
    sums, problems = bundle.digests()
    inside = _inside(sums, folder)
    if "index.html" not in inside:
        problems.append("没有 index.html，不是完整的离线版。")
    if MANIFEST in inside:
        listed = sum_lists.read(bundle.read(f"{folder}/{MANIFEST}"))
        broken = _inside(dict.fromkeys(bundle.names, ""), folder).keys() - inside.keys()
        problems += _against(MANIFEST, listed, inside, broken, {MANIFEST})
    else:
        problems.append(f"没有 {MANIFEST}，不能逐一核对其中的文件。")
    return Examined(f"离线版，{len(bundle.entries)} 个文件与包内清单逐一相符", tuple(problems))


def bag(bundle: Container) -> Examined:
    """Check a bag: bagit.txt, every manifest complete and correct, Payload-Oxum (bytes and files), no fetch.txt.

    At least one payload manifest is required; tag manifests and bag-info.txt may be missing.
    """
    folder = _folder(bundle)
    by_algorithm: dict[str, dict[str, str]] = {}
    sums, problems = bundle.digests()
    by_algorithm["sha256"] = inside = _inside(sums, folder)
    broken = _inside(dict.fromkeys(bundle.names, ""), folder).keys() - inside.keys()
    if "bagit.txt" not in inside:
        problems.append("没有 bagit.txt，不是存档包。")
    elif not _BAGIT.fullmatch(bundle.read(f"{folder}/bagit.txt")):
        problems.append("bagit.txt 不是 RFC 8493 所定的两行。")
    if "fetch.txt" in inside:
        problems.append("有 fetch.txt：部分内容要到别处去取，不是完整的存档包。")
    payload = {name for name in inside if name.startswith("data/")}
    lists = [found for name in sorted(inside) if (found := _BAG_LIST.fullmatch(name))]
    if not any(found[1] is None for found in lists):
        problems.append(f"没有 {MANIFEST}，不能证明内容完整。")
    for found in lists:
        algorithm = found[2]
        if algorithm not in by_algorithm:
            by_algorithm[algorithm] = _inside(bundle.digests(algorithm)[0], folder)
        listed = sum_lists.read(bundle.read(f"{folder}/{found[0]}"), digits=_DIGITS[algorithm], ordered=False)
        tags = {name for name in inside if name not in payload and not name.startswith("tagmanifest-")}
        covered = tags if found[1] else payload
        here = {name: value for name, value in by_algorithm[algorithm].items() if name in covered}
        problems += _against(found[0], _decoded(listed), here, broken, set())
    problems += _oxum(bundle, folder, payload)
    return Examined(f"存档包，{len(inside)} 个文件与包内清单逐一相符", tuple(problems))


def _oxum(bundle: Container, folder: str, payload: AbstractSet[str]) -> Iterator[str]:
    """Differences between the Payload-Oxum of bag-info.txt and the payload; none where either is missing."""
    try:
        info = bundle.read(f"{folder}/bag-info.txt").decode()
    except KeyError:
        return
    except (UnicodeDecodeError, BrokenError):
        yield "bag-info.txt 已损坏。"
        return
    size = sum(entry.size for entry in bundle.entries if entry.name.removeprefix(f"{folder}/") in payload)
    for octets, streams in _OXUM.findall(info):
        if (octets, streams) != (str(size), str(len(payload))):
            yield f"bag-info.txt 记有 {octets} 字节、{streams} 个文件，实有 {size} 字节、{len(payload)} 个。"


def _decoded(listed: sum_lists.Listing) -> sum_lists.Listing:
    """The list of a bag with real paths: %0A, %0D and %25 stand for line feed, carriage return and "%"."""

    def decoded(name: str) -> str:
        return _BAG_ESCAPE.sub(lambda found: chr(int(found[1], 16)), name)

    sums = {decoded(name): value for name, value in listed.sums.items()}
    return replace(listed, sums=sums, lines={decoded(name): line for name, line in listed.lines.items()})


def _against(
    where: str, listed: sum_lists.Listing, here: Mapping[str, str], broken: AbstractSet[str], apart: AbstractSet[str]
) -> Iterator[str]:
    """The problems of the list named `where`, and its differences from the files `here` (digest by path).

    `broken` are damaged files, which are reported elsewhere; `apart` are files that the list need not name.
    """
    for line, message in listed.problems:
        yield f"{where}{f' 第 {line} 行' if line else ''}：{message}"
    for name in sorted(listed.sums.keys() - here.keys() - broken):
        yield f"缺少 {name}：{where} 列有此文件。"
    for name in () if listed.unread else sorted(here.keys() - listed.lines.keys() - listed.sums.keys() - apart):
        yield f"多出 {name}：不在 {where} 之列。"
    for name in sorted(listed.sums.keys() & here.keys()):
        if listed.sums[name] != here[name]:
            yield f"{name} 的内容与 {where} 所记不符。"


def _folder(bundle: Container) -> str:
    """The name of the one top folder that holds all files. Raises BrokenError where a file lies elsewhere."""
    tops = {name.partition("/")[0] for name in bundle.names}
    if len(tops) != 1 or any("/" not in name for name in bundle.names):
        raise BrokenError("压缩包里应只有一个文件夹，全部文件都在其中。")
    return tops.pop()


def _inside(values: Mapping[str, str], folder: str) -> dict[str, str]:
    """The values by path relative to the top folder."""
    return {name.removeprefix(f"{folder}/"): value for name, value in values.items()}


def epub(bundle: Container) -> Examined:
    """Check an EPUB: `mimetype` first and not compressed, container.xml, a package document that lists every file."""
    sums, problems = bundle.digests()
    if not bundle.entries or bundle.names[0] != "mimetype" or bundle.entries[0].method != STORED:
        problems.append("第一个文件应是不压缩的 mimetype。")
    elif "mimetype" in sums and bundle.read("mimetype") != _EPUB_TYPE:
        problems.append("mimetype 的内容不对。")
    try:
        problems += _package(bundle, sums)
    except BrokenError as error:
        problems.append(str(error))
    return Examined(f"EPUB 电子书，{len(bundle.entries)} 个文件齐全", tuple(problems))


def _package(bundle: Container, sums: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the package document and the XML files. Raises BrokenError for malformed XML."""
    container = _elements(bundle, "META-INF/container.xml")
    package = next((a.get("full-path", "") for tag, a in container if tag == "rootfile"), "")
    folder = posixpath.dirname(package)
    named: dict[str, str] = {}
    has_nav = False
    spine = []
    for tag, attributes in _elements(bundle, package):
        if tag == "item":
            href = attributes.get("href", "")
            has_nav = has_nav or "nav" in attributes.get("properties", "").split()
            if not _SCHEME.match(href):
                named[attributes.get("id", "")] = posixpath.normpath(posixpath.join(folder, unquote(href)))
        elif tag == "itemref":
            spine.append(attributes.get("idref", ""))
    there = {name for name in bundle.names if name not in ("mimetype", package) and not name.startswith("META-INF/")}
    for name in sorted(set(named.values()) - there):
        yield f"缺少 {name}：{package} 列有此文件。"
    for name in sorted(there - set(named.values())):
        yield f"多出 {name}：不在 {package} 之列。"
    if not spine or not set(spine) <= named.keys():
        yield f"{package} 里的阅读次序（spine）不完整。"
    if not has_nav:
        yield f"{package} 里没有目录（nav）。"
    for name in sorted(set(named.values()) & sums.keys()):
        if name.endswith((".xhtml", ".opf", ".ncx", ".svg")):
            _elements(bundle, name)


def _elements(bundle: Container, name: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of an XML file, as name without namespace and attributes.

    Raises BrokenError for a file that is missing, damaged, not well-formed, too large, or declares entities.
    """
    try:
        data = bundle.read(name)
    except KeyError as error:
        raise BrokenError(f"缺少 {name or 'META-INF/container.xml 所指的文件'}。") from error
    if len(data) > _LARGEST_XML:
        raise BrokenError(f"{name} 超过 {_LARGEST_XML // 10**6} MB，不像是本程序所写。")
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(found) >= _MOST_ELEMENTS:
            raise BrokenError(f"{name} 的标签超过 {_MOST_ELEMENTS} 个，不像是本程序所写。")
        found.append((tag.rpartition(" ")[2], attributes))

    def refuse(*_: object) -> None:
        raise BrokenError(f"{name} 里有实体声明，不可信。")

    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise BrokenError(f"{name} 第 {error.lineno} 行不是合格的 XML，已损坏。") from error
    return found
