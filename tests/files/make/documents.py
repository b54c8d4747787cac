"""Makes the Word files of tests/files: by hand as Word writes them, with python-docx, and with LibreOffice.

Run in this folder: `python documents.py`. Needs the package python-docx and soffice; the files are committed.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import words
from pdfs import FILES, office

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MOMENT = (1980, 1, 1, 0, 0, 0)


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*inner: str, level: int | None = None, style: str = "", mark: str = "") -> str:
    facts = f'<w:pStyle w:val="{style}"/>' if style else ""
    facts += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>' if level is not None else ""
    facts += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p>{f'<w:pPr>{facts}</w:pPr>' if facts else ''}{''.join(x if x.startswith('<') else run(x) for x in inner)}</w:p>"


def field(code: str, shown: str) -> str:
    """A complex field: its code never is text, its result is."""
    kinds = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in kinds)
    return (
        f'{begin}<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>{separate}{run(shown)}{end}'
    )


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{c}</w:tr>" for c in cells) + "</w:tbl>"


def by_hand() -> dict[str, str]:
    """What Word saves when a clerk has used everything it has."""
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{paragraph('会议文件之一')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('会议文件之一')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    revised = (
        '<w:ins w:id="1" w:author="甲" w:date="2025-01-10T08:00:00Z">' + run("产业园") + "</w:ins>"
        '<w:del w:id="2" w:author="甲" w:date="2025-01-10T08:00:00Z"><w:r><w:delText>工业区</w:delText></w:r></w:del>'
    )
    body = [
        paragraph(words.TITLE, box),
        paragraph(words.SAID),
        paragraph(words.SPEAKER),
        paragraph(words.GREETING),
        paragraph(words.OPENING),
        paragraph("2024年工作回顾", style="1"),
        paragraph("经济运行稳中有进", level=1),
        paragraph("地区生产总值达到386.42亿元", note, "，增长5.8%。云溪", revised, "完成投资45.3亿元。"),
        paragraph("工业稳步增长", level=2),
        paragraph("规模以上工业增加值增长7.3%。"),
        paragraph("服务业提质增效", level=2),
        paragraph("社会消费品零售总额", field("REF total", "151.9"), "亿元。", run("内部稿勿传。", "<w:vanish/>")),
        paragraph("城乡面貌持续改善", level=1),
        paragraph("完成老旧小区改造56个，", "<w:r><w:br/></w:r>", "惠及居民1.8万户。"),
        paragraph(
            '<w:del w:id="3" w:author="甲"><w:r><w:delText>整段删去的话。</w:delText></w:r></w:del>',
            level=1,
            mark='<w:del w:id="4" w:author="甲"/>',
        ),
        paragraph("民生福祉不断增进", level=1),
        paragraph("新增城镇就业1.26万人", "<w:r><w:noBreakHyphen/></w:r>", "以上。"),
        paragraph("2025年工作安排", style="1"),
        paragraph("重点任务", level=1),
        paragraph("产业升级", level=2),
        paragraph("规模以上工业企业达到", "<m:oMath><m:r><m:t>420</m:t></m:r></m:oMath>", "家。"),
        table(words.TABLE),
        paragraph(words.CLOSING),
        '<w:sectPr><w:headerReference w:type="default" r:id="rId10"/><w:footerReference w:type="default" r:id="rId11"/></w:sectPr>',
    ]
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/>{3}<w:lvlText w:val="{2}"/><w:suff w:val="nothing"/></w:lvl>'
    levels = (
        level.format(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="1"/>')
        + level.format(1, "chineseCountingThousand", "（%2）", "")
        + level.format(2, "decimal", "%3.", "")
    )
    return {
        "word/document.xml": f"<w:document {W} {MORE}><w:body>{''.join(body)}</w:body></w:document>",
        "word/numbering.xml": f'<w:numbering {W}><w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>',
        "word/styles.xml": f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>',
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{paragraph("")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " 初步核算数。")}</w:footnote></w:footnotes>',
        "word/header1.xml": f"<w:hdr {W}>{paragraph('云溪区第三届人民代表大会文件')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{paragraph('— ', field('PAGE', '1'), ' —')}</w:ftr>",
    }  # fmt: skip


def package(parts: dict[str, str]) -> dict[str, str]:
    """The parts with what makes a .docx of them."""
    kinds = {"numbering": 1, "styles": 2, "footnotes": 3, "endnotes": 4, "header1": 10, "footer1": 11}
    there = [k for k in kinds if f"word/{k}.xml" in parts]
    links = "".join(
        f'<Relationship Id="rId{kinds[k]}" Type="{OFFICE}/{k.rstrip("1")}" Target="{k}.xml"/>' for k in there
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(f'<Override PartName="/word/{k}.xml" ContentType="{main}.{k.rstrip("1")}+xml"/>' for k in there)
    relationships = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships {relationships}><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships {relationships}>{links}</Relationships>",
        **parts,
    }


def save(parts: dict[str, str], file: Path) -> None:
    """The same bytes every time."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in package(parts).items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(info, head + text)


