"""Knows the errors of writing: a path cannot be written, or another command has the lock.

Leaves printing them to `commands`.
"""


class WriteError(Exception):
    """A path cannot be written, moved or removed, or its name is not safe; the message (Chinese) names it and the reason."""


class CannotRenameError(WriteError):
    """The file system cannot rename a file, as a mounted object store cannot; the file was not changed."""


class BusyError(WriteError):
    """Another command was still writing in the same folder when the waiting time was over; nothing was begun."""
