"""Adding or editing somebody: alias, relation, and their way of working in six lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.widgets import Static

from plannertui.core.errors import EmptyText, Usage
from plannertui.core.people import (
    ALIAS_LENGTH,
    BASES,
    RELATIONS,
    STYLE,
    STYLE_LENGTH,
    Belief,
)
from plannertui.core.words import kind_word, style_word
from plannertui.i18n import gettext as _
from plannertui.store import people
from plannertui.tui.dialogs.kept import KeptForm
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.core.people import Person
    from plannertui.tui.planner import Planner

REAL_NAME = "real-name"
NONE = ("-", "–", "none", "无")


class PersonForm(KeptForm):
    """Adds somebody, or edits ``person``; ``part`` is the line of STYLE to begin with.

    A real name that is kept is not shown, and one that is typed goes into no draft.
    """

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss", "person.tcss"]

    def __init__(
        self,
        planner: Planner,
        person: Person | None,
        *,
        relation: str = "leader",
        part: str = "",
    ) -> None:
        if person is None:
            title, target, rev = _("New person"), "form:person:new", 0
        else:
            title = _("Edit {handle}").format(handle=person.handle)
            target, rev = f"form:person:{person.uid}", person.rev
        super().__init__(planner, title, target, rev)
        self.person = person
        self.relation: str = person.relation if person is not None else relation
        self.part = part

    def fields(self) -> Iterable[Widget]:
        """Who it is to me, then how they work."""
        person = self.person
        alias = "" if person is None else person.alias
        yield self.limited("alias", _("Alias"), alias, ALIAS_LENGTH)
        relations = [(str(name), kind_word(name)) for name in RELATIONS]
        yield self.row(_("Is to me"), Choice(relations, self.relation, id="relation"))
        first = person is None and people.primary(self.planner.db) is None
        primary = first if person is None else person.primary
        answers = [("yes", _("yes")), ("no", _("no"))]
        yield self.row(
            _("Leads first"), Choice(answers, "yes" if primary else "no", id="primary")
        )
        in_room = person is not None and person.in_room
        yield self.row(
            _("In the room"), Choice(answers, "yes" if in_room else "no", id="room")
        )
        yield self.day_row(
            "since", _("Since"), None if person is None else person.since, past=True
        )
        named = person is not None and bool(person.name)
        hint = _("kept, not shown; a - erases it") if named else _("not needed")
        yield self.row(_("Real name"), self.line(REAL_NAME, "", hint))
        yield Static(
            _("Way of working: only what helps the work, and how you know"),
            classes="form-group",
            markup=False,
        )
        bases = [(str(name), kind_word(name)) for name in BASES]
        for part in STYLE:
            belief = None if person is None else person.style.get(part)
            yield self.row(
                style_word(part),
                self.line(part, "" if belief is None else belief.text, hints()[part]),
                Choice(
                    bases,
                    "seen" if belief is None else belief.basis,
                    id=f"{part}-basis",
                    classes="basis",
                ),
            )

    def typed(self) -> dict[str, str]:
        """What stands in the fields, less the real name: no draft has it."""
        found = super().typed()
        found.pop(REAL_NAME, None)
        return found

    def begin(self) -> None:
        """Begin with the alias, or with the line that was asked for."""
        self.query_one(f"#{self.part or 'alias'}").focus()

    def collect(self) -> str:
        """Add or change them."""
        if not self.value("alias"):
            self.query_one("#alias").focus()
            raise EmptyText(_("Give an alias: a name that may be seen by anybody."))
        values: dict[str, Any] = {
            "alias": self.value("alias"),
            "relation": self.chosen("relation"),
            "primary": self.chosen("primary") == "yes",
            "in_room": self.chosen("room") == "yes",
            "since": self.day("since"),
            "style": self._style(),
        }
        if values["primary"] and values["relation"] != "leader":
            raise Usage(_("Who leads you first is a leader."))
        name = self.value(REAL_NAME)
        if name:
            values["name"] = None if name in NONE else name
        db, now = self.planner.db, self.planner.now()
        if self.person is None:
            person = people.add(db, now=now, **values)
            return _("{handle} added: {title}").format(
                handle=person.handle, title=person.alias
            )
        changed = {
            key: value
            for key, value in values.items()
            if value != getattr(self.person, key)
        }
        if changed:
            people.edit(db, self.person, now, base_rev=self.person.rev, **changed)
        return _("{handle} changed.").format(handle=self.person.handle)

    def _style(self) -> dict[str, Belief]:
        """The lines that are filled in; one that was touched counts as checked today."""
        old = {} if self.person is None else self.person.style
        found: dict[str, Belief] = {}
        for part in STYLE:
            text = self.value(part)
            if len(text) > STYLE_LENGTH:
                self.query_one(f"#{part}").focus()
                message = _("{field} has {count} characters; {limit} fit.")
                raise Usage(
                    message.format(
                        field=style_word(part), count=len(text), limit=STYLE_LENGTH
                    )
                )
            if not text:
                continue
            basis = self.chosen(f"{part}-basis")
            before = old.get(part)
            if before is not None and (before.text, before.basis) == (text, basis):
                found[part] = before
            else:
                found[part] = Belief(text, basis, self.planner.today)  # type: ignore[arg-type]
        return found


def hints() -> dict[str, str]:
    """What is meant by each line of somebody's way of working."""
    return {
        "takes_in": _("reads, or hears"),
        "depth": _("headline, or detail"),
        "rhythm": _("how often they want to hear"),
        "best_time": _("when to come"),
        "decides": _("how they decide"),
        "dislikes": _("what they do not want at work"),
    }
