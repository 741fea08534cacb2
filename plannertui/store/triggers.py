"""History and search are kept by triggers, so that no writer can forget them.

``create`` makes them from the tables as they are; ``missing`` compares them with what
they should be. The search index is fed through the SQL function ``fts_text``, which the
connection registers (see ``open``).
"""

from __future__ import annotations

from typing import Any

NOUNS = ("year", "goal", "person", "priority", "matter", "event", "situation", "entry")
PARTS = ("milestone", "check_in", "serve", "link", "tag", "foreign_item")
# Parts whose ids are their own, not those of handles.
BARE = ("check_in", "serve", "link", "tag", "foreign_item")
HISTORY = (*NOUNS, *PARTS)

# What people look for in each noun. A person's real name is left out on purpose.
SEARCHED = {
    "year": ("theme", "refusals", "standards", "lines"),
    "goal": ("title", "why", "obstacle", "if_then", "measure_name"),
    "person": ("alias",),
    "priority": ("text",),
    "matter": ("title",),
    "event": ("title", "wanted", "notes", "place"),
    "situation": ("line", "clock", "predicted", "actual"),
    "entry": ("text",),
}


def columns(conn: Any, table: str) -> list[str]:
    """The column names of ``table``, in order."""
    return [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]


def expected(conn: Any) -> dict[str, str]:
    """Name and SQL of every trigger the store must have."""
    made: dict[str, str] = {}
    # An older schema lacks some of them: after the last step all are made anew.
    have = {table: columns(conn, table) for table in HISTORY}
    for table in filter(have.get, HISTORY):
        image = ", ".join(f"'{c}', old.\"{c}\"" for c in have[table])
        for op in ("insert", "update", "delete"):
            row = "new" if op == "insert" else "old"
            before = "NULL" if op == "insert" else f"json_object({image})"
            name = f"{table}_history_{op}"
            made[name] = (
                f"CREATE TRIGGER {name} AFTER {op.upper()} ON {table} BEGIN "
                "INSERT INTO revision (group_id, tbl, row_id, op, before) VALUES ("
                f"(SELECT group_id FROM current), '{table}', {row}.id, '{op}', "
                f"{before}); END"
            )
    for table, searched in SEARCHED.items():
        fields = [field for field in searched if field in have[table]]
        new = " || char(10) || ".join(f"ifnull(new.\"{f}\", '')" for f in fields)
        feed = (
            "INSERT INTO fts (rowid, words) SELECT new.id, "
            f"fts_text({new}) WHERE new.deleted_at IS NULL;"
        )
        drop = "DELETE FROM fts WHERE rowid = old.id;"
        of = ", ".join(f'"{f}"' for f in (*fields, "deleted_at"))
        for op, body in (
            ("INSERT", feed),
            (f"UPDATE OF {of}", drop + " " + feed),
            ("DELETE", drop),
        ):
            name = f"{table}_search_{op.split()[0].lower()}"
            made[name] = f"CREATE TRIGGER {name} AFTER {op} ON {table} BEGIN {body} END"
    for op in ("update", "delete"):
        allowed = " WHEN NOT EXISTS (SELECT 1 FROM purging)" if op == "delete" else ""
        name = f"revision_keep_{op}"
        made[name] = (
            f"CREATE TRIGGER {name} BEFORE {op.upper()} ON revision{allowed} BEGIN "
            "SELECT RAISE(ABORT, 'history is append-only'); END"
        )
    made.update(_boundary())
    return made


def feed(conn: Any, first: int = 0, *, only: str = "") -> None:
    """Put what people look for into the search index, from the id ``first`` on.

    Of every noun, or of one ``only``.
    """
    for table, fields in SEARCHED.items():
        if only not in ("", table):
            continue
        text = " || char(10) || ".join(f"ifnull(\"{f}\", '')" for f in fields)
        conn.execute(
            f"INSERT INTO fts (rowid, words) SELECT id, fts_text({text}) "
            f"FROM {table} WHERE deleted_at IS NULL AND id >= ?",
            (first,),
        )


def _boundary() -> dict[str, str]:
    """What holds for boundary records: see ``core.boundary`` and ``check_close``.

    Words of an earlier day than the action's stay, in whatever way a row is written; only
    a purge erases them, or the name of somebody who is forgotten. What is grey is not closed without a decision.
    """
    at = (
        "(SELECT date(substr(at, 1, 19), '-4 hours') FROM action "
        "WHERE id = (SELECT group_id FROM current))"
    )

    def part(row: str, name: str) -> str:
        return f"json_extract({row}.boundary, '$.{name}')"

    def fixed(row: str) -> str:
        words = f"ifnull({part(row, 'words')}, '')"
        # Without an action nobody knows the day: nothing is of today.
        today = f"ifnull({at}, '{'9999-12-31' if row == 'old' else ''}')"
        return (
            f"CASE WHEN {part(row, 'recorded_on')} >= {today} "
            f"THEN ifnull({part(row, 'fixed')}, 0) ELSE length({words}) END"
        )

    def closed(row: str) -> str:
        return (
            f"({row}.nature = 'grey' AND {row}.state != 'open' "
            f"AND ifnull({part(row, 'decision')}, '') = '')"
        )

    keep = "SELECT RAISE(ABORT, 'a boundary record is append-only'); END"
    grey = "SELECT RAISE(ABORT, 'a grey matter is closed by a decision'); END"
    same = (
        f"substr(ifnull({part('new', 'words')}, ''), 1, {fixed('old')}) "
        f"= substr(ifnull({part('old', 'words')}, ''), 1, {fixed('old')}) "
        f"AND {fixed('new')} >= {fixed('old')}"
    )
    return {
        "matter_boundary_keep_update": "CREATE TRIGGER matter_boundary_keep_update "
        f"BEFORE UPDATE OF boundary ON matter WHEN NOT ({same}) AND NOT EXISTS "
        f"(SELECT 1 FROM purging) BEGIN {keep}",
        "matter_boundary_keep_delete": "CREATE TRIGGER matter_boundary_keep_delete "
        f"BEFORE DELETE ON matter WHEN ({fixed('old')}) > 0 AND NOT EXISTS "
        f"(SELECT 1 FROM purging) BEGIN {keep}",
        "matter_grey_insert": "CREATE TRIGGER matter_grey_insert BEFORE INSERT "
        f"ON matter WHEN {closed('new')} BEGIN {grey}",
        "matter_grey_update": "CREATE TRIGGER matter_grey_update BEFORE UPDATE OF "
        f"nature, state, boundary ON matter WHEN {closed('new')} AND NOT "
        f"{closed('old')} BEGIN {grey}",
    }


def present(conn: Any) -> dict[str, str]:
    """Name and SQL of every trigger the store has."""
    rows = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(rows.fetchall())


def missing(conn: Any) -> list[str]:
    """Names of triggers that are absent or differ from what they should be."""
    have = present(conn)
    return sorted(name for name, sql in expected(conn).items() if have.get(name) != sql)


def create(conn: Any) -> None:
    """Make every trigger anew."""
    for name in present(conn):
        conn.execute(f'DROP TRIGGER "{name}"')
    for sql in expected(conn).values():
        conn.execute(sql)
