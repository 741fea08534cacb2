"""What other journals wrote, taken in: jrnl, Day One, Obsidian, org-journal."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plannertui.core.errors import BadFile
from plannertui.exchange import exporting, org
from plannertui.store import events
from plannertui.store.items import Filter
from plannertui.store.open import Store
from tests.exchange.foreign import asked, changes, reading, shown, take

JRNL = Path(sys.executable).with_name("jrnl")
JRNL_SETTINGS = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals:
  default: {{journal: {journal}}}
linewrap: 79
tagsymbols: '@#'
template: false
timeformat: '%F %r'
version: v4.6
"""


# -- jrnl ------------------------------------------------------------------------------


def jrnl(folder: Path, *words: str) -> str:
    """Run the installed jrnl on a journal of its own."""
    settings = folder / "jrnl.yaml"
    if not settings.exists():
        (folder / "journal.txt").write_text("")
        settings.write_text(JRNL_SETTINGS.format(journal=folder / "journal.txt"))
    done = subprocess.run(
        [JRNL, "--config-file", settings, *words],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


@pytest.mark.skipif(not JRNL.exists(), reason="jrnl is not installed")
def test_what_jrnl_wrote_comes_in_from_its_export_and_from_its_file(
    store: Store, tmp_path: Path
) -> None:
    jrnl(
        tmp_path,
        "2024-09-12 at 9:30am: Talk about the budget @licences\n"
        'Ann: [/b] is no markup, and "quoted" is',
    )
    jrnl(tmp_path, "2024-09-13 at 11pm: The inspector came. Nobody knew. *")
    (tmp_path / "out.json").write_text(jrnl(tmp_path, "--export", "json"))

    plan = take(store, "jrnl", tmp_path / "out.json")
    assert changes(plan) == (2, 0, 0)
    assert not plan.left
    first, second = shown(store)
    assert first.text == (
        'Talk about the budget @licences\nAnn: [/b] is no markup, and "quoted" is'
    )
    assert (first.day, first.at) == (date(2024, 9, 12), "09:30")
    assert first.tags == ("licences",)
    assert (second.day, second.at) == (date(2024, 9, 13), "23:00")
    assert second.tags == ("starred",)

    again = take(store, "jrnl", tmp_path / "out.json")
    assert (changes(again), again.same) == ((0, 0, 0), 2)

    kept = reading("jrnl", tmp_path / "journal.txt")
    assert [found.fields["text"].split("\n")[0] for found in kept.found] == [
        "Talk about the budget @licences",
        "The inspector came. Nobody knew.",
    ]
    assert [found.fields["at"] for found in kept.found] == [
        first.written,
        second.written,
    ]


def test_text_before_the_first_entry_is_told_and_a_quoted_stamp_splits_nothing() -> (
    None
):
    made = reading(
        "jrnl",
        "a line by hand\n\n[2024-09-12 09:30] One\n[2024-09-12] not a stamp here\n"
        "\n[2024-09-13 00:00] Two\n",
    )
    assert [found.fields["text"] for found in made.found] == [
        "One\n[2024-09-12] not a stamp here",
        "Two",
    ]
    # Midnight is what jrnl writes for a day without a time.
    assert made.found[1].fields["at"] is None
    assert made.found[0].line == 3
    assert [(left.label, left.line) for left in made.left] == [("a line by hand", 1)]


def test_the_folder_in_which_jrnl_keeps_a_file_for_each_day(tmp_path: Path) -> None:
    for day, text in (("12", "One\n"), ("13", "Two\n\n[2024-09-13 10:00] Three\n")):
        path = tmp_path / "journal/2024/09" / f"{day}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"[2024-09-{day} 09:30] {text}")
    (tmp_path / "journal/2024/09/14.txt").write_text("nothing of jrnl's")
    made = reading("jrnl", tmp_path / "journal")
    texts = [found.fields["text"] for found in made.found]
    assert texts == ["One", "Two", "Three"]
    assert [left.label for left in made.left] == ["2024/09/14.txt"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[03/04/24 9:30] which day?", "could mean several days"),
        (b"no stamp at all", "No entry of jrnl"),
        (b'{"tags": {}, "entries": 5}', "not an export of jrnl"),
        (b'{"entries": [', "line 1, column"),
        (b"\x93\x01\x02gAAAAABn", "line 1, is not UTF-8"),
        (b"[" * 100_000, "No entry of jrnl"),
        (b'{"entries":' + b"[" * 100_000, "nested too deeply"),
    ],
    ids=["days", "text", "shape", "json", "locked", "brackets", "deep"],
)
def test_what_is_none_of_jrnls_is_refused_with_a_reason(
    content: bytes, words: str
) -> None:
    with pytest.raises(BadFile) as refused:
        reading("jrnl", content)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_one_bad_entry_of_an_export_does_not_hold_up_the_others() -> None:
    document = {
        "entries": [
            {"title": "fine", "date": "2024-09-12", "time": "09:30", "mood": 3},
            {"title": "no date", "date": "yesterday"},
            {"title": "", "body": "", "date": "2024-09-12", "time": "09:30"},
            {"title": "x" * (1024 * 1024 + 1), "date": "2024-09-12"},
            "not an object",
        ]
    }
    made = reading("jrnl", json.dumps(document))
    assert [found.fields["text"] for found in made.found] == ["fine"]
    assert dict(made.unknown) == {"mood": 1}
    assert len(made.left) == 4


