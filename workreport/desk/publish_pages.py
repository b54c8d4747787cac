"""Knows the pages of checking and publishing: build, check, preview, what would change, publish to a folder, the zip.

Leaves the work to `build`, `verify` and `publish`, where the commands of these names have it from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import redirect, request, send_file
from werkzeug.wrappers import Response

from workreport import archive, publish
from workreport.build import labels_missing, outputs, plan, private_doubts
from workreport.desk.desk_page import desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk
from workreport.desk.tasks import DeskTask
from workreport.project import plain_tree, writer
from workreport.publish import PublishError, SentenceChange
from workreport.publish.publish_result import CHANGE_WORDS
from workreport.publish.record import Version
from workreport.verify import site as verify_site

_MOST_CHANGES = 200
"""The most changed sentences that a page shows one by one; the rest is counted."""
_MOST_PROBLEMS = 20
"""The most problems of a check that a page shows."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A changed sentence: the verb of its kind, the report's title, the heading above, and its words as pairs of (old, new)."""

    kind: str
    report: str
    under: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A published version: its name, the day of its publication ("" if unknown), what changed; `gone`: its folder was deleted."""

    name: str
    day: str
    changes: tuple[str, ...]
    gone: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A file of `archive/` to hand over: its number on the page, its name and its size."""

    number: int
    name: str
    size: str


def publishing_page(desk: Desk) -> str:
    """The page of checking and publishing."""
    root = desk.need_root()
    last = plan.last_build(root, plan.fallback_date(desk.environment))
    state = "none" if not (root / "site").is_dir() else "current" if last and last.current else "stale"
    return desk_page(
        desk, "publish", title="核对与发布", at="/publish", notice=request.args.get("notice", ""), state=state,
        reports=desk.slugs(), preview=desk.preview_origin(), problems=desk.problems, lines=desk.lines,
        to=desk.remembered_folder(), files=_files(root) if state == "current" else [],
    )  # fmt: skip


def build(desk: Desk) -> Response:
    """Build the whole site, then check it."""
    root = desk.need_root()

    def work(task: DeskTask) -> str:
        desk.problems, desk.lines = None, ()
        order = plan.BuildOrder(root, fallback_date=plan.fallback_date(desk.environment))
        if plan.unchanged(order) is None:
            made = outputs.build(order, task.report, task.say)
            if made.broken:
                raise PublishError(
                    f"没有做成的报告：{'、'.join(r.slug for r in made.broken)}。原因见上。其余都已做好。"
                )
        desk.site_changed()
        _check(desk, root, task)
        return "/publish?notice=built"

    return _begin(desk, "制作并核对网站", work)


def _check(desk: Desk, root: Path, task: DeskTask) -> None:
    """Check the finished site, as the command `check` does, and keep what it says for the page."""
    with task.report("核对", "链接、锚点、校验和、外部资源"):
        problems = verify_site.check(root)
    more = [f"另有 {len(problems) - _MOST_PROBLEMS} 处"] if len(problems) > _MOST_PROBLEMS else []
    desk.problems = (*map(str, problems[:_MOST_PROBLEMS]), *more)
    desk.lines = (*private_doubts.stored(root), *labels_missing.missing(root))


def compare(desk: Desk) -> Response:
    """Make the site current, and find out what publishing it to a folder would change."""
    root = desk.need_root()
    to = _target(desk, request.form.get("to", ""))

    def work(task: DeskTask) -> str:
        _current(desk, root, task)
        desk.site_changed()
        with task.report("与已发布的相比", str(to)):
            desk.plan, desk.back = (to, publish.planned_version(root, to)), ""
        return "/publish/changes"

    return _begin(desk, "看看会改什么", work)


def versions(desk: Desk) -> str:
    """The page of all versions that were published to the folder of the last publication."""
    desk.need_root()
    given = request.args.get("to", "") or desk.remembered_folder()
    known = publish.known_versions(desk.typed_folder(given)) if given and "\0" not in given else []
    rows = [
        ShownVersion(v, "", (), gone=True) if isinstance(v, str) else ShownVersion(v.name, v.day, _told(v), gone=False)
        for v in known
    ]
    return desk_page(desk, "versions", title="历次版本", at="/publish", to=given, versions=rows)


def _told(version: Version) -> tuple[str, ...]:
    """What changed in a version, in short phrases."""
    parts = [f"新增报告“{title}”" for title in version.came.values()] if version.before else ["首次发布"]
    parts += [f"撤下报告“{title}”" for title in version.went.values()]
    counts = version.counts()
    parts += [f"{word} {counts[kind]} 句" for kind, word in CHANGE_WORDS.items() if counts[kind]]
    return tuple(parts) or ("报告文字没有改动",)


def compare_back(desk: Desk) -> Response:
    """Find out what going back to an earlier version would change."""
    root = desk.need_root()
    to, back = _target(desk, request.form.get("to", "")), request.form.get("version", "")

    def work(task: DeskTask) -> str:
        with task.report("取回那一版", back):
            earlier = publish.restored(root, to, back)
        with task.report("与已发布的相比", str(to)):
            desk.plan, desk.back = (to, publish.planned_version(earlier, to)), back
        return "/publish/changes"

    return _begin(desk, "看看退回会改什么", work, back="/publish/versions")


