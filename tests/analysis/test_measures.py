"""Which core measure (核心指标) an indicator states, and where it is printed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.vocabularies import vocabularies
from workreport.analysis import indicators, inspection, measure_words, measures, vocabulary
from workreport.build import report_reader
from workreport.model import Findings, Outline, Paragraph, Reading
from workreport.project.settings import Settings
from workreport.website import data

WORDS = measure_words.load(ROOT / "vocabulary")
VOCABULARY = vocabulary.load(ROOT / "vocabulary")

REPORT = """# 临河市政府工作报告

（2025年1月8日在临河市第五届人民代表大会第四次会议上）

市长 李明

各位代表：

一、2024年工作回顾

全市地区生产总值1234.5亿元，同比增长5.6%；外贸出口208.3亿元，同比增长12.4%。

临港新区加快开发。完成地区生产总值320亿元，增长9%。

五年新增城镇就业21万人。城镇登记失业率2.8%。

二、2025年工作安排

地区生产总值增长5%左右，新增停车位5000个。
"""


def stated(text: str, place: str = "临河市") -> list[str | None]:
    """The measures of the indicators of one sentence, in their order, as in the report of `place`."""
    found = indicators.find_in(text, VOCABULARY)
    around = [measures.Surroundings(place, text[: i.start], text[i.end :]) for i in found]
    return [measures.measure_of(i, WORDS, beside) for i, beside in zip(found, around, strict=True)]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """The report above, read without rules of a publisher."""
    return read(tmp_path, "")


def read(tmp_path: Path, rules: str) -> Reading:
    """The report above, read with these rules as its `indicators.toml`."""
    folder = tmp_path / "linhe-2025"
    folder.mkdir(exist_ok=True)
    (folder / "source.md").write_text(REPORT, encoding="utf-8")
    (folder / "indicators.toml").write_text(rules, encoding="utf-8")
    known = vocabularies()
    return report_reader.read_report(folder / "source.md", folder.name, known, folder).reading


# -- names


@pytest.mark.parametrize(
    ("name", "measure", "bare"),
    [
        ("完成固定资产投资", "fixed-asset-investment", "固定资产投资"),
        ("全年完成全市固定资产投资", "fixed-asset-investment", "全市固定资产投资"),
        ("稳定粮食总产量", "grain-output", "粮食总产量"),
        ("完成工业投资", "fixed-asset-investment", "完成工业投资"),
        ("按照地区生产总值", "gdp", "地区生产总值"),
        ("来源于全市的财政总收入", "fiscal-revenue", "来源于全市的财政总收入"),
        ("固定资产投资", "fixed-asset-investment", "固定资产投资"),
    ],
)
def test_verb_before_the_name_of_a_measure_is_no_part_of_it(name: str, measure: str, bare: str) -> None:
    assert measures.bare_name(name, WORDS.by_id[measure], WORDS) == bare


def test_figure_of_a_measure_is_shown_without_the_verb_before_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "qinghe-2025"
    folder.mkdir()
    text = REPORT.replace("外贸出口208.3亿元", "完成外贸出口208.3亿元，完成老旧小区改造20个")
    (folder / "source.md").write_text(text, encoding="utf-8")
    found = report_reader.read_report(folder / "source.md", folder.name, vocabularies(), folder).reading.found
    names = [i.name for i in found.indicators if i.value in ("208.3", "20")]
    assert names == ["外贸出口", "完成老旧小区改造"]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("全市国内生产总值86亿元", "gdp"),
        ("来源于临河的财政总收入86亿元", "fiscal-revenue"),
        ("城镇登记失业率处于2.3%的低位", "urban-unemployment"),
        ("完成生产总值1860亿元", "gdp"),
        ("GDP增长6.5%", "gdp"),
        ("经济增长6%左右", "gdp"),
        ("全年实现地区生产总值300亿元", "gdp"),
        ("人均生产总值突破1万美元", "gdp-per-capita"),
        ("地方财政一般预算收入完成9.2亿元", "budget-revenue"),
        ("公共财政预算收入增长12%", "budget-revenue"),
        ("地方级财政收入32亿元", "budget-revenue"),
        ("全口径财政收入61亿元", "fiscal-revenue"),
        ("社会商品零售总额7.7亿元", "retail-sales"),
        ("社零总额增长6%", "retail-sales"),
        ("外贸进出口总值4.3亿美元", "trade-total"),
        ("规模工业增加值增长9%", "large-industry-value-added"),
        ("农民年人均纯收入3120元", "rural-income"),
        ("农牧民人均纯收入增长8%", "rural-income"),
        ("城市居民人均可支配收入11800元", "urban-income"),
        ("城镇常住居民人均可支配收入增长7%", "urban-income"),
        ("居民消费价格总水平涨幅控制在3%以内", "cpi"),
        ("居民消费价格指数102.3", "cpi"),
        ("城镇登记失业率控制在4%以内", "urban-unemployment"),
        ("新增城镇就业3.1万人", "urban-jobs-added"),
        ("粮食总产达到46亿斤", "grain-output"),
        ("细颗粒物平均浓度下降5%", "pm25"),
        ("空气质量优良天数比率91.2%", "good-air-share"),
        ("万元生产总值能耗下降4%", "energy-intensity"),
        ("R&D经费支出占GDP比重达2.4%", "r-and-d-intensity"),
        ("常住人口城镇化率提高到64%", "urbanisation"),
        ("第二产业增加值700亿元", "secondary-industry"),
    ],
)
def test_name_of_any_year_and_place_states_its_measure(text: str, measure: str) -> None:
    assert stated(text) == [measure]


@pytest.mark.parametrize(
    "text",
    [
        "民营经济增加值占地区生产总值比重61%",
        "海洋生产总值增长7%",
        "单位工业增加值能耗下降5%",
        "服务贸易进出口额增长9%",
        "民营企业出口增长9%",
        "网络零售额增长20%",
        "低收入农户人均可支配收入增长12%",
        "新增贷款120亿元",
        "制造业贷款余额增长12%",
        "新增市场主体3万户",
        "新增高新技术企业60家",
        "城镇居民人均消费支出21000元",
        "城镇新增就业完成年计划的118%",
        "投资拉动经济增长2个百分点",
        "地区生产总值增速比全国高0.5个百分点",
    ],
)
def test_other_thing_with_a_similar_name_states_no_measure(text: str) -> None:
    assert set(stated(text)) == {None}


@pytest.mark.parametrize(
    ("text", "place", "measure"),
    [
        ("全省生产总值增长6%", "青禾省", "gdp"),
        ("全省生产总值增长6%", "临河市", None),
        ("全市生产总值增长6%", "临河市", "gdp"),
        ("全区生产总值增长6%", "临河市青禾区", "gdp"),
        ("青禾区生产总值增长6%", "临河市青禾区", "gdp"),
        ("青禾区生产总值增长6%", "临河市", None),
        ("全国财政收入增长6%", "国务院", "fiscal-revenue"),
        ("全国财政收入增长6%", "青禾省", None),
        ("全州生产总值增长6%", "", "gdp"),
    ],
)
def test_only_the_words_for_the_whole_of_the_reporting_place_are_left_out(
    text: str, place: str, measure: str | None
) -> None:
    assert stated(text, place) == [measure]


def test_label_before_a_colon_is_no_part_of_the_name() -> None:
    (indicator,) = indicators.find_in("地区生产总值增长6%", VOCABULARY)
    labelled = indicator._replace(name="全市经济社会发展的主要预期目标是:全市生产总值")
    assert measures.measure_of(labelled, WORDS, measures.Surroundings("临河市")) == "gdp"


# -- kinds, units, size


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值5.2万元",
        "居民人均可支配收入300亿元",
        "全社会研发投入强度达到31%",
        "空气质量优良天数920天",
        "经济增长120亿元",
        "地区生产总值是2015年的1.5倍",
        "地区生产总值居全省第三位",
    ],
)
def test_figure_that_the_measure_cannot_have_states_no_measure(text: str) -> None:
    assert set(stated(text)) == {None}


def test_name_alone_tells_the_measure_whose_unit_does_not_fit() -> None:
    (indicator,) = indicators.find_in("地区生产总值5.2万元", VOCABULARY)
    row = measures.named(indicator.name, WORDS, "临河市")
    assert row is not None
    assert (row.measure.id, measures.fits(indicator, row)) == ("gdp", False)


def test_level_and_growth_of_one_measure_differ_only_in_kind() -> None:
    text = "外贸出口28亿美元；外贸出口增长12%"
    assert [i.kind for i in indicators.find_in(text, VOCABULARY)] == ["level", "growth"]
    assert stated(text) == ["exports", "exports"]


# -- parts of the place, totals of several years


@pytest.mark.parametrize(
    "text",
    [
        "临港新区加快开发，地区生产总值突破200亿元",
        "经开区完成投资60亿元，实现地区生产总值120亿元",
        "各开发区要加快招商，力争固定资产投资增长20%",
        "沿江地区已成为新的增长带，实现GDP340亿元",
        "沿江地区已成为新的增长带，实现GDP340亿元；青峰岭后来居上，实现GDP增长14%",
        "三个县生产总值增长9%，固定资产投资增长12%",
        "省属企业资产总额达到2万亿元，工业总产值突破3000亿元",
        "进一步赋能临港新区发展，力争地区生产总值突破380亿元",
        "去年，全国经济增长5.2%，社会消费品零售总额增长4%",
        "中心城区建成区面积94平方公里；常住人口90万人",
        "深度参与合作，对沿线国家投资增长73%、进出口增长5%",
        "净增“四上”企业272户、市场主体1.9万户",
        "扣除房地产开发投资后，固定资产投资增长2.7%",
        "推进整村提升，农村卫生厕所普及率达到93%、生活污水处理率74%",
        "居民消费价格上涨2%，低于全国平均0.4个百分点",
    ],
)
def test_figure_of_a_part_or_of_what_is_new_states_no_measure(text: str) -> None:
    assert stated(text)[-1] is None


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("临港新区加快开发，全市地区生产总值突破2000亿元", "gdp"),
        ("支持企业技术改造，规上工业增加值增长8%", "large-industry-value-added"),
        ("获评国家高新区，固定资产投资增长8%", "fixed-asset-investment"),
        ("承接沿江地区产业转移，实现GDP340亿元", "gdp"),
        ("作为沿江地区的中心城市，我们要抓住机遇。固定资产投资要达到340亿元", "fixed-asset-investment"),
        ("新增上市公司7家、总数达42家", "listed-firms"),
        ("扣除价格因素，城镇居民人均可支配收入增长6%", "urban-income"),
        ("经开区招商成效明显，城镇登记失业率3%", "urban-unemployment"),
        ("农村卫生厕所普及率达到93%，城镇污水处理率达到96%、生活垃圾无害化处理率100%", "waste-treatment"),
    ],
)
def test_whole_place_or_an_object_before_a_figure_leaves_its_measure(text: str, measure: str) -> None:
    assert stated(text)[-1] == measure


def test_figure_of_a_whole_town_or_street_office_states_a_measure() -> None:
    assert stated("全镇完成地区生产总值12亿元", "青石镇") == ["gdp"]
    assert stated("全街道实现一般公共预算收入3亿元", "江心街道") == ["budget-revenue"]
    assert stated("全镇完成地区生产总值12亿元", "临河县") == [None]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("完成工业总产值310亿元，占全市工业总产值的27%", None),
        ("完成工业总产值310亿元，增长9%，占全市总额的27%", None),
        ("实现社会消费品零售总额85亿元，占全市近四成", None),
        ("完成工业总产值310亿元，占全国工业总产值的2%", "industrial-output"),
        ("全市第三产业增加值820亿元，占全市生产总值的52%", "tertiary-industry"),
    ],
)
def test_figure_that_is_a_share_of_its_own_measure_states_no_measure(text: str, measure: str | None) -> None:
    assert stated(text)[0] == measure


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("五年固定资产投资3200亿元", None),
        ("五年来城镇新增就业21万人", None),
        ("城镇新增就业累计达到21万人", None),
        ("累计接待游客5200万人次、旅游总收入310亿元", None),
        ("五年来，全市地区生产总值达到1500亿元", "gdp"),
        ("全年累计接待游客900万人次、旅游总收入82亿元", "tourism-revenue"),
        ("五年累计投资大幅增加，2024年固定资产投资820亿元", "fixed-asset-investment"),
        ("地区生产总值累计增长33%", "gdp"),
        ("五年来城镇登记失业率保持在4%以内", "urban-unemployment"),
    ],
)
def test_total_of_several_years_is_not_the_measure_of_a_year(text: str, measure: str | None) -> None:
    assert stated(text)[-1] == measure


# -- a whole report


def test_report_has_its_measures_by_rank_and_none_of_a_part(reading: Reading) -> None:
    found = [(i.measure, i.value) for i in reading.indicators]
    assert found == [
        ("gdp", "1234.5"),
        ("exports", "208.3"),
        (None, "320"),
        (None, "21"),
        ("urban-unemployment", "2.8"),
        ("gdp", "5"),
        (None, "5000"),
    ]
    assert [m.id for m in reading.found.measures] == ["gdp", "exports", "urban-unemployment"]
    assert [m.rank for m in reading.found.measures] == sorted(m.rank for m in reading.found.measures)


def test_inspect_and_the_data_files_print_the_measure(reading: Reading) -> None:
    printed = inspection.document(reading)["indicators"]
    assert isinstance(printed, list)
    assert [i["measure"] for i in printed if isinstance(i, dict)][:3] == ["gdp", "exports", None]
    files = data.files(reading, "data", "{}", Settings())
    document = json.loads(files[f"data/{data.JSON}"])
    assert [i["measure"] for i in document["indicators"]][:3] == ["gdp", "exports", None]
    lines = files[f"data/{data.CSV}"].decode("utf-8-sig").splitlines()
    place = lines[0].split(",").index("核心指标")
    assert [line.split(",")[place] for line in lines[1:4]] == ["gdp", "exports", ""]


def test_name_that_the_publisher_corrects_decides_the_measure(tmp_path: Path) -> None:
    first = read(tmp_path, "").indicators[0].id
    rule = f'[[change]]\nid = "{first}"\nname = "临港新区生产总值"\nnote = "读错了"\n'
    assert read(tmp_path, rule).indicators[0].measure is None


def test_long_sentence_costs_no_more_for_each_figure(reading: Reading) -> None:
    first = reading.indicators[0]
    sentence = reading.sentences[first.sentence]

    def seconds(count: int) -> float:
        """The time for one long sentence in which one indicator stands `count` times."""
        text = sentence.text * count
        long = sentence._replace(text=text, end=sentence.start + len(text))
        paragraph = Paragraph("p", long.start, long.end, (long,))
        at = range(sentence.start, long.end, len(sentence.text))
        found = Findings(tuple(first._replace(start=start) for start in at), (), ())
        start = time.process_time()
        measures.mark(found, Outline((paragraph,), ()), "临河市", WORDS)
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 8 * max(seconds(500), 0.005)


def test_place_is_taken_from_the_words_of_the_report_where_it_is_not_known(reading: Reading) -> None:
    found = measures.mark(reading.found, reading.outline, "", WORDS)
    assert found.indicators[0].measure == "gdp"


def test_tool_prints_each_measure_with_its_reports_and_a_sample(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.md").write_text(REPORT.replace("外贸出口", "服务出口"), encoding="utf-8")
    command = [sys.executable, "tools/measures.py", str(tmp_path), "--sample", "3", "--none", "生产总值"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert ["1", "gdp", "地区生产总值", "2", "4"] in lines
    assert ["17", "exports", "出口总额", "1", "1"] in lines
    assert [line[3] for line in lines if line[0] == "无"] == ["320亿元", "320亿元"]
