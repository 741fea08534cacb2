"""Real names in the components of a calendar file, written as aliases."""

from __future__ import annotations

from collections.abc import Container

from plannertui.exchange.icslines import Block, Line
from plannertui.exchange.icsvalues import BROKEN, escaped, split, text_of, texts_of
from plannertui.exchange.lines import Hide

ALIASED = "X-PLANNERTUI-ALIASED"
# What is text, to be read and written as such; other lines are taken as they stand.
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "X-ALT-DESC"}
TAGS = "CATEGORIES"
# By these a component is known again.
NAMED = {"UID", "RECURRENCE-ID", "BEGIN", "END", "TZID"}
_FIELDS = {
    "VEVENT": {
        "SUMMARY": "title",
        "DESCRIPTION": "notes",
        "LOCATION": "place",
        "CATEGORIES": "tags",
    },
    "VTODO": {"SUMMARY": "title", "DESCRIPTION": "title", "CATEGORIES": "tags"},
    "VJOURNAL": {"SUMMARY": "text", "DESCRIPTION": "text", "CATEGORIES": "tags"},
}


def hidden(block: Block, hide: Hide, kept: Container[str] = ()) -> Block:
    """``block`` with aliases for the real names in it; lines in ``kept`` stay.

    Which of our fields are not told as they stand here is said in it.
    """
    raw = _read(block.raw())
    if not (hide.found_in(raw) or hide.names.tagged_in(raw)):
        return block
    fields = _FIELDS.get(block.name, {})
    names = aliased(block)
    for number, line in enumerate(block.lines):
        if line.name in NAMED:
            continue
        if line.text in kept:
            read = _read(line.text)
            inside = hide.found_in(read)
            if line.name == TAGS:
                inside = inside or hide.names.tagged_in(read)
            hide.chosen.left["came"] += inside
            continue
        text = hidden_line(line, hide)
        if text != line.text:
            block.lines[number] = line._replace(text=text)
            if line.name in fields:
                names.append(fields[line.name])
    block.lines = [line for line in block.lines if line.text]
    block.blocks = [hidden(part, hide, kept) for part in block.blocks]
    if names:
        text = f"{ALIASED}:{','.join(dict.fromkeys(names))}"
        block.lines = [line for line in block.lines if line.name != ALIASED]
        block.lines.append(Line(ALIASED, text, 0))
    return block


def aliased(block: Block) -> list[str]:
    """The fields that ``block`` does not tell as they stand where it was made."""
    return [name for name in text_of(block.first(ALIASED)).split(",") if name]


def hidden_line(line: Line, hide: Hide) -> str:
    """``line`` with aliases for real names."""
    if line.name == TAGS:
        return _hidden_tags(line, hide)
    if line.name not in TEXTS:
        return hide.plainly(line.text)
    try:
        _params, raw = split(line)
    except BROKEN:
        return hide.plainly(line.text)
    value = text_of(line)
    told = hide(value)
    head = line.text[: len(line.text) - len(raw)]
    if told == value or not line.text.endswith(raw):
        return hide.plainly(line.text)
    return hide.plainly(head) + escaped(told)


def _hidden_tags(line: Line, hide: Hide) -> str:
    """``line`` of categories with the aliases' for names, "" where none is left."""
    try:
        texts = texts_of(line)
        _params, raw = split(line)
    except BROKEN:
        return hide.plainly(line.text)
    told = hide.tags(texts)
    if list(told) == texts or not line.text.endswith(raw):
        return hide.plainly(line.text)
    head = line.text[: len(line.text) - len(raw)]
    told = tuple(map(hide.plainly, told))
    return hide.plainly(head) + ",".join(map(escaped, told)) if told else ""


def _read(raw: str) -> str:
    """``raw`` nearly as its texts read: enough to see whether there is a name."""
    return raw.replace("\\n", " ").replace("\\N", " ").replace("\\", "")