def changes(desk: Desk) -> Response | str:
    """What publishing would change, with the button that does it."""
    desk.need_root()
    if desk.plan is None:
        return redirect("/publish", 303)
    (to, planned), back = desk.plan, desk.back
    found = planned.changes
    shown = [_shown(change, found.reports) for change in found.changes[:_MOST_CHANGES]]
    counts = {word: sum(c.kind == kind for c in found.changes) for kind, word in CHANGE_WORDS.items()}
    return desk_page(
        desk, "changes", title=f"退回到 {back} 版：会改什么" if back else "发布以前：会改什么", at="/publish", to=str(to), back=back, planned=planned, shown=shown,
        more=len(found.changes) - len(shown), counts=[(word, n) for word, n in counts.items() if n],
        before=found.before.name if found.before else "", came=list(found.came.items()), went=list(found.went.items()),
        renamed=[found.reports[slug] for slug in found.renamed.values()],
    )  # fmt: skip


def publish_now(desk: Desk) -> Response:
    """Publish what the page of changes showed; if the site or the folder changed since, show the changes again."""
    root = desk.need_root()
    to = _target(desk, request.form.get("to", ""))
    digest, newest = request.form.get("digest", ""), request.form.get("newest", "")
    drop, back = tuple(request.form.getlist("drop")), request.form.get("back", "")

    def work(task: DeskTask) -> str:
        project = root
        if back:
            project = publish.restored(root, to, back)
        else:
            _current(desk, root, task)
        with task.report("与已发布的相比", str(to)):
            planned = publish.planned_version(project, to)
        if (planned.digest, planned.newest) != (digest, newest):
            desk.plan, desk.back = (to, planned), back
            raise PublishError("网站或发布文件夹在您看过以后又变了，没有发布。请再看一遍会改什么。")
        with task.report("发布", str(to)):
            result = publish.publish(project, to, task.say, drop=drop, day=publish.day_of_publication(desk.environment))
        desk.result, desk.plan, desk.back = (to, result), None, ""
        desk.remember_folder(to)
        return "/publish/done?notice=published"

    return _begin(desk, "发布", work, back="/publish/changes")


def done(desk: Desk) -> Response | str:
    """What the last publication did."""
    desk.need_root()
    if desk.result is None:
        return redirect("/publish", 303)
    to, result = desk.result
    return desk_page(
        desk, "done", title="已发布", at="/publish", notice=request.args.get("notice", ""), to=str(to),
        summary=result.summary(), page=str(to / "index.html"),
    )  # fmt: skip


def hand_over(desk: Desk, number: int) -> Response:
    """Send a file of `archive/`; `number` is its place in the list of the page, so that no name comes from outside."""
    root = desk.need_root()
    plain_tree.require_plain(root, ("archive",))
    names = archive.names_in(root / "archive") if (root / "archive").is_dir() else ()
    if not 0 <= number < len(names):
        return redirect("/publish", 303)
    return send_file(root / "archive" / names[number], as_attachment=True, download_name=names[number], etag=False)


def _files(root: Path) -> list[HandedOver]:
    """Return the files of `archive/`, those that hold the whole site first."""
    home = root / "archive"
    if not home.is_dir():
        return []
    rows = [(k, name) for k, name in enumerate(archive.names_in(home)) if (home / name).is_file()]
    rows.sort(key=lambda row: (not row[1].endswith(".zip"), row[0]))
    return [HandedOver(k, name, f"{(home / name).stat().st_size / 1e6:.1f} MB") for k, name in rows]


def _shown(change: SentenceChange, titles: dict[str, str]) -> ShownChange:
    words = publish.word_diff(change.old, change.new)
    return ShownChange(CHANGE_WORDS[change.kind], titles.get(change.report, change.report), change.under, words)


def _current(desk: Desk, root: Path, task: DeskTask) -> None:
    publish.make_current(root, task.report, task.say, task.say, task.say, epoch=plan.fallback_date(desk.environment))


def _target(desk: Desk, given: str) -> Path:
    """Return the folder to publish to. Raises `PublishError` if none was given, or one with other files than versions."""
    given = given.strip()
    if not given or "\0" in given:
        raise PublishError("没有写发布到哪个文件夹。请写上网页服务器所指的文件夹，或一个空文件夹。")
    to = desk.typed_folder(given)
    own = _own_names(desk.need_root(), to)
    if own:
        raise PublishError(
            f"{to} 里已经有别的文件（{own[0]} 等 {len(own)} 个），网站会放在它们中间，它们也会一起公开。"
            "请写一个空文件夹，或还没有的文件夹。"
        )
    return to


def _own_names(root: Path, to: Path) -> list[str]:
    """The names in a folder to publish to that no publication made; none of a folder that `publish` refuses by itself."""
    root, there = root.resolve(), to.resolve()
    if not to.is_dir() or root.is_relative_to(there) or there.is_relative_to(root) or publish.known_versions(to):
        return []
    return sorted({path.name for path in to.iterdir()} - {writer.WORK})


def _begin(desk: Desk, title: str, work: Callable[[DeskTask], str], back: str = "/publish") -> Response:
    task = desk.tasks.begin(title, back, work)
    return redirect(f"/task/{task.number}", 303)


ADDRESSES = (
    DeskAddress("/publish", publishing_page),
    DeskAddress("/publish/build", build, changes=True),
    DeskAddress("/publish/compare", compare, changes=True),
    DeskAddress("/publish/changes", changes),
    DeskAddress("/publish/now", publish_now, changes=True),
    DeskAddress("/publish/versions", versions),
    DeskAddress("/publish/back", compare_back, changes=True),
    DeskAddress("/publish/done", done),
    DeskAddress("/publish/file/<int:number>", hand_over),
)
"""The addresses of these pages."""
