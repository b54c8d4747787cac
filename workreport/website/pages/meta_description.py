"""Knows how a page is told in one or two sentences, for search engines and for whom a link is sent to.

Leaves the front, the sections and the one picture to their own views, and escaping to `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable

from workreport.website.pages.explanations import GlossaryView
from workreport.website.pages.views.editorial_notes import Notes
from workreport.website.pages.views.name_index import Names
from workreport.website.pages.views.report_list import Shelf
from workreport.website.pages.views.table import Table

FEW, LONGEST = 4, 120


def told(name: str, view: object) -> str:
    """The description of that page of the report `name`, at most `LONGEST` characters; "" for a view not known here.

    >>> told("甲县2026年政府工作报告", Shelf((), ()))
    ''
    """
    match view:
        case Table():
            figures = (
                f"{row.card.name}{row.card.figure.text}" for g in view.groups for row in g.rows if row.card.figure
            )
            return _of(f"{name}的{view.total}项指标：", figures, "每一项都能打开原句。")
        case Names():
            names = (n.name for initial in view.initials for n in initial.names)
            return _of(f"{name}反复出现的{view.total}个名称，共{view.mentions}处：", names, "打开一处，就到原句。")
        case Notes():
            repairs, faults = len(view.repairs) + len(view.layout), len(view.faults)
            return _of(f"{name}的校勘：修复{repairs}处，存疑{faults}处。", view.missing, "存疑之处不改一字。")
        case GlossaryView():
            return _of(f"{name}自己解释的{len(view.entries)}条{view.title}：", (e.name for e in view.entries), "")
        case Shelf() if view.entries:
            return _of(f"{len(view.entries)}份政府工作报告的全文、指标与校勘：", (e.name for e in view.entries), "")
    return ""


def opening(name: str, words: str) -> str:
    """The description of the whole text: its own first words.

    >>> opening("甲县2026年政府工作报告", "各位代表：现在报告工作。")
    '甲县2026年政府工作报告全文：各位代表：现在报告工作。'
    """
    return _short(f"{name}全文：{words}")


def _of(head: str, items: Iterable[str], tail: str) -> str:
    listed = list(items)
    few = "、".join(listed[:FEW]) + ("等。" if len(listed) > FEW else "。") if listed else ""
    return _short(head + few + tail)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
