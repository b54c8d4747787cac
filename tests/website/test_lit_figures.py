"""Which characters of a sentence are lit as its figure, and lead to the row of the figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.vocabularies import vocabularies
from workreport.build import report_reader
from workreport.model import Publication
from workreport.project.settings import Settings
from workreport.website.pages import render


def lit(folder: Path, sentence: str) -> list[str]:
    """Return the words of the links from this sentence to rows of figures."""
    file = folder / "source.md"
    text = f"青禾县政府工作报告\n1998年3月5日在青禾县第九届人民代表大会第一次会议上\n县长 李四\n\n一、1997年工作回顾\n\n{sentence}\n"
    file.write_text(text, encoding="utf-8")
    reading = report_reader.read_report(file, "qinghe-1998", vocabularies()).reading
    pages = render(Publication((reading,)), Settings(), ROOT / "templates")
    page = page_html(pages["qinghe-1998/1/index.md"])
    return re.findall(r'<a class="q[^"]* f [^"]*"[^>]*>([^<]*)</a>', page.partition('class="side"')[0])


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("粮食产量达到49250万吨。", ["49250万吨"]),
        ("粮食产量达到４９２５０万吨。", ["４９２５０万吨"]),
        ("粮食产量达到4 9 2 5 0 万吨。", ["4 9 2 5 0 万吨"]),
        ("商品零售价格上涨0 ．8 ％。", ["0 ．8 ％"]),
        ("钢产量达到1 亿吨以上。", ["1 亿吨"]),
        ("城镇居民人均可支配收入增长１．５％。", ["１．５％"]),
    ],
)
def test_figure_is_lit_whole_however_its_digits_are_printed(tmp_path: Path, sentence: str, figures: list[str]) -> None:
    assert lit(tmp_path, sentence) == figures
