"""Knows `python -m workreport`; leaves everything to `commands`."""

import sys

from workreport.commands import main

if __name__ == "__main__":
    sys.exit(main())
