"""Web pages are read as their main text, without code; navigation is listed as left out, and no character is lost."""

from __future__ import annotations

import time
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workreport.ingest.formats import BadSource, read
from workreport.model import Source

FILES = Path(__file__).parents[1] / "files"
PROSE = "地区生产总值达到386.42亿元，增长5.8%；一般公共预算收入28.6亿元，增长4.1%。" * 3


def page(folder: Path, body: str, encoding: str = "utf-8") -> Source:
    """Write a web page with this content and read it."""
    file = folder / "a.html"
    file.write_bytes(body.encode(encoding, "surrogatepass"))
    return read(file)


def check_refusal(error: BadSource) -> None:
    """Check that an error names the file and gives advice."""
    assert error.advice
    assert str(error).startswith(error.path)


WANTED = """\
政府工作报告
——2025年1月15日在云溪区
第三届人民代表大会第四次会议上
云溪区人民政府区长　江小满
各位代表：
　　现在，我代表云溪区人民政府，向大会报告工作，请予审议。Open AI <大模型>\xa0A&B
一、2024年工作回顾
地区生产总值达到386.42亿元，增长5.8%；一般公共预算收入28.6亿元，增长4.1%；规模以上工业增加值增长7.3%，增速居全市第二位。
指标\t2024年完成
地区生产总值\t386.42
1. 经济运行稳中有进
2. 城乡面貌持续改善
二、2025年工作安排
今年经济社会发展主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业1.2万人［1］。
［1］名词解释：城镇新增就业，指一年内城镇就业人员的增加数，扣除自然减员。
"""
"""The main text of page.html, written down by a person."""


def test_page_of_a_government_site_is_read_without_its_navigation() -> None:
    source = read(FILES / "page.html")
    assert source.text == WANTED
    assert [(r.kind, r.before) for r in source.omitted] == [
        ("chrome", "首页 | 政务公开 | 设为首页"),
        ("chrome", "当前位置： 首页 > 政府工作报告"),
        ("chrome", "发布时间：2025-01-20 来源：区政府办 【字号： 大 中 小】"),
        ("hidden", "扫一扫在手机打开"),
        ("chrome", "上一篇： 关于开展春节慰问的通知\n下一篇： 云溪区召开安全生产会议"),
        ("chrome", "主办：云溪区人民政府办公室 网站标识码0000000000 联系我们"),
    ]
    assert source.text[: source.omitted[2].start] == "政府工作报告\n"
    assert source.encoding == "utf-8"


def test_page_in_gbk_is_decoded_by_its_bytes() -> None:
    """The page declares UTF-8, which is wrong; the bytes decide."""
    source = read(FILES / "page-gbk.html")
    assert source.encoding == "gb18030"
    assert source.text == WANTED


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙\n"),
        ("<p>甲<p>乙", "甲\n乙\n"),
        ("甲<br>乙<br/><br>丙", "甲\n乙\n丙\n"),
        ("<p>甲\n  乙</p>", "甲乙\n"),
        ("<p>甲 乙</p>", "甲 乙\n"),
        ("<p>Open\n AI</p>", "Open AI\n"),
        ("<p>&lt;b&gt; &amp;#50; &hellip;</p>", "<b> &#50; …\n"),
        ("<h5>一、回顾</h5>过去一年", "一、回顾\n过去一年\n"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙\n"),
        ("<b>甲</b><i>乙</i><span>丙</span>", "甲乙丙\n"),
        ("<p>二<sup>［1］</sup>级</p>", "二［1］级\n"),
        ("<pre>甲\n  乙</pre>", "甲\n  乙\n"),
        ("<ol start=3><li>甲<li>乙</ol>", "3. 甲\n4. 乙\n"),
        ("<ol type=a reversed><li>甲<li value=9>乙</ol>", "b. 甲\ni. 乙\n"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙\n"),
        ("<table><tr><td>甲<td>乙<tr><td><p>丙</p><td></table>", "甲\t乙\n丙\t\n"),
        ("<table><tr><td><p>甲</p><p>乙</p></table>", "甲\n乙\n"),
        ("<table><caption>题</caption><tr><td>甲<td><table><tr><td>内<td>外</table></table>", "题\n甲\t内\t外\n"),
        ("<script>不是</script>甲<style>也不是</style><!-- 注 -->", "甲\n"),
        (f"<p>甲\x0b\x01乙{PROSE}</p>", f"甲乙{PROSE}\n"),
        ("<p>&#xD800;甲&#0;</p>", "�甲�\n"),
        ("[<div><p>甲</p></div>]", "甲\n"),
    ],
)
def test_html_elements_become_lines_as_in_a_browser(tmp_path: Path, markup: str, text: str) -> None:
    assert page(tmp_path, f"<html><body>{markup}</body></html>").text == text


