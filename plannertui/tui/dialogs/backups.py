"""The backups there are: made, looked at, and put in the place of the planner."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import work
from textual.containers import Vertical
from textual.widgets import Static

from plannertui.core.errors import PlannerError
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext, pgettext
from plannertui.store import backups, restoring, sealing, tended
from plannertui.store.place import size_words
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.dialogs.confirm import Confirm
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words
from plannertui.tui.widgets.drawn import Line, fit, line, pad
from plannertui.tui.widgets.rows import Row, RowList, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.store.restoring import Weighed
    from plannertui.store.shelf import Backup
    from plannertui.tui.planner import Planner

ROLES = {"whole": "here", "damaged": "at-risk", "unknown": "faint"}


class BackupsDialog(Dialog[str]):
    """Lists the backups, the newest first.

    The result is what to say of the one that is in the planner's place now, None where
    the planner is as it was.
    """

    CSS_PATH = "backups.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "restore",
            N_("restore"),
            id="backups.restore",
            tooltip=N_("Put it in the place of the planner; what is there is kept"),
        ),
        bind(
            "v",
            "verify",
            N_("look at it"),
            id="backups.verify",
            tooltip=N_("Look at every byte of it"),
        ),
        bind(
            "b",
            "make",
            N_("back up now"),
            id="backups.make",
            tooltip=N_("Make a backup now"),
        ),
    ]

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self.planner = planner
        self.found = backups.ls(planner.db.path)
        self._busy = False

    def compose(self) -> ComposeResult:
        """The list, what was done last or is wrong, and the keys."""
        with Vertical(id="backups", classes="dialog") as box:
            box.border_title = words(_("Backups"))
            yield RowList(self.planner, self._rows, id="backups-list")
            yield Static("", id="backups-said", markup=False)
            yield Static(words(self._keys()), id="backups-keys", classes="keys")

    def on_mount(self) -> None:
        """Begin in the list, and say what is wrong."""
        self.query_one(RowList).focus()
        planner = self.planner
        wrong = tended.warning(planner.db, planner.now(), planner.settings.backup_hours)
        if wrong is not None:
            self._say(wrong[0])

    # -- what is shown -----------------------------------------------------------------

    def _keys(self) -> str:
        """The keys that do something here."""
        if not self.found:
            return _("b back up now   Esc back")
        return _("Enter restore   v look at it   b back up now   Esc back")

    def _rows(self, width: int) -> list[Row]:
        if not self.found:
            said = _("There is no backup yet: b makes one.")
            return [Row(tuple(paragraph(said, width, "muted")))]
        left = max(len(each.handle) for each in self.found) + 2
        return [
            Row((self._line(each, left, width),), "backup", each.number, each.handle)
            for each in self.found
        ]

    def _line(self, backup: Backup, left: int, width: int) -> Line:
        state = {
            "whole": pgettext("backup", "whole"),
            "damaged": pgettext("backup", "damaged"),
            "unknown": pgettext("backup", "not looked at"),
        }
        about = []
        if not backup.sealed and self.planner.db.key is not None:
            about.append(_("not encrypted"))
        about.append(backups.why_words(backup.why))
        if backup.entries >= 0:
            counted = ngettext("{count} entry", "{count} entries", backup.entries)
            about.append(counted.format(count=backup.entries))
        about.append(size_words(backup.size))
        dot = f" {self.planner.frame.dot} "
        wide = max(cell_len(state[each.state]) for each in self.found) + 2
        when = backup.at[:16].replace("T", " ") + "  "
        room = max(4, width - 2 - left - len(when) - wide)
        return line(
            (pad(backup.handle, left), "muted"),
            (when, ""),
            (pad(state[backup.state], wide), ROLES[backup.state]),
            (fit(dot.join(filter(None, about)), room, self.planner.frame), "muted"),
        )

    def _say(self, text: str) -> None:
        self.query_one("#backups-said", Static).update(words(text))

    @property
    def current(self) -> Backup | None:
        """The backup one is on."""
        row = self.query_one(RowList).row
        number = 0 if row is None else row.key
        return next((each for each in self.found if each.number == number), None)

    # -- what the keys do --------------------------------------------------------------

    async def _apart(self, do: Callable[..., Any], *given: Any) -> Any:
        """What ``do`` gives, from a thread; None where it failed, which is said."""
        if self._busy:
            return None
        self._busy = True
        try:
            return await asyncio.to_thread(do, *given)
        except (PlannerError, OSError) as error:
            self._say(str(error))
            return None
        finally:
            self._busy = False
            self.found = backups.ls(self.planner.db.path)
            self.query_one(RowList).reload()
            self.query_one("#backups-keys", Static).update(words(self._keys()))

    @work
    async def action_make(self) -> None:
        """Make a backup, and its copies in other folders."""
        planner = self.planner
        now = planner.now()

        def make() -> tuple[Backup, list[tuple[str, str]]]:
            with planner.beside() as db:
                made = backups.make(db, now, "asked")
                return made, backups.spread(db, made, planner.settings.backup_dirs)

        self._say(_("A moment…"))
        done = await self._apart(make)
        if done is None:
            return
        made, missed = done
        said = _("{handle} is made, and whole.").format(handle=made.handle)
        for folder, reason in missed:
            said += "\n" + _("No copy in {folder}: {reason}").format(
                folder=folder, reason=reason
            )
        self._say(said)

    @work
    async def action_verify(self) -> None:
        """Look at every byte of the one one is on."""
        backup, planner = self.current, self.planner
        if backup is None:
            return
        self._say(_("A moment…"))
        found = await self._apart(
            backups.verify, planner.db.path, backup, planner.db.key, planner.now()
        )
        if found is None:
            return
        if found.state == "damaged":
            said = _("{handle} is damaged: {reason}")
            self._say(said.format(handle=found.handle, reason=found.reason))
        else:
            self._say(_("{handle} is whole.").format(handle=found.handle))

    @work
    async def action_restore(self) -> None:
        """Ask, and put the one one is on in the place of the planner."""
        backup, planner = self.current, self.planner
        if backup is None or self._busy:
            return
        key = planner.db.key if backup.sealed else None
        if backup.sealed and (key is None or not sealing.opens(backup.path, key)):
            said = _(
                "{handle} has another passphrase. Leave the screen, then: ptui restore "
                "{handle}"
            )
            self._say(said.format(handle=backup.handle))
            return
        self._say(_("A moment…"))
        planner.flush_drafts()
        weighed = await self._apart(
            restoring.weigh, planner.db.path, backup.path, key, planner.db.key
        )
        if weighed is None:
            return
        self._say("")
        asked, detail = question(backup, weighed)
        if await self.app.push_screen_wait(Confirm(asked, detail=detail)):
            self._put(backup)

    def _put(self, backup: Backup) -> None:
        planner = self.planner
        planner.flush_drafts()
        key = planner.db.key if backup.sealed else None
        try:
            restoring.restore_open(planner.db, backup.path, key, planner.now())
        except PlannerError as error:
            self._say(error.message)
            return
        self.dismiss(
            _("{handle} is in place; what was there is in before-restore.").format(
                handle=backup.handle
            )
        )

    def on_row_list_chosen(self) -> None:
        """A double click restores."""
        self.action_restore()


def question(backup: Backup, weighed: Weighed) -> tuple[str, str]:
    """What is asked before a restore, and what it would do."""
    asked = _("Put {name} in the place of the planner?").format(name=backup.handle)
    detail = _("Lost: {lost}, won back: {won}, older than now: {older}.").format(
        lost=weighed.lost, won=weighed.won, older=weighed.older
    )
    kept = _("What is there now is kept in before-restore.")
    return asked, " ".join(filter(None, (detail, weighed.unsaved, kept)))
