"""The numbered cases: what may happen, and what is promised then.

The numbers never change and are never used again; a fault that was found becomes a new
case at the end of its group. Which test holds a case is said by its mark alone.
"""

from __future__ import annotations

from typing import NamedTuple

GROUPS = {
    "A": "Storage",
    "B": "Time",
    "C": "Hostile text",
    "E": "Privacy and files",
    "F": "Terminal and process",
}


class Case(NamedTuple):
    """One case: the letter of its group, what may happen, what is promised then."""

    group: str
    what: str
    promise: str


WHOLE = "The store opens, is sound, and has everything that was said to be kept"

CASES = {
    1: Case(
        "A",
        "The program is killed (`kill -9`) at any moment of writing",
        f"{WHOLE}; no action is there by half; the draft is offered",
    ),
    2: Case(
        "A",
        "The same with a rollback journal in place of the write-ahead log",
        f"{WHOLE}; no action is there by half",
    ),
    3: Case(
        "A",
        "Killed while the passphrase is changed",
        "The store opens with exactly the old or the new passphrase, with every row",
    ),
    4: Case(
        "A",
        "Killed at any step of a backup, a restore, a migration, an import, of setting "
        "or removing the passphrase",
        "The old state or the new one, never neither; left-over parts are ignored and "
        "cleaned up",
    ),
    5: Case(
        "A",
        "The disk is full while something is written",
        "It is said in words, the text is given back or stays on the screen, nothing is "
        "there by half, and it goes on as soon as there is room",
    ),
    6: Case(
        "A",
        "The disk is full in the middle of a backup or an export",
        "No file under the final name; what was there before stays",
    ),
    7: Case(
        "A",
        "A write, a sync or an opening fails (file size limit, I/O error), at any "
        "operation",
        "As with a full disk; the process is not killed by it",
    ),
    8: Case(
        "A",
        "The folder or the file can only be read",
        "It is read and said so; what is typed is given back, never lost",
    ),
    9: Case(
        "A",
        "Bytes of the header or the salt are wrong",
        "It opens with every row all the same (a salt is in the note beside it, too), or "
        "says that it cannot be opened: the recovery code or `doctor`, and the newest "
        "backup, are named; the file is not touched",
    ),
    10: Case(
        "A",
        "Bits of pages are flipped",
        "The damage is named, the rest can be read, salvage brings back 95 % or more "
        "where a page is damaged, the damaged file is not written to",
    ),
    11: Case(
        "A",
        "The file is cut off",
        "As with flipped bits; nothing is ever deleted because of it",
    ),
    12: Case(
        "A",
        "The write-ahead log is cut off or has flipped bits",
        "The store opens at the last commit that is intact",
    ),
    13: Case(
        "A",
        "The file was copied without its write-ahead log",
        "Our own backups never are; `doctor` sees a log without its store",
    ),
    14: Case(
        "A",
        "An old write-ahead log lies beside a restored file",
        "A restore makes it impossible; `doctor` sees the damage",
    ),
    15: Case("A", "Three processes write at once", "Every row is there, no error"),
    16: Case(
        "A",
        "Two processes read, then write what follows from it",
        "Nothing is lost, and nobody is told of locks",
    ),
    17: Case(
        "A",
        "Another process holds the lock for longer than one waits",
        "It is said; the text is given back or stays as a draft; again, and it is kept",
    ),
    18: Case(
        "A",
        "Two processes bring an old store up to date at once",
        "One does, the others wait; all of them work afterwards",
    ),
    19: Case(
        "A",
        "The store was made by a newer version",
        "It can be read and says so; nothing is written and nothing migrated",
    ),
    20: Case(
        "A",
        "A migration fails half way, at any statement",
        "The old store is as it was, the backup is named; the next start finishes it",
    ),
    21: Case(
        "A",
        "Triggers of history or search are gone",
        "`doctor` says so and mends it; a migration leaves all of them in place",
    ),
    22: Case(
        "A",
        "The file is rebuilt (`VACUUM`, change of key) and rows may be numbered anew",
        "Search finds the right things afterwards",
    ),
    23: Case(
        "A",
        "The store lies on a network drive or in a synced folder",
        "It is said, with what to do instead",
    ),
    24: Case(
        "A",
        "The file has two names (hard link), or is reached by a symlink",
        "A symlink leads to the one file; with two names it is only read",
    ),
    25: Case(
        "A",
        "The program forks or starts threads while the store is open",
        "No connection is used in another process or thread",
    ),
    26: Case(
        "A",
        "A backup is made while somebody writes",
        "The backup is consistent and has every row that was kept before it began",
    ),
    27: Case(
        "A",
        "Bits of a backup are flipped",
        "It is named as damaged, never restored; an older one is offered",
    ),
    28: Case(
        "A",
        "Backups are rotated after the clock went back two years",
        "The newest are never deleted",
    ),
    29: Case(
        "A",
        "The backup folder cannot be written, or has left-over parts",
        "It is said, never silent; the parts are cleaned up",
    ),
    30: Case(
        "B",
        "The clock goes back an hour or two years in the middle",
        "The order stays, nothing is overwritten, no stamp of a thing ever decreases",
    ),
    31: Case(
        "B",
        "A time that the change of clocks skips, or has twice",
        "The skipped one is shown an hour later and marked; of two, the one that was "
        "meant stays",
    ),
    32: Case(
        "B",
        "A day of 23 or 25 hours",
        "The same time tomorrow is the same time on the wall",
    ),
    33: Case(
        "B",
        "Every year on 29 February",
        "28 February or 1 March, as one has set it",
    ),
    34: Case(
        "B",
        "Written at 23:30 in Tokyo, read in Berlin",
        "It stays on the day on which it was lived",
    ),
    35: Case(
        "B",
        "The time zone changes while it runs, or is unknown",
        "Times stay; an unknown zone is marked",
    ),
    36: Case(
        "B",
        "The years 1 and 9999, week 53, the turn of the year",
        "No error reaches the person",
    ),
    37: Case("B", "Two entries in the same millisecond", "Their order is stable"),
    38: Case(
        "C",
        "Escape sequences in any field, title, notice or error",
        "None reaches the terminal",
    ),
    39: Case(
        "C",
        "Markup in any field (`[@click=app.quit]`, `[/]`)",
        "It is shown as typed, does nothing, breaks nothing",
    ),
    40: Case(
        "C",
        "Characters that turn or hide text (bidi overrides, zero width, tags)",
        "Not on the screen; in the store as written",
    ),
    41: Case(
        "C",
        "Wide, combining and ambiguous characters",
        "Columns stay straight",
    ),
    42: Case("C", "NUL bytes", "Left out at the entrance, and told"),
    43: Case(
        "C",
        "Bytes that are no UTF-8, from a pipe, a file, the clipboard",
        "Never a row that cannot be read; what was given is not lost",
    ),
    44: Case(
        "C",
        "A paste of 5 MB, a line of 1 MB, 100,000 lines",
        "The screen answers, one is asked, nothing is cut silently",
    ),
    45: Case(
        "C",
        "A very large journal, a title of 10,000 characters, 500 tags",
        "Lists show what fits and take no longer for it",
    ),
    46: Case(
        "C",
        "Formulas and front matter in what is exported",
        "They are escaped; no program runs them",
    ),
    47: Case(
        "C",
        "The syntax of the search engine in a search",
        "It is looked for as typed, never an error",
    ),
    56: Case(
        "E",
        "A umask that lets everybody read",
        "All files are for their owner only (0600, folders 0700)",
    ),
    57: Case(
        "E",
        "An export or backup is aimed at a symlink, pipe, device or existing file",
        "Refused; what is there stays as it is",
    ),
    58: Case(
        "E",
        "The passphrase or text in arguments, environment, logs, tracebacks, cores",
        "In none of them",
    ),
    59: Case(
        "E",
        "The program fails while secrets are at hand",
        "One line without anybody's text, the draft kept, an exit code",
    ),
    60: Case(
        "E",
        "Somebody looks through all files for a word of the journal",
        "With a passphrase it is nowhere: not in the data folder, not in temporary ones",
    ),
    61: Case(
        "E",
        "Quit, suspended, locked",
        "Nothing of the journal stays on the terminal or in its scrollback",
    ),
    62: Case(
        "E",
        "Something is copied",
        "It stays inside the program unless one has chosen otherwise",
    ),
    63: Case(
        "E",
        "Screenshots, developer tools, debug logs of the toolkit",
        "They are off",
    ),
    64: Case(
        "E",
        "The keyring is missing, locked, stores nothing, or gives a wrong key",
        "The passphrase is asked for; nothing is deleted or repaired",
    ),
    65: Case(
        "E",
        "A wrong, empty, very long or otherwise composed passphrase",
        "Quiet and clear; no file is created or changed",
    ),
    66: Case(
        "E",
        "It locks itself while something is being typed",
        "The draft is kept, the screen is blank, the key is dropped",
    ),
    67: Case(
        "F",
        "SIGTERM, SIGHUP or a lost connection while one types",
        "Every character is kept, the terminal restored, the exit code tells",
    ),
    68: Case(
        "F",
        "SIGINT, suspend and resume, SIGQUIT, a storm of resizes",
        "Nothing is lost",
    ),
    69: Case(
        "F",
        "Killed (`kill -9`) while one types",
        "At most the last second of typing is lost",
    ),
    70: Case(
        "F",
        "The window is 1×1, 10×3 or 500×200 for a while",
        "It goes on",
    ),
    71: Case(
        "F",
        "No terminal, a pipe as input, output closed",
        "A message and an exit code; the verbs of the shell work",
    ),
    72: Case(
        "F",
        "A terminal that cannot show it (`TERM=dumb`)",
        "It is said, with the verbs to use instead",
    ),
    73: Case(
        "F",
        "`NO_COLOR`, `LC_ALL=C`, no UTF-8",
        "It can be read; colour alone never carries a meaning",
    ),
    74: Case(
        "F",
        "The disk fills up or the file goes away while the screen is open",
        "It is said, what is typed stays, and it is tried again",
    ),
}
