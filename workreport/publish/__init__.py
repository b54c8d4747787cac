"""Knows how a finished site becomes a version in a folder that a web server serves, and how the newest is switched to.

Versions stand side by side in `v/`; the stable address is the folder itself. Where links can be made, its entries lead
through one link that is exchanged by a single rename; elsewhere one pointer file is written last. Leaves what changed
to `changes`, the records to `record`, the pages about versions to `listing`, the proof of the site to `check`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workreport import archive
from workreport.project import paths, writer
from workreport.publish import differences, places, record, version_pages
from workreport.publish.record import FACTS, LEDGER, VERSIONS, Ledger, Version
from workreport.verify import site as check
from workreport.website import tokens

LINKS, POINTER = "links", "pointer"
CURRENT = "current"
"""In the work folder of a served folder: the link that the stable address leads through."""
POINTER_FILE = "current.js"
UNDERWAY = "publishing"
ROOTS = "roots"

_OF_THE_WHOLE = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})
_OWN = {"publish.css": (LINKS, POINTER), "kept.js": (LINKS,), "go.js": (POINTER,)}
_SHOWN = 5

Say = Callable[[str], None]


class PublishError(Exception):
    """Nothing was published and readers see what they saw; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication gave: the version now newest, its address in the served folder, the version before it ("").

    The one before is the last that was not taken away. `counts` are sentences by kind of change, `came` and `went` the
    titles of reports that only one of the two has, `renamed` of those that both have, under another slug; `unchanged`
    where the newest version was this very site already.
    """

    version: str
    address: str
    before: str
    unchanged: bool
    how: str
    files: int
    shared: int
    counts: dict[str, int]
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    first: bool = False

    def told(self) -> str:
        """One line for a person."""
        if self.unchanged:
            return f"没有变化：最新的一版（{self.version}）就是这个网站，没有添加新版。"
        told = [f"新增报告 {len(self.came)} 份"] if self.came else []
        told += [f"不再有报告 {len(self.went)} 份"] if self.went else []
        told += [f"改了网址的报告 {len(self.renamed)} 份"] if self.renamed else []
        told += [f"{w} {self.counts[k]} 句" for k, w in _WORDS.items() if self.counts[k]]
        nothing = "首次发布" if self.first else "此前各版都已撤下，无从比较"
        change = f"与 {self.before} 相比{'，'.join(told) or '报告文字没有改动'}" if self.before else nothing
        return (
            f"已发布 {self.version}：{change}；{self.files} 个文件，其中 {self.shared} 个与前一版共用。{self.address}"
        )


_WORDS = {"changed": "改", "added": "增", "removed": "删", "moved": "移"}


@dataclass(slots=True)
class _Work:
    """One publication: where it comes from and goes to, and what is known before anything is written."""

    site: Path
    to: Path
    staging: Path
    templates: Path
    how: str
    name: str
    ledger: Ledger | None
    files: dict[str, str]
    stamp: int
    frame: version_pages.Frame
    begun: bool
    kept: dict[str, str] = field(default_factory=dict)
    shared: int = 0

    def template(self, name: str) -> str:
        text = (self.templates / name).read_text(encoding="utf-8")
        return tokens.load(self.templates.parent).filled(text) if name.endswith(".css") else text

    def version_folder(self, name: str) -> Path:
        return self.to / VERSIONS / name

    def before(self) -> str:
        return self.ledger.newest() if self.ledger else ""


def publish(root: Path, to: Path, say: Say, *, again: bool = False, plain: bool = False) -> Published:
    """Put `root/site` into the folder `to` as a new version and let the stable address lead to it.

    The site is proved first (`check`). A site equal to the newest version is not published twice, unless `again`.
    `plain` publishes without links and renames, for places that have none; a folder stays as it began. Readers see the
    wholly old or the wholly new site at any moment, also when this is killed; what a killed one left goes with the next.

    Raises `PublishError`, or `writer.BusyError` when another publication goes on for ten minutes.
    """
    to = to.absolute()
    site = root / "site"
    _refuse_places(root, site, to)
    with writer.lock_project(root, say):
        problems = check.check(root)
        if problems:
            shown = "".join(f"\n  {problem}" for problem in problems[:_SHOWN])
            more = f"\n  ……另有 {len(problems) - _SHOWN} 处" if len(problems) > _SHOWN else ""
            raise PublishError(f"网站没有通过核对，没有发布：{shown}{more}")
        day = record.day_of(site)
        if day is None:
            raise PublishError(
                "没有一份报告写明日期，版本无从命名。请在 reports/<短名>/report.toml 里写上 date，再构建一次。"
            )
        if not (site / archive.COPIES).is_dir():
            say("提示：这个网站没有离线包（只做了页面），照样发布。")
        with writer.lock_project(to, say, what="发布") as staging:
            return _publish(_prepared(root, site, to, staging, day.isoformat(), say, plain=plain), again=again)


def _refuse_places(root: Path, site: Path, to: Path) -> None:
    for made in (site, root / "archive", root / "docs", root / "reports"):
        if to.resolve().is_relative_to(made.resolve()):
            raise PublishError(f"{to} 在 {made} 之内，构建时会被换掉。请另选一个文件夹。")
    if root.resolve().is_relative_to(to.resolve()):
        raise PublishError(f"{to} 就是项目文件夹或包含它，不能用来发布。请另选一个文件夹。")
    if to.exists() and not to.is_dir():
        raise PublishError(f"{to} 不是文件夹。请另选一个。")


def _prepared(root: Path, site: Path, to: Path, staging: Path, day: str, say: Say, *, plain: bool) -> _Work:
    """What is there already, what a killed publication left (it goes), and how this place can be switched."""
    _go_forward(to)
    ledger = _ledger(to)
    if ledger and plain and ledger.how != POINTER:
        raise PublishError(f"{to} 是用链接发布的，不能改用 --plain。请另选一个文件夹。")
    begun = _clear(to, ledger)
    how = ledger.how if ledger else POINTER if plain else LINKS
    if how == LINKS and not writer.supports_links(staging):
        if ledger:
            raise PublishError(f"{to} 是用链接发布的，但现在不能在里面建立链接。请检查权限，或另选一个文件夹。")
        say("这里不能建立链接，改为不用链接发布（--plain）：最后写指针文件。")
        how = POINTER
    known = [name for name, _ in ledger.versions] if ledger else []
    taken = [*known, *(path.name for path in (to / VERSIONS).glob(f"{day}.*"))]
    counts = [int(found[2]) for name in taken if (found := record.NAME.fullmatch(name)) and found[1] == day]
    templates = root / "templates" / "publish"
    if not templates.is_dir():
        templates = paths.shipped() / "templates" / "publish"
    name = f"{day}.{max(counts, default=0) + 1}"
    files = record.digests_of(site)
    stamp = writer.timestamp_after(to / VERSIONS / LEDGER)
    work = _Work(site, to, staging, templates, how, name, ledger, files, stamp, _frame(site, how, name), begun)
    _refuse_names(work)
    return work


def _go_forward(to: Path) -> None:
    """A version that was killed when only the pointer was wanting gets its pointer: the list names it already."""
    journal, prepared = to / writer.WORK / UNDERWAY, to / writer.WORK / POINTER_FILE
    if journal.is_file() and prepared.is_file():
        listed = record.read_ledger(to / VERSIONS / LEDGER)
        name = journal.read_text(encoding="utf-8").strip()
        if listed and listed.how == POINTER and name == listed.newest() == _pointed_at(prepared):
            writer.write_without_rename(to / POINTER_FILE, prepared.read_bytes())


def _pointed_at(pointer: Path) -> str | None:
    found = re.search(r'"version": "([^"]*)"', pointer.read_text(encoding="utf-8"))
    return found[1] if found else None


def _ledger(to: Path) -> Ledger | None:
    """The ledger as far as readers see it."""
    pointer = to / POINTER_FILE
    newest = None
    if pointer.is_file():
        newest = _pointed_at(pointer)
    elif not (to / writer.WORK / CURRENT).is_symlink():
        return None
    return record.read_ledger(to / VERSIONS / LEDGER, newest)


def _clear(to: Path, ledger: Ledger | None) -> bool:
    """Take away what a killed publication left (the version it was at); True where there was one.

    Stable folders that nothing leads to any more go too.
    """
    journal = to / writer.WORK / UNDERWAY
    known = {name for name, _ in ledger.versions} if ledger else set()
    begun = journal.is_file()
    if begun:
        name = journal.read_text(encoding="utf-8").strip()
        if record.NAME.fullmatch(name) and name not in known:
            writer.remove_folder(to / VERSIONS / name)
            writer.remove_folder(to / writer.WORK / ROOTS / name)
    # The one before the newest stays: a reader may be on the way into it.
    recent = {name for name, _ in ledger.versions[-2:]} if ledger else set()
    roots = to / writer.WORK / ROOTS
    for old in sorted(roots.iterdir()) if roots.is_dir() else ():
        if old.name not in recent:
            writer.remove_folder(old)
    return begun


def _refuse_names(work: _Work) -> None:
    """Nothing of somebody else's is covered, and no report's folder has a name that the served folder needs."""
    tops = {name.partition("/")[0] for name in work.files}
    for name in (VERSIONS, writer.WORK, POINTER_FILE, FACTS):
        if name in tops:
            raise PublishError(f"网站里的 {name} 与发布所用的名称相同。请给这份报告另取短名（reports/ 里的文件夹名）。")
    for name in sorted(tops) if work.how == LINKS else [n for n in work.files if _led(n)]:
        if not _ours(work.to / name):
            raise PublishError(f"{work.to / name} 不是发布的内容，没有覆盖。请移走它，或另选一个文件夹。")
    for path in (work.to / VERSIONS / LEDGER, work.to / version_pages.LIST):
        if work.ledger is None and not work.begun and path.exists():
            raise PublishError(f"{path} 已经存在，却没有发布的记录。请另选一个文件夹，或移走 {work.to / VERSIONS}。")


def _led(name: str) -> bool:
    """A page that has a stable address where there are no links."""
    return name.endswith(".html") and name not in _OF_THE_WHOLE


def _is_page(name: str) -> bool:
    """A page of the site; a copy for download is none, though it ends in .html: its digest was told, and its bytes stay."""
    return name.endswith(".html") and not name.startswith(f"{archive.COPIES}/")


def _ours(place: Path) -> bool:
    """Nothing stands there, or what an earlier publication put there."""
    if place.is_symlink():
        return place.readlink().parts[0] == writer.WORK
    if not place.exists():
        return True
    if not place.is_file():
        return False
    with place.open("rb") as page:
        return f" {version_pages.STUB} ".encode() in page.read(400)


def _publish(work: _Work, *, again: bool) -> Published:
    digest = record.digest_of(work.files)
    before = work.before()
    ledger = work.ledger
    if ledger and ledger.versions[-1][1] == digest and not again:
        if work.begun:
            _set_right(work, ledger)
        address = f"{VERSIONS}/{before}/index.html"
        return Published(before, address, before, True, work.how, len(work.files), len(work.files), Counter())
    version = _version(work, digest)
    work.kept = _kept(work, ledger)
    ledger = Ledger(work.how, (*(ledger.versions if ledger else ()), (work.name, digest)), work.kept)
    writer.write_without_rename(work.to / writer.WORK / UNDERWAY, f"{work.name}\n".encode())
    if work.how == LINKS:
        _switch_link(work, version, ledger)
    else:
        _switch_pointer(work, version, ledger)
    writer.remove_folder(work.to / writer.WORK / UNDERWAY)
    counts = version.counts()
    came, went = (tuple(reports.values()) if version.before else () for reports in (version.came, version.went))
    renamed = tuple(version.reports[slug] for slug in version.renamed.values())
    return Published(
        work.name, f"{VERSIONS}/{work.name}/index.html", version.before, False, work.how, len(work.files), work.shared,
        counts, came, went, renamed, first=not before,
    )  # fmt: skip


def _set_right(work: _Work, ledger: Ledger) -> None:
    """After a kill just before or after the pointer: the list is written again, since it may not name the newest version."""
    newest = record.read_facts(work.version_folder(ledger.newest()) / FACTS)
    if work.how == POINTER and newest:
        frame = _frame(work.site, work.how, newest.name)
        for name, data in _about_versions(work, frame, newest, ledger):
            writer.write_without_rename(work.to / name, data)
    writer.remove_folder(work.to / writer.WORK / UNDERWAY)


def _version(work: _Work, digest: str) -> Version:
    now = differences.texts(work.site)
    reports = {slug: _title(work.site / slug) or slug for slug in now}
    # One that the publisher took away can be compared with nothing: the last that is still there can.
    known = reversed(work.ledger.versions) if work.ledger else ()
    before = next((facts for name, _ in known if (facts := record.read_facts(work.version_folder(name) / FACTS))), None)
    if before is None:
        return Version(work.name, "", digest, reports, reports, {}, {}, (), work.files)
    then = differences.texts(work.version_folder(before.name))
    renamed = differences.renamed(then, now)
    came = {slug: title for slug, title in reports.items() if slug not in then and slug not in renamed.values()}
    went = {slug: title for slug, title in before.reports.items() if slug not in now and slug not in renamed}
    told = differences.between(then, now)
    return Version(work.name, before.name, digest, reports, came, went, renamed, told, work.files)


def _title(folder: Path) -> str:
    front = folder / "index.html"
    return version_pages.title_of(front.read_text(encoding="utf-8")) if front.is_file() else ""


def _kept(work: _Work, ledger: Ledger | None) -> dict[str, str]:
    """Addresses that some version had and the new one has not, with the version that last had each."""
    if ledger is None:
        return {}
    last = record.read_facts(work.version_folder(ledger.newest()) / FACTS)
    kept = {**ledger.kept, **dict.fromkeys(last.files if last else (), ledger.newest())}
    return {name: version for name, version in kept.items() if name not in work.files and name not in _OF_THE_WHOLE}


def _lay_version(work: _Work, folder: Path, version: Version) -> None:
    """The version itself, whole; `version.json` is its last file."""
    earlier = work.version_folder(version.before) if version.before and work.how == LINKS else None
    for name in work.files:
        page = _to_fill(work.site, name)
        if page is None and work.how == LINKS:
            share = earlier / name if earlier else None
            work.shared += writer.copy_or_link(folder / name, work.site / name, earlier=share, stamp=work.stamp)
            continue
        data = (work.site / name).read_bytes()
        if page is not None:
            data = version_pages.filled(page, version_pages.line_of_version(name, work.name)).encode()
        writer.write_without_rename(folder / name, data)
        writer.set_modified(folder / name, work.stamp)
    writer.write_without_rename(folder / FACTS, record.facts_text(version).encode())


def _to_fill(site: Path, name: str) -> str | None:
    """A page with a place for the line on versions; the page for lost readers is served at any depth and has no line."""
    if not _is_page(name) or name == "404.html":
        return None
    data = (site / name).read_bytes()
    return data.decode() if version_pages.PLACE.encode() in data else None


def _about_versions(
    work: _Work, frame: version_pages.Frame, version: Version, ledger: Ledger
) -> Iterator[tuple[str, bytes]]:
    """What `v/` holds beside the versions: the list for programs, the list for people, styles and scripts."""
    shown: list[Version | str] = [version]
    for name, _ in reversed(ledger.versions[:-1]):
        shown.append(record.read_facts(work.version_folder(name) / FACTS) or name)
    yield f"{VERSIONS}/{LEDGER}", record.ledger_text(ledger).encode()
    yield version_pages.LIST, version_pages.versions_page(frame, work.template("versions.html"), shown).encode()
    for name, used in _OWN.items():
        if work.how in used:
            yield f"{VERSIONS}/{name}", work.template(name).encode()


def _frame(site: Path, how: str, version: str) -> version_pages.Frame:
    """A page of the site as it stands at the stable address, or, where there are no copies, in the new version."""
    path = site / version_pages.FRAME
    if not path.is_file():
        raise PublishError(f"网站里没有 {version_pages.FRAME}，历次版本的页面无从排起。请用 build.py 重新构建。")
    at = version_pages.FRAME if how == LINKS else f"{VERSIONS}/{version}/{version_pages.FRAME}"
    return version_pages.Frame(
        version_pages.filled(path.read_text(encoding="utf-8"), version_pages.line_of_newest(at)), at
    )


def _switch_link(work: _Work, version: Version, ledger: Ledger) -> None:
    """Lay out the version and the new stable folder, put both in place, and exchange one link."""
    own, root = work.staging / "version", work.staging / "root"
    _lay_version(work, own, version)
    _lay_root(work, own, root, version, ledger)
    writer.move_folder(own, work.version_folder(work.name))
    writer.move_folder(root, work.to / writer.WORK / ROOTS / work.name)
    # What is new here leads nowhere until the exchange, as it did before.
    placed = work.to / writer.WORK / ROOTS / work.name
    for path in sorted(placed.iterdir()):
        if path.name != VERSIONS:
            _link(work.to / path.name, f"{writer.WORK}/{CURRENT}/{path.name}")
    for path in sorted((placed / VERSIONS).iterdir()):
        _link(work.to / VERSIONS / path.name, f"../{writer.WORK}/{CURRENT}/{VERSIONS}/{path.name}")
    writer.flush_to_disk()
    writer.make_link(work.to / writer.WORK / CURRENT, f"{ROOTS}/{work.name}")


def _link(path: Path, target: str) -> None:
    if not path.is_symlink() or str(path.readlink()) != target:
        writer.make_link(path, target)


def _lay_root(work: _Work, own: Path, root: Path, version: Version, ledger: Ledger) -> None:
    """What the stable address shows: the newest version's files, and what keeps older addresses from leading nowhere."""
    last = work.to / writer.WORK / ROOTS / work.before() if work.before() else None
    for name in work.files:
        page = _to_fill(work.site, name)
        if page is None:
            writer.copy_or_link(root / name, own / name, earlier=own / name)
        else:
            _lay_page(work, root, last, name, version_pages.filled(page, version_pages.line_of_newest(name)))
    now = _places(work)
    for name, was_in in work.kept.items():
        if _is_page(name):
            page = version_pages.kept_page(work.frame, work.template("kept.html"), name, was_in, now.get(name))
            _lay_page(work, root, last, name, page)
        elif (old := work.version_folder(was_in) / name).is_file():
            writer.copy_or_link(root / name, old, earlier=old)
    for name, data in _about_versions(work, work.frame, version, ledger):
        _lay_page(work, root, last, name, data.decode())


