"""Knows in which forms a publication is handed over: which are wanted, what each is made of, and in which order.

Says beforehand what this machine lacks for them, and makes the rest. Leaves what a form holds to `pages`, how it is
packed to `archive`, setting to `typeset`, and drawing to `drawing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workreport.website import addresses
from workreport import archive
from workreport.archive import picture_cache, typesetting
from workreport.archive import bag, epub, downloads, html, signing, wacz, zips
from workreport.model import Publication, Reading
from workreport.archive import epub_book, pdf as document, preservation, poster
from workreport.project import fonts, paths, writer
from workreport.project.settings import Settings
from workreport.project.template_cache import FOLDER, Compiled

Stage = Callable[[str, str], AbstractContextManager[None]]
PICTURES = "pictures"
COVER = "cover.png"


@dataclass(frozen=True, slots=True)
class Job:
    """What the forms are made of: the readings, the publisher's settings, the project, and what reading gave beside.

    `name` is the slug, or the publication's name where there are several reports; `indexes` the search index of each
    report alone, by its slug; `beside` the names of files that may stand beside a source.
    """

    published: Publication
    settings: Settings
    root: Path
    name: str
    moment: date
    indexes: Mapping[str, str]
    beside: Sequence[str]

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slug of every report."""
        return tuple(reading.meta.slug for reading in self.published.readings)

    def day(self, reading: Reading) -> date:
        """The day a report's own files are dated by."""
        return reading.meta.date or self.moment


def lacking(settings: Settings, found: fonts.Found) -> tuple[str, ...]:
    """What this machine lacks for what is wanted, each in one line with the command that brings it.

    >>> from workreport.project.settings import Build
    >>> lacking(Settings(build=Build(pictures=False, archive=False)), fonts.find([]))
    ()
    """
    pdf = settings.build.archive and settings.archive.pdf
    wanted = [name for name, is_wanted in (("图片", settings.build.pictures), ("PDF", pdf)) if is_wanted]
    lines = []
    if wanted and (missing := typesetting.lacking(found)):
        lines.append(f"缺少排版用的字体或工具，这次不做{'和'.join(wanted)}，其余照做。装上：{'；'.join(missing)}")
    elif pdf and fonts.KAI in found.missing:
        lines.append(f"没有楷体，PDF 里（一）级标题改用宋体。装上：{fonts.KAI.brought_by}")
    if settings.build.archive and settings.archive.minisign_key and (tool := signing.missing_tool()):
        lines.append(tool)
    return tuple(lines)


def key(settings: Settings, root: Path) -> Path | None:
    """The publisher's key, looked at before the work starts; None where none is named or the tool is missing."""
    named = settings.archive.minisign_key
    return signing.key_at(named, root) if named and settings.build.archive and not signing.missing_tool() else None


def pictures(job: Job, found: fonts.Found) -> Iterator[tuple[str, bytes]]:
    """Every picture as its path in the site and its bytes; nothing where a font cannot be had."""
    if typesetting.lacking(found):
        return iter(())  # not even composed: that takes the same tools
    wanted = poster.pictures(job.published, job.settings, paths.part_of(job.root, "typst").parent)
    return picture_cache.draw(wanted, found, job.root / writer.WORK / PICTURES)


def names(job: Job, found: fonts.Found) -> tuple[str, ...]:
    """The files that will be handed over, in the order in which they are offered, the sums among them."""
    wanted = job.settings.archive
    alone = [(wanted.html, html.SUFFIX), (wanted.epub, ".epub"), (wanted.pdf and not typesetting.lacking(found), ".pdf")]
    made = [f"{r.meta.slug}{ending}" for is_wanted, ending in alone if is_wanted for r in job.published.readings]
    made += [
        f"{job.name}{ending}"
        for is_wanted, ending in ((wanted.zip, archive.OFFLINE), (wanted.bag, bag.ENDING))
        if is_wanted
    ]
    return tuple(downloads.in_order([*made, archive.SUMS])) if made else ()


