"""The one screen of a locked planner: a field for the passphrase, and neutral words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from plannertui.core.errors import MistypedCode, PlannerError, WrongPassphrase
from plannertui.i18n import gettext as _
from plannertui.tui.keys import N_, bind
from plannertui.tui.opener import Opener
from plannertui.tui.safety import words
from plannertui.tui.secret import Secret

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.store.key import Key
    from plannertui.tui.themes import Frame


class UnlockScreen(Screen[None], inherit_bindings=False):
    """Asks for the passphrase of the store at ``path``; tells the key by ``Opened``.

    The recovery code is taken as well. Trying takes half a second, in a thread; each wrong
    one makes the next wait a little longer, and none is ever the last.
    """

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    UnlockScreen { align: center middle; }
    UnlockScreen #unlock { width: 48; max-width: 100%; height: auto; }
    UnlockScreen Static { width: 1fr; height: auto; text-align: center; }
    UnlockScreen #name { text-style: bold; }
    UnlockScreen #asked { color: $muted; margin: 1 0; }
    UnlockScreen #said { color: $warning; margin-top: 1; min-height: 2; }
    UnlockScreen #said.-quiet { color: $muted; }
    UnlockScreen Secret, UnlockScreen Secret:focus {
        border: none; height: 1; padding: 0 1; background: $surface;
    }
    UnlockScreen Secret:disabled { opacity: 100%; text-opacity: 60%; }
    UnlockScreen #keys { color: $faint; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "escape",
            "app.quit",
            N_("quit"),
            id="unlock.quit",
            tooltip=N_("Leave; what is not saved stays as a draft."),
        ),
    ]

    class Opened(Message):
        """Somebody knew how to open it."""

        def __init__(self, key: Key) -> None:
            self.key = key
            super().__init__()

    def __init__(self, path: str, frame: Frame, opener: Opener, said: str = "") -> None:
        super().__init__()
        self.path = path
        self.frame = frame
        self.opener = opener
        self._first = said

    def compose(self) -> ComposeResult:
        """The name, what is asked for, the field, and what there is to say."""
        with Vertical(id="unlock"):
            yield Static(words("plannertui"), id="name")
            yield Static(words(_("Locked")), id="asked")
            yield Secret(
                mark=self.frame.bullet,
                id="passphrase",
                placeholder=_("passphrase, or recovery code"),
            )
            yield Static(id="said", markup=False)
            yield Static(words(_("Enter opens   Esc leaves")), id="keys")

    def on_mount(self) -> None:
        """Type at once."""
        self._say(self._first, quiet=True)
        self.query_one(Secret).focus()

    def _say(self, text: str, *, quiet: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(quiet, "-quiet")
        said.update(words(text))

    @on(Input.Submitted)
    def try_it(self, event: Input.Submitted) -> None:
        """Look whether it opens the store."""
        event.stop()
        field = self.query_one(Secret)
        text = field.take()
        if text and not field.disabled:
            field.disabled = True
            self._say(_("Checking …"), quiet=True)
            self._try(text)

    @work(exclusive=True, group="unlock", exit_on_error=False)
    async def _try(self, text: str) -> None:
        field = self.query_one(Secret)
        try:
            key = await self.opener.key_for(self.path, text)
        except MistypedCode as error:
            self._say(error.message)
        except WrongPassphrase:
            self._say(_("That is not the passphrase."))
        except PlannerError as error:
            self._say(error.message)
        else:
            self._say(_("Opening …"), quiet=True)
            self.post_message(self.Opened(key))
            return
        await self.opener.wait()
        field.disabled = False
        field.focus()

    def failed(self, error: PlannerError) -> None:
        """The key was right and the store cannot be used all the same: say why."""
        self._say(error.message)
        field = self.query_one(Secret)
        field.disabled = False
        field.focus()
