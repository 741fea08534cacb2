"""What is written for others: what it holds, what it never holds, and reading it again."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime, time
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from plannertui.core.errors import BadFile
from plannertui.core.text import clean, visible
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.exchange import csvown, exporting, importing, markdown, mirror
from plannertui.exchange.formats import FORMATS
from plannertui.exchange.lines import lines
from plannertui.exchange.reading import Reading
from plannertui.store import entries, events, matters, people, trash
from plannertui.store.items import Filter
from plannertui.store.open import Store, open_store
from tests.examples import costly
from tests.exchange.foreign import NOW, asked, changes, reading
from tests.exchange.test_journals import JRNL, jrnl
from tests.hostile import EVERYTHING, MANY_LINES, TEXTS

WRITTEN = ("markdown", "html", "csv", "org", "todotxt", "jrnl")
DAY = date(2024, 9, 12)
SECRET = "Quetzalcanary"


def written(db: Store, form: str, *, private: bool = True, **only: Any) -> str:
    """Everything that a filter lets through, in one form."""
    chosen = exporting.choose(db, Filter(**only), private=private)
    module = import_module("plannertui.exchange." + FORMATS[form].module)
    return "".join(module.write(db, chosen, asked()))


def at(clock: str) -> str:
    return datetime.combine(DAY, time.fromisoformat(clock), NOW.tzinfo).isoformat()


@pytest.fixture
def full(store: Store) -> Store:
    """A day with one of each, some of it private, grey, or about somebody by name."""
    leader = people.add(store, alias="Director", now=NOW, name=f"Zoe {SECRET}")
    entries.add(
        store,
        text="The figures are in @L1 #budget",
        day=DAY,
        now=NOW,
        timed=False,
        at=at("09:30"),
        kind="win",
        share="ready",
        links=[leader.id],
        tags=["budget"],
    )
    entries.add(
        store,
        text=f"Told zoe  {SECRET.upper()} so.\n\n# not a heading\n---\n<script>x</script>",
        day=DAY,
        now=NOW,
        timed=False,
    )
    matters.add(
        store,
        title="Send the list",
        day=DAY,
        now=NOW,
        timed=False,
        kind="promise",
        due=date(2024, 9, 20),
        person_id=leader.id,
        important=True,
        tags=["budget"],
    )
    matters.add(store, title="greymark", day=DAY, now=NOW, timed=False, nature="grey")
    matters.add(
        store,
        title="sealedmark",
        day=DAY,
        now=NOW,
        timed=False,
        boundary={"words": "x"},
    )
    matters.add(store, title="ownmark", day=DAY, now=NOW, timed=False, nature="private")
    events.add(
        store,
        title="One-on-one",
        starts_on=DAY,
        now=NOW,
        kind="one_on_one",
        time="10:00",
        people=[leader.id],
        place="Room 3",
        notes="notemark",
        follow_up={"assumed": ["guessmark"]},
        agenda=[{"text": "agendamark", "done": False}],
    )
    return store


def test_what_is_grey_sealed_guessed_or_a_name_never_goes_out(full: Store) -> None:
    for form in WRITTEN:
        for private in (True, False):
            text = written(full, form, private=private)
            for never in ("greymark", "sealedmark", "guessmark", "agendamark", SECRET):
                assert never.casefold() not in text.casefold(), form
            for own in ("ownmark", "notemark", "Told"):
                assert private or own not in text, form


def test_a_tag_that_spells_a_real_name_goes_out_as_the_aliases(store: Store) -> None:
    people.add(store, alias="Head, 主任", name="Wu Qing", now=NOW)
    people.add(store, alias="♣", name="Bo Li", now=NOW)
    tags = ["Wu-Qing", "meet_WuQing", "bo-li", "budget", "wu-qingdao"]
    entries.add(
        store,
        text="Spoke to @wu-qing #Wu-Qing #budget",
        day=DAY,
        now=NOW,
        timed=False,
        tags=tags,
    )
    matters.add(store, title="Ask", day=DAY, now=NOW, timed=False, tags=tags)
    for form in (*WRITTEN, "ics"):
        text = written(store, form).replace("\r\n ", "").casefold()
        for spelled in ("wu-qing", "wu_qing", "wuqing", "bo-li", "bo_li"):
            found = text.replace("wu-qingdao", "").replace("wu_qingdao", "")
            assert spelled not in found, form
        assert "head" in text, form
        assert "budget" in text, form
    chosen = exporting.choose(store, Filter(), private=True)
    told = [line for line in lines(store, chosen) if line.noun == "entry"]
    kept = ("Head-主任", "meet_-Head-主任", "budget", "wu-qingdao")
    assert told[0].tags == kept
    assert told[0].text == "Spoke to @Head,-主任 #Head-主任 #budget"
    # Two in the text; what is a tag of its own is counted for itself.
    assert chosen.left["names"] == 2 + 2 + 3
    # What comes home with the alias's tags changes none of those here.
    plan = importing.plan(store, "csv", reading("csv", written(store, "csv")))
    assert changes(plan)[:2] == (0, 0)
    for source in ("ics", "later"):
        plan = importing.plan(store, source, reading("ics", written(store, "ics")))
        assert changes(plan)[:2] == (0, 0), source
        importing.apply(store, plan, NOW)
    assert entries.get(store, told[0].id).tags == tuple(tags)


def test_the_shell_says_what_is_in_an_export_and_what_is_not(full: Store) -> None:
    chosen = exporting.choose(full, Filter(), private=True)
    list(markdown.write(full, chosen, asked()))
    assert exporting.said(chosen) == [
        "1 event, 2 tasks, 2 entries",
        "Private, and in it: 2.",
        "Real names in the texts, written as aliases: 1.",
        "Grey or with a boundary record, never part of it: 2.",
    ]
    chosen = exporting.choose(full, Filter())
    list(import_module("plannertui.exchange.todotxt").write(full, chosen, asked()))
    assert "What this form has no place for, left out: 2." in exporting.said(chosen)


def test_a_page_of_markdown(full: Store) -> None:
    assert written(full, "markdown") == (
        "<!-- plannertui -->\n\n"
        "## 2024-09-12 Thu\n\n"
        "- **10:00** One-on-one @Director (one-on-one; Room 3; E1)\n"
        "  notemark\n"
        "- Told Director so. (note; J2)\n"
        "\n"
        "  # not a heading\n"
        "  ---\n"
        "  \\<script>x\\</script>\n"
        "- [ ] Send the list #budget @Director (promise; due 2024-09-20; M1)\n"
        "- [ ] ownmark (task; M4)\n"
        "- **09:30** The figures are in @Director #budget (win; J1)\n"
    )


def test_what_repeats_stands_on_each_day_asked_for(store: Store) -> None:
    events.add(
        store,
        title="Round",
        starts_on=date(2024, 9, 2),
        now=NOW,
        repeat="FREQ=WEEKLY",
        skipped=(date(2024, 9, 9),),
        notes="notemark",
    )
    made = written(store, "csv", since=date(2024, 9, 9), until=date(2024, 9, 24))
    days = [row["day"] for row in csv.DictReader(io.StringIO(made))]
    assert days == ["2024-09-16", "2024-09-23"]
    only = Filter(since=date(2024, 9, 9), until=date(2024, 9, 24))
    made = "".join(markdown.write(store, exporting.choose(store, only), asked()))
    assert "notemark" not in made
    made = written(store, "markdown")
    assert "- Round (meeting; every week on Mon; E1)" in made
    assert made.count("Round") == 1


def test_workdays_that_go_out_are_those_of_the_calendar(store: Store) -> None:
    calendar = WorkCalendar(lambda year: build_year("CN", year), frozenset())
    events.add(
        store,
        title="Standup",
        starts_on=date(2024, 9, 13),
        now=NOW,
        repeat="FREQ=DAILY;BYDAY=WD",
    )

    def days(first: date, last: date) -> list[str]:
        only = Filter(since=first, until=last)
        chosen = exporting.choose(store, only, calendar=calendar)
        rows = csv.DictReader(
            io.StringIO("".join(csvown.write(store, chosen, asked())))
        )
        return [row["day"][-2:] for row in rows]

    # Saturday the 14th is worked, the holiday that follows is not.
    assert days(date(2024, 9, 13), date(2024, 9, 18)) == ["13", "14", "18"]
    assert days(date(2024, 9, 16), date(2024, 9, 17)) == []


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("src", "href", "style")
            assert "\x1b" not in (value or "")


@pytest.mark.case(46)
def test_hostile_texts_are_data_in_every_form(store: Store) -> None:
    for text in (*TEXTS.values(), EVERYTHING, MANY_LINES):
        entries.add(store, text=text, day=DAY, now=NOW)
        matters.add(store, title=text, day=DAY, now=NOW)
    for form in WRITTEN:
        check_harmless(form, written(store, form))


def check_harmless(form: str, made: str) -> None:
    if form in ("markdown", "html", "org", "todotxt"):
        assert not set(made) & {
            *map(chr, range(0x20)),
            *map(chr, range(0x7F, 0xA0)),
        } - {
            "\n",
            "\t",
        }
        assert not set(made) & set("\u202e\u2066\u200f\u061c")
    if form == "html":
        page = Tags()
        page.feed(made)
        assert page.seen <= {
            *("html", "head", "meta", "title", "style", "body", "main", "h1"),
            *("section", "h2", "article", "p", "time", "div"),
        }
    if form == "markdown":
        assert all(
            line[:2] in ("- ", "  ", "", "##", "<!") for line in made.split("\n")
        )
    if form == "todotxt":
        assert len(made.splitlines()) == len(TEXTS) + 2
    if form == "jrnl":
        assert len(json.loads(made)["entries"]) == len(TEXTS) + 2


# -- out and in again ------------------------------------------------------------------

# Texts as they stand in the store, without blanks at their ends and blank first lines.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"])
    | st.sampled_from("\n *:#@[]x-=+'\","),
    min_size=1,
    max_size=60,
).map(lambda text: visible(clean(text)).strip())
TEXT = TEXT.filter(bool)
TAGS = st.lists(st.sampled_from(["budget", "预算", "q-3"]), unique=True, max_size=2)
CLOCK = st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    db = open_store(str(tmp_path_factory.mktemp("shared") / "planner.db"), now=NOW)
    yield db
    db.close()


def read_again(db: Store, form: str) -> Reading:
    return reading(form, written(db, form, since=DAY, until=DAY))


def emptied(db: Store) -> Store:
    for item in exporting.choose(db, Filter(), private=True).entries:
        db.conn.execute("UPDATE entry SET deleted_at = 'x' WHERE id = ?", (item.id,))
    db.conn.execute("UPDATE matter SET deleted_at = 'x' WHERE deleted_at IS NULL")
    return db


@pytest.mark.parametrize("form", ["jrnl", "org", "csv"])
@costly(15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, clock=CLOCK, tags=TAGS)
def test_an_entry_reads_back_as_it_was(
    shared: Store, form: str, text: str, clock: time | None, tags: list[str]
) -> None:
    db = emptied(shared)
    if clock == time():
        clock = None
    stamp = None if clock is None else at(clock.isoformat())
    entries.add(db, text=text, day=DAY, now=NOW, tags=tags, timed=False, at=stamp)
    (found,) = read_again(db, form).found
    if form == "org":
        # Org has no hyphen in a tag.
        tags = [tag.replace("-", "_") for tag in tags]
    assert found.fields["text"] == text
    assert list(found.tags) == tags
    assert (found.fields["at"] or "")[11:16] == (stamp or "")[11:16]
    if form != "jrnl" or clock is None or clock >= time(4):
        assert found.fields["day"] == DAY


@pytest.mark.parametrize("form", ["todotxt", "org", "csv"])
@costly(15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXT,
    state=st.sampled_from(["open", "done", "dropped"]),
    due=st.none() | st.dates(date(2024, 1, 1), date(2026, 1, 1)),
    important=st.booleans(),
)
def test_a_task_reads_back_as_it_was(
    shared: Store, form: str, title: str, state: str, due: date | None, important: bool
) -> None:
    db = emptied(shared)
    closed = None if state == "open" else date(2024, 9, 13)
    matters.add(
        db,
        title=title,
        day=DAY,
        now=NOW,
        timed=False,
        state=state,
        closed_on=closed,
        due=due,
        important=important,
    )
    (found,) = read_again(db, form).found
    if form == "todotxt":
        title = " ".join(title.split())
    got = found.fields
    assert (got["title"], got["state"], got["closed_on"]) == (title, state, closed)
    assert got["day"] == DAY
    assert got["due"] == due
    if form == "org" or (form == "todotxt" and state == "open"):
        assert got["important"] == important


@pytest.mark.case(46)
def test_a_table_holds_no_formula(store: Store) -> None:
    for text in ("=cmd()", "+1", "-1", "@SUM(A1)", "'=x", "\t=x", 'a "quote", b'):
        entries.add(store, text=text, day=DAY, now=NOW)
    made = written(store, "csv")
    cells = [cell for row in csv.reader(io.StringIO(made)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")]
    assert sorted(f.fields["text"] for f in reading("csv", made).found) == sorted(
        ["=cmd()", "+1", "-1", "@SUM(A1)", "'=x", "\t=x", 'a "quote", b']
    )


@pytest.mark.skipif(not JRNL.exists(), reason="jrnl is not installed")
def test_jrnl_exports_what_it_wrote_as_we_write_it(
    store: Store, tmp_path: Path
) -> None:
    """The same entry in both exports is the same, but for what jrnl makes of a title."""
    jrnl(tmp_path, "2024-09-12 at 9:30am: One line\nand a body @budget")
    theirs = json.loads(jrnl(tmp_path, "--export", "json"))
    entries.add(
        store,
        text="One line\nand a body @budget",
        day=DAY,
        now=NOW,
        at=at("09:30"),
        tags=["budget"],
    )
    assert json.loads(written(store, "jrnl")) == theirs


# -- the folder ------------------------------------------------------------------------


def sync(db: Store, folder: Path) -> mirror.Done:
    chosen = exporting.choose(db, Filter(), private=True)
    return markdown.write_folder(db, chosen, asked(), str(folder))


def test_the_folder_follows_and_touches_nothing_else(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "mirror"
    folder.mkdir(mode=0o755)
    (folder / "README.md").write_text("mine")
    (folder / "2024-09-13.md").write_text("mine, too")
    (folder / "2024-09-14.md").symlink_to(tmp_path / "elsewhere")
    subprocess.run(["git", "init", "-q", folder], check=True)
    for day in range(11, 15):
        entries.add(store, text=f"on {day}", day=date(2024, 9, day), now=NOW)
    done = sync(store, folder)
    assert done.written == ["2024-09-11.md", "2024-09-12.md"]
    assert done.kept == ["2024-09-13.md", "2024-09-14.md"]
    assert (folder / "2024-09-13.md").read_text() == "mine, too"
    assert not (tmp_path / "elsewhere").exists()
    page = folder / "2024-09-12.md"
    assert "# 2024-09-12 Thu" in page.read_text()
    assert page.stat().st_mode & 0o777 == 0o600
    before = page.stat().st_mtime_ns
    assert sync(store, folder).same == 2
    assert page.stat().st_mtime_ns == before

    first, second, *_rest = exporting.choose(store, Filter(), private=True).entries
    entries.edit(store, second, NOW, text="changed")
    (folder / "2024-09-11.md").write_text("by hand")
    entries.edit(store, first, NOW, text="changed as well")
    done = sync(store, folder)
    assert (done.written, done.removed) == (["2024-09-12.md"], [])
    assert "2024-09-11.md" in done.kept
    assert (folder / "2024-09-11.md").read_text() == "by hand"

    trash.remove(store, second.id, NOW)
    done = sync(store, folder)
    assert done.removed == ["2024-09-12.md"]
    assert not page.exists()
    assert (folder / "README.md").read_text() == "mine"
    assert not list(folder.glob("*.part"))


def test_a_round_that_was_cut_short_is_taken_up_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mirror"
    for day in (11, 12, 13):
        entries.add(store, text=f"on {day}", day=date(2024, 9, day), now=NOW)
    real, count = mirror.put, 0

    def put(path: str, content: bytes) -> None:
        nonlocal count
        count += 1
        if count == 4:
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(mirror, "put", put)
    with pytest.raises(OSError, match="No space"):
        sync(store, folder)
    monkeypatch.setattr(mirror, "put", real)
    for entry in exporting.choose(store, Filter(), private=True).entries:
        entries.edit(store, entry, NOW, text=entry.text + ", changed")
    done = sync(store, folder)
    assert (len(done.written), done.kept) == (3, [])
    assert "changed" in (folder / "2024-09-11.md").read_text()


@pytest.mark.parametrize(
    "manifest",
    [
        "{",
        '{"files": 5}',
        '{"files": {"../../x": "0", "a/b": "0", ".git": "0", "": "0"}, "meant": {}}',
    ],
)
def test_a_manifest_that_is_damaged_or_a_trick_removes_nothing(
    store: Store, tmp_path: Path, manifest: str
) -> None:
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / mirror.MANIFEST).write_text(manifest)
    (tmp_path / "x").write_text("")
    (folder / "2024-09-01.md").write_text("there")
    with nullcontext() if "x" in manifest else pytest.raises(BadFile):
        sync(store, folder)
    assert (tmp_path / "x").exists()
    assert (folder / "2024-09-01.md").exists()


def test_a_table_changed_in_a_spreadsheet_changes_what_it_was_made_from(
    full: Store,
) -> None:
    events.add(full, title="Round", starts_on=DAY, now=NOW, repeat="FREQ=WEEKLY")
    made = written(full, "csv")
    plan = importing.plan(full, "csv", reading("csv", made))
    assert (changes(plan), plan.same) == ((0, 0, 0), 5)
    assert [left.label for left in plan.left] == ["Round"]

    rows = list(csv.DictReader(io.StringIO(made)))
    for row in rows:
        if row["handle"] == "J1":
            row.update(text="Told her so", kind="lesson", share="ready")
        if row["handle"] == "M1":
            row.update(state="done", closed="2024-09-15", person="")
    rows.append({**dict.fromkeys(rows[0], ""), "text": "new", "day": "2024-09-16"})
    changed = io.StringIO(newline="")
    table = csv.DictWriter(changed, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    plan = importing.plan(full, "csv", reading("csv", changed.getvalue()))
    assert changes(plan) == (1, 2, 0)
    importing.apply(full, plan, NOW)
    entry = entries.get(full, "J1")
    assert (entry.text, entry.kind, entry.share) == ("Told her so", "lesson", "ready")
    matter = matters.get(full, "M1")
    assert (matter.state, matter.closed_on) == ("done", date(2024, 9, 15))
    assert matter.person is not None
    again = importing.plan(full, "csv", reading("csv", changed.getvalue()))
    assert changes(again) == (0, 0, 0)

    # What was changed here after the table was made is not written over.
    matters.edit(full, matters.get(full, "M1"), NOW, title="other words")
    next(row for row in rows if row["handle"] == "M1")["text"] = "and others there"
    changed = io.StringIO(newline="")
    table = csv.DictWriter(changed, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    plan = importing.plan(full, "csv", reading("csv", changed.getvalue()))
    assert changes(plan) == (0, 0, 0)
    assert "M1" in [left.handle for left in plan.left]
