"""Bring the message catalogues up to date with the strings in the source."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "plannertui"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def extract() -> Catalog:
    """All strings of the package, each with the files it stands in."""
    template = Catalog(project="plannertui", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        found = extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for line, message, comments, context in found:
            template.add(
                message,
                locations=[(where, line)],
                auto_comments=list(comments),
                context=context,
            )
    return template


def catalogues() -> list[Path]:
    """The .po files, one per language."""
    return sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """The catalogue at ``path``; raises PoFileError when it is not one."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def write(path: Path, translated: Catalog, template: Catalog) -> None:
    """Write ``translated`` to ``path`` with exactly the strings of ``template``.

    Two runs over the same source write the same bytes: no dates, no line numbers,
    sorted by where a string first stands.
    """
    fresh = Catalog(locale=translated.locale, charset="utf-8", fuzzy=False)
    for message in template:
        if not message.id:
            continue
        old = translated.get(message.id, message.context)
        files = dict.fromkeys(file for file, _line in message.locations)
        fresh.add(
            message.id,
            old.string if old else None,
            locations=[(file, 0) for file in files],
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            context=message.context,
        )
    with path.open("wb") as file:
        write_po(file, fresh, width=80, include_lineno=False, omit_header=True)
    head = (
        f"# {translated.locale_identifier} for plannertui.\n"
        'msgid ""\nmsgstr ""\n'
        '"Project-Id-Version: plannertui\\n"\n'
        f'"Language: {translated.locale_identifier}\\n"\n'
        f'"Plural-Forms: {fresh.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    path.write_text(head + path.read_text("utf-8").lstrip("\n"), "utf-8")


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    template = extract()
    for path in catalogues():
        write(path, read(path), template)
        left = [message.id for message in read(path) if not message.string]
        print(f"{path.relative_to(ROOT)}: {len(template)} strings, {len(left)} to do")


if __name__ == "__main__":
    main()
