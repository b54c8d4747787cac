"""Knows the table of the desk's addresses, and what every request must bring and every answer carries.

Leaves the pages to their modules, and who may use the desk to `access`.
"""

from __future__ import annotations

from functools import partial

from flask import Flask, abort, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from workreport.desk import (
    correction_page,
    fact_pages,
    figure_form,
    figure_pages,
    name_pages,
    place_forms,
    place_pages,
    publish_pages,
    setting_pages,
    start_pages,
    task_pages,
    text_pages,
)
from workreport.desk.access import Access, headers
from workreport.desk.desk_page import desk_page
from workreport.desk.desk_state import Desk
from workreport.desk.tasks import told
from workreport.ingest.formats import format_table
from workreport.project import paths
from workreport.website import tokens

LARGEST_REQUEST = format_table.LARGEST + (1 << 20)
"""The most bytes of a request: the largest file that can be read, and what a form has around it."""


ADDRESSES = (
    *start_pages.ADDRESSES,
    *fact_pages.ADDRESSES,
    *text_pages.ADDRESSES,
    *correction_page.ADDRESSES,
    *figure_pages.ADDRESSES,
    *figure_form.ADDRESSES,
    *name_pages.ADDRESSES,
    *place_pages.ADDRESSES,
    *place_forms.ADDRESSES,
    *setting_pages.ADDRESSES,
    *publish_pages.ADDRESSES,
    *task_pages.ADDRESSES,
)
"""Every address of the desk but those of its style, its script and the exchange of the secret."""

_WORDS = {
    400: "这个请求不完整。请回到上一页再试。",
    403: "没有这样做：请求不是从编辑台自己的页面发出的，或编辑台已经重新打开过。请用打开编辑台时的那个窗口，或再运行一次 workreport desk。",
    404: "没有这一页。",
    405: "这一页不能这样打开。请回到上一页。",
    409: "没有这样做：这一页属于另一个项目。编辑台里已经打开了别的项目，请回到“开始”。",
    413: f"文件太大：最多 {format_table.LARGEST // 1_000_000} MB。请确认选的是报告本身。",
    421: "请用 127.0.0.1 打开编辑台。",
}
"""What a page says for each status."""


def make_app(desk: Desk, access: Access) -> Flask:
    """Return the web application of a desk."""
    app = Flask("workreport.desk", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=1 << 20, MAX_FORM_PARTS=200)
    app.add_url_rule("/enter/<secret>", "enter", partial(_enter, access))
    app.add_url_rule("/desk.css", "style", _style)
    app.add_url_rule("/desk.js", "script", _script)
    for row in ADDRESSES:
        methods = ["POST"] if row.changes else ["GET"]
        app.add_url_rule(row.rule, row.rule, partial(row.answer, desk), methods=methods)
    app.before_request(partial(_require_own, desk, access))
    app.after_request(partial(_with_headers, desk))
    app.register_error_handler(HTTPException, partial(_refused, desk, access))
    app.register_error_handler(Exception, partial(_failed, desk, access))
    return app


def _require_own(desk: Desk, access: Access) -> None:
    """Refuse a request that is not from the browser that has the cookie, or a form that is not from a page of this desk."""
    if not access.is_own_host(request.host):
        abort(421)
    if request.endpoint == "enter":
        return
    if not access.may_read(request.cookies.get(access.cookie, "")):
        abort(403)
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        if not access.may_write(request.headers.get("Origin", "")):
            abort(403)
        if request.form.get("project", "") != desk.project:
            abort(409)


def _enter(access: Access, secret: str) -> Response:
    """Exchange the secret of the address for the cookie; who has the cookie already may come again."""
    new = access.exchange(secret)
    if not new and not access.may_read(request.cookies.get(access.cookie, "")):
        abort(403)
    answer = redirect("/", 303)
    if new:
        answer.set_cookie(access.cookie, access.key, httponly=True, samesite="Strict", path="/")
    return answer


def _with_headers(desk: Desk, answer: Response) -> Response:
    answer.headers.update(headers(desk.frames()))
    return answer


def _refused(desk: Desk, access: Access, error: HTTPException) -> tuple[str, int]:
    """The page for a request that is refused; it says nothing of a project to who has no cookie."""
    status = error.code or 500
    known = access.is_own_host(request.host) and access.may_read(request.cookies.get(access.cookie, ""))
    words = _WORDS.get(status, "没有做成。请回到上一页再试。")
    shown = desk if known else Desk(desk.here)
    return desk_page(shown, "error", title="没有做成", at="", problem=words, back=_back(access)), status


def _failed(desk: Desk, access: Access, error: Exception) -> tuple[str, int]:
    """The page for an error of the input, or for a bug."""
    return desk_page(desk, "error", title="没有做成", at="", problem=told(error), back=_back(access)), 400


def _back(access: Access) -> str:
    """Return the address of the desk's page that a request came from, the first one if it came from none."""
    before = request.referrer or ""
    return before.removeprefix(access.origin) if before.startswith(f"{access.origin}/") else "/"


def _style() -> Response:
    folder = paths.shipped() / "templates"
    text = (folder / "desk" / "desk.css").read_text(encoding="utf-8")
    return Response(tokens.load(folder).filled(text), content_type="text/css; charset=utf-8")


def _script() -> Response:
    text = (paths.shipped() / "templates" / "desk" / "desk.js").read_text(encoding="utf-8")
    return Response(text, content_type="text/javascript; charset=utf-8")
