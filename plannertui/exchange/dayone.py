"""Day One: the JSON export, as the zip it comes in, unpacked, or as one file of it.

Nothing is ever unpacked to the disk: only the texts are read, out of the archive and up
to the limits. Pictures, recordings and places are not kept here; which ones an entry had
is remembered.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile
from zoneinfo import ZoneInfo

from plannertui.core.errors import BadFile
from plannertui.exchange.files import LARGEST, Source
from plannertui.exchange.formats import Asked
from plannertui.exchange.readers import (
    STARRED,
    Here,
    Keys,
    Together,
    collect,
    decoded,
    files_in,
    nothing_words,
    tag_names,
    too_long,
    too_long_words,
    word,
)
from plannertui.exchange.reading import Found, Left, Reading
from plannertui.i18n import gettext as _
from plannertui.store.document import parse

MOST_MEMBERS = 100_000
MEDIA = ("photos", "videos", "audios", "pdfAttachments")
# A picture stands in the text as ![](dayone-moment://ID), with the kind before the id.
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(dayone-moment:/?/?[\w/]*\)[ \t]*\n?")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|<])")
UNDERSTOOD = ("journal",)
_KNOWN = {
    *("uuid", "text", "tags", "starred", "creationDate", "timeZone", "isAllDay"),
    # Made anew from the text, or nothing but how it was made.
    *("richText", "modifiedDate", "editingTime", "duration", "creationDevice"),
    *("creationDeviceType", "creationDeviceModel", "creationOSName"),
    *("creationOSVersion", "sourceString"),
}


def read(source: Source, asked: Asked) -> Reading:
    """The entries of an export of Day One, each journal after the other."""
    return collect(_entries(source, Here.of(asked)), UNDERSTOOD)


def _entries(source: Source, here: Here) -> Iterator[Found | Left]:
    keys = Keys()
    for journal, content in _documents(source):
        document = parse(decoded(content, journal))
        listed = document.get("entries") if isinstance(document, dict) else None
        if not isinstance(listed, list):
            raise BadFile(_("The file is not an export of Day One (as JSON)."))
        for each in listed:
            if isinstance(each, dict):
                yield _entry(each, journal, here, keys)
            else:
                yield Left(word(each), _("no entry of Day One"))


def _documents(source: Source) -> Iterator[tuple[str, bytes]]:
    """The JSON documents at the top of the archive, or of what it was unpacked to, each
    with the journal's name.
    """
    if source.is_folder:
        found = False
        together = Together(source.name)
        for path, name in files_in(source.path):
            if name.endswith(".json") and os.sep not in name:
                found = True
                yield name.removesuffix(".json"), together.read(path)
        if not found:
            raise BadFile(_("The file is not an export of Day One (as JSON)."))
        return
    if source.head(2) != b"PK":
        yield "", source.raw()
        return
    broken = _("The archive is damaged: export it again.")
    try:
        # The pictures in an archive are never read, however large they are.
        with ZipFile(source.path or BytesIO(source.raw())) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise BadFile(_("The archive has too many files to be an export."))
            room, found = 4 * LARGEST, False
            for member in members:
                # What lies in a folder is a picture, and what climbs out of it a trick.
                name = member.filename
                if not name.endswith(".json") or "/" in name or "\\" in name:
                    continue
                if member.flag_bits & 1:
                    raise BadFile(_("The archive is locked: export it without a code."))
                with archive.open(member) as file:
                    content = file.read(min(LARGEST, room) + 1)
                room -= len(content)
                if len(content) > LARGEST or room < 0:
                    message = _(
                        "{path} is larger than {limit} MiB and is not taken in."
                    )
                    limit = LARGEST // (1024 * 1024)
                    raise BadFile(message.format(path=name, limit=limit))
                found = True
                yield name.removesuffix(".json"), content
            if not found:
                raise BadFile(_("The file is not an export of Day One (as JSON)."))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise BadFile(broken) from error


def _entry(each: dict[str, Any], journal: str, here: Here, keys: Keys) -> Found | Left:
    text = word(each.get("text"))
    if "richText" in each:
        text = _ESCAPED.sub(r"\1", text)
    text = _PICTURE.sub("", text).strip("\n")
    moment = _moment(each)
    label = text or word(each.get("creationDate"))
    if moment is None:
        return Left(label, _("no date that can be read"))
    media = sum(len(each[name]) for name in MEDIA if isinstance(each.get(name), list))
    if not text.strip():
        if media:
            return Left(label, _("nothing written: only pictures or recordings"))
        return Left(label, nothing_words())
    if too_long(text):
        return Left(label, too_long_words())
    tags = each.get("tags")
    names = list(tags) if isinstance(tags, list) else []
    if each.get("starred") is True:
        names.append(STARRED)
    kept = {
        name: value
        for name, value in each.items()
        if name not in _KNOWN and value not in (None, False, "", [], {})
    }
    for name in MEDIA:
        # Which file it was is enough to find it again in the archive.
        if isinstance(kept.get(name), list):
            kept[name] = [_medium(one) for one in kept[name]]
    if journal:
        kept["journal"] = journal
    own = word(each.get("uuid"))
    return Found(
        noun="entry",
        key=keys.one(own) if own else keys.of(moment, text),
        fields={
            "text": text,
            **here.lived(moment, whole_day=each.get("isAllDay") is True),
        },
        tags=tag_names(names),
        kept=kept,
    )


def _moment(each: dict[str, Any]) -> datetime | None:
    """When it was written, on the wall clock of where it was written."""
    try:
        moment = datetime.fromisoformat(word(each.get("creationDate")))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(ZoneInfo(word(each.get("timeZone")) or "UTC"))
    except (KeyError, ValueError, OverflowError, OSError):
        pass
    try:
        moment = datetime.fromisoformat(word(each.get("creationDate")))
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        return None


def _medium(one: Any) -> Any:
    if not isinstance(one, dict):
        return None
    return {name: one[name] for name in ("md5", "type", "identifier") if name in one}
