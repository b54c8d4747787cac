"""Knows the picture of results and targets: for each core measure a line with a dot for the year before, the year reviewed
and the target of the coming year.

Leaves which results and targets belong together to `analysis.results_and_targets`, and the SVG to `website.marks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from workreport.analysis.results_and_targets import Progress, Stage
from workreport.analysis.statements import reviewed_year
from workreport.model import Reading
from workreport.website import addresses, bars
from workreport.website.broken_axis import Axis, axis
from workreport.website.marks.mark_names import BREAKS, DOTS, ZERO
from workreport.website.marks.pictures import BELOW, DUMBBELL
from workreport.website.pages import wording
from workreport.website.pages.charts import change_text
from workreport.website.pages.figure_views import shown_figure
from workreport.website.pages.front_cards import plain_name, without_verb
from workreport.website.pages.plain_digits import half_width

MOST = 8
"""The most rows; the table of indicators has all."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A result or a target: its words (+5.1%), the link to its sentence, and its place on the line as a CSS length.

    `to` is the place of the upper end of a range, "" for a single value. `cut`: it lies beyond the scale, and is drawn
    behind a break of the line.
    """

    words: str
    href: Markup
    at: str
    to: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """A measure with its dots; `before` is None without a report of the year before.

    `zero` is the place of 0, `breaks` are those where the line breaks off on the left and on the right, "" where it does not.
    """

    name: str
    before: Dot | None
    now: Dot
    aim: Dot
    zero: str
    breaks: tuple[str, str] = ("", "")

    @property
    def places(self) -> dict[str, str]:
        """The attributes of the row in the marks: the places of its dots, of zero and of its breaks."""
        dots = (self.before.at if self.before else "", self.now.at, self.aim.at, self.aim.to)
        return dict(zip((*DOTS, ZERO, *BREAKS), (*dots, self.zero, *self.breaks), strict=True))


@dataclass(frozen=True, slots=True)
class DumbbellChart:
    """The picture. `heads` are the words above the columns of its table: the year before ("" if no row has it), the year
    reviewed, the target. `changes` is the number of rows whose values are changes; they share one scale.
    """

    rows: tuple[Dumbbell, ...]
    heads: tuple[str, str, str]
    changes: int

    @property
    def height(self) -> str:
        """The height of the picture on the page of components as a CSS length."""
        return f"{len(self.rows) * (DUMBBELL + BELOW):g}em"

    @property
    def placed(self) -> tuple[tuple[str, Dumbbell], ...]:
        """The rows, each behind its distance from the top as a CSS length."""
        return tuple((f"{k * (DUMBBELL + BELOW):g}em", row) for k, row in enumerate(self.rows))

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """The dots and what they are: their class, their words."""
        return tuple((kind, words) for kind, words in zip(("before", "now", "aim"), self.heads, strict=True) if words)

    @property
    def told(self) -> str:
        """The sentence that tells the picture: how it is drawn, and its first row in words."""
        several = len(self.rows)
        if self.changes == several:
            scale = "，增速画在同一尺度上" if several > 1 else ""
        elif self.changes > 1:
            scale = f"，其中 {self.changes} 项增速画在同一尺度上，其余各用自己的尺度"
        else:
            scale = "，各用自己的尺度" if several > 1 else ""
        first = self.rows[0]
        dots = zip(self.heads, (first.before, first.now, first.aim), strict=True)
        words = "，".join(f"{head} {dot.words}" for head, dot in dots if dot)
        dots_of = ((row.name, dot) for row in self.rows for dot in (row.before, row.now, row.aim) if dot)
        beyond = "、".join(f"{name} {dot.words}" for name, dot in dots_of if dot.cut)
        cut = f"{beyond}超出图的尺度，画在断口外，不按比例。" if beyond else ""
        return f"结果与目标都写明的指标 {several} 项{scale}，都从零起。{first.name}：{words}。{cut}"


def dumbbells(reading: Reading, found: Sequence[Progress], former: Reading | None, origin: str) -> DumbbellChart | None:
    """Return the picture for the page at `origin`; None without any measure that has both result and target.

    `former` is the report that the results of the year before are from.
    """
    shown = found[:MOST]
    if not shown:
        return None
    common = axis([_values(one) for one in shown if one.change])
    rows = tuple(_row(reading, one, common, former, origin) for one in shown)
    year = reviewed_year(reading)
    last = f"{year - 1}年" if year else "上一年"
    heads = (
        last if any(row.before for row in rows) else "",
        f"{year}年" if year else "这一年",
        f"{year + 1}年目标" if year else "目标",
    )
    return DumbbellChart(rows, heads, sum(one.change for one in shown))


def _stages(one: Progress) -> tuple[Stage, ...]:
    return (*((one.before,) if one.before else ()), one.now, one.aim)


def _values(one: Progress) -> list[Decimal]:
    return [value for stage in _stages(one) for value in (stage.value, stage.high) if value is not None]


def _row(reading: Reading, one: Progress, common: Axis, former: Reading | None, origin: str) -> Dumbbell:
    values = [*_values(one), Decimal(0)]
    line = common if one.change else Axis(bars.Scale(min(values), max(values)))

    def dot(stage: Stage, of: Reading) -> Dot:
        to = line.place(stage.high) if stage.high is not None else ""
        cut = any(line.breaks([value for value in (stage.value, stage.high) if value is not None]))
        return Dot(_words(one, stage), _href(of, stage, origin), line.place(stage.value), to, cut)

    name = plain_name(reading, one.now.indicator) + (f"（{wording.ESTIMATED}）" if one.now.indicator.estimated else "")
    before = dot(one.before, former) if one.before and former else None
    zero = line.place(Decimal(0))
    return Dumbbell(name, before, dot(one.now, reading), dot(one.aim, reading), zero, line.breaks(values))


def _words(one: Progress, stage: Stage) -> str:
    """The value in words: the change of a result with its sign, otherwise the figure as the report writes it."""
    indicator = stage.indicator
    if one.change and indicator.kind != "growth":
        return change_text(indicator, stage.value)
    figure = without_verb(shown_figure(indicator))
    return half_width(figure.text) if figure else f"{stage.value:f}"


def _href(reading: Reading, stage: Stage, origin: str) -> Markup:
    page = addresses.page_of(reading, stage.indicator.section)
    return Markup(addresses.relative(origin, f"{page}#{stage.indicator.id}"))
