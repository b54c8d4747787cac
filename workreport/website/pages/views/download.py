"""Knows the view of the download page: the source with its SHA-256, the citation, the data files.

Leaves the archive files to `archive`, which adds them to the finished page.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import Reading, Source
from workreport.website import addresses, citations
from workreport.website.pages.publisher import SiteFacts
from workreport.website.pages.views.report import DownloadLink, PageLink, Report, data_files

REFERENCES = (
    ("引用条目（BibTeX）", "cite.bib", "用于 LaTeX、JabRef。"),
    ("引用条目（RIS）", "cite.ris", "用于 EndNote、NoteExpress、知网研学。"),
    ("引用条目（CSL-JSON）", "cite.json", "用于 Zotero、Pandoc。"),
)
"""The files of references (see `citations.files`): title of the link, file name, purpose."""


@dataclass(frozen=True, slots=True)
class DownloadPage:
    """The download page.

    `facts` are labels and values that describe the source file, `digests` those to check it by; `address` is the URL of the report or "".
    """

    name: str
    citation: str
    address: str
    facts: tuple[tuple[str, str], ...]
    digests: tuple[tuple[str, str], ...]
    source_href: Markup
    text_href: Markup
    text: PageLink
    front: PageLink
    data: tuple[DownloadLink, ...]
    references: tuple[DownloadLink, ...]


def download_view(report: Report, origin: str, site: SiteFacts) -> DownloadPage:
    """Return the view of the download page at `origin`."""
    reading, meta = report.reading, report.reading.meta
    folder = origin.removesuffix(addresses.ROOT)
    citation = citations.filled(citations.gbt_2025(citations.of_report(reading, site)))
    page = addresses.canonical(site.address, addresses.report(reading))
    return DownloadPage(
        meta.name,
        citation,
        page,
        source_facts(reading),
        source_digests(reading.source),
        Markup(addresses.relative(origin, f"{folder}source.txt")),
        Markup(addresses.relative(origin, f"{folder}text.txt")),
        report.link_to_page(origin, addresses.TEXT),
        report.link_to(origin, meta.name, ""),
        data_files(report, origin),
        tuple(DownloadLink(name, Markup(file), note) for name, file, note in REFERENCES),
    )


def source_facts(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return labels and values that describe the source file of a report."""
    return (
        ("来源文件", reading.source.path.replace("\\", "/").rsplit("/", 1)[-1]),
        ("格式与编码", f"{reading.source.format}，{reading.source.encoding}"),
        ("字符数", f"{reading.source.characters}"),
        *((("来源文字", "source.txt，从来源文件取出，UTF-8"),) if reading.source.text_sha256 else ()),
    )


def source_digests(source: Source) -> tuple[tuple[str, str], ...]:
    """Return labels and digests by which the source file, and the text that was taken out of it, can be checked."""
    text = (("来源文字的 SHA-256", source.text_sha256),) if source.text_sha256 else ()
    return (("SHA-256", source.sha256), *text)
