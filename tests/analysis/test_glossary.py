"""The glossary (名词解释) and notes: entries of invented and real reports, their uses in the text, and the pages."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.field_words import FRONT
from workreport.analysis import glossary, inspection
from workreport.analysis.glossary import entries, uses
from workreport.build import report_reader
from workreport.ingest import outline, repair
from workreport.ingest.ids import IdLedger
from workreport.ingest.repetitions import repetitions_in
from workreport.model import Gloss, Mention, Outline, Publication, Reading, Sentence, Source, Text
from workreport.project import paths
from workreport.project.settings import Settings
from workreport.website import addresses
from workreport.website.pages import page_table, render
from workreport.website.pages.explanations import explanations, glossary_view

SPEECH = "政府工作报告\n\n各位代表：\n\n一、2025年工作回顾\n\n{past}\n\n二、2026年工作安排\n\n{plans}\n\n"


def outline_of(text: str) -> tuple[Text, Outline]:
    source = Source("invented.txt", text, "", "utf-8", "txt")
    mended = repair.apply(source, repair.propose(source, FRONT))
    return mended, outline.parse(mended, repetitions_in(mended), IdLedger())[0]


def read(past: str, plans: str, gloss: str) -> tuple[Text, tuple[Gloss, ...]]:
    text, tree = outline_of(SPEECH.format(past=past, plans=plans) + gloss)
    return text, glossary.find(text, tree)


def words(text: Text, gloss: Gloss) -> list[str]:
    return ["".join(text.body[a:b].split()) for a, b in gloss.explained]


def used(text: Text, gloss: Gloss) -> list[str]:
    return [text.body[use.start : use.end] for use in gloss.uses]


# text below the speech in; number, name and paragraphs of each entry out
ENTRIES = {
    "the word and its explanation on one line": (
        "名词解释\n1.“青苗计划”：培养青年教师。\n2. 云河通道：连接两江的水道。\n",
        [("1.", "“青苗计划”", ["培养青年教师。"]), ("2.", "云河通道", ["连接两江的水道。"])],
    ),
    "the word on a line of its own": (
        "附件2\n名词解释\n1.“青苗计划”：\n指培养青年教师。\n2.云河通道：\n指连接两江的水道。\n",
        [("1.", "“青苗计划”", ["指培养青年教师。"]), ("2.", "云河通道", ["指连接两江的水道。"])],
    ),
    "full-width numbers, 是指, no colon": (
        "注释：\n\n１、青苗计划是指培养青年教师的计划。\n\n２、云河通道，指连接两江的水道。\n",
        [("１、", "青苗计划", ["是指培养青年教师的计划。"]), ("２、", "云河通道", ["指连接两江的水道。"])],
    ),
    "notes in brackets": (
        "注释\n［1］青苗计划：\n培养青年教师。\n［2］云河通道：\n连接两江的水道。\n",
        [("［1］", "青苗计划", ["培养青年教师。"]), ("［2］", "云河通道", ["连接两江的水道。"])],
    ),
    "a year behind the number": (
        "名词解释\n1.“青苗计划”：培养青年教师。\n2.2026年8件实事：修路、建桥。\n3.5+2课堂：五天上课、两天活动。\n",
        [
            ("1.", "“青苗计划”", ["培养青年教师。"]),
            ("2.", "2026年8件实事", ["修路、建桥。"]),
            ("3.", "5+2课堂", ["五天上课、两天活动。"]),
        ],
    ),
    "a decimal that a line break tore off is no entry": (
        "名词解释\n1.“青苗计划”：总投资\n2.5亿元的教师培养计划。\n2.云河通道：连接两江的水道。\n",
        [("1.", "“青苗计划”", ["总投资2.5亿元的教师培养计划。"]), ("2.", "云河通道", ["连接两江的水道。"])],
    ),
    "an explanation of several paragraphs, and one that is torn": (
        "名词解释\n1.“青苗计划”：培养青年教师。\n每年一百名。\n2.云河通道：连接\n两江\n的水道。\n沿线设二十个码头，归两市共同管理。\n",
        [
            ("1.", "“青苗计划”", ["培养青年教师。", "每年一百名。"]),
            ("2.", "云河通道", ["连接两江的水道。", "沿线设二十个码头，归两市共同管理。"]),
        ],
    ),
    "what a web page says behind the last entry is no explanation": (
        "名词解释\n1.“青苗计划”：培养青年教师。\n2.云河通道：连接两江的水道。\n责任编辑：\n王小禾\n扫一扫在手机打开当前页\n",
        [("1.", "“青苗计划”", ["培养青年教师。"]), ("2.", "云河通道", ["连接两江的水道。"])],
    ),
    "a colon within quotation marks bounds no name": (
        "名词解释\n1.“青苗：百人计划”：培养青年教师。\n2.云河通道：水道。\n",
        [("1.", "“青苗：百人计划”", ["培养青年教师。"]), ("2.", "云河通道", ["水道。"])],
    ),
    "a label before the word": (
        "注释\n［1］名词解释：青苗计划，指培养青年教师。\n［2］注：水道。\n",
        [("［1］", "青苗计划", ["指培养青年教师。"]), ("［2］", "", ["水道。"])],
    ),
    "a number left out": (
        "名词解释\n1.“青苗计划”：培养青年教师。\n3.云河通道：水道。\n",
        [("1.", "“青苗计划”", ["培养青年教师。"]), ("3.", "云河通道", ["水道。"])],
    ),
    "Chinese numbers": (
        "附件：名词解释\n一、“青苗计划”：培养青年教师。\n二、云河通道：水道。\n",
        [("一、", "“青苗计划”", ["培养青年教师。"]), ("二、", "云河通道", ["水道。"])],
    ),
    "no numbers": (
        "名词解释\n“青苗计划”：培养青年教师。\n云河通道：连接两江的水道。\n来源：本报\n",
        [("", "“青苗计划”", ["培养青年教师。"]), ("", "云河通道", ["连接两江的水道。"])],
    ),
    "another appendix ends it": (
        "附件1\n名词解释\n1.“青苗计划”：培养青年教师。\n附件2\n民生实事\n1.修路一百公里，惠及沿线各乡镇居民。\n2.建桥两座，方便两岸群众往来和生产生活。\n",
        [("1.", "“青苗计划”", ["培养青年教师。"])],
    ),
    "a table of contents names it only": ("名词解释\n\n三、其他工作\n\n完成其他工作任务，各项事业全面进步。\n", []),
    "notes without a title need a mark above them": ("［1］青苗计划：培养青年教师。\n［2］云河通道：水道。\n", []),
}


@pytest.mark.parametrize("case", ENTRIES)
def test_entries(case: str) -> None:
    below, expected = ENTRIES[case]
    text, found = read("工作完成。", "继续努力。", below)
    assert [(g.number, g.name, words(text, g)) for g in found] == expected


def test_notes_without_title_and_names() -> None:
    text, found = read(
        "建成学校九所［1］，修路百里［2］。", "继续努力。", "［1］含改扩建的两所。\n［2］按竣工里程计。\n"
    )
    assert [(g.number, g.name, words(text, g), used(text, g)) for g in found] == [
        ("［1］", "", ["含改扩建的两所。"], ["［1］"]),
        ("［2］", "", ["按竣工里程计。"], ["［2］"]),
    ]


def test_notes_numbered_per_page_pair_with_marks_in_order() -> None:
    past = "建成学校九所［1］，修路百里［2］。"
    notes = "［1］含改扩建的两所。\n［2］按竣工里程计。\n［1］不含续建。\n"
    text, found = read(past, "建桥两座［1］。", notes)
    assert [[text.body[u.start - 1] for u in g.uses] for g in found] == [["所"], ["里"], ["座"]]
    assert len({g.id for g in found}) == 3


def test_circled_notes() -> None:
    text, found = read("实施青苗计划①，开通云河通道②。", "继续努力。", "注释\n①青苗计划：培养青年教师。\n②水道。\n")
    assert [(g.number, g.name, used(text, g)) for g in found] == [("①", "青苗计划", ["青苗计划①"]), ("②", "", ["②"])]


# the name of the only entry, the past year's and the planned year's words; where it is used, past and plans in order
USES = {
    "in quotation marks and without": ("“青苗计划”", "实施“青苗计划”。", "扩大青苗计划。", ["青苗计划", "青苗计划"]),
    "quotation marks within": ("“四青”企业", "服务“四青”企业。", "服务四青企业。", ["“四青”企业", "四青企业"]),
    "the longest": ("青苗计划", "实施青苗计划和青苗计划二期。", "无。", ["青苗计划", "青苗计划"]),
    "a short word in quotation marks only": ("“三青”", "三青企业很多。", "抓好“三青”工作。", ["三青"]),
    "no part of a Latin word or number": ("GEP核算", "推进GEP核算，不是AGEP核算。", "无。", ["GEP核算"]),
    "no part of a larger number": ("5+2课堂", "开办15+2课堂。", "开办5+2课堂。", ["5+2课堂"]),
    "full-width characters": ("“２０３０工程”", "启动“2030工程”。", "无。", ["2030工程"]),
    "two words explained together": (
        "“两青”“两云”",
        "落实“两青”政策。",
        "用好“两青”“两云”。",
        ["两青", "“两青”“两云”"],
    ),
    "two words joined by 和": (
        "青苗领航工程和“双云”计划",
        "实施青苗领航工程。",
        "实施青苗领航工程和“双云”计划。",
        ["青苗领航工程", "青苗领航工程和“双云”计划"],
    ),
    "its year left out where the section is of that year": (
        "2026年8件实事",
        "8件实事完成。",
        "办好8件实事。",
        ["8件实事"],
    ),
    "only its quoted words": ("“六青六云”现代化水网", "建成“六青六云”水网。", "无。", ["六青六云"]),
    "quotation marks set otherwise": ("稳增长“21”条", "出台稳增长“21条”。", "无。", ["稳增长“21条”"]),
    "what follows 的, along with what precedes it": (
        "青苗事业的五项重点工作",
        "推进青苗事业，落实五项重点工作。",
        "落实五项重点工作。",
        ["五项重点工作"],
    ),
    "not at all": ("“青苗计划”", "青青河边，苗圃计划。", "无。", []),
}


@pytest.mark.parametrize("case", USES)
def test_uses(case: str) -> None:
    name, past, plans, expected = USES[case]
    text, (entry,) = read(past, plans, f"名词解释\n1.{name}：意思是{name}。\n")
    assert used(text, entry) == expected
    for use in entry.uses:
        assert use.section in {"1", "2"}, "the glossary uses no word of its own"


def test_the_longest_matching_name_is_the_use() -> None:
    text, found = read("实施青苗计划二期，青苗计划见效。", "无。", "名词解释\n1.青苗计划：甲。\n2.青苗计划二期：乙。\n")
    assert [used(text, g) for g in found] == [["青苗计划"], ["青苗计划二期"]]


def test_a_word_and_its_mark_are_one_use() -> None:
    gloss = "注释\n［1］青苗计划：\n培养青年教师。\n［2］云河通道：\n水道。\n"
    text, found = read("实施“青苗计划”［1］，开通两江［2］。", "青苗计划见效，云河通道开通。", gloss)
    assert [used(text, g) for g in found] == [["“青苗计划”［1］", "青苗计划"], ["［2］", "云河通道"]]


def test_a_repeated_passage_has_no_uses() -> None:
    past = "全区上下坚定信心，实施“青苗计划”，培养青年教师100名，新建学校9所，修缮校舍二百间，惠及学生三万人，群众满意度不断提升，各项事业全面进步。"
    text, (entry,) = read(
        f"{past}\n\n其间另有他事。\n\n{past}", "继续努力。", "名词解释\n1.“青苗计划”：培养青年教师。\n"
    )
    assert used(text, entry) == ["青苗计划"]


def test_an_id_depends_on_the_name() -> None:
    _, (one,) = read("实施“青苗计划”。", "无。", "名词解释\n1.“青苗计划”：甲。\n")
    _, (two, three) = read("无。", "实施“青苗计划”。", "名词解释\n1.云河：乙。\n2.“青苗计划”：丙。\n")
    assert one.id == three.id != two.id


# -- any text -------------------------------------------------------------------------------------------------------

SCRAPS = st.sampled_from(
    ["名词解释", "注释", "附件2", "1.", "2.", "3、", "［1］", "［2］", "①", "“青苗”", "青苗计划", "：", "。", "是指", "\n", "\n\n", "2026年", "一、", "的", "和", " ", "第", "各位代表："]
)  # fmt: skip


@given(st.lists(SCRAPS, max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_spans_are_valid_for_any_text(body: str) -> None:
    text, tree = outline_of(body)
    found = glossary.find(text, tree)
    assert_sound(text, tree, found)


def assert_sound(text: Text, tree: Outline, found: tuple[Gloss, ...]) -> None:
    assert len({g.id for g in found}) == len(found)
    by_id = {s.id: s for s in tree.sentences()}
    for a, b in pairwise(found):
        assert a.end <= b.start
    for g in found:
        whole = text.body[g.start : g.end]
        assert whole.startswith(g.number)
        assert g.name in whole
        assert by_id[g.sentence].start <= g.start
        for start, end in g.explained:
            assert g.start <= start < end <= g.end
        kept = "".join((g.number + g.name + "".join(text.body[a:b] for a, b in g.explained)).split())
        label = re.match(r"(?:名词解释|注释)：", whole.removeprefix(g.number).lstrip())
        lost = len("".join(whole.split())) - len(kept) - (len(label[0]) if label else 0)
        assert lost <= 2, "no more than the mark between word and explanation is left out"
        for use in g.uses:
            at = by_id[use.sentence]
            assert at.start <= use.start < use.end <= at.end
            assert at.section == use.section
            assert not any(other.start < use.end and use.start < other.end for other in found)
    spans = sorted((use.start, use.end) for g in found for use in g.uses)
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "no use stands over another"


HOSTILE: dict[str, Callable[[int], str]] = {
    "titles": lambda n: "名词解释\n" * n,
    "entries": lambda n: "名词解释\n" + "".join(f"{k % 990 + 1}.词{k}：意思。\n" for k in range(n)),
    "notes without end": lambda n: "［1］［2］" * n + "\n" + "［1］词\n" * n,
    "scattered notes": lambda n: "甲［1］\n" + ("［1］词\n" + "行。\n" * 14) * (n // 15),
    "an open quotation": lambda n: "名词解释\n1." + "“词" * n + "：\n" + "2.词：意\n" * n,
    "torn lines": lambda n: "名词解释\n1.词语：意\n" + "思\n" * n,
    "unnumbered": lambda n: "名词解释\n" + "词语：意\n" * n,
    "one long sentence of uses": lambda n: (
        "“青苗计划”［1］" * n + "\n注释\n［1］青苗计划：甲。\n［2］甲乙丙丁的戊己庚辛：乙。\n"
    ),
    "one long sentence of what follows 的": lambda n: (
        "甲乙丙丁，" + "戊己庚辛" * n + "\n名词解释\n1.甲乙丙丁的戊己庚辛：乙。\n"
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("case", HOSTILE)
def test_time_is_linear(case: str) -> None:
    def seconds(n: int) -> float:
        body = HOSTILE[case](n)
        cut = max(body.rfind("\n", 0, len(body) // 2), 1)
        spoken = [Sentence("s1", body[:cut], 0, cut, ""), Sentence("s2", body[cut:], cut, len(body), "")]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            drafts = [draft for found in entries.lists(body) for draft in found.drafts]
            uses.find(body, drafts, spoken, {})
            best = min(best, time.process_time() - begun)
        return best

    few, many = seconds(4_000), seconds(32_000)
    assert many < max(few, 0.002) * 24, f"eight times the text took {many / few:.1f} times as long"


# -- pages ----------------------------------------------------------------------------------------------------------


def invented(tmp_path: Path, gloss: str) -> Reading:
    path = tmp_path / "linxi-2026.txt"
    speech = SPEECH.format(past="实施“青苗计划”，投资12亿元，增长5%。", plans="扩大“青苗计划”，<b>开通</b>云河通道。")
    path.write_text(f"临溪县2026年{speech}{gloss}", encoding="utf-8")
    return report_reader.read_report(
        path, "linxi-2026", report_reader.load_vocabularies(paths.vocabulary_of(ROOT)), pronounce=str
    ).reading


GLOSS = "名词解释\n1.“青苗计划”：培养<i>青年</i>教师{{ 7 * 7 }}。\n每年一百名教师，分赴各乡镇学校。\n2.云河通道：连接两江的水道。\n3.没用到的词：没有。\n"


def test_a_report_with_a_glossary_has_its_page(tmp_path: Path) -> None:
    reading = invented(tmp_path, GLOSS)
    docs = render(Publication((reading,)), Settings(), ROOT / "templates")
    page = docs["linxi-2026/glossary/index.md"]
    assert re.findall(r'<h2 id="e-[^"]+">(?:<span class="no">[^<]*</span>)?([^<]*)</h2>', page) == [
        "“青苗计划”",
        "云河通道",
        "没用到的词",
    ]
    assert page.count('<li><span class="where">') == 3
    assert page.count("没有找到用到它的地方") == 1
    assert "{{" not in page
    assert "<i>" not in page
    assert "data-text" not in page, "what stands here is told again, not the report's own place"
    assert 'glossary: "名词解释"' in docs["linxi-2026/1/index.md"]
    assert '<span class="title">名词解释</span><span class="lead">共 3 条</span>' in docs["linxi-2026/index.md"]
    bare = replace(reading, glossary=())
    without = render(Publication((bare,)), Settings(), ROOT / "templates")
    assert "linxi-2026/glossary/index.md" not in without
    assert not any(
        "glossary/" in text or "\nglossary:" in text for name, text in without.items() if name.endswith(".md")
    )
    assert addresses.GLOSSARY not in page_table.titles(bare)


def test_a_page_carries_the_explanations_it_uses(tmp_path: Path) -> None:
    reading = invented(tmp_path, GLOSS)

    def names(page: str | None) -> list[str]:
        ready = explanations(reading, page, "linxi-2026/x/index.html")
        return [x.name for x in ready.entries] if ready else []

    assert names("1") == ["“青苗计划”"]
    assert names("2") == ["“青苗计划”", "云河通道"]
    assert names("a1") == names("") == []
    assert names(None) == ["“青苗计划”", "云河通道"]


def test_note_marks_link_to_the_entries(tmp_path: Path) -> None:
    reading = invented(tmp_path, GLOSS)
    docs = render(Publication((reading,)), Settings(), ROOT / "templates")
    view = glossary_view(reading, addresses.report(reading, addresses.GLOSSARY))
    anchors = {entry.anchor for entry in view.entries}
    for name in ("1/index.md", "2/index.md", "text/index.md"):
        page = docs[f"linxi-2026/{name}"]
        links = re.findall(r'<a class="[^"]*\bg\b[^"]*" href="([^"]+)" data-gloss="([^"]+)">', page)
        assert links, name
        for href, gloss in links:
            assert href == f"../glossary/index.html#e-{gloss}"
            assert f"e-{gloss}" in anchors
            assert f'id="x-{gloss}"' in page
        assert "<a" not in "".join(re.findall(r"<a [^>]*>((?:(?!</a>).)*)", page)), "no link stands in a link"


def test_an_explained_name_links_to_its_explanation(tmp_path: Path) -> None:
    """A word may be a recurring name too; the text has room for one link."""
    reading = invented(tmp_path, GLOSS)
    assert any(term.name == "青苗计划" for term in reading.terms)
    page = render(Publication((reading,)), Settings(), ROOT / "templates")["linxi-2026/1/index.md"]
    assert re.search(r'data-gloss="[^"]+">青苗计划</a>', page)
    assert "青苗计划</a>" in page
    assert not re.search(r'<a class="n" [^>]*>青苗计划', page)


def test_inspect_lists_the_entries(tmp_path: Path) -> None:
    reading = invented(tmp_path, GLOSS)
    terms = inspection.document(reading)["terms"]
    assert isinstance(terms, list)
    told = [t for t in terms if isinstance(t, dict) and t["kind"] == "glossary"]
    assert [(t["number"], t["name"]) for t in told] == [("1.", "“青苗计划”"), ("2.", "云河通道"), ("3.", "没用到的词")]
    for term in told:
        for mention in term["mentions"]:
            assert reading.source.text[mention["start"] : mention["end"]] in {"青苗计划", "云河通道"}


# -- real reports ---------------------------------------------------------------------------------------------------

# Number and name of every entry, read in the texts by eye.
REAL = {
    "province-guangdong-2026": "1.“四上”企业 2.“双高计划” 3.“四好农村路” 4.“双百行动” 5.“双一流” 6.轨道交通“四网融合” 7.“四新”产业 8.“链式改造” 9.可信数据空间 10.金融“五篇大文章” 11.“五统一、一开放” 12.“单一窗口” 13.“标准海”",
    "province-hainan-2026": "［1］一降三减 ［2］四大主导产业 ［3］五互一共 ［4］三张“零关税”清单 ［5］ESI ［6］“双环”旅游公路 ［7］山水工程 ［8］1+5+N ［9］三医联动一张网 ［10］两个基地、两个枢纽、两个网络 ［11］四库 ［12］“45432”发展架构 ［13］“一本三基四梁八柱”战略框架 ［14］两非两资 ［15］两新 ［16］两重 ［17］四个一批 ［18］五张清单 ［19］九大行动 ［20］五网合一 ［21］一委一办一平台 ［22］三资 ［23］金融“五篇大文章” ［24］“11431”基层治理体系 ［25］五社联动 ［26］七个有之 ［27］五个必须 ［28］三个立法权",
    "province-jiangxi-2026": "1.“2030启航计划” 2.“四级三类”国土空间规划 3.“四融一共”和美乡村 4.货运企业“三上门两加强”行动 5.“三通一码” 6.“一表同享” 7.“三大高地”“五大战略” 8.“两重”“两新” 9.“数商兴农”行动 10.“六个一”全覆盖 11.“2030先锋工程” 12.“1+M+N”服务体系 13.“双一流” 14.“双招双引” 15.“2152”龙头引育工程 16.“益企成长”计划 17.“招商一张图” 18.“物流一张网”平台 19.“1+N”常态化帮扶政策体系 20.2026年10件民生实事 21.5+2就业之家 22.“百羽争锋” 23.GEP核算 24.VEP核算 25.应急管理高质量发展“2653”行动 26.治安“三张图”",
    "province-sichuan-2026": "1.“两重” 2.“两新” 3.“自审自发” 4.稳增长“21”条 5.稳增长“18”条 6.六大科技专项 7.“双向揭榜挂帅” 8.“灯塔工厂” 9.耕地林地园地空间治理“一张图” 10.优化环境“五个专项治理” 11.“网链共享计划” 12.“双高计划” 13.重大慢性病防治“四早”工程 14.“暖心驿站” 15.“六横六纵”现代化水网体系 16.“四向八廊”综合交通走廊 17.科技英才领航工程和“双千”计划 18.创新药“护苗”行动 19.医保影像云 20.“一件事”全链条专项整治",
    "state-guowuyuan-2010": "１、应对国际金融危机的一揽子计划 ２、“三网”融合 ３、物联网 ４、森林碳汇 ５、“五缓四减三补贴”就业扶持政策 ６、医药卫生体制改革的五项重点工作 ７、中非务实合作八项新举措",
}
READ: dict[str, Reading] = {}


def real(shared: Path, name: str) -> Reading:
    if name not in READ:
        (path,) = (shared / "corpus").glob(f"{name}.*")
        READ[name] = report_reader.read_report(
            path, name, report_reader.load_vocabularies(paths.vocabulary_of(ROOT)), pronounce=str
        ).reading
    return READ[name]


@pytest.mark.parametrize("name", REAL)
def test_real_glossaries(shared: Path, name: str) -> None:
    reading = real(shared, name)
    assert [g.number + g.name for g in reading.glossary] == REAL[name].split(" ")
    assert_sound(reading.text, reading.outline, reading.glossary)
    assert [g.name for g in reading.glossary if not g.uses] == [], "every word of these five stands in its text"
    assert [g.name for g in reading.glossary if not g.explained] == []


def entry(reading: Reading, name: str) -> Gloss:
    (found,) = (g for g in reading.glossary if g.name == name)
    return found


def shown(reading: Reading, places: tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [(use.section, reading.text.body[use.start : use.end]) for use in places]


def test_every_note_mark_of_a_real_report_is_a_use(shared: Path) -> None:
    reading = real(shared, "province-hainan-2026")
    body = reading.text.body[: reading.glossary[0].start]
    marks = {m.start() for m in re.finditer("［[0-9]+］", body)}
    assert len(marks) == 28
    covered = {at for g in reading.glossary for use in g.uses for at in range(use.start, use.end)}
    assert marks <= covered
    assert shown(reading, entry(reading, "四大主导产业").uses)[0] == ("1/s8/s2", "四大主导产业［2］")
    assert len(entry(reading, "两个基地、两个枢纽、两个网络").uses) == 6


def test_look_alikes_of_real_reports(shared: Path) -> None:
    jiangxi = real(shared, "province-jiangxi-2026")
    # The ten of 2025 are told as done in part 一; only those of 2026 are the ten explained.
    assert shown(jiangxi, entry(jiangxi, "2026年10件民生实事").uses) == [("3/6", "10件民生实事")]
    assert shown(jiangxi, entry(jiangxi, "“三大高地”“五大战略”").uses) == [
        ("2/2", "三大高地"),
        ("2/2", "五大战略"),
        ("3", "三大高地"),
        ("3", "五大战略"),
    ]
    sichuan = real(shared, "province-sichuan-2026")
    # “揭榜挂帅” alone is another thing; buttons of the page stand behind the last entry.
    assert [w for _, w in shown(sichuan, entry(sichuan, "“双向揭榜挂帅”").uses)] == ["双向揭榜挂帅"] * 2
    assert words(sichuan.text, sichuan.glossary[-1])[0].endswith("综合治理。")
    assert len(sichuan.glossary[-1].explained) == 1
    assert len(entry(sichuan, "“双向揭榜挂帅”").explained) == 1, "three torn lines are one paragraph"


def test_reports_without_a_glossary_have_no_entries(shared: Path) -> None:
    for name in ("province-gansu-2026", "state-guowuyuan-2025-wikisource", "state-guowuyuan-1954-wikisource"):
        assert real(shared, name).glossary == ()
