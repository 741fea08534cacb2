"""``python -m plannertui``: the same as the command."""

from __future__ import annotations

import sys

from plannertui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
