"""Bags of several reports, bags with unportable file names, and the dates that bags state."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.archive.bag.bag_reader import NOTES, SLUG, entities
from tests.archive.bags import files_of, metadata_of, repaired
from tests.conftest import ROOT, must_build, run_build
from workreport.analysis import links
from workreport.archive import bag
from workreport.build import report_reader
from workreport.model import Reading
from workreport.project import paths, writer


@pytest.mark.parametrize(
    "name", ["con.md", "a?b.md", "尾点..md", "界" * 81 + ".md"], ids=["reserved", "mark", "dots", "long"]
)
def test_source_with_an_unportable_name_is_called_source_in_the_bag(
    reading: Reading, tmp_path: Path, name: str
) -> None:
    called = f"reports/{SLUG}/{name}"
    told = metadata_of(links.publish((replace(reading, source=replace(reading.source, path=called)),), ""))
    (tmp_path / "reports" / SLUG).mkdir(parents=True)
    (tmp_path / "site").mkdir()
    (tmp_path / "docs").mkdir()
    try:
        (tmp_path / called).write_bytes(b"words")
    except OSError:
        pytest.skip("the file system of this machine refuses the name too")
    payload = bag.project_files(tmp_path, tmp_path / "site", told.files, [])
    found = [n for n, data in payload.items() if data == b"words"]
    assert len(found) == 1
    writer.safe_names(found)
    assert told.reports[0].source == found[0]


def test_bag_refuses_unportable_page_names(reading: Reading) -> None:
    told = metadata_of(links.publish((reading,), ""))
    for name in ("site/aux.html", "site/../x.html", "site/a:b.html", "docs/A.md"):
        with pytest.raises(writer.WriteError):
            bag.members(told, {name: b"", "docs/a.md": b""}, date(2024, 2, 21))


@pytest.fixture(scope="module")
def several(project_copy: Callable[[str], Path]) -> tuple[Path, dict[str, bytes]]:
    """A project with a text, a Word file and a PDF as sources, and the files of its bag."""
    project = project_copy("several")
    shutil.rmtree(project / "reports")
    for n, source in enumerate(
        (ROOT / "tests/books/qingshan-2025.txt", *(ROOT / "tests/files" / f for f in ("word.docx", "typst.pdf")))
    ):
        done = run_build(project, "add", str(source), "--slug", f"report-{n}")
        assert done.returncode == 0, done.stderr
    must_build(project, "--quiet")
    return project, files_of((project / "archive" / "reports-bag.zip").read_bytes())


@pytest.mark.long
def test_one_bag_holds_all_reports(several: tuple[Path, dict[str, bytes]]) -> None:
    project, files = several
    inside = "reports-bag/data/"
    assert f"{inside}web/reports.wacz" in files
    found = entities(files[inside + bag.CRATE])
    for n, ending in enumerate(("txt", "docx", "pdf")):
        slug = f"report-{n}"
        (path,) = (p for p in (project / "reports" / slug).iterdir() if p.suffix == f".{ending}" and p.stem == "source")
        assert files[f"{inside}reports/{slug}/{path.name}"] == path.read_bytes()
        source = files[f"{inside}text/{slug}.source.txt"].decode()
        text = files[f"{inside}text/{slug}.txt"].decode()
        assert text == repaired(source, files[f"{inside}text/{slug}.repairs.json"])
        if ending != "txt":
            assert files[f"{inside}reports/{slug}/source.txt"].decode() == source
            assert f"{inside}reports/{slug}/source.map.json" in files
        assert f"#report-{slug}" in found
        # The download page names the files of its own report and those that hold all reports.
        page = files[f"{inside}site/{slug}/download/index.html"].decode()
        shown = set(re.findall(r'<span class="size">(\S+?)</span>', page))
        assert shown == {"reports-offline.zip", *(f"{slug}{form}" for form in (".html", ".epub", ".pdf"))}
        assert f"reports/{slug}/source.{ending}" in files[f"{inside}preservation-note.en.txt"].decode()


UNDATED = "政府工作报告\n\n各位代表：\n\n一、过去一年工作回顾\n\n全区生产总值达到120.5亿元，同比增长6.1%。\n"


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A report whose source has no date."""
    path = tmp_path_factory.mktemp("undated") / "undated-1.txt"
    path.write_text(UNDATED, encoding="utf-8")
    reading = report_reader.read_file(path, ROOT / "vocabulary").reading
    assert reading.meta.date is None
    return reading