def python_docx(file: Path) -> None:
    """A file from the library that most programs write Word files with: its own numbered styles, a table, a header."""
    from docx import Document

    document = Document()
    document.add_heading(words.TITLE, 0)
    for line in (words.SAID, words.SPEAKER, words.GREETING, words.OPENING):
        document.add_paragraph(line)
    for part, sections in words.PARTS:
        document.add_paragraph(part, style="List Number")
        for section, paragraphs in sections:
            document.add_paragraph(section, style="List Number 2")
            for text in paragraphs:
                document.add_paragraph(text)
    grid = document.add_table(0, 3)
    for row in words.TABLE:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(words.CLOSING)
    document.sections[0].header.paragraphs[0].text = "云溪区第三届人民代表大会文件"
    document.save(str(file))


SPACES = " ".join(
    f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"'
    for k, v in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
LEVELS = (
    '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/>'
)
FONT = 'style:font-name="Noto Serif CJK SC" style:font-name-asian="Noto Serif CJK SC" fo:font-size="14pt" style:font-size-asian="14pt"'


def flat_text(*, revised: bool = True) -> str:
    """Return a flat OpenDocument text with numbered headings, a tracked change, a frame, a footnote, a table and a footer.

    Without `revised`, the change and the frame are left out, because a printed page shows deleted text like any other.
    """
    body = [f"<text:p>{words.TITLE}</text:p>", f"<text:p>{words.SAID}</text:p>"]
    frame = '<draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="1.2cm" svg:x="9cm" svg:y="0cm"><draw:text-box><text:p>会议文件之一</text:p></draw:text-box></draw:frame>'
    body.append(f"<text:p>{frame if revised else ''}{words.SPEAKER}</text:p>")
    body += [f"<text:p>{words.GREETING}</text:p>", f'<text:p text:style-name="B">{words.OPENING}</text:p>']
    first = True
    for part, sections in words.PARTS:
        body.append(
            f'<text:list text:style-name="L" text:continue-numbering="{"false" if first else "true"}"><text:list-item><text:p>{part}</text:p></text:list-item></text:list>'
        )
        for n, (section, paragraphs) in enumerate(sections):
            inner = f"<text:p>{section}</text:p>"
            body.append(
                f'<text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:list><text:list-item>{inner}</text:list-item></text:list></text:list-item></text:list>'
            )
            for text in paragraphs:
                shown = escape(text)
                if first and not n:
                    shown = shown.replace(
                        "386.42亿元",
                        '386.42亿元<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>初步核算数。</text:p></text:note-body></text:note>',
                    )
                    if revised:
                        shown = shown.replace(
                            "28.6亿元",
                            '<text:change-start text:change-id="c1"/>28.6<text:change-end text:change-id="c1"/><text:change text:change-id="c2"/>亿元',
                        )
                    first = False
                body.append(f'<text:p text:style-name="B">{shown}</text:p>')
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in words.TABLE
    )
    body += [
        f'<table:table><table:table-column table:number-columns-repeated="3"/>{rows}</table:table>',
        f'<text:p text:style-name="B">{words.CLOSING}</text:p>',
    ]
    change = (
        "<office:change-info><dc:creator>甲</dc:creator><dc:date>2025-01-10T08:00:00</dc:date></office:change-info>"
    )
    tracked = (
        f'<text:tracked-changes><text:changed-region text:id="c1"><text:insertion>{change}</text:insertion></text:changed-region>'
        f'<text:changed-region text:id="c2"><text:deletion>{change}<text:p>29.9</text:p></text:deletion></text:changed-region></text:tracked-changes>'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        '<office:font-face-decls><style:font-face style:name="Noto Serif CJK SC" svg:font-family="&apos;Noto Serif CJK SC&apos;"/></office:font-face-decls>'
        f'<office:styles><style:default-style style:family="paragraph"><style:text-properties {FONT}/></style:default-style>'
        '<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:text-indent="28pt"/></style:style>'
        f'<text:list-style style:name="L">{LEVELS}</text:list-style></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties fo:page-width="148mm" fo:page-height="210mm" fo:margin="18mm"/><style:footer-style/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P"><style:footer><text:p>— <text:page-number text:select-page="current">1</text:page-number> —</text:p></style:footer></style:master-page></office:master-styles>'
        f"<office:body><office:text>{tracked if revised else ''}{''.join(body)}</office:text></office:body></office:document>"
    )


def main() -> None:
    """Write the three Word files."""
    save(by_hand(), FILES / "word.docx")
    python_docx(FILES / "python-docx.docx")
    with tempfile.TemporaryDirectory() as place:
        flat = Path(place) / "libreoffice.fodt"
        flat.write_text(flat_text(), encoding="utf-8")
        office(flat, "docx", FILES)


if __name__ == "__main__":
    main()
