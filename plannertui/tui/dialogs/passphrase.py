"""Asking for a passphrase, old or new, and having the recovery code typed back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from plannertui.core.errors import PlannerError, Usage
from plannertui.core.passphrase import ENOUGH, bits
from plannertui.i18n import gettext as _
from plannertui.store.key import Key, bare, from_code
from plannertui.store.sealing import check_new
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words
from plannertui.tui.secret import Secret

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.tui.themes import Frame

GROUP = 4
IN_A_ROW = 5


class Asked(NamedTuple):
    """What was typed: the present passphrase, and the one that is to be."""

    old: str = ""
    new: str = ""


def checked(first: str, again: str) -> str:
    """A new passphrase that was typed twice; Usage says what is wrong with it."""
    check_new(first)
    if first != again:
        raise Usage(_("The two are not the same. Type both again."))
    return first


def advice(text: str) -> str:
    """What is to be said about a new passphrase while it is typed."""
    if not text:
        return ""
    if bits(text) < ENOUGH:
        return _("It is guessed soon. Four or five words are better.")
    return _("Long enough. You need it each time, and nobody can bring it back.")


class PassphraseDialog(Dialog[Asked]):
    """Asks for the passphrase there is (``old``), and for one that is to be (``new``)."""

    KEPT = True

    DEFAULT_CSS = """
    PassphraseDialog Secret { margin-bottom: 1; }
    PassphraseDialog .why { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "ctrl+s",
            "accept",
            N_("go on"),
            id="passphrase.accept",
            tooltip=N_("Take what was typed, and go on."),
            show=False,
        ),
    ]

    def __init__(
        self, frame: Frame, title: str, reason: str, *, old: bool, new: bool
    ) -> None:
        super().__init__()
        self.frame = frame
        self.heading = title
        self.reason = reason
        self.old = old
        self.new = new

    def compose(self) -> ComposeResult:
        """Why, the fields, what is to be said, and the keys."""
        with Vertical(classes="dialog") as box:
            box.border_title = words(self.heading)
            yield Static(words(self.reason), classes="muted why")
            if self.old:
                yield Static(words(_("The passphrase there is")))
                yield Secret(mark=self.frame.bullet, id="old")
            if self.new:
                yield Static(words(_("The new passphrase")))
                yield Secret(mark=self.frame.bullet, id="new")
                yield Static(words(_("The same once more")))
                yield Secret(mark=self.frame.bullet, id="again")
            box.border_subtitle = words(_("Enter next   Esc back"))
            yield Static(id="said")

    def on_mount(self) -> None:
        """Begin in the first field."""
        self.query(Secret).first().focus()

    @on(Input.Changed, "#new")
    def typed(self, event: Input.Changed) -> None:
        """Say how long it should be; a field that was emptied says nothing."""
        if event.value:
            self.say(advice(event.value), "$muted")

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, and from the last one on."""
        event.stop()
        fields = list(self.query(Secret))
        at = fields.index(event.input)  # type: ignore[arg-type]
        if at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self.action_accept()

    def action_accept(self) -> None:
        """Give what was typed; or say what is wrong with it."""
        try:
            new = ""
            if self.new:
                new = checked(self._text("new"), self._text("again"))
        except PlannerError as error:
            self.say(error.message, "$warning")
            for name in ("new", "again"):
                self.query_one(f"#{name}", Secret).take()
            self.query_one("#new", Secret).focus()
            return
        self.dismiss(Asked(self._text("old") if self.old else "", new))

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Secret).value

    def say(self, text: str, style: str) -> None:
        """Say ``text`` under the fields."""
        self.query_one("#said", Static).update(Content.styled(text, style))


def in_rows(code: str) -> str:
    """A recovery code as one writes it down: five groups in a row."""
    groups = code.split("-")
    rows = [groups[at : at + IN_A_ROW] for at in range(0, len(groups), IN_A_ROW)]
    return "\n".join("  ".join(row) for row in rows)


class CodeDialog(Dialog[bool]):
    """Shows the recovery code of ``key``, then hides it and has it typed back.

    True when it was; None when somebody went back.
    """

    KEPT = True

    DEFAULT_CSS = """
    CodeDialog #code { margin: 1 0; text-align: center; }
    CodeDialog Input { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "hide",
            N_("type it back"),
            id="code.hide",
            tooltip=N_("It is written down: hide it, and type it back."),
        ),
    ]

    def __init__(self, key: Key) -> None:
        super().__init__()
        self.key = key
        self._hidden = False

    def compose(self) -> ComposeResult:
        """What it is for, the code, a field for it, and the keys."""
        with Vertical(classes="dialog") as box:
            box.border_title = words(_("Recovery code"))
            yield Static(id="why", classes="muted")
            yield Static(words(in_rows(self.key.code), "bold"), id="code")
            field = Input(id="typed", max_length=200)
            field.display = False
            yield field
            yield Static(id="said")
            yield Static(id="keys", classes="keys")

    def on_mount(self) -> None:
        """Show it."""
        super().on_mount()
        self._show()

    def _show(self) -> None:
        hidden = self._hidden
        self.query_one("#code").display = not hidden
        self.query_one("#typed").display = hidden
        why = (
            _("Type it back from what you wrote. Case, blanks and dashes are free.")
            if hidden
            else _(
                "The only way back when the passphrase is forgotten. Write it on paper "
                "and keep it away from this machine: whoever has it can read everything."
            )
        )
        self.query_one("#why", Static).update(words(why))
        keys = (
            _("Enter that is it   Esc see it again")
            if hidden
            else _("Enter I have written it down   Esc back")
        )
        self.query_one("#keys", Static).update(words(keys))
        self.query_one("#said", Static).update("")
        if hidden:
            self.query_one("#typed", Input).focus()
        else:
            self.set_focus(None)

    def action_hide(self) -> None:
        """Hide it, and ask for it."""
        if not self._hidden:
            self._hidden = True
            self._show()

    def action_leave(self) -> None:
        """See it again; from there, go back."""
        if self._hidden:
            self._hidden = False
            self._show()
        else:
            self.dismiss(None)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Say how far it is right, group by group."""
        whole, mine = bare(self.key.code), bare(event.value)
        groups = -(-len(whole) // GROUP)
        right = 0
        while right < len(mine) // GROUP and mine.startswith(
            whole[: (right + 1) * GROUP]
        ):
            right += 1
        said = _("{right} of {groups} groups").format(right=right, groups=groups)
        style = "$muted"
        if not whole.startswith(mine):
            said = _("Group {number} is not as it was shown.").format(number=right + 1)
            style = "$warning"
        shown = Content.styled(said, style) if mine else Content("")
        self.query_one("#said", Static).update(shown)

    @on(Input.Submitted)
    def compare(self, event: Input.Submitted) -> None:
        """Go on if it is the code."""
        event.stop()
        try:
            same = from_code(event.value, self.key.salt) == self.key
        except Usage:
            same = False
        if same:
            self.dismiss(True)
        elif event.value.strip():
            said = _("That is not all of it yet. Esc shows it again.")
            self.query_one("#said", Static).update(Content.styled(said, "$warning"))


class LockDialog(Dialog[str]):
    """What can be done with the passphrase that there is: "change", "code", "remove"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "c",
            "answer('change')",
            N_("change"),
            id="passphrase.change",
            tooltip=N_("Another passphrase."),
        ),
        bind(
            "r",
            "answer('code')",
            N_("recovery code"),
            id="passphrase.code",
            tooltip=N_("Show the recovery code, after the passphrase."),
        ),
        bind(
            "x",
            "answer('remove')",
            N_("take away"),
            id="passphrase.remove",
            tooltip=N_("Keep everything without encryption; asks twice."),
        ),
    ]

    def compose(self) -> ComposeResult:
        """What there is, and the keys."""
        with Vertical(classes="dialog narrow") as box:
            box.border_title = words(_("Passphrase"))
            yield Static(words(_("This planner is encrypted with a passphrase.")))
            keys = _("c change   r recovery code   x take away   Esc back")
            yield Static(words(keys), classes="keys")

    def action_answer(self, answer: str) -> None:
        """Do that."""
        self.dismiss(answer)
