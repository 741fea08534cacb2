"""A report as one page that needs nothing else: it prints, and reads in the dark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from plannertui import i18n
from plannertui.outputs.blocks import Block, parse
from plannertui.outputs.svg import draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.outputs.blocks import Span
    from plannertui.outputs.report import Report

TAGS = {"strong": "strong", "em": "em", "code": "code"}
STYLE = """
:root { color-scheme: light dark; --ink: #1d2129; --soft: #5b6270; --line: #d9dce2;
  --paper: #ffffff; --accent: #2a5db0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e5ea; --soft: #a2a8b4;
  --line: #3a3f4a; --paper: #16181d; --accent: #8ab0ee; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 "Source Sans 3", "Noto Sans", "Helvetica Neue", Arial,
    "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Source Han Sans SC",
    "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
h1 { font-size: 1.55rem; line-height: 1.3; margin: 0 0 1.2rem; padding-bottom: .7rem;
  border-bottom: 2px solid var(--accent); }
h2 { font-size: 1.12rem; margin: 1.9rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
p { margin: .55rem 0; }
.label { margin-top: 1.3rem; }
ul, ol { margin: .4rem 0 .7rem; padding-left: 1.4rem; }
li { margin: .22rem 0; }
li::marker { color: var(--soft); }
em { font-style: italic; }
:lang(zh) em { font-style: normal; font-weight: 600; }
.quiet, .quiet em { color: var(--soft); font-weight: normal; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .92em; }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.6rem 0; }
table { border-collapse: collapse; width: 100%; margin: .7rem 0 1.1rem; }
th, td { text-align: left; vertical-align: top; padding: .38rem .8rem .38rem 0;
  border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
figure { margin: 1.6rem 0; break-inside: avoid; }
figcaption { margin-bottom: .4rem; }
figcaption span { color: var(--soft); margin-left: .5rem; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 12px; fill: var(--ink); font-family: inherit; }
svg .faint { fill: var(--soft); }
svg .value { font-weight: 700; fill: var(--accent); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .now { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 1 4; }
svg .expected { fill: none; stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 6 4; }
svg .actual { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; }
svg .dot, svg .full { fill: var(--accent); }
svg .soft { fill: var(--line); }
svg .frame { fill: none; stroke: var(--soft); stroke-width: 1; }
@page { size: A4; margin: 18mm 18mm 20mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff;
    --accent: #1f4b94; }
  body { font-size: 10.5pt; line-height: 1.5; }
  main { max-width: none; padding: 0; }
  h1, h2, h3, .label, thead { break-after: avoid; }
  li, tr { break-inside: avoid; }
  svg * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def page(report: Report) -> str:
    """The whole page of ``report``, in its language."""
    with i18n.speaking(report.language):
        drawn = "\n".join(filter(None, map(draw, report.charts)))
    language = "zh-Hans" if report.language == "zh_Hans" else "en"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body(parse(report.markdown))}\n{drawn}\n</main>\n</body>\n</html>\n"
    )


def body(blocks: Sequence[Block]) -> str:
    """``blocks`` as HTML; every text in it is escaped."""
    made: list[str] = []
    open_lists: list[str] = []

    def close(down_to: int = 0) -> None:
        while len(open_lists) > down_to:
            made.append(f"</li></{open_lists.pop()}>")

    for block in blocks:
        if block.kind == "item":
            kind = "ol" if block.mark else "ul"
            depth = min(block.level, len(open_lists)) + 1
            close(depth)
            if len(open_lists) == depth and open_lists[-1] != kind:
                close(depth - 1)
            if len(open_lists) < depth:
                open_lists.append(kind)
                made.append(f"<{kind}>")
            else:
                made.append("</li>")
            made.append(f"<li>{spans(block.spans)}")
            continue
        close()
        if block.kind == "heading":
            level = min(block.level, 4)
            made.append(f"<h{level}>{spans(block.spans)}</h{level}>")
        elif block.kind == "rule":
            made.append("<hr>")
        elif block.kind == "table":
            made.append(_table(block))
        else:
            made.append(f"<p{_class(block)}>{spans(block.spans)}</p>")
    close()
    return "\n".join(made)


def _class(block: Block) -> str:
    """A paragraph that is a label stands off, one that is all emphasis is quiet."""
    styles = {style for _text, style in block.spans}
    if styles == {"em"}:
        return ' class="quiet"'
    first = block.spans[0][1] if block.spans else ""
    return ' class="label"' if first == "strong" else ""


def _table(block: Block) -> str:
    head, *rows = block.rows
    width = len(head)
    top = "".join(f"<th>{spans(cell)}</th>" for cell in head)
    lines = [
        "<tr>" + "".join(f"<td>{spans(cell)}</td>" for cell in row[:width]) + "</tr>"
        for row in rows
    ]
    return (
        f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )


def spans(found: Sequence[Span]) -> str:
    """Spans as HTML."""
    parts = []
    for text, style in found:
        tag = TAGS.get(style)
        words = escape(text)
        parts.append(f"<{tag}>{words}</{tag}>" if tag else words)
    return "".join(parts)
