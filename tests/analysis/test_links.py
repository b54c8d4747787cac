"""Links between sections: of an invented report, and of the sample report against a reader's table (cross-links.md)."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from tests.field_words import FRONT
from workreport.analysis import name_words, names
from workreport.analysis.links import LEAST, STRONGEST, links, publish
from workreport.analysis.names import NameRules
from workreport.ingest import formats, outline, repair
from workreport.ingest.ids import IdLedger
from workreport.ingest.repetitions import repetitions_in
from workreport.model import (
    Findings,
    Link,
    Mention,
    Meta,
    Outline,
    Reading,
    Source,
    Term,
    TermKind,
    Text,
    pages_of_sections,
)

ROOT = Path(__file__).resolve().parents[2]
WORDS = name_words.load(ROOT / "vocabulary")
NO_RULES = NameRules()


def parse(source: Source) -> tuple[Text, Outline]:
    """The repaired text and the outline of a source."""
    mended = repair.apply(source, repair.propose(source, FRONT))
    return mended, outline.parse(mended, repetitions_in(mended), IdLedger())[0]


def links_of(tree: Outline, rules: NameRules = NO_RULES) -> tuple[tuple[Term, ...], tuple[Link, ...]]:
    """The terms and the links of a report."""
    terms = names.find(tree, rules, WORDS, read=lambda name: name)
    return terms, links(tree, terms, rules)


# -- an invented report ---------------------------------------------------------------------------------------------

INVENTED = """政府工作报告

各位代表：

一、去年工作

全区推进三个“七号工程”，举办亚运会，数字经济增长8%。

（一）盛会圆满

亚运之后，青禾广场开放观赛；白石桥街道入选全国案例。

（二）面貌一新

青禾广场二期亮相，青禾路夜景出彩，星澜湖公园开园。

（三）产业成势

深入实施“七号惠民工程”，数字经济企业落户，省星河计划名单公布。

（四）改革深化

