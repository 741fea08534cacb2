"""What is done without a verb: the version, the help, or the screen."""

from __future__ import annotations

import os
import sys

from plannertui import i18n
from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from plannertui.cli.options import Args
    from plannertui.store.open import Store
    from plannertui.store.settings import Settings


def without_verb(
    args: Args, env: Mapping[str, str], settings: Settings | None, db: Store | None
) -> int:
    """Do what is asked without a verb: version, help, or the screen."""
    if args.has("version"):
        from plannertui import __version__

        print(f"plannertui {__version__}")
        return 0
    if args.has("help"):
        from plannertui.cli.help import show_all

        return show_all(env)
    if args.words:
        raise Usage(
            _("Text needs a verb in front, such as: ptui note -- {text}").format(
                text=" ".join(args.words)
            )
        )
    if not (_terminal(sys.stdin) and _terminal(sys.stdout)):
        raise Usage(
            _(
                "The screen needs a terminal. In a script use a verb, "
                "such as: ptui today. See: ptui --help"
            )
        )
    from plannertui.cli.clock import now, zone
    from plannertui.store.settings import config_path, data_path

    if args.has("demo"):
        from plannertui.cli.demo import run_demo

        return run_demo(config_path(env, args.get("config")))
    from plannertui.tui.running import run

    path = data_path(env, args.get("db"))
    if args.has("passphrase-fd"):
        db = _given(args, path, now(env), db)
    elif db is None and os.path.exists(os.path.realpath(path) + ".seal"):
        from plannertui.cli.unlocking import held

        db = held(path, env, now(env))
    return run(
        db_path=path,
        config_path=config_path(env, args.get("config")),
        now=lambda: now(env),
        language=i18n.language() if args.has("lang") else None,
        settings=settings,
        db=db,
        zone=zone(env),
    )


def _given(args: Args, path: str, now: datetime, db: Store | None) -> Store | None:
    """The sealed store, opened by what the descriptor gives; ``db`` where it is plain.

    Raises WrongPassphrase also where an unlocked session would open it.
    """
    from plannertui.cli.unlocking import OPTION, by_words, line_of
    from plannertui.store.sealing import is_sealed

    if not is_sealed(path):
        return db
    from plannertui.store.open import open_store

    if db is not None:
        db.close()
    key = by_words(path, line_of(args.get(OPTION)))
    return open_store(path, now=now, create=False, key=key)


def _terminal(stream: object) -> bool:
    return stream is not None and bool(stream.isatty())  # type: ignore[attr-defined]
