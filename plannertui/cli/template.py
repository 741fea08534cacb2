"""``--format``: one's own line for each thing of a list, from known fields alone."""

from __future__ import annotations

from plannertui.cli.output import one_line
from plannertui.core.errors import Usage
from plannertui.core.text import cell_width, fit, visible
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from plannertui.cli.session import Session

ESCAPES = {"t": "\t", "n": "\n", "\\": "\\"}
MOST_CELLS = 1000


class Field:
    """One field in a template: its name, and how it is set in its room.

    ``width`` are the cells it takes at least, ``most`` those it takes at most, 0 for no
    limit; ``align`` is "<", "^" or ">".
    """

    __slots__ = ("align", "most", "name", "width")

    def __init__(self, name: str, align: str, width: int, most: int) -> None:
        self.name = name
        self.align = align
        self.width = width
        self.most = most

    def fill(self, text: str, ambiguous: int) -> str:
        """``text`` on one line that a terminal may get, as wide as asked."""
        text = visible(one_line(text))
        if self.most:
            text = fit(text, self.most, ambiguous)
        left = self.width - cell_width(text, ambiguous)
        if left <= 0:
            return text
        before = {"<": 0, ">": left, "^": left // 2}[self.align]
        return " " * before + text + " " * (left - before)


def read(template: str, names: Sequence[str]) -> list[str | Field]:
    """``template`` as texts and fields; Usage says what cannot be read, and the names.

    ``{name}`` is a field, ``{name:<20}`` sets it in 20 cells (``>`` and ``^`` too),
    ``{name:.20}`` cuts it at 20. ``{{`` and ``}}`` are braces, ``\\t`` a tab, ``\\n`` a
    line break. Nothing else means anything: there are no attributes and no indexes.
    """
    parts: list[str | Field] = []
    text, at = "", 0
    while at < len(template):
        char = template[at]
        pair = template[at : at + 2]
        if pair in ("{{", "}}"):
            text += char
            at += 2
        elif char == "\\" and pair[1:] in ESCAPES and len(pair) == 2:
            text += ESCAPES[pair[1]]
            at += 2
        elif char == "{":
            end = template.find("}", at)
            if end < 0:
                message = _("A {{ in --format has no }}. For a brace itself: {{{{")
                raise Usage(message.format())
            parts += [text, _field(template[at + 1 : end], names)]
            text, at = "", end + 1
        elif char == "}":
            message = _("A }} in --format has no {{. For a brace itself: }}}}")
            raise Usage(message.format())
        else:
            text += char
            at += 1
    found = [*parts, text]
    return [visible(p) if isinstance(p, str) else p for p in found if p != ""]


def _field(inside: str, names: Sequence[str]) -> Field:
    """The field between two braces."""
    name, colon, spec = inside.partition(":")
    if name not in names:
        raise Usage(
            _('There is no field "{name}". There are: {names}.').format(
                name=name, names=", ".join(names)
            )
        )
    align = spec[:1] if spec[:1] in ("<", ">", "^") and spec else ""
    rest = spec[len(align) :]
    width, dot, most = rest.partition(".")
    numbers = [each for each in (width, most) if each]
    good = all(
        n.isascii() and n.isdigit() and int(n[:9]) <= MOST_CELLS for n in numbers
    )
    if (colon and not spec) or not good or (dot and not most) or (align and not width):
        raise Usage(
            _(
                '"{spec}" in --format is no width. Such as: {{text:<20}}, {{day:>12}}, '
                "{{text:.40}}, at most {most} cells."
            ).format(spec=spec, most=MOST_CELLS)
        )
    return Field(name, align or "<", int(width or 0), int(most or 0))


def lines(session: Session, template: str, verb: str, things: Iterable[Any]) -> None:
    """Print each of ``things``, plain JSON values of ``verb``, as ``template`` says.

    With --null a NUL ends each instead of a line break.
    """
    from plannertui.cli.schemas import fields

    parts = read(session.readable(template), fields(verb))
    end = "\0" if session.args.has("null") else "\n"
    wide = session.out.ambiguous
    for thing in things:
        session.out.raw(
            "".join(
                part if isinstance(part, str) else part.fill(said(thing, part), wide)
                for part in parts
            )
            + end
        )


def said(thing: Mapping[str, Any], part: Field) -> str:
    """The value of a field in words: nothing where there is none, lists with blanks."""
    return _words(thing.get(part.name))


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else f"{value:.10g}"
    if isinstance(value, list):
        return " ".join(filter(None, map(_words, value)))
    if isinstance(value, dict):
        for name in ("handle", "text", "title", "name"):
            if name in value:
                return _words(value[name])
        return " ".join(f"{name}={_words(each)}" for name, each in value.items())
    return str(value)
