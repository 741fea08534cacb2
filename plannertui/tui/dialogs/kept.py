"""A form whose fields are kept as a draft until it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widgets import Input, Static, TextArea

from plannertui.core.errors import PlannerError
from plannertui.i18n import gettext as _
from plannertui.store import drafts
from plannertui.tui.dialogs.form import Form
from plannertui.tui.editor import Editor
from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.containers import Horizontal
    from textual.timer import Timer

    from plannertui.tui.planner import Planner

QUIET_SECONDS = 0.4
NEAR = 12


class KeptForm(Form[str]):
    """A form that finds again what was typed into it, after Esc or after a crash.

    ``target`` names its draft. The draft's body has one line for each line of a field:
    the field's id, a tab, the text. An editor keeps a draft of its own. ``limits`` are
    characters by field id.
    """

    KEPT = True

    CSS_PATH: ClassVar[Any] = ["form.tcss", "kept.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "ctrl+n",
            "afresh",
            N_("start afresh"),
            id="form.afresh",
            tooltip=N_("Forget what was typed here before, and start afresh."),
            show=False,
        ),
    ]

    def __init__(
        self, planner: Planner, title: str, target: str, base_rev: int
    ) -> None:
        super().__init__(planner, title)
        self.target = target
        self.base_rev = base_rev
        self.limits: dict[str, int] = {}
        self._first: dict[str, str] = {}
        self._timer: Timer | None = None
        self._over = False

    def on_mount(self) -> None:
        """Take up what was left in it, and begin in the first field."""
        self.prepare()
        self._first = self.typed()
        draft = drafts.get(self.planner.db, self.target)
        if draft is not None:
            self._take(draft.body)
        self.planner.keep(self.flush)
        self.begin()

    def keys(self) -> str:
        """The line about the keys."""
        return _("Enter or Ctrl+S saves   Tab next field   Esc keeps it for later")

    def prepare(self) -> None:
        """Fill in what the fields begin with, where it is not given with them."""

    def begin(self) -> None:
        """Focus the field that is to be filled first."""
        self.query(Input).first().focus()

    def on_unmount(self) -> None:
        """Keep nothing any longer."""
        self.planner.let_go(self.flush)

    def typed(self) -> dict[str, str]:
        """What stands in the fields, by their ids."""
        found = {str(field.id): field.value for field in self.query(Input)}
        found.update({str(area.id): area.text for area in self._areas()})
        found.update({str(c.id): c.value for c in self.query(Choice) if c.id})
        return found

    def _areas(self) -> list[TextArea]:
        """The texts that have no draft of their own, as those of an editor have."""
        return [a for a in self.query(TextArea) if not isinstance(a, Editor)]

    def _take(self, body: str) -> None:
        values: dict[str, list[str]] = {}
        for each in body.split("\n"):
            name, _tab, text = each.partition("\t")
            values.setdefault(name, []).append(text)
        for field in self.query(Input):
            if field.id in values:
                field.value = " ".join(values[field.id])
        for area in self._areas():
            if area.id in values:
                area.text = "\n".join(values[area.id])
        for choice in self.query(Choice):
            value = values.get(str(choice.id), [None])[0]
            if value in [name for name, _word in choice.choices]:
                choice.value = value
        self.hint(_("Here is what you typed before. Ctrl+N starts afresh."))

    def flush(self) -> None:
        """Write the draft now."""
        if self._over:
            return
        now = self.typed()
        changed = {
            name: text for name, text in now.items() if text != self._first[name]
        }
        body = "\n".join(
            f"{name}\t{part}"
            for name, text in changed.items()
            for part in text.split("\n")
        )
        drafts.put(
            self.planner.db,
            self.target,
            body,
            base_rev=self.base_rev,
            session=drafts.session_id(),
            now=self.planner.now(),
        )

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Picked)
    def keep_soon(self) -> None:
        """Write the draft when the keys have been quiet for a moment."""
        if self._first and self._timer is None:
            self._timer = self.set_timer(QUIET_SECONDS, self._keep)

    def _keep(self) -> None:
        self._timer = None
        try:
            self.flush()
        except PlannerError as error:
            self.complain(error.message)

    def hint(self, text: str) -> None:
        """Say something quietly under the fields."""
        said = self.query_one("#form-said", Static)
        said.update(text)
        said.add_class("-on", "-quiet")

    def complain(self, message: str) -> None:
        """Say why it cannot be done; everything typed stays."""
        self.query_one("#form-said", Static).remove_class("-quiet")
        super().complain(message)

    def limited(self, id: str, label: str, value: str, limit: int) -> Horizontal:
        """A row with a field that counts its characters once they become many."""
        self.limits[id] = limit
        count = Static(classes="form-count", id=f"{id}-count", markup=False)
        return self.row(label, self.line(id, value), count)

    @on(Input.Changed)
    def count(self, event: Input.Changed) -> None:
        """Say how many characters there are near the limit."""
        limit = self.limits.get(str(event.input.id))
        if limit is None:
            return
        count = self.query_one(f"#{event.input.id}-count", Static)
        length = len(event.value.strip())
        count.update(f"{length}/{limit}" if length > limit - NEAR else "")
        count.set_class(length > limit - NEAR, "-on")
        count.set_class(length > limit, "-wrong")

    def action_leave(self) -> None:
        """Go back; what was typed waits here."""
        try:
            self.flush()
        except PlannerError as error:
            self.complain(error.message)
            return
        self.dismiss(None)

    def action_afresh(self) -> None:
        """Put back what stood in the fields at first."""
        for field in self.query(Input):
            field.value = self._first.get(str(field.id), field.value)
        for area in self._areas():
            area.text = self._first.get(str(area.id), area.text)
        for each in self.query(Choice):
            each.value = self._first.get(str(each.id), each.value)
        for editor in self.query(Editor):
            editor.drop_draft()
        drafts.drop(self.planner.db, self.target)
        self.hint("")

    def action_accept(self) -> None:
        """Do it, and forget the draft; or say why not."""
        if not self.is_current:
            return
        try:
            result = self.collect()
            self._over = True
            drafts.drop(self.planner.db, self.target)
        except PlannerError as error:
            self.complain(error.message)
            return
        self.dismiss(result)
