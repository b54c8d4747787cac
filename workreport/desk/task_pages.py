"""Knows the page of a task while it runs, what its script asks for, and how the last step is undone.

Leaves running tasks to `tasks`, and undoing to `file_changes`.
"""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response

from workreport.desk.desk_page import desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk
from workreport.desk.tasks import DeskTask


def task(desk: Desk, number: int) -> Response | str:
    """The page of a task; when it is done, the page that follows."""
    known = _known(desk, number)
    if known is None:
        return redirect("/", 303)
    if known.done and not known.error:
        return redirect(known.onward, 303)
    return desk_page(desk, "task", title=known.title, at="", task=known)


def progress(desk: Desk, number: int) -> Response:
    """The lines of a task as JSON, for the script of its page."""
    known = _known(desk, number)
    document = {
        "lines": known.lines if known else [],
        "stage": known.stage if known else "",
        "done": known is None or known.done,
    }
    return Response(json.dumps(document), content_type="application/json")


def undo(desk: Desk) -> Response:
    """Undo the last step; the form names it, so that a page that was left open undoes no other."""
    desk.tasks.require_idle()
    number = request.form.get("step", "")
    step = desk.edits.undo(int(number) if number.isdecimal() and len(number) < 9 else -1)
    return redirect(_page_before("/" if step.after is None else request.form.get("at", "/")), 303)


def _page_before(at: str) -> str:
    """Return the address of the page with the button, which says then that the step was undone; of no other server.

    >>> _page_before("/settings?notice=saved"), _page_before("/places?q=x"), _page_before("//evil.example/")
    ('/settings?notice=undone', '/places?q=x&notice=undone', '/?notice=undone')
    """
    parts = urlsplit(at)
    if parts.scheme or parts.netloc or not at.startswith("/") or at.startswith(("//", "/\\")):
        return "/?notice=undone"
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key not in ("notice", "card", "by")]
    return f"{parts.path}?{urlencode([*kept, ('notice', 'undone')])}"


def _known(desk: Desk, number: int) -> DeskTask | None:
    newest = desk.tasks.newest
    return newest if newest and newest.number == number else None


ADDRESSES = (
    DeskAddress("/task/<int:number>", task),
    DeskAddress("/task/<int:number>/progress", progress),
    DeskAddress("/undo", undo, changes=True),
)
"""The addresses of these pages."""
