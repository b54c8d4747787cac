"""Knows the table of the desk's screens as a person sees them in the navigation, and what an address of the desk is.

Leaves the pages to their modules, each of which lists its addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.wrappers import Response


@dataclass(frozen=True, slots=True)
class DeskAddress:
    """An address of the desk, the function that answers it, and whether it changes something (then it is a form, by POST)."""

    rule: str
    answer: Callable[..., Response | str]
    changes: bool = False


@dataclass(frozen=True, slots=True)
class DeskScreen:
    """A screen in the navigation: its address (of a report's screens what follows the slug), and its name."""

    address: str
    label: str


SITE_SCREENS = (
    DeskScreen("/", "开始"),
    DeskScreen("/places", "各年对照"),
    DeskScreen("/settings", "网站设置"),
    DeskScreen("/publish", "核对与发布"),
)
"""The screens of the project."""
REPORT_SCREENS = (
    DeskScreen("", "读到了什么"),
    DeskScreen("/facts", "事实"),
    DeskScreen("/text", "原文"),
    DeskScreen("/figures", "指标"),
    DeskScreen("/names", "专名"),
)
"""The screens of a report, in the order in which a report is best gone through."""
