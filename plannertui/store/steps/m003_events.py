"""What repeating events, reminders and everything that comes from elsewhere need."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.db import Table

ENDLESS = "9999-12-31"


def extend(db: Database) -> None:
    """New columns, each with a value for the rows that are there, and ``foreign_item``.

    A repeating event is one row with a rule in ``event.repeat``. ``event.skipped`` are
    the days of the rule on which it does not take place, or does so as a row of its own
    (``series_id`` the repeating event, ``slot_on`` that day); ``event.extra`` days beside
    the rule; ``event.last_on`` the last day that an occurrence can begin on, 9999-12-31
    for an endless rule, and NULL for what does not repeat by a rule.
    ``event.reminders`` minutes before; ``event.place`` where, ``event.url`` of the call.
    ``matter.firsts`` the days before ``first_on`` on which it was the one that counted.

    ``foreign_item`` says what came from elsewhere: ``source`` such as "ics:work.ics",
    ``key`` its id there or a digest, ``item_id`` what it became here (NULL for what the
    file says of itself), ``kept`` what of it was not understood, ``seen`` a digest of
    what was last read.
    """
    for column in (
        "skipped TEXT NOT NULL DEFAULT '[]'",
        "extra TEXT NOT NULL DEFAULT '[]'",
        "last_on TEXT",
        "reminders TEXT NOT NULL DEFAULT '[]'",
        "place TEXT NOT NULL DEFAULT ''",
        "url TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(f"ALTER TABLE event ADD COLUMN {column}")
    db.execute("ALTER TABLE matter ADD COLUMN firsts TEXT NOT NULL DEFAULT '[]'")
    db.execute("CREATE INDEX matter_firsts ON matter (id) WHERE firsts != '[]'")
    db.execute(
        "CREATE INDEX event_long ON event (ends_on) "
        "WHERE ends_on > starts_on AND last_on IS NULL"
    )
    db.execute("CREATE INDEX event_last ON event (last_on) WHERE last_on NOT NULL")
    db.execute("CREATE INDEX event_reminded ON event (id) WHERE reminders != '[]'")
    foreign: Table = db["foreign_item"]  # type: ignore[assignment]
    foreign.create(
        {
            "id": int,
            "source": str,
            "key": str,
            "item_id": int,
            "kept": str,
            "seen": str,
        },
        pk="id",
        not_null={"source", "key", "kept", "seen"},
        defaults={"kept": "{}", "seen": ""},
        foreign_keys=[("item_id", "handle", "id")],
        strict=True,
    )
    foreign.create_index(["source", "key"], unique=True)
    foreign.create_index(["item_id"])