def documents_of(found: Sequence[Reading], moment: date) -> dict[str, str]:
    """All text files outside docs/ and site/ and the RO-Crate of a bag of these reports, by file name; dated `moment`."""
    told = metadata_of(links.publish(tuple(found), ""), moment=moment)
    made = bag.members(told, {"site/index.html": b"<title>a</title>"}, moment)
    return {m.name.rpartition("/")[2]: m.data.decode() for m in made if m.name.endswith((".txt", bag.CRATE))}


def test_bag_never_calls_a_stand_in_date_the_report_date(undated: Reading) -> None:
    told = documents_of([undated], paths.UNDATED)
    zh, en = (told[name] for name in NOTES)
    for note in (zh, en):
        assert note.splitlines()[2] == "", "no date in the heading"
    assert "来源没有写明日期；文件时间一律写作 2000-01-01，不是报告日期" in zh
    assert "取报告的日期" not in zh
    assert "The source states no date." in en
    assert "are the date of the report" not in en
    assert "is the date of the report" not in told["bag-info.txt"]
    assert "Bagging-Date is a stand-in: the source states no date" in told["bag-info.txt"]
    found = entities(told[bag.CRATE].encode())
    # RO-Crate requires a date of publication.
    assert found["./"]["datePublished"] == "2000-01-01"
    assert "来源没有写明日期；日期一律写作 2000-01-01，不是报告日期" in str(found["./"]["description"])
    assert "datePublished" not in found["#report-undated-1"]


def test_bag_states_that_its_date_comes_from_source_date_epoch(undated: Reading) -> None:
    told = documents_of([undated], date(2024, 5, 6))
    zh, en = (told[name] for name in NOTES)
    assert "文件时间一律写作 2024-05-06，由制作时的 SOURCE_DATE_EPOCH 指定，不是报告日期" in zh
    assert "as SOURCE_DATE_EPOCH named it" in en
    assert "2000-01-01" not in zh + en
    assert "Bagging-Date was named by SOURCE_DATE_EPOCH" in told["bag-info.txt"]


def test_bag_of_one_report_has_the_report_date(reading: Reading) -> None:
    told = documents_of([reading], date(2024, 2, 21))
    assert [told[name].splitlines()[2] for name in NOTES] == ["2024-02-21"] * 2
    assert "都取报告的日期" in told[NOTES[0]]
    assert "Bagging-Date is the date of the report" in told["bag-info.txt"]
    assert "没有写明日期" not in told[bag.CRATE]


def test_bag_of_several_reports_has_the_newest_date(reading: Reading, undated: Reading) -> None:
    older = replace(reading, meta=replace(reading.meta, slug="gongshu-2023", date=date(2023, 2, 21)))
    told = documents_of([reading, older], date(2024, 2, 21))
    assert "都取最新一份报告的日期" in told[NOTES[0]]
    assert re.search(r"the date of the\s+newest report", told[NOTES[1]])
    assert "Bagging-Date is the date of the newest report" in told["bag-info.txt"]
    assert "没有写明日期" not in told[NOTES[0]]
    mixed = documents_of([reading, undated], date(2024, 2, 21))
    assert "其文件时间也写作 2024-02-21，不是该报告的日期" in mixed[NOTES[0]]
    assert "Some sources state no date" in mixed[NOTES[1]]