# -- Day One ---------------------------------------------------------------------------

DAY_ONE: dict[str, Any] = {
    "metadata": {"version": "1.0"},
    "entries": [
        {
            "uuid": "81F0F3CA693F484792F76359E9E2ACE8",
            "creationDate": "2024-09-12T15:04:32Z",
            "modifiedDate": "2024-09-12T15:05:00Z",
            "timeZone": "Asia/Tokyo",
            "starred": True,
            "isAllDay": False,
            "text": "Late talk\\. 1\\) figures\n\n![](dayone-moment://AB12)\n\nThe end",
            "richText": '{"contents":[]}',
            "tags": ["the budget", "Q3"],
            "photos": [{"identifier": "AB12", "md5": "00ff", "type": "jpeg"}],
            "location": {"placeName": "Office"},
        },
        {
            "uuid": "0000F3CA693F484792F76359E9E2ACE8",
            "creationDate": "2024-09-13T04:00:00Z",
            "timeZone": "Nowhere/Else",
            "text": "![](dayone-moment://CD34)",
            "photos": [{"identifier": "CD34"}],
        },
        {
            "uuid": "1111F3CA693F484792F76359E9E2ACE8",
            "creationDate": "2024-09-13T04:00:00Z",
            "timeZone": "Asia/Shanghai",
            "isAllDay": True,
            "text": "C:\\.ssh stays",
        },
    ],
}


def archive(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


def test_day_one_keeps_the_day_lived_and_tells_what_pictures_are_left(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(
        archive(
            {
                "Work.json": json.dumps(DAY_ONE).encode(),
                "photos/00ff.jpeg": b"\xff\xd8" * 10,
                "../../evil.json": b'{"entries": [{"text": "climbed out"}]}',
                "sub/evil.json": b'{"entries": [{"text": "inside"}]}',
            }
        )
    )
    plan = take(store, "dayone", path)
    assert changes(plan) == (2, 0, 0)
    assert dict(plan.unknown) == {"photos": 1, "location": 1}
    assert ["only pictures" in left.why for left in plan.left] == [True]
    first, second = shown(store)
    # 00:04 of the 13th in Tokyo still belongs to the evening of the 12th.
    assert (first.day, first.written) == (
        date(2024, 9, 12),
        "2024-09-13T00:04:32.000+09:00",
    )
    assert first.text == "Late talk. 1) figures\n\n\nThe end"
    assert first.tags == ("the-budget", "Q3", "starred")
    assert (second.day, second.at) == (date(2024, 9, 13), None)
    assert second.text == "C:\\.ssh stays"
    again = take(store, "dayone", path)
    assert (changes(again), again.same) == ((0, 0, 0), 2)
    unpacked = tmp_path / "unpacked"
    (unpacked / "photos").mkdir(parents=True)
    (unpacked / "Work.json").write_text(json.dumps(DAY_ONE))
    assert take(store, "dayone", unpacked).same == 2
    assert sorted(os.listdir(tmp_path)) == sorted(
        {
            "export.zip",
            "unpacked",
            *(name for name in os.listdir(tmp_path) if "planner" in name),
        }
    )


def test_an_entry_that_was_written_on_in_day_one_changes_here(store: Store) -> None:
    take(store, "dayone", json.dumps(DAY_ONE))
    later = json.loads(json.dumps(DAY_ONE))
    later["entries"][2]["text"] = "and more"
    assert changes(take(store, "dayone", json.dumps(later))) == (0, 1, 0)
    assert shown(store)[1].text == "and more"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive({"photos/a.jpeg": b"x"}), "not an export of Day One"),
        (archive({"Journal.json": b"[1]"}), "not an export of Day One"),
        (archive({"Journal.json": b"{"}), "not JSON"),
        (archive({"Journal.json": b"\xff{"}), "is not UTF-8"),
        (archive({"Journal.json": b" " * (64 * 1024 * 1024 + 1)}), "64 MiB"),
        (b"PK\x03\x04 and no more", "damaged"),
    ],
    ids=["pictures", "list", "json", "bytes", "bomb", "cut"],
)
def test_archives_that_are_traps_or_broken_are_refused(
    content: bytes, words: str
) -> None:
    with pytest.raises(BadFile) as refused:
        reading("dayone", content)
    assert words in str(refused.value)


