"""Two weeks of somebody's planner, typed: the first run, the days, the line that drops."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tests.terminal import PATIENCE, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Look = Callable[[str, Terminal], None]

THEME = "Fewer, finished"
LEADER = "Director"
PRIORITIES = (
    ("No complaint older than 30 days", "said"),
    ("The inspection in October", "guess"),
)
GOAL = "Licence backlog"
UNFINISHED = "The counter ran without me on Thursday, and what I learned"
REST = " is that they asked each other first."


@dataclass(frozen=True)
class Line:
    """One line as it was typed, and what it must have become."""

    text: str
    kind: str
    day: date
    refs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    due: date | None = None
    state: str = ""


@dataclass
class Record:
    """What was typed over the two weeks, to be compared with what is kept."""

    lines: list[Line] = field(default_factory=list)
    trashed: list[str] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)


def day(number: int) -> date:
    """A day of September 2024."""
    return date(2024, 9, number)


def program(folder: Path) -> Path:
    """A ``ptui`` to be found on the PATH: the program of this interpreter."""
    folder.mkdir(exist_ok=True)
    script = folder / "ptui"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plannertui "$@"\n')
    script.chmod(0o755)
    return folder


def running(group: int) -> bool:
    """Whether a process of the group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


class Life:
    """Somebody at a shell in a terminal, who now and then opens the planner."""

    def __init__(
        self, env: Mapping[str, str | None], look: Look, *, columns: int, rows: int
    ) -> None:
        self.env = {**env, "PS1": "$ ", "ENV": ""}
        self.look = look
        self.size = (columns, rows)
        self.record = Record()
        self.now = ""
        self._said = 0
        self.terminal = self.sit_down()

    def sit_down(self) -> Terminal:
        """A new terminal with a shell in it, on the same home."""
        columns, rows = self.size
        self.terminal = Terminal(["sh", "-i"], env=self.env, columns=columns, rows=rows)
        self.terminal.wait_match(r"^\$")
        return self.terminal

    def drop_the_line(self) -> None:
        """The terminal goes; what ran in it has ended when this returns."""
        group = self.terminal.group
        self.terminal.hang_up()
        self.terminal.wait_exit()
        # The shell ends first, and the planner may still be keeping what was typed.
        until = time.monotonic() + PATIENCE
        while running(group):
            assert time.monotonic() < until, "the planner outlives its terminal"
            time.sleep(0.02)

    # -- the shell ---------------------------------------------------------------------

    def say(self, command: str, code: int = 0) -> str:
        """Type a command, and wait for its end; what came back, with the echo."""
        self._said += 1
        start = len(self.terminal.sent)
        # What is echoed has no figure where the shell will put one.
        self.terminal.type(f'{command}; echo "=$?=" {self._said}\n')
        ended = self.terminal.wait_match(rf"^=(\d+)= {self._said}\n\$")
        assert int(ended[1]) == code, f"{command}:\n{self.terminal.text}"
        return self.terminal.sent[start:]

    def morning(self, number: int, clock: str = "09:05") -> date:
        """It is that day of September; the shell and what it starts know it."""
        self.now = f"2024-09-{number:02}T{clock}:00+08:00"
        self.say(f"export PLANNERTUI_NOW={self.now}")
        return day(number)

    def capture(self, command: str, line: Line) -> None:
        """Write a line down in the shell, and keep what it should have become."""
        self.record.replies[line.text] = self.say(command)
        self.record.lines.append(line)

    # -- the screen --------------------------------------------------------------------

    def open(self, *, wait: str = "Tonight") -> None:
        """Start the screen from the shell."""
        self._said += 1
        self.terminal.type(f'ptui; echo "=$?=" {self._said}\n')
        self.terminal.wait_for(wait)

    def leave(self) -> None:
        """Leave the screen; the shell is there again."""
        self.terminal.press("ctrl+q")
        ended = self.terminal.wait_match(rf"^=(\d+)= {self._said}\n\$")
        assert ended[1] == "0"

    def fill(self, *texts: str) -> None:
        """Fill in fields one after the other, each with Enter behind it."""
        for text in texts:
            self.terminal.type(text)
            self.terminal.press("enter")

    def write_line(self, typed: str, line: Line) -> None:
        """Write a line in the capture line of the screen, and see it in the journal."""
        terminal = self.terminal
        terminal.press("a")
        terminal.wait_for("Write it down")
        terminal.type(typed)
        terminal.wait_for(typed)
        self.look(f"capture-{line.kind}", terminal)
        terminal.press("enter")
        terminal.wait_gone("Write it down")
        terminal.wait_for(line.text[:16])
        self.record.lines.append(line)

    def reflect(self, text: str, today: date) -> None:
        """Answer tonight's question, and see that it is kept."""
        terminal = self.terminal
        terminal.press("r")
        terminal.wait_for("Ctrl+S")
        terminal.type(text)
        terminal.wait_for(text.split()[-1])
        terminal.press("ctrl+s")
        terminal.wait_for("saved")
        self.look(f"reflect-{today.day:02}", terminal)
        terminal.press("escape")
        terminal.wait_gone("Ctrl+S")
        self.record.lines.append(Line(text, "reflection", today))


