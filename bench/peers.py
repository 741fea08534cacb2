"""Other programs for the same things, with stores of the same lines.

Those from Python's index live each in a virtual environment of its own in ``.bench``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import which

from bench.abbench import Command
from bench.calm import say, surroundings
from bench.fill import NOW, RARE, lines

PYTHON_PEERS = ("jrnl", "kaydet", "khal", "calcure", "zecret", "dooit", "bagels")
# Its screen needs what newer versions of its toolkit took away.
WITH = {"khal": ["urwid<3"]}
SHELL_PEERS = ("jrnl", "kaydet", "khal", "calcurse", "task")
LONGEST = 240
"""Seconds that a program may take to make its store."""
TEXT = "one more line about the counter"


@dataclass(frozen=True)
class Peer:
    """A program: how to make its store, and what captures, finds and lists with it.

    ``env`` is what keeps it off the user's own files.
    """

    name: str
    env: dict[str, str]
    capture: list[str]
    search: list[str]
    last: list[str]

    def command(self, what: str) -> Command:
        """The peer's command for "capture", "search" or "last"."""
        argv: list[str] = getattr(self, what)
        return Command(self.name, argv, self.env)


def programs(folder: Path, *, install: bool) -> tuple[dict[str, str], list[str]]:
    """The peers found, each with its path, and a line about each that is not."""
    found, missing = {}, []
    for name in PYTHON_PEERS:
        if install and not (folder / name / "bin" / name).exists():
            _install(name, folder / name)
    for name in (*PYTHON_PEERS, "ikhal", "calcurse", "task"):
        home = folder / ("khal" if name == "ikhal" else name) / "bin"
        path = which(name, path=str(home)) or which(name)
        if path:
            found[name] = path
        else:
            missing.append(f"{name} is not installed: left out")
    return found, missing


def _install(name: str, home: Path) -> None:
    """Put ``name`` into a virtual environment of its own, with a newer Python if need be."""
    say(f"setting up {name} …")
    newer = sorted(Path.home().glob(".pyenv/versions/3.1[3-9]*/bin/python"))
    for python in (sys.executable, "python3.13", *map(str, newer)):
        if not which(python):
            continue
        shutil.rmtree(home, ignore_errors=True)
        made = subprocess.run([python, "-m", "venv", home], check=False)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        pip += [name, *WITH.get(name, ())]
        if not made.returncode and not _silently(pip):
            return
    shutil.rmtree(home, ignore_errors=True)


def _silently(argv: list[str]) -> int:
    return subprocess.run(
        argv, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ).returncode


