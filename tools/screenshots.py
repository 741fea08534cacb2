"""Drives the real program in a terminal, and keeps what it shows in ``screenshots/``.

``python -m tools.screenshots [WORD…]`` draws every picture whose name has one of the
words, or all. Each is an SVG, and a PNG where rsvg-convert is installed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plannertui.exchange.demo import CALENDAR, demo_now, make
from plannertui.store.open import open_store
from plannertui.store.settings import save
from tests import journey
from tests.terminal import Terminal, planner
from tools.pictures import png, svg

if TYPE_CHECKING:
    from collections.abc import Sequence

TARGET = Path(__file__).parent.parent / "screenshots"
LANGUAGES = {"en": "en", "zh": "zh_Hans"}
SIZES = ((120, 36), (80, 24))
# Text and ground of the terminal itself, seen only where the shell writes.
GROUNDS = {"dark": ("d6d9e0", "14161b"), "light": ("2a2d35", "faf9f6")}
SEED = "42"
CALM = 8
"""Silences of a twentieth of a second after which a screen is taken to be finished."""

ANSWERS = {
    "en": "Oldest case now 21 days; Officer B ran the counter alone on 11 and 12 "
    "September.",
    "zh": "最老的一件现在 21 天；9 月 11 和 12 日小许独立值了窗口。",
}
CAPTURES = {
    "en": "> figures for the inspection @L1 @G1 #inspection ^fri",
    "zh": "> 检查用的数字 @L1 @G1 #检查 ^周五",
}
QUERIES = {"en": "form", "zh": "窗口"}
SCENES = (
    ("5", "matters"),
    ("6", "leader"),
    ("7", "meet"),
    # The week after next, on its training day.
    ("8 L L h h h j", "week"),
    ("9", "evidence"),
    ("0", "mirror"),
    ("s", "situations"),
    ("w", "reviews"),
    ("p", "report"),
)
# What is opened from a screen, by one more key.
MORE = {
    "matters": (("v", "quadrants"),),
    "week": (("Y", "year"),),
    "situations": (("enter", "situation"),),
    "reviews": (("enter", "review"),),
}


class Look(NamedTuple):
    """One way the pictures are made: language, theme and size."""

    language: str
    theme: str
    columns: int
    rows: int

    def name(self, scene: str) -> str:
        """The file of a scene, without its ending."""
        return f"{scene}-{self.language}-{self.theme}-{self.columns}x{self.rows}"


def looks() -> list[Look]:
    """Both languages, dark and light, large and small."""
    return [
        Look(language, theme, columns, rows)
        for columns, rows in SIZES
        for language in LANGUAGES
        for theme in GROUNDS
    ]


class Camera:
    """Keeps pictures of one look whose names have one of ``wanted``, or all."""

    def __init__(self, look: Look, wanted: Sequence[str]) -> None:
        self.look = look
        self.wanted = wanted
        self.taken: list[str] = []

    def take(self, scene: str, terminal: Terminal) -> None:
        """Wait for a calm screen, and keep it."""
        calm(terminal)
        name = self.look.name(scene)
        if self.wanted and not any(word in name for word in self.wanted):
            return
        ink, ground = GROUNDS[self.look.theme]
        drawn = TARGET / f"{name}.svg"
        drawn.write_text(
            svg(terminal.display, ink=ink, ground=ground, title=f"plannertui: {scene}"),
            encoding="utf-8",
        )
        png(drawn, drawn.with_suffix(".png"))
        self.taken.append(name)


def calm(terminal: Terminal) -> None:
    """Wait until nothing has been drawn for a while."""
    for _ in range(CALM):
        terminal.wait(terminal.settled, "a calm screen")


def environment(home: Path, look: Look) -> dict[str, str | None]:
    """A home of its own, its settings, and a terminal with all colours."""
    config = home / "config.toml"
    save(
        str(config),
        {
            "language": LANGUAGES[look.language],
            "calendar": CALENDAR,
            "theme": f"planner-{look.theme}",
        },
    )
    return {
        "HOME": str(home),
        "XDG_DATA_HOME": None,
        "XDG_CONFIG_HOME": None,
        "PLANNERTUI_CONFIG": str(config),
        "PLANNERTUI_NOW": demo_now().isoformat(),
        "LANG": "C.UTF-8",
        "LC_ALL": None,
        "LANGUAGE": None,
        "NO_COLOR": None,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "Asia/Shanghai",
    }


def screens(camera: Camera, db: str, env: dict[str, str | None]) -> None:
    """The screen on the sample year: its panes, a goal, the lines one writes, help."""
    look = camera.look
    now = demo_now().isoformat()
    with planner(
        db, now=now, env=env, columns=look.columns, rows=look.rows
    ) as terminal:
        press = terminal.press
        terminal.wait_for("2024")
        camera.take("main", terminal)
        press("1")
        calm(terminal)
        press("enter")
        camera.take("goal", terminal)
        press("escape")
        calm(terminal)
        press("3", "H")
        camera.take("calendar", terminal)
        press("t", "2", "2")
        camera.take("day", terminal)
        press("a")
        terminal.type(CAPTURES[look.language])
        camera.take("capture", terminal)
        for _ in CAPTURES[look.language]:
            press("backspace")
        press("escape")
        calm(terminal)
        press("/")
        terminal.type(QUERIES[look.language])
        calm(terminal)
        press("down")
        camera.take("search", terminal)
        press("escape")
        calm(terminal)
        press("?")
        camera.take("help", terminal)
        press("escape")
        calm(terminal)
        press("ctrl+p")
        camera.take("commands", terminal)
        press("escape")
        calm(terminal)
        around(camera, terminal)
        press("r")
        terminal.type(ANSWERS[look.language])
        camera.take("reflect", terminal)
        press("ctrl+q")
        terminal.wait_exit()


def around(camera: Camera, terminal: Terminal) -> None:
    """The screens around the main one, each opened by its key."""

    def open_(*keys: str) -> None:
        for key in keys:
            terminal.press(key)
            calm(terminal)

    for keys, scene in SCENES:
        open_(*keys.split())
        camera.take(scene, terminal)
        for more, then in MORE.get(scene, ()):
            open_(more)
            camera.take(then, terminal)
            open_("escape")
        open_("escape")


def shell(camera: Camera, db: str, env: dict[str, str | None], home: Path) -> None:
    """What the verbs of every day print."""
    look = camera.look
    folder = journey.program(home / "bin")
    env = {
        **env,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "PS1": "$ ",
        "ENV": "",
        "PLANNERTUI_DB": db,
    }
    for scene, command in (("today", "ptui today"), ("ls", "ptui ls -n 14")):
        with Terminal(
            ["sh", "-i"], env=env, columns=look.columns, rows=look.rows
        ) as terminal:
            terminal.wait_match(r"^\$")
            terminal.type(command + "\n")
            terminal.wait_match(r"\n\$$")
            camera.take(f"shell-{scene}", terminal)


def first_run(camera: Camera, env: dict[str, str | None], home: Path) -> None:
    """The questions of the first run, over a screen with nothing on it yet."""
    look = camera.look
    path = str(seeded(home / "new.db"))
    now = demo_now().isoformat()
    with planner(
        path, now=now, env=env, columns=look.columns, rows=look.rows
    ) as terminal:
        # The one question that is asked in both languages at once.
        terminal.wait_for("语言和日历")
        camera.take("first-run", terminal)


def seeded(path: Path) -> Path:
    """An empty store whose questions come in an order that does not change."""
    db = open_store(str(path), now=demo_now())
    db.set_meta("seed", SEED)
    db.close()
    return path


def pictures(look: Look, wanted: Sequence[str]) -> list[str]:
    """Every picture of one look; the names of those that were kept."""
    camera = Camera(look, wanted)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        env = environment(home, look)
        db = make(folder, LANGUAGES[look.language])
        shell(camera, db, env, home)
        first_run(camera, env, home)
        screens(camera, db, env)
    return camera.taken


def two_weeks(wanted: Sequence[str]) -> list[str]:
    """The journey that is also a test: from the first run to the dropped line."""
    look = Look("en", "dark", *SIZES[0])
    camera = Camera(look, wanted)
    number = 0

    def take(name: str, terminal: Terminal) -> None:
        nonlocal number
        if name.startswith("reflect") or name == "first-run-5":
            return
        number += 1
        camera.take(f"journey-{number:02}-{name}", terminal)

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        env = environment(home, look)
        (home / "config.toml").unlink()
        env["PLANNERTUI_CONFIG"] = None
        env["PLANNERTUI_NOW"] = None
        data = home / ".local" / "share" / "plannertui"
        data.mkdir(parents=True)
        seeded(data / "planner.db")
        env["PATH"] = f"{journey.program(home / 'bin')}:{os.environ['PATH']}"
        life = journey.Life(env, take, columns=look.columns, rows=look.rows)
        try:
            journey.live(life)
        finally:
            life.terminal.close()
    return camera.taken


def main(wanted: Sequence[str]) -> int:
    """Draw the pictures asked for; 1 when there are none of that name."""
    TARGET.mkdir(exist_ok=True)
    os.environ["TZ"] = "Asia/Shanghai"
    taken: list[str] = []
    with ProcessPoolExecutor(max_workers=2) as pool:
        jobs = [pool.submit(pictures, look, wanted) for look in looks()]
        jobs.append(pool.submit(two_weeks, wanted))
        for job in jobs:
            taken += job.result()
    size = sum(path.stat().st_size for path in TARGET.iterdir())
    print(f"{len(taken)} pictures, {size / 1e6:.1f} MB in {TARGET}")
    if not any(path.suffix == ".png" for path in TARGET.iterdir()):
        print("For PNG as well: apt-get install librsvg2-bin", file=sys.stderr)
    return 0 if taken else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
