"""The screens of other programs: on which text they are ready, what is typed, how they quit."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench import peers
from bench.tuibench import Key, Scenario

TYPED = "one more line"


def scenarios(found: dict[str, str], folder: Path) -> list[Scenario]:
    """A scenario for each of the programs found, each on a home of its own.

    Calendars have one entry; diaries and lists are empty.
    """
    made = []
    for name in ("calcurse", "calcure", "ikhal", "zecret", "dooit", "bagels"):
        if name in found:
            home = folder / f"screen-{name}"
            shutil.rmtree(home, ignore_errors=True)
            for each in (".config", "config", "data", "cache"):
                (home / each).mkdir(parents=True)
            made.append(_scenario(name, found, home))
    return made


def _scenario(name: str, found: dict[str, str], home: Path) -> Scenario:
    env = peers.surrounding(home)
    program = found[name]
    if name == "calcurse":
        peer = peers.prepare(name, program, home / "store", 1)
        assert peer is not None
        (home / "store" / "conf").write_text("general.confirmquit=no\n")
        moves = [Key("l", "next day", times=5), Key("h", "previous day", times=5)]
        return _of(name, peer.last[:5], r"Calendar", "q", moves, peer.env)
    if name == "ikhal":
        peer = peers.prepare("khal", found["khal"], home / "store", 1)
        assert peer is not None
        moves = [Key("<right>", "next day", times=5)]
        moves += [Key("<left>", "previous day", times=5)]
        argv = [program, *peer.last[1:3]]
        # It asks the system for the names of a locale that Debian has only on request.
        plain = {**peer.env, "LC_ALL": "C"}
        return _of(name, argv, r"Mo\s+Tu", "q", moves, plain)
    if name == "calcure":
        moves = [Key("n", "next month", times=5)]
        return _of(name, [program], r"JOURNAL", "qy", moves, env)
    typing = [Key(letter, "typing") for letter in TYPED]
    if name == "zecret":
        return _of(name, [program], r"Master password", "<c-q>", typing, env)
    if name == "dooit":
        return _of(name, [program], r"Welcome", "", [Key("a"), *typing], env)
    return _of(name, [program], r"Welcome to", "<c-q>", [Key("c", "next tab")], env)


def _of(
    name: str,
    argv: list[str],
    ready: str,
    leave: str,
    keys: list[Key],
    env: dict[str, str],
) -> Scenario:
    return Scenario(name, argv, ready, leave, keys, env, peer=True)
