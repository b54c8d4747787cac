"""Invented reports of several places and years, for tests of the pages that only a site with several reports has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.vocabularies import vocabularies
from workreport.analysis import links
from workreport.build import report_reader
from workreport.model import Publication, Reading


def text(place: str, year: int, review: str, plan: str = "我们要继续努力。") -> str:
    """Return a report of a place with these words of review and plan."""
    return (
        f"{place}政府工作报告\n\n{year}年1月8日在{place}第九届人民代表大会第四次会议上\n\n{place}长 李四\n\n"
        f"一、{year - 1}年工作回顾\n\n{review}\n\n二、{year}年工作安排\n\n{plan}\n"
    )


def reading(
    place: str, year: int, review: str, plan: str = "我们要继续努力。", *, code: str = "", slug: str = ""
) -> Reading:
    """Read an invented report as a build does, then give it this place and code."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "source.md"
        file.write_text(text(place, year, review, plan), encoding="utf-8")
        made = report_reader.read_report(
            file, slug or f"r{code or 'x'}-{year}", vocabularies(), name="source.md"
        ).reading
    return replace(made, meta=replace(made.meta, place=place, code=code, year=year))


def publication(*readings: Reading) -> Publication:
    """Return the readings as one site."""
    return links.publish(readings, "")