def _lay_page(work: _Work, root: Path, last: Path | None, name: str, text: str) -> None:
    # A page that says what it said keeps its date, so that no reader fetches it twice.
    new = work.staging / "page"
    writer.write_bytes(new, text.encode(), durable=False)
    writer.copy_or_link(root / name, new, earlier=last / name if last else None, stamp=work.stamp)


def _places(work: _Work) -> dict[str, version_pages.Place]:
    """For each page that is no more: where the newest version has what it held."""
    gone = {name: work.version_folder(was_in) for name, was_in in work.kept.items() if _is_page(name)}
    return places.places(work.site, work.files, gone)


def _switch_pointer(work: _Work, version: Version, ledger: Ledger) -> None:
    """Write the version, the pages that lead to the newest, the list, and last of all the pointer."""
    _lay_version(work, work.version_folder(work.name), version)
    stub = work.template("stub.html")
    for name in (*work.files, *work.kept):
        if _led(name):
            writer.write_without_rename(work.to / name, version_pages.stub_page(stub, name).encode())
    kept = {name: was_in for name, was_in in work.kept.items() if _led(name)}
    pointer = version_pages.pointer_text(work.name, kept, _places(work)).encode()
    writer.write_without_rename(work.to / writer.WORK / POINTER_FILE, pointer)
    # From here on it can only go forward: what the list names is whole and stays.
    for name, data in _about_versions(work, work.frame, version, ledger):
        writer.write_without_rename(work.to / name, data)
    writer.flush_to_disk()
    writer.write_without_rename(work.to / POINTER_FILE, pointer)
