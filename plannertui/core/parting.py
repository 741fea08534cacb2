"""What forgetting somebody erases, and what it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What forgetting touches: beliefs, notes about nobody else, other texts, boundary
    records; ``copies`` are files beside the store that still have it."""

    beliefs: int
    notes: int
    texts: int
    boundary: int
    copies: tuple[str, ...] = ()


def forget_words(of: Forgotten, keep_notes: bool) -> list[str]:
    """What forgetting somebody erases, in lines; also what it does not reach."""
    said = [_("To be erased: alias and real name.")]
    if of.beliefs:
        said = [
            ngettext(
                "To be erased: alias, real name, and {count} line about them.",
                "To be erased: alias, real name, and {count} lines about them.",
                of.beliefs,
            ).format(count=of.beliefs)
        ]
    if of.notes:
        words = (
            ngettext(
                "{count} note about nobody else stays, without the name.",
                "{count} notes about nobody else stay, without the name.",
                of.notes,
            )
            if keep_notes
            else ngettext(
                "To be erased: {count} note about nobody else.",
                "To be erased: {count} notes about nobody else.",
                of.notes,
            )
        )
        said.append(words.format(count=of.notes))
    if of.texts:
        said.append(
            ngettext(
                "In {count} other text the handle takes the place of the name.",
                "In {count} other texts the handle takes the place of the name.",
                of.texts,
            ).format(count=of.texts)
        )
    if of.boundary:
        said.append(
            ngettext(
                "{count} boundary record is about them: it stays, without the name.",
                "{count} boundary records are about them: they stay, without the name.",
                of.boundary,
            ).format(count=of.boundary)
        )
    if of.copies:
        said.append(
            _("Older copies beside the store still have it: {files}").format(
                files=", ".join(of.copies)
            )
        )
    return said
