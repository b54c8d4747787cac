"""What the picture tests share: invented reports, their pictures, and the text of a picture and of its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.vocabularies import vocabularies
from workreport.archive import poster, typesetting
from workreport.build import report_reader
from workreport.model import Publication, Reading
from workreport.project import fonts
from workreport.project.settings import Settings
from workreport.website.pages import render

TEMPLATES = ROOT / "templates"
BOOK = Path(__file__).parents[2] / "books" / "linhu-2025" / "source.md"
ADDRESS = "https://www.example.gov.cn/gzbg/"
SITE = Settings(publisher="临湖县人民政府办公室", colour="#0f6b6b", address=ADDRESS)
PLAIN = replace(SITE, address="", publisher="")
"""Settings without address and publisher."""
MARKUP = r"#let x = [1] $a^2$ \ *b* _c_ `d` @e <f> <script>alert(1)</script> {{ 7 * 7 }} // g /* h */ ~ -- \u{41}"


HOSTILE = f"""# 政府工作报告

（2025年1月9日在临湖县第十七届人民代表大会第四次会议上）

## 一、#panic("x")

### （一）各项事业

粮食总产量1.2万吨，增长3%。{MARKUP}

### （二）社会民生

#set page(width: 1pt) 就业人数3000人，居全省第一。
"""


LONG_NAMES = {
    "title": "二〇二五年度政府工作报告及国民经济和社会发展计划执行情况与财政预算执行情况的报告（征求意见稿）",
    "place": "内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴拉嘎尔高勒镇",
    "speaker": "阿布都热合曼·买买提吐尔逊·努尔艾合买提江",
    "office": "旗人民政府代理旗长",
    "meeting": "西乌珠穆沁旗第十七届人民代表大会常务委员会第二十三次（扩大）会议",
}


needs_fonts = pytest.mark.skipif(
    bool(typesetting.missing_tools(fonts.find())), reason="typst or a font of the lock file is not installed"
)


def taken(text: str, folder: Path) -> Reading:
    """An invented report with this Markdown text, written into `folder` and read."""
    path = folder / "report.md"
    path.write_text(text, encoding="utf-8")
    return report_reader.read_report(path, "report", vocabularies()).reading


def pictures(reading: Reading, facts: Settings = SITE) -> dict[str, poster.Picture]:
    """The pictures of a report by their path below its folder `picture/`."""
    made = poster.pictures(Publication((reading,)), facts, TEMPLATES)
    return {picture.path.removeprefix(f"{reading.meta.slug}/picture/"): picture for picture in made}


def drawn(picture: poster.Picture) -> bytes:
    """The PNG of a picture."""
    return typesetting.picture(
        picture.source, picture.data, fonts.find(), files=dict(picture.files), name=picture.template
    )


def squeezed(text: str) -> str:
    """The text without white space, zero-width spaces and word joiners, which typesetting adds to choose where lines end."""
    return "".join(text.split()).replace("\u200b", "").replace("\u2060", "")


class Words(HTMLParser):
    """The text of a page (`words`), and its attributes as tag, name and value."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.attributes = "", list[tuple[str, str, str]]()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, key, value or "") for key, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def page_of(reading: Reading, facts: Settings = SITE) -> Words:
    """The page with the pictures of a report."""
    docs = render(Publication((reading,)), facts, TEMPLATES)
    return Words(page_html(docs[f"{reading.meta.slug}/picture/index.md"]))


def words_of(picture: poster.Picture) -> str:
    """The text of a picture, without white space: it is set as a PDF, from which the text is extracted."""
    made = typesetting.document(
        picture.source, picture.data, fonts.find(), moment=date(2025, 1, 9), standards=(), files=dict(picture.files)
    )
    pdf = pypdfium2.PdfDocument(made)
    assert len(pdf) == 1
    return squeezed(pdf[0].get_textpage().get_text_bounded())
