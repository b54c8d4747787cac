"""Knows how MkDocs is run on all of `docs/`: with a fixed date, and with every warning treated as an error.

Leaves the configuration to `mkdocs_config`, changes to the pages to `finishing`, and where the site is put to `writer`.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader

from workreport.project import caches, writer
from workreport.website.mkdocs_config import CONFIG, GENERATED, MARKS
from workreport.website.site_error import SiteError
from workreport.website.template_cache import TemplateCache

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.theme import Theme as MkDocsTheme


def build(project: Path, target: Path, *, moment: date, overrides: Path | None = None) -> None:
    """Run MkDocs on `project/docs` with `project/mkdocs.yml` and write the site to the folder `target`.

    `moment` (the date of the newest report) replaces the present time, so that the same texts give the same bytes.
    `overrides` is the folder with our changes to the theme; None for the one that `mkdocs.yml` names. Raises
    `SiteError` if `mkdocs.yml` is missing or does not name our extension of Markdown, and if MkDocs reports an error or a warning.
    """
    with prepared(moment) as warnings:
        # Imported here: MkDocs takes longer to import than all our own modules together.
        from mkdocs.commands.build import build as run
        from mkdocs.exceptions import MkDocsException

        try:
            config = configured(project, target, overrides)
            with loaded_is_kept():
                run(config)
        except (MkDocsException, OSError, ValueError) as error:
            raise SiteError(_complaint(warnings, str(error))) from error
        require_none(warnings)


def configured(project: Path, target: Path, overrides: Path | None) -> MkDocsConfig:
    """Return the settings of a project for MkDocs, with the templates of its theme prepared; arguments and errors as in `build`."""
    config_file = project / CONFIG
    if not config_file.is_file():
        raise SiteError(f"{config_file}：没有这个文件。请从版本库恢复，或用 build.py add 新建项目。")
    config = loaded_config(config_file, target, overrides)
    _prepare_templates(config.theme, project / writer.WORK / caches.TEMPLATES)
    return config


def require_none(warnings: Sequence[str]) -> None:
    """Raise `SiteError` if MkDocs reported anything."""
    if warnings:
        raise SiteError(_complaint(warnings, ""))


def loaded_config(config_file: Path, target: Path, overrides: Path | None = None) -> MkDocsConfig:
    """Read `mkdocs.yml`; arguments as in `build`. Raises `SiteError` if it cannot be used, or MkDocs' own `MkDocsException`."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    try:
        theme = _theme(config_file, overrides) if overrides else None
        config = load_config(str(config_file), site_dir=str(target), theme=theme)
        named = MARKS in config.markdown_extensions
    except (MkDocsException, OSError):
        raise
    except Exception as error:  # what stands in the file may be anything, and MkDocs takes much of it for right
        reason = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise SiteError(f"{config_file}：不能用作 MkDocs 的设置（{reason}）。请改正，或从版本库恢复。") from error
    if not named:
        raise SiteError(
            f"{config_file}：markdown_extensions 里没有 {MARKS}，docs/ 里的记号读不出来。请照 MARKS.md 加上这一行。"
        )
    return config


@contextmanager
def loaded_is_kept() -> Iterator[None]:
    """Keep the garbage collector from looking again and again through all that is loaded, 7 % of the time of a small site."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class ThemeFiles(FileSystemLoader):
    """The files of a theme's folders. Folders whose name begins with a dot are not listed.

    MkDocs takes none of their files, and asks four patterns of each of Material's 14,000 icons to find that out.
    """

    def list_templates(self) -> list[str]:
        found = set()
        for root in self.searchpath:
            for folder, inner, names in os.walk(root):
                inner[:] = [name for name in inner if not name.startswith(".")]
                found |= {(Path(folder) / name).relative_to(root).as_posix() for name in names}
        return sorted(found)


def _prepare_templates(theme: MkDocsTheme, folder: Path) -> None:
    """Keep the compiled templates of the theme in `folder` for the next build, and list its files without its icons.

    Each saves a tenth of the time of a small site.
    """
    env = theme.get_env()
    env.bytecode_cache = TemplateCache(folder)
    env.loader = ThemeFiles(theme.dirs)
    theme.get_env = lambda: env  # type: ignore[method-assign]  # MkDocs gets its environment by this method only


def _theme(config_file: Path, overrides: Path) -> dict[str, object]:
    from mkdocs.utils.yaml import yaml_load

    # Without our file that it inherits: that has the navigation, which takes long to read, and no theme.
    alone = re.sub(rf"(?m)^INHERIT: *{re.escape(GENERATED)} *$", "", config_file.read_text(encoding="utf-8"))
    with StringIO(alone) if "INHERIT" not in alone else config_file.open(encoding="utf-8") as source:
        theme = yaml_load(source).get("theme")
    if isinstance(theme, str):
        theme = {"name": theme}
    return {**(theme or {}), "custom_dir": str(overrides.resolve())}


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


_ALONE = threading.RLock()
"""Held while MkDocs runs: the environment and its logger are of the whole process."""


@contextmanager
def prepared(moment: date) -> Iterator[list[str]]:
    """Let MkDocs take `moment` for the present day and collect what it reports, instead of printing it, in the list.

    Another thread of this process waits for its turn. Until then SOURCE_DATE_EPOCH is that of `moment` for all threads.
    """
    # MkDocs writes the date into a gzip header, which cannot hold dates before 1970.
    seconds = max(int(datetime(moment.year, moment.month, moment.day, tzinfo=UTC).timestamp()), 0)
    with _ALONE, _environment(SOURCE_DATE_EPOCH=str(seconds), NO_MKDOCS_2_WARNING="1"), _warnings() as warnings:
        yield warnings


@contextmanager
def _warnings() -> Iterator[list[str]]:
    logger = logging.getLogger("mkdocs")
    collector = _Collector()
    level, propagate = logger.level, logger.propagate
    logger.addHandler(collector)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield collector.lines
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)
        logger.propagate = propagate


def _complaint(warnings: Sequence[str], error: str) -> str:
    lines = list(dict.fromkeys([*warnings, *([error] if error and not warnings else [])]))
    shown = "".join(f"\n  {line}" for line in lines[:10])
    more = f"\n  ……另有 {len(lines) - 10} 条" if len(lines) > 10 else ""
    return f"MkDocs 生成页面时报告 {len(lines)} 处问题，网站未更新：{shown}{more}"
