"""What changed between two versions, sentence by sentence, and how the list of versions shows it."""

from __future__ import annotations

import json
import random
import time
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.publish.served_folder import FIRST, HOWS, SECOND, listed, put
from tests.publish.small_site import SENTENCES, SLUG, changed, make_site
from tests.site_pages import read_page
from workreport.project import writer
from workreport.publish import differences


@HOWS
def test_list_of_versions_shows_each_changed_added_and_removed_sentence(project: Path, www: Path, plain: bool) -> None:
    put(project, www, plain=plain)
    now = changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.3%。", "s00000002")
    now = (*now[:2], now[3], ("s0000000b", "开通地铁<一号>线。"), now[4])
    make_site(project, tuple((k, w.replace("<", "&lt;").replace(">", "&gt;"), *rest) for k, w, *rest in now))
    done = put(project, www)
    assert done.counts == {"changed": 1, "added": 1, "removed": 1, "moved": 0}
    page = listed(www)
    assert "增长<del>5.1%</del>" in page
    assert "增长<ins>5.3%</ins>" in page
    assert "数字：30 → 31；5.1% → 5.3%" in page
    assert "<del>建成青石湾大桥，全长三公里。</del>" in page
    assert "<ins>开通地铁&lt;一号&gt;线。</ins>" in page
    assert f'href="{FIRST}/{SLUG}/text/index.html#s00000002"' in page
    assert f'href="{SECOND}/{SLUG}/text/index.html#s0000000a"' in page
    facts = json.loads((www / "v" / SECOND / "version.json").read_text(encoding="utf-8"))
    assert [(c["kind"], c["old_id"], c["new_id"]) for c in facts["changes"]] == [
        ("changed", "s00000002", "s0000000a"), ("removed", "s00000003", ""), ("added", "", "s0000000b"),
    ]  # fmt: skip


def test_new_report_is_listed_by_title_not_as_added_sentences(project: Path, www: Path) -> None:
    put(project, www)
    site = make_site(project)
    other = make_site(project.parent / "other", slug="river-2025", title="清水县2025年政府工作报告")
    (other / "river-2025").rename(site / "river-2025")
    done = put(project, www)
    assert done.counts == dict.fromkeys(differences.KINDS, 0)
    assert "新增报告：清水县2025年政府工作报告" in listed(www)
    assert f"与 {FIRST} 相比新增报告 1 份；" in done.summary()
    writer.remove_folder(site / "river-2025")
    assert f"与 {done.version} 相比不再有报告 1 份；" in put(project, www, ("river-2025",)).summary()


@HOWS
def test_every_link_in_the_list_of_versions_has_a_target(project: Path, www: Path, plain: bool) -> None:
    put(project, www, plain=plain)
    make_site(project, changed(SENTENCES, 2, "s0000000c", "建成青石湾大桥，全长四公里。"))
    put(project, www)
    page = read_page(www / "v" / "index.html")
    assert len(page.links) > 8
    for _, link in page.links:
        path, _, anchor = link.partition("#")
        target = www / "v" / unquote(path) if path else www / "v" / "index.html"
        assert target.is_file(), link
        if anchor:
            assert anchor in read_page(target).ids, link
    assert "关于本站" not in page.main


def texts(*rows: tuple[str, ...]) -> dict[str, tuple[differences.PublishedSentence, ...]]:
    """Return one report, "a", with these sentences: id, text, then aliases."""
    return {"a": tuple(differences.PublishedSentence(r[0], r[1], tuple(r[2:])) for r in rows)}


A, B, C, D = (
    ("s1", "甲镇建成公园三个。"),
    ("s2", "乙村新修道路五公里。"),
    ("s3", "丙县粮食丰收。"),
    ("s4", "丁市外贸回升。"),
)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([A, B], [A, B], []),
        ([A, B], [A, B, C], [("added", "", "s3")]),
        ([A, B, C], [A, C], [("removed", "s2", "")]),
        ([A, B, C, D], [A, D, B, C], [("moved", "s4", "s4")]),
        ([A, B], [A, ("s9", "乙村新修道路六公里。")], [("changed", "s2", "s9")]),
        ([A, B], [("s9", "乙村新修道路六公里。", "s2"), A], [("changed", "s2", "s9")]),
        ([A, B], [A, ("s9", "完全是另一件事情了，与此前毫不相干！", "s2")], [("removed", "s2", ""), ("added", "", "s9")]),
        ([A, B], [A, ("s2", "乙村新修道路七公里。")], [("changed", "s2", "s2")]),
        ([], [A], [("added", "", "s1")]),
    ],
)  # fmt: skip
def test_each_change_between_two_texts_has_its_kind_and_ids(
    before: list[tuple[str, ...]], now: list[tuple[str, ...]], expected: list[tuple[str, str, str]]
) -> None:
    found = differences.changes_between(texts(*before), texts(*now))
    assert sorted((c.kind, c.old_id, c.new_id) for c in found) == sorted(expected)


