"""Charts as inline SVG: shapes and words carry the meaning, colour only helps."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from plannertui.core.words import month_name
from plannertui.i18n import gettext as _
from plannertui.outputs.charts import Heat, Line, Months
from plannertui.outputs.wording import day, month_letter, number

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE, HIGH = 640, 210
LEFT, RIGHT, TOP, BOTTOM = 52, 96, 14, 26
LOOKS = {
    "faint": 'fill="#444"',
    "value": 'fill="#1f4b94" font-weight="700"',
    "grid": 'stroke="#bbb"',
    "now": 'stroke="#444" stroke-dasharray="1 4"',
    "expected": 'fill="none" stroke="#444" stroke-width="1.5" stroke-dasharray="6 4"',
    "actual": 'fill="none" stroke="#1f4b94" stroke-width="2.5"',
    "dot": 'fill="#1f4b94"',
    "full": 'fill="#1f4b94"',
    "soft": 'fill="#bbb"',
    "frame": 'fill="none" stroke="#444"',
}
"""How each class looks where a page's style does not reach into a drawing: in a PDF."""


def draw(chart: object) -> str:
    """One chart as a figure with a caption."""
    if isinstance(chart, Line):
        return _figure(_line(chart), chart.title, _line_words(chart))
    if isinstance(chart, Heat):
        words = _("{count} of {total} workdays with a reflection").format(
            count=chart.count, total=chart.total
        )
        return _figure(_heat(chart), _("The year, day by day"), words)
    if isinstance(chart, Months) and chart.rows:
        return _figure(_months(chart), _("Evidence by month"), "")
    return ""


def _figure(drawing: str, title: str, words: str) -> str:
    said = f" <span>{escape(words)}</span>" if words else ""
    return (
        f"<figure><figcaption><strong>{escape(title)}</strong>{said}</figcaption>"
        f"{drawing}</figure>"
    )


def _svg(width: float, height: float, label: str, parts: Sequence[str]) -> str:
    drawn = "".join(parts)
    for name, look in LOOKS.items():
        drawn = drawn.replace(f'class="{name}"', f'class="{name}" {look}')
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" font-size="12" '
        f'fill="#000" aria-label="{escape(label)}">{drawn}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


# -- a goal against time ---------------------------------------------------------------


def _line_words(chart: Line) -> str:
    value = f"{number(chart.points[-1][1])} {chart.unit}".strip()
    return _("{value} on {day}, target {target}").format(
        value=value,
        day=day(chart.points[-1][0], chart.today),
        target=number(chart.target),
    )


def _line(chart: Line) -> str:
    first, last = chart.expected[0][0], chart.expected[-1][0]
    values = [v for _d, v in (*chart.points, *chart.expected)]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    days = (last - first).days or 1

    def x(on: date) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * min(
            1.0, max(0.0, (on - first).days / days)
        )

    def y(value: float) -> float:
        return TOP + (HIGH - TOP - BOTTOM) * (1 - (value - low) / span)

    def path(points: Sequence[tuple[date, float]]) -> str:
        return " ".join(f"{x(on):.1f},{y(value):.1f}" for on, value in points)

    parts = []
    for value in dict.fromkeys((chart.start, chart.target)):
        at = y(value)
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>'
        )
        parts.append(_text(LEFT - 8, at + 4, number(value), "end"))
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        at = x(date(year, month, 1))
        parts.append(
            _text(at, HIGH - 6, month_letter(month), "middle", ' class="faint"')
        )
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    parts.append(f'<polyline class="expected" points="{path(chart.expected)}"/>')
    now = x(chart.today)
    parts.append(
        f'<line class="now" x1="{now:.1f}" x2="{now:.1f}" y1="{TOP}" y2="{HIGH - BOTTOM}"/>'
    )
    parts.append(f'<polyline class="actual" points="{path(chart.points)}"/>')
    on, value = chart.points[-1]
    parts.append(f'<circle class="dot" cx="{x(on):.1f}" cy="{y(value):.1f}" r="4"/>')
    expected = _at(chart, chart.today)
    end_on, end = chart.expected[-1]
    parts.append(
        _text(x(end_on) + 8, y(end) + 4, _("if on pace"), "start", ' class="faint"')
    )
    above = y(value) <= y(expected)
    place = y(value) + (-10 if above else 20)
    parts.append(
        _text(x(on) + 8, max(TOP + 6, place), number(value), "start", ' class="value"')
    )
    return _svg(WIDE, HIGH, f"{chart.title}: {_line_words(chart)}", parts)


