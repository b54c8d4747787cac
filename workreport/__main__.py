"""Knows how `python -m workreport` starts. Leaves the commands to `commands`."""

import sys

from workreport.commands import main

if __name__ == "__main__":
    sys.exit(main())
