"""Publishing: which files a version and the stable addresses get, and which publications are refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.publish.served_folder import FIRST, HOWS, SECOND, listed, newest, put, run, silent, targets_of
from tests.publish.small_site import DAY, SENTENCES, SLUG, changed, make_site, tree, words_of
from workreport import publish
from workreport.project import writer
from workreport.publish import record


@HOWS
def test_first_version_equals_the_site_and_is_shown_at_the_stable_address(
    project: Path, www: Path, plain: bool
) -> None:
    done = put(project, www, plain=plain)
    assert (done.version, done.before, done.unchanged) == (FIRST, "", False)
    assert done.address == f"v/{FIRST}/index.html"
    assert tree(www / "v" / FIRST) == tree(project / "site")
    assert newest(www) == FIRST
    if not plain:
        stable = {name: words_of(www / name) for name in tree(project / "site")}
        assert stable == tree(project / "site")


@HOWS
def test_older_versions_stay_unchanged_beside_the_new_one(project: Path, www: Path, plain: bool) -> None:
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
def test_unchanged_site_is_published_again_only_with_option_again(project: Path, www: Path, plain: bool) -> None:
    put(project, www, plain=plain)
    before = tree(www)
    done = put(project, www)
    assert done.unchanged
    assert "没有变化" in done.summary()
    assert tree(www) == before
    assert put(project, www, again=True).version == SECOND
    assert f"与 {FIRST} 相比：没有任何改动。" in listed(www)


def test_unchanged_files_are_hard_links_with_the_old_date(project: Path, www: Path) -> None:
    put(project, www)
    os.utime(www / "v" / FIRST / "assets" / "a.css", (1_700_000_000, 1_700_000_000))
    make_site(project, changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.1%。"))
    assert put(project, www).shared > 0
    one, other = (www / "v" / name / "assets" / "a.css" for name in (FIRST, SECOND))
    assert one.stat().st_ino == other.stat().st_ino == (www / "assets" / "a.css").stat().st_ino
    assert (www / "about" / "index.html").stat().st_mtime == (
        www / "v" / FIRST / "about" / "index.html"
    ).stat().st_mtime


def test_changed_page_of_the_same_size_gets_a_later_date(project: Path, www: Path) -> None:
    """nginx compares date (in seconds) and size: without a later date, browsers would not notice 30 changed to 31."""
    put(project, www)
    page = f"{SLUG}/text/index.html"
    old = (www / page).stat()
    make_site(project, changed(SENTENCES, 1, "s00000002", "全年新增企业31家，增长5.1%。"))
    put(project, www)
    new = (www / page).stat()
    assert new.st_size == old.st_size
    assert int(new.st_mtime) > int(old.st_mtime)


def test_every_page_links_to_the_list_of_versions(project: Path, www: Path) -> None:
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


def refused(project: Path, www: Path, **options: bool) -> str:
    """Check that publishing is refused and changes nothing in `www` but the lock; return the message."""
    before = tree(www) if www.is_dir() else {}
    with pytest.raises(publish.PublishError) as caught:
        put(project, www, **options)
    assert (tree(www) if www.is_dir() else {}) == {**before, **{k: v for k, v in tree(www).items() if k == ".workreport/lock"}}  # fmt: skip
    return str(caught.value)


def test_site_with_a_broken_link_is_not_published(project: Path, www: Path) -> None:
    www.mkdir()
    (project / "site" / SLUG / "1" / "index.html").unlink()
    (project / "site" / "about" / "index.html").write_text('<a href="nowhere.html">', encoding="utf-8")
    assert "nowhere.html" in refused(project, www)


def test_missing_site_undated_report_and_target_overlapping_the_project_are_refused(project: Path, www: Path) -> None:
    www.mkdir()
    make_site(project, day="")
    assert "report.toml" in refused(project, www)
    for inside in (project, project / "site" / "x", project.parent):
        with pytest.raises(publish.PublishError):
            put(project, inside)
    writer.remove_folder(project / "site")
    assert "build.py" in refused(project, www)


@HOWS
def test_file_not_written_by_publishing_is_never_overwritten(project: Path, www: Path, plain: bool) -> None:
    www.mkdir()
    (www / "index.html").write_text("mine", encoding="utf-8")
    (www / "robots.txt").write_text("mine", encoding="utf-8")
    assert "index.html" in refused(project, www, plain=plain)
    (www / "index.html").unlink()
    put(project, www, plain=plain)
    assert (www / "robots.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("slug", ["v", "version.json"])
def test_report_slug_used_by_publishing_is_refused(project: Path, www: Path, slug: str) -> None:
    www.mkdir()
    make_site(project, slug=slug)
    assert slug in refused(project, www)


def test_versions_in_a_folder_without_link_or_pointer_are_refused_and_stay(project: Path, www: Path) -> None:
    put(project, www)
    copy = www.parent / "copy"
    subprocess.run(["cp", "-rL", f"{www}/v", f"{copy}-v"], check=True)
    copy.mkdir()
    Path(f"{copy}-v").rename(copy / "v")
    assert "没有发布的记录" in refused(project, copy)
    assert (copy / "v" / FIRST / "index.html").is_file()


def test_plain_is_refused_for_a_folder_published_with_links(project: Path, www: Path) -> None:
    put(project, www)
    assert "--plain" in refused(project, www, plain=True)


def test_pointer_file_is_used_where_links_cannot_be_made(
    project: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object, **__: object) -> None:
        """Fail as on a file system without symbolic links."""
        raise PermissionError(1, "not here")

    monkeypatch.setattr(Path, "symlink_to", cannot)
    said: list[str] = []
    assert publish.publish(project, www, said.append).how == "pointer"
    assert any("--plain" in line for line in said)
    assert newest(www) == FIRST


def test_pointer_file_is_written_last_where_nothing_can_be_renamed(
    project: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, www, plain=True)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"))
    order: list[str] = []
    real = Path.write_bytes

    move = Path.replace

    def cannot(self: Path, target: Path) -> Path:
        """Fail in the served folder, as a mounted object store does when a file is renamed."""
        if www in self.parents:
            raise PermissionError(1, "not here")
        return move(self, target)

    def noted(self: Path, data: bytes) -> int:
        """Write a file and append its path to `order`."""
        order.append(self.relative_to(www).as_posix())
        return real(self, data)

    monkeypatch.setattr(Path, "replace", cannot)
    monkeypatch.setattr(Path, "write_bytes", noted)
    assert put(project, www).version == SECOND
    assert order[-1] == "current.js"
    assert order.index(f"v/{SECOND}/version.json") > max(k for k, name in enumerate(order) if name.startswith(f"v/{SECOND}/") and not name.endswith("version.json"))  # fmt: skip
    assert order.index("v/versions.json") > order.index(f"v/{SECOND}/version.json")
    assert not list(www.rglob("*.part"))


@pytest.mark.parametrize("two_steps", ["0", "1"], ids=["folder by folder", "file by file"])
def test_files_of_the_publisher_among_the_stable_addresses_stay_where_there_are_no_links(
    project: Path, www: Path, two_steps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(writer.TWO_STEPS, two_steps)
    put(project, www, plain=True)
    own = {"data/mine.csv": "1,2\n", "town-2024/own/deep.txt": "own\n", "other/page.html": "<title>x</title>\n"}
    for name, text in own.items():
        (www / name).parent.mkdir(parents=True, exist_ok=True)
        (www / name).write_text(text, encoding="utf-8")
    (www / "data" / "mine.csv").chmod(0o640)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"))
    assert put(project, www).version == SECOND
    assert {name: (www / name).read_text(encoding="utf-8") for name in own} == own
    assert (www / "data" / "mine.csv").stat().st_mode & 0o777 == 0o640
    assert "改了。" in (www / "data" / "indicators.json").read_text(encoding="utf-8")
    (www / "data" / "link").symlink_to("mine.csv")  # a folder with a link is not swapped, and the link stays
    make_site(project, changed(SENTENCES, 1, "s0000000a", "又改了。"))
    put(project, www)
    assert (www / "data" / "link").is_symlink()
    assert "又改了。" in (www / "data" / "indicators.json").read_text(encoding="utf-8")


@pytest.mark.long
def test_publish_command_prints_the_result_and_refuses_a_broken_site(project: Path, www: Path) -> None:
    done = run(project, "publish", "--partial", "--to", www)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"已发布 {FIRST}：首次发布" in done.stdout
    assert "没有变化" in run(project, "publish", "--partial", "--to", www).stdout
    result = json.loads(run(project, "publish", "--partial", "--to", www, "--again", "--json").stdout)
    assert (result["status"], result["version"], result["before"]) == ("published", SECOND, FIRST)
    (project / "site" / SLUG / "1" / "index.html").write_text('<a href="nowhere.html">', encoding="utf-8")
    done = run(project, "publish", "--partial", "--to", www)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere.html" in done.stderr
    assert newest(www) == SECOND


@HOWS
def test_version_json_names_the_version_from_which_on_each_file_is_as_it_is(
    project: Path, www: Path, plain: bool
) -> None:
    def since(version: str) -> dict[str, str]:
        row = json.loads((www / "v" / version / "version.json").read_text(encoding="utf-8"))
        return {name: row["since"][name] for name in row["files"]}

    put(project, www, plain=plain)
    assert set(since(FIRST).values()) == {FIRST}
    make_site(project, changed(SENTENCES, 4, "s0000000a", "新建公园6个，居全市第二。"))
    put(project, www)
    changed_pages = {f"{SLUG}/text/index.html", f"{SLUG}/2/index.html", "data/indicators.json"}
    assert {name for name, version in since(SECOND).items() if version == SECOND} == changed_pages
    make_site(project)
    put(project, www)
    # A page as it was two versions ago is changed all the same; a version that was deleted is still named.
    shutil.rmtree(www / "v" / FIRST)
    put(project, www, again=True)
    third = since(f"{DAY}.4")
    assert {name for name, version in third.items() if version == f"{DAY}.3"} == changed_pages
    assert third[f"{SLUG}/1/index.html"] == FIRST


def test_record_of_an_earlier_program_counts_as_the_version_that_changed_its_files(project: Path, www: Path) -> None:
    put(project, www)
    record = www / "v" / FIRST / "version.json"
    row = json.loads(record.read_text(encoding="utf-8"))
    del row["since"]
    record.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    put(project, www, again=True)
    row = json.loads((www / "v" / SECOND / "version.json").read_text(encoding="utf-8"))
    assert set(row["since"].values()) == {FIRST}


@HOWS
def test_day_of_publication_stays_in_its_version_and_on_every_page_of_it(
    project: Path, www: Path, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(project, www, silent, plain=plain, day=date(2024, 3, 5))
    first = tree(www / "v" / FIRST)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1710460800")
    publish.publish(project, www, silent, again=True)
    days = {FIRST: "2024-03-05", SECOND: "2024-03-15"}
    for version, day in days.items():
        record = json.loads((www / "v" / version / "version.json").read_text(encoding="utf-8"))
        assert record["day"] == day
        for name in tree(project / "site"):
            if name.endswith(".html") and name != "404.html":
                text = (www / "v" / version / name).read_text(encoding="utf-8")
                assert text.count(f'<time datetime="{day}">') == 1, name
                assert (f"最后改动于 {FIRST} 版" in text) == (version == SECOND), name
    assert tree(www / "v" / FIRST) == first
    page = listed(www)
    assert page.count("2024年3月5日发布。") == 1
    if not plain:
        stable = (www / SLUG / "1" / "index.html").read_text(encoding="utf-8")
        assert f'本页最后改动于 {FIRST} 版（<time datetime="2024-03-05">2024年3月5日</time>发布）。' in stable
    assert page.count("2024年3月15日发布。") == 1


@HOWS
def test_day_before_that_of_the_newest_version_is_refused_and_nothing_changes(
    project: Path, www: Path, plain: bool
) -> None:
    publish.publish(project, www, silent, plain=plain, day=date(2024, 3, 5))
    before = tree(www)
    with pytest.raises(publish.PublishError, match=r"2024-03-04 早于前一版 .* 2024-03-05"):
        publish.publish(project, www, silent, again=True, day=date(2024, 3, 4))
    assert tree(www) == before
    assert publish.publish(project, www, silent, again=True, day=date(2024, 3, 5)).version == SECOND


def test_publish_command_takes_the_day_and_refuses_what_is_no_day(project: Path, www: Path) -> None:
    assert run(project, "publish", "--partial", "--to", www, "--date", "2024-04-01").returncode == 0
    record = json.loads((www / "v" / FIRST / "version.json").read_text(encoding="utf-8"))
    assert record["day"] == "2024-04-01"
    refused = run(project, "publish", "--partial", "--to", www, "--date", "4月1日")
    assert refused.returncode == 2
    assert "4月1日 不是日期" in refused.stderr


def test_record_of_an_earlier_program_without_a_day_is_read(project: Path, www: Path) -> None:
    put(project, www)
    record = www / "v" / FIRST / "version.json"
    row = json.loads(record.read_text(encoding="utf-8"))
    assert row.pop("day")
    record.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    put(project, www, again=True)
    assert listed(www).count("日发布。") == 1


@pytest.mark.parametrize("path", ["../x.html", "/etc/x.html", "a/../../x.html", "", "a//b.html", "a\\b.html"])
def test_record_that_names_a_file_out_of_its_folder_is_refused(project: Path, www: Path, path: str) -> None:
    put(project, www, plain=True)
    for name, key, value in (("versions.json", "kept", FIRST), (f"{FIRST}/version.json", "files", "0" * 64)):
        record_file = www / "v" / name
        before = record_file.read_bytes()
        row = json.loads(before)
        row[key][path] = value
        record_file.write_text(json.dumps(row), encoding="utf-8")
        with pytest.raises(record.RecordError, match="无法读取"):
            put(project, www, again=True)
        record_file.write_bytes(before)
    assert put(project, www, again=True).version == SECOND
