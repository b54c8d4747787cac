"""Knows what archive files are made from: the job of a whole build, and the task of making one file.

Leaves choosing the forms to `making`, and making a file to the module of its form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workreport.model import Publication, Reading
from workreport.project import fonts, paths
from workreport.project.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """The input of all archive files of one build.

    `root` is the project folder. `name` is the beginning of the names of files that hold all reports: the slug of a
    single report, otherwise "reports". `moment` is the date written into every file that has a date.
    `indexes` maps each slug to a search script that covers that report only. `source_files` are the names of files that may lie beside a source,
    such as "repairs.toml". `found` are the usable fonts of this machine.
    """

    published: Publication
    settings: Settings
    root: Path
    name: str
    moment: date
    indexes: Mapping[str, str]
    source_files: Sequence[str]
    found: fonts.FoundFonts

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slug of every report."""
        return tuple(reading.meta.slug for reading in self.published.readings)

    @property
    def title(self) -> str:
        """The name of the single report, or the publication's title where there are several reports."""
        readings = self.published.readings
        return readings[0].meta.name if len(readings) == 1 else self.published.title


@dataclass(frozen=True, slots=True)
class Task:
    """One file to make from the finished website in the folder `site`.

    `readings` has one report, or all reports for a form that holds all; `name` is the file's name; `files` are the
    names of all archive files except the signature, in the order of the download page.
    """

    job: Job
    readings: tuple[Reading, ...]
    site: Path
    name: str
    files: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """The report of the file; for a form that holds all reports, the first."""
        return self.readings[0]

    @property
    def moment(self) -> date:
        """The date of the file: that of its single report where it states one, otherwise the job's `moment`."""
        own = self.reading.meta.date if len(self.readings) == 1 else None
        return own or self.job.moment

    def template_folder(self, name: str) -> Path:
        """The templates folder of this name: the project's own, or the one shipped with this program."""
        return paths.part_of(self.job.root, name)
