"""Helper of the tests of comparisons: small invented reports of one place, a year after the other, and what they say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.vocabularies import ROOT, vocabularies
from workreport.build import report_reader
from workreport.comparison import ComparisonWords, compare, load
from workreport.model import Reading
from workreport.model.place_years import PlaceYears

REPORT = """# {place}政府工作报告

——{year}年1月8日在{place}第五届人民代表大会第四次会议上

{place}市长 李明

各位代表：

现在，我代表市人民政府向大会报告工作。

一、{before}年工作回顾

过去一年，全市上下团结奋斗，各项工作有了新进展。

{result}

二、{year}年工作安排

今年要做好以下工作。

{target}
"""


@cache
def words() -> ComparisonWords:
    """The words of comparisons of the project."""
    return load(ROOT / "vocabulary", vocabularies().measures)


def report(folder: Path, year: int, *, result: str = "", target: str = "", place: str = "临河市") -> Reading:
    """A report of a year: `result` stands in its review, `target` in its plan."""
    path = folder / f"{place}-{year}.md"
    text = REPORT.format(place=place, year=year, before=year - 1, result=result, target=target)
    path.write_text(text, encoding="utf-8")
    return report_reader.read_report(path, path.stem, vocabularies(), pronounce=str).reading


def compared(*readings: Reading) -> PlaceYears:
    """What reports of one place say of each other."""
    (place,) = compare(readings, words())
    return place


def told(folder: Path, target: str, result: str) -> PlaceYears:
    """What a report of 2024 with a target and one of 2025 with a result say of each other."""
    return compared(report(folder, 2024, target=target), report(folder, 2025, result=result))
