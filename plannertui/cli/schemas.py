"""``schema``: the JSON Schema of what a reading verb prints with ``--json``."""

from __future__ import annotations

import json
import os
from typing import Any

from plannertui.cli.options import Args, Command, Group, nearest
from plannertui.core.errors import NotFound
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session

FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "schemas")
SHARED = "common"
OUTSIDE = "common.json#/$defs/"
INSIDE = "#/$defs/"


def verbs() -> list[str]:
    """The verbs that have a schema, such as "goal ls"."""
    names = [name[:-5] for name in os.listdir(FOLDER) if name.endswith(".json")]
    return sorted(_verb(name) for name in names if name != SHARED)


def read(verb: str) -> dict[str, Any]:
    """The schema of ``verb`` as it is kept; shared shapes are in ``common.json``."""
    path = os.path.join(FOLDER, verb.replace(" ", "-") + ".json")
    with open(path, encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def whole(verb: str) -> dict[str, Any]:
    """The schema of ``verb`` with the shared shapes that it needs inside of it."""
    schema = read(verb)
    shared = read(SHARED)["$defs"]
    needed: dict[str, Any] = {}
    waiting = _refs(schema, OUTSIDE)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = shared[name]
            waiting += _refs(shared[name], INSIDE)
    text = json.dumps(schema).replace(OUTSIDE, INSIDE)
    found: dict[str, Any] = json.loads(text)
    if needed:
        found["$defs"] = {name: needed[name] for name in sorted(needed)}
    return found


def fields(verb: str) -> list[str]:
    """The names of the fields that the things in the list of ``verb`` have."""
    schema = whole(verb)
    found: dict[str, None] = {}

    def look(part: dict[str, Any], listed: bool) -> None:
        if "$ref" in part:
            look(schema["$defs"][part["$ref"].removeprefix(INSIDE)], listed)
        if "items" in part and not listed:
            look(part["items"], True)
        for each in (*part.get("allOf", ()), *part.get("anyOf", ())):
            look(each, listed)
        if listed:
            found.update(dict.fromkeys(part.get("properties", ())))

    look(schema, False)
    return list(found)


def _verb(name: str) -> str:
    """The verb of a file's name: "goal-milestone-ls" is "goal milestone ls"."""
    from plannertui.cli.main import find

    command = find(name.partition("-")[0])
    words = []
    while isinstance(command, Group):
        word, _dash, name = name.partition("-")
        words.append(word)
        longest = [each for each in command.commands if name == each]
        command = command.commands.get(
            longest[0] if longest else name.partition("-")[0]
        )
    return " ".join([*words, name])


def _refs(part: object, prefix: str) -> list[str]:
    """The names of the shared shapes that ``part`` refers to."""
    if isinstance(part, dict):
        own = part.get("$ref")
        found = [own.removeprefix(prefix)] if isinstance(own, str) else []
        return found + [name for each in part.values() for name in _refs(each, prefix)]
    if isinstance(part, list):
        return [name for each in part for name in _refs(each, prefix)]
    return []


def schema(session: Session, args: Args) -> int:
    """Print the schema of a verb, or which verbs have one."""
    found = verbs()
    if not args.words:
        if args.has("json"):
            session.out.document(
                [{"verb": verb, "about": read(verb)["description"]} for verb in found]
            )
        else:
            session.out.table([[verb, _summary(verb)] for verb in found])
        return 0
    verb = _meant(" ".join(args.words), found)
    session.out.document(whole(verb))
    return 0


def _summary(verb: str) -> str:
    """What ``verb`` is for, in the language in use."""
    from plannertui.cli.main import find

    first, *rest = verb.split()
    command = find(first)
    for word in rest:
        if isinstance(command, Group):
            command = command.commands[word]
    return "" if command is None else _(command.summary)


def _meant(asked: str, among: list[str]) -> str:
    """The verb with a schema that ``asked`` means: "goal" is "goal ls"."""
    from plannertui.cli.main import ALIASES, find

    first, _blank, rest = asked.partition(" ")
    name = ALIASES.get(first, first)
    path = f"{name} {rest}".strip()
    command = find(name)
    for word in rest.split():
        if isinstance(command, Group):
            command = command.commands.get(word)
    while isinstance(command, Group) and command.default:
        path = f"{path} {command.default}"
        command = command.commands[command.default]
    if path in among:
        return path
    near = nearest(path, among)
    message = _('There is no schema of "{verb}". See: ptui schema')
    if near:
        message = _('There is no schema of "{verb}". Did you mean {near}?')
    raise NotFound(message.format(verb=asked, near=near))


COMMANDS: dict[str, Command | Group] = {
    "schema": Command(
        "schema",
        N_("Print the JSON Schema of what a verb prints with --json."),
        schema,
        words=N_("[VERB…]"),
        notes=(N_("Draft 2020-12. Without a verb: which verbs have one."),),
        examples=("ptui schema", "ptui schema ls", "ptui schema goal show"),
    ),
}
