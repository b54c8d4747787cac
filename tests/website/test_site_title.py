"""A title of `site.toml` with characters of HTML is escaped once wherever it is printed."""

from __future__ import annotations

import html
from pathlib import Path

from workreport.build import outputs, plan
from workreport.project.progress import no_progress

TEXT = "政府工作报告\n清水区人民政府区长 李四\n各位代表：\n一、2024年工作回顾\n新增企业30家。\n二、2025年工作安排\n办好实事。\n"
TITLE = 'A & <x-y> "x"'


def test_title_with_characters_of_html_is_escaped_once_on_every_page(tmp_path: Path) -> None:
    home = tmp_path / "reports" / "small"
    home.mkdir(parents=True)
    (home / "source.txt").write_text(TEXT, encoding="utf-8")
    settings = f"title = '''{TITLE}'''\naddress = 'https://a.example.cn/'\npublisher = 'C & <D>'\n"
    (tmp_path / "site.toml").write_text(settings, encoding="utf-8")
    outputs.build(plan.BuildOrder(tmp_path, only_site=True), no_progress, lambda _: None)
    site = tmp_path / "site"
    files = [*site.rglob("*.html"), site / "assets" / "opensearch.xml"]
    assert len(files) > 5
    for path in files:
        text = path.read_text(encoding="utf-8")
        shown = html.unescape(text)
        assert TITLE in shown, path
        assert "<x-y>" not in text, path
        for twice in ("&amp;lt;", "&amp;quot;", "&amp;#", "&amp;amp;"):
            assert twice not in text, path
