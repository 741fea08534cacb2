"""``doctor``: where everything is and whether it is well; it changes nothing."""

from __future__ import annotations

from plannertui.cli import nouns, repairing
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.i18n import N_, ngettext, pgettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session
    from plannertui.store.place import Finding

STYLES = {"ok": "good", "note": "warn", "wrong": "bad"}


def doctor(session: Session, args: Args) -> int:
    """Print every finding; exit 1 when something is wrong."""
    from plannertui.store.doctor import examine

    nouns.no_words(args, "ptui doctor")
    repairing.check(args)
    if args.has("fix"):
        return repairing.fix(session, args)
    if args.has("salvage"):
        return repairing.salvage(session, args)
    found = [
        *_program(session),
        *examine(session.path, repairing.key_of(session, ask=False)),
        *_backups(session),
        *_settings(session),
        *_prompts(session),
        *_calendar(session),
    ]
    wrong = [finding for finding in found if finding.level == "wrong"]
    if args.has("json"):
        session.out.document(
            {
                "ok": not wrong,
                "findings": [
                    {
                        "code": finding.code,
                        "level": finding.level,
                        "text": finding.text,
                        **({"data": finding.data} if finding.data else {}),
                    }
                    for finding in found
                ],
            }
        )
        return 1 if wrong else 0
    words = {"ok": _("fine"), "note": pgettext("finding", "note"), "wrong": _("wrong")}
    for finding in found:
        head = [(words[finding.level], STYLES[finding.level]), ("  ", "")]
        session.out.line(head, finding.text)
    session.out.talk(_verdict(found))
    return 1 if wrong else 0


def _verdict(found: list[Finding]) -> str:
    """All of it in a line."""
    levels = [finding.level for finding in found]
    if "wrong" in levels:
        return _("Something is wrong; nothing was changed.")
    count = levels.count("note")
    if not count:
        return _("All is well.")
    text = ngettext(
        "Nothing is wrong; {count} thing to know.",
        "Nothing is wrong; {count} things to know.",
        count,
    )
    return text.format(count=count)


def _program(session: Session) -> list[Finding]:
    import os
    import platform

    from plannertui import __version__, i18n
    from plannertui.store.place import Finding
    from plannertui.store.sealing import is_sealed

    data = {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "language": i18n.language(),
    }
    text = _("plannertui {version}, Python {python}, {system}").format(**data)
    found = [Finding("program", "ok", text, data)]
    if not is_sealed(session.path) and not os.path.exists(session.path + ".seal"):
        text = _("Not encrypted: whoever can read the file can read the text.")
        found.append(Finding("encryption", "note", text))
    return found


def _backups(session: Session) -> list[Finding]:
    """How the backups are, as the settings want them where those can be read."""
    from plannertui.core.errors import BadSettings
    from plannertui.store.backupcheck import findings
    from plannertui.store.settings import BACKUP_HOURS

    folders: tuple[str, ...] = ()
    hours = BACKUP_HOURS
    try:
        folders, hours = session.settings.backup_dirs, session.settings.backup_hours
    except BadSettings:
        # Told where the settings are looked at.
        pass
    return findings(session.path, folders, hours, session.now)


def _settings(session: Session) -> list[Finding]:
    """Where the settings lie and whether they can be read."""
    import os

    from plannertui.core.errors import BadSettings
    from plannertui.store.place import Finding
    from plannertui.store.settings import config_path, load

    path = config_path(session.env, session.args.get("config"))
    data = {"path": path, "exists": os.path.exists(path)}
    try:
        load(path, session.env)
    except BadSettings as error:
        return [Finding("settings", "wrong", error.message, data)]
    text = _("Settings: {path}") if data["exists"] else _("Settings: none at {path}")
    return [Finding("settings", "ok", text.format(path=path), data)]


def _prompts(session: Session) -> list[Finding]:
    """Whether the questions, the user's own included, can be read."""
    from plannertui.core.errors import BadSettings
    from plannertui.store.place import Finding
    from plannertui.store.questions import bank
    from plannertui.store.settings import Settings, config_path, prompts_path

    path = config_path(session.env, session.args.get("config"))
    try:
        found = bank(Settings(path, session.env))
    except BadSettings as error:
        where = {"path": prompts_path(path)}
        return [Finding("prompts", "wrong", error.message, where)]
    data = {"prompts": len(found.prompts), "disabled": len(found.disabled)}
    text = _("{prompts} questions.").format(**data)
    return [Finding("prompts", "ok", text, data)]


def _calendar(session: Session) -> list[Finding]:
    """Whether the holidays of this year and the next are known."""
    from datetime import MAXYEAR

    from plannertui.cli.years import unpublished
    from plannertui.core.errors import BadSettings
    from plannertui.core.workdays import build_year
    from plannertui.store.place import Finding

    try:
        code = session.settings.calendar
        years = [session.today.year, min(session.today.year + 1, MAXYEAR)]
        unknown = [year for year in years if not build_year(code, year).known]
    except BadSettings as error:
        return [Finding("calendar", "wrong", error.message)]
    found = []
    if not unknown or unknown != years:
        known = [str(year) for year in years if year not in unknown]
        text = _("Calendar {code}: {years}.")
        text = text.format(code=code, years=_(", ").join(known))
        found.append(Finding("calendar", "ok", text, {"code": code}))
    found += [
        Finding("calendar_year", "note", unpublished(session, year), {"year": year})
        for year in unknown
    ]
    return found


COMMANDS: dict[str, Command | Group] = {
    "doctor": Command(
        "doctor",
        N_("Say where everything is and whether it is well; nothing is changed."),
        doctor,
        options=(
            Option("fix", "", N_("mend what needs no guess, after a verified backup")),
            Option("salvage", "", N_("save what can be read into a new database")),
            Option("to", "PATH", N_("where the salvaged one is written; a new file")),
        ),
        notes=(
            N_("Exit code 1 when something is wrong, left or missing."),
            N_(
                "A damaged file is never written to; ptui restore PATH takes its place."
            ),
        ),
        examples=("ptui doctor", "ptui doctor --fix", "ptui doctor --salvage"),
    )
}
