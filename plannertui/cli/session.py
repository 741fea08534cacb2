"""One command's surroundings: settings, store, day, streams; each made when needed."""

from __future__ import annotations

import os
import sys

from plannertui import i18n
from plannertui.cli import clock
from plannertui.cli.clock import now
from plannertui.cli.output import Output, yes
from plannertui.core.errors import EmptyText, Locked, NotFound, PlannerError, Refused
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from plannertui.cli.options import Args
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.key import Key
    from plannertui.store.open import Store
    from plannertui.store.seal import Seal
    from plannertui.store.settings import Settings

    Found = tuple[int, str, str, str]
    Day = date


class Session:
    """What a command works with; ``db``, ``settings`` and ``calendar`` come lazily."""

    __slots__ = (
        "_calendar",
        "_db",
        "_opened",
        "_settings",
        "args",
        "asks",
        "env",
        "hurried",
        "now",
        "out",
        "sealed",
        "taken",
    )

    def __init__(
        self,
        args: Args,
        env: Mapping[str, str],
        settings: Settings | None = None,
        db: Store | None = None,
        sealed: Seal | None = None,
    ) -> None:
        self.args = args
        self.env = env
        self.out = Output(env, json=args.has("json"), quiet=args.has("quiet"))
        self.now: datetime = now(env)
        self._settings = settings
        if settings is not None:
            self.out.ambiguous = settings.ambiguous
        # Opened for its settings by whoever made this; ``db`` checks that it is meant.
        self._db = db
        self._opened: Store | None = None
        self._calendar: WorkCalendar | None = None
        # Whether the passphrase is asked for; not by verbs that nobody waits for.
        self.asks = True
        # The note of a locked store, where what is captured is sealed instead of filed.
        self.sealed = sealed
        # Whether this is a line captured on the way, and nothing else is to be waited for.
        self.hurried = False
        # What a pipe or a prompt gave, to be given back if it cannot be stored.
        self.taken = ""

    @property
    def settings(self) -> Settings:
        """The user's settings, read once; BadSettings tells file, line and key."""
        if self._settings is None:
            from plannertui.store.settings import config_path, load

            path = config_path(self.env, self.args.get("config"))
            self._settings = load(path, self.env)
            self.out.ambiguous = self._settings.ambiguous
        return self._settings

    @property
    def path(self) -> str:
        """The path of the data file."""
        from plannertui.store.settings import data_path

        return data_path(self.env, self.args.get("db"))

    @property
    def db(self) -> Store:
        """The store, opened once; its notice is said when all went well."""
        if self._opened is None:
            if self._db is None or self._db.path != os.path.realpath(self.path):
                from plannertui.store.open import open_store

                self.close()
                try:
                    self._db = open_store(self.path, now=self.now)
                except Locked as locked:
                    from plannertui.cli.unlocking import opened

                    self._db = opened(self, locked)
            self._opened = self._db
            if self._db.key is not None:
                from plannertui.cli.unlocking import tend

                tend(self, self._db)
        return self._opened

    def opened(self) -> None:
        """Have the store open from now on."""
        assert self.db is not None

    def use(self, key: Key) -> Store:
        """Open the sealed store with ``key``, which was asked for; it is as ``db`` is."""
        from plannertui.cli.unlocking import tend
        from plannertui.store.open import open_store

        self.close()
        self._db = self._opened = open_store(self.path, now=self.now, key=key)
        tend(self, self._db)
        return self._db

    @property
    def today(self) -> date:
        """The day being lived, by the user's start of the day."""
        from plannertui.core.day import day_of

        return day_of(self.now, self.settings.day_start)

    @property
    def zone(self) -> str:
        """The name of the zone one is in, "" where the machine does not say."""
        return clock.zone(self.env)

    @property
    def calendar(self) -> WorkCalendar:
        """The user's working days."""
        if self._calendar is None:
            from plannertui.store.calendar import work_calendar

            self._calendar = work_calendar(
                self.db, self.settings, i18n.language(), self.today
            )
        return self._calendar

    @property
    def interactive(self) -> bool:
        """Whether somebody sits there who can be asked."""
        return _is_tty(sys.stdin) and (_is_tty(sys.stderr) or _is_tty(sys.stdout))

    def end(self) -> None:
        """Say what is to be known of the store, and hand over what was printed."""
        if self._opened is not None and self._opened.notice:
            self.out.talk(self._opened.notice)
        self.out.flush()
        self._back_up()

    def _back_up(self) -> None:
        """Make the backup that is due, now that the answer is out.

        After a line that was captured only when there was none for long: whoever writes
        one goes on at once. Never for a verb that nobody waits for.
        """
        db = self._opened
        if db is None or db.readonly or not self.asks:
            return
        try:
            hours = self.settings.backup_hours
        except PlannerError:
            return
        seconds = max(hours, 72 if self.hurried else 0) * 3600
        at = db.meta("backup_at")
        if hours and not (at and 0 <= self.now.timestamp() - int(at) < seconds):
            from plannertui.cli.backup import by_itself

            by_itself(self, db)

    def close(self) -> None:
        """Let go of the store."""
        if self._db is not None:
            self._db.close()
            self._db = self._opened = None

    def date(self, text: str, *, past: bool = False) -> date:
        """``text`` as a day; a bare weekday is the next one, with ``past`` the last."""
        from plannertui.core.dates import parse_date

        start = self.settings.year_start
        return parse_date(text, self.today, past=past, year_start=start)

    def span(self, text: str, *, past: bool = True) -> tuple[Day, Day]:
        """``text`` as a first and last day."""
        from plannertui.core.dates import parse_span

        start = self.settings.year_start
        return parse_span(text, self.today, past=past, year_start=start)

    def find(self, name: str) -> Found:
        """The id, handle, label and type of what ``name`` names, with or without @."""
        from plannertui.store.refs import resolve

        name = self.readable(name)
        found = resolve(self.db, name.removeprefix("@").removeprefix("＠"))
        if found is None:
            raise NotFound(
                _('There is no "{name}". Look with: ptui search WORDS').format(
                    name=name
                )
            )
        return found

    def find_all(self, names: Sequence[str]) -> list[Found]:
        """What ``names`` name, each thing once whatever it was called."""
        return list({found[0]: found for found in map(self.find, names)}.values())

    def confirm(self, question: str) -> None:
        """Go on only if the user says yes; refuse where nobody can be asked."""
        if self.args.has("yes"):
            return
        if not self.interactive:
            raise Refused(
                _("{question} Without a terminal this needs --yes.").format(
                    question=question
                )
            )
        if not yes(self.ask(question + _(" [y/N] "))):
            raise Refused(_("Nothing was changed."))

    def ask(self, question: str) -> str:
        """One answer from the terminal; what is pasted in several lines stays whole."""
        if self.out.out is not None:
            self.out.out.flush()
        if self.out.err is not None:
            self.out.err.write(question)
            self.out.err.flush()
        raw = _typed()
        if raw == b"" and self.out.err is not None:
            self.out.err.write("\n")
        return self.decode(raw).rstrip("\r\n")

    def text(self, words: Sequence[str], question: str) -> str:
        """A text: ``words``, else (or for "-") the pipe, else an answer to a prompt."""
        if words and list(words) != ["-"]:
            return self.joined(words)
        if self.args.has("passphrase-fd"):
            # The same pipe may give the passphrase first, and the text after it.
            self.opened()
        if sys.stdin is None:
            from plannertui.core.slip import nothing

            raise EmptyText(nothing())
        if _is_tty(sys.stdin):
            if words:
                self.out.talk(_("Write, then end with Ctrl-D on a line of its own."))
                self.taken = self.decode(sys.stdin.buffer.read()).rstrip("\r\n")
                return self.taken
            self.taken = self.ask(question)
            return self.taken
        raw = sys.stdin.buffer.read()
        self.taken = self.decode(raw.removeprefix(b"\xef\xbb\xbf")).rstrip("\r\n")
        return self.taken

    def unstored(self, words: Sequence[str]) -> str:
        """The text that a pipe or prompt gave, or still holds; empty for arguments."""
        if words and list(words) != ["-"]:
            return ""
        if not self.taken and sys.stdin is not None and not _is_tty(sys.stdin):
            self.text(words, "")
        return self.taken

    def joined(self, words: Sequence[str]) -> str:
        """``words`` with a blank between them, as readable text."""
        return self.readable(" ".join(words))

    def readable(self, text: str) -> str:
        """``text`` from an argument; bytes that are not UTF-8 are replaced, and told."""
        if text.isascii():
            return text
        try:
            text.encode()
        except UnicodeEncodeError:
            return self.decode(os.fsencode(text))
        return text

    def decode(self, raw: bytes) -> str:
        """``raw`` as text; bytes that are not UTF-8 or are NUL are told, and replaced."""
        if b"\0" in raw:
            self.out.talk(_("NUL bytes were left out."))
            raw = raw.replace(b"\0", b"")
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.out.talk(
                _("Some bytes were not UTF-8; each is kept as the mark {mark}.").format(
                    mark="\ufffd"
                )
            )
            return raw.decode("utf-8", "replace")


def _is_tty(stream: object) -> bool:
    """Whether ``stream``, which may be missing, is a terminal."""
    try:
        return stream is not None and bool(stream.isatty())  # type: ignore[attr-defined]
    except ValueError:
        return False


def _typed() -> bytes:
    """One line from the terminal, and whatever was pasted together with it.

    Left unread, the rest of a paste would be run by the shell as commands.
    """
    descriptor = sys.stdin.fileno()
    raw = os.read(descriptor, 65536)
    try:
        from select import select

        while raw and select([descriptor], [], [], 0.02)[0]:
            more = os.read(descriptor, 65536)
            if not more:
                break
            raw += more
    except (ImportError, OSError):
        pass
    return raw
