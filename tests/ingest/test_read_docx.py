"""Word files are read as Word shows them, with automatic numbers written out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.docx_files import FILES, make, omitted, saved
from workreport.ingest.formats import docx_lists, list_numerals, read
from workreport.model import Source

BY_HAND = """\
政府工作报告
会议文件之一
——2025年1月15日在云溪区第三届人民代表大会第四次会议上
云溪区人民政府区长 江小满
各位代表：
现在，我代表云溪区人民政府，向大会报告工作，请予审议，并请各位政协委员和列席人员提出意见。
一、2024年工作回顾
（一）经济运行稳中有进
地区生产总值达到386.42亿元［1］，增长5.8%。云溪产业园完成投资45.3亿元。
1.工业稳步增长
规模以上工业增加值增长7.3%。
2.服务业提质增效
社会消费品零售总额151.9亿元。
（二）城乡面貌持续改善
完成老旧小区改造56个，
惠及居民1.8万户。
（三）民生福祉不断增进
新增城镇就业1.26万人-以上。
二、2025年工作安排
（一）重点任务
1.产业升级
规模以上工业企业达到420家。
指标\t2024年完成\t2025年目标
地区生产总值（亿元）\t386.42\t增长5.5%左右
城镇新增就业（万人）\t1.26\t1.20
各位代表！实干成就未来。让我们团结一心、奋勇争先，为建设富强、文明、美丽的新云溪而努力奋斗！
［1］初步核算数。
"""
"""The text of word.docx, written down by a person."""


def test_docx_saved_by_word_is_read_as_shown_with_omissions_and_remarks() -> None:
    source = read(FILES / "word.docx")
    assert source.text == BY_HAND
    assert omitted(source) == [
        ("header", "云溪区第三届人民代表大会文件"),
        ("deleted", "工业区"),
        ("hidden", "内部稿勿传。"),
        ("deleted", "整段删去的话。"),
        ("footer", "— 1 —"),
    ]
    told = "\n".join(source.remarks)
    for words in ("自动编号 9 处", "文本框 1 个", "脚注 1 条", "表格 1 个", "修订删去的文字 2 处", "隐藏文字 1 处"):
        assert words in told


def test_omissions_of_a_docx_are_repairs_at_their_positions() -> None:
    source = read(FILES / "word.docx")
    for r in source.omitted:
        assert r.start == r.end
        assert (r.after, r.by, r.status) == ("", "reading", "applied")
    after = {r.before: source.text[: r.start][-5:] for r in source.omitted}
    assert after["工业区"].endswith("产业园")
    assert after["内部稿勿传。"].endswith("亿元。")


def test_places_of_a_docx_are_paragraph_numbers() -> None:
    source = read(FILES / "word.docx")
    starts = [p.start for p in source.places]
    assert starts == sorted(set(starts))
    by_words = {source.text[p.start :].split("\n")[0]: p.paragraph for p in source.places}
    assert by_words["政府工作报告"] == 1
    assert by_words["各位代表："] == 5  # the paragraph in the text box counts too
    assert by_words["一、2024年工作回顾"] == 7


def test_docx_written_by_python_docx_is_read_with_the_numbers_of_its_styles() -> None:
    """The automatic numbers come from styles; the readers python-docx and mammoth do not give them."""
    lines = read(FILES / "python-docx.docx").text.splitlines()
    w = make().words
    assert lines[5] == f"1. {w.PARTS[0][0]}"
    assert [line for line in lines if line[1:3] == ". "] == [
        "1. 2024年工作回顾", "1. 经济运行稳中有进", "2. 城乡面貌持续改善", "3. 民生福祉不断增进",
        "2. 2025年工作安排", "4. 主要目标", "5. 重点任务",
    ]  # fmt: skip
    assert lines[-4:-1] == ["\t".join(row) for row in w.TABLE]


def test_docx_saved_by_libreoffice_is_read_as_shown_with_omissions() -> None:
    source = read(FILES / "libreoffice.docx")
    w = make().words
    want = [x.replace("386.42亿元，", "386.42亿元［1］，") if x.startswith("地区生产") else x for x in w.lines()]
    want[3:3] = ["会议文件之一"]
    want[-1:-1] = ["\t".join(row) for row in w.TABLE]
    assert source.text.splitlines() == [*want, "［1］初步核算数。"]
    assert omitted(source) == [("deleted", "29.9"), ("footer", "— 3 —")]


def numbering(levels: str, nums: str = '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>') -> str:
    """Return numbering.xml with the kind of list 7, which has these levels, and these lists (default: list 3)."""
    return f'<w:numbering {make().W}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{nums}</w:numbering>'


def level(k: int, form: str, text: str, more: str = "") -> str:
    """Return the XML of level `k` of a list: number format, pattern, further elements."""
    return (
        f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


@pytest.mark.parametrize(
    ("form", "text", "wanted"),
    [
        ("chineseCountingThousand", "%1、", ["一、甲", "二、甲", "三、甲"]),
        ("chineseCounting", "第%1部分", ["第一部分 甲", "第二部分 甲", "第三部分 甲"]),
        ("japaneseCounting", "（%1）", ["（一）甲", "（二）甲", "（三）甲"]),
        ("ideographDigital", "%1、", ["一、甲", "二、甲", "三、甲"]),
        ("chineseLegalSimplified", "%1、", ["壹、甲", "贰、甲", "叁、甲"]),
        ("ideographTraditional", "%1、", ["甲、甲", "乙、甲", "丙、甲"]),
        ("decimal", "%1.", ["1. 甲", "2. 甲", "3. 甲"]),
        ("decimalFullWidth", "%1．", ["１．甲", "２．甲", "３．甲"]),
        ("decimalEnclosedCircleChinese", "%1", ["① 甲", "② 甲", "③ 甲"]),
        ("upperRoman", "%1、", ["I、甲", "II、甲", "III、甲"]),
        ("lowerLetter", "(%1)", ["(a)甲", "(b)甲", "(c)甲"]),
        ("bullet", "\uf0b7", ["● 甲", "● 甲", "● 甲"]),
        ("none", "", ["甲", "甲", "甲"]),
        ("notYetInvented", "%1.", ["1. 甲", "2. 甲", "3. 甲"]),
    ],
)
def test_automatic_numbers_are_written_in_the_number_format_of_their_list(
    tmp_path: Path, form: str, text: str, wanted: list[str]
) -> None:
    p = make().paragraph
    source = saved(tmp_path, p("甲", level=0) * 3, **{"word/numbering.xml": numbering(level(0, form, text))})
    assert source.text.splitlines() == wanted
    assert any("notYetInvented" in r for r in source.remarks) == (form == "notYetInvented")


def test_automatic_number_is_separated_from_a_figure(tmp_path: Path) -> None:
    """With suff="nothing" Word shows 1.工业; before a figure (1.2024年) that would be another number."""
    p = make().paragraph
    levels = level(0, "decimal", "%1.").replace("</w:lvl>", '<w:suff w:val="nothing"/></w:lvl>')
    source = saved(tmp_path, p("工业", level=0) + p("2024年", level=0), **{"word/numbering.xml": numbering(levels)})
    assert source.text.splitlines() == ["1.工业", "2. 2024年"]


def test_lower_list_level_restarts_after_a_higher_one_unless_lvl_restart_is_zero(tmp_path: Path) -> None:
    p = make().paragraph
    levels = (
        level(0, "chineseCounting", "%1、")
        + level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + level(2, "decimal", "%3)", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(p("甲", level=k) for k in (0, 1, 2, 1, 2, 0, 1, 2))
    source = saved(tmp_path, body, **{"word/numbering.xml": numbering(levels)})
    assert source.text.split() == ["一、甲", "1.1", "甲", "1)甲", "1.2", "甲", "2)甲", "二、甲", "2.1", "甲", "3)甲"]


def test_list_with_a_start_override_begins_again(tmp_path: Path) -> None:
    m = make()
    again = '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    first = '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    body = m.paragraph("甲", level=0) * 2 + (m.paragraph("乙", level=0) * 2).replace(
        'w:numId w:val="3"', 'w:numId w:val="4"'
    )
    parts = {"word/numbering.xml": numbering(level(0, "chineseCounting", "%1、"), first + again)}
    assert saved(tmp_path, body, **parts).text.split() == ["一、甲", "二、甲", "一、乙", "二、乙"]


@given(st.integers(-5, 20_000))
def test_every_number_format_writes_any_integer_and_han_keeps_its_value(n: int) -> None:
    for form in list_numerals.FORMATS.values():
        assert isinstance(form(n), str)
    if 0 < n < 10_000:
        back = {c: k for k, c in enumerate("零一二三四五六七八九")}
        total = digit = 0
        for c in list_numerals.han(n):
            if c in "十百千":
                total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[c]
                digit = 0
            else:
                digit = back[c]
        assert total + digit == n


def test_symbol_code_becomes_a_character_a_square_or_nothing() -> None:
    """A square stands for a private code that is unknown; a code that is not hexadecimal gives nothing."""
    assert [docx_lists.symbol(code) for code in ("F0B7", "0041", "E000", "zz")] == ["●", "A", "□", ""]


@pytest.mark.parametrize(
    ("inner", "text", "out"),
    [
        ('<w:ins w:id="1"><w:r><w:t>增</w:t></w:r></w:ins>', "前增后", []),
        ('<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>', "前后", [("deleted", "删")]),
        ('<w:moveFrom w:id="1"><w:r><w:t>移走</w:t></w:r></w:moveFrom>', "前后", [("deleted", "移走")]),
        ('<w:moveTo w:id="1"><w:r><w:t>移来</w:t></w:r></w:moveTo>', "前移来后", []),
        ('<w:ins w:id="1"><w:del w:id="2"><w:r><w:delText>先增后删</w:delText></w:r></w:del></w:ins>', "前后", [("deleted", "先增后删")]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>", "前后", [("hidden", "隐")]),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>', "前显后", []),
        ("<w:r><w:br/></w:r>", "前\n后", []),
        ('<w:r><w:br w:type="page"/></w:r>', "前后", []),
        ("<w:r><w:tab/></w:r>", "前\t后", []),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "前☑后", []),
        ('<w:r><w:sym w:font="Odd" w:char="zz"/></w:r>', "前后", []),
        ('<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>', "前链后", []),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>今日</w:t></w:r></w:fldSimple>', "前今日后", []),
        ('<w:smartTag><w:r><w:t>签</w:t></w:r></w:smartTag>', "前签后", []),
        ('<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>点此输入</w:t></w:r></w:sdtContent></w:sdt>', "前后", [("placeholder", "点此输入")]),
        ('<w:sdt><w:sdtContent><w:r><w:t>填好的</w:t></w:r></w:sdtContent></w:sdt>', "前填好的后", []),
        ('<w:r><w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby></w:r>', "前云后", [("phonetic", "yún")]),
        ('<w:r><w:commentReference w:id="1"/></w:r>', "前后", []),
        ("<w:r><w:t>\u200b中\u00ad</w:t></w:r>", "前中后", [("control", "U+00AD×1 U+200B×1")]),
    ],
)  # fmt: skip
def test_inline_element_is_shown_or_left_out_as_in_word(
    tmp_path: Path, inner: str, text: str, out: list[tuple[str, str]]
) -> None:
    source = saved(tmp_path, make().paragraph("前", inner, "后"))
    assert source.text == f"{text}\n"
    assert omitted(source) == out


def test_nested_field_shows_its_result(tmp_path: Path) -> None:
    """Neither the code of a field is text nor a field within that code; a field within its result is."""
    m = make()
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = "<w:r><w:instrText>IF </w:instrText></w:r>" + m.field("REF x", "条件")
    whole = mark("begin") + code + mark("separate") + m.run("结果") + m.field("REF y", "内") + mark("end")
    assert saved(tmp_path, m.paragraph("前", whole, "后")).text == "前结果内后\n"


def test_field_without_an_end_hides_no_text_after_its_paragraph(tmp_path: Path) -> None:
    m = make()
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert saved(tmp_path, m.paragraph("前", begin) + m.paragraph("后文")).text == "前\n后文\n"


def test_deleted_paragraph_end_joins_the_next_paragraph_but_not_a_table(tmp_path: Path) -> None:
    m = make()
    body = m.paragraph("上半", mark='<w:del w:id="1"/>') + m.paragraph("下半") + m.paragraph("末")
    assert saved(tmp_path, body).text == "上半下半\n末\n"
    body = m.paragraph("上半", mark='<w:del w:id="1"/>') + m.table((("一", "二"),))
    assert saved(tmp_path, body).text == "上半\n一\t二\n"


def test_table_with_a_single_cell_keeps_its_paragraphs(tmp_path: Path) -> None:
    m = make()
    cell = m.paragraph("一、工作回顾") + m.paragraph("过去一年，经济发展。")
    table = f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    assert saved(tmp_path, table).text == "一、工作回顾\n过去一年，经济发展。\n"


def test_pictures_and_embedded_files_give_remarks(tmp_path: Path) -> None:
    m = make()
    body = m.paragraph("前", "<w:r><w:drawing/></w:r>") + "<w:altChunk/>"
    told = "\n".join(saved(tmp_path, body).remarks)
    assert "图形 1 处" in told
    assert "嵌入的其他文件 1 处" in told


def test_docx_in_strict_ooxml_is_read(tmp_path: Path) -> None:
    m = make()
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    file = tmp_path / "a.docx"
    m.save(
        {"word/document.xml": f"<w:document {strict}><w:body>{m.paragraph('各位代表：')}</w:body></w:document>"}, file
    )
    assert read(file).text == "各位代表：\n"


def test_empty_numbered_paragraph_counts_as_in_word(tmp_path: Path) -> None:
    p = make().paragraph
    levels = level(0, "decimal", "第%1章") + level(1, "decimal", "%1.%2.")
    body = p("总则", level=0) + p("", level=0) + p("经济", level=1) + p("民生", level=1)
    source = saved(tmp_path, body, **{"word/numbering.xml": numbering(levels)})
    assert source.text.splitlines() == ["第1章 总则", "2.1. 经济", "2.2. 民生"]


def raised_run(words: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((run("龙头企业"), raised_run("5"), run("12家")), "龙头企业［5］12家"),
        ((run("龙头企业"), raised_run("〔"), raised_run("5"), raised_run("〕"), run("12家")), "龙头企业［5］12家"),
        ((run("占地10"), raised_run("4"), run("平方米")), "占地10⁴平方米"),
        ((run("库容3km"), raised_run("3"), run("以上")), "库容3km³以上"),
        ((run("品牌"), raised_run("TM"), run("3个")), "品牌TM3个"),
    ],
)
def test_superscript_is_the_mark_of_a_note_or_an_exponent(tmp_path: Path, runs: tuple[str, ...], text: str) -> None:
    source = saved(tmp_path, f"<w:p>{''.join(runs)}</w:p>")
    assert source.text.splitlines() == [text]
    assert any("上标 1 处" in r for r in source.remarks) == ("TM" not in text)


THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:accent1><a:srgbClr val="C00000"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
)
LOOKS = (
    '<w:style w:type="character" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Paler"><w:basedOn w:val="Pale"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="PaleLine"><w:rPr><w:color w:themeColor="background1"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Band"><w:pPr><w:shd w:val="clear" w:fill="1F497D"/></w:pPr></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="C00000"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)


def with_looks(folder: Path, body: str) -> Source:
    """Read a .docx with the styles LOOKS and the theme THEME."""
    m, kinds = make(), "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{k}" Type="{kinds}/{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate((("styles", "styles.xml"), ("theme", "theme/theme1.xml")))
    )
    return saved(folder, body, **{
        "word/styles.xml": f"<w:styles {m.W}>{LOOKS}</w:styles>",
        "word/theme/theme1.xml": THEME,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
    })  # fmt: skip


def pale(properties: str, paragraph: str = "") -> str:
    """A paragraph 前…后 with a run 甲 of these properties inside."""
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:t>前</w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>甲</w:t></w:r></w:p>"


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "body",
    [
        pale(WHITE),
        pale('<w:color w:val="ffffff"/>'),
        pale('<w:rStyle w:val="Pale"/>'),
        pale('<w:rStyle w:val="Paler"/>'),
        pale('<w:color w:val="000000" w:themeColor="background1"/>'),
        pale(f'{WHITE}<w:shd w:val="clear" w:fill="FFFFFF"/>'),
        pale(WHITE, '<w:shd w:val="clear" w:fill="auto"/>'),
        pale('<w:sz w:val="2"/>'),
        f'<w:tbl><w:tr><w:tc>{pale(WHITE)}</w:tc></w:tr></w:tbl>',
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="FFFFFF"/></w:tcPr>{pale(WHITE)}</w:tc></w:tr></w:tbl>',
    ],
)  # fmt: skip
def test_text_in_white_on_white_or_too_small_is_left_out_and_listed(tmp_path: Path, body: str) -> None:
    source = with_looks(tmp_path, body)
    assert (source.text, omitted(source)) == ("前\n", [("hidden", "甲")])
    assert any("隐藏文字 1 处" in told for told in source.remarks)


@pytest.mark.parametrize(
    "body",
    [
        pale('<w:color w:val="FFFF00"/>'),
        pale('<w:color w:val="auto"/>'),
        pale('<w:color w:val="FFFFFF" w:themeColor="text1"/>'),
        pale('<w:color w:val="FFFFFF" w:themeColor="accent1"/>'),
        pale('<w:color w:val="FFFFFF" w:themeColor="background1" w:themeShade="80"/>'),
        pale('<w:rStyle w:val="Pale"/><w:color w:val="000000"/>'),
        pale('<w:color w:val="000000"/>', '<w:pStyle w:val="PaleLine"/>').replace("<w:r><w:t>前", "<w:r><w:rPr><w:color w:val='000000'/></w:rPr><w:t>前"),
        pale(f'{WHITE}<w:shd w:val="clear" w:fill="000000"/>'),
        pale(f'{WHITE}<w:shd w:val="solid" w:color="000000"/>'),
        pale(f'{WHITE}<w:highlight w:val="black"/>'),
        pale(WHITE, '<w:shd w:val="clear" w:fill="C00000"/>'),
        pale(WHITE, '<w:pStyle w:val="Band"/>'),
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="4F81BD"/></w:tcPr>{pale(WHITE)}</w:tc></w:tr></w:tbl>',
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>{pale(WHITE)}</w:tc></w:tr></w:tbl>',
        f'<w:tbl><w:tblPr><w:shd w:val="clear" w:fill="333333"/></w:tblPr><w:tr><w:tc>{pale(WHITE)}</w:tc></w:tr></w:tbl>',
        f'<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>{pale(WHITE)}</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>',
    ],
)  # fmt: skip
def test_white_text_on_a_colour_and_text_in_a_colour_are_read(tmp_path: Path, body: str) -> None:
    source = with_looks(tmp_path, body)
    assert (source.text, omitted(source)) == ("前甲\n", [])


def test_style_with_the_background_colour_of_the_theme_hides_a_paragraph(tmp_path: Path) -> None:
    source = with_looks(tmp_path, pale("") + pale("", '<w:pStyle w:val="PaleLine"/>'))
    assert (source.text, omitted(source)) == ("前甲\n", [("hidden", "前甲")])
