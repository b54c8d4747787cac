"""Versions in a served folder: what is laid where, what changed is told, old addresses lead somewhere, kills leave it whole."""

from __future__ import annotations

import contextlib
import json
import os
import posixpath
import random
import re
import signal
import subprocess
import sys
import threading
import time
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import ROOT
from tests.publish.small_site import DAY, SENTENCES, SLUG, add_report, changed, make_site, tree, words_of
from tests.site_pages import read_page
from workreport import publish
from workreport.project import writer
from workreport.publish import differences

FIRST, SECOND = f"{DAY}.1", f"{DAY}.2"
HOWS = pytest.mark.parametrize("plain", [False, True], ids=["links", "pointer"])


def silent(line: str) -> None:
    del line


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_site(tmp_path / "p")
    return tmp_path / "p"


@pytest.fixture
def www(tmp_path: Path) -> Path:
    return tmp_path / "www"


def put(project: Path, www: Path, **options: bool) -> publish.PublishResult:
    return publish.publish(project, www, silent, **options)


def newest(www: Path) -> str:
    """The version that a reader of the stable address gets, as a browser finds it."""
    pointer = www / "current.js"
    if pointer.is_file():
        text = pointer.read_text(encoding="utf-8")
        return str(json.loads(text[text.index("{") : text.rindex(";")])["version"])
    return (www / ".workreport" / "current").readlink().name


def targets_of(www: Path, name: str) -> set[str]:
    """What a page of the served folder links to, as a browser takes the addresses: counted from the served folder."""
    found = set()
    for _, link in read_page(www / name).links:
        path = unquote(link.partition("#")[0])
        found.add(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name)
    return found


# -- versions ---------------------------------------------------------------------------------------------------------


@HOWS
def test_a_version_is_the_site_and_the_stable_address_leads_to_it(project: Path, www: Path, plain: bool) -> None:
    done = put(project, www, plain=plain)
    assert (done.version, done.before, done.unchanged) == (FIRST, "", False)
    assert done.address == f"v/{FIRST}/index.html"
    assert tree(www / "v" / FIRST) == tree(project / "site")
    assert newest(www) == FIRST
    if not plain:
        stable = {name: words_of(www / name) for name in tree(project / "site")}
        assert stable == tree(project / "site")


@HOWS
def test_versions_stand_side_by_side(project: Path, www: Path, plain: bool) -> None:
    put(project, www, plain=plain)
    old = tree(www / "v" / FIRST)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.3%。", "s00000002"))
    done = put(project, www)
    assert (done.version, done.before, newest(www)) == (SECOND, FIRST, SECOND)
    assert tree(www / "v" / FIRST) == old
    assert tree(www / "v" / SECOND) == tree(project / "site")
    make_site(project, day="2025-01-09")
    assert put(project, www).version == "2025-01-09.1"
    make_site(project)
    assert put(project, www).version == f"{DAY}.3"
    listed = json.loads((www / "v" / "versions.json").read_text(encoding="utf-8"))
    assert [row["version"] for row in listed["versions"]] == [f"{DAY}.3", "2025-01-09.1", SECOND, FIRST]


@HOWS
def test_the_same_site_is_not_published_twice(project: Path, www: Path, plain: bool) -> None:
    put(project, www, plain=plain)
    before = tree(www)
    done = put(project, www)
    assert done.unchanged
    assert "没有变化" in done.summary()
    assert tree(www) == before
    assert put(project, www, again=True).version == SECOND
    assert f"与 {FIRST} 相比：没有任何改动。" in listed(www)


