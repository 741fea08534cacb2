"""Files that are traps, broken, or nobody's: said in words, and never half taken in."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from plannertui.core.errors import PlannerError
from plannertui.exchange import dayone, importing, readers
from plannertui.store.open import Store, open_store
from tests.examples import costly
from tests.exchange.foreign import NOW, changes, reading, shown
from tests.exchange.test_journals import DAY_ONE, NOTE, YEARLY, archive
from tests.exchange.test_tasklists import TABLE, TODO
from tests.hostile import EVERYTHING, TEXTS

SAMPLES: dict[str, bytes] = {
    "jrnl": b"[2024-09-12 09:30] One *\nmore\n[2024-09-13 00:00] Two @tag\n",
    "dayone": json.dumps(DAY_ONE).encode(),
    "obsidian": NOTE.encode(),
    "org": YEARLY.encode(),
    "taskwarrior": json.dumps(
        [
            {
                "uuid": "u1",
                "description": "a",
                "status": "completed",
                "entry": "20240910T010000Z",
                "end": "20240911T010000Z",
                "due": "20240920T000000Z",
                "tags": ["x"],
                "project": "P.q",
                "annotations": [{"entry": "20240910T010000Z", "description": "n"}],
            }
        ]
    ).encode(),
    "calcurse": b"09/19/2024 @ 10:00 -> 09/19/2024 @ 10:30 {1W -> 12/31/2024 w1 !09/26/2024}"
    b"|one\n10/01/2024 [1] {1D -> 10/03/2024} two\n[1] three\n[-0] four\n",
    "todotxt": TODO.encode(),
    "csv": TABLE.replace("Datum", "date").replace("Text", "text").encode(),
}
PIECES = [
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\x1b[2J",
        b"\x85",
        b"[",
        b"{",
    ),
    *(b'"', b"*", b":", b"x ", b"0", b"9" * 30, b"-", b"\\u0000", b"\\ud800", b"null"),
    *(b"true", b"-1", b"1e999", b"[[[[", b"2024-99-99", b"9999-12-31", b"0001-01-01"),
    *("\u202e".encode(), "预".encode(), b"---\n", b"\n** TODO ", b"due:9999-12-31"),
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    db = open_store(str(tmp_path_factory.mktemp("shared") / "planner.db"), now=NOW)
    yield db
    db.close()


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("note") / "2024-09-12.md"


@costly(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from(sorted(SAMPLES)), seed=st.integers(0, 2**32))
def test_a_file_that_was_damaged_is_refused_or_taken_in_once(
    shared: Store, note: Path, form: str, seed: int
) -> None:
    chance = random.Random(seed)
    raw = bytearray(SAMPLES[form])
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(raw) + 1)
        end = min(len(raw), start + chance.choice((0, 0, 1, 8, 60)))
        raw[start:end] = chance.choice(PIECES)
    source: bytes | Path = bytes(raw)
    if form == "obsidian":
        note.write_bytes(raw)
        source = note
    words, made = "", None
    try:
        made = reading(form, source)
    except PlannerError as error:
        words = error.message
    if made is None:
        assert len(words.splitlines()) == 1
        return
    plan = importing.plan(shared, f"{form}:{seed}", made)
    importing.apply(shared, plan, NOW)
    again = importing.plan(shared, f"{form}:{seed}", reading(form, source))
    assert changes(again) == (0, 0, 0)


LONG = 300_000


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("org", "* 2024-09-12 Thu\n** " + " " * LONG + "x"),
        ("org", "* 2024-09-12 Thu\n** " + ":a" * LONG + " x"),
        ("org", "* " + "a" * LONG + "\n** x"),
        ("org", "* 2024-09-12 Thu\n** TODO x\nSCHEDULED: <" + "SCHEDULED: <" * 20_000),
        ("org", "*" * LONG + " x"),
        ("obsidian", "- [ ] x" + " " * LONG + "y"),
        ("obsidian", "- [ ] " + "📅 " * 50_000),
        ("obsidian", "---\ndate: " + "a" * 60_000 + "\n---\nx"),
        ("obsidian", "#a " * 100_000),
        ("dayone", json.dumps({"entries": [{"text": "![" * LONG}]})),
        ("dayone", json.dumps({"entries": [{"text": "![](dayone-moment:" * 10_000}]})),
        ("jrnl", "[2024-09-12 09:30] " + "@" * LONG),
        ("jrnl", "[" * LONG + "\n[2024-09-12 09:30] x"),
        ("todotxt", "x" + " due:" * 60_000),
        ("todotxt", "+" * LONG + " " * LONG + "x"),
        ("calcurse", "09/19/2024 [1] " + "{" * LONG + "\n[1] x"),
        ("csv", "text,on\n" + "x," + "a" * LONG + " 12 2024\n"),
        ("csv", '"' * LONG),
        ("csv", "text\n" + "a," * LONG),
    ],
)
def test_lines_that_would_take_for_ever_do_not(
    form: str, text: str, note: Path
) -> None:
    source: str | Path = text
    if form == "obsidian":
        note.write_text(text)
        source = note
    try:
        made = reading(form, source)
    except PlannerError:
        return
    assert len(made.found) + len(made.left) >= 1


def test_what_a_document_should_not_hold_is_left_or_kept_small(store: Store) -> None:
    deep: object = "x"
    for _ in range(400):
        deep = [deep]
    odd = [
        {"title": {"a": 1}, "date": "2024-09-12"},
        {"title": "t", "date": 5},
        {"title": "t", "date": "2024-09-12", "time": "25:00"},
        {"title": "\0\0", "date": "2024-09-12"},
        {"title": "deep", "date": "2024-09-12", "also": deep, "base": {"day": 1}},
        {"title": "large", "date": "2024-09-12", "also": "y" * 300_000},
        {"title": "half \ud83d", "date": "2024-09-12", "uuid": "\ud800\0"},
        {
            "title": "tags",
            "date": "2024-09-12",
            "tags": [1, None, "a b", "@", "x" * 999],
        },
        {"title": "9" * 20, "date": "0001-01-01", "time": "00:30"},
        {"title": "last", "date": "9999-12-31", "time": "23:59"},
    ]
    made = reading("jrnl", json.dumps({"entries": odd}))
    assert len(made.left) == 4
    plan = importing.plan(store, "jrnl", made)
    importing.apply(store, plan, NOW)
    texts = {item.text: item for item in shown(store)}
    assert {"deep", "large", "half \ufffd", "tags", "last"} <= set(texts)
    assert texts["tags"].tags == ("a-b", "x" * 64)
    again = importing.plan(store, "jrnl", reading("jrnl", json.dumps({"entries": odd})))
    assert (changes(again), again.same) == ((0, 0, 0), 6)
    kept = store.read("SELECT max(length(kept)) FROM foreign_item")[0][0]
    assert kept < 200_000


def test_hostile_texts_come_in_as_they_are(store: Store) -> None:
    document = {
        "entries": [
            {"title": text, "date": "2024-09-12", "time": "09:30"}
            for text in (*TEXTS.values(), EVERYTHING)
        ]
    }
    plan = importing.plan(store, "jrnl", reading("jrnl", json.dumps(document)))
    importing.apply(store, plan, NOW)
    wanted = {text.replace("\0", "").strip() for text in (*TEXTS.values(), EVERYTHING)}
    assert {item.text.strip() for item in shown(store)} == wanted


def test_an_archive_whose_files_are_too_much_together_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dayone, "LARGEST", 1000)
    entry = b'{"entries": []}'.ljust(900)
    members = {f"{number}.json": entry for number in range(4)}
    assert reading("dayone", archive(members)).found == []
    with pytest.raises(PlannerError, match="larger than"):
        reading("dayone", archive({**members, "4.json": entry}))


@pytest.mark.parametrize(
    ("form", "ending", "text"),
    [
        ("jrnl", ".txt", "[2024-09-12 09:00] A day\n"),
        ("obsidian", ".md", "A day\n"),
        ("org", ".org", "* A day\n"),
        ("dayone", ".json", '{"entries": []}\n'),
        ("ics", ".ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
    ],
)
def test_the_files_of_a_folder_are_limited_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, ending: str, text: str
) -> None:
    monkeypatch.setattr(readers, "LARGEST", 1000)
    for number in range(1, 5):
        path = tmp_path / f"2024-09-1{number}{ending}"
        path.write_text(text.ljust(240))
    reading(form, tmp_path)
    (tmp_path / f"2024-09-15{ending}").write_text(text.ljust(240))
    with pytest.raises(PlannerError, match="MiB together") as told:
        reading(form, tmp_path)
    assert told.value.code == "bad_file"
