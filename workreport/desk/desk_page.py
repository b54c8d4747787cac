"""Knows what every page of the desk has around its content: title, navigation, the step that can be undone, a notice.

Leaves the content to the pages' own modules.
"""

from __future__ import annotations

from dataclasses import dataclass

from workreport.desk.desk_state import Desk
from workreport.website.template_loader import html_part

NOTICES = {
    "saved": "已保存。",
    "same": "没有改动，不必保存。",
    "undone": "已撤销最后一步。",
    "made": "已建立项目。下一步：收入报告。",
    "opened": "已打开项目。",
    "added": "已收入报告。",
    "built": "网站已做好，并核对过。",
    "published": "已发布。",
}
"""What a page says of what was just done; the address has only the key."""


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A link of the navigation; `current` for the page itself."""

    href: str
    label: str
    current: bool


def desk_page(desk: Desk, template: str, *, title: str, at: str, notice: str = "", **values: object) -> str:
    """Return a page from `templates/desk/<template>.html.j2`. `at` is its address in the navigation, `notice` a key."""
    common: dict[str, object] = {
        "project": desk.project,
        "place": str(desk.root or ""),
        "notice": NOTICES.get(notice, ""),
    }
    links = [DeskLink("/", "开始", at == "/")]
    if desk.root:
        links.append(DeskLink("/publish", "核对与发布", at == "/publish"))
    common |= {"title": title, "links": links, "step": desk.edits.last() if desk.root else None}
    return html_part(f"desk/{template}", "html", **common, **values)