“七号开源工程”取得突破，白石桥街道获评示范；实施“星澜湖人才工程”。
"""
EXPECTED = {("1", "1/1"), ("1", "1/3"), ("1", "1/4"), ("1/1", "1/2"), ("1/1", "1/4"), ("1/3", "1/4")}


def test_sections_of_an_invented_report_are_linked_by_the_names_they_share() -> None:
    tree = parse(Source("invented.txt", INVENTED, "", "utf-8", "txt"))[1]
    terms, links = links_of(tree)
    names = {t.id: t.name for t in terms}
    assert {(link.a, link.b) for link in links} == EXPECTED
    reasons = {(link.a, link.b): {names[i] for i in link.terms} for link in links}
    assert reasons["1", "1/3"] == {"七号工程", "数字经济"}
    assert reasons["1/1", "1/4"] == {"白石桥街道"}


def term(name: str, kind: TermKind, *sections: str) -> Term:
    return Term(f"t-{name}", name, kind, tuple(Mention(section, f"s{section}", 0, 2) for section in sections))


@pytest.mark.parametrize(
    ("terms", "linked"),
    [
        ([term("习近平", "person", "1/1", "1/2")], False),
        ([term("消费", "topic", "1/1", "1/2", "1/3")], False),
        ([term("习近平", "person", "1/1", "1/2"), term("消费", "topic", "1/1", "1/2", "1/3")], False),
        ([term("数据要素", "topic", "1/1", "1/2")], True),
        ([term("消费", "topic", "1/1", "1/2", "1/3"), term("外贸", "topic", "1/1", "1/2", "1/3")], True),
        ([term("白石桥街道", "place", "1/1", "1/2", "1/3")], True),
    ],
)
def test_a_person_or_a_subject_of_many_sections_relates_none_by_itself(terms: list[Term], linked: bool) -> None:
    parts = "".join(f"（{n}）第{n}件事\n\n大家一起办好第{n}件事。\n\n" for n in "一二三四五六")
    tree = parse(Source("a.txt", f"政府工作报告\n\n各位代表：\n\n一、去年工作\n\n{parts}", "", "utf-8", "txt"))[1]
    assert (("1/1", "1/2") in {(link.a, link.b) for link in links(tree, tuple(terms), NO_RULES)}) is linked


def test_links_are_sorted_by_weight_and_name_the_earlier_section_first() -> None:
    tree = parse(Source("invented.txt", INVENTED, "", "utf-8", "txt"))[1]
    _, links = links_of(tree)
    order = [s.id for s in tree.walk()]
    assert [link.weight for link in links] == sorted((link.weight for link in links), reverse=True)
    assert all(order.index(link.a) < order.index(link.b) for link in links)
    assert all(link.weight >= LEAST for link in links)
    assert all(isinstance(link.weight, Decimal) for link in links)


def test_a_name_shared_by_few_sections_weighs_more() -> None:
    few = "（一）甲\n\n白石桥街道。\n\n（二）乙\n\n白石桥街道。\n\n（三）丙\n\n无。"
    many = few.replace("无。", "白石桥街道。")
    weights = []
    for body in (few, many):
        tree = parse(Source("invented.txt", f"一、工作\n\n{body}\n", "", "utf-8", "txt"))[1]
        weights.append({(link.a, link.b): link.weight for link in links_of(tree)[1]}["1/1", "1/2"])
    assert weights == [Decimal("1.000"), Decimal("0.500")]


def test_link_forbidden_by_the_publisher_is_left_out() -> None:
    tree = parse(Source("invented.txt", INVENTED, "", "utf-8", "txt"))[1]
    _, links = links_of(tree, NameRules(forbid_links=(("1/2", "1/1"),)))
    assert {(link.a, link.b) for link in links} == EXPECTED - {("1/1", "1/2")}


def test_link_by_names_of_the_publisher_only_is_marked_as_the_publishers() -> None:
    tree = parse(Source("invented.txt", INVENTED, "", "utf-8", "txt"))[1]
    added = NameRules(add=(names.AddedName("夜景与名单", also=("夜景出彩", "名单公布")),))
    links = {(link.a, link.b): link for link in links_of(tree, added)[1]}
    assert links["1/2", "1/3"].by == "publisher"
    assert links["1/1", "1/2"].by == "engine"


def test_regions_are_terms_but_make_no_link() -> None:
    body = "（一）甲\n\n浙江省博物馆开放，香港同胞来访。\n\n（二）乙\n\n浙江经验，香港理工大学签约。"
    body += "".join(f"\n\n（{n}）另{n}\n\n无事。" for n in "三四五")
    tree = parse(Source("invented.txt", f"一、工作\n\n{body}\n", "", "utf-8", "txt"))[1]
    terms, links = links_of(tree)
    assert {t.name for t in terms if t.kind == "region"} == {"浙江", "香港"}
    assert links == ()


def test_every_link_is_among_the_strongest_of_one_of_its_sections() -> None:
    """A link may be beyond the STRONGEST of one section, but then is among those of the other."""
    marks = "一二三四五六七八九"
    body = "\n\n".join(f"（{m}）第{m}\n\n" + "".join(f"{n}石桥街道。" for n in marks) for m in marks)
    tree = parse(Source("invented.txt", f"一、工作\n\n{body}\n", "", "utf-8", "txt"))[1]
    _, links = links_of(tree)
    for link in links:
        stronger = [
            sum(1 for other in links if other.weight > link.weight and section in (other.a, other.b))
            for section in (link.a, link.b)
        ]
        assert min(stronger) < STRONGEST


def reading_of(slug: str, day: date | None, year: int | None) -> Reading:
    """An invented report with this slug, date and year."""
    mended, tree = parse(Source("invented.txt", INVENTED, "", "utf-8", "txt"))
    meta = Meta(slug, "政府工作报告", "临湖区", year, day, "", "", "")
    return Reading(meta, Source("", "", "", "", ""), mended, (), (), tree, Findings((), (), ()), (), ())


def test_reports_are_sorted_newest_first_and_undated_ones_last() -> None:
    readings = [
        reading_of("b", date(2024, 2, 1), 2024),
        reading_of("undated", None, 2026),
        reading_of("c", date(2025, 1, 9), 2025),
        reading_of("a", date(2024, 2, 1), 2024),
        reading_of("unknown", None, None),
    ]
    published = publish(readings, "临湖区政府工作报告")
    assert [r.meta.slug for r in published.readings] == ["c", "a", "b", "undated", "unknown"]
    assert published.title == "临湖区政府工作报告"


# -- the sample report, against what a reader expects ----------------------------------------------------------------

SECTION_IDS = {"总述": "1", **{f"（{n}）": f"1/{k}" for k, n in enumerate("一二三四五六七八", 1)}}
SECTION = re.compile("|".join(SECTION_IDS))


@dataclass(frozen=True)
class Entity:
    """A row of cross-links.md: the names in its first column, and the sections that have them, except doubtful ones."""

    names: tuple[str, ...]
    sections: tuple[str, ...]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """The pairs of sections that should be linked, each in the order of the text."""
        order = list(SECTION_IDS.values())
        return set(combinations(sorted(self.sections, key=order.index), 2))


def entities(text: str) -> list[Entity]:
    """The rows of cross-links.md that have at least two sections and are not marked weak."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 3 or not SECTION.search(cells[1]) or "weak" in cells[2]:
            continue
        certain = re.split(r"[(,]", cells[1])[0]
        names = re.findall(r"[一-鿿“”]+", re.sub(r"[（(].*?[)）]", "", cells[0]))
        found.append(
            Entity(
                tuple(n.strip("“”").split("“")[-1] for n in names),
                tuple(SECTION_IDS[m] for m in SECTION.findall(certain)),
            )
        )
    return [entity for entity in found if len(entity.sections) > 1]