def first_run(life: Life) -> None:
    """Monday the 2nd: an empty home, and five questions answered by keys."""
    terminal = life.terminal
    life.morning(2)
    life.open(wait="1 of 5")
    life.look("first-run-1", terminal)
    terminal.press("enter")
    life.fill("CN")
    terminal.wait_for("2 of 5")
    life.fill(THEME)
    terminal.wait_for("3 of 5")
    life.fill(LEADER)
    terminal.wait_for(LEADER)
    terminal.type(PRIORITIES[0][0])
    # The basis stands on "guess": one to the right, round the end, is "said".
    terminal.press("enter", "right", "enter")
    terminal.type(PRIORITIES[1][0])
    terminal.wait_for("[said]")
    life.look("first-run-3", terminal)
    terminal.press("ctrl+s")
    terminal.wait_for("4 of 5")
    life.fill(GOAL, "412", "100", "cases")
    life.look("first-run-4", terminal)
    terminal.press("enter")
    terminal.wait_for("5 of 5")
    life.look("first-run-5", terminal)
    terminal.press("escape")
    terminal.wait_gone("5 of 5")
    for said in (THEME, GOAL, "412→100", "September 2024", "W36"):
        terminal.wait_for(said)
    life.look("first-screen", terminal)


def first_week(life: Life) -> None:
    """From the 2nd to the 6th: lines from both sides, a goal, a promise, answers."""
    terminal = life.terminal
    today = day(2)
    life.write_line(
        "+ Counter 1 cleared by noon #counter @G1 n:12",
        Line(
            "Counter 1 cleared by noon #counter @G1",
            "win",
            today,
            refs=("G1",),
            tags=("counter",),
        ),
    )
    terminal.wait_for("now 400")
    life.reflect("The oldest case is 34 days; I know its name.", today)
    life.leave()

    today = life.morning(3)
    life.capture(
        'ptui promise "list of the 30 oldest cases" --to director --by fri',
        Line(
            "list of the 30 oldest cases",
            "promise",
            today,
            refs=("L1",),
            due=day(6),
            state="done",
        ),
    )
    life.capture(
        "ptui add '! budget for forms may come back @director'",
        Line("budget for forms may come back @director", "warn", today, refs=("L1",)),
    )
    life.say(
        "ptui goal add 'One counter, one form' --milestone 'Map the old forms' "
        "--milestone 'Legal sign-off' --serves L1.1"
    )

    today = life.morning(4)
    life.capture(
        "git log 2>/dev/null | cat; printf 'Officer B ran\\nthe counter alone' | ptui note",
        Line("Officer B ran\nthe counter alone", "note", today),
    )
    life.open()
    terminal.press("1", "down", "d")
    terminal.wait_for("1 of 2")
    life.look("milestone", terminal)
    life.reflect("The queue is shorter now. 排队短了。", today)
    life.leave()

    today = life.morning(5)
    life.capture(
        "ptui add '？ 检查是从表格开始吗 @director'",
        Line("检查是从表格开始吗 @director", "ask", today, refs=("L1",), state="open"),
    )
    life.capture(
        "ptui lesson 'Deadlines first, then the queue' --tag order",
        Line("Deadlines first, then the queue", "lesson", today, tags=("order",)),
    )

    today = life.morning(6, "16:40")
    life.open()
    # The promise is due today: it stands in the agenda; its line is on the 3rd.
    terminal.press("3", "h", "h", "h", "2", "2")
    terminal.wait_for("Tue 3 Sep")
    terminal.wait_for("list of the 30 oldest")
    terminal.press("home", "space")
    terminal.wait_for("M1 is done")
    life.look("promise-done", terminal)
    terminal.press("t")
    terminal.press("1", "home", "c")
    terminal.wait_for("Check in G1")
    life.fill("361 counted by hand")
    terminal.wait_gone("Check in G1")
    terminal.wait_for("now 361")
    life.reflect("Twelve cases fewer, and two people who could do it again.", today)
    life.leave()


