"""The sentences of a report for one kind of readers (与我有关): which are chosen, how many, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vocabularies import vocabularies
from workreport.build import report_reader
from workreport.model import Reading

HEAD = "青禾县政府工作报告\n2025年2月21日在青禾县第九届人民代表大会第四次会议上\n县长 李四\n\n"
Read = Callable[[str, str], Reading]


@pytest.fixture(scope="module")
def words() -> report_reader.Vocabularies:
    return vocabularies()


@pytest.fixture
def read(tmp_path: Path, words: report_reader.Vocabularies) -> Read:
    """Read a report of 2025 with this review and this plan."""

    def of(review: str, plan: str) -> Reading:
        file = tmp_path / "source.md"
        text = f"{HEAD}一、2024年工作回顾\n\n{review}\n\n二、2025年工作安排\n\n{plan}\n"
        file.write_text(text, encoding="utf-8")
        return report_reader.read_report(file, "qinghe-2025", words).reading

    return of


def told(reading: Reading, audience: str) -> list[str]:
    """The sentences for a kind of readers, in their order."""
    found = next((a for a in reading.audiences if a.id == audience), None)
    return [reading.sentences[name].text for name in found.sentences] if found else []


def test_sentences_with_figures_stand_first_then_plans(read: Read) -> None:
    reading = read(
        "扎实推进城乡居家养老服务，让老年人安享晚年。新增养老床位300张。",
        "持续完善老年人优待政策和服务，弘扬敬老风尚。新建老年食堂20家，覆盖6个镇。",
    )
    assert told(reading, "elderly") == [
        "新建老年食堂20家，覆盖6个镇。",
        "新增养老床位300张。",
        "持续完善老年人优待政策和服务，弘扬敬老风尚。",
        "扎实推进城乡居家养老服务，让老年人安享晚年。",
    ]
    (elderly,) = (a for a in reading.audiences if a.id == "elderly")
    assert {reading.sentences[name].text[:2] for name in elderly.planned} == {"新建", "持续"}


def test_there_are_at_most_eight_of_which_half_are_plans(read: Read) -> None:
    review = "".join(f"建成养老院{n}所、护理床位{n}0张。" for n in range(2, 12))
    plan = "".join(f"新建老年食堂{n}家、助餐点{n}0个。" for n in range(2, 12))
    found = told(read(review, plan), "elderly")
    assert len(found) == 8
    assert sum("新建" in text for text in found) == 4


def test_sentences_without_figures_only_fill_up_to_five(read: Read) -> None:
    review = "".join(f"扎实做好老年人第{n}类服务保障工作，让老年人放心。" for n in "甲乙丙丁戊己庚")
    assert len(told(read(f"{review}新增养老床位300张。", "继续努力。"), "elderly")) == 5


@pytest.mark.parametrize(
    "text",
    [
        "统筹做好外事、侨务、民族、宗教、老龄、残疾人、档案、气象等工作。",  # one of many things
        "加快发展工业、服务业，推动科技创新，扩大开放，改善民生，做好养老服务。",  # a small part of a sentence
        "老工业基地调整改造步伐加快，取得新的成效。",
        "老有所养。",  # too short to say anything
        "全力做好城乡养老服务工作。",  # a slogan
        "推进要素市场、养老服务、财政预算等改革取得新的重要进展。",  # one of several kinds of things
        "在物流、商贸、养老等重点领域选择一批示范企业先行先试。",
        "养老服务基础薄弱，老年人家庭负担仍然过重。",  # neither done nor planned
        "养老、工伤保险参保人数持续增加，覆盖面不断扩大。",  # insurance of people at work
        "养老服务水平有待进一步提高。",  # neither done nor planned
        "老年人护理形势严峻，失能老人尚有3000人无人照料。",
        "推进海绵城市、电子商务、医养服务、宽带网络等20个试点项目。",  # one of several kinds of things
        "妇女、儿童、老年人、残疾人事业健康发展。",
        "城镇就业30万人，教育、医疗、住房、养老、托育等条件持续改善。",
        "切实提高全县养老服务水平。",  # a slogan
    ],
)
def test_sentence_that_hardly_speaks_of_the_readers_is_left_out(read: Read, text: str) -> None:
    assert told(read(text, "继续努力。"), "elderly") == []


def test_kind_of_readers_unaddresseds_is_left_out(read: Read) -> None:
    reading = read("城镇新增就业3000人。", "新建幼儿园3所，新增学位900个。")
    assert [a.id for a in reading.audiences] == ["parents", "jobs"]
    assert [a.label for a in reading.audiences] == ["家长", "学生和求职者"]


def test_enumeration_that_ends_in_the_readers_is_theirs(read: Read) -> None:
    text = "稳定和扩大高校毕业生、退役军人、脱贫人口等重点群体就业。"
    assert told(read(text, "继续努力。"), "jobs") == [text]


def test_short_sentence_that_names_something_done_is_chosen(read: Read) -> None:
    assert told(read("继续提高最低工资标准。", "继续努力。"), "jobs") == ["继续提高最低工资标准。"]
    assert told(read("一是千方百计扩大就业。", "继续努力。"), "jobs") == []
    assert told(read("提高城乡居民基础养老金标准。", "继续努力。"), "elderly") == ["提高城乡居民基础养老金标准。"]


@pytest.mark.parametrize(
    ("title", "chosen"),
    [
        ("“十五五”时期主要目标", []),
        ("今后五年的奋斗目标", []),
        ("“十五五”时期目标和2025年工作安排", ["新增养老床位300张。"]),
        ("扎实做好“十五五”开局工作", ["新增养老床位300张。"]),
    ],
)
def test_plans_for_later_years_are_left_out(read: Read, title: str, chosen: list[str]) -> None:
    assert told(read("继续努力。", f"继续努力。\n\n三、{title}\n\n新增养老床位300张。"), "elderly") == chosen


def test_item_of_a_list_with_a_figure_fills_up_behind_sentences_that_are_theirs_alone(read: Read) -> None:
    item = "办好3件实事：改造村卫生室6个；为老年人免费体检2600人次；新建公共停车位150个。"
    covered = "推进医疗保险省级统筹，加强基金监管，长护险实现全域全人群覆盖。"
    other = "改造卫生室6个，扩建学校2所，新建车位150个，完善城乡养老服务。"
    assert told(read(f"新增养老床位300张。{covered}{other}", item), "elderly") == ["新增养老床位300张。", item, covered]
    many = "".join(f"新增{n}类养老床位{k}00张。" for k, n in enumerate("甲乙丙丁戊", 2))
    assert item not in told(read(many, item), "elderly")


def test_clause_that_tells_what_is_done_for_the_readers_fills_up_last(read: Read) -> None:
    insured = "初步建立起统一的企业职工基本养老保险制度，失业保险逐步扩大，救助制度不断完善。"
    named = "医疗水平不断提高，看病更加方便，道路更加通畅，关心老年人。"  # nothing that one can see done
    explained = "“幸福食堂”：指建立在社区里、主要为老年人提供午餐的食堂，由社区管理。"
    own = "扎实推进城乡居家养老服务，让老年人安享晚年。"
    assert told(read(insured + named + explained + own, "继续努力。"), "elderly") == [own, insured]
    many = "".join(f"新增{n}类养老床位{k}00张。" for k, n in enumerate("甲乙丙丁戊", 2))
    assert insured not in told(read(insured + many, "继续努力。"), "elderly")


def test_kinds_of_readers_and_themes_without_anything_are_known(read: Read) -> None:
    reading = read("新增养老床位300张。", "新建幼儿园3所，新增学位900个。")
    assert reading.unaddressed == ("学生和求职者", "开店办厂", "农民")
    assert {"养老", "产业"} <= {theme.label for theme in reading.without_promise}
    assert "上学" not in {theme.label for theme in reading.without_promise}


def test_words_of_others_and_sentences_that_lean_on_the_one_before_are_left_out(read: Read) -> None:
    review = "上级指出：“要把发展农村经济放在各项工作的首位，毫不放松抓好粮食生产。”这是发展农村经济、维护农村稳定的重要保证。"
    assert told(read(review, "继续努力。"), "farmers") == []


def test_sentences_of_the_opening_are_read_too(tmp_path: Path, words: report_reader.Vocabularies) -> None:
    file = tmp_path / "source.md"
    text = "全县农业连续三年丰收，粮食产量增长百分之五。\n\n一、方针\n\n继续努力，再接再厉。\n"
    file.write_text(HEAD + text, encoding="utf-8")
    reading = report_reader.read_report(file, "qinghe-2025", words).reading
    assert told(reading, "farmers") == ["全县农业连续三年丰收，粮食产量增长百分之五。"]


def test_what_stands_below_a_heading_of_what_was_done_is_known_in_a_report_without_plans(
    tmp_path: Path, words: report_reader.Vocabularies
) -> None:
    file = tmp_path / "source.md"
    file.write_text(
        f"{HEAD}一、2024年工作回顾\n\n（一）民生\n\n新增养老床位300张。\n\n二、其他\n\n老年食堂有20家。\n",
        encoding="utf-8",
    )
    (elderly,) = report_reader.read_report(file, "qinghe-2025", words).reading.audiences
    assert len(elderly.sentences) == 2
    assert elderly.planned == frozenset()
    assert elderly.reviewed == {elderly.sentences[0]}