def _at(chart: Line, on: date) -> float:
    """The expected value of a day."""
    before = chart.expected[0]
    for point in chart.expected:
        if point[0] >= on:
            days = (point[0] - before[0]).days or 1
            share = (on - before[0]).days / days
            return before[1] + (point[1] - before[1]) * share
        before = point
    return before[1]


# -- the year, day by day --------------------------------------------------------------

CELL = 11


def _heat(chart: Heat) -> str:
    left, top = 30, 18
    parts, seen = [], set()
    for column, week in enumerate(chart.weeks):
        for on, mark in week:
            x, y = left + column * CELL, top + on.weekday() * CELL
            if on.day <= 7 and on.month not in seen:
                seen.add(on.month)
                parts.append(
                    _text(x, top - 6, month_name(on.month), "start", ' class="faint"')
                )
            parts.append(_cell(x, y, mark))
    height = top + 7 * CELL + 30
    at, y = float(left), top + 7 * CELL + 12
    for mark, words in (
        ("reflected", _("reflected")),
        ("free", _("a free day")),
        ("missed", _("none")),
    ):
        parts.append(_cell(at, y, mark))
        parts.append(_text(at + 16, y + 9, words, "start", ' class="faint"'))
        at += 120
    return _svg(
        left + len(chart.weeks) * CELL + 8, height, _("The year, day by day"), parts
    )


def _cell(x: float, y: float, mark: str) -> str:
    size = CELL - 2
    if mark == "reflected":
        return f'<rect class="full" x="{x:g}" y="{y:g}" width="{size}" height="{size}" rx="2"/>'
    if mark == "free":
        return (
            f'<rect class="frame" x="{x + 0.5:g}" y="{y + 0.5:g}" width="{size - 1}" '
            f'height="{size - 1}" rx="2"/><circle class="full" cx="{x + size / 2:g}" '
            f'cy="{y + size / 2:g}" r="1.6"/>'
        )
    if mark == "missed":
        return (
            f'<rect class="frame" x="{x + 0.5:g}" y="{y + 0.5:g}" width="{size - 1}" '
            f'height="{size - 1}" rx="2"/>'
        )
    if mark == "ahead":
        return f'<circle class="soft" cx="{x + size / 2:g}" cy="{y + size / 2:g}" r="1.2"/>'
    return ""


# -- evidence by month -----------------------------------------------------------------


def _months(chart: Months) -> str:
    left, row, step = 170, 46, 38
    top = 8
    most = max(max(counts) for _title, counts in chart.rows) or 1
    parts = []
    for line, (title, counts) in enumerate(chart.rows):
        base = top + (line + 1) * row - 14
        parts.append(_text(left - 12, base, _short(title), "end"))
        for at, count in enumerate(counts):
            x = left + at * step
            tall = (row - 22) * count / most
            if count:
                parts.append(
                    f'<rect class="full" x="{x:g}" y="{base - tall:.1f}" width="18" '
                    f'height="{tall:.1f}" rx="1.5"/>'
                )
            parts.append(
                f'<line class="grid" x1="{x:g}" x2="{x + 18:g}" y1="{base + 0.5:g}" y2="{base + 0.5:g}"/>'
            )
            words = str(count) if count else "–"
            parts.append(
                _text(x + 9, base - tall - 4, words, "middle", ' class="faint"')
            )
    height = top + len(chart.rows) * row + 18
    for at, month in enumerate(chart.months):
        parts.append(
            _text(
                left + at * step + 9,
                height - 6,
                month_letter(month),
                "middle",
                ' class="faint"',
            )
        )
    width = left + max(1, len(chart.months)) * step + 8
    return _svg(width, height, _("Evidence by month"), parts)


def _short(title: str) -> str:
    from plannertui.core.text import fit

    return fit(title, 22)
