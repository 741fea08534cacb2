"""Taskwarrior: what ``task export`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from plannertui.core.errors import BadFile
from plannertui.exchange.files import Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.readers import (
    Here,
    Keys,
    collect,
    decoded,
    nothing_words,
    tag_names,
    too_long,
    too_long_words,
    word,
)
from plannertui.exchange.reading import Found, Left, Reading
from plannertui.i18n import gettext as _
from plannertui.store.document import parse

_STATES = {"pending": "open", "waiting": "open", "completed": "done"}
UNDERSTOOD = ("project", "priority", "due")
_KNOWN = {
    *("uuid", "description", "status", "entry", "end", "due", "tags", "annotations"),
    # Reckoned by Taskwarrior, and other every day.
    *("id", "urgency", "modified"),
    "project",
}


def read(source: Source, asked: Asked) -> Reading:
    """The tasks of an export, and their annotations as notes about them."""
    text = decoded(source.raw(), source.name).strip()
    return collect(_tasks(text, Here.of(asked)), UNDERSTOOD)


def _tasks(text: str, here: Here) -> Iterator[Found | Left]:
    if text.startswith("{"):
        # Before 2.6 the brackets came only with rc.json.array=on.
        lines = text.splitlines()
        text = "[" + ",".join(line.rstrip(",") for line in lines if line.strip()) + "]"
    listed = parse(text)
    if not isinstance(listed, list):
        raise BadFile(_("The file is not what task export prints."))
    keys = Keys()
    for each in listed:
        if isinstance(each, dict) and isinstance(each.get("description"), str):
            yield from _task(each, here, keys)
        else:
            yield Left(word(each), _("no task of Taskwarrior"))


def _task(each: dict[str, Any], here: Here, keys: Keys) -> Iterator[Found | Left]:
    title: str = each["description"]
    status = each.get("status")
    if status == "deleted":
        yield Left(title, _("deleted in Taskwarrior"))
        return
    if status == "recurring":
        why = _("the pattern of a repeating task; its tasks come along one by one")
        yield Left(title, why)
        return
    if not title.strip():
        yield Left(title, nothing_words())
        return
    if too_long(title):
        yield Left(title, too_long_words())
        return
    written = _moment(each.get("entry"), here)
    due = _moment(each.get("due"), here)
    state = _STATES.get(word(status), "open")
    end = _moment(each.get("end"), here)
    kept = {name: value for name, value in each.items() if name not in _KNOWN}
    if due is not None and (due.hour or due.minute):
        kept["due"] = each["due"]
    if isinstance(each.get("project"), str):
        kept["project"] = each["project"]
    if word(status) not in _STATES:
        kept["status"] = status
    own = word(each.get("uuid"))
    key = keys.one(own) if own else keys.of(word(each.get("entry")), title)
    lived = _lived(written, here)
    tags = each.get("tags")
    names = [each.get("project"), *(tags if isinstance(tags, list) else [])]
    yield Found(
        noun="matter",
        key=key,
        fields={
            "title": title,
            **lived,
            "due": due and due.date(),
            "state": state,
            "closed_on": end and end.date() if state == "done" else None,
            "important": each.get("priority") == "H",
        },
        tags=tag_names(names),
        kept=kept,
        guessed=() if written else ("day",),
    )
    notes = each.get("annotations")
    for note in notes if isinstance(notes, list) else []:
        if not isinstance(note, dict) or not word(note.get("description")).strip():
            continue
        words = word(note["description"])
        if too_long(words):
            yield Left(words, too_long_words())
            continue
        moment = _moment(note.get("entry"), here)
        yield Found(
            noun="entry",
            key=keys.of(key, word(note.get("entry")), words),
            fields={"text": words, **_lived(moment, here)},
            links=(key,),
            guessed=() if moment else ("day",),
        )


def _lived(moment: datetime | None, here: Here) -> dict[str, Any]:
    if moment is None:
        return {"day": here.today, "at": None}
    return here.lived(moment)


def _moment(value: Any, here: Here) -> datetime | None:
    """A stamp such as 20240920T000000Z, on the wall clock of here."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=UTC).astimezone(here.zone)
    except (ValueError, OverflowError):
        return None