# -- Obsidian --------------------------------------------------------------------------

NOTE = """---
tags: [daily, work/budget]
mood: 4
created: 2024-09-12T08:30:00
aliases:
  - Thursday
---
# 2024-09-12

## Log
- 09:30 talk about the budget #licences
Text with [[a link]] and `- [ ] code`.

## Tasks
- [ ] Send the figures 📅 2024-09-20 ⏫ #licences
  - with last year's
- [x] Call IT ✅ 2024-09-13 ^call
- [-] Old plan
- [/] Half done [due:: 2024-09-30]
- [ ] Every week 🔁 every week

```
- [ ] in a fence
```
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    for name, text in {
        "daily/2024-09-12.md": NOTE,
        "daily/2024/09/13.md": "Only text, by folders",
        "daily/2024_09_14.md": "# Saturday\n## Boxes\n- [ ] one\n",
        "daily/2024-09-15.md": "words\n## Boxes\n- [ ] two\n\n## Next\nmore",
        "ideas.md": "of no day",
        "dated.md": "---\ndate: 2024-09-11\n---\nby its front matter",
        ".obsidian/2024-01-01.md": "a setting",
        "2024-09-10.md": "<!-- plannertui -->\n# 2024-09-10 Tue\n\n- ours",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "2024-09-09.md").symlink_to("/etc/passwd")
    (folder / "2024-09-08.md").write_bytes(b"fine\n\xff\xfe bad")
    return folder


def test_daily_notes_become_entries_and_their_boxes_tasks(
    store: Store, vault: Path
) -> None:
    plan = take(store, "obsidian", vault)
    found = shown(store)
    assert [(item.day.day, item.kind, item.state) for item in found] == [
        (11, "note", ""),
        (12, "task", "open"),
        (12, "task", "done"),
        (12, "task", "dropped"),
        (12, "task", "open"),
        (12, "task", "open"),
        (12, "note", ""),
        (13, "note", ""),
        (14, "task", "open"),
        (15, "task", "open"),
        (15, "note", ""),
    ]
    assert found[-1].text == "words\n\n## Next\nmore"
    note = found[6]
    assert note.text.startswith("## Log\n- 09:30 talk")
    assert note.text.endswith("```\n- [ ] in a fence\n```")
    # What stood below it went into tasks, but for the fence.
    assert "## Tasks" in note.text
    assert "`- [ ] code`" in note.text
    assert "Send the figures" not in note.text
    assert note.tags == ("daily", "work-budget", "licences")
    first, _second, _third, half, weekly = found[1:6]
    assert first.text == "Send the figures #licences\n- with last year's"
    assert first.due == date(2024, 9, 20)
    assert half.due == date(2024, 9, 30)
    assert weekly.text == "Every week 🔁 every week"
    assert dict(plan.unknown) == {
        "mood": 1,
        "aliases": 1,
        "status": 1,
        "recurrence": 1,
    }
    assert [left.label for left in plan.left] == ["2024-09-08.md"]
    assert any("1 note that tells no day" in note for note in plan.notes)
    assert any("2024-09-10.md" in note for note in plan.notes)
    with pytest.raises(BadFile, match="Written by this program"):
        reading("obsidian", vault / "2024-09-10.md")
    again = take(store, "obsidian", vault)
    assert (changes(again), again.same) == ((0, 0, 0), 11)


def test_a_box_that_was_ticked_in_obsidian_closes_the_task(
    store: Store, vault: Path
) -> None:
    take(store, "obsidian", vault)
    path = vault / "daily/2024_09_14.md"
    path.write_text("# Saturday\n- [x] one ✅ 2024-09-16\n")
    assert changes(take(store, "obsidian", vault)) == (0, 1, 0)
    assert [item.state for item in shown(store) if item.text == "one"] == ["done"]


BOMB = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "front",
    [
        BOMB,
        "x: " + "[" * 5000,
        "a: " + "{b: " * 5000,
        "x: !!python/object/apply:os.system ['true']",
        "key: [unclosed",
        "- a list",
        "\tx: tab",
        "x: 2024-99-99T99:99:99",
    ],
    ids=["bomb", "deep", "deeper", "object", "unclosed", "list", "tab", "date"],
)
def test_front_matter_that_is_a_trap_stays_as_text(front: str, tmp_path: Path) -> None:
    path = tmp_path / "2024-09-12.md"
    path.write_text(f"---\n{front}\n---\nbelow\n")
    made = reading("obsidian", path)
    (found,) = made.found
    assert found.fields["text"].endswith("below")
    if found.fields["text"] != "below":
        assert "2024-09-12.md" in made.notes[0]
        assert found.fields["text"].startswith("---\n")


# -- org-journal -----------------------------------------------------------------------

YEARLY = """#+TITLE: 2020 Journal
* Sunday, 12 January 2020
:PROPERTIES:
:CREATED:  [2020-01-12 Sun]
:END:
** 22:00 First entry :work:quiet:
Endless talk.

  An indented line.
