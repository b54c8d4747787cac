"""Knows what is fuzzed: for each target how a file of bytes is read, which errors are right, and what must hold of the rest.

Leaves making the bytes to `mutations`, and the order and the time to `tools/fuzz.py`.
"""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO

import markdown
from mkdocs.exceptions import MkDocsException

from tests.conftest import ROOT
from tests.vocabularies import vocabularies
from workreport import archive
from workreport.analysis import word_files
from workreport.build import report_reader
from workreport.build.report_folder import PUBLISHER_FILES
from workreport.commands import is_ours
from workreport.ingest.formats import BadSource, docx, html, native, plain
from workreport.project import settings
from workreport.publish import record, version_pages
from workreport.verify.files import prove
from workreport.website import mkdocs_config, rendering
from workreport.website.marks.mark_error import MarkError
from workreport.website.site_error import SiteError

REPORT = "政府工作报告\n（2025年1月9日在清水区第三届人民代表大会第五次会议上）\n区长 李四\n各位代表：\n一、2024年工作回顾\n（一）工业。新增企业30家，增长5.1%，居全市第二。\n二、2025年工作安排\n地区生产总值增长6%左右。\n"


class Finding(Exception):
    """A target did what it must not do; the message says what."""


@cache
def folder() -> Path:
    """A folder for the files of this process, removed with it."""
    home = tempfile.TemporaryDirectory(prefix="workreport-fuzz-")
    globals()["_home"] = home
    return Path(home.name)


def _read(name: str, data: bytes) -> None:
    """Read a report, and check the spans of all that was found in it."""
    file = folder() / name
    file.write_bytes(data)
    try:
        reading = report_reader.read_report(file, "a", vocabularies()).reading
    except BadSource as error:
        if not error.advice:
            raise Finding("an error gives no advice") from error
        return
    body = reading.text.body
    for i in reading.indicators:
        if body[i.start : i.end] != i.quote:
            raise Finding(f"a figure's quote {i.quote!r} is not at its place")
    if "".join(s.text for s in sorted(reading.outline.sentences(), key=lambda s: s.start)).split() != body.split() and (
        "".join("".join(s.text for s in reading.outline.sentences()).split()) != "".join(body.split())
    ):
        raise Finding("the sentences are not the text")
    for r in reading.repairs:
        if r.by != "reading" and reading.source.text[r.start : r.end] != r.before:
            raise Finding(f"the repair {r.id} is not about its characters")


def _text(data: bytes) -> None:
    _read("a.md", data)


def _reader(extract: Callable[[bytes, str], object]) -> Callable[[bytes], None]:
    """A target that reads one format, without analysing it."""

    def read(data: bytes) -> None:
        try:
            extract(data, "a")
        except BadSource as error:
            if not error.advice:
                raise Finding("an error gives no advice") from error

    return read


def _settings(data: bytes) -> None:
    """The first line names one of the publisher's files, the rest is its content."""
    head, _, rest = data.partition(b"\n")
    names = PUBLISHER_FILES
    home = folder() / "report"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    (home / "source.txt").write_text(REPORT, encoding="utf-8")
    named = [name for name in names if name.encode() == head]
    (home / (named[0] if named else names[len(data) % len(names)])).write_bytes(rest)
    try:
        report_reader.read_report(home / "source.txt", "report", vocabularies(), home)
    except Exception as error:
        if not is_ours(error):
            raise


def _site(data: bytes) -> None:
    """The settings of a site: `site.toml`."""
    file = folder() / "site.toml"
    file.write_bytes(data)
    try:
        settings.site(file, archive.form_ids())
    except Exception as error:
        if not is_ours(error):
            raise


def _words(data: bytes) -> None:
    """The first line names a word list of the vocabulary, the rest is its content; without a name it is `units.toml`."""
    head, _, rest = data.partition(b"\n")
    names = {path.relative_to(ROOT / "vocabulary").as_posix() for path in (ROOT / "vocabulary").rglob("*.toml")}
    named = head.decode("latin-1")
    home = folder() / "words"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(ROOT / "vocabulary", home)
    (home / (named if named in names else "units.toml")).write_bytes(rest if named in names else data)
    try:
        report_reader.read_vocabularies(home)
    except word_files.VocabularyError:
        return


def _marks(data: bytes) -> None:
    """A page of `docs/` below its front matter, read by our extension of Markdown."""
    page = data.decode("utf-8", "replace")
    try:
        markdown.markdown(page, extensions=["attr_list", "md_in_html", "tables", "toc", mkdocs_config.MARKS])
    except MarkError as error:
        if "docs/ 由程序写出" not in str(error):
            raise Finding("an error gives no advice") from error


