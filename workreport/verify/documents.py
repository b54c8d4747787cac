"""Knows the checks of the two archive forms that are no zip: the single HTML file and the PDF.

The checks find damage, not every change: that takes `SHA256SUMS`, see `files`. Leaves zips to `packages`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from workreport.verify import pdf_pages
from workreport.verify.container import BrokenError, Examined
from workreport.website import markup

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 512 << 20
"""The largest file that is read, in bytes (512 MiB); a larger one is reported as broken."""
_POLICY_HASH = re.compile(r"'sha256-([A-Za-z0-9+/]{43}=)'")
_NOT_RUN = re.compile(r"(?i:application/(?:ld\+)?json|text/plain|text/template)")
"""Types of `script` elements that hold data and never run."""
_STARTXREF = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF\s*\Z")
"""The end of a PDF, with the offset of its cross-reference table or stream."""
_HEADER = re.compile(rb"%PDF-(?:1\.[0-7]|2\.0)[\r\n]")
_OBJECT = re.compile(rb"\s*[0-9]{1,10}\s+[0-9]{1,5}\s+obj\b")
_SECTION = re.compile(rb"\s*([0-9]{1,10})\s+([0-9]{1,10})[ \t]*\r?\n")
"""The head of a section of the cross-reference table: the first object number, the number of rows."""
_PLACE = re.compile(rb"([0-9]{10}) [0-9]{5} ([nf])(?: \r| \n|\r\n)")
"""A row of the cross-reference table: the offset of an object, n for one in use, f for a free one."""
_ROW = 20
"""The length of a row of the cross-reference table in bytes."""
_TAIL = 2048
"""The number of bytes at the end of a PDF that are searched for `_STARTXREF`."""


def _content(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise BrokenError(f"文件超过 {_LARGEST >> 20} MB，不像是本程序所写，没有核对。")
    return path.read_bytes()


def _policy_and_code(page: str) -> tuple[str | None, list[tuple[str, str]]]:
    """The page's content security policy (None for none), and the tag name and text of each inline script and style.

    `script` elements that hold data (`_NOT_RUN`) are left out.
    """
    policy = None
    parts = []
    for tag in markup.tags(page, ("meta", "script", "style")):
        kind, content = tag.get("http-equiv" if tag.name == "meta" else "type"), tag.get("content")
        if tag.name == "meta":
            if kind and content and kind.value.lower() == "content-security-policy":
                policy = content.value
        elif not tag.get("src") and not (tag.name == "script" and kind and _NOT_RUN.fullmatch(kind.value)):
            parts.append((tag.name, page[tag.end : tag.inner]))
    return policy, parts


def webpage(path: Path) -> Examined:
    """Check an HTML file: UTF-8, complete from doctype to `</html>`, scripts and styles as its policy states.

    Each inline script and style must have a digest that the content security policy lists, and no listed script may be
    missing. Raises BrokenError for a file that is too large.
    """
    data = _content(path)
    what = "网页（单个文件）"
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Examined(what, (f"第 {line} 行不是 UTF-8 文字，文件已损坏。",))
    problems = []
    if not re.match(r"(?i)<!doctype html>", text):
        problems.append("开头不是网页（<!doctype html>），文件已损坏。")
    if not re.search(r"(?i)</html>\s*\Z", text[-80:]):
        problems.append("结尾没有 </html>，文件不完整（可能没有传完）。")
    if "\0" in text:
        problems.append("含有空字符（U+0000），文件已损坏。")
    policy, parts = _policy_and_code(text)
    if policy is None:
        problems.append("没有内容安全策略（CSP），文件已损坏或被改动。")
    else:
        problems += _policy_problems(policy, parts)
    return Examined(what, tuple(problems))


def _policy_problems(policy: str, parts: list[tuple[str, str]]) -> list[str]:
    """Sentences about inline scripts and styles that the policy does not allow, and about listed scripts that are
    missing.

    `parts` are pairs of tag name and text. A rule with 'unsafe-inline' and without digests allows everything.
    """
    rules = {words[0].lower(): words[1:] for rule in policy.split(";") if (words := rule.split())}
    problems = []
    for tag, name in (("script", "脚本"), ("style", "样式")):
        rule = rules.get(f"{tag}-src", rules.get("default-src", []))
        allowed = set(_POLICY_HASH.findall(" ".join(rule)))
        texts = [text.encode() for kind, text in parts if kind == tag]
        found = {base64.b64encode(hashlib.sha256(text).digest()).decode() for text in texts}
        if not allowed and "'unsafe-inline'" in rule:
            continue
        if found - allowed:
            problems.append(f"有 {len(found - allowed)} 段{name}与页内的安全策略不符，已损坏或被改动。")
        # A style's digest may belong to a style attribute; a script's belongs to a script that must be in the page.
        if tag == "script" and allowed - found:
            problems.append(f"安全策略列有的{name}缺了 {len(allowed - found)} 段，文件不完整或被改动。")
    return problems


def pdf(path: Path) -> Examined:
    """Check a PDF: header, end, cross-reference table; where pypdfium2 is installed, also that every page opens.

    Raises BrokenError for a file that is too large.
    """
    data = _content(path)
    what = "PDF 文档"
    problems = []
    if not _HEADER.match(data):
        problems.append("开头不是 PDF，文件已损坏。")
    end = _STARTXREF.search(data, max(0, len(data) - _TAIL))
    if end is None:
        problems.append("结尾没有 %%EOF，文件不完整（可能没有传完）。")
        return Examined(what, tuple(problems))
    problems += _xref_problems(data, int(end[1]))
    # Checking works with Python alone; where the library is installed, the pages are opened too.
    if not pdf_pages.can_open():
        return Examined(f"{what}（没有 pypdfium2，未逐页打开）", tuple(problems))
    try:
        pages = pdf_pages.count(data)
    except BrokenError as error:
        return Examined(what, (*problems, str(error)))
    return Examined(f"{what}，{pages} 页", tuple(problems))


def _xref_problems(data: bytes, start: int) -> list[str]:
    """What is wrong with the cross-reference table at offset `start`; [] for nothing, one sentence otherwise.

    PDF readers repair a wrong table silently. Of a cross-reference stream only the start is checked.
    """
    wrong = ["各部分的位置表（xref）不符，文件已损坏或被改动。"]
    if data[start : start + 4] != b"xref":
        return [] if _OBJECT.match(data[start : start + 40]) else wrong
    at = start + 4
    while found := _SECTION.match(data[at : at + 40]):
        first, count = int(found[1]), int(found[2])
        at += found.end()
        if count > (len(data) - at) // _ROW:
            return wrong
        for number in range(first, first + count):
            row = _PLACE.fullmatch(data, at, at + _ROW)
            at += _ROW
            named = rb"%d\s+[0-9]{1,5}\s+obj\b" % number
            if row is None or (row[2] == b"n" and not re.match(named, data[int(row[1]) : int(row[1]) + 40])):
                return wrong
    return [] if re.match(rb"\s*trailer\b", data[at : at + 40]) else wrong
