"""A short invented report with a review and a plan, for tests of the pages that only a report with targets has."""

from __future__ import annotations

import shutil
from pathlib import Path

SLUG = "qinghe-2025"
PROMISES = f"{SLUG}/promises/index.html"
ELDERLY = f"{SLUG}/for/elderly/index.html"
TEXT = """青禾县政府工作报告

2025年2月21日在青禾县第九届人民代表大会第四次会议上

县长 李四

一、2024年工作回顾

新增养老床位200张。高标准农田达到12万亩。

二、2025年工作安排

（一）办好实事

今年办好3件民生实事。一是新增公共停车位800个。二是新增养老床位300张。三是免费开放文化馆。

（二）推动发展

新建学校4所，新增学位1200个。地区生产总值增长6%左右。改造老旧小区8个，惠及4000户。到2030年，建成学校40所。
"""


def put_alone(project: Path) -> None:
    """Make this the only report of a copy of the project, without pictures."""
    shutil.rmtree(project / "reports")
    folder = project / "reports" / SLUG
    folder.mkdir(parents=True)
    (folder / "source.md").write_text(TEXT, encoding="utf-8")
    (project / "site.toml").write_text("[build]\npictures = false\n", encoding="utf-8")
