"""What can go wrong, each with words for a person and an exit code for a shell.

Exit codes: 1 failed, 2 usage or unreadable date, 3 not found, 4 refused, 5 locked.
Messages are given already translated; ``code`` is for programs and never translated.
"""

from __future__ import annotations


class PlannerError(Exception):
    """Something a person can be told, with ``message`` as the words.

    ``text`` is what the person had written and could not be stored, to be given back.
    """

    code = "failed"
    exit_code = 1
    text = ""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Usage(PlannerError):
    """The call was not understood."""

    code = "usage"
    exit_code = 2


class UnreadableDate(Usage):
    """A date that cannot be read; it is never guessed."""

    code = "unreadable_date"


class EmptyText(Usage):
    """There was nothing to write down."""

    code = "empty_text"


class NotFound(PlannerError):
    """No such handle, alias, entry or word."""

    code = "not_found"
    exit_code = 3


class Refused(PlannerError):
    """Possible, but not like this: it needs a terminal, ``--yes`` or a decision."""

    code = "refused"
    exit_code = 4


class NewerSchema(Refused):
    """The store was made by a newer version: it can be read, not written."""

    code = "newer_schema"


class ReadOnly(Refused):
    """The store can be read, not written."""

    code = "read_only"


class Conflict(Refused):
    """Somebody else saved this in the meantime; both texts are kept."""

    code = "conflict"


class Locked(PlannerError):
    """The store needs its passphrase."""

    code = "locked"
    exit_code = 5


class WrongPassphrase(Locked):
    """The passphrase, code or key does not open this store; nothing was changed."""

    code = "wrong_passphrase"


class MistypedCode(WrongPassphrase):
    """It has the look of a recovery code, and is none."""


class StoreError(PlannerError):
    """The store's file cannot be used."""

    code = "store"


class NotADatabase(StoreError):
    """The file is not a planner's database, or is damaged."""

    code = "not_a_database"


class BadBackup(StoreError):
    """A backup that is not whole, or is no backup; nothing was put in its place."""

    code = "bad_backup"


class StoreBusy(StoreError):
    """Another program holds the store for longer than we wait."""

    code = "busy"


class DiskFull(StoreError):
    """No room, or no permission, to write; nothing was half done."""

    code = "disk_full"


class BadSettings(PlannerError):
    """A settings, theme or prompt file that cannot be read, with file, line and key."""

    code = "bad_settings"


class BadFile(PlannerError):
    """A file to be read in that is not what it should be; nothing was taken from it."""

    code = "bad_file"
