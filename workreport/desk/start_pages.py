"""Knows the first pages: a new project with six questions or one that exists, reading in a report, and what was read.

Leaves making projects and adding reports to `build`, where the commands `new` and `add` have them from.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from workreport import archive
from workreport.build.add import add_report
from workreport.build.new_project import NotNew, make_project
from workreport.build.new_report_files import summary_lines
from workreport.build.reading_summary import check_first, front_lines, held_lines
from workreport.desk.desk_page import desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk, is_project
from workreport.desk.tasks import DeskTask, told
from workreport.desk.toml_values import TomlValue, with_values
from workreport.ingest.formats import format_table
from workreport.model import Reading
from workreport.project import paths, report_settings, settings, writer


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a new project: the key of `site.toml` that the answer is written to, and an example."""

    key: str
    label: str
    hint: str


QUESTIONS = (
    Question("title", "网站叫什么名字？", "如：拱墅区政府工作报告。不写，就用报告的名字。"),
    Question("publisher", "由谁发布？", "如：某某区人民政府办公室。显示在页脚和引用格式里。"),
    Question(
        "address", "将来的网址是什么？", "以 https:// 开头，如 https://www.example.gov.cn/gzbg/。还不知道就空着。"
    ),
    Question("contact", "发现错误找谁？", "邮箱、电话或网址。"),
    Question("footer.icp", "ICP 备案号是什么？", "如：浙ICP备00000000号。显示在页脚。"),
    Question("footer.site_code", "政府网站标识码是什么？", "十位数字。显示在页脚。"),
)
"""The six questions about a new project; each may be left open."""


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report on the first page: its slug, its name, and how many of its facts nobody has confirmed; or what is wrong."""

    slug: str
    name: str
    unconfirmed: int = 0
    error: str = ""


def start(desk: Desk) -> str:
    """The first page."""
    if desk.root is None:
        return _new_project(desk, {}, str(desk.here / "政府工作报告"))
    reports = [_listed(desk, slug) for slug in desk.slugs()]
    return desk_page(
        desk, "start", title="开始", at="/", notice=request.args.get("notice", ""), reports=reports,
        endings=",".join(format_table.all_endings()), usual=format_table.usual_endings(),
    )  # fmt: skip


def make(desk: Desk) -> Response | str:
    """Make a new project with the answers to the questions."""
    given = request.form.get("folder", "").strip()
    answers = {q.key: request.form.get(q.key, "").strip() for q in QUESTIONS}
    wanted: dict[str, TomlValue | None] = {key: answer for key, answer in answers.items() if answer}
    try:
        folder = _folder(desk, given)
        _require_project(folder, there=False)
        _check_settings(wanted)
        make_project(folder, lambda _: None)
    except Exception as error:  # noqa: BLE001 - the page tells any error beside what was typed
        return _new_project(desk, answers, given, told(error))
    desk.open(folder)
    desk.edits.change(folder / "site.toml", "回答六个问题", {}, wanted, lambda _: None)
    return redirect("/?notice=made", 303)


def open_project(desk: Desk) -> Response | str:
    """Open a project that exists."""
    given = request.form.get("folder", "").strip()
    try:
        folder = _folder(desk, given)
        _require_project(folder, there=True)
        desk.open(folder)
    except Exception as error:
        if desk.root is not None:
            raise
        return _new_project(desk, {}, str(desk.here / "政府工作报告"), told(error), given)
    return redirect("/?notice=opened", 303)


def leave(desk: Desk) -> Response:
    """Close the project, so that another one can be made or opened."""
    desk.tasks.require_idle()
    desk.close()
    desk.root = None
    return redirect("/", 303)


def add(desk: Desk) -> Response | str:
    """Read in a file that was dropped on the page or chosen."""
    root = desk.need_root()
    given = request.files.get("file")
    if given is None or not given.filename:
        raise NotNew("没有选文件。请选一份报告，或把它拖到框里。")
    name, data = _clean_name(given), given.read(format_table.LARGEST + 1)

    def work(task: DeskTask) -> str:
        with tempfile.TemporaryDirectory() as folder, task.report("读入报告", name):
            file = Path(folder) / name
            writer.write_bytes(file, data)
            added = add_report(root, file, None, task.say)
        desk.remarks[added.slug] = added.look
        desk.edits.made_folder(f"读入报告 {added.slug}", root / "reports" / added.slug)
        return f"/report/{added.slug}?notice=added"

    task = desk.tasks.begin("读入报告", "/", work)
    return redirect(f"/task/{task.number}", 303)


def report(desk: Desk, slug: str) -> str:
    """What was read in a report, and what to look at first."""
    reading = desk.read(slug)
    look = _in_words_of_the_desk(desk.remarks.get(slug) or check_first(reading, reading.source.remarks))
    return desk_page(
        desk, "report", title=reading.meta.name, at="", notice=request.args.get("notice", ""), slug=slug,
        counts=_counts(reading), look=look, front=front_lines(reading), held=held_lines(reading),
        unconfirmed=len(reading.meta.guessed), read=[row for row in summary_lines(reading.source) if "SHA-256" not in row],
    )  # fmt: skip


_DESK_WORDS = (
    (
        "report.toml 没有写 published（在网上发布的日期），页面和引用里就没有它",
        "在网上发布的日期还没有填，页面和引用里就没有它；可以在“事实”里填",
    ),
    ("，见 repairs.toml", "，见“原文”"),
)
"""What the command line says of files, and what the desk says in its place."""


def _in_words_of_the_desk(rows: Sequence[str]) -> list[str]:
    """Return what to look at first, with the desk's screens in the place of files."""
    told = list(rows)
    for ours, desks in _DESK_WORDS:
        told = [row.replace(ours, desks) for row in told]
    return told


