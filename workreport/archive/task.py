"""Knows what an archive form is made from: the job of a whole build, and the task of one file.

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
    """What all forms of a site are made of.

    `root` is the project's folder; `name` begins the names of files that hold all reports: the slug, or the
    publication's name where there are several reports; `moment` stands for the clock in all that is dated; `indexes`
    has the search index script of each report alone, by slug; `source_files` are the names of files that may stand
    beside a source, as "repairs.toml"; `found` are the fonts of this machine.
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
        """What the publication is called: by the report's name, or by its own where there are several."""
        readings = self.published.readings
        return readings[0].meta.name if len(readings) == 1 else self.published.title


@dataclass(frozen=True, slots=True)
class Task:
    """One file to make from the finished website in the folder `site`.

    `readings` is one report, or all for a form that holds all; `name` the file's name; `files` the names of all files
    that are handed over, in the order in which they are offered.
    """

    job: Job
    readings: tuple[Reading, ...]
    site: Path
    name: str
    files: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """The report of a form that holds one alone."""
        return self.readings[0]

    @property
    def moment(self) -> date:
        """The day the file is dated by: that of its one report where it states one, else the job's."""
        own = self.reading.meta.date if len(self.readings) == 1 else None
        return own or self.job.moment

    def template_folder(self, name: str) -> Path:
        """The folder of the project's templates with this name, or ours where the project has none."""
        return paths.part_of(self.job.root, name)
