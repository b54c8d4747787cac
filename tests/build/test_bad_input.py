"""Bad input gives a short error on stderr and exit code 1, and changes no file; wrong usage gives exit code 2."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import run_build, sampled

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
"""Contents of a file that are not text in any known encoding, by what they are."""

SETTINGS = {
    "site.toml": [("title = ", "等号后面没有值"), ('titel = "x"\n', "title"), ('colour = "red"\n', "colour")],
    "reports/gongshu-2024/report.toml": [
        ("[[[", "方括号里的名称"),
        ('spaeker = "x"\n', "speaker"),
        ('year = "x"\n', "year"),
    ],
    "reports/gongshu-2024/repairs.toml": [("=", "名称 = 值"), ('[[repair]]\nid = "no-such"\n', "no-such")],
    "reports/gongshu-2024/ids.toml": [('[[sentence]]\nid = "s1"\n', "text")],
}
"""For each settings file, wrong texts, each with a word that the error must contain."""


def files_with_times(project: Path) -> dict[str, tuple[int, bytes]]:
    """Return time and bytes of every file of a project, so that rewriting the same bytes is noticed too.

    The writer's work folder (.workreport/) and `__pycache__` are left out.
    """
    return {
        path.relative_to(project).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(project.rglob("*"))
        if path.is_file() and not {"__pycache__", ".workreport"} & set(path.parts)
    }


@pytest.fixture(scope="module")
def project(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project that only this module uses."""
    return Path(shutil.copytree(built_project, tmp_path_factory.mktemp("bad") / "project"))


@contextmanager
def replaced(file: Path, data: bytes | None) -> Iterator[None]:
    """Replace a file's bytes (None: remove the file) within a `with` block."""
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


def check_refusal(project: Path, *arguments: str, names: str) -> str:
    """Check that a command exits with 1 and at most 4 lines on stderr that contain `names`, and changes no file.

    Return stderr.
    """
    before = files_with_times(project)
    done = run_build(project, *arguments)
    assert done.returncode == 1, done.stdout + done.stderr
    assert names in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 4, done.stderr
    assert files_with_times(project) == before
    return done.stderr


@pytest.mark.long
@pytest.mark.parametrize("kind", BYTES)
def test_source_file_that_is_not_text_is_refused(project: Path, kind: str) -> None:
    with replaced(project / SOURCE, BYTES[kind]):
        check_refusal(project, names="source.md")
        check_refusal(project, "inspect", SOURCE, names="source.md")


@pytest.mark.long
@pytest.mark.parametrize("kind", BYTES)
def test_add_refuses_a_file_that_is_not_text(project: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "another-2025.txt"
    file.write_bytes(BYTES[kind])
    check_refusal(project, "add", str(file), names="another-2025.txt")


@pytest.mark.long
def test_missing_source_file_is_refused(project: Path) -> None:
    with replaced(project / SOURCE, None):
        check_refusal(project, names="gongshu-2024")
        check_refusal(project, "inspect", SOURCE, names="source.md")
        check_refusal(project, "add", "no-such-report.txt", names="no-such-report.txt")


@pytest.mark.long
def test_folder_at_the_path_of_the_source_file_is_refused(project: Path) -> None:
    with replaced(project / SOURCE, None):
        (project / SOURCE).mkdir()
        try:
            check_refusal(project, names="source.md")
        finally:
            (project / SOURCE).rmdir()


@pytest.mark.long
def test_project_without_reports_is_refused(project: Path, tmp_path: Path) -> None:
    shutil.move(project / "reports", tmp_path / "reports")
    try:
        check_refusal(project, names="reports")
    finally:
        shutil.move(tmp_path / "reports", project / "reports")


@pytest.mark.parametrize(
    ("file", "text", "message"),
    sampled(((file, text, message) for file, cases in SETTINGS.items() for text, message in cases), 9),
)
def test_wrong_settings_file_is_refused_with_file_and_key_named(
    project: Path, file: str, text: str, message: str
) -> None:
    with replaced(project / file, text.encode()):
        assert message in check_refusal(project, names=file.rsplit("/", 1)[-1])


@pytest.mark.long
def test_add_refuses_a_word_file_of_the_old_doc_format(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0" * 100)
    check_refusal(project, "add", str(file), names="report.doc")


@pytest.mark.long
def test_adding_a_report_again_does_not_change_the_first_one(project: Path, tmp_path: Path) -> None:
    """Adding a report again is refused, or makes a second folder; either way the first folder does not change."""
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
def test_wrong_usage_exits_with_code_2_and_changes_nothing(project: Path, arguments: list[str]) -> None:
    before = files_with_times(project)
    done = run_build(project, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert files_with_times(project) == before


@pytest.mark.long
def test_option_report_with_an_unknown_slug_is_refused_and_changes_nothing(project: Path) -> None:
    before = files_with_times(project)
    done = run_build(project, "--report", "no-such-report")
    assert done.returncode in (1, 2)
    assert "no-such-report" in done.stderr
    assert files_with_times(project) == before