def test_navigation_is_left_out_only_beside_one_main_text(tmp_path: Path) -> None:
    """Of two blocks of prose, neither is navigation. A block of links beside a block of prose is navigation."""
    both = f"<div><p>{PROSE}</p></div><div><p>名词解释。{PROSE}</p></div>"
    assert page(tmp_path, f"<body>{both}</body>").omitted == ()
    main = f"<div id=a><p>{PROSE * 9}</p></div><div id=b><p>名词解释：{PROSE}</p></div><div><a>首页</a></div>"
    source = page(tmp_path, f"<body>{main}</body>")
    assert [r.before for r in source.omitted] == ["首页"]
    assert "名词解释" in source.text


def test_paragraph_with_a_link_inside_the_main_text_is_kept(tmp_path: Path) -> None:
    source = page(tmp_path, f"<body><div><p>{PROSE * 9}</p><p><a>云溪大桥</a>建成通车。</p></div></body>")
    assert "云溪大桥建成通车。" in source.text


def test_invisible_characters_of_a_page_are_removed_and_listed(tmp_path: Path) -> None:
    source = page(tmp_path, "<p>各位\u200b代\u00ad表：\u200b好\ufeff</p>")
    assert source.text == "各位代表：好\n"
    assert [(r.kind, r.before) for r in source.omitted] == [("control", "U+00AD×1 U+200B×2 U+FEFF×1")]


def test_page_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="没有文字"):
        page(tmp_path, "<html><body><script>document.write('报告')</script></body></html>")


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 100_000 + "甲", "<b>" * 100_000 + "甲", "<table><tr><td>" * 3000 + "甲", "<p>甲" * 110_000, "<ol><li>" * 4000 + "甲"],
    ids=["div", "b", "table", "p", "li"],
)  # fmt: skip
def test_hostile_page_is_refused_or_read_within_seconds(tmp_path: Path, markup: str) -> None:
    start = time.process_time()
    try:
        assert "甲" in page(tmp_path, markup).text
    except BadSource as error:
        check_refusal(error)
    assert time.process_time() - start < 20


@pytest.mark.long
def test_web_page_of_five_million_bytes_is_read_in_seconds(tmp_path: Path) -> None:
    count = 5_000_000 // len(PROSE.encode())
    start = time.process_time()
    source = page(tmp_path, "<body>" + f"<p>{PROSE}</p>" * count + "</body>")
    assert source.text == f"{PROSE}\n" * count
    one = page(tmp_path, f"<body><p>{PROSE * count}</p></body>")
    assert one.text == PROSE * count + "\n"
    assert time.process_time() - start < 20


TAG = st.sampled_from(
    ["div", "p", "a", "table", "tr", "td", "ul", "li", "h1", "span", "nav", "br", "pre", "ol", "rt", "form", "b"]
)
WORD = st.text("甲乙丙2.5%，。<&>\n ", min_size=1, max_size=8)


@st.composite
def markup(draw: st.DrawFn, depth: int = 0) -> str:
    """Draw an HTML element with random content; it may be hidden or without end tag."""
    tag = draw(TAG)
    inner = draw(st.lists(WORD.map(escape) if depth > 4 else WORD.map(escape) | markup(depth + 1), max_size=4))
    hidden = draw(st.sampled_from(["", "", "", " hidden", ' style="display:none"']))
    closed = draw(st.booleans())
    return f"<{tag}{hidden}>{''.join(inner)}{f'</{tag}>' if closed else ''}"


