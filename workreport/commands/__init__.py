"""Knows the command line: arguments, messages and exit codes; one module for each command.

Exit codes: 0 done, 1 bad input or failed check, 2 wrong usage, 130 interrupted by Ctrl+C. Leaves the work to the other
packages, each imported only by the command that needs it.
"""

from workreport.commands.command_line import main
from workreport.project.errors import is_ours

__all__ = ["is_ours", "main"]
