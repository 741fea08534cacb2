"""Every reading verb has a JSON Schema, and prints what it says, on a year and on nothing."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.cli import schemas
from plannertui.cli.main import VERBS, find
from plannertui.cli.options import Group
from plannertui.exchange.demo import demo_now, make
from tests.said import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plannertui.cli.options import Command

jsonschema: Any = import_module("jsonschema")

# What prints no document of its own, and what changes the store: it prints what changed.
WORDS = {"completion", "__complete", "help"}
CHANGING = {
    *("add", "note", "win", "promise", "waiting", "ask", "warn", "lesson", "grey"),
    *(
        "edit",
        "done",
        "move",
        "drop",
        "reopen",
        "rm",
        "restore",
        "purge",
        "undo",
        "redo",
    ),
    *("matters carry", "matters first", "matters leave", "ready", "import"),
    *("goal add", "goal set", "goal check-in", "goal milestone add", "goal release"),
    *("goal milestone done", "goal milestone edit", "goal milestone rm", "goal done"),
    *("goal carry", "goal serve", "goal move", "leader add", "leader set"),
    *("leader style", "leader forget", "leader priority add", "leader priority set"),
    *("leader priority check", "leader priority ask", "leader priority rank"),
    *("leader priority met", "leader priority drop", "leader priority change"),
    *("leader priority reopen", "leader priority dropped", "leader priority changed"),
    *("leader change", "person add", "person set", "person style", "person forget"),
    *("year set", "event add", "event set", "event rm", "event edit", "event move"),
    *("event cancel", "event restore", "meet add", "meet agenda add"),
    *("meet agenda tick", "meet agenda drop", "meet agenda set", "meet agenda up"),
    *("meet want", "meet hold", "meet follow-up", "meet cancel", "meet move"),
    *("meet every", "situation add", "situation step", "situation send"),
    *("situation close", "situation boundary", "situation void", "situation reopen"),
    *("evidence prove", "mirror answer", "backup make", "backup rm"),
    *("lock now", "lock set", "lock change", "lock remove", "lock code"),
    *("lock keyring", "unlock"),
}
# How each reading verb is asked; the first must give a document on the sample year.
ASKED: dict[str, tuple[str, ...]] = {
    "today": ("today", "today --on-this-day", "today --list due"),
    "ls": ("ls --all", "ls --tag nothing"),
    "search": ("search case", "search nothingatall"),
    "show": ("show M34 --log", "show J399 G1 L1 E22 S1 M57 J410", "show P1 --names"),
    "log": ("log M34", "log G1", "log E22", "log S1", "log J399@1", "log Y1"),
    "one": ("one --ls", "one"),
    "lock status": ("lock status",),
    "carry": ("carry",),
    "onthisday": ("onthisday 2023-09-12", "onthisday"),
    "matters ls": ("matters --state all", "matters --quadrants"),
    "matters show": ("matters show M34", "matters M34 M57"),
    "boundary ls": ("boundary",),
    "boundary check": ("boundary check M57 --show",),
    "boundary rule": ("boundary rule",),
    "trash": ("trash",),
    "inbox": ("inbox", "inbox --unread"),
    "goal ls": ("goal --all",),
    "goal show": ("goal G1 --log", "goal G2"),
    "goal milestone ls": ("goal milestone ls --all",),
    "leader ls": ("leader ls --all",),
    "leader show": ("leader L1", "leader show L2 --names"),
    "leader priority ls": ("leader priority ls --all",),
    "leader room": ("leader room",),
    "leader coverage": ("leader coverage",),
    "person ls": ("person ls --all",),
    "person show": ("person P1",),
    "year show": ("year", "year 2023"),
    "year ls": ("year ls",),
    "reflect": ("reflect --show",),
    "review status": ("review",),
    "review week": ("review week --show", "review week --show --period 2024-W36"),
    "review month": ("review month --show",),
    "review quarter": ("review quarter --show",),
    "review year-close": ("review year-close --show",),
    "review year-open": ("review year-open --show",),
    "review plan": ("review plan --show",),
    "review ls": ("review ls",),
    "review show": ("review show 2024-W36", "review show 2024-08"),
    "revisit": ("revisit --all",),
    "event ls": ("event ls --from 2024-01-01 --to 2024-12-31",),
    "event show": ("event E22", "event E28"),
    "notify": ("notify --within 6d", "notify"),
    "meet ls": ("meet ls --all", "meet"),
    "meet show": ("meet show", "meet show E16"),
    "meet agenda ls": ("meet agenda",),
    "meet brief": ("meet brief",),
    "meet ledger": ("meet ledger --all",),
    "situation ls": ("situation ls --all",),
    "situation resume": ("situation resume --all",),
    "situation show": ("situation S1",),
    "situation message": ("situation message S1",),
    "report": ("report weekly", "report", "report brief L1", "report self"),
    "evidence ls": (
        *("evidence", "evidence --claims", "evidence --gaps", "evidence --all"),
        *("evidence --witnesses", "evidence --credits"),
    ),
    "mirror show": ("mirror", "mirror --open kept", "mirror --year"),
    "doctor": ("doctor",),
    "backup ls": ("backup ls",),
    "backup verify": ("backup verify",),
    "export": ("export",),
    "schema": ("schema", "schema ls"),
    "calendar day": ("calendar day",),
    "calendar week": ("calendar week",),
    "calendar month": ("calendar month",),
    "calendar agenda": ("calendar agenda",),
    "calendar year": ("calendar year", "calendar year --on 2023-05-01"),
    "year board": ("year board",),
}


def commands() -> Iterator[str]:
    """Every verb that does something, with the nouns before it."""

    def under(path: str, command: Command | Group | None) -> Iterator[str]:
        if not isinstance(command, Group):
            yield path
            return
        for name, one in command.commands.items():
            yield from under(f"{path} {name}", one)

    for verb in VERBS:
        yield from under(verb, find(verb))


READING = sorted(set(commands()) - CHANGING - WORDS)


@pytest.fixture(scope="module")
def shells(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shell]:
    """A shell on the sample year, and one on a store in which nothing is."""
    folder = tmp_path_factory.mktemp("schemas")
    path, now = make(str(folder)), demo_now().isoformat()
    config = folder / "config.toml"
    config.write_text('calendar = "CN"\n')
    env = {"PLANNERTUI_CONFIG": str(config)}
    return {
        "year": Shell(path, now, **env),
        "nothing": Shell(folder / "nothing.db", now, **env),
    }


def test_every_reading_verb_has_a_schema_and_is_asked_here() -> None:
    """A new verb that reads needs a schema; one that changes belongs into CHANGING."""
    assert set(schemas.verbs()) == set(READING) == set(ASKED)
    assert set(commands()) >= CHANGING | WORDS


@pytest.mark.parametrize("verb", READING)
def test_what_it_prints_is_what_its_schema_says(
    shells: dict[str, Shell], verb: str
) -> None:
    schema = schemas.whole(verb)
    check = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker()
    )
    for at, line in enumerate(ASKED[verb]):
        for where, shell in shells.items():
            told = shell(*line.split(), "--json")
            if where == "year" and at == 0:
                assert told.code == 0, told.err
            # What is asked for is not there where nothing is: no leader, no handle.
            assert told.code in ((0,) if where == "year" else (0, 2, 3)), told.err
            if told.code == 0:
                wrong = jsonschema.exceptions.best_match(check.iter_errors(told.json))
                assert wrong is None, (line, where, wrong.json_path, wrong.message)


@pytest.mark.parametrize("verb", [*READING, schemas.SHARED])
def test_a_schema_is_one_and_closed(verb: str) -> None:
    """Whatever has fields has no others: a field that is added is noticed."""
    schema = schemas.read(verb)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    if verb != schemas.SHARED:
        assert schema["title"] == f"ptui {verb} --json"
        assert schema["description"]
    # Shared shapes that others extend are closed by those.
    extended = set(schemas.read(schemas.SHARED)["$defs"]) if verb == "common" else set()
    for name, part in parts(schema):
        if "properties" in part and name not in extended:
            closed = part.get("additionalProperties", part.get("unevaluatedProperties"))
            assert closed is False, (name, part)


def parts(schema: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object schema within ``schema``, with the name it goes by."""
    if isinstance(schema, list):
        for each in schema:
            yield from parts(each, name)
    elif isinstance(schema, dict):
        if name != "properties":
            yield name, schema
        for key, each in schema.items():
            yield from parts(each, key)


