"""The curtain: a neutral calendar before everything, at once, and what lifts it.

It is no screen of the program: what the program paints is not sent while it is drawn,
and what is typed does not reach it. So nothing can come to lie over it, and behind it
everything stays where it was, the cursor and an open dialog included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.color import ColorSystem
from rich.segment import Segment
from textual import events
from textual.keys import _character_to_key
from textual.strip import Strip

from plannertui.i18n import gettext as _
from plannertui.tui.almanac import fitted, page
from plannertui.tui.keys import IDS, N_, bind, show_key
from plannertui.tui.painted import Painted
from plannertui.tui.painting import cells_of
from plannertui.tui.pen import is_field
from plannertui.tui.secret import MOST
from plannertui.tui.widgets.drawn import ROLES, pad_left

if TYPE_CHECKING:
    from textual.events import Event
    from textual.screen import Screen

    from plannertui.tui.painting import Run
    from plannertui.tui.planner import Planner
    from plannertui.tui.typeahead import TypeAhead

CURTAIN_KEY = bind(
    "grave_accent,f12,ctrl+backslash,fullwidth_grave_accent,middle_dot",
    "curtain",
    N_("curtain"),
    id="app.curtain",
    tooltip=N_("Hide everything behind a plain calendar; the same key comes back."),
    show=False,
)
"""A backtick, which an input method may turn into a full-width one or a middle dot. In a
text it is a character, so that there are two keys that no field takes."""

MARKS = 24
"""Marks of a passphrase that are shown at the most."""
WAYS_OUT = frozenset(("escape", "ctrl+c"))
"""Keys of somebody who does not know how to get back."""


class Curtained(Painted, inherit_bindings=False):
    """A program that can hide behind a curtain."""

    planner: Planner
    _keys: TypeAhead

    def __init__(self, **options: Any) -> None:
        self.drawn = False
        """Whether the curtain is drawn."""
        self.strict = False
        """Whether only the passphrase lifts it, whatever the settings say."""
        self._hint = ""
        self._typed: str | None = None
        self._held: list[tuple[str, dict[str, Any]]] = []
        super().__init__(**options)

    @property
    def asks_passphrase(self) -> bool:
        """Whether the curtain is lifted by the passphrase only."""
        raise NotImplementedError

    async def is_passphrase(self, text: str) -> bool:
        """Whether ``text`` is it."""
        raise NotImplementedError

    # -- drawing and lifting -----------------------------------------------------------

    def action_curtain(self) -> None:
        """Hide everything at once, and keep what was typed."""
        self.draw_curtain()

    def draw_curtain(self, *, strict: bool = False) -> None:
        """Hide everything: this is painted before anything else happens."""
        self.strict = self.strict or strict
        if self.drawn:
            return
        self.drawn, self._hint, self._typed = True, "", None
        self.paint_curtain()
        self._retitle()
        self.capture_mouse(None)
        self.call_later(self.planner.flush_drafts)

    def lift(self) -> None:
        """Show again what was there, as it is by now, and tell what was held back."""
        self.drawn, self.strict, self._hint, self._typed = False, False, "", None
        self._retitle()
        self.screen.refresh()
        held, self._held = self._held, []
        for message, options in held:
            self.notify(message, **options)

    def forget_held(self) -> None:
        """What was to be told afterwards is told no more."""
        self._held.clear()

    def _retitle(self) -> None:
        retitle = getattr(self._driver, "retitle", None)
        if retitle is not None:
            retitle()

    def notify(self, message: str, **options: Any) -> None:
        """Show ``message`` as a toast; once the curtain is lifted, where it is drawn."""
        if self.drawn:
            self._held.append((message, options))
        else:
            super().notify(message, **options)

    # -- what is painted ---------------------------------------------------------------

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Send to the terminal what is painted, but not past the curtain."""
        if self.drawn:
            self.post_display_hook()
        else:
            super()._display(screen, renderable)

    def action_redraw(self) -> None:
        """Draw everything again, for when something else wrote on the terminal."""
        if self.drawn:
            self.canvas.forget()
            self.paint_curtain()
        else:
            super().action_redraw()

    def curtain_strips(self) -> list[Strip]:
        """The rows of the curtain."""
        width, height = self.size
        settings = self.planner.settings
        rows = page(self.planner.now().date(), width, height, settings.week_start)
        if self._hint and height:
            said = pad_left(self._hint, width - 1)
            rows[-1] = fitted([(said, "faint")], width)
        parse = self.stylesheet.parse_style
        base = parse("$foreground on $background")
        background = self.screen.background_colors[1]
        filters = self.get_line_filters()
        strips = []
        for row in rows:
            strip = Strip(
                Segment(text, (base + parse(ROLES[role]) if role else base).rich_style)
                for text, role in row
            )
            for each in filters:
                strip = strip.apply_filter(each, background)
            strips.append(strip)
        return strips

    def paint_curtain(self) -> None:
        """Send the curtain to the terminal, now."""
        driver = self._driver
        if driver is None or self.is_headless or not self._running:
            return
        self.canvas.fit(self.size)
        colors = self.console._color_system or ColorSystem.TRUECOLOR
        runs: list[Run] = []
        for y, strip in enumerate(self.curtain_strips()):
            runs += self.canvas.draw(y, 0, cells_of(strip, colors))
        self._begin_update()
        driver.write(self.canvas.send(runs) + "\x1b[H")
        self._end_update()
        driver.flush()

    # -- what is typed -----------------------------------------------------------------

    def keys_of(self, name: str) -> tuple[str, ...]:
        """The keys of the binding with the id ``name``, as the settings have them."""
        keys = self.planner.settings.keys.get(name, IDS[name].key)
        return tuple(
            _character_to_key(key) if len(key) == 1 else key
            for key in map(str.strip, keys.split(","))
        )

    def before_curtain(self, event: Event) -> bool:
        """Take ``event`` if it is for the curtain; whether it was.

        A key that is no character draws it at once, whatever the keys before it still
        do; a backtick waits for its turn, since it may belong to a text.
        """
        if not isinstance(event, events.InputEvent | events.Paste):
            # What the terminal says, such as its size, is always to be known.
            return False
        if event.is_forwarded:
            return False
        if self.drawn:
            self.behind(event)
            return True
        if not isinstance(event, events.Key) or event.is_printable:
            return False
        if event.key not in self.keys_of("app.curtain"):
            return False
        self.draw_curtain()
        return True

    async def answer(self, event: Event) -> None:
        """Handle a key or a paste whose turn has come."""
        if (
            isinstance(event, events.Key)
            and event.key in self.keys_of("app.curtain")
            and not is_field(self.focused)
        ):
            self.draw_curtain()
            # What was typed after it is not for what is hidden.
            for later in self._keys.take_back():
                self.behind(later)
        else:
            await super().on_event(event)

    def behind(self, event: Event) -> None:
        """Answer what was typed while the curtain was drawn."""
        if isinstance(event, events.Paste):
            if self._typed is not None:
                self._type(self._typed + "".join(event.text.splitlines()[:1]))
        elif not isinstance(event, events.Key):
            return
        elif event.key in self.keys_of("app.quit"):
            self.call_later(self.run_action, "quit")
        elif event.key in self.keys_of("app.suspend"):
            self.call_later(self.run_action, "suspend_process")
        elif event.key in self.keys_of("app.lock"):
            self.call_later(self.run_action, "lock")
        elif self.asks_passphrase:
            self._ask(event)
        elif event.key in self.keys_of("app.curtain"):
            self.lift()
        elif event.key in WAYS_OUT:
            self._say(self._way_back())

    def _say(self, hint: str) -> None:
        self._hint = hint
        self.paint_curtain()

    def _ask(self, event: events.Key) -> None:
        """Take a key of the passphrase; the curtain's own begins it, or gives it up."""
        begun = self._typed is not None
        mine = event.key in self.keys_of("app.curtain")
        if event.key in WAYS_OUT or (mine and begun and not event.is_printable):
            self._typed = None
            self._say("" if begun else self._way_back())
        elif mine and not begun:
            self._type("")
        elif event.key == "enter":
            if self._typed:
                self.run_worker(self._try(self._typed), exclusive=True, group="curtain")
        elif event.key == "backspace":
            self._type((self._typed or "")[:-1])
        elif event.is_printable and event.character:
            self._type((self._typed or "") + event.character)

    def _type(self, text: str) -> None:
        self._typed = text[:MOST]
        marks = self.planner.frame.bullet * min(len(self._typed), MARKS)
        self._say(_("Passphrase: {marks}   Enter").format(marks=marks))

    async def _try(self, text: str) -> None:
        self._typed = None
        self._say(_("Checking …"))
        right = await self.is_passphrase(text)
        if not self.drawn:
            return
        if right:
            self.lift()
        elif self._typed is None:
            self._say(_("That is not the passphrase."))

    def _way_back(self) -> str:
        """The keys that help, in neutral words."""
        ascii_only = self.planner.frame.name == "ascii"
        back, leave = (
            show_key(self.keys_of(name)[0], ascii_only=ascii_only)
            for name in ("app.curtain", "app.quit")
        )
        return _("{back} back   {leave} quit").format(back=back, leave=leave)