def dated(count: int) -> Iterator[tuple[str, str, str]]:
    """Day, time and text of ``count`` lines up to NOW, oldest first."""
    days = max(1, min(3650, count // 3), count // 40)
    for index, text in enumerate(lines(count)):
        at = NOW - timedelta(days=days - 1 - index * days // max(count, 1))
        yield f"{at:%Y-%m-%d}", f"{at:%H:%M}", text


def prepare(name: str, program: str, home: Path, count: int) -> Peer | None:
    """Make the store of peer ``name`` in ``home``; None for one that has no such size."""
    home.mkdir(parents=True)
    return MAKERS[name](program, home, count)


def surrounding(home: Path) -> dict[str, str]:
    """What keeps a program to its own ``home``."""
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "NO_COLOR": "1",
    }


def _jrnl(program: str, home: Path, count: int) -> Peer:
    journal = home / "journal.txt"
    journal.write_text(
        "".join(f"[{day} {time}] {text}\n\n" for day, time, text in dated(count))
    )
    config = home / "jrnl.yaml"
    config.write_text(
        f"journals:\n  default:\n    journal: {journal}\n"
        "colors: {body: none, date: none, tags: none, title: none}\n"
        "default_hour: 9\ndefault_minute: 0\neditor: ''\nencrypt: false\n"
        "highlight: false\nindent_character: '|'\nlinewrap: 79\ntagsymbols: '#'\n"
        "template: false\ntimeformat: '%Y-%m-%d %H:%M'\nversion: v4\n"
    )
    run = [program, "--config-file", str(config)]
    return Peer(
        "jrnl",
        surrounding(home),
        [*run, TEXT],
        [*run, "-contains", RARE],
        [*run, "-n", "10"],
    )


def _kaydet(program: str, home: Path, count: int) -> Peer:
    days: dict[str, list[str]] = {}
    for number, (day, time, text) in enumerate(dated(count), 1):
        days.setdefault(day, []).append(f"{time} [{number}]: {text}\n")
    folder = home / "entries"
    folder.mkdir()
    for day, entries in days.items():
        title = day.replace("-", "/")
        (folder / f"{day}.txt").write_text(
            f"{title}/ - Day\n-------------------\n" + "".join(entries)
        )
    settings = home / "config" / "kaydet"
    settings.mkdir(parents=True)
    (settings / "config.ini").write_text(
        f"[SETTINGS]\nstorage_dir = {folder}\nday_file_pattern = %Y-%m-%d.txt\n"
        f"day_title_pattern = %Y/%m/%d/ - %A\nlog_dir = {home / 'index'}\n"
        "editor = vi\n"
    )
    env = surrounding(home)
    _quietly([program, "--doctor"], env)
    return Peer(
        "kaydet",
        env,
        [program, TEXT],
        [program, "--filter", f"{RARE} since:0"],
        [program, "--filter", "since:0", "--limit", "10"],
    )


def _khal(program: str, home: Path, count: int) -> Peer | None:
    if count > 10_000:
        return None  # a file for each event: minutes to index
    folder = home / "calendar"
    folder.mkdir()
    for number, (day, time, text) in enumerate(dated(count)):
        start = f"{day}T{time}00".replace("-", "").replace(":", "")
        (folder / f"{number}.ics").write_text(_event(number, start, text))
    config = home / "khal.conf"
    config.write_text(
        f"[calendars]\n[[office]]\npath = {folder}\n"
        f"[sqlite]\npath = {home / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Asia/Shanghai\ndefault_timezone = Asia/Shanghai\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "[default]\ndefault_calendar = office\n"
    )
    run = [program, "-c", str(config)]
    env = surrounding(home)
    _quietly([*run, "list", "2024-09-14"], env)
    return Peer(
        "khal",
        env,
        [*run, "new", "2024-09-14", "18:10", TEXT],
        [*run, "search", RARE],
        [*run, "list", "2024-09-12", "3d"],
    )


def _event(number: int, start: str, text: str) -> str:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//plannertui//bench//EN\r\n"
        f"BEGIN:VEVENT\r\nUID:{number}@bench\r\nDTSTAMP:20240914T101000Z\r\n"
        f"DTSTART:{start}\r\nDURATION:PT30M\r\nSUMMARY:{text}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def _calcurse(program: str, home: Path, count: int) -> Peer:
    store = home / "store"
    store.mkdir()
    with (store / "apts").open("w") as file:
        for day, time, text in dated(count):
            year, month, date = day.split("-")
            at = f"{month}/{date}/{year} @ {time}"
            file.write(f"{at} -> {at} |{text}\n")
    (store / "todo").touch()
    new = home / "new.ics"
    new.write_text(_event(0, "20240914T181000", TEXT))
    run = [program, "-D", str(store), "-C", str(home)]
    return Peer(
        "calcurse",
        surrounding(home),
        [*run, "-q", "-i", str(new)],
        [*run, "-G", "--filter-pattern", RARE],
        [*run, "-Q", "--from", "09/12/2024", "--to", "09/14/2024"],
    )


def _task(program: str, home: Path, count: int) -> Peer:
    store = home / "store"
    store.mkdir()
    settings = home / "taskrc"
    settings.write_text(
        f"data.location={store}\nconfirmation=off\nhooks=off\nverbose=nothing\n"
        "gc=off\nrecurrence=off\n"
    )
    tasks = home / "tasks.json"
    with tasks.open("w") as file:
        for day, time, text in dated(count):
            entry = f"{day}T{time}00Z".replace("-", "").replace(":", "")
            task = {
                "uuid": str(uuid.uuid4()),
                "description": text,
                "entry": entry,
                "status": "pending",
            }
            file.write(json.dumps(task, ensure_ascii=False) + "\n")
    run = [program, f"rc:{settings}"]
    env = surrounding(home)
    if count:
        _quietly([*run, "import", str(tasks)], env)
    return Peer(
        "Taskwarrior",
        env,
        [*run, "add", TEXT],
        [*run, f"description.contains:{RARE}", "export"],
        [*run, "limit:10", "newest"],
    )


def _quietly(argv: list[str], env: dict[str, str]) -> None:
    subprocess.run(
        argv,
        env=surroundings(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=LONGEST,
    )


MAKERS: dict[str, Callable[[str, Path, int], Peer | None]] = {
    "jrnl": _jrnl,
    "kaydet": _kaydet,
    "khal": _khal,
    "calcurse": _calcurse,
    "task": _task,
}
