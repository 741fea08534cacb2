"""What task lists and tables hold, taken in: Taskwarrior, calcurse, todo.txt, CSV."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from plannertui.core.errors import BadFile, PlannerError, Usage
from plannertui.exchange import importing
from plannertui.store import entries, events, matters
from plannertui.store.items import Item
from plannertui.store.open import Store
from tests.exchange.foreign import NOW, changes, reading, shown, take

# -- Taskwarrior -----------------------------------------------------------------------


def task(folder: Path, *words: str) -> str:
    """Run the installed Taskwarrior on tasks of its own."""
    (folder / "task").mkdir(exist_ok=True)
    rc = folder / "taskrc"
    rc.write_text(
        f"data.location={folder / 'task'}\nconfirmation=off\nverbose=nothing\n"
    )
    done = subprocess.run(
        ["task", *words],
        env={**os.environ, "TASKRC": str(rc)},
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


@pytest.mark.skipif(not shutil.which("task"), reason="Taskwarrior is not installed")
def test_what_taskwarrior_exports(store: Store, tmp_path: Path) -> None:
    task(
        tmp_path,
        *("add", 'Write the "brief" [/b]', "project:Licence.Backlog", "+work"),
        *("due:2024-09-20", "priority:H", "entry:2024-09-10T09:30"),
    )
    task(
        tmp_path,
        "add",
        "Second",
        "depends:1",
        "scheduled:2024-09-18",
        "entry:2024-09-11",
    )
    task(tmp_path, "add", "Gone")
    task(tmp_path, "3", "delete")
    task(tmp_path, "add", "Every week", "due:2024-09-20", "recur:weekly")
    task(tmp_path, "1", "annotate", "asked the deputy")
    task(tmp_path, "1", "done", "end:2024-09-13T10:00")
    exported = task(tmp_path, "status:pending", "or", "status:completed", "export")
    path = tmp_path / "tasks.json"
    path.write_text(task(tmp_path, "export"))
    plan = take(store, "taskwarrior", path)

    titles = [one["description"] for one in json.loads(exported)]
    brief = next(i for i in shown(store) if i.noun == "matter" and "brief" in i.text)
    assert brief.text == 'Write the "brief" [/b]'
    assert (brief.day, brief.at) == (date(2024, 9, 10), "09:30")
    assert (brief.due, brief.state) == (date(2024, 9, 20), "done")
    assert brief.tags == ("Licence-Backlog", "work")
    whole = matters.get(store, brief.id)
    assert (whole.closed_on, whole.important) == (date(2024, 9, 13), True)
    (note,) = (i for i in shown(store) if i.noun == "entry")
    assert note.text == "asked the deputy"
    assert [ref.handle for ref in entries.get(store, note.id).refs] == [brief.handle]
    assert len(plan.added) == len(titles) + 1
    assert {"depends", "scheduled"} <= set(plan.unknown)
    assert sorted(left.label for left in plan.left) == ["Every week", "Gone"]

    again = take(store, "taskwarrior", path)
    assert changes(again) == (0, 0, 0)
    assert again.same == len(plan.added)

    task(tmp_path, "description:Second", "modify", "due:2024-10-01")
    path.write_text(task(tmp_path, "export"))
    assert changes(take(store, "taskwarrior", path)) == (0, 1, 0)
    assert [i.due for i in shown(store) if i.text == "Second"] == [date(2024, 10, 1)]


def test_an_old_export_without_brackets_and_an_own_status() -> None:
    lines = (
        '{"description":"a","status":"pending","uuid":"u1","entry":"20240910T160000Z"},\n'
        '{"description":"b","status":"odd","uuid":"u2","base":1}'
    )
    made = reading("taskwarrior", lines)
    assert [found.fields["title"] for found in made.found] == ["a", "b"]
    # 16:00 in UTC is midnight of the 11th in Shanghai: the evening of the 10th.
    assert made.found[0].fields["day"] == date(2024, 9, 10)
    assert made.found[1].guessed == ("day",)
    assert dict(made.unknown) == {"status": 1, "base": 1}


@pytest.mark.parametrize(
    ("text", "words"),
    [("5", "not what task export"), ("[{]", "not JSON"), ("{\nx", "not JSON")],
)
def test_what_is_no_export_of_taskwarrior(text: str, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        reading("taskwarrior", text)


# -- calcurse --------------------------------------------------------------------------

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART:20240919T100000
DTEND:20240919T103000
SUMMARY:With the | director
DESCRIPTION:Bring figures\\nsecond line
LOCATION:Room 3
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20241001
DTEND;VALUE=DATE:20241004
SUMMARY:Away
END:VEVENT
BEGIN:VEVENT
DTSTART:20240902T090000
DTEND:20240902T093000
RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20241231T000000
EXDATE:20240909T090000
SUMMARY:Section round
END:VEVENT
BEGIN:VEVENT
DTSTART:20240902T090000
DTEND:20240903T013000
RRULE:FREQ=MONTHLY;BYDAY=1MO,-1FR
SUMMARY:Night watch
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20240905
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TH
SUMMARY:{odd} [1] @ x
END:VEVENT
BEGIN:VTODO
SUMMARY:Write the brief
PRIORITY:1
DESCRIPTION:note text
END:VTODO
BEGIN:VTODO
SUMMARY:[x] Done
STATUS:COMPLETED
END:VTODO
END:VCALENDAR
"""


