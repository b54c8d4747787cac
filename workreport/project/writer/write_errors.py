"""Knows the errors of writing: something cannot be written, or another command holds the project.

Leaves printing them to the command line.
"""


class WriteError(Exception):
    """A path could not be written and the old state was kept; the message names the path and says what to do."""


class BusyError(WriteError):
    """Another command is writing in the same project."""
