"""The promises of a report (承诺): which words are one, under which theme, and the items of lists of 民生实事."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vocabularies import vocabularies
from workreport.build import report_reader
from workreport.model import Promise, Reading

HEAD = "青禾县政府工作报告\n2025年2月21日在青禾县第九届人民代表大会第四次会议上\n县长 李四\n\n"
Read = Callable[..., Reading]


@pytest.fixture(scope="module")
def words() -> report_reader.Vocabularies:
    return vocabularies()


@pytest.fixture
def read(tmp_path: Path, words: report_reader.Vocabularies) -> Read:
    """Read a report of 2025 with this plan, and what else stands behind it."""

    def of(plan: str, behind: str = "", review: str = "新建学校3所。") -> Reading:
        file = tmp_path / "source.md"
        file.write_text(
            f"{HEAD}一、2024年工作回顾\n\n{review}\n\n二、2025年工作安排\n\n{plan}\n\n{behind}\n", encoding="utf-8"
        )
        return report_reader.read_report(file, "qinghe-2025", words).reading

    return of


def told(reading: Reading) -> list[tuple[str, str]]:
    """The promises in their order: label of the theme, and words."""
    return [(p.theme.label, reading.text.body[p.start : p.end]) for p in reading.promises]


def figures(reading: Reading, promise: Promise) -> list[str]:
    by_id = {i.id: i for i in reading.indicators}
    return [by_id[name].value + by_id[name].unit for name in promise.figures]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("新增养老床位300张。", [("养老", "新增养老床位300张")]),
        ("新增学位1200个，改造老旧小区8个。", [("上学", "新增学位1200个"), ("住房", "改造老旧小区8个")]),
        ("新增学位1200个，和美乡村覆盖率达90%。", [("上学", "新增学位1200个"), ("乡村", "和美乡村覆盖率达90%")]),
        # An enumeration is cut where its parts are about different themes and have their own verbs, and only there.
        ("新增学位1200个、改造老旧小区8个。", [("上学", "新增学位1200个"), ("住房", "改造老旧小区8个")]),
        ("新增幼儿园学位1200个、养老床位300张。", [("上学", "新增幼儿园学位1200个、养老床位300张")]),
        ("新建幼儿园3所、中学2所。", [("上学", "新建幼儿园3所、中学2所")]),
        # A clause that only tells more of the one before it stands with it.
        ("开工建设县第二医院，总投资3亿元。", [("看病", "开工建设县第二医院，总投资3亿元")]),
        ("改造老旧小区8个，惠及4000户。", [("住房", "改造老旧小区8个，惠及4000户")]),
        # What the words of the clause do not say, the sentence says, or the heading.
        ("推进老旧小区改造，惠及4000户。", [("住房", "推进老旧小区改造，惠及4000户")]),
        # General words (项目, 平台) tell no theme where the clause before does; investment done is that in what stands before.
        ("实施古镇旅游开发，推进12个重点项目。", [("文化", "实施古镇旅游开发，推进12个重点项目")]),
        (
            "新建湿地4片，打造40处示范项目。",
            [("环境", "新建湿地4片"), ("环境", "打造40处示范项目")],
        ),
        # Where no words tell, the hints of the clause before do.
        ("安排重点项目；其中亿元以上的完成投资40亿元。", [("产业", "其中亿元以上的完成投资40亿元")]),
        ("抓好12个重点项目。", [("产业", "抓好12个重点项目")]),
        ("开工建设地铁3条，完成投资30亿元。", [("出行", "开工建设地铁3条，完成投资30亿元")]),
        # 其 and a list that goes on need the clause before.
        (
            "做大旅游产业，力争使其占生产总值的比重提高2个百分点。",
            [("文化", "做大旅游产业，力争使其占生产总值的比重提高2个百分点")],
        ),
        ("力争新增大型企业30户，500人以上企业2户。", [("产业", "力争新增大型企业30户，500人以上企业2户")]),
        (
            "城区、镇区垃圾处理率分别达到90%和50%，污水处理率分别达到80%和40%。",
            [("环境", "城区、镇区垃圾处理率分别达到90%和50%，污水处理率分别达到80%和40%")],
        ),
        # A change stands with its amount; a passage that only names things with its predicate; money with what it buys.
        ("工业总产值达到30亿元，增长8%。", [("产业", "工业总产值达到30亿元，增长8%")]),
        ("对30户大型企业集团，继续实行倾斜政策。", [("产业", "对30户大型企业集团，继续实行倾斜政策")]),
        ("完善路网，安排9000万元资金，新建公路30公里。", [("出行", "安排9000万元资金，新建公路30公里")]),
    ],
)
def test_words_and_theme_of_each_promise(read: Read, plan: str, expected: list[tuple[str, str]]) -> None:
    assert told(read(plan, review="新建学校3所，力争打通断头路6条。")) == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        # What is still to be voted on, the base of a target, and a number in a name promise nothing.
        ("经过征集，形成了10件民生实事候选项目，请大会票决。", []),
        ("在产量翻两番的基础上，新建学校4所。", [("上学", "新建学校4所")]),
        (
            "推进“北有云中古寺清溪山、三百里诗情画意青禾江，南有红色旅游打卡地、最美168黄金海岸线”联动发展。",
            [],
        ),
        # Neither does a forecast, what rests on a condition, what work turns to, what was done, or a place that is not counted.
        ("根据目前测算，地区生产总值可增长6%。新建学校4所。", [("上学", "新建学校4所")]),
        ("在保持8万亩基本农田的前提下，新建学校4所。", [("上学", "新建学校4所")]),
        ("聚焦12条产业链，新建学校4所。", [("上学", "新建学校4所")]),
        ("依托城西的产业园打造厂房4座。", [("产业", "依托城西的产业园打造厂房4座")]),
        ("国家出台了10项政策，新建学校4所。", [("上学", "新建学校4所")]),
        ("8件实事的实施，农村发生了新变化。新建学校4所。", [("上学", "新建学校4所")]),
        ("确保城市管理走在全省第一方阵。", []),
        # What several years are for is no promise of this one, unless its own part is named.
        ("用三年时间，培训农民6000人。", []),
        ("力争五年内，资产总额翻一番。", []),
        ("两年内关闭水泥厂9家，其中今年关闭水泥厂4家。", [("产业", "两年内关闭水泥厂9家，其中今年关闭水泥厂4家")]),
        ("为毕业两年内的大学生提供岗位300个。", [("就业", "为毕业两年内的大学生提供岗位300个")]),
        # What is past or of later years is no promise of this year, and neither is a rank without a number.
        ("到2030年，建成学校40所。", []),
        ("去年新建学校3所。今年新建学校4所。", [("上学", "今年新建学校4所")]),
        ("确保招商引资总量走在全省前列。", []),
        ("继续努力。", []),
    ],
)
def test_what_promises_nothing_for_the_year_is_left_out(read: Read, plan: str, expected: list[tuple[str, str]]) -> None:
    assert told(read(plan, review="新建学校3所，力争打通断头路6条。")) == expected


def test_figures_of_a_passage_stand_together(read: Read) -> None:
    reading = read("新建幼儿园3所、中学2所。")
    assert [figures(reading, p) for p in reading.promises] == [["3所", "2所"]]


def test_target_of_others_that_is_called_as_one_of_the_place_says_whose_it_is(read: Read) -> None:
    reading = read("地区生产总值增长6%。支持河口新区发展，力争地区生产总值增长9%。")
    assert told(reading) == [("经济", "地区生产总值增长6%"), ("经济", "支持河口新区发展，力争地区生产总值增长9%")]


def test_target_that_is_stated_twice_is_listed_once(read: Read) -> None:
    plan = "新增城镇就业1.2万人。\n\n（一）保障民生。新增城镇就业1.2万人，新增学位800个。"
    assert told(read(plan)) == [("上学", "新增学位800个"), ("就业", "新增城镇就业1.2万人")]


def test_promises_are_numbered_in_the_order_of_the_page(read: Read) -> None:
    reading = read("办好3件民生实事。一是新增停车位800个。二是新增养老床位300张。三是免费开放文化馆。\n\n新建学校4所。")
    assert [(p.number, p.livelihood, *line) for p, line in zip(reading.promises, told(reading), strict=True)] == [
        (1, True, "出行", "新增停车位800个"),
        (2, True, "养老", "新增养老床位300张"),
        (3, True, "文化", "免费开放文化馆"),
        (4, False, "上学", "新建学校4所"),
    ]


@pytest.mark.parametrize(
    ("plan", "behind", "items"),
    [
        ("今年办好以下惠民实事：（1）新建学校4所；（2）开通公交夜班。", "", ["新建学校4所", "开通公交夜班"]),
        (
            "重点办好2件实事：一是新建学校4所。二是扩建县医院，改善就医条件。",
            "",
            ["新建学校4所", "扩建县医院，改善就医条件"],
        ),
        # A list behind the report, under its own heading, with a heading for each item.
        (
            "继续努力。",
            "附件\n\n2025年县十件民生实事\n\n一、新建学校\n\n在城东新建学校4所。\n\n二、便民出行\n\n开通公交夜班。",
            ["在城东新建学校4所", "开通公交夜班"],
        ),
        # A short item is one promise as a whole, and the list ends with its last number.
        (
            "要办好2件民生实事：一是扩建幼儿园，新增学位180个；二是为老人免费体检。新引进企业8家。坚持实事求是。",
            "",
            ["扩建幼儿园，新增学位180个", "为老人免费体检"],
        ),
        (
            "办好2件民生实事。一是新建学校4所。二是开通公交夜班。新建公路30公里。",
            "",
            ["新建学校4所", "开通公交夜班"],
        ),
        # As many items as announced: others are what the report says next.
        ("切实办好20件民生实事。\n\n一是新建学校4所。\n\n二是开通公交夜班。", "", []),
        (
            "继续办好两大类4件实事：一是新建学校4所。二是开通公交夜班。三是扩建县医院。四是免费开放公园。",
            "",
            ["新建学校4所", "开通公交夜班", "扩建县医院", "免费开放公园"],
        ),
        (
            "今年继续组织实施两件让群众看得见、摸得着的实事。\n\n一是新建学校4所。\n\n二是开通公交夜班。",
            "",
            ["新建学校4所", "开通公交夜班"],
        ),
        # A list under its own heading, whose first item stands in the sentence that announces it.
        (
            "继续努力。",
            "三、2025年要办好的两件实事\n\n今年办好两件实事：（1）新建学校4所。（2）开通公交夜班。",
            ["新建学校4所", "开通公交夜班"],
        ),
        # Without a number, only a long list is one.
        (
            "持续办好为民实事。" + "".join(f"{n}是新建公园{k}座。" for k, n in enumerate("一二三四五六七八", start=2)),
            "",
            [f"新建公园{k}座" for k in range(2, 10)],
        ),
        ("持续办好为民实事。一是新建学校4所。二是开通公交夜班。三是扩建县医院。", "", []),
        # Without a number there is no telling where the list ends.
        ("办好10件民生实事。坚持为民。新建学校4所。", "", []),
        # What was done is no promise.
        ("继续努力。", "", []),
    ],
)
def test_items_of_lists_of_livelihood_projects(read: Read, plan: str, behind: str, items: list[str]) -> None:
    reading = read(plan, behind, review="办好2件民生实事：一是新建学校3所；二是改造公园1座。")
    assert [reading.text.body[p.start : p.end] for p in reading.promises if p.livelihood] == items


def test_items_without_numbers_are_a_list_if_they_are_as_many_as_told(read: Read) -> None:
    """The words that announce them are then no promise beside theirs."""
    full = read("办好三件民生实事：新建学校4所；开通公交夜班；新建口袋公园2个。植树800亩。")
    assert [(p.livelihood, words) for p, (_, words) in zip(full.promises, told(full), strict=True)] == [
        (True, "新建学校4所"),
        (True, "开通公交夜班"),
        (True, "新建口袋公园2个"),
        (False, "植树800亩"),
    ]
    short = read("办好5件民生实事：新建学校4所；开通公交夜班。")
    assert not any(p.livelihood for p in short.promises)


def test_number_of_a_list_is_a_promise_only_where_its_items_are_not(read: Read) -> None:
    items = "一是新建学校4所。二是开通公交夜班。"
    assert told(read(f"办好2件民生实事。{items}")) == [("上学", "新建学校4所"), ("出行", "开通公交夜班")]
    assert ("保障", "办好20件民生实事") in told(read(f"办好20件民生实事。{items}"))
    assert ("办事", "抓好30件惠企实事") in told(read(f"抓好30件惠企实事。办好2件民生实事。{items}"))


def test_words_of_a_promise_are_those_of_the_report(read: Read) -> None:
    reading = read("办好2件民生实事：（1）新建“城市书房”5个，方便群众；（2）免费开放公园。新建公路30公里。")
    for promise in reading.promises:
        sentence = reading.sentences[promise.sentence]
        assert sentence.start <= promise.start < promise.end <= sentence.end
        assert sentence.section == promise.section
