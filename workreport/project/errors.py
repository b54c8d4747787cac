"""Knows which exceptions are errors of the input, and the message of each. Leaves the wording of ours to the modules that raise."""

from __future__ import annotations


def is_ours(error: Exception) -> bool:
    """Whether the class of an exception is defined in this project: then its message is meant for the user."""
    return type(error).__module__.startswith("workreport.")


def message_of(error: Exception) -> str | None:
    """Return the Chinese message of an exception for the user; None if it is a bug, which has to be raised."""
    match error:
        case MemoryError():
            return "内存不够，没有做完；已有的文件保持原样。请确认输入是一份报告，或换一台内存更大的电脑。"
        case _ if is_ours(error):
            return str(error)
        case ImportError():
            if (error.name or "").startswith("workreport."):
                return None  # one of our own modules is missing or broken
            return f"这个 Python 里没有 {error.name}。请先运行 make site（或按 README 的两行命令建好 .venv），再用 .venv 里的 Python。"
        case OSError():
            # Only streams have no file name, and what is written to a file is checked by the writer: this one is stdout.
            what = error.filename if isinstance(error.filename, str) else "标准输出"
            return f"{what}: 读写失败（{error.strerror or error}）。请检查文件是否存在、权限和空间是否足够。"
    return None