def second_week(life: Life) -> None:
    """From the 9th to the 14th: edits, undo on both sides, search, the dropped line."""
    terminal = life.terminal
    today = life.morning(9)
    life.capture(
        "ptui waiting 'answer on the form budget' --from director --by 9-23",
        Line(
            "answer on the form budget",
            "waiting",
            today,
            refs=("L1",),
            due=day(23),
            state="open",
        ),
    )
    life.open()
    wrong = "Form check passed 8 of ten"
    right = "Form check passed 9 of 10"
    terminal.press("a")
    terminal.wait_for("Write it down")
    life.fill(f"+ {wrong} @G2")
    terminal.wait_gone("Write it down")
    terminal.wait_for(wrong[:16])
    # From another pane 2 is the question, and 2 again the journal under it.
    terminal.press("3", "2", "2", "end")
    terminal.wait_for("Enter edit")
    # Edited in place: the end of the line taken back and typed anew.
    terminal.press("enter")
    terminal.wait_for("Ctrl+S")
    terminal.press("end")
    for _ in "8 of ten @G2":
        terminal.press("backspace")
    terminal.type("9 of 10 @G2")
    terminal.wait_for("9 of 10")
    terminal.press("ctrl+s", "escape")
    terminal.wait_gone("Ctrl+S")
    life.record.lines.append(Line(f"{right} @G2", "win", today, refs=("G2",)))
    # Into the trash, and back by the key that takes things back.
    terminal.press("d")
    terminal.wait_for("is in the trash")
    terminal.wait_gone(right[:16])
    terminal.press("u")
    terminal.wait_for(right[:16])
    life.look("undone", terminal)
    life.leave()

    today = life.morning(10)
    life.capture(
        "ptui grey 'asked to send the driver for an errand' --from director",
        Line(
            "asked to send the driver for an errand",
            "grey",
            today,
            refs=("L1",),
            state="open",
        ),
    )
    life.say("ptui note 'a line too many'")
    # What one does in the shell is undone in the shell, and done again, and undone.
    assert "Undone" in life.say("ptui undo")
    assert "Done again" in life.say("ptui redo")
    life.say("ptui undo")
    life.say("ptui note 'for the bin'")
    life.say(
        'ptui rm $(ptui ls -n 1 --json | sed -n \'s/.*"handle": "\\(J[0-9]*\\)".*/\\1/p\')'
    )
    life.record.trashed.append("for the bin")

    today = life.morning(11)
    life.capture(
        "ptui note '第二窗口整天没有排队 #窗口 @G1'",
        Line(
            "第二窗口整天没有排队 #窗口 @G1",
            "note",
            today,
            refs=("G1",),
            tags=("窗口",),
        ),
    )
    life.open()
    life.reflect("Nobody waited for a signature today. That is new.", today)
    terminal.press("/")
    terminal.wait_for("Search")
    terminal.type("窗口")
    terminal.wait_for("found")
    terminal.wait_for("第二窗口")
    life.look("search", terminal)
    terminal.press("escape")
    terminal.wait_gone("newest first")
    life.leave()
    assert "first, then the queue" in life.say("ptui search deadline")

    life.morning(12)
    life.say("ptui goal check-in G1 340 'register'")
    life.say("ptui edit M2 --tag inspection")
    life.say("ptui goal milestone done G2.2")

    today = life.morning(13)
    life.capture(
        "ptui win 'Two old cases closed by phone' --goal G1 -n 2",
        Line("Two old cases closed by phone", "win", today, refs=("G1",)),
    )

    today = life.morning(14, "18:10")
    life.open()
    terminal.press("r")
    terminal.wait_for("Ctrl+S")
    terminal.type(UNFINISHED)
    terminal.wait_for(UNFINISHED.split()[-1])
    life.look("unfinished", terminal)
    # In the middle of the sentence the line drops.
    life.drop_the_line()

    terminal = life.sit_down()
    life.morning(14, "18:25")
    life.open(wait="You were writing")
    terminal.wait_for("Enter continue")
    life.look("draft-offered", terminal)
    terminal.press("enter")
    terminal.wait_gone("You were writing")
    terminal.wait_for("Ctrl+S")
    terminal.type(REST)
    terminal.wait_for(REST.split()[-1])
    terminal.press("ctrl+s")
    terminal.wait_for("saved")
    life.look("draft-continued", terminal)
    life.leave()
    life.record.lines.append(Line(UNFINISHED + REST, "reflection", today))


def live(life: Life) -> Record:
    """The two weeks; what was typed in them."""
    first_run(life)
    first_week(life)
    second_week(life)
    return life.record
