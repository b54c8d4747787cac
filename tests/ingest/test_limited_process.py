"""What native code reads is read in a child process: its crash, or the limit it meets, is an error of that file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.pdf_files import Words, pdf
from workreport.ingest import limited_process
from workreport.ingest.formats import BadSource, format_table, native, read
from workreport.ingest.formats import html as html_reader
from workreport.ingest.formats import pdf as pdf_reader
from workreport.ingest.limited_process import ProcessEnded, run
from workreport.verify import documents

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of processes of POSIX")


# -- functions that run in the child process ------------------------------------------------------------------------


def echo(data: bytes, argument: str) -> Any:
    return [len(data), argument, os.getpid()]


def crash(data: bytes, argument: str) -> Any:
    os.kill(os.getpid(), int(argument))


def eat(data: bytes, argument: str) -> Any:
    return len(bytearray(2 * limited_process.MEMORY))


def spin(data: bytes, argument: str) -> Any:
    while True:
        pass


def write(data: bytes, argument: str) -> Any:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    Path(argument).write_bytes(data)


def limits(data: bytes, argument: str) -> Any:
    import resource

    return [resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)]


# -- tests ----------------------------------------------------------------------------------------------------------


def test_value_comes_from_another_process() -> None:
    length, argument, process = run(__name__, "echo", b"x" * 10**6, "甲 乙")
    assert (length, argument) == (10**6, "甲 乙")
    assert process != os.getpid()


@posix
@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL])
def test_crash_of_the_child_process_is_an_error_that_names_the_signal(number: signal.Signals) -> None:
    with pytest.raises(ProcessEnded, match=number.name):
        run(__name__, "crash", b"", str(int(number)))


@posix
def test_child_process_that_takes_too_much_memory_is_an_error_that_names_the_limit() -> None:
    with pytest.raises(ProcessEnded, match="占用的内存超过上限 950 MB"):
        run(__name__, "eat", b"")


@posix
def test_child_process_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(__name__, "limits", b"") == [limited_process.MEMORY, limited_process.SECONDS, 0]
    code = "from workreport.ingest import limited_process as l; l.SECONDS = 1; l.answer('tests.ingest.test_limited_process', 'spin', '')"
    monkeypatch.setattr(limited_process, "_START", code)
    with pytest.raises(ProcessEnded, match="秒还没有读完"):
        run(__name__, "spin", b"")


def test_child_process_that_waits_for_ever_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_process, "PATIENCE", 1.0)
    monkeypatch.setattr(limited_process, "_START", "import time; time.sleep(60)")
    with pytest.raises(ProcessEnded, match="1 秒还没有读完"):
        run(__name__, "echo", b"")


@posix
def test_child_process_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(ProcessEnded):
        run(__name__, "write", b"x", str(tmp_path / "a"))
    assert not (tmp_path / "a").exists() or not (tmp_path / "a").read_bytes()


def test_started_by_python_without_a_path_the_child_finds_the_program() -> None:
    code = "from workreport.ingest.limited_process import run; print(run('tests.ingest.test_limited_process', 'echo', b'1')[0])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr


@pytest.mark.parametrize("row", [r for r in format_table.FORMATS if r.id in ("pdf", "html")], ids=lambda row: row.id)
def test_crash_of_a_library_is_an_error_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: format_table.Format
) -> None:
    start = "import os, signal; os.kill(os.getpid(), signal.SIGABRT)"
    monkeypatch.setattr(limited_process, "_START", start)
    path = tmp_path / f"a{row.endings[0]}"
    path.write_bytes(b"%PDF-1.7" if row.id == "pdf" else b"<p>1</p>")
    with pytest.raises(BadSource, match=r"读不下去：解析它的程序崩溃（SIGABRT）.*请重新取得它"):
        read(path)


def test_child_process_reads_what_the_reader_reads() -> None:
    data = pdf(
        [
            Words(70, 700, "各位代表："),
            Words(70, 660, "新增企业30家，成效明显。"),
            Words(300, 400, "内部资料", angle=45, grey=0.8),
        ]
    )
    assert native.extract("pdf", data, "a.pdf") == pdf_reader.extract(data, "a.pdf")
    assert pdf_reader.extract(data, "a.pdf").omitted
    page = "<html><body><nav>首页 导航</nav><p>各位代表：\u200b</p><p hidden>看不见</p><p>增长5%。</p></body></html>".encode()
    assert native.extract("html", page, "a.html") == html_reader.extract(page, "a.html")
    assert html_reader.extract(page, "a.html").omitted


def test_error_of_the_reader_comes_over_whole() -> None:
    for module, data in (("pdf", b"%PDF-1.7 nothing"), ("html", b"\xff\xfe\x00")):
        with pytest.raises(BadSource) as here:
            (pdf_reader if module == "pdf" else html_reader).extract(data, "甲 乙.x")
        with pytest.raises(BadSource) as there:
            native.extract(module, data, "甲 乙.x")
        assert str(there.value) == str(here.value)


def bomb(columns: int) -> bytes:
    """A small PDF of our own whose page draws one form from a form from a form …: ten forms deep, `columns` each."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /A 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length 5 >>\nstream\n/A Do\nendstream",
    ]  # fmt: skip
    for depth in range(10):
        inner = b"/A Do " * columns if depth < 9 else b"BT /F 12 Tf (1) Tj ET " * columns
        uses = f"/Resources << /XObject << /A {6 + depth} 0 R >> >>".encode() if depth < 9 else b""
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] %s /Length %d >>\nstream\n%s\nendstream"
            % (uses, len(inner), inner)
        )
    made, starts = b"%PDF-1.4\n", []
    for k, body in enumerate(objects, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (k, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in starts)
    size = len(objects) + 1
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(made),
    )


@pytest.mark.long
@posix
@pytest.mark.timeout(120)
def test_small_pdf_that_draws_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(bomb(30))
    assert (tmp_path / "a.pdf").stat().st_size < 10_000
    with pytest.raises(BadSource, match=r"读不下去：.*占用的内存超过上限 950 MB"):
        read(tmp_path / "a.pdf")
    examined = documents.pdf(tmp_path / "a.pdf")
    assert any("pypdfium2 打不开（" in problem for problem in examined.problems)
