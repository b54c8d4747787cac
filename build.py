"""The commands of `workreport`, from a checkout: `python build.py`, `python build.py add FILE`, `python build.py --help`."""

import sys

try:
    from workreport.commands import main
except ImportError as error:
    sys.exit(
        f"build.py: Python {sys.version.split()[0]} 里没有 {error.name or error}。请先运行 make site（或按 README 的两行命令建好 .venv）。"
    )

if __name__ == "__main__":
    sys.exit(main())