def test_a_field_too_many_is_noticed(shells: dict[str, Shell]) -> None:
    """The check can fail: on a list, on an extended shape, and deep inside."""
    for line, verb, into in (
        ("ls -n 1", "ls", (0,)),
        ("search case -n 1", "search", (0,)),
        ("goal G1", "goal show", ("measure",)),
        ("meet show", "meet show", ("brief", "person")),
    ):
        document = shells["year"](*line.split(), "--json").json
        check = jsonschema.Draft202012Validator(schemas.whole(verb))
        assert check.is_valid(document)
        part = document
        for key in into:
            part = part[key]
        part["new"] = 1
        assert not check.is_valid(document), line


def test_a_schema_stands_by_itself(shells: dict[str, Shell]) -> None:
    told = shells["nothing"]("schema", "goal").json
    assert told["title"] == "ptui goal ls --json"
    assert "common.json" not in json.dumps(told)
    assert set(told["$defs"]) >= {"goal", "shown_goal", "step"}
    assert "matter" not in told["$defs"]
    listed = shells["nothing"]("schema", "--json").json
    assert [one["verb"] for one in listed] == schemas.verbs()
    missing = shells["nothing"]("schema", "milestone", "--json")
    assert (missing.code, missing.out) == (3, "")


def test_the_docs_point_to_them() -> None:
    text = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
    assert "ptui schema" in text
    for verb in schemas.verbs():
        assert f"| `{verb}` |" in text
        assert f"plannertui/data/schemas/{verb.replace(' ', '-')}.json" in text
