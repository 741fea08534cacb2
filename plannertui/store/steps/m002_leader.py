"""What the leader's side keeps: follow-ups, series, checks of beliefs, days to look back."""

from __future__ import annotations

from sqlite_utils import Database


def extend(db: Database) -> None:
    """New columns, each with a value for the rows that are there.

    ``event.follow_up`` what was heard, promised and assumed; ``event.series_id`` the
    first event of its series, ``event.slot_on`` the day that the rule of the series
    gave it; ``matter.priority_id`` what it serves, ``matter.carried`` the days on which
    it was taken up again, ``matter.first_on`` the day on which it is the one that
    counts; ``year.rule`` the rule of the user's own house;
    ``priority.checks`` when a belief was checked, and whether it was right;
    ``entry.revisit_on`` the day on which it is to be seen again.
    """
    for table, column in (
        ("event", "follow_up TEXT NOT NULL DEFAULT '{}'"),
        ("event", "series_id INTEGER REFERENCES handle (id)"),
        ("event", "slot_on TEXT"),
        ("matter", "priority_id INTEGER REFERENCES handle (id)"),
        ("matter", "carried TEXT NOT NULL DEFAULT '[]'"),
        ("matter", "first_on TEXT"),
        ("year", "rule TEXT NOT NULL DEFAULT ''"),
        ("priority", "checks TEXT NOT NULL DEFAULT '[]'"),
        ("entry", "revisit_on TEXT"),
    ):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    db.execute(
        "CREATE INDEX entry_revisit ON entry (revisit_on) WHERE revisit_on NOT NULL"
    )
    db.execute("CREATE INDEX matter_carried ON matter (id) WHERE carried != '[]'")
    db.execute("CREATE INDEX matter_first ON matter (first_on) WHERE first_on NOT NULL")
    db.execute("CREATE INDEX event_series ON event (series_id, starts_on)")