* Monday, 13 April 2020
:PROPERTIES:
:CREATED:  [2020-04-13 Mon]
:END:
** 14:00 What a rainy day
** TODO [#A] Just a task
DEADLINE: <2020-04-20 Mon> SCHEDULED: <2020-04-15 Wed +1w>
:LOGBOOK:
- a note
:END:
** TODO Project
*** TODO Inner task
*** Some note
with text
** DONE Closed task
CLOSED: [2020-04-14 Tue 10:00]
** CANCELLED Given up
** TODO Later
 <2020-06-01>
** No time
:PROPERTIES:
:ID:       aa-bb
:MOOD:     fine
:END:
"""


def test_a_yearly_file_of_org_journal(store: Store) -> None:
    plan = take(store, "org", YEARLY)
    assert [
        (i.day.isoformat(), i.kind, i.at, i.state, i.text) for i in shown(store)
    ] == [
        (
            "2020-01-12",
            "note",
            "22:00",
            "",
            "First entry\nEndless talk.\n\n  An indented line.",
        ),
        ("2020-04-13", "note", "14:00", "", "What a rainy day"),
        ("2020-04-13", "task", None, "open", "Just a task\n:LOGBOOK:\n- a note\n:END:"),
        ("2020-04-13", "task", None, "open", "Project\n*** Some note\nwith text"),
        ("2020-04-13", "task", None, "open", "Inner task"),
        ("2020-04-13", "task", None, "done", "Closed task"),
        ("2020-04-13", "task", None, "dropped", "Given up"),
        ("2020-04-13", "task", None, "open", "Later"),
        ("2020-04-13", "note", None, "", "No time"),
    ]
    items = {item.text.split("\n")[0]: item for item in shown(store)}
    assert items["First entry"].tags == ("work", "quiet")
    assert items["Just a task"].due == date(2020, 4, 20)
    assert items["Later"].due == date(2020, 6, 1)
    assert set(plan.unknown) == {"MOOD", "scheduled", "repeater"}
    again = take(store, "org", YEARLY)
    assert (changes(again), again.same) == ((0, 0, 0), 9)


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("20130604", "* Tuesday, 06/04/13\n** 10:28 Company meeting\n", "2013-06-04"),
        ("2020-10-22.org", "#+TITLE: x\n* 10:00 at the top\n", "2020-10-22"),
        ("j.org", "#+TITLE: 2020-10-22 (Thursday)\n* TODO test 1\n", "2020-10-22"),
        ("j.org", "* 2020-10-22 Thu\n** a\n", "2020-10-22"),
        ("j.org", "* October 22, 2020\n** a\n", "2020-10-22"),
        ("j.org", "* 2020年10月22日 星期四\n** a\n", "2020-10-22"),
        ("2020-10-22.org", "no heading at all\n", "2020-10-22"),
    ],
)
def test_the_forms_in_which_org_files_say_their_day(
    name: str, text: str, day: str, tmp_path: Path
) -> None:
    folder = tmp_path / "org"
    folder.mkdir()
    (folder / name).write_text(text)
    if name == "j.org":
        made = reading("org", folder / name)
    else:
        made = reading("org", folder)
    assert [found.fields["day"] for found in made.found] == [date.fromisoformat(day)]


def test_an_org_file_that_tells_no_day_is_left_heading_by_heading(
    tmp_path: Path,
) -> None:
    path = tmp_path / "notes.org"
    path.write_text("loose\n* Ideas\n** TODO a\n* More\n")
    made = reading("org", path)
    assert not made.found
    assert [(left.label, left.line) for left in made.left] == [
        ("loose", 1),
        ("Ideas", 2),
        ("More", 4),
    ]


def test_a_list_of_tasks_in_org_needs_no_days(tmp_path: Path) -> None:
    """What is due, was closed or takes place tells its own day; the rest is left."""
    path = tmp_path / "list.org"
    path.write_text(
        "* Work\n** TODO Buy\nDEADLINE: <2024-12-01 Sun>\n** TODO Whenever\n"
        "* DONE Old\nCLOSED: [2024-08-20 Tue]\n* Board\n<2024-12-02 Mon 10:00>\n"
    )
    made = reading("org", path)
    buy, old, board = made.found
    assert (buy.fields["title"], buy.fields["due"]) == ("Buy", date(2024, 12, 1))
    assert buy.guessed == ("day",)
    assert (old.fields["day"], old.guessed) == (date(2024, 8, 20), ())
    assert (board.noun, board.fields["starts_on"]) == ("event", date(2024, 12, 2))
    assert [left.label for left in made.left] == ["Work", "Whenever"]


APPOINTMENTS = """* 2024-09-12 Thu
** With the director
<2024-09-19 Thu 10:00-10:30>
:PROPERTIES:
:KIND:     one_on_one
:LOCATION: Room 3
:END:
  Bring figures
** Away
 <2024-10-01 Tue>--<2024-10-03 Thu>
** Round
<2024-09-16 Mon 9:00 +1w>
** 09:30 A note of <2024-09-12 Thu> in its words
"""


def test_headings_with_a_stamp_of_their_own_are_events(store: Store) -> None:
    take(store, "org", APPOINTMENTS)
    found = [events.get(store, i.id) for i in shown(store) if i.noun == "event"]
    assert [
        (e.title, e.kind, e.starts_on.day, e.ends_on.day, e.time, e.minutes, e.repeat)
        for e in found
    ] == [
        ("Round", "meeting", 16, 16, "09:00", None, "FREQ=WEEKLY"),
        ("With the director", "one_on_one", 19, 19, "10:00", 30, ""),
        ("Away", "meeting", 1, 3, None, None, ""),
    ]
    assert (found[1].place, found[1].notes) == ("Room 3", "Bring figures")
    assert [i.text for i in shown(store) if i.noun == "entry"] == [
        "A note of <2024-09-12 Thu> in its words"
    ]
    again = take(store, "org", APPOINTMENTS)
    assert (changes(again), again.same) == ((0, 0, 0), 4)
    # Written by us, they are the same appointments.
    chosen = exporting.choose(store, Filter(), private=True)
    text = "".join(org.write(store, chosen, asked()))
    back = {
        f.fields["title"]: f.fields
        for f in reading("org", text).found
        if f.noun == "event"
    }
    assert back["With the director"] == {
        "kind": "one_on_one",
        "title": "With the director",
        "starts_on": date(2024, 9, 19),
        "ends_on": date(2024, 9, 19),
        "time": "10:00",
        "minutes": 30,
        "zone": "",
        "repeat": "",
        "place": "Room 3",
        "notes": "Bring figures",
    }
    assert back["Away"]["ends_on"] == date(2024, 10, 3)
