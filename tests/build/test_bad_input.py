"""Bad input is normal input: a clear error on stderr, exit 1, nothing written; wrong usage is exit 2."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import run_build

SOURCE = "reports/gongshu-2024/source.md"
CHINESE = "政府工作报告\n各位代表：\n现在，我代表区人民政府作工作报告。地区生产总值2091.5亿元。\n" * 20

BYTES = {
    "empty": b"",
    "white": b" \r\n\t\n\xe3\x80\x80\n",
    "mark alone": b"\xef\xbb\xbf",
    "binary": bytes(range(256)) * 40,
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x02" * 900,
    "broken UTF-8": CHINESE.encode() + b"\xff\xfe\x80\x80" + CHINESE.encode(),
    "broken UTF-16": b"\xff\xfe" + CHINESE.encode("utf-16-le") + b"\x00\xd8\x41",
    "half of two encodings": CHINESE.encode() + CHINESE.encode("gb18030") + b"\xff",
}

SETTINGS = {
    "site.toml": [("title = ", "不是合格的 TOML"), ('titel = "x"\n', "title"), ('colour = "red"\n', "colour")],
    "reports/gongshu-2024/report.toml": [("[[[", "TOML"), ('spaeker = "x"\n', "speaker"), ('year = "x"\n', "year")],
    "reports/gongshu-2024/repairs.toml": [("=", "TOML"), ('[[repair]]\nid = "no-such"\n', "no-such")],
    "reports/gongshu-2024/ids.toml": [('[[sentence]]\nid = "s1"\n', "text")],
}


def state(project: Path) -> dict[str, tuple[int, bytes]]:
    """Everything that stands in the project, with its age: what is rewritten shows, the same bytes too.

    The lock and the journal of the writer (.workreport/) are not counted.
    """
    return {
        path.relative_to(project).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(project.rglob("*"))
        if path.is_file() and not {"__pycache__", ".workreport"} & set(path.parts)
    }


@pytest.fixture(scope="module")
def project(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project of this module's own, site and all."""
    return Path(shutil.copytree(built_project, tmp_path_factory.mktemp("bad") / "project"))


@contextmanager
def instead(file: Path, data: bytes | None) -> Iterator[None]:
    """That file with other bytes (None: no file) for a while."""
    old = file.read_bytes() if file.is_file() else None
    try:
        file.unlink(missing_ok=True)
        if data is not None:
            file.write_bytes(data)
        yield
    finally:
        file.unlink(missing_ok=True)
        if old is not None:
            file.write_bytes(old)


def refused(project: Path, *arguments: str, names: str) -> str:
    """That command ends with exit 1, one clear message that names the file, and leaves everything as it was."""
    before = state(project)
    done = run_build(project, *arguments)
    assert done.returncode == 1, done.stdout + done.stderr
    assert names in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 4, done.stderr
    assert state(project) == before
    return done.stderr


@pytest.mark.long
@pytest.mark.parametrize("kind", BYTES)
def test_a_source_that_is_no_text(project: Path, kind: str) -> None:
    with instead(project / SOURCE, BYTES[kind]):
        refused(project, names="source.md")
        refused(project, "inspect", SOURCE, names="source.md")


@pytest.mark.long
@pytest.mark.parametrize("kind", BYTES)
def test_such_a_file_is_not_taken_in(project: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "another-2025.txt"
    file.write_bytes(BYTES[kind])
    refused(project, "add", str(file), names="another-2025.txt")


@pytest.mark.long
def test_no_source(project: Path) -> None:
    with instead(project / SOURCE, None):
        refused(project, names="gongshu-2024")
        refused(project, "inspect", SOURCE, names="source.md")
        refused(project, "add", "no-such-report.txt", names="no-such-report.txt")


@pytest.mark.long
def test_a_folder_where_a_source_should_be(project: Path) -> None:
    with instead(project / SOURCE, None):
        (project / SOURCE).mkdir()
        try:
            refused(project, names="source.md")
        finally:
            (project / SOURCE).rmdir()


@pytest.mark.long
def test_no_report_at_all(project: Path, tmp_path: Path) -> None:
    shutil.move(project / "reports", tmp_path / "reports")
    try:
        refused(project, names="reports")
    finally:
        shutil.move(tmp_path / "reports", project / "reports")


@pytest.mark.parametrize(
    ("file", "words", "told"), [(file, words, told) for file, cases in SETTINGS.items() for words, told in cases]
)
def test_settings_that_are_wrong(project: Path, file: str, words: str, told: str) -> None:
    with instead(project / file, words.encode()):
        assert told in refused(project, names=file.rsplit("/", 1)[-1])


def test_a_file_of_another_kind_says_what_to_do(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0" * 100)
    refused(project, "add", str(file), names="report.doc")


@pytest.mark.long
def test_a_report_is_never_overwritten(project: Path, tmp_path: Path) -> None:
    """The same report taken in again: refused, or beside the old one; the old one stays as it is."""
    old = {path: path.read_bytes() for path in sorted((project / "reports" / "gongshu-2024").iterdir())}
    copy = tmp_path / "gongshu-2024.md"
    shutil.copy(project / SOURCE, copy)
    done = run_build(project, "add", str(copy))
    try:
        assert done.returncode in (0, 1), done.stderr
        assert {path: path.read_bytes() for path in old} == old
        again = run_build(project, "add", str(copy))
        assert again.returncode in (0, 1), again.stderr
    finally:
        for folder in (project / "reports").iterdir():
            if folder.name != "gongshu-2024":
                shutil.rmtree(folder)


@pytest.mark.parametrize(
    "arguments", [["--no-such-option"], ["no-such-command"], ["inspect"], ["add"], ["--report"], ["--only", "moon"]]
)
def test_wrong_usage(project: Path, arguments: list[str]) -> None:
    before = state(project)
    done = run_build(project, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert state(project) == before


@pytest.mark.long
def test_a_report_that_is_not_there(project: Path) -> None:
    before = state(project)
    done = run_build(project, "--report", "no-such-report")
    assert done.returncode in (1, 2)
    assert "no-such-report" in done.stderr
    assert state(project) == before
