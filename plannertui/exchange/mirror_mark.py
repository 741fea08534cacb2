"""How a file says that this program wrote it, so that it is never taken in as a note."""

from __future__ import annotations

MARK = "<!-- plannertui -->\n"
