"""The floors: the least a program can do to store a line, and to find one.

Nothing is imported for arguments, paths or types: that is the point.

floor.py fill DB COUNT      a table and its FTS5 index with COUNT lines
floor.py insert DB TEXT     one committed line
floor.py search DB WORD     the newest twenty with a snippet
floor.py last DB            the newest ten
"""

import sqlite3
import sys


def connect(path: str) -> sqlite3.Connection:
    """A connection that survives a power cut, as the planner's does."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous = FULL")
    return db


def fill(path: str, count: int) -> None:
    """A new store with ``count`` lines."""
    from bench.fill import lines

    db = connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT) STRICT")
    db.execute(
        "CREATE VIRTUAL TABLE fts USING fts5 (text, content = 'entry', content_rowid = 'id')"
    )
    db.executemany("INSERT INTO entry (text) VALUES (?)", ((x,) for x in lines(count)))
    db.execute("INSERT INTO fts (fts) VALUES ('rebuild')")
    db.commit()
    db.close()


def insert(path: str, text: str) -> None:
    """Store one line."""
    db = connect(path)
    row = db.execute("INSERT INTO entry (text) VALUES (?)", (text,)).lastrowid
    db.execute("INSERT INTO fts (rowid, text) VALUES (?, ?)", (row, text))
    db.commit()
    print(row)


def search(path: str, word: str) -> None:
    """Print the newest lines with ``word``."""
    for row in connect(path).execute(
        "SELECT rowid, snippet(fts, 0, '', '', '…', 8) FROM fts "
        "WHERE fts MATCH ? ORDER BY rowid DESC LIMIT 20",
        (word,),
    ):
        print(*row)


def last(path: str) -> None:
    """Print the newest ten lines."""
    for row in connect(path).execute("SELECT * FROM entry ORDER BY id DESC LIMIT 10"):
        print(*row)


if __name__ == "__main__":
    verb, path, *rest = sys.argv[1:]
    if verb == "insert":
        insert(path, rest[0])
    elif verb == "search":
        search(path, rest[0])
    else:
        last(path)