def test_changed_figures_contain_only_numbers_that_differ() -> None:
    was, now = "建成学校3所。", "建成学校3所，新增学位1200个，投入5.1亿元。"
    assert differences.changed_figures(was, now) == (("", "1200、5.1亿"),)
    assert differences.changed_figures(now, was) == (("1200、5.1亿", ""),)
    # The digits are equal, but 万 and 亿 are not, so the figures differ.
    assert differences.changed_figures("投入5.1万元。", "投入5.1亿元。") == (("5.1万", "5.1亿"),)
    assert differences.changed_figures("投入5.1亿元。", "总共投入5.1亿元。") == ()


def test_old_text_plus_changes_gives_the_new_text() -> None:
    """Whatever is removed, added or shuffled at random, the changes turn the ids of the old text into those of the new one."""
    dice = random.Random(20240221)
    for _ in range(200):
        before = [(f"s{k}", f"第{k}镇新增企业{dice.randint(1, 99)}家。") for k in range(dice.randint(0, 12))]
        now = [row for row in before if dice.random() > 0.2]
        for k in range(dice.randint(0, 4)):
            now.insert(dice.randint(0, len(now)), (f"n{k}", f"第{k}乡修路{dice.randint(1, 99)}里。"))
        dice.shuffle(now) if dice.random() < 0.3 else None
        found = differences.changes_between(texts(*before), texts(*now))
        gone = {c.old_id for c in found if c.kind in ("removed", "changed")}
        come = {c.new_id for c in found if c.kind in ("added", "changed")}
        assert {i for i, _ in before} - gone | come == {i for i, _ in now}
        assert all("".join(x for x, _ in differences.word_diff(c.old, c.new)) == c.old for c in found)
        assert all("".join(y for _, y in differences.word_diff(c.old, c.new)) == c.new for c in found)


@pytest.mark.long
def test_twenty_thousand_reversed_sentences_are_compared_within_20_seconds() -> None:
    rows = [(f"s{k}", f"第{k}句话说的是第{k}件事，投入{k}万元。") for k in range(20_000)]
    start = time.process_time()
    found = differences.changes_between(texts(*rows), texts(*reversed(rows)))
    differences.changes_between(texts(*rows), texts(*((f"n{k}", w) for k, (_, w) in enumerate(rows))))
    assert len(found) == len(rows) - 1
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({"a": "123"}, {"b": "123"}, {"a": "b"}),
        ({"a": "123"}, {"b": "124"}, {"a": "b"}),
        ({"a": "1234"}, {"b": "1256"}, {}),  # exactly half is not enough
        ({"a": "123"}, {"b": "1234567"}, {}),  # all sentences of one, few of the other
        ({"a": "1234567"}, {"b": "123"}, {}),
        ({"a": "123"}, {"a": "123", "b": "123"}, {}),
        ({"a": "1234", "b": "1234"}, {"c": "1235", "d": "1234"}, {"a": "d", "b": "c"}),
        ({"a": "1239", "b": "1234"}, {"c": "1234"}, {"b": "c"}),
        ({"a": ""}, {"b": ""}, {}),
    ],
)
def test_renamed_reports_are_found_by_their_sentences(
    before: dict[str, str], now: dict[str, str], expected: dict[str, str]
) -> None:
    def made(reports: dict[str, str]) -> dict[str, list[differences.PublishedSentence]]:
        """Return reports in which each character is the id of a sentence."""
        return {slug: [differences.PublishedSentence(key, key) for key in keys] for slug, keys in reports.items()}

    assert differences.renamed_reports(made(before), made(now)) == expected


def test_version_deleted_by_the_publisher_is_marked_in_the_list(project: Path, www: Path) -> None:
    put(project, www)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"))
    put(project, www)
    writer.remove_folder(www / "v" / FIRST)
    make_site(project, changed(SENTENCES, 1, "s0000000b", "又改了。"))
    put(project, www)
    assert "已由发布者撤下" in listed(www)
    assert f'href="{FIRST}/index.html"' not in listed(www)


def test_new_version_is_compared_with_the_newest_that_still_exists(project: Path, www: Path) -> None:
    put(project, www)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "错字。"))
    put(project, www)
    writer.remove_folder(www / "v" / SECOND)
    make_site(project, changed(SENTENCES, 1, "s0000000b", "全年新增企业31家，增长5.1%。", "s00000002"))
    done = put(project, www)
    assert (done.before, done.counts["changed"]) == (FIRST, 1)
    assert f"与 {FIRST} 相比：改 1 句。" in listed(www)
    assert "新增报告" not in listed(www)
    for name in (FIRST, done.version):
        writer.remove_folder(www / "v" / name)
    make_site(project, changed(SENTENCES, 1, "s0000000c", "又改了。"))
    assert "此前各版都已撤下，无从比较" in put(project, www).summary()
    assert "此前各版都已撤下，无从比较。" in listed(www)
    assert "首次发布" not in listed(www)


def test_report_titles_are_escaped_in_the_list_of_versions(project: Path, www: Path) -> None:
    make_site(project, title="<b>青山&镇</b>".replace("<", "&lt;").replace(">", "&gt;").replace("&镇", "&amp;镇"))
    put(project, www)
    assert "首次发布：&lt;b&gt;青山&amp;镇&lt;/b&gt;" in listed(www)
    assert "<b>青山&镇</b>" in unescape(listed(www))