@given(parts=st.lists(markup() | WORD.map(escape), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_no_character_of_a_web_page_is_lost(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    """Every character that a browser would show is in the text or listed as left out, once."""
    from selectolax.lexbor import LexborHTMLParser

    body = "<p>各位代表：</p>" + "".join(parts)
    source = page(tmp_path_factory.getbasetemp(), body)
    root = LexborHTMLParser(body).body
    assert root is not None
    everything = "".join(root.text().split())
    shown = "".join(source.text.split()) + "".join("".join(r.before.split()) for r in source.omitted)
    if "<ol" in body and "<li" in body:  # the text also has the numbers of lists
        assert len(shown) >= len(everything)
    else:
        assert sorted(shown) == sorted(everything)
    assert all(r.start == r.end <= len(source.text) for r in source.omitted)


def test_real_web_pages_are_read_from_salutation_to_last_sentence_without_markup(shared: Path) -> None:
    for year, ends in ((2014, "中国梦而努力奋斗！"), (2020, "中国梦不懈奋斗！")):
        source = read(shared / "corpus" / f"state-guowuyuan-{year}-govcn.html")
        lines = source.text.splitlines()
        assert lines[0] == "各位代表："
        assert lines[-1].endswith(ends)
        assert [r.before for r in source.omitted] == ["[", "]"]
        assert sum(line.startswith(("一、", "二、", "三、")) for line in lines) >= 2
        assert not any("<" in line for line in lines)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("龙头企业<sup>5</sup>12家", "龙头企业［5］12家"),
        ('龙头企业<sup><a href="#n5">[5]</a></sup>12家', "龙头企业［5］12家"),
        ("占地10<sup>4</sup>平方米，库容3km<sup>3</sup>", "占地10⁴平方米，库容3km³"),
        ("品牌<sup>TM</sup>3个", "品牌TM3个"),
    ],
)
def test_superscript_is_the_mark_of_a_note_or_an_exponent(tmp_path: Path, markup: str, text: str) -> None:
    assert page(tmp_path, f"<p>{markup}。</p>").text.splitlines() == [f"{text}。"]


@pytest.mark.parametrize(
    "style",
    ["font-size:0", "font-size: 0px;", "color:#FFF", "opacity:0", "display : none", "color: white; background: #fff"],
)
def test_text_that_no_reader_sees_is_left_out_and_listed(tmp_path: Path, style: str) -> None:
    source = page(tmp_path, f'<p>完成投资20亿元<span style="{style}">，隐藏的9亿元</span>。</p>')
    assert source.text == "完成投资20亿元。\n"
    assert [(r.kind, r.before) for r in source.omitted] == [("hidden", "，隐藏的9亿元")]


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="font-size:0.9em">完成投资20亿元。</p>',
        '<div style="background:#900"><p style="color:white">完成投资20亿元。</p></div>',
        '<table><tr><td bgcolor="#990000"><font color="#ffffff">完成投资20亿元。</font></td></tr></table>',
        '<p style="background-color:#fff">完成投资20亿元。</p>',
    ],
)
def test_visible_text_is_not_left_out_for_its_style(tmp_path: Path, markup: str) -> None:
    source = page(tmp_path, markup)
    assert source.text == "完成投资20亿元。\n"
    assert not source.omitted


def test_cell_over_several_rows_or_columns_keeps_the_columns_of_the_others(tmp_path: Path) -> None:
    rows = [
        "<td rowspan=2>指标</td><td colspan=2>数值</td><td>单位</td>",
        "<td>2022年</td><td>2023年</td>",
        "<td>粮食</td><td>48</td><td>50</td><td>万吨</td>",
        "<td colspan=999999999>合计</td>",
    ]
    source = page(tmp_path, f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}<tr></tr></table>")
    assert source.text.splitlines() == ["指标\t数值\t\t单位", "\t2022年\t2023年", "粮食\t48\t50\t万吨", "合计"]


@pytest.mark.parametrize("attribute", [' a{}="1"', " a{}='1'", " a{}=1", " a{}"])
def test_tag_with_many_thousand_attributes_is_refused_before_it_is_parsed(tmp_path: Path, attribute: str) -> None:
    def tag(count: int) -> str:
        return f"<p{''.join(attribute.format(n) for n in range(count))}>{PROSE}</p>"

    assert PROSE in page(tmp_path, tag(100)).text
    started = time.process_time()
    with pytest.raises(BadSource, match="属性太多") as error:
        page(tmp_path, tag(60_000))
    assert time.process_time() - started < 1
    check_refusal(error.value)


def test_long_value_of_an_attribute_is_one_attribute(tmp_path: Path) -> None:
    assert PROSE in page(tmp_path, f'<svg><path d="{"L 1 2 " * 40_000}"></path></svg><p>{PROSE}</p>').text
