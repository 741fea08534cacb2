"""Both languages say the same, completely and in their own typography."""

from __future__ import annotations

import gettext
import re
import string
from typing import TYPE_CHECKING

import pytest

from hatch_build import compile_catalogues
from tools.messages import catalogues, extract, read

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
FULL_WIDTH_END = ("：", "？", "！", "。", "；", "、")
HALF_WIDTH = re.compile(rf"{HAN}[,.;:?!]|[,.;:?!]{HAN}|(?<=\}})[,.;:?!](?=\s|$)")


@pytest.fixture(params=catalogues(), ids=lambda path: path.parts[-3])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read(request.param)


@pytest.fixture(scope="module")
def template() -> Catalog:
    return extract()


def strings(message: Message) -> list[str]:
    """The translations of ``message``: one, or one for each plural form."""
    if isinstance(message.string, str):
        return [message.string]
    return list(message.string or ())


def sources(message: Message) -> list[str]:
    """What is translated: one string, or the singular and the plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def placeholders(text: str) -> set[str]:
    """The names in braces that ``str.format`` fills."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_is_a_catalogue_for_every_language() -> None:
    from plannertui.i18n import LANGUAGES

    assert {path.parts[-3] for path in catalogues()} == set(LANGUAGES) - {"en"}


def test_everything_is_translated(catalogue: Catalog, template: Catalog) -> None:
    missing = [
        message.id
        for message in template
        if message.id
        and not (
            (own := catalogue.get(message.id, message.context))
            and strings(own)
            and all(strings(own))
        )
    ]
    assert not missing, "run `make messages` and translate"


def test_nothing_is_left_over(catalogue: Catalog, template: Catalog) -> None:
    assert not [
        m.id for m in catalogue if m.id and template.get(m.id, m.context) is None
    ]


def test_nothing_is_fuzzy(catalogue: Catalog) -> None:
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


def test_placeholders_are_the_same(catalogue: Catalog) -> None:
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        wanted = {name for text in sources(message) for name in placeholders(text)}
        # The one of "1 day" may be part of the singular's words.
        needed = wanted if isinstance(message.id, str) else placeholders(message.id[1])
        for text in strings(message):
            if text and not needed <= placeholders(text) <= wanted:
                wrong.append((message.id, text))
    assert not wrong


def test_blanks_and_line_ends_at_the_edges_are_kept(catalogue: Catalog) -> None:
    """A full-width mark holds its own blank, so none comes after it."""
    wrong = []
    for message in catalogue:
        for text in strings(message) if message.id else ():
            source = sources(message)[-1]
            full = text.rstrip(" ").endswith(FULL_WIDTH_END)
            blank = source.endswith(" ") and not full
            if text and (
                source.startswith("\n") != text.startswith("\n")
                or source.endswith("\n") != text.endswith("\n")
                or text.endswith(" ") != blank
            ):
                wrong.append((message.id, text))
    assert not wrong


def test_chinese_has_chinese_punctuation() -> None:
    chinese = next(path for path in catalogues() if path.parts[-3] == "zh_Hans")
    wrong = [
        text
        for message in read(chinese)
        if message.id
        for text in strings(message)
        if re.search(HAN, text) and HALF_WIDTH.search(text)
    ]
    assert not wrong


def test_catalogues_compile_and_are_used(tmp_path: Path) -> None:
    for path in catalogues():
        language = path.parts[-3]
        folder = tmp_path / "plannertui" / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / path.name).write_bytes(path.read_bytes())
    assert len(compile_catalogues(tmp_path)) == len(catalogues())
    assert compile_catalogues(tmp_path, only_stale=True) == []
    for path in catalogues():
        first = next(
            m for m in read(path) if m.string and isinstance(m.id, str) and m.id
        )
        spoken = gettext.translation(
            "plannertui", tmp_path / "plannertui" / "locale", [path.parts[-3]]
        )
        assert spoken.gettext(str(first.id)) == first.string


def test_what_is_translated_later_is_marked(template: Catalog) -> None:
    """Descriptions of keys and of verbs are in the catalogues, by N_."""
    from plannertui.cli.main import VERBS, find
    from plannertui.cli.options import Command
    from plannertui.tui import keys

    keys.load_all()
    texts = set()
    for binding in keys.IDS.values():
        texts |= {binding.description, binding.tooltip}
    todo = [find(verb) for verb in VERBS if not verb.startswith("__")]
    while todo:
        match todo.pop():
            case Command() as command:
                texts |= {command.summary, *command.notes}
                # Lower case stands for itself: bash|zsh|fish.
                texts |= {command.words} - {command.words.lower()}
                texts |= {option.help for option in command.options}
            case group if group is not None:
                texts.add(group.summary)
                todo.extend(group.commands.values())
    marked = {source for message in template for source in sources(message)}
    assert not {text for text in texts if text} - marked
