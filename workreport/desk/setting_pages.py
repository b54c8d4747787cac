"""Knows the page of the site's settings: each with what it does. It writes `site.toml`.

Leaves which values there may be to `project.settings`, and what they do to the wings that use them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import redirect, request
from werkzeug.wrappers import Response

from workreport import archive
from workreport.archive.forms import FORMS
from workreport.desk.desk_page import desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk
from workreport.desk.file_changes import Conflict
from workreport.desk.tasks import told
from workreport.desk.toml_values import TomlValue, values_in
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.project import settings, writer

FILE = "site.toml"
"""The file that this page changes."""


@dataclass(frozen=True, slots=True)
class SiteSetting:
    """A setting: its key in `site.toml`, its name, what it does; `kind` is "text", "words" (a list) or "switch".

    `on`: whether a switch that is not written is on.
    """

    key: str
    label: str
    hint: str
    kind: str = "text"
    on: bool = False


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """Settings under one heading."""

    title: str
    settings: tuple[SiteSetting, ...]


GROUPS = (
    SettingGroup(
        "网站",
        (
            SiteSetting("title", "站名", "显示在每页上方和浏览器的标签上。不写，就用报告的名字。"),
            SiteSetting(
                "address",
                "网址",
                "将来网站放在哪里，如 https://www.example.gov.cn/gzbg/。有了它，引用、二维码和站点地图里才有网址。",
            ),
            SiteSetting("publisher", "由谁发布", "显示在页脚和引用格式里，如 某某区人民政府办公室。"),
            SiteSetting("contact", "发现错误找谁", "显示在页脚。邮箱、电话或网址。"),
            SiteSetting("licence", "可以怎样转载", "显示在页脚，一句话，如 转载请注明出处。"),
            SiteSetting("licence_address", "转载许可全文的网址", "写了，上面那句就成为链接。"),
            SiteSetting(
                "colour", "主色", "井号和六位，如 #b3261e。不写，每个地方有自己的一色，深色、大字、纸上都看得清。"
            ),
        ),
    ),
    SettingGroup(
        "各年对照",
        (
            SiteSetting(
                "verdicts",
                "写出结论",
                "在上一年的承诺旁写出“达到”“超过”“未达到”等。不选，只把两年报告的原句并列。",
                "switch",
            ),
        ),
    ),
    SettingGroup(
        "页脚的备案信息",
        (
            SiteSetting("footer.icp", "ICP 备案号", "如 浙ICP备00000000号。写了才显示。"),
            SiteSetting("footer.police", "公安备案号", "如 浙公网安备00000000000000号。写了才显示。"),
            SiteSetting("footer.site_code", "政府网站标识码", "十位数字。写了才显示。"),
            SiteSetting("footer.accessibility", "无障碍服务的网址", "写了，页脚就有链接。"),
        ),
    ),
    SettingGroup(
        "网页标签",
        (
            SiteSetting("labels.site_name", "网站的规范名称", "政府网站每页都要有的标签。不写用站名。"),
            SiteSetting("labels.column", "报告所在的栏目", "如 政府工作报告。不写用站名。"),
            SiteSetting("labels.column_description", "栏目的描述", "一句话。"),
            SiteSetting("labels.column_keywords", "栏目的关键词", "用顿号隔开，如 政府工作报告、某某区。", "words"),
            SiteSetting("labels.column_type", "栏目的类别", "《政府网站发展指引》附件列出的一种，如 政策文件。"),
            SiteSetting("labels.source", "来源", "不写用“由谁发布”。"),
        ),
    ),
    SettingGroup(
        "制作什么",
        (
            SiteSetting("build.pictures", "图片", "一图读懂的长图与海报，分享用的卡片图。", "switch", on=True),
            SiteSetting("build.archive", "可以下载的各种形式", "不选，下面几种都不做。", "switch", on=True),
            *(SiteSetting(f"archive.{form.id}", form.title, form.purpose, "switch", on=True) for form in FORMS),
        ),
    ),
)
"""Every setting of the page, in its order."""
_ALL = tuple(setting for group in GROUPS for setting in group.settings)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting on the page: `typed` stands in the input ("true" for a switch that is on), `was` is what the file has."""

    setting: SiteSetting
    typed: str
    was: str
    now: str | None = None

    @property
    def checked(self) -> bool:
        """Whether a switch is on."""
        return self.typed == "true"


def site_settings(desk: Desk) -> str:
    """The page of settings."""
    return _page(desk, {}, {}, "", request.args.get("notice", ""))


def save_settings(desk: Desk) -> Response | str:
    """Save what was changed."""
    desk.tasks.require_idle()
    path = desk.need_root() / FILE
    form = request.form
    typed = {
        s.key: ("true" if s.key in form else "false") if s.kind == "switch" else form.get(s.key, "").strip()
        for s in _ALL
    }
    seen: dict[str, TomlValue | None] = {}
    wanted: dict[str, TomlValue | None] = {}
    for setting in _ALL:
        was, new = form.get(f"was-{setting.key}", ""), typed[setting.key]
        if new != (was or _default(setting)):
            seen[setting.key], wanted[setting.key] = _value(setting, was), _value(setting, new)
    try:
        changed = desk.edits.change(path, "改网站设置", seen, wanted, _accept)
    except Conflict as conflict:
        return _page(desk, typed, {key: _text(conflict.now.get(key)) for key in conflict.keys}, "", "")
    except Exception as error:  # noqa: BLE001 - the page tells any error above what was typed
        return _page(desk, typed, {}, told(error), "")
    return redirect(f"/settings?notice={'saved' if changed else 'same'}", 303)


def _default(setting: SiteSetting) -> str:
    """What the input shows of a setting that the file has not."""
    return ("true" if setting.on else "false") if setting.kind == "switch" else ""


def _value(setting: SiteSetting, typed: str) -> TomlValue | None:
    """What was typed as the value of a setting, None for nothing."""
    if not typed:
        return None
    if setting.kind == "switch":
        return typed == "true"
    if setting.kind == "words":
        return [word for part in typed.split("、") if (word := part.strip())]
    return typed


def _text(value: object) -> str:
    """A value of the file as the input shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _accept(data: bytes) -> None:
    """Raise the error of the program if it does not accept these bytes as `site.toml`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        writer.write_bytes(path, data)
        settings.site(path, archive.form_ids())


def _page(desk: Desk, typed: Mapping[str, str], now: Mapping[str, str], problem: str, notice: str) -> str:
    path = desk.need_root() / FILE
    text = read_plain_file(path, LARGEST_TOML).decode("utf-8-sig") if path.exists() else ""
    stored = values_in(text, [setting.key for setting in _ALL])
    groups = []
    for group in GROUPS:
        rows = []
        for setting in group.settings:
            was = _text(stored.get(setting.key))
            rows.append(
                SettingRow(setting, typed.get(setting.key, was or _default(setting)), was, now.get(setting.key))
            )
        groups.append((group.title, rows))
    return desk_page(
        desk, "settings", title="网站设置", at="/settings", notice=notice, groups=groups, problem=problem, lost=bool(now)
    )  # fmt: skip


ADDRESSES = (
    DeskAddress("/settings", site_settings),
    DeskAddress("/settings/save", save_settings, changes=True),
)
"""The addresses of this page."""
