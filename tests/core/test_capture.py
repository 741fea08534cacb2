"""One line, and what is made of it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.capture import MARKS, Capture, complete_at, parse, read
from plannertui.core.text import clean

ROOT = Path(__file__).parents[2]
TODAY = date(2024, 9, 14)  # a Saturday

NOUNS = {
    "L1": (1, "L1", "director", "person"),
    "director": (1, "L1", "director", "person"),
    "L1.2": (12, "L1.2", "no complaint older than 30 days", "priority"),
    "P1": (2, "P1", "finance", "person"),
    "G1": (3, "G1", "backlog", "goal"),
    "G2": (4, "G2", "one form", "goal"),
    "M41": (5, "M41", "list of cases", "matter"),
    "王总": (6, "L2", "王总", "person"),
    "王": (7, "P2", "王", "person"),
    "dr.li": (8, "P3", "dr.li", "person"),
    "王（总）": (9, "P4", "王（总）", "person"),
}


def resolve(name: str) -> tuple[int, str, str, str] | None:
    return NOUNS.get(name) or NOUNS.get(name.upper()) or NOUNS.get(name.lower())


def take(line: str, kind: str | None = None, *, goal: bool = False) -> Capture:
    return parse(line, today=TODAY, resolve=resolve, kind=kind, goal=goal)


def handles(capture: Capture) -> list[str]:
    return [ref[1] for ref in capture.refs]


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("plain", "note", "plain"),
        ("+ closed it", "win", "closed it"),
        ("> list of cases", "promise", "list of cases"),
        ("< an answer", "waiting", "an answer"),
        ("? is it still wanted", "ask", "is it still wanted"),
        ("! the budget may come back", "warn", "the budget may come back"),
        ("~ asked for an errand", "grey", "asked for an errand"),
        ("* deadlines first", "lesson", "deadlines first"),
        ("＋ 做完了", "win", "做完了"),
        ("＞\u3000交报告", "promise", "交报告"),
        ("＜ 答复", "waiting", "答复"),
        ("？ 还要吗", "ask", "还要吗"),
        ("！ 预算", "warn", "预算"),
        ("～ 私事", "grey", "私事"),
        ("＊ 先期限", "lesson", "先期限"),
        ("＋窗口办结老案十二件", "win", "窗口办结老案十二件"),
        ("＞30 件清单", "promise", "30 件清单"),
        ("～“顺便”办件私事", "grey", "“顺便”办件私事"),
        ("？？？", "note", "？？？"),
        ("！？怎么回事", "note", "！？怎么回事"),
        ("＊＊要紧＊＊", "note", "＊＊要紧＊＊"),
        ("＋", "note", "＋"),
        ("＋，", "note", "＋，"),
        ("+窗口", "note", "+窗口"),
        ("  +\t closed it", "win", "closed it"),
        ("+closed it", "note", "+closed it"),
        ("++ closed", "note", "++ closed"),
        ("3 < 4", "note", "3 < 4"),
        ("a > b", "note", "a > b"),
        ("+", "note", "+"),
        ("+ ", "win", ""),
        ("+ + twice", "win", "+ twice"),
        ("", "note", ""),
        ("  blanks stay ", "note", "  blanks stay "),
        ("first\nsecond\n", "note", "first\nsecond"),
        ("- a list\n  - of two\n", "note", "- a list\n  - of two"),
    ],
)
def test_a_mark_makes_the_kind(line: str, kind: str, text: str) -> None:
    capture = take(line)
    assert (capture.kind, capture.text) == (kind, text)
    assert capture.unresolved == []


def test_every_mark_has_its_full_width_form() -> None:
    for mark, kind in MARKS.items():
        if mark.isascii():
            assert MARKS[chr(ord(mark) + 0xFEE0)] == kind


@pytest.mark.parametrize("line", ["+ closed it", "> list", "＋ 做完了", "! now"])
def test_a_kind_that_is_given_takes_no_mark_off(line: str) -> None:
    capture = take(line, "note")
    assert (capture.kind, capture.text) == ("note", line)


@pytest.mark.parametrize(
    ("line", "linked", "unresolved"),
    [
        ("talk to @L1", ["L1"], []),
        ("talk to @l1.", ["L1"], []),
        ("talk to @director, then @P1", ["L1", "P1"], []),
        ("@L1 and @director are one", ["L1"], []),
        ("see @L1.2.", ["L1.2"], []),
        ("see @L1.", ["L1"], []),
        ("(@L1)", ["L1"], []),
        ("@L1's view", ["L1"], []),
        ("@L1,@P1", ["L1", "P1"], []),
        ("@L1/@P1", ["L1", "P1"], []),
        ("@L1@P1", ["L1", "P1"], []),
        ("＠Ｌ１ 谈", ["L1"], []),
        ("@dr.li called", ["P3"], []),
        ("@王总", ["L2"], []),
        ("和@王总谈预算", ["L2"], []),
        ("和@王总，下周", ["L2"], []),
        ("@王总谈", ["L2"], []),
        ("@王五谈", ["P2"], []),
        ("@王（总）。", ["P4"], []),
        ("@L1谈预算", ["L1"], []),
        ("@L12谈预算", [], ["@L12谈预算"]),
        ("@nobody knows", [], ["@nobody"]),
        ("ask @nobody.", [], ["@nobody"]),
        ("mail ann@example.com", [], []),
        ("mail ann@L1", [], []),
        ("a @ b", [], []),
        ("@", [], []),
        ("@@", [], []),
        ("see https://example.com/@L1", [], []),
        ("见@王总https://example.com/@L1#x", ["L2"], []),
    ],
)
def test_names_are_linked_and_stay(
    line: str, linked: list[str], unresolved: list[str]
) -> None:
    capture = take(line)
    assert handles(capture) == linked
    assert capture.unresolved == unresolved
    assert capture.text == line


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("#budget", ["budget"]),
        ("late again #budget #Q3-plan.", ["budget", "Q3-plan"]),
        ("#Budget and #budget", ["Budget"]),
        ("谈#预算，#下周", ["预算", "下周"]),
        ("＃预算 下周", ["预算"]),
        ("#预算#下周交", ["预算"]),
        ("#a#b", ["a", "b"]),
        ("(#budget)", ["budget"]),
        ("#नमस्ते", ["नमस्ते"]),
        ("we write C# and F#", []),
        ("#1 of 3", []),
        ("# heading", []),
        ("## heading", []),
        ("page#part", []),
        ("https://example.com/#part", []),
        ("#" + "x" * 65, []),
    ],
)
def test_tags_are_taken_down_and_stay(line: str, tags: list[str]) -> None:
    capture = take(line)
    assert capture.tags == tags
    assert capture.text == line
    assert capture.unresolved == []


@pytest.mark.parametrize(
    ("line", "text", "day", "unresolved"),
    [
        ("> list ^fri", "list", date(2024, 9, 20), []),
        ("> list ^2024-09-20", "list", date(2024, 9, 20), []),
        ("> list @L1 ^fri", "list @L1", date(2024, 9, 20), []),
        ("> list ^fri @L1", "list @L1", date(2024, 9, 20), []),
        ("> list ^fri @L1 #cases ", "list @L1 #cases ", date(2024, 9, 20), []),
        ("> list ^fri @nobody", "list @nobody", date(2024, 9, 20), ["@nobody"]),
        ("> list ^fri.", "list.", date(2024, 9, 20), []),
        ("> list ^fri, @L1", "list, @L1", date(2024, 9, 20), []),
        ("> list ^next fri", "list", date(2024, 9, 20), []),
        ("> list ^in 3 days", "list", date(2024, 9, 17), []),
        ("> list ^in 3 days @L1", "list @L1", date(2024, 9, 17), []),
        ("> list  ^fri  ", "list", date(2024, 9, 20), []),
        ("> list\n^fri\n", "list", date(2024, 9, 20), []),
        ("＞ 清单 ＾明天", "清单", date(2024, 9, 15), []),
        ("＞清单 ＾明天", "清单", date(2024, 9, 15), []),
        ("> 清单^明天", "清单", date(2024, 9, 15), []),
        ("> 清单^明天。", "清单。", date(2024, 9, 15), []),
        ("> 清单^明天@王总", "清单@王总", date(2024, 9, 15), []),
        ("> list ^fri\u3000@L1", "list\u3000@L1", date(2024, 9, 20), []),
        ("> list ^明天@L1", "list @L1", date(2024, 9, 15), []),
        ("> 清单@王总^下周五", "清单@王总", date(2024, 9, 20), []),
        ("won it ^fri", "won it", date(2024, 9, 13), []),
        ("+ won it ^fri", "won it", date(2024, 9, 13), []),
        ("* learned ^fri", "learned", date(2024, 9, 13), []),
        ("? ask ^fri", "ask", date(2024, 9, 20), []),
        ("! warn ^fri", "warn", date(2024, 9, 20), []),
        ("~ grey ^fri", "grey", date(2024, 9, 20), []),
        ("< wait ^fri", "wait", date(2024, 9, 20), []),
        ("> by ^fri or so", "by ^fri or so", None, ["^fri"]),
        ("> list ^someday", "list ^someday", None, ["^someday"]),
        ("> list ^someday @L1", "list ^someday @L1", None, ["^someday"]),
        ("> list ^fri ^someday", "list ^someday", date(2024, 9, 20), ["^someday"]),
        ("> list ^fri ^sun", "list ^fri", date(2024, 9, 15), ["^fri"]),
        ("> list ^fri 13th floor", "list ^fri 13th floor", None, ["^fri"]),
        ("> 清单^明天^后天", "清单^明天", date(2024, 9, 16), ["^明天"]),
        ("2^3", "2^3", None, []),
        ("well ^_^", "well ^_^", None, []),
        ("^", "^", None, []),
        ("^fri", "", date(2024, 9, 13), []),
        ("^fri @L1", "@L1", date(2024, 9, 13), []),
    ],
)
def test_a_date_at_the_end_is_taken_off(
    line: str, text: str, day: date | None, unresolved: list[str]
) -> None:
    capture = take(line)
    assert (capture.text, capture.date) == (text, day)
    assert capture.unresolved == unresolved
    assert bool(capture.date_text) == (day is not None)


def test_the_kind_given_says_where_a_date_looks() -> None:
    assert take("list ^fri", "promise").date == date(2024, 9, 20)
    assert take("list ^fri", "win").date == date(2024, 9, 13)


@pytest.mark.parametrize(
    ("line", "text", "number", "unresolved"),
    [
        ("closed @G1 n:3", "closed @G1", 3.0, []),
        ("closed n:3 @G1", "closed @G1", 3.0, []),
        ("closed @G1 n:-2.5", "closed @G1", -2.5, []),
        ("closed @G1 n:+3", "closed @G1", 3.0, []),
        ("closed @G1 N：３", "closed @G1", 3.0, []),
        ("closed @G1 n:3.", "closed @G1.", 3.0, []),
        ("closed @G1 n:3 ^fri", "closed @G1", 3.0, []),
        ("closed @G1 n:1 n:2", "closed @G1 n:1", 2.0, ["n:1"]),
        ("closed n:3", "closed n:3", None, ["n:3"]),
        ("closed @L1 n:3", "closed @L1 n:3", None, ["n:3"]),
        ("closed @G1 n:3 in all", "closed @G1 n:3 in all", None, ["n:3"]),
        ("closed @G1 n:1,5", "closed @G1 n:1,5", None, ["n:1,5"]),
        ("closed @G1 n:1e5", "closed @G1 n:1e5", None, ["n:1e5"]),
        ("closed @G1 n:" + "9" * 400, None, None, ["n:" + "9" * 400]),
        ("closed @G1 n:some", "closed @G1 n:some", None, []),
        ("closed @G1 at:10", "closed @G1 at:10", None, []),
        ("note: it works @G1", "note: it works @G1", None, []),
    ],
)
def test_a_number_needs_a_goal(
    line: str, text: str | None, number: float | None, unresolved: list[str]
) -> None:
    capture = take(line)
    assert capture.text == (line if text is None else text)
    assert capture.number == number
    assert capture.unresolved == unresolved
    assert bool(capture.fields) == (number is not None)


def test_a_goal_named_elsewhere_is_enough_for_a_number() -> None:
    capture = take("closed n:3", goal=True)
    assert (capture.text, capture.number) == ("closed", 3.0)
    assert capture.fields == {"n": "3"}


@pytest.mark.parametrize(
    "sentence",
    [
        "March review: went fine",
        "Sat down with Ann: she agreed",
        "Sun is out: nice day",
        "Today: nothing",
        "May I ask: why",
        "Friday report: late",
        "10:30 call with Bob: short",
        "2024-01-01 10:00 Ann: hello",
        "[26/11, 23:32] Bob: hello",
        "big picture thinking",
        "yesterday was better",
        "due tomorrow: nothing",
        "Mon ami: salut",
        "next week: more",
        "明天：开会",
        "下周五之前交",
    ],
)
def test_words_are_never_read_as_dates_or_verbs(sentence: str) -> None:
    capture = take(sentence)
    assert (capture.kind, capture.text, capture.date) == ("note", sentence, None)
    assert capture.unresolved == []


PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(list(MARKS)),
    st.sampled_from(
        ["@L1", "@G1", "@nobody", "@王总谈", "＠Ｇ２", "#tag", "＃预算", "#1"]
    ),
    st.sampled_from(["^fri", "^next fri", "^someday", "＾明天", "^明天。", "^", "^_^"]),
    st.sampled_from(["n:3", "n：３", "n:x", "at:9", "3 < 4", "a@b.c", "C#", "://"]),
    st.sampled_from([" ", "  ", "\n", "\t", "\u3000", "，", ".", "和", "\0", "\ud800"]),
)
LINES = st.lists(st.tuples(PIECES, st.sampled_from(["", " "]))).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
KINDS = st.sampled_from([None, "note", "promise", "win"])


def solid(text: str) -> str:
    return "".join(text.split())


@given(LINES, KINDS, st.booleans())
def test_no_character_is_dropped(line: str, kind: str | None, goal: bool) -> None:
    capture = take(line, kind, goal=goal)
    kept = clean(line)
    tokens = read(kept, today=TODAY, resolve=resolve, kind=kind, goal=goal)
    off = [t for t in tokens if t.what in ("mark", "date", "number", "revisit")]
    assert len({t.what for t in off}) == len(off) <= 4
    rest = kept
    for token in reversed(off):
        typed = rest[token.start : token.end]
        if token.what == "mark":
            assert typed in MARKS
            assert kind is None
        else:
            first = {"date": "^＾", "number": "nN", "revisit": "rR再"}
            assert typed[0] in first[token.what]
        rest = rest[: token.start] + rest[token.end :]
    assert solid(capture.text) == solid(rest)
    if not off:
        assert capture.text == kept.removesuffix("\n")
    # What is kept between two blanks is kept with the blanks between its words.
    assert capture.text.strip() in kept or len(off) > 0
    assert all(piece in capture.text for piece in capture.unresolved)


@given(LINES, KINDS)
def test_what_was_taken_off_is_not_found_again(line: str, kind: str | None) -> None:
    first = take(line, kind)
    if any(piece[0] in "^＾nNrR再" for piece in first.unresolved):
        return
    again = take(first.text, first.kind)
    assert again.date is None
    assert again.number is None
    assert again.revisit is None
    assert again.text == first.text.removesuffix("\n")
    assert handles(again) == handles(first)
    assert again.tags == first.tags


@given(st.text(st.characters()), KINDS)
def test_any_text_is_taken(line: str, kind: str | None) -> None:
    capture = take(line, kind)
    capture.text.encode()
    for token in read(line, today=TODAY, resolve=lambda name: None, kind=kind):
        assert 0 <= token.start < token.end <= len(line)


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    for piece in ("@", "#", "^天", "天^", "n:1 ", "x.", "@L1", "。", "^a "):
        line = piece * (200_000 // len(piece))
        assert solid(take(line).text) != "" or piece == "@"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("talk to @", (9, "", "@")),
        ("talk to @di", (9, "di", "@")),
        ("@di", (1, "di", "@")),
        ("和@王", (2, "王", "@")),
        ("＠王", (1, "王", "@")),
        ("see #bu", (5, "bu", "#")),
        ("＃预", (1, "预", "#")),
        ("@L1.", (1, "L1.", "@")),
        ("ann@ex", None),
        ("C#", None),
        ("talk to", None),
        ("@L1 ", None),
        ("#bu!", None),
        ("https://x.org/(@me", None),
        ("", None),
        ("@" + "x" * 100, None),
    ],
)
def test_what_is_being_named_at_the_cursor(
    line: str, found: tuple[int, str, str] | None
) -> None:
    assert complete_at(line, len(line)) == found


def test_the_cursor_may_stand_anywhere() -> None:
    line = "ask @director about #budget"
    assert complete_at(line, 8) == (5, "dir", "@")
    assert complete_at(line, 5) == (5, "", "@")
    assert complete_at(line, 4) is None
    assert complete_at(line, -3) is None
    assert complete_at(line, 99) == (21, "budget", "#")


def test_a_line_shows_what_it_will_do() -> None:
    line = "> list @L1 for @nobody #cases ^someday n:2 ^fri"
    tokens = read(line, today=TODAY, resolve=resolve, goal=True)
    assert [(line[t.start : t.end], t.what) for t in tokens] == [
        (">", "mark"),
        ("@L1", "ref"),
        ("@nobody", "unread"),
        ("#cases", "tag"),
        ("^someday", "unread"),
        ("n:2", "number"),
        ("^fri", "date"),
    ]


def test_the_quick_path_stays_light() -> None:
    code = """
