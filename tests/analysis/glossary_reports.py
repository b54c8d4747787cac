"""Helpers for the tests of the glossary: they read invented and real reports."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from tests.field_words import FRONT
from tests.vocabularies import vocabularies
from workreport.analysis import glossary
from workreport.build import report_reader
from workreport.ingest import outline, repair
from workreport.ingest.ids import IdLedger
from workreport.ingest.repetitions import repetitions_in
from workreport.model import Gloss, Mention, Outline, Reading, Source, Text

SPEECH = "政府工作报告\n\n各位代表：\n\n一、2025年工作回顾\n\n{past}\n\n二、2026年工作安排\n\n{plans}\n\n"


def outline_of(text: str) -> tuple[Text, Outline]:
    """The repaired text and the outline of an invented report."""
    source = Source("invented.txt", text, "", "utf-8", "txt")
    mended = repair.apply(source, repair.propose(source, FRONT))
    return mended, outline.parse(mended, repetitions_in(mended), IdLedger())[0]


def read(past: str, plans: str, gloss: str) -> tuple[Text, tuple[Gloss, ...]]:
    """The text of an invented report and its glossary entries. `past` is its first part, `plans` its second."""
    text, tree = outline_of(SPEECH.format(past=past, plans=plans) + gloss)
    return text, glossary.find(text, tree)


def words(text: Text, gloss: Gloss) -> list[str]:
    """The paragraphs of an explanation, without white space."""
    return ["".join(text.body[a:b].split()) for a, b in gloss.explained]


def used(text: Text, gloss: Gloss) -> list[str]:
    """The text of each use of an entry."""
    return [text.body[use.start : use.end] for use in gloss.uses]


def assert_sound(text: Text, tree: Outline, found: tuple[Gloss, ...]) -> None:
    """Check the spans of all entries and uses: valid, without overlaps, and nothing of an entry left out."""
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
        assert lost <= 2, "only the punctuation between word and explanation is left out"
        for use in g.uses:
            at = by_id[use.sentence]
            assert at.start <= use.start < use.end <= at.end
            assert at.section == use.section
            assert not any(other.start < use.end and use.start < other.end for other in found)
    spans = sorted((use.start, use.end) for g in found for use in g.uses)
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "uses do not overlap"


def invented(tmp_path: Path, gloss: str) -> Reading:
    """Read an invented report that ends with this glossary."""
    path = tmp_path / "linxi-2026.txt"
    speech = SPEECH.format(past="实施“青苗计划”，投资12亿元，增长5%。", plans="扩大“青苗计划”，<b>开通</b>云河通道。")
    path.write_text(f"临溪县2026年{speech}{gloss}", encoding="utf-8")
    return report_reader.read_report(path, "linxi-2026", vocabularies(), pronounce=str).reading


GLOSS = "名词解释\n1.“青苗计划”：培养<i>青年</i>教师{{ 7 * 7 }}。\n每年一百名教师，分赴各乡镇学校。\n2.云河通道：连接两江的水道。\n3.没用到的词：没有。\n"


# number and name of every entry of real reports, found by a person
REAL = {
    "province-guangdong-2026": "1.“四上”企业 2.“双高计划” 3.“四好农村路” 4.“双百行动” 5.“双一流” 6.轨道交通“四网融合” 7.“四新”产业 8.“链式改造” 9.可信数据空间 10.金融“五篇大文章” 11.“五统一、一开放” 12.“单一窗口” 13.“标准海”",
    "province-hainan-2026": "［1］一降三减 ［2］四大主导产业 ［3］五互一共 ［4］三张“零关税”清单 ［5］ESI ［6］“双环”旅游公路 ［7］山水工程 ［8］1+5+N ［9］三医联动一张网 ［10］两个基地、两个枢纽、两个网络 ［11］四库 ［12］“45432”发展架构 ［13］“一本三基四梁八柱”战略框架 ［14］两非两资 ［15］两新 ［16］两重 ［17］四个一批 ［18］五张清单 ［19］九大行动 ［20］五网合一 ［21］一委一办一平台 ［22］三资 ［23］金融“五篇大文章” ［24］“11431”基层治理体系 ［25］五社联动 ［26］七个有之 ［27］五个必须 ［28］三个立法权",
    "province-jiangxi-2026": "1.“2030启航计划” 2.“四级三类”国土空间规划 3.“四融一共”和美乡村 4.货运企业“三上门两加强”行动 5.“三通一码” 6.“一表同享” 7.“三大高地”“五大战略” 8.“两重”“两新” 9.“数商兴农”行动 10.“六个一”全覆盖 11.“2030先锋工程” 12.“1+M+N”服务体系 13.“双一流” 14.“双招双引” 15.“2152”龙头引育工程 16.“益企成长”计划 17.“招商一张图” 18.“物流一张网”平台 19.“1+N”常态化帮扶政策体系 20.2026年10件民生实事 21.5+2就业之家 22.“百羽争锋” 23.GEP核算 24.VEP核算 25.应急管理高质量发展“2653”行动 26.治安“三张图”",
    "province-sichuan-2026": "1.“两重” 2.“两新” 3.“自审自发” 4.稳增长“21”条 5.稳增长“18”条 6.六大科技专项 7.“双向揭榜挂帅” 8.“灯塔工厂” 9.耕地林地园地空间治理“一张图” 10.优化环境“五个专项治理” 11.“网链共享计划” 12.“双高计划” 13.重大慢性病防治“四早”工程 14.“暖心驿站” 15.“六横六纵”现代化水网体系 16.“四向八廊”综合交通走廊 17.科技英才领航工程和“双千”计划 18.创新药“护苗”行动 19.医保影像云 20.“一件事”全链条专项整治",
    "state-guowuyuan-2010": "１、应对国际金融危机的一揽子计划 ２、“三网”融合 ３、物联网 ４、森林碳汇 ５、“五缓四减三补贴”就业扶持政策 ６、医药卫生体制改革的五项重点工作 ７、中非务实合作八项新举措",
}


READ: dict[str, Reading] = {}


def real(shared: Path, name: str) -> Reading:
    """Read a report of the corpus, once per run."""
    if name not in READ:
        (path,) = (shared / "corpus").glob(f"{name}.*")
        READ[name] = report_reader.read_report(path, name, vocabularies(), pronounce=str).reading
    return READ[name]


def entry(reading: Reading, name: str) -> Gloss:
    """The only entry with this name."""
    (found,) = (g for g in reading.glossary if g.name == name)
    return found


def shown(reading: Reading, places: tuple[Mention, ...]) -> list[tuple[str, str]]:
    """Section and text of each use."""
    return [(use.section, reading.text.body[use.start : use.end]) for use in places]