def look_alikes(text: str) -> list[list[tuple[set[str], set[str]]]]:
    """The warnings of cross-links.md about look-alikes: for each side of a warning, its sections and its phrases."""
    rows = []
    for line in text.split("## Look alike")[1].splitlines():
        if not line.startswith("- "):
            continue
        head, _, rest = line[2:].rpartition(": ")
        shared = set(re.findall(r"[一-鿿]{2,}", head))
        sides = []
        for side in re.split(r" / |, (?=（)|…，", rest):
            sections = {SECTION_IDS[m] for m in SECTION.findall(side)}
            phrases = set(re.findall(r"[一-鿿]{2,}", SECTION.sub(" ", side))) | shared
            sides.append((sections or set(SECTION_IDS.values()), phrases))
        rows.append(sides)
    return rows


@pytest.fixture(scope="module")
def expected_text(shared: Path) -> str:
    """The text of cross-links.md."""
    return (shared / "gold" / "gongshu-2024" / "cross-links.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built() -> tuple[Text, Outline, tuple[Term, ...], tuple[Link, ...]]:
    """Text, outline, terms and links of the sample report."""
    mended, tree = parse(formats.read(ROOT / "reports" / "gongshu-2024" / "source.md"))
    return mended, tree, *links_of(tree)


def test_table_of_expected_links_and_its_warnings_are_read_whole(expected_text: str) -> None:
    rows = entities(expected_text)
    assert len(rows) >= 20
    assert {"武林广场"} == set(rows[0].names)
    assert rows[0].sections == ("1/1", "1/2", "1/4")
    assert len(look_alikes(expected_text)) >= 9


def test_sections_that_a_reader_expects_are_linked(
    expected_text: str, built: tuple[Text, Outline, tuple[Term, ...], tuple[Link, ...]]
) -> None:
    """At least 80% of the expected pairs are found, and at least 90% of the links are expected."""
    expected = {pair for entity in entities(expected_text) for pair in entity.pairs}
    found = {(link.a, link.b) for link in built[3]}
    right = expected & found
    assert len(right) / len(expected) >= 0.80, sorted(expected - found)
    assert len(right) / len(found) >= 0.90, sorted(found - expected)


def test_links_give_the_names_that_a_reader_expects(
    expected_text: str, built: tuple[Text, Outline, tuple[Term, ...], tuple[Link, ...]]
) -> None:
    """Of the expected pairs, at least 80% are linked by the expected name."""
    text, _, terms, links = built
    spelled = {t.id: {t.name} | {text.body[m.start : m.end] for m in t.mentions} for t in terms}
    reasons = {(link.a, link.b): set().union(*(spelled[i] for i in link.terms)) for link in links}
    wanted = [(entity, pair) for entity in entities(expected_text) for pair in sorted(entity.pairs)]
    met = [
        (entity, pair)
        for entity, pair in wanted
        if any(
            len(word) > 1 and (word in name or name in word) for word in reasons.get(pair, ()) for name in entity.names
        )
    ]
    missed = [(entity.names, pair) for entity, pair in wanted if (entity, pair) not in met]
    assert len(met) / len(wanted) >= 0.80, missed


def names_joined(expected_text: str, text: Text, tree: Outline, terms: tuple[Term, ...]) -> set[str]:
    """The names that wrongly join look-alikes: each is mentioned in phrases of two sides of a warning."""
    copied = [(s.start, s.end) for s in tree.sentences() if s.in_copy]
    found = set()
    for sides in look_alikes(expected_text):
        stands = []  # for each side, the terms mentioned inside its phrases in its sections
        for sections, phrases in sides:
            spans = [m.span() for p in phrases for m in re.finditer(re.escape(p), text.body)]
            spans = [(a, b) for a, b in spans if not any(start <= a < end for start, end in copied)]
            stands.append(
                {
                    t.name
                    for t in terms
                    for m in t.mentions
                    if m.section in sections and any(a <= m.start and m.end <= b for a, b in spans)
                }
            )
        for one, other in combinations(stands, 2):
            found |= one & other
    return found


def test_names_that_only_look_alike_are_no_common_term(
    expected_text: str, built: tuple[Text, Outline, tuple[Term, ...], tuple[Link, ...]]
) -> None:
    text, tree, terms, _ = built
    assert names_joined(expected_text, text, tree, terms) == set()


@pytest.mark.parametrize("name", ["最佳实践案例", "西湖", "博物馆", "领军企业", "一体化"])
def test_name_that_joins_look_alikes_is_noticed(
    expected_text: str, built: tuple[Text, Outline, tuple[Term, ...], tuple[Link, ...]], name: str
) -> None:
    text, tree, _, _ = built
    terms = names.find(tree, NameRules(add=(names.AddedName(name),)), WORDS, read=lambda word: word)
    assert name in names_joined(expected_text, text, tree, terms)


def test_links_do_not_depend_on_words_that_only_the_sample_report_has(expected_text: str, shared: Path) -> None:
    """Without the words that only the sample report has, 80% of the pairs are found, 90% of the links expected."""
    others = "".join(file.read_text(encoding="utf-8") for file in sorted((shared / "corpus").iterdir()))
    own = (ROOT / "reports" / "gongshu-2024" / "source.md").read_text(encoding="utf-8")

    def elsewhere(word: str) -> bool:
        return word in others or word not in own

    fewer = replace(
        WORDS,
        common=frozenset(filter(elsewhere, WORDS.common)),
        breaks=frozenset(filter(elsewhere, WORDS.breaks)),
        classes=tuple(row for row in WORDS.classes if elsewhere(row[0])),
        subjects=tuple(replace(s, also=tuple(filter(elsewhere, s.also))) for s in WORDS.subjects if elsewhere(s.name)),
    )
    assert len(fewer.common) < len(WORDS.common)
    text, tree = parse(formats.read(ROOT / "reports" / "gongshu-2024" / "source.md"))
    terms = names.find(tree, NO_RULES, fewer, read=lambda name: name)
    found = {(link.a, link.b) for link in links(tree, terms, NO_RULES)}
    expected = {pair for entity in entities(expected_text) for pair in entity.pairs}
    assert len(found & expected) / len(expected) >= 0.80, sorted(expected - found)
    assert len(found & expected) / len(found) >= 0.90, sorted(found - expected)
    assert names_joined(expected_text, text, tree, terms) == set()


def test_links_of_a_provincial_report_take_less_than_half_a_second(shared: Path) -> None:
    _, tree = parse(formats.read(shared / "corpus" / "province-guangdong-2026.txt"))
    took = []
    for _ in range(3):
        began = time.process_time()
        links_of(tree)
        took.append(time.process_time() - began)
    assert min(took) < 0.5


@pytest.mark.parametrize(
    "name", ["province-guangdong-2026", "province-jiangsu-2026", "state-guowuyuan-2024-wikisource"]
)
def test_other_reports_have_links_whose_names_are_in_both_sections(shared: Path, name: str) -> None:
    _, tree = parse(formats.read(shared / "corpus" / f"{name}.txt"))
    terms, links = links_of(tree)
    by_id = {t.id: t for t in terms}
    home = pages_of_sections(tree.sections)
    assert len(links) >= len(set(home.values())) // 2
    for link in links:
        for i in link.terms:
            assert {link.a, link.b} <= {home[m.section] for m in by_id[i].mentions if m.section}
