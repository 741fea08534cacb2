"""What an @ in a text refers to by its handle, and what stands in its place.

On the shell's daily path: imports no more than the tokens of a captured line.
"""

from __future__ import annotations

from plannertui.core.tokens import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plannertui.core.entries import Entry
    from plannertui.core.matters import Matter


def replaced(text: str, names: Mapping[str, str]) -> str:
    """``text`` with the handles that are keys of ``names`` replaced, each behind its @.

    Only whole references, as a captured line has them: of "@G1 @G12 me@G1.org" the
    first alone is one to "G1".
    """

    def found(name: str) -> tuple[int, str, str, str] | None:
        other = names.get(name.upper())
        return None if other is None else (0, other, "", "")

    for token in reversed(named(text, 0, found)):
        start, end = token.start + 1, token.end
        if token.what == "ref" and token.value[1] != text[start:end].upper():
            text = text[:start] + token.value[1] + text[end:]
    return text


def with_aliases(text: str, refs: Iterable[tuple[int, str, str]]) -> str:
    """``text`` with people by alias where they were typed by handle.

    ``refs`` are the id, handle and label of what it refers to.
    """
    names = {handle: name for _id, handle, name in refs if name and is_person(handle)}
    return replaced(text, names) if names else text


def spoken(row: Entry | Matter) -> str:
    """The text of an entry or the title of a matter, with people by alias."""
    text = str(getattr(row, "title", None) or getattr(row, "text", ""))
    return with_aliases(text, [(ref.id, ref.handle, ref.label) for ref in row.refs])


def bare(text: str, names: Iterable[tuple[int, str, str]]) -> str:
    """The first line of ``text`` with aliases, less the handles at its very end."""
    import re

    line = text.strip().split("\n", 1)[0]
    shorter = re.sub(r"(\s*[@＠][A-Za-z]\d+(\.\d+)?)+$", "", line)
    return with_aliases(shorter or line, names)


def is_person(handle: str) -> bool:
    """Whether ``handle`` is one of a leader or of somebody else."""
    return handle[:1] in "LP" and "." not in handle
