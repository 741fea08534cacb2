"""HTML out: one page that needs nothing else, reads in the dark, and prints."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from plannertui import i18n
from plannertui.core.text import visible
from plannertui.core.words import weekday
from plannertui.exchange.exporting import Chosen
from plannertui.exchange.formats import Asked
from plannertui.exchange.lines import Line, by_days, lines
from plannertui.i18n import gettext as _
from plannertui.store.open import Store

STYLE = """
:root { color-scheme: light dark; --ink: #1d2129; --soft: #5b6270; --line: #d9dce2;
  --paper: #fff; --accent: #2a5db0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e5ea; --soft: #a2a8b4;
  --line: #3a3f4a; --paper: #16181d; --accent: #8ab0ee; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 "Source Sans 3", "Noto Sans", "Helvetica Neue", Arial, "PingFang SC",
    "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.5rem; padding-bottom: .6rem; border-bottom: 2px solid var(--accent); }
h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; }
article { padding: .45rem 0; border-top: 1px solid var(--line); }
article p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.about { color: var(--soft); font-size: .88em; }
time { font-weight: 600; margin-right: .5rem; }
.done p, .dropped p { color: var(--soft); }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; }
  main { max-width: none; padding: 0; } article { break-inside: avoid; }
  h2 { break-after: avoid; } }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(db: Store, chosen: Chosen, asked: Asked) -> Iterator[str]:
    """The page, a section for each day."""
    found = lines(db, chosen, asked.zone)
    days = [found[0].day.isoformat(), found[-1].day.isoformat()] if found else []
    title = " ".join([_("Journal"), " – ".join(dict.fromkeys(days))]).strip()
    language = "zh-Hans" if i18n.language() == "zh_Hans" else "en"
    yield (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<main>\n<h1>{escape(title)}</h1>\n"
    )
    for day, things in by_days(found):
        yield f"<section>\n<h2>{day.isoformat()} {escape(weekday(day))}</h2>\n"
        yield from map(_article, things)
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _article(line: Line) -> str:
    clock = f"<time>{line.clock}</time>" if line.begins else ""
    *said, handle = line.said()
    labels = [escape(visible(one)) for one in (*said, *line.labels(), handle)]
    text = f"{line.shown()}\n{line.notes}" if line.notes else line.shown()
    return (
        f'<article class="{line.noun} {line.state}">\n<p>{clock}'
        f"{escape(visible(text.strip()))}</p>\n"
        f'<div class="about">{" · ".join(labels)}</div>\n</article>\n'
    )
