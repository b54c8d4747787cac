"""The first build after an upgrade from a version that divided texts otherwise: old links to sentences and sections work.

That version ended sentences inside “” and addresses, took items of a list for sections, and did not see titles without a
number. Sentences that are merged or split now keep their ids, and sections that are at another address are found again.
"""

from __future__ import annotations

import re
import shutil
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.build import former_version
from tests.build.former_version import ROOT, SLUG
from workreport.build import report_reader
from workreport.ingest.ids import addresses, without_spaces
from workreport.model import Sentence
from workreport.project import report_settings

LONG = "推动项目早开工、早建成、早见效，产业发展的后劲进一步增强，群众的获得感进一步提升。"
REPORT = f"""# 政府工作报告

（2025年1月9日在青禾县第十八届人民代表大会第四次会议上）

青禾县县长 王小明

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

2024年工作回顾

过去一年，全县上下团结一心，地区生产总值达到186.4亿元，增长4.3%，各项事业取得新的成绩，为今后发展打下坚实基础。

一、产业提质增效

规模以上工业增加值增长6.9%，新增企业30家。开展“我为群众办实事！你点单我来办”活动，新增岗位8200个。

二、民生持续改善

新建学校3所，城镇登记失业率2.1%。详见 http://www.example.cn/a?id=12 的公告，惠及居民4200户。

三、民生实事

办好以下实事：

1.新增床位900张，惠及居民4100户。

2.改造老旧小区25个；

3.新增就业8000人。

按照这个目标和要求，努力开创各项工作的新局面。

一、扩大投资

力争完成投资80亿元，增长9%。建设重点项目60个，{LONG}

（一）着力抓好工业强县 新增技改项目40个。{LONG}

（二）着力抓好农业富民壮大特色产业，做强龙头企业，推进品牌建设，带动农户增收。新建大棚500亩。{LONG}

（三）着力抓好文旅兴县 接待游客60万人次。{LONG}

二、促进消费

社会消费品零售总额增长6%。

各位代表，让我们团结一心，为建设美好青禾而努力奋斗！附件1

青禾县2025年民生实事

1.敬老惠民工程。新增床位200张。

2.健康惠民工程。建成卫生院2家。
"""
MOVED = {"1": "s1/1", "2": "s1/2", "3": "s1/3", "3/1": "s1/3", "3/2": "s1/3"}
"""Sections of the former version, each with the one that has most of its sentences now."""


@pytest.fixture
def project(former_program: Path, tmp_path: Path) -> Path:
    """A project whose site the former version built."""
    source = tmp_path / "report.md"
    source.write_text(REPORT, encoding="utf-8")
    return former_version.built_by(former_program, source, tmp_path / "project")


@pytest.mark.long
def test_sentences_that_are_merged_or_split_keep_the_ids_that_were_published(project: Path) -> None:
    folder = project / "reports" / SLUG
    before = report_settings.ledger(folder)
    page = (project / "docs" / SLUG / "text" / "index.md").read_text(encoding="utf-8")
    published = {i for e in before.sentences for i in addresses(e)}
    assert {e.id for e in before.sentences} == set(re.findall(r'\bid="(s[0-9a-f]{8}(?:-\d+)?)"', page))
    words = report_reader.load_vocabularies(ROOT / "vocabulary")
    report = report_reader.read_report(folder / "source.md", SLUG, words, folder, pronounce=str)
    opened: dict[str, Sentence] = {}
    for sentence in report.reading.outline.sentences():
        for anchor in (sentence.id, *sentence.aliases, *sentence.gone):
            assert anchor not in opened
            opened[anchor] = sentence
    figures = {i.id: i.sentence for i in report.reading.indicators}
    assert published - opened.keys() - figures.keys() == set()
    # An old id opens a sentence with its words, also the ids of the figures of a sentence that is a part of another now.
    for entry in before.sentences:
        old, new = without_spaces(entry.text), without_spaces(opened[entry.id].text)
        common = SequenceMatcher(None, old, new, autojunk=False).find_longest_match().size
        assert 2 * common >= min(len(old), len(new)), entry.text
        for anchor in addresses(entry)[1:]:
            assert figures.get(anchor, opened.get(anchor, opened[entry.id]).id) == opened[entry.id].id
    changed = [e for e in before.sentences if opened[e.id].id != e.id]
    assert len(changed) >= 5, "the report has sentences that this version divides otherwise"
    assert any(e.figures and e.id in opened[e.id].gone for e in changed), "one of them was merged with its figures"
    # The new ledger keeps all of it.
    kept = {i for e in report.ledger.sentences for i in (*addresses(e), *e.gone)}
    assert published <= kept


@pytest.mark.long
def test_sections_at_another_address_are_found_from_the_one_that_was_published(
    former_program: Path, project: Path, tmp_path: Path
) -> None:
    www = tmp_path / "www"
    for program in (former_program, ROOT):
        # The publisher takes the new settings of MkDocs, as the first build after the upgrade asks for.
        shutil.copyfile(program / "mkdocs.yml", project / "mkdocs.yml")
        former_version.run(program, project, "--quiet")
        former_version.run(program, project, "publish", "--to", str(www))
    pages = {p.parent.relative_to(www / SLUG).as_posix() for p in (www / SLUG).rglob("index.html")}
    assert MOVED.keys() | set(MOVED.values()) <= pages
    for old, new in MOVED.items():
        text = (www / SLUG / old / "index.html").read_text(encoding="utf-8")
        assert "这一页在最新的一版里没有了" in text
        link = re.search(r'其中的句子现在多数在这一页：\s*<a href="([^"]+)"', text)
        assert link, old
        assert (www / SLUG / old / link[1]).resolve() == (www / SLUG / new / "index.html").resolve()
