"""The headings of an Org file with what stands below each, and the settings at its top."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plannertui.exchange.orgout import DONE, OPEN

_HEADING = re.compile(r"(\*+)[ \t]+(.*)")
_PROPERTY = re.compile(r"[ \t]*:([\w@#%+-]+):(?:[ \t]+(.*))?")


@dataclass(slots=True)
class Node:
    """One heading: its stars, its words, the lines below it, and the line it is on."""

    level: int
    title: str
    line: int
    rows: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def nodes_of(text: str) -> tuple[Node, list[Node]]:
    """What stands before the first heading, and the headings."""
    top = Node(0, "", 1)
    nodes: list[Node] = []
    drawer = False
    for number, row in enumerate(text.split("\n"), 1):
        heading = _HEADING.fullmatch(row)
        now = nodes[-1] if nodes else top
        if heading:
            nodes.append(Node(len(heading[1]), heading[2].strip(), number))
            drawer = False
        elif drawer or row.strip().upper() == ":PROPERTIES:":
            word = row.strip().upper()
            if drawer and word != ":END:" and (said := _PROPERTY.fullmatch(row)):
                now.properties[said[1].upper()] = said[2] or ""
            drawer = word != ":END:"
        else:
            now.rows.append(row)
    return top, nodes


def settings_of(top: Node) -> tuple[dict[str, bool], tuple[str, ...]]:
    """The TODO states of a file, each with whether it is an end, and its tags."""
    states = dict.fromkeys(OPEN, False) | dict.fromkeys(DONE, True)
    tags: list[str] = []
    for row in top.rows:
        name, _colon, value = row.partition(":")
        if name.upper() in ("#+TODO", "#+SEQ_TODO", "#+TYP_TODO"):
            words = [word.partition("(")[0] for word in value.split()]
            cut = words.index("|") if "|" in words else len(words) - 1
            states |= {
                word: at > cut - ("|" not in words) for at, word in enumerate(words)
            }
            states.pop("|", None)
        elif name.upper() == "#+FILETAGS":
            tags += value.replace(":", " ").split()
    return states, tuple(tags)