def test_unchanged_files_share_their_bytes_and_their_date(project: Path, www: Path) -> None:
    put(project, www)
    os.utime(www / "v" / FIRST / "assets" / "a.css", (1_700_000_000, 1_700_000_000))
    make_site(project, changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.1%。"))
    assert put(project, www).shared > 0
    one, other = (www / "v" / name / "assets" / "a.css" for name in (FIRST, SECOND))
    assert one.stat().st_ino == other.stat().st_ino == (www / "assets" / "a.css").stat().st_ino
    assert (www / "about" / "index.html").stat().st_mtime == (
        www / "v" / FIRST / "about" / "index.html"
    ).stat().st_mtime


def test_a_changed_page_of_the_same_size_gets_a_later_date(project: Path, www: Path) -> None:
    """nginx tells a page by date and size: published twice within a second, 30 and 31 would be one to it."""
    put(project, www)
    page = f"{SLUG}/text/index.html"
    old = (www / page).stat()
    make_site(project, changed(SENTENCES, 1, "s00000002", "全年新增企业31家，增长5.1%。"))
    put(project, www)
    new = (www / page).stat()
    assert new.st_size == old.st_size
    assert int(new.st_mtime) > int(old.st_mtime)


def test_every_page_says_where_the_versions_are(project: Path, www: Path) -> None:
    put(project, www)
    for name in tree(project / "site"):
        if name.endswith("index.html"):
            assert "v/index.html" in targets_of(www, name)
            assert "v/index.html" in targets_of(www, f"v/{FIRST}/{name}")
            assert name in targets_of(www, f"v/{FIRST}/{name}")
    text = (www / "v" / FIRST / SLUG / "1" / "index.html").read_text(encoding="utf-8")
    assert f"本页属于 {FIRST} 版" in text
    assert f'href="../../../../{SLUG}/1/index.html"' in text
    assert "hidden" not in text.partition("data-versions")[2][:20]


# -- what changed -----------------------------------------------------------------------------------------------------


def listed(www: Path) -> str:
    return (www / "v" / "index.html").read_text(encoding="utf-8")


@HOWS
def test_the_list_tells_each_changed_sentence(project: Path, www: Path, plain: bool) -> None:
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


def test_a_new_report_is_told_as_a_report(project: Path, www: Path) -> None:
    put(project, www)
    site = make_site(project)
    other = make_site(project.parent / "other", slug="river-2025", title="清水县2025年政府工作报告")
    (other / "river-2025").rename(site / "river-2025")
    done = put(project, www)
    assert done.counts == dict.fromkeys(differences.KINDS, 0)
    assert "新增报告：清水县2025年政府工作报告" in listed(www)
    assert f"与 {FIRST} 相比新增报告 1 份；" in done.summary()
    writer.remove_folder(site / "river-2025")
    assert f"与 {done.version} 相比不再有报告 1 份；" in put(project, www).summary()


@HOWS
def test_every_link_of_the_list_leads_to_a_file(project: Path, www: Path, plain: bool) -> None:
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
    return {"a": tuple(differences.PublishedSentence(r[0], r[1], tuple(r[2:])) for r in rows)}


A, B, C, D = (
    ("s1", "甲镇建成公园三个。"),
    ("s2", "乙村新修道路五公里。"),
    ("s3", "丙县粮食丰收。"),
    ("s4", "丁市外贸回升。"),
)


@pytest.mark.parametrize(
    ("before", "now", "told"),
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
def test_what_changed(
    before: list[tuple[str, ...]], now: list[tuple[str, ...]], told: list[tuple[str, str, str]]
) -> None:
    found = differences.changes_between(texts(*before), texts(*now))
    assert sorted((c.kind, c.old_id, c.new_id) for c in found) == sorted(told)


def test_a_figure_is_told_without_the_words_around_it() -> None:
    was, now = "建成学校3所。", "建成学校3所，新增学位1200个，投入5.1亿元。"
    assert differences.changed_figures(was, now) == (("", "1200、5.1亿"),)
    assert differences.changed_figures(now, was) == (("1200、5.1亿", ""),)
    # Not a digit differs, and yet the figure does.
    assert differences.changed_figures("投入5.1万元。", "投入5.1亿元。") == (("5.1万", "5.1亿"),)
    assert differences.changed_figures("投入5.1亿元。", "总共投入5.1亿元。") == ()


def test_old_and_changes_give_new() -> None:
    """Whatever was done to a text, what is told of it is enough to make the new one of the old."""
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


def test_many_sentences_turned_round_are_compared_in_a_moment() -> None:
    rows = [(f"s{k}", f"第{k}句话说的是第{k}件事，投入{k}万元。") for k in range(20_000)]
    start = time.process_time()
    found = differences.changes_between(texts(*rows), texts(*reversed(rows)))
    differences.changes_between(texts(*rows), texts(*((f"n{k}", w) for k, (_, w) in enumerate(rows))))
    assert len(found) == len(rows) - 1
    assert time.process_time() - start < 20


# -- old addresses ----------------------------------------------------------------------------------------------------


def test_an_address_that_went_leads_to_where_it_was_and_where_its_sentences_are(project: Path, www: Path) -> None:
    put(project, www)
    site = make_site(project, sections=("1", "3"))
    (site / "data" / "indicators.json").rename(site / "data" / "all.json")
    put(project, www)
    gone = www / SLUG / "2" / "index.html"
    text = gone.read_text(encoding="utf-8")
    links = targets_of(www, f"{SLUG}/2/index.html")
    assert "这一页在最新的一版里没有了" in text
    assert f"v/{FIRST}/{SLUG}/2/index.html" in links
    assert f"{SLUG}/3/index.html" in links
    assert [link for link in links if not (www / link).is_file()] == []
    assert (www / "data" / "indicators.json").is_file(), "a file that is no page stays as it last was"
    # A third version, in which it is still gone, and a fourth, in which it is back.
    make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"), sections=("1", "3"))
    put(project, www)
    assert f"v/{FIRST}/{SLUG}/2/index.html" in gone.read_text(encoding="utf-8")
    make_site(project)
    put(project, www)
    assert "没有了" not in gone.read_text(encoding="utf-8")


def test_a_page_whose_sentences_were_taken_out_leads_to_no_page_for_them(project: Path, www: Path) -> None:
    put(project, www)
    # The addresses of what was taken out lead to the sentence before it, so that links to them do not break.
    first = list(SENTENCES[: next(k for k, s in enumerate(SENTENCES) if s[1].startswith("二、"))])
    heir = (*first[-1][:2], SENTENCES[-1][0])
    make_site(project, (*first[:-1], heir), sections=("1", "2"))
    (project / "site" / SLUG / "2" / "index.html").unlink()
    put(project, www)
    text = (www / SLUG / "2" / "index.html").read_text(encoding="utf-8")
    assert "这一页在最新的一版里没有了" in text
    assert SENTENCES[-1][0] in (www / SLUG / "1" / "index.html").read_text(encoding="utf-8")
    assert "其中的句子现在" not in text


def kept_by_pointer(www: Path) -> dict[str, dict[str, str | bool]]:
    """What `current.js` says of the pages that are no more."""
    text = (www / "current.js").read_text(encoding="utf-8")
    kept: dict[str, dict[str, str | bool]] = json.loads(text[text.index("{") : text.rindex(";")])["kept"]
    return kept


RIVER = (
    ("s00000010", "一、农业"),
    ("s00000011", "粮食产量稳定在两万吨。"),
    ("s00000012", "二、教育"),
    ("s00000013", "新建学校两所。"),
)
GREETING = ("s000000ff", "各位代表：")


@HOWS
def test_a_page_never_leads_into_another_report(project: Path, www: Path, plain: bool) -> None:
    """各位代表： stands in every report and has one id everywhere."""
    make_site(project, (GREETING, *SENTENCES))
    # The page of section 1 holds nothing but what the other report holds too.
    add_report(project, "river-2025", "清水县2025年政府工作报告", (GREETING, *RIVER[2:]))
    put(project, www, plain=plain)
    make_site(project, (GREETING, *SENTENCES))
    assert len(put(project, www).went) == 1
    for name in ("river-2025/1/index.html", "river-2025/2/index.html", "river-2025/text/index.html"):
        if plain:
            assert kept_by_pointer(www)[name] == {"version": FIRST, "now": ""}
            continue
        text = (www / name).read_text(encoding="utf-8")
        assert "这一页在最新的一版里没有了" in text
        assert "现在多数" not in text
        assert not any(link.startswith(f"{SLUG}/") for link in targets_of(www, name))


def test_a_page_of_a_report_that_stays_leads_into_this_report_alone(project: Path, www: Path) -> None:
    """Two reports of one town have whole sections in common."""
    add_report(project, "zz-2025", "青山镇2025年政府工作报告", (*SENTENCES[:3], *RIVER[2:]))
    put(project, www)
    make_site(project, sections=("3", "2"))
    add_report(project, "zz-2025", "青山镇2025年政府工作报告", (*SENTENCES[:3], *RIVER[2:]))
    put(project, www)
    links = targets_of(www, f"{SLUG}/1/index.html")
    assert f"{SLUG}/3/index.html" in links
    assert not any(link.startswith("zz-2025/") for link in links)


@pytest.mark.parametrize(("stay", "told"), [(1, False), (2, True)])
def test_only_more_than_half_of_the_sentences_is_most(project: Path, www: Path, stay: int, told: bool) -> None:
    put(project, www)
    more = ("s00000006", "养老床位增至200张。")
    # Section 2 had two sentences; it goes, and one or both of them stand in section 1 now.
    rest = (SENTENCES[4], more) if stay == 1 else (SENTENCES[4], (SENTENCES[3][0], "民生"))
    make_site(project, (*SENTENCES[:3], *rest), sections=("1", "3"))
    put(project, www)
    text = (www / SLUG / "2" / "index.html").read_text(encoding="utf-8")
    assert ("其中的句子现在多数在这一页" in text) == told
    assert (f"{SLUG}/1/index.html" in targets_of(www, f"{SLUG}/2/index.html")) == told


@HOWS
def test_a_copy_for_download_keeps_its_bytes(
    project: Path, www: Path, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its digest was told, so that it is a file as every other, though its name ends in .html."""
    monkeypatch.setattr("workreport.publish.publishing.check", lambda _: ())
    copies = project / "site" / "archive"
    copies.mkdir()
    page = (project / "site" / SLUG / "text" / "index.html").read_bytes()
    for name in (f"{SLUG}.html", f"{SLUG}.epub"):
        (copies / name).write_bytes(page)
    put(project, www, plain=plain)
    assert (www / "v" / FIRST / "archive" / f"{SLUG}.html").read_bytes() == page
    writer.remove_folder(copies)
    put(project, www)
    if plain:
        assert kept_by_pointer(www)[f"archive/{SLUG}.html"] == {"version": FIRST, "now": ""}
        return
    for name in (f"{SLUG}.html", f"{SLUG}.epub"):
        assert (www / "archive" / name).read_bytes() == page


@HOWS
def test_a_renamed_report_is_told_as_such_and_its_old_addresses_lead_on(project: Path, www: Path, plain: bool) -> None:
    add_report(project, "river-2025", "清水县2025年政府工作报告", RIVER)
    put(project, www, plain=plain)
    now = changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.1%。", "s00000002")
    make_site(project, now, slug="qingshan")
    add_report(project, "river-2025", "清水县2025年政府工作报告", RIVER)
    done = put(project, www)
    assert (done.came, done.went, done.renamed) == ((), (), ("青山镇2024年政府工作报告",))
    assert done.counts == {"changed": 1, "added": 0, "removed": 0, "moved": 0}
    assert f"与 {FIRST} 相比改了网址的报告 1 份，改 1 句；" in done.summary()
    page = listed(www)
    assert f"改了网址：青山镇2024年政府工作报告（{SLUG}/ → qingshan/）。" in page
    assert "新增报告" not in page
    assert "不再有报告" not in page
    assert f'href="{FIRST}/{SLUG}/text/index.html#s00000002"' in page
    assert f'href="{SECOND}/qingshan/text/index.html#s0000000a"' in page
    facts = json.loads((www / "v" / SECOND / "version.json").read_text(encoding="utf-8"))
    assert (facts["came"], facts["went"], facts["renamed"]) == ({}, {}, {SLUG: "qingshan"})
    for name in ("index.html", "1/index.html", "2/index.html", "text/index.html"):
        if plain:
            lead = {"version": FIRST, "now": f"qingshan/{name}", "renamed": True}
            assert kept_by_pointer(www)[f"{SLUG}/{name}"] == lead
            continue
        assert "这份报告改了网址，现在请看：" in (www / SLUG / name).read_text(encoding="utf-8")
        links = targets_of(www, f"{SLUG}/{name}")
        assert {f"qingshan/{name}", f"v/{FIRST}/{SLUG}/{name}"} <= links
        assert [link for link in links if not (www / link).is_file()] == []


def test_a_renamed_report_without_another_change_and_one_set_in_new_sections(project: Path, www: Path) -> None:
    put(project, www)
    make_site(project, slug="qingshan", sections=("1", "3"))
    put(project, www)
    assert f"与 {FIRST} 相比：报告文字没有改动。" in listed(www)
    assert "qingshan/3/index.html" in targets_of(www, f"{SLUG}/2/index.html")
    # Renamed once more: the oldest addresses lead to the newest ones, and a page that cannot be told to the front.
    make_site(project, (*SENTENCES[:2], SENTENCES[4]), slug="qs", sections=("1", "4"))
    put(project, www)
    assert "qs/1/index.html" in targets_of(www, f"{SLUG}/1/index.html")
    assert "qs/index.html" in targets_of(www, f"{SLUG}/2/index.html")
    assert "qs/index.html" in targets_of(www, "qingshan/3/index.html")


def test_a_version_of_before_renamed_reports_were_told_is_read(project: Path, www: Path) -> None:
    put(project, www)
    facts = www / "v" / FIRST / "version.json"
    old = json.loads(facts.read_text(encoding="utf-8"))
    del old["renamed"]
    facts.write_text(json.dumps(old), encoding="utf-8")
    make_site(project, slug="qingshan")
    assert len(put(project, www).renamed) == 1


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({"a": "123"}, {"b": "123"}, {"a": "b"}),
        ({"a": "123"}, {"b": "124"}, {"a": "b"}),
        ({"a": "1234"}, {"b": "1256"}, {}),  # half is not more than half
        ({"a": "123"}, {"b": "1234567"}, {}),  # all of the one, and little of the other
        ({"a": "1234567"}, {"b": "123"}, {}),
        ({"a": "123"}, {"a": "123", "b": "123"}, {}),
        ({"a": "1234", "b": "1234"}, {"c": "1235", "d": "1234"}, {"a": "d", "b": "c"}),
        ({"a": "1239", "b": "1234"}, {"c": "1234"}, {"b": "c"}),
        ({"a": ""}, {"b": ""}, {}),
    ],
)
def test_which_report_has_another_name(before: dict[str, str], now: dict[str, str], told: dict[str, str]) -> None:
    def made(reports: dict[str, str]) -> dict[str, list[differences.PublishedSentence]]:
        return {slug: [differences.PublishedSentence(key, key) for key in keys] for slug, keys in reports.items()}

    assert differences.renamed_reports(made(before), made(now)) == told


def test_where_there_are_no_links_the_pointer_knows_what_went(project: Path, www: Path) -> None:
    put(project, www, plain=True)
    make_site(project, sections=("1", "3"))
    put(project, www)
    assert kept_by_pointer(www) == {f"{SLUG}/2/index.html": {"version": FIRST, "now": f"{SLUG}/3/index.html"}}
    for name in (f"{SLUG}/2/index.html", f"{SLUG}/3/index.html"):
        page = (www / name).read_text(encoding="utf-8")
        assert f'data-path="{name}"' in page
        links = [unquote(link) for _, link in read_page(www / name).links if not link.startswith("data:")]
        assert [link for link in links if not (www / name).parent.joinpath(link).is_file()] == []


def test_a_version_taken_away_by_hand_is_named_as_such(project: Path, www: Path) -> None:
    put(project, www)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"))
    put(project, www)
    writer.remove_folder(www / "v" / FIRST)
    make_site(project, changed(SENTENCES, 1, "s0000000b", "又改了。"))
    put(project, www)
    assert "已由发布者撤下" in listed(www)
    assert f'href="{FIRST}/index.html"' not in listed(www)


def test_after_a_version_was_taken_away_the_last_that_is_there_is_compared(project: Path, www: Path) -> None:
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


# -- what is refused --------------------------------------------------------------------------------------------------


def refused(project: Path, www: Path, **options: bool) -> str:
    before = tree(www) if www.is_dir() else {}
    with pytest.raises(publish.PublishError) as caught:
        put(project, www, **options)
    assert (tree(www) if www.is_dir() else {}) == {**before, **{k: v for k, v in tree(www).items() if k == ".workreport/lock"}}  # fmt: skip
    return str(caught.value)


def test_a_broken_site_is_not_published(project: Path, www: Path) -> None:
    www.mkdir()
    (project / "site" / SLUG / "1" / "index.html").unlink()
    (project / "site" / "about" / "index.html").write_text('<a href="nowhere.html">', encoding="utf-8")
    assert "nowhere.html" in refused(project, www)


def test_no_site_no_date_no_own_folder(project: Path, www: Path) -> None:
    www.mkdir()
    make_site(project, day="")
    assert "report.toml" in refused(project, www)
    for inside in (project, project / "site" / "x", project.parent):
        with pytest.raises(publish.PublishError):
            put(project, inside)
    writer.remove_folder(project / "site")
    assert "build.py" in refused(project, www)


@HOWS
def test_what_somebody_else_put_there_is_never_covered(project: Path, www: Path, plain: bool) -> None:
    www.mkdir()
    (www / "index.html").write_text("mine", encoding="utf-8")
    (www / "robots.txt").write_text("mine", encoding="utf-8")
    assert "index.html" in refused(project, www, plain=plain)
    (www / "index.html").unlink()
    put(project, www, plain=plain)
    assert (www / "robots.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("slug", ["v", "version.json"])
def test_a_report_of_the_name_that_versions_need_is_refused(project: Path, www: Path, slug: str) -> None:
    www.mkdir()
    make_site(project, slug=slug)
    assert slug in refused(project, www)


def test_versions_without_a_record_are_never_taken_for_leftovers(project: Path, www: Path) -> None:
    put(project, www)
    copy = www.parent / "copy"
    subprocess.run(["cp", "-rL", f"{www}/v", f"{copy}-v"], check=True)
    copy.mkdir()
    Path(f"{copy}-v").rename(copy / "v")
    assert "没有发布的记录" in refused(project, copy)
    assert (copy / "v" / FIRST / "index.html").is_file()


def test_a_folder_stays_as_it_began(project: Path, www: Path) -> None:
    put(project, www)
    assert "--plain" in refused(project, www, plain=True)


def test_where_no_links_can_be_made_the_pointer_is_taken(
    project: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object, **__: object) -> None:
        raise PermissionError(1, "not here")

    monkeypatch.setattr(Path, "symlink_to", cannot)
    said: list[str] = []
    assert publish.publish(project, www, said.append).how == "pointer"
    assert any("--plain" in line for line in said)
    assert newest(www) == FIRST


def test_where_nothing_can_be_renamed_the_pointer_is_written_last(
    project: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, www, plain=True)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"))
    order: list[str] = []
    real = Path.write_bytes

    move = Path.replace

    def cannot(self: Path, target: Path) -> Path:
        if www in self.parents:
            raise PermissionError(1, "not here")
        return move(self, target)

    def noted(self: Path, data: bytes) -> int:
        order.append(self.relative_to(www).as_posix())
        return real(self, data)

    monkeypatch.setattr(Path, "replace", cannot)
    monkeypatch.setattr(Path, "write_bytes", noted)
    assert put(project, www).version == SECOND
    assert order[-1] == "current.js"
    assert order.index(f"v/{SECOND}/version.json") > max(k for k, name in enumerate(order) if name.startswith(f"v/{SECOND}/") and not name.endswith("version.json"))  # fmt: skip
    assert order.index("v/versions.json") > order.index(f"v/{SECOND}/version.json")
    assert not list(www.rglob("*.part"))


# -- two at once, and kills -------------------------------------------------------------------------------------------


def test_a_second_publication_waits_and_says_so(project: Path, www: Path) -> None:
    said: list[str] = []
    done: list[publish.PublishResult] = []
    with writer.lock_project(www, silent, what="发布"):
        second = threading.Thread(target=lambda: done.append(publish.publish(project, www, said.append)))
        second.start()
        give_up = time.monotonic() + 60
        while not any("另一个发布正在进行" in line for line in said) and time.monotonic() < give_up:
            time.sleep(0.01)
        assert done == []
    second.join(60)
    assert [d.version for d in done] == [FIRST]
    assert any("另一个发布正在进行" in line for line in said)


def test_it_gives_up_with_a_word(www: Path) -> None:
    with (
        writer.lock_project(www, silent, what="发布"),
        pytest.raises(writer.BusyError, match="另一个发布仍在进行"),
        writer.lock_project(www, silent, wait=0.0, what="发布"),
    ):
        pass


CALL = "import sys; from pathlib import Path; from workreport import publish; publish.publish(Path(sys.argv[1]), Path(sys.argv[2]), print, again=True)"  # fmt: skip


def versions_listed(www: Path) -> set[str]:
    """The versions that the list for programs names."""
    listing = json.loads((www / "v" / "versions.json").read_text(encoding="utf-8"))
    return {row["version"] for row in listing["versions"]}


def seen(www: Path, known: dict[str, dict[str, str]]) -> str:
    """Which of the known sites a reader gets, page by page and file by file; fails where it is neither, or half of it."""
    if (www / "current.js").is_file():
        got = tree(www / "v" / newest(www))
    else:
        got = {name: words_of(www / name) for name in next(iter(known.values()))}
    found = [key for key, site in known.items() if got == site]
    assert found, "readers see neither the one nor the other site"
    assert newest(www) in versions_listed(www)
    named = versions_listed(www) | set(re.findall(r'<section class="version" id="v-([^"]+)"', listed(www)))
    for name in named:
        assert (www / "v" / name / "version.json").is_file(), "a list names a version that is not whole"
    return found[0]


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@HOWS
def test_killed_at_fifty_moments_readers_see_the_old_or_the_new(tmp_path: Path, www: Path, plain: bool) -> None:
    sites = {
        "old": make_site(tmp_path / "old", bulk=60),
        "new": make_site(tmp_path / "new", changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.3%。"), bulk=60),
    }
    known = {key: tree(site) for key, site in sites.items()}
    put(tmp_path / "old", www, plain=plain)
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", CALL, tmp_path / "new", www], cwd=ROOT, check=True, capture_output=True)
    whole = time.monotonic() - began
    at, named = "new", versions_listed(www)
    dice = random.Random(20240221)
    ends, wholes = {"old": 0, "new": 0}, 0
    for k in range(50):
        other = "old" if at == "new" else "new"
        work = subprocess.Popen([sys.executable, "-c", CALL, tmp_path / other, www], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        time.sleep(whole * (dice.uniform(0.7, 1.3) if k % 2 else dice.uniform(0.0, 1.0)))
        if k % 2:  # a machine is busy now and then: the aim follows how long it takes by now
            whole *= 1.08 if work.poll() is None else 0.92
        with contextlib.suppress(ProcessLookupError):
            os.killpg(work.pid, signal.SIGKILL)
        work.wait()
        now = seen(www, known)
        assert named <= versions_listed(www), "what the list once named is gone"
        named = versions_listed(www)
        wholes += now == other
        at = now
        ends[now] += 1
    assert ends["old"], "every kill fell on the same side; the moments do not reach the switch"
    assert ends["new"]
    assert 0 < wholes < 50
    # What the kills left goes, and the numbers go on without a hole or a half version among them.
    last = put(tmp_path / "old", www, again=True).version
    names = versions_listed(www)
    assert {p.name for p in (www / "v").iterdir() if p.name.startswith(DAY)} == names
    # A version that was killed when only the pointer was wanting is finished by the next one, which then adds its own.
    assert names == named | {last}
    assert names == {f"{DAY}.{number}" for number in range(1, len(names) + 1)}
    assert not (www / ".workreport" / "publishing").exists()
    assert seen(www, known) == "old"


def test_killed_when_only_the_pointer_was_wanting_the_next_one_sets_it(
    project: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, www, plain=True)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"))
    real = writer.write_without_rename

    def until_the_list(path: Path, data: bytes) -> None:
        if path == www / "v" / "index.html":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(writer, "write_without_rename", until_the_list)
    with pytest.raises(KeyboardInterrupt):
        put(project, www)
    assert newest(www) == FIRST
    monkeypatch.setattr(writer, "write_without_rename", real)
    assert put(project, www).unchanged
    assert newest(www) == SECOND
    assert f'id="v-{SECOND}"' in listed(www)
    assert not (www / ".workreport" / "publishing").exists()
    assert (www / "v" / SECOND / "version.json").is_file()


@HOWS
def test_a_reader_meanwhile_gets_whole_pages_and_never_goes_back(tmp_path: Path, www: Path, plain: bool) -> None:
    known = [
        tree(make_site(tmp_path / "0")),
        tree(make_site(tmp_path / "1", changed(SENTENCES, 1, "s0000000a", "改了。"))),
    ]
    put(tmp_path / "0", www, plain=plain)
    order: list[int] = []
    faults: list[str] = []
    stop = threading.Event()
    name = f"{SLUG}/text/index.html"

    def read() -> None:
        while not stop.is_set():
            try:
                text = words_of(www / ("v/" + newest(www) + "/" + name if plain else name))
            except (OSError, ValueError) as error:
                faults.append(repr(error))
                continue
            which = [k for k in (0, 1) if known[k][name] == text]
            if which:
                order.append(which[0])
            else:
                faults.append(text[:80])

    reader = threading.Thread(target=read)
    reader.start()
    for k in range(1, 9):
        put(tmp_path / str(k % 2), www)
    stop.set()
    reader.join()
    assert faults == []
    changes_seen = sum(a != b for a, b in pairwise(order))
    assert 0 < changes_seen <= 8


def test_what_readers_are_told_of_a_kept_page_is_escaped(project: Path, www: Path) -> None:
    make_site(project, title="<b>青山&镇</b>".replace("<", "&lt;").replace(">", "&gt;").replace("&镇", "&amp;镇"))
    put(project, www)
    assert "首次发布：&lt;b&gt;青山&amp;镇&lt;/b&gt;" in listed(www)
    assert "<b>青山&镇</b>" in unescape(listed(www))


def run(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workreport", "--project", project, *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_command(project: Path, www: Path) -> None:
    done = run(project, "publish", "--to", www)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"已发布 {FIRST}：首次发布" in done.stdout
    assert "没有变化" in run(project, "publish", "--to", www).stdout
    told = json.loads(run(project, "publish", "--to", www, "--again", "--json").stdout)
    assert (told["status"], told["version"], told["before"]) == ("published", SECOND, FIRST)
    (project / "site" / SLUG / "1" / "index.html").write_text('<a href="nowhere.html">', encoding="utf-8")
    done = run(project, "publish", "--to", www)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere.html" in done.stderr
    assert newest(www) == SECOND
