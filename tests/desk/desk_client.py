"""Helpers of the tests of the desk: a small report, and a browser's requests without a browser."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from workreport.build.new_project import make_project
from workreport.desk.access import Access
from workreport.desk.desk_app import make_app
from workreport.desk.desk_state import Desk

PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
REPORT = """青禾县人民政府工作报告
——2024年1月10日在青禾县第十届人民代表大会第二次会议上
县长 王小明

各位代表：
现在，我代表青禾县人民政府，向大会报告工作，请予审议。
一、2023年工作回顾
过去一年，全县地区生产总值120亿元，增长6.1%。
（一）产业发展稳中有进。规模以上工业增加值增长7.2%，新增规上企业12家。
（二）民生福祉持续改善。城镇新增就业3500人，居民人均可支配收入38600元，增长5.8%。
二、2024年工作安排
（一）办好民生实事。新建幼儿园3所，改造老旧小区8个。
（二）推进乡村振兴。建设高标准农田2万亩。
各位代表，让我们团结奋斗！
"""
"""An invented report, with all facts in its head."""


class DeskClient:
    """A browser at a running desk: `get` and `post` as its pages do. `enter` exchanges the secret for the cookie."""

    def __init__(self, here: Path, *, enter: bool = True) -> None:
        self.desk = Desk(here)
        self.access = Access(PORT)
        self.app = make_app(self.desk, self.access)
        self.client: FlaskClient = self.app.test_client()
        if enter:
            assert self.get(f"/enter/{self.access.secret}").status_code == 303

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.client.get(
            address, base_url=ORIGIN, headers={name.replace("_", "-"): v for name, v in headers.items()}
        )

    def post(
        self, address: str, /, origin: str | None = ORIGIN, project: str | None = None, **form: object
    ) -> TestResponse:
        """Send a form with the name of the open project, as a page does; a value may be bytes with a file name."""
        headers = {} if origin is None else {"Origin": origin}
        data = {"project": self.desk.project if project is None else project, **form}
        return self.client.post(address, base_url=ORIGIN, headers=headers, data=data, buffered=True)

    def page(self, address: str) -> str:
        """Return the page at an address, which must be there."""
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text)
        return answer.text

    def finished(self, answer: TestResponse) -> str:
        """Wait for the task that an answer leads to, and return the address it goes on at; its error is an error here."""
        assert answer.status_code == 303, answer.text
        task = self.desk.tasks.newest
        assert task is not None
        assert task.thread is not None
        task.thread.join(timeout=300)
        assert task.done
        assert not task.error, task.error
        return task.onward

    def last_step(self) -> int:
        """Return the number of the step that can be undone."""
        step = self.desk.edits.last()
        assert step is not None
        return step.number

    def add(self, name: str = "报告.txt", data: bytes = REPORT.encode()) -> TestResponse:
        return self.post("/add", file=(io.BytesIO(data), name))


def project_with_report(folder: Path) -> DeskClient:
    """Return a desk with a new project in `folder` and the report in it, of slug qinghe-2024."""
    make_project(folder, lambda _: None)
    client = DeskClient(folder)
    client.desk.open(folder)
    assert client.finished(client.add()) == "/report/qinghe-2024?notice=added"
    return client


def fields(page: str, action: str = "") -> dict[str, str]:
    """Return the values of the inputs of a page by name, as a browser would send those of its longest form, or of that to `action`."""
    forms = re.findall(r"<form[\s\S]*?</form>", page)
    form = max((f for f in forms if not action or re.search(rf'action="[^"]*{action}"', f)), key=len)
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        values = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if values.get("type") not in ("checkbox", "file"):
            found[values["name"]] = values.get("value", "")
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)</select>', form):
        chosen = re.findall(r'<option value="([^"]*)" selected', options) or re.findall(
            r'<option value="([^"]*)"', options
        )
        found[name] = html.unescape(chosen[0])
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?([\s\S]*?)</textarea>', form):
        found[name] = html.unescape(text)
    return found
