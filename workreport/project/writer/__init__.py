"""Knows how to write whole files, keep a folder of generated files, lock a project, and replace folders by finished ones.

Leaves what the bytes mean to the callers. No other package opens a file for writing.
"""

from workreport.project.writer.atomic import (
    atomic_write,
    copy_or_link,
    flush_to_disk,
    holds,
    is_readable_by_all,
    make_link,
    make_readable,
    move_file,
    move_folder,
    remove_folder,
    same_bytes,
    set_modified,
    supports_links,
    timestamp_after,
    write_bytes,
    write_secret,
    write_text,
    write_without_rename,
)
from workreport.project.writer.file_names import safe_name, safe_names
from workreport.project.writer.folder_swap import WORK, exchange, recover
from workreport.project.writer.generated_folder import LISTING, SyncResult, sync_folder
from workreport.project.writer.project_lock import finish_interrupted, lock_project
from workreport.project.writer.swapping import TWO_STEPS, carry_late, carry_over, supports_swap, swap
from workreport.project.writer.write_errors import BusyError, CannotRenameError, WriteError

__all__ = [
    "LISTING",
    "TWO_STEPS",
    "WORK",
    "BusyError",
    "CannotRenameError",
    "SyncResult",
    "WriteError",
    "atomic_write",
    "carry_late",
    "carry_over",
    "copy_or_link",
    "exchange",
    "finish_interrupted",
    "flush_to_disk",
    "holds",
    "is_readable_by_all",
    "lock_project",
    "make_link",
    "make_readable",
    "move_file",
    "move_folder",
    "recover",
    "remove_folder",
    "safe_name",
    "safe_names",
    "same_bytes",
    "set_modified",
    "supports_links",
    "supports_swap",
    "swap",
    "sync_folder",
    "timestamp_after",
    "write_bytes",
    "write_secret",
    "write_text",
    "write_without_rename",
]