@pytest.mark.skipif(not shutil.which("calcurse"), reason="calcurse is not installed")
def test_what_calcurse_keeps(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in.ics").write_text(CALENDAR)
    data = tmp_path / "calcurse"
    subprocess.run(
        ["calcurse", "-D", data, "-C", tmp_path / "conf", "-i", tmp_path / "in.ics"],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    plan = take(store, "calcurse", data)
    assert not plan.left
    found = {e.title: e for e in (events.get(store, i.id) for i in events_of(store))}
    talk = found["With the | director"]
    assert (talk.starts_on, talk.time, talk.minutes) == (date(2024, 9, 19), "10:00", 30)
    assert (talk.place, talk.notes) == ("Room 3", "Bring figures\nsecond line")
    away = found["Away"]
    assert (away.ends_on, away.repeat, away.time) == (date(2024, 10, 3), "", None)
    ronde = found["Section round"]
    assert ronde.repeat == "FREQ=WEEKLY;UNTIL=20241231;BYDAY=MO,WE"
    assert ronde.skipped == (date(2024, 9, 9),)
    assert ronde.last_on == date(2024, 12, 31)
    night = found["Night watch"]
    # A night watch on the 2nd, a Monday, which is the first one of its month.
    assert night.repeat == "FREQ=MONTHLY;BYDAY=1MO,-1FR"
    assert night.extra == ()
    assert (night.minutes, night.last_on) == (16 * 60 + 30, date(9999, 12, 31))
    assert found["{odd} [1] @ x"].repeat == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,SU"
    tasks = [item for item in shown(store) if item.noun == "matter"]
    assert [(t.text, t.state) for t in tasks] == [
        ("Write the brief\nnote text", "open"),
        ("[x] Done", "done"),
    ]
    again = take(store, "calcurse", data)
    assert (changes(again), again.same) == ((0, 0, 0), 7)


def events_of(store: Store) -> list[Item]:
    return [item for item in shown(store) if item.noun == "event"]


def test_lines_that_calcurse_would_not_write_are_left_one_by_one() -> None:
    made = reading(
        "calcurse",
        "09/19/2024 @ 10:00 -> 09/19/2024 @ 10:30|fine\n"
        "13/45/2024 [1] no such day\n"
        "09/19/2024 @ 10:00 -> 09/18/2024 @ 10:30|ends before\n"
        "09/19/2024 @ 10:00 -> 09/19/2054 @ 10:30|thirty years\n"
        "09/19/2024 [1] {0D} never\n"
        "09/19/2024 [1] {1W q7} no such list\n"
        "09/19/2024 [1] {1Y w-999} no such day\n"
        "nonsense\n"
        "09/19/2024 [1] {1M d5} begins beside its rule\n"
        "09/19/2024 [1]>0123456789012345678901234567890123456789 no such note\n",
    )
    assert [found.fields["title"] for found in made.found] == [
        "fine",
        "begins beside its rule",
        "no such note",
    ]
    assert made.found[1].fields["extra"] == (date(2024, 9, 19),)
    assert [left.line for left in made.left] == [2, 3, 4, 5, 6, 7, 8]
    with pytest.raises(BadFile):
        reading("calcurse", "nonsense\nonly\n")


# -- todo.txt --------------------------------------------------------------------------

TODO = """(A) 2024-09-10 Call the deputy +licences @phone due:2024-09-20
x 2024-09-15 2024-09-12 Send the list pri:B +forms

x Just done
Pay rent due:2024-10-01 rec:1m
Read https://example.org/a:b on 2024-99-99
(b) no priority, due:soon
due:2024-10-01
x2 is no mark
"""


def test_todo_txt(store: Store) -> None:
    plan = take(store, "todotxt", TODO)
    tasks = [matters.get(store, i.id) for i in sorted(shown(store), key=lambda i: i.id)]
    assert [(t.title, t.state, t.due and t.due.isoformat()) for t in tasks] == [
        ("Call the deputy +licences @phone", "open", "2024-09-20"),
        ("Send the list +forms", "done", None),
        ("Just done", "done", None),
        ("Pay rent rec:1m", "open", "2024-10-01"),
        ("Read https://example.org/a:b on 2024-99-99", "open", None),
        ("(b) no priority, due:soon", "open", None),
        ("x2 is no mark", "open", None),
    ]
    assert tasks[0].important
    assert tasks[0].tags == ("licences", "phone")
    assert tasks[0].day == date(2024, 9, 10)
    assert tasks[1].closed_on == date(2024, 9, 15)
    assert tasks[3].day == date(2024, 9, 14)
    assert dict(plan.unknown) == {"rec:": 1, "due:": 1}
    assert [left.line for left in plan.left] == [8]
    # A line that is done the next day, in another place of the file, is the same task.
    later = "x 2024-09-16 Pay rent due:2024-10-01 rec:1m\n" + TODO.replace(
        "Pay rent due:2024-10-01 rec:1m\n", ""
    )
    again = importing.plan(store, "todotxt", reading("todotxt", later))
    assert changes(again) == (0, 1, 0)
    importing.apply(store, again, NOW)
    rent = matters.get(store, tasks[3].id)
    assert (rent.state, rent.day) == ("done", date(2024, 9, 14))


# -- CSV -------------------------------------------------------------------------------

TABLE = """Datum;Art;Text;Wer;Wert
12.09.2024;win;"Zwei
Zeilen";L1;5
13.09.2024;task;Bericht; ;
31.02.2024;note;kein Tag;;
14.09.2024;frog;keine Art;;
15.09.2024;note;zu viel;;;;7
16.09.2024;meeting;Sitzung;;
;;;;
17.09.2024;note;;;
"""


def test_a_table_by_a_map_of_its_columns(store: Store) -> None:
    how = {"map": "text=Text,on=datum,kind=Art", "dates": "%d.%m.%Y"}
    plan = take(store, "csv", TABLE.encode("cp1252"), **how)
    assert [(i.day.day, i.kind, i.text) for i in shown(store)] == [
        (12, "win", "Zwei\nZeilen"),
        (13, "task", "Bericht"),
        (16, "meeting", "Sitzung"),
    ]
    assert [(left.line, left.label) for left in plan.left] == [
        (5, "kein Tag"),
        (6, "keine Art"),
        (7, "15.09.2024;note;zu viel;;;;7"),
        (10, "17.09.2024 note"),
    ]
    assert dict(plan.unknown) == {"Wer": 1, "Wert": 1}
    again = take(store, "csv", TABLE.encode("cp1252"), **how)
    assert (changes(again), again.same) == ((0, 0, 0), 3)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("日期,内容\n2024-09-12,预算\n".encode("gbk"), "预算"),
        ("日期\t内容\n2024年9月12日\t预算, 会\n".encode("utf-16"), "预算, 会"),
        ("date|text\n2024/9/12|café été\n".encode("cp1252"), "café été"),
        (b'\xef\xbb\xbfdate,text\r\n2024-09-12T09:30,"a ""b"" c"\r\n', 'a "b" c'),
        (b"text,date\n=1+1,20240912\n", "=1+1"),
    ],
    ids=["gbk", "utf-16", "cp1252", "bom", "formula"],
)
def test_encodings_and_delimiters_are_found_out(raw: bytes, text: str) -> None:
    (found,) = reading("csv", raw).found
    assert found.fields["text"] == text
    assert found.fields["day"] == date(2024, 9, 12)


@pytest.mark.parametrize(
    ("text", "options", "error", "words"),
    [
        ("a,b\n1,2\n", {}, BadFile, "There are: a, b"),
        ("", {}, BadFile, "name the columns"),
        ("text,b\n1,2\n", {"map": "text=c"}, Usage, "no column c"),
        ("text,b\n1,2\n", {"map": "colour=b"}, Usage, "text=COLUMN"),
        ("text,b\n1,2\n", {"map": "on=b"}, BadFile, "Which column is the text"),
        ('text,on\nfine,2024-09-12\n"open', {}, BadFile, "Line 3 cannot be read"),
        ("text\nx\n", {"encoding": "klingon"}, Usage, "no encoding klingon"),
        ("text\n\u00e9\n", {"encoding": "ascii"}, BadFile, "not ascii"),
    ],
)
def test_tables_that_cannot_be_read(
    text: str, options: dict[str, str], error: type[PlannerError], words: str
) -> None:
    with pytest.raises(error, match=words):
        reading("csv", text, **options)