def _mkdocs(data: bytes) -> None:
    """The settings of MkDocs that a person may edit, `mkdocs.yml`; they are read, and nothing is built."""
    home = folder() / "mkdocs"
    (home / "docs").mkdir(parents=True, exist_ok=True)
    (home / "docs" / "index.md").write_text("x", encoding="utf-8")
    (home / mkdocs_config.GENERATED).write_text("site_name: x\n", encoding="utf-8")
    (home / mkdocs_config.CONFIG).write_bytes(data)
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)  # a build collects what MkDocs logs; here it would fill the screen
    try:
        rendering.loaded_config(home / mkdocs_config.CONFIG, home / "site", ROOT / "templates" / "overrides")
    except (MkDocsException, SiteError):
        return
    finally:
        logger.setLevel(level)


def _records(data: bytes) -> None:
    """The records of a served folder: the first line names `version.json` or `versions.json`, the rest is its content."""
    head, _, rest = data.partition(b"\n")
    file = folder() / "record.json"
    file.write_bytes(rest)
    try:
        if head == b"versions.json":
            versions = record.read_version_list(file)
            if versions:
                record.version_list_text(versions)
        elif version := record.read_version(file):
            list(version_pages.sentences_about(version, oldest=False, same=False))
            file.write_text(record.version_text(version), encoding="utf-8", errors="surrogatepass")
            if "\\ud" not in record.version_text(version).lower() and record.read_version(file) != version:
                raise Finding("a record is read otherwise once it is written again")
    except record.RecordError:
        return


def _archive(data: bytes) -> None:
    """An archive file: its kind is told by its first bytes. A changed bag is proven only if its content is the same."""
    file = folder() / (
        "a-bag.zip"
        if b"bagit.txt" in data
        else "a.epub"
        if b"mimetypeapplication/epub" in data[:99]
        else "a-offline.zip"
    )
    if data.startswith(b"%PDF"):
        file = folder() / "a.pdf"
    elif data[:9].lower() == b"<!doctype":
        file = folder() / "a.html"
    elif not data.startswith(b"PK"):
        file = folder() / "SHA256SUMS"
    file.write_bytes(data)
    verdict = prove(file)
    file.unlink()
    if verdict.code != 0 and not verdict.line:
        raise Finding("a verdict says nothing")
    if verdict.proven and file.suffix != ".zip":
        raise Finding("a file is proven without a list of digests")


_NODE = r"""
const vm = require("vm"), lines = require("readline").createInterface({ input: process.stdin });
let engine = null;
lines.on("line", (line) => {
  const given = JSON.parse(line);
  if (!engine) {
    for (const script of given) vm.runInThisContext(script);
    engine = globalThis.workreportSearch;
    engine.start(globalThis.workreportIndex);
    globalThis.workreportIndex.data.forEach((report) => engine.add(report));
    console.log("ready");
    return;
  }
  try {
    const began = process.cpuUsage().user;
    const found = engine.search(given);
    for (const hit of found.hits) for (const [a, b] of engine.spansInText(hit)) if (!(a >= 0 && a < b)) throw new Error("span");
    const spent = (process.cpuUsage().user - began) / 1e6;
    console.log(spent > 5 ? `slow: ${spent} s` : "");
  } catch (error) { console.log(String(error.stack).replace(/\n/g, " ")); }
});
"""


@cache
def _engine() -> subprocess.Popen[str]:
    """A running Node.js with the page's search over one small report."""
    from workreport.analysis import links
    from workreport.website import search
    from workreport.website.pages import assets

    node = shutil.which("node")
    if node is None:
        raise Finding("Node.js is not installed, so the search cannot be fuzzed")
    (folder() / "search.md").write_text(REPORT, encoding="utf-8")
    reading = report_reader.read_report(folder() / "search.md", "a", vocabularies()).reading
    index = search.index_files(
        links.publish((reading,), ""), search.readings, search.traditional, vocabularies().figures.units
    )
    scripts = [text for _, text in index] + [assets.load(ROOT / "templates" / "assets")["search.js"]]
    running = subprocess.Popen(
        [node, "-e", _NODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    if _asked(running, scripts) != "ready":
        raise Finding("the search does not start")
    return running


def _asked(running: subprocess.Popen[str], value: object) -> str:
    """Send one JSON value and return the line that answers it."""
    into: IO[str] | None = running.stdin
    out: IO[str] | None = running.stdout
    assert into is not None
    assert out is not None
    into.write(json.dumps(value) + "\n")
    into.flush()
    return out.readline().strip()


def _query(data: bytes) -> None:
    """A query of the page's search."""
    answer = _asked(_engine(), data.decode("utf-8", "surrogateescape")[:2000])
    if answer:
        raise Finding(answer)


CORPUS = ROOT / "tests" / "fuzz" / "corpus"
"""A folder for each target with the files that its fuzzing starts from; one that once failed is called found-…"""
TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": _text,
    "plain": _reader(plain.extract),
    "html": _reader(html.extract),
    "docx": _reader(docx.extract),
    "pdf": _reader(lambda data, path: native.extract("pdf", data, path)),
    "settings": _settings,
    "site": _site,
    "words": _words,
    "marks": _marks,
    "mkdocs": _mkdocs,
    "records": _records,
    "archive": _archive,
    "query": _query,
}
"""Each target takes the bytes of a file, and raises for a finding."""