def make(job: Job, site: Path, target: Path, found: fonts.Found, secret: Path | None, stage: Stage) -> None:
    """Write every wanted form of the finished `site` into the folder `target`, then the sums, then their signature.

    Raises the errors of the rooms it calls.
    """
    formats = names(job, found)
    for reading in job.published.readings:
        _of_one(job, reading, site, target, found, formats, stage)
    if f"{job.name}{archive.OFFLINE}" in formats:
        with stage("离线版", f"{job.name}{archive.OFFLINE}"):
            archive.pack(
                site, target, name=job.name, moment=job.moment, title=_title(job), formats=formats,
                slugs=job.slugs, verifier=paths.part_of(job.root, "verify"),
            )  # fmt: skip
    if f"{job.name}{bag.ENDING}" in formats:
        with stage("存档包", f"{job.name}{bag.ENDING}"):
            packed = zips.packed(_bagged(job, site, formats), job.moment)
            writer.write_bytes(target / f"{job.name}{bag.ENDING}", packed, durable=False)
    if formats:
        archive.write_sums(target)
        if secret:
            signature = signing.sign((target / archive.SUMS).read_bytes(), secret, job.moment)
            writer.write_bytes(target / archive.SIGNATURE, signature, durable=False)


def _of_one(
    job: Job, reading: Reading, site: Path, target: Path, found: fonts.Found, formats: Sequence[str], stage: Stage
) -> None:
    slug = reading.meta.slug
    if (name := f"{slug}.pdf") in formats:
        with stage("公文版式", name):
            made = document.pdf(reading, job.settings, found, paths.part_of(job.root, "typst").parent, job.day(reading))
            writer.write_bytes(target / name, made, durable=False)
    if (name := f"{slug}.epub") in formats:
        with stage("电子书", name):
            cover = site / addresses.report(reading, "picture").removesuffix(addresses.ROOT) / "poster.png"
            drawn = (COVER, cover.read_bytes()) if cover.is_file() else None
            texts = epub_book.pages(
                reading, job.published, job.settings, paths.part_of(job.root, "epub").parent, moment=job.day(reading),
                kept=Compiled(job.root / writer.WORK / FOLDER), cover=COVER if drawn else "",
            )  # fmt: skip
            writer.write_bytes(target / name, epub.packed(texts, job.day(reading), drawn), durable=False)
    if (name := f"{slug}{html.SUFFIX}") in formats:
        with stage("单个网页", name):
            chapters = [addresses.report(reading, section.id) for section in reading.paged]
            html.make(
                site, target, slug=slug, chapters=chapters, index=job.indexes[slug],
                frame=paths.part_of(job.root, "onefile"), beside=_beside(downloads.of_page(formats, f"{slug}/", job.slugs), name),
            )  # fmt: skip


def _bagged(job: Job, site: Path, formats: Sequence[str]) -> tuple[zips.Member, ...]:
    told = preservation.make(
        job.published, job.settings, paths.template_folders(job.root), name=job.name,
        base=wacz.base(job.settings.address, job.name), moment=job.moment, beside=job.beside,
    )  # fmt: skip
    payload = bag.parts(job.root, site, told.files, archive.packed_names(site))
    own = f"{job.name}{bag.ENDING}"

    def content(name: str, data: bytes) -> bytes:
        if not name.startswith(bag.SITE) or not name.endswith(".html"):
            return data
        page = name.removeprefix(bag.SITE)
        return downloads.filled(data, downloads.inside(downloads.of_page(formats, page, job.slugs), own))

    return bag.members(told, {name: content(name, data) for name, data in payload.items()}, job.moment)


def _beside(formats: Sequence[str], own: str) -> tuple[html.Beside, ...]:
    forms = [(name, downloads.form_of(name)) for name in formats if name != own]
    return tuple(html.Beside(name, form.name) for name, form in forms if form)


def _title(job: Job) -> str:
    return job.published.readings[0].meta.name if len(job.published.readings) == 1 else job.published.title