import __future__, datetime, sys
sys.path[:0] = [sys.argv[1]]
before = set(sys.modules)
from plannertui.core.capture import parse
parse("+ 做完了 @L1 #预算，n:3", today=datetime.date(2024, 9, 14), resolve=lambda n: None)
print(*(set(sys.modules) - before))
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", code, str(ROOT)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) == {
        "plannertui",
        "plannertui.core",
        "plannertui.core.capture",
        "plannertui.core.text",
        "plannertui.core.tokens",
    }


@pytest.mark.parametrize(
    ("line", "text", "day"),
    [
        ("I think it holds revisit:30d", "I think it holds", date(2024, 10, 14)),
        ("it holds revisit:2024-12-01", "it holds", date(2024, 12, 1)),
        ("it holds Revisit：2w", "it holds", date(2024, 9, 28)),
        ("它站得住 再看：30天", "它站得住", date(2024, 10, 14)),
        ("+ under 200 ^yesterday revisit:30d", "under 200", date(2024, 10, 14)),
        ("! it may come back revisit:1w ^9-23", "it may come back", date(2024, 9, 21)),
        ("what? revisit:fri.", "what?.", date(2024, 9, 20)),
        ("revisit:30d is a word here", "revisit:30d is a word here", None),
        ("gone by revisit:yesterday", "gone by revisit:yesterday", None),
        ("unreadable revisit:soon", "unreadable revisit:soon", None),
        ("nothing after it revisit:", "nothing after it revisit:", None),
        ("> a promise ^fri revisit:30d", "a promise revisit:30d", None),
    ],
)
def test_the_day_to_see_an_entry_again(line: str, text: str, day: date | None) -> None:
    capture = take(line)
    assert capture.revisit == day
    assert capture.text == text
