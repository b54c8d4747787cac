"""Knows what every page of the desk has around its content: title, navigation, the step that can be undone, a notice.

Leaves the content to the pages' own modules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from flask import redirect, request
from werkzeug.wrappers import Response

from workreport.desk.desk_screens import REPORT_SCREENS, SITE_SCREENS
from workreport.desk.desk_state import Desk
from workreport.desk.file_changes import Conflict
from workreport.website.template_loader import html_part

NOTICES = {
    "saved": "已保存。",
    "same": "没有改动，不必保存。",
    "elsewhere": "没有保存：这一处在别处（另一个窗口、另一个编辑台或文本编辑器里）改过了。下面是现在的样子，请看过再改。",
    "least": "没有改动：首页上至少要留一张卡片。",
    "undone": "已撤销刚才的一步。",
    "made": "已建立项目。下一步：在下面读入一份报告。",
    "opened": "已打开项目。",
    "added": "已读入报告。",
    "built": "网站已做好，并核对过。",
    "published": "已发布。",
}
"""What a page says of what was just done; the address has only the key."""
REFUSED = ("elsewhere", "least")
"""Those that say that nothing was done."""


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A link of the navigation; `current` for the page itself."""

    href: str
    label: str
    current: bool


def desk_page(
    desk: Desk, template: str, *, title: str, at: str, notice: str = "", slug: str = "", **values: object
) -> str:
    """Return a page from `templates/desk/<template>.html.j2`. `at` is its address in the navigation, `notice` a key.

    `slug`: the report that the page is about, whose other screens it then links; `at` is then what follows the slug.
    """
    links = [DeskLink("/", "开始", at == "/")]
    if desk.root:
        links = [DeskLink(row.address, row.label, not slug and row.address == at) for row in SITE_SCREENS]
    own = [DeskLink(f"/report/{slug}{row.address}", row.label, row.address == at) for row in REPORT_SCREENS]
    common: dict[str, object] = {
        "project": desk.project,
        "place": str(desk.root or ""),
        "notice": NOTICES.get(notice, ""),
        "nothing_done": notice in REFUSED,
        "title": title,
        "links": links,
        "slug": slug,
        "screens": own if slug else [],
        "onward": next((two for one, two in pairwise(own) if one.current), None) if slug else None,
        "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
        "step": desk.edits.last() if desk.root else None,
    }
    return html_part(f"desk/{template}", "html", **common, **values)


def after_step(desk: Desk, onward: str, change: Callable[[], bool], anchor: str = "") -> Response:
    """Make a change, and lead to the page that shows it, which says whether it was made; `anchor` is a place on that page.

    Where the same was changed elsewhere nothing is written, and the page shows what it is now. Raises `DeskBusy` and the errors
    of the change.
    """
    desk.tasks.require_idle()
    try:
        notice = "saved" if change() else "same"
    except Conflict:
        notice = "elsewhere"
    sign = "&" if "?" in onward else "?"
    return redirect(f"{onward}{sign}notice={notice}{f'#{anchor}' if anchor else ''}", 303)
