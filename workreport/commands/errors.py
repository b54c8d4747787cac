"""Knows how an exception of a command becomes one message and an exit code. Leaves the wording to the modules that raise."""

from __future__ import annotations


def is_ours(error: Exception) -> bool:
    """Whether the class of an exception is defined in this project: then its message is meant for the user."""
    return type(error).__module__.startswith("workreport.")
