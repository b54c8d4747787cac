"""The glossary (名词解释) and notes: their entries, and where the report uses them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.glossary_reports import assert_sound, outline_of, read, used, words
from workreport.analysis import glossary
from workreport.analysis.glossary import entries, uses
from workreport.model import Sentence

# per case: the text below the speech; number, name and paragraphs of each entry expected
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
    "a name that starts with a year or a number": (
        "名词解释\n1.“青苗计划”：培养青年教师。\n2.2026年8件实事：修路、建桥。\n3.5+2课堂：五天上课、两天活动。\n",
        [
            ("1.", "“青苗计划”", ["培养青年教师。"]),
            ("2.", "2026年8件实事", ["修路、建桥。"]),
            ("3.", "5+2课堂", ["五天上课、两天活动。"]),
        ],
    ),
    "a decimal after a line break is no entry": (
        "名词解释\n1.“青苗计划”：总投资\n2.5亿元的教师培养计划。\n2.云河通道：连接两江的水道。\n",
        [("1.", "“青苗计划”", ["总投资2.5亿元的教师培养计划。"]), ("2.", "云河通道", ["连接两江的水道。"])],
    ),
    "an explanation of several paragraphs, and one with line breaks": (
        "名词解释\n1.“青苗计划”：培养青年教师。\n每年一百名。\n2.云河通道：连接\n两江\n的水道。\n沿线设二十个码头，归两市共同管理。\n",
        [
            ("1.", "“青苗计划”", ["培养青年教师。", "每年一百名。"]),
            ("2.", "云河通道", ["连接两江的水道。", "沿线设二十个码头，归两市共同管理。"]),
        ],
    ),
    "text of the web page after the last entry is no explanation": (
        "名词解释\n1.“青苗计划”：培养青年教师。\n2.云河通道：连接两江的水道。\n责任编辑：\n王小禾\n扫一扫在手机打开当前页\n",
        [("1.", "“青苗计划”", ["培养青年教师。"]), ("2.", "云河通道", ["连接两江的水道。"])],
    ),
    "a colon inside quotation marks does not end the name": (
        "名词解释\n1.“青苗：百人计划”：培养青年教师。\n2.云河通道：水道。\n",
        [("1.", "“青苗：百人计划”", ["培养青年教师。"]), ("2.", "云河通道", ["水道。"])],
    ),
    "a label before the word is no part of its name": (
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
    "another appendix ends the glossary": (
        "附件1\n名词解释\n1.“青苗计划”：培养青年教师。\n附件2\n民生实事\n1.修路一百公里，惠及沿线各乡镇居民。\n2.建桥两座，方便两岸群众往来和生产生活。\n",
        [("1.", "“青苗计划”", ["培养青年教师。"])],
    ),
    "a line 名词解释 without entries is no glossary": (
        "名词解释\n\n三、其他工作\n\n完成其他工作任务，各项事业全面进步。\n",
        [],
    ),
    "notes without a title and without a footnote marker above are no glossary": (
        "［1］青苗计划：培养青年教师。\n［2］云河通道：水道。\n",
        [],
    ),
}


@pytest.mark.parametrize("case", ENTRIES)
def test_glossary_entries_have_number_name_and_explanation(case: str) -> None:
    below, expected = ENTRIES[case]
    text, found = read("工作完成。", "继续努力。", below)
    assert [(g.number, g.name, words(text, g)) for g in found] == expected


def test_notes_without_a_title_and_without_names_are_entries() -> None:
    text, found = read(
        "建成学校九所［1］，修路百里［2］。", "继续努力。", "［1］含改扩建的两所。\n［2］按竣工里程计。\n"
    )
    assert [(g.number, g.name, words(text, g), used(text, g)) for g in found] == [
        ("［1］", "", ["含改扩建的两所。"], ["［1］"]),
        ("［2］", "", ["按竣工里程计。"], ["［2］"]),
    ]


def test_notes_with_the_same_number_are_paired_with_footnote_markers_in_order() -> None:
    past = "建成学校九所［1］，修路百里［2］。"
    notes = "［1］含改扩建的两所。\n［2］按竣工里程计。\n［1］不含续建。\n"
    text, found = read(past, "建桥两座［1］。", notes)
    assert [[text.body[u.start - 1] for u in g.uses] for g in found] == [["所"], ["里"], ["座"]]
    assert len({g.id for g in found}) == 3


def test_notes_with_circled_numbers_are_entries() -> None:
    text, found = read("实施青苗计划①，开通云河通道②。", "继续努力。", "注释\n①青苗计划：培养青年教师。\n②水道。\n")
    assert [(g.number, g.name, used(text, g)) for g in found] == [("①", "青苗计划", ["青苗计划①"]), ("②", "", ["②"])]


# per case: the name of the only entry, the text of the first part, that of the second, the uses expected
USES = {
    "the name in quotation marks and without": (
        "“青苗计划”",
        "实施“青苗计划”。",
        "扩大青苗计划。",
        ["青苗计划", "青苗计划"],
    ),
    "a name with quotation marks inside, and without them": (
        "“四青”企业",
        "服务“四青”企业。",
        "服务四青企业。",
        ["“四青”企业", "四青企业"],
    ),
    "the name inside a longer phrase": ("青苗计划", "实施青苗计划和青苗计划二期。", "无。", ["青苗计划", "青苗计划"]),
    "two characters only in quotation marks": ("“三青”", "三青企业很多。", "抓好“三青”工作。", ["三青"]),
    "not as part of a longer Latin word": ("GEP核算", "推进GEP核算，不是AGEP核算。", "无。", ["GEP核算"]),
    "not as part of a larger number": ("5+2课堂", "开办15+2课堂。", "开办5+2课堂。", ["5+2课堂"]),
    "full-width characters as half-width ones": ("“２０３０工程”", "启动“2030工程”。", "无。", ["2030工程"]),
    "each of two words that are explained together": (
        "“两青”“两云”",
        "落实“两青”政策。",
        "用好“两青”“两云”。",
        ["两青", "“两青”“两云”"],
    ),
    "each of two words joined by 和": (
        "青苗领航工程和“双云”计划",
        "实施青苗领航工程。",
        "实施青苗领航工程和“双云”计划。",
        ["青苗领航工程", "青苗领航工程和“双云”计划"],
    ),
    "without its year in a section about that year": (
        "2026年8件实事",
        "8件实事完成。",
        "办好8件实事。",
        ["8件实事"],
    ),
    "the quoted words of the name only": ("“六青六云”现代化水网", "建成“六青六云”水网。", "无。", ["六青六云"]),
    "quotation marks in another place": ("稳增长“21”条", "出台稳增长“21条”。", "无。", ["稳增长“21条”"]),
    "what follows 的, if what precedes 的 is near": (
        "青苗事业的五项重点工作",
        "推进青苗事业，落实五项重点工作。",
        "落实五项重点工作。",
        ["五项重点工作"],
    ),
    "no use": ("“青苗计划”", "青青河边，苗圃计划。", "无。", []),
}


@pytest.mark.parametrize("case", USES)
def test_uses_of_an_entry_are_found_in_the_text(case: str) -> None:
    name, past, plans, expected = USES[case]
    text, (entry,) = read(past, plans, f"名词解释\n1.{name}：意思是{name}。\n")
    assert used(text, entry) == expected
    for use in entry.uses:
        assert use.section in {"1", "2"}, "uses inside the glossary do not count"


def test_longest_name_that_fits_is_the_use() -> None:
    text, found = read("实施青苗计划二期，青苗计划见效。", "无。", "名词解释\n1.青苗计划：甲。\n2.青苗计划二期：乙。\n")
    assert [used(text, g) for g in found] == [["青苗计划"], ["青苗计划二期"]]


def test_word_and_footnote_marker_after_it_are_one_use() -> None:
    gloss = "注释\n［1］青苗计划：\n培养青年教师。\n［2］云河通道：\n水道。\n"
    text, found = read("实施“青苗计划”［1］，开通两江［2］。", "青苗计划见效，云河通道开通。", gloss)
    assert [used(text, g) for g in found] == [["“青苗计划”［1］", "青苗计划"], ["［2］", "云河通道"]]


def test_repeated_passage_has_no_uses() -> None:
    past = "全区上下坚定信心，实施“青苗计划”，培养青年教师100名，新建学校9所，修缮校舍二百间，惠及学生三万人，群众满意度不断提升，各项事业全面进步。"
    text, (entry,) = read(
        f"{past}\n\n其间另有他事。\n\n{past}", "继续努力。", "名词解释\n1.“青苗计划”：培养青年教师。\n"
    )
    assert used(text, entry) == ["青苗计划"]


def test_entry_id_depends_on_the_name_and_not_on_the_number() -> None:
    _, (one,) = read("实施“青苗计划”。", "无。", "名词解释\n1.“青苗计划”：甲。\n")
    _, (two, three) = read("无。", "实施“青苗计划”。", "名词解释\n1.云河：乙。\n2.“青苗计划”：丙。\n")
    assert one.id == three.id != two.id


SCRAPS = st.sampled_from(
    ["名词解释", "注释", "附件2", "1.", "2.", "3、", "［1］", "［2］", "①", "“青苗”", "青苗计划", "：", "。", "是指", "\n", "\n\n", "2026年", "一、", "的", "和", " ", "第", "各位代表："]
)  # fmt: skip


@given(st.lists(SCRAPS, max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_spans_of_entries_and_uses_are_valid_for_random_text(body: str) -> None:
    text, tree = outline_of(body)
    found = glossary.find(text, tree)
    assert_sound(text, tree, found)


HOSTILE: dict[str, Callable[[int], str]] = {
    "titles": lambda n: "名词解释\n" * n,
    "entries": lambda n: "名词解释\n" + "".join(f"{k % 990 + 1}.词{k}：意思。\n" for k in range(n)),
    "many notes with the same number": lambda n: "［1］［2］" * n + "\n" + "［1］词\n" * n,
    "scattered notes": lambda n: "甲［1］\n" + ("［1］词\n" + "行。\n" * 14) * (n // 15),
    "unclosed quotation marks": lambda n: "名词解释\n1." + "“词" * n + "：\n" + "2.词：意\n" * n,
    "an explanation of many short lines": lambda n: "名词解释\n1.词语：意\n" + "思\n" * n,
    "unnumbered": lambda n: "名词解释\n" + "词语：意\n" * n,
    "one long sentence of uses": lambda n: (
        "“青苗计划”［1］" * n + "\n注释\n［1］青苗计划：甲。\n［2］甲乙丙丁的戊己庚辛：乙。\n"
    ),
    "one long sentence of the words after 的": lambda n: (
        "甲乙丙丁，" + "戊己庚辛" * n + "\n名词解释\n1.甲乙丙丁的戊己庚辛：乙。\n"
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("case", HOSTILE)
def test_glossary_time_is_linear_in_the_length_of_odd_text(case: str) -> None:
    def seconds(n: int) -> float:
        body = HOSTILE[case](n)
        cut = max(body.rfind("\n", 0, len(body) // 2), 1)
        sentences = [Sentence("s1", body[:cut], 0, cut, ""), Sentence("s2", body[cut:], cut, len(body), "")]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            drafts = [draft for found in entries.lists(body) for draft in found.drafts]
            uses.find(body, drafts, sentences, {})
            best = min(best, time.process_time() - begun)
        return best

    few, many = seconds(4_000), seconds(32_000)
    assert many < max(few, 0.002) * 24, f"eight times the text took {many / few:.1f} times as long"