def _counts(reading: Reading) -> list[tuple[str, str]]:
    """Return what was counted in a report, as (label, number) in the order of the page."""
    sections = [section for section in reading.outline.walk() if section.number]
    done = [r for r in reading.repairs if r.by != "reading" and r.status == "applied"]
    left = [r for r in reading.repairs if r.by == "reading"]
    rows = [
        ("字数", reading.source.characters),
        ("带序号的章节", len(sections)),
        ("指标", sum(1 for i in reading.indicators if i.duplicate_of is None)),
        ("承诺", len(reading.promises)),
        ("修复", len(done)),
        ("读入时略去", len(left)),
        ("存疑", len(reading.faults)),
    ]
    return [(label, str(number)) for label, number in rows]


def _listed(desk: Desk, slug: str) -> ListedReport:
    try:
        known = report_settings.metadata(desk.folder(slug))
    except Exception as error:  # noqa: BLE001 - a broken report is named, and the others are listed
        return ListedReport(slug, slug, error=told(error))
    name = f"{known.place}{f'{known.year}年' if known.year else ''}{known.title}"
    return ListedReport(slug, name or slug, len(known.guessed))


def _new_project(
    desk: Desk, answers: Mapping[str, str], folder: str, problem: str = "", other: str = "", notice: str = ""
) -> str:
    rows = [(q, answers.get(q.key, "")) for q in QUESTIONS]
    return desk_page(
        desk, "new", title="新建或打开项目", at="/", notice=notice, questions=rows, folder=folder,
        other=other, problem=problem,
    )  # fmt: skip


def _folder(desk: Desk, given: str) -> Path:
    """Return the folder of a project that a person typed. Raises `NotNew` if none was given."""
    if not given or "\0" in given:
        raise NotNew("请写上项目的文件夹。")
    return desk.typed_folder(given)


def _require_project(folder: Path, *, there: bool) -> None:
    """Raise `NotNew` if a folder is a project and none is wanted `there`, or the other way round."""
    if is_project(folder) and not there:
        raise NotNew(f"{folder} 里已经有一个项目。请在“打开已有的项目”里打开它。")
    if there and not is_project(folder):
        raise NotNew(f"{folder} 里没有项目（没有 site.toml，也没有 reports）。请看看是不是选错了文件夹。")


def _check_settings(wanted: Mapping[str, TomlValue | None]) -> None:
    """Raise the error of the program if it does not accept these answers."""
    text = (paths.shipped() / "templates" / "site.toml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "site.toml"
        writer.write_text(path, with_values(text, wanted))
        settings.site(path, archive.form_ids())


def _clean_name(given: FileStorage) -> str:
    """Return a file name with nothing of a path in it: what follows the last slash, without characters that systems reserve.

    The name only tells the format, and a slug where the report states no place.
    """
    last = re.split(r"[/\\]", given.filename or "")[-1]
    stem, dot, ending = last.rpartition(".")
    ending = re.sub(r"[^0-9A-Za-z]", "", ending)[:8]
    if not dot or not ending:
        raise NotNew(f"文件名没有扩展名，认不出格式。可以读的有 {format_table.usual_endings()}。")
    stem = re.sub(r"[^\w-]+", "-", stem).strip("-_")[:60] or "report"
    return f"{stem}.{ending.lower()}"


ADDRESSES = (
    DeskAddress("/", start),
    DeskAddress("/project/new", make, changes=True),
    DeskAddress("/project/open", open_project, changes=True),
    DeskAddress("/project/leave", leave, changes=True),
    DeskAddress("/add", add, changes=True),
    DeskAddress("/report/<slug>", report),
)
"""The addresses of these pages."""
