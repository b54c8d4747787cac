"""What a reader finds at addresses that the newest version lacks: links to the last version and to the sentences now."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.publish.served_folder import (
    FIRST,
    GREETING,
    HOWS,
    RIVER,
    SECOND,
    listed,
    put,
    removed_by_pointer,
    targets_of,
)
from tests.publish.small_site import SENTENCES, SLUG, add_report, changed, make_site
from tests.site_pages import read_page
from workreport.project import writer


def test_removed_page_links_to_its_last_version_and_to_its_sentences_now(project: Path, www: Path) -> None:
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
    assert (www / "data" / "indicators.json").is_file(), "a removed file that is no page stays at its address"
    # In a third version the page is still missing; in a fourth it exists again.
    make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"), sections=("1", "3"))
    put(project, www)
    assert f"v/{FIRST}/{SLUG}/2/index.html" in gone.read_text(encoding="utf-8")
    make_site(project)
    put(project, www)
    assert "没有了" not in gone.read_text(encoding="utf-8")


def test_removed_page_whose_sentences_were_deleted_links_to_no_new_page(project: Path, www: Path) -> None:
    put(project, www)
    # The id of a deleted sentence becomes an alias of the sentence before it, so that links to it do not break.
    first = list(SENTENCES[: next(k for k, s in enumerate(SENTENCES) if s[1].startswith("二、"))])
    heir = (*first[-1][:2], SENTENCES[-1][0])
    make_site(project, (*first[:-1], heir), sections=("1", "2"))
    (project / "site" / SLUG / "2" / "index.html").unlink()
    put(project, www)
    text = (www / SLUG / "2" / "index.html").read_text(encoding="utf-8")
    assert "这一页在最新的一版里没有了" in text
    assert SENTENCES[-1][0] in (www / SLUG / "1" / "index.html").read_text(encoding="utf-8")
    assert "其中的句子现在" not in text


@HOWS
def test_removed_page_of_a_removed_report_links_to_no_other_report(project: Path, www: Path, plain: bool) -> None:
    """A greeting common to two reports does not make a page link to the other: 各位代表： has the same id everywhere."""
    make_site(project, (GREETING, *SENTENCES))
    # Section 1 of the second report holds only the greeting, which the first has too.
    add_report(project, "river-2025", "清水县2025年政府工作报告", (GREETING, *RIVER[2:]))
    put(project, www, plain=plain)
    make_site(project, (GREETING, *SENTENCES))
    assert len(put(project, www, ("river-2025",)).went) == 1
    for name in ("river-2025/1/index.html", "river-2025/2/index.html", "river-2025/text/index.html"):
        if plain:
            assert removed_by_pointer(www)[name] == {"version": FIRST, "now": ""}
            continue
        text = (www / name).read_text(encoding="utf-8")
        assert "这一页在最新的一版里没有了" in text
        assert "现在多数" not in text
        assert not any(link.startswith(f"{SLUG}/") for link in targets_of(www, name))


def test_removed_page_with_sentences_in_two_reports_links_only_to_its_own(project: Path, www: Path) -> None:
    """Two reports of one town may have whole sections in common, so the same ids."""
    add_report(project, "zz-2025", "青山镇2025年政府工作报告", (*SENTENCES[:3], *RIVER[2:]))
    put(project, www)
    make_site(project, sections=("3", "2"))
    add_report(project, "zz-2025", "青山镇2025年政府工作报告", (*SENTENCES[:3], *RIVER[2:]))
    put(project, www)
    links = targets_of(www, f"{SLUG}/1/index.html")
    assert f"{SLUG}/3/index.html" in links
    assert not any(link.startswith("zz-2025/") for link in links)


@pytest.mark.parametrize(("stay", "linked"), [(1, False), (2, True)])
def test_removed_page_links_only_to_a_page_with_more_than_half_of_its_sentences(
    project: Path, www: Path, stay: int, linked: bool
) -> None:
    put(project, www)
    more = ("s00000006", "养老床位增至200张。")
    # Section 2 had two sentences; it is removed, and one or both of them are in section 1 now.
    rest = (SENTENCES[4], more) if stay == 1 else (SENTENCES[4], (SENTENCES[3][0], "民生"))
    make_site(project, (*SENTENCES[:3], *rest), sections=("1", "3"))
    put(project, www)
    text = (www / SLUG / "2" / "index.html").read_text(encoding="utf-8")
    assert ("其中的句子现在多数在这一页" in text) == linked
    assert (f"{SLUG}/1/index.html" in targets_of(www, f"{SLUG}/2/index.html")) == linked


@HOWS
def test_single_file_copy_for_download_keeps_its_bytes(
    project: Path, www: Path, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy ends in .html but is no page: its SHA-256 is published, so it must not get a line on versions."""
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
        assert f"archive/{SLUG}.html" not in removed_by_pointer(www)
    for name in (f"{SLUG}.html", f"{SLUG}.epub"):
        assert (www / "archive" / name).read_bytes() == page


@HOWS
def test_renamed_report_is_recognized_and_old_addresses_link_to_the_new_ones(
    project: Path, www: Path, plain: bool
) -> None:
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
            assert removed_by_pointer(www)[f"{SLUG}/{name}"] == lead
            continue
        assert "这份报告改了网址，现在请看：" in (www / SLUG / name).read_text(encoding="utf-8")
        links = targets_of(www, f"{SLUG}/{name}")
        assert {f"qingshan/{name}", f"v/{FIRST}/{SLUG}/{name}"} <= links
        assert [link for link in links if not (www / link).is_file()] == []


def test_pages_of_a_renamed_report_link_to_its_moved_sections_or_front_page(project: Path, www: Path) -> None:
    put(project, www)
    make_site(project, slug="qingshan", sections=("1", "3"))
    put(project, www)
    assert f"与 {FIRST} 相比：报告文字没有改动。" in listed(www)
    assert "qingshan/3/index.html" in targets_of(www, f"{SLUG}/2/index.html")
    # Renamed again: the oldest addresses link to the newest ones; a page with no certain successor links to the front.
    make_site(project, (*SENTENCES[:2], SENTENCES[4]), slug="qs", sections=("1", "4"))
    put(project, www)
    assert "qs/1/index.html" in targets_of(www, f"{SLUG}/1/index.html")
    assert "qs/index.html" in targets_of(www, f"{SLUG}/2/index.html")
    assert "qs/index.html" in targets_of(www, "qingshan/3/index.html")


def test_version_json_without_the_key_renamed_is_read(project: Path, www: Path) -> None:
    put(project, www)
    facts = www / "v" / FIRST / "version.json"
    old = json.loads(facts.read_text(encoding="utf-8"))
    del old["renamed"]
    facts.write_text(json.dumps(old), encoding="utf-8")
    make_site(project, slug="qingshan")
    assert len(put(project, www).renamed) == 1


def test_pointer_file_lists_removed_pages_with_their_last_version_and_new_page(project: Path, www: Path) -> None:
    put(project, www, plain=True)
    make_site(project, sections=("1", "3"))
    put(project, www)
    assert removed_by_pointer(www) == {f"{SLUG}/2/index.html": {"version": FIRST, "now": f"{SLUG}/3/index.html"}}
    for name in (f"{SLUG}/2/index.html", f"{SLUG}/3/index.html"):
        page = (www / name).read_text(encoding="utf-8")
        assert f'data-path="{name}"' in page
        links = [unquote(link) for _, link in read_page(www / name).links if not link.startswith("data:")]
        assert [link for link in links if not (www / name).parent.joinpath(link).is_file()] == []
