"""Knows the view of the download page: the source with its SHA-256, the citation, the data files.

Leaves the archive files to `archive`, which adds them to the finished page.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import (
    Source,
)
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.views.report import DownloadLink, PageLink, Report, data_files


@dataclass(frozen=True, slots=True)
class DownloadPage:
    """The download page.

    `facts` are labels and values that describe the source file; `address` is the URL of the report or "".
    """

    name: str
    citation: str
    address: str
    facts: tuple[tuple[str, str], ...]
    source_href: Markup
    text_href: Markup
    text: PageLink
    front: PageLink
    data: tuple[DownloadLink, ...]


def download_view(report: Report, origin: str, address: str, publisher: str) -> DownloadPage:
    """Return the view of the download page at `origin`.

    `address` is the site's URL, and `publisher` who publishes it; "" for one that is not set.
    """
    reading, meta = report.reading, report.reading.meta
    folder = origin.removesuffix(addresses.ROOT)
    page = addresses.canonical(address, addresses.report(reading))
    said = "，".join(part for part in (meta.office + meta.speaker, wording.day(meta.date), meta.meeting) if part)
    digest = reading.source.sha256
    citation = f"{wording.government(meta.place)}：《{meta.name}》" if meta.place else f"《{meta.name}》"
    citation += (
        (f"，{said}" if said else "")
        + (f"。{publisher}发布" if publisher else "")
        + f"。来源文件 SHA-256：{digest[:16]}"
        + (f"。{page}" if page else "")
        + "。"
    )
    return DownloadPage(
        meta.name,
        citation,
        page,
        (
            ("来源文件", reading.source.path.replace("\\", "/").rsplit("/", 1)[-1]),
            ("格式与编码", f"{reading.source.format}，{reading.source.encoding}"),
            ("字符数", f"{reading.source.characters}"),
            ("SHA-256", digest),
            *_extracted_text_facts(reading.source),
        ),
        Markup(addresses.relative(origin, f"{folder}source.txt")),
        Markup(addresses.relative(origin, f"{folder}text.txt")),
        report.link_to_page(origin, addresses.TEXT),
        report.link_to(origin, meta.name, ""),
        data_files(report, origin),
    )


def _extracted_text_facts(source: Source) -> tuple[tuple[str, str], ...]:
    """Return the facts about the text extracted from a source such as PDF or Word; none for a source that is plain
    text.
    """
    if not source.text_sha256:
        return ()
    return (("来源文字", "source.txt，从来源文件取出，UTF-8"), ("来源文字的 SHA-256", source.text_sha256))
