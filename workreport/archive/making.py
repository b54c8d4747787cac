"""Knows which archive forms a build wants, reports missing tools before the build, and makes the files in order.

Leaves making one file to the module that the row in `forms` names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from workreport.archive import downloads, forms, picture_cache, poster, signing, site_mark, sums, typesetting
from workreport.archive.forms import Form
from workreport.archive.task import Job, Task
from workreport.model import Reading
from workreport.project import fonts, paths, writer
from workreport.project.progress import Stage
from workreport.project.settings import Settings


def missing_tools(settings: Settings, found: fonts.FoundFonts) -> tuple[str, ...]:
    """What this machine lacks for the wanted forms, pictures and signature: Chinese lines with commands to install it.

    >>> from workreport.project.settings import Build
    >>> missing_tools(Settings(build=Build(pictures=False, archive=False)), fonts.find([]))
    ()
    """
    typeset = [f"{form.title}（{form.ending}）" for form in _wanted(settings) if form.is_typeset]
    left_out = [*(["图片"] if settings.build.pictures else []), *typeset]
    lines = []
    if left_out and (missing := typesetting.missing_tools(found)):
        lines.append(f"缺少排版用的字体或工具，这次不做{'和'.join(left_out)}，其余照做。装上：{'；'.join(missing)}")
    elif typeset and fonts.KAI in found.missing:
        lines.append(f"没有楷体，{'、'.join(typeset)}里（一）级标题改用宋体。装上：{fonts.KAI.brought_by}")
    if settings.build.archive and settings.archive.minisign_key and (tool := signing.missing_tool()):
        lines.append(tool)
    return tuple(lines)


def signing_key(settings: Settings, root: Path) -> Path | None:
    """The path of the publisher's secret key; None where nothing will be signed.

    Nothing is signed where `site.toml` names no key, where it switches the archive off, or where minisign is missing.
    Raises SigningError for a key that cannot be used.
    """
    named = settings.archive.minisign_key
    return signing.key_at(named, root) if named and settings.build.archive and not signing.missing_tool() else None


def pictures(job: Job, failed: Callable[[str, str], None]) -> Iterator[tuple[str, bytes]]:
    """Every picture of the site, as its path in the site and its PNG; none where a tool or a needed font is missing.

    `failed` is called with path and reason of a picture that cannot be drawn; it is left out.
    """
    if typesetting.missing_tools(job.found):
        return iter(())  # `draw` would draw none: do not compose them
    wanted = poster.pictures(job.published, job.settings, paths.part_of(job.root, "typst").parent)
    return picture_cache.draw(wanted, job.found, job.root / writer.WORK / picture_cache.FOLDER, failed)


def mark(job: Job, failed: Callable[[str, str], None]) -> dict[str, bytes]:
    """The icons of the site and its manifest by path in the site; none where a tool or a needed font is missing.

    `failed` is called with path and reason of an icon that cannot be drawn; then there are none.
    """
    templates = paths.part_of(job.root, "typst").parent
    wanted = site_mark.pictures(job.published, job.settings, templates)
    drawn = dict(picture_cache.draw(wanted, job.found, job.root / writer.WORK / f"{picture_cache.FOLDER}-of-mark", failed))
    return site_mark.files(job.published, job.settings, templates, drawn)


def file_names(job: Job) -> tuple[str, ...]:
    """The names of all files that `make` will write, except the signature, in the order of the download page."""
    made = [name for _, _, name in _files(job)]
    return tuple(downloads.in_order([*made, sums.FILE])) if made else ()


def make(job: Job, site: Path, target: Path, secret: Path | None, stage: Stage) -> dict[str, str]:
    """Write the wanted archive files of the finished `site` into `target`, then `SHA256SUMS` and its signature.

    `site` and `target` are folders. `secret` is the path of the publisher's secret key, None for no signature. `stage`
    reports the progress of each file. Returns why a file could not be made, by its name: one bad report never stops the
    others. Raises the errors of writing, and SigningError.
    """
    failed: dict[str, str] = {}
    while True:
        files = tuple(name for name in file_names(job) if name not in failed)
        again = _make_files(job, site, target, files, stage)
        if not again:
            break
        # The files name each other, so that those made already are made anew without the names of the failed ones.
        failed |= again
        for name in files:
            writer.remove_folder(target / name)
    if files != (sums.FILE,) and files:
        sums.write(target)
        if secret:
            signature = signing.sign((target / sums.FILE).read_bytes(), secret, job.moment)
            writer.write_bytes(target / sums.SIGNATURE, signature, durable=False)
    return failed


def _make_files(job: Job, site: Path, target: Path, files: tuple[str, ...], stage: Stage) -> dict[str, str]:
    """Make those archive files whose names are among `files`; return why a file could not be made, by its name."""
    failed = {}
    for form, readings, name in _files(job):
        if name not in files:
            continue
        try:
            with stage(form.title, name), writer.atomic_write(target / name, durable=False) as out:
                form.make(Task(job, readings, site, name, files), out)
        except (writer.WriteError, ImportError, OSError):
            raise  # the disk or the installation fails, not this file
        except Exception as error:  # noqa: BLE001 - a report that no form expected stops that form alone
            failed[name] = reason(error)
    return failed


def reason(error: Exception) -> str:
    """Return an error as the reason why a file is missing: its message, with its type if it is not one of this project.

    >>> reason(ValueError("x"))
    'ValueError: x'
    """
    ours = type(error).__module__.startswith("workreport.")
    return str(error) if ours else f"{type(error).__name__}: {error}"


def _wanted(settings: Settings) -> Iterator[Form]:
    """The forms that `site.toml` does not switch off; none where it switches the archive off."""
    return (form for form in forms.FORMS if settings.build.archive and settings.archive.wants(form.id))


def _files(job: Job) -> Iterator[tuple[Form, tuple[Reading, ...], str]]:
    """Each file to make: its form, the reports in it, its name. Typeset forms are left out where a tool is missing."""
    can_typeset = not typesetting.missing_tools(job.found)
    for form in _wanted(job.settings):
        if form.is_typeset and not can_typeset:
            continue
        if form.whole:
            yield form, job.published.readings, f"{job.name}{form.ending}"
        else:
            for reading in job.published.readings:
                yield form, (reading,), f"{reading.meta.slug}{form.ending}"
