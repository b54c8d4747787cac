"""Knows the description of a page in one or two sentences, for search engines and previews of a link.

Leaves the descriptions of the front, section and picture pages to their views, and escaping to `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable

from workreport.model import Reading
from workreport.website.pages.cut_text import head
from workreport.website.pages.explanations import GlossaryPage
from workreport.website.pages.views.audience import AudiencePage
from workreport.website.pages.views.editorial_notes import NotesPage
from workreport.website.pages.views.measure import MeasureList, MeasurePage
from workreport.website.pages.views.name_index import NameIndex
from workreport.website.pages.views.place import PlacePage
from workreport.website.pages.views.promise_list import PromisesPage
from workreport.website.pages.views.report import SUMMARY, first_words
from workreport.website.pages.views.report_list import ReportList
from workreport.website.pages.views.table import IndicatorTable

FEW = 4
"""The most items that a description lists."""
LONGEST = 120
"""The most characters of a description; a longer one is cut with …."""


def of_indicators(name: str, view: IndicatorTable) -> str:
    """Return the description of the page of all indicators of the report `name`."""
    figures = (f"{row.card.name}{row.card.told}" for g in view.groups for row in g.rows if row.card.figure)
    return _listing(f"{name}的{view.total}项指标：", figures, "每一项都能打开原句。")


def of_promises(name: str, view: PromisesPage) -> str:
    """Return the description of the list of promises of the report `name`."""
    tickets = (ticket.words for group in view.groups for ticket in group.tickets)
    return _listing(f"{name}的{view.total}项承诺，按主题排列：", tickets, "")


def of_place(view: PlacePage) -> str:
    """Return the description of the page of a place with reports of several years."""
    series = (series.name for series in view.series)
    return _listing(f"{view.place}{len(view.reports)}份政府工作报告逐年对照：承诺与下一年报告的原句，以及", series, "")


def of_audience(name: str, view: AudiencePage) -> str:
    """Return the description of a page for one kind of readers of the report `name`."""
    return f"{name}里与{view.readers}有关的{len(view.sentences)}句原文。"


def of_names(name: str, view: NameIndex) -> str:
    """Return the description of the index of names of the report `name`."""
    names = (n.name for initial in view.initials for n in initial.names)
    return _listing(f"{name}反复出现的{view.total}个名称，共{view.mentions}处：", names, "打开一处，就到原句。")


def of_notes(name: str, view: NotesPage) -> str:
    """Return the description of the page of editorial notes on the report `name`."""
    repairs, faults = len(view.repairs) + len(view.layout), len(view.faults)
    return _listing(f"{name}的原文说明：修复{repairs}处，存疑{faults}处。", view.missing, "存疑之处不改一字。")


def of_glossary(name: str, view: GlossaryPage) -> str:
    """Return the description of the glossary page of the report `name`."""
    return _listing(f"{name}自己解释的{len(view.entries)}条{view.title}：", (e.name for e in view.entries), "")


def of_list(view: ReportList) -> str:
    """Return the description of the list of reports; "" for an empty list.

    >>> of_list(ReportList((), (), "政府工作报告", 0, ()))
    ''
    """
    if not view.entries:
        return ""
    return _listing(f"{view.total}份政府工作报告的全文、指标与原文说明：", view.names, "")


def of_measures(site: str, view: MeasureList) -> str:
    """Return the description of the list of measures of the site with this name."""
    return _listing(f"{site}的{len(view.entries)}项核心指标，各地各年并排：", (e.label for e in view.entries), "")


def of_measure(view: MeasurePage) -> str:
    """Return the description of the page of a measure."""
    return f"{view.label}：{view.places}个地方的{view.reports}份报告各自怎样写，每个数都能打开原句。"


def of_text(reading: Reading) -> str:
    """Return the description of the full text: the report's name and the first words of its first part with text."""
    words = (first_words(section, SUMMARY) for section in reading.outline.sections)
    return opening(reading.meta.name, next((text for text in words if text), ""))


def of_download(name: str, *, zipped: bool) -> str:
    """Return the description of the download page of the report `name`; `zipped`: the offline site is offered too."""
    copies = "离线版、全文和数据" if zipped else "全文和数据"
    return f"下载{name}的{copies}；引用全文、一章、一句或一个数字。"


def of_about(title: str) -> str:
    """Return the description of the page about the site, whose name is `title`."""
    return f"{title}：文字从哪里来，怎样修复和说明，怎样核对、引用和离线保存。"


def opening(name: str, words: str) -> str:
    """Return a description with the name of a report and its first words.

    >>> opening("甲县2026年政府工作报告", "各位代表：现在报告工作。")
    '甲县2026年政府工作报告全文：各位代表：现在报告工作。'
    """
    return _short(f"{name}全文：{words}")


def _listing(head: str, items: Iterable[str], tail: str) -> str:
    """Return a description: `head`, the first `FEW` items, `tail`."""
    listed = list(items)
    few = "、".join(listed[:FEW]) + ("等。" if len(listed) > FEW else "。") if listed else ""
    return _short(head + few + tail)


def _short(text: str) -> str:
    return head(text, LONGEST)
