"""Lists: ``ls`` by what it is, when and about whom; ``search`` by its words."""

from __future__ import annotations

from plannertui.cli.listing import COUNT, FORM, PERIOD, period, printed
from plannertui.cli.options import Args, Command, Group, Option, nearest
from plannertui.cli.shapes import hit_data, item_data
from plannertui.core.errors import NotFound, Usage
from plannertui.core.mentions import with_aliases
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.store.items import Filter, Item
    from plannertui.store.search import Hit

MATTERS = ("task", "promise", "waiting", "ask", "grey")
KINDS = (
    *("note", "win", "lesson", "warn", "surprise", "thanks", "feedback", "setback"),
    *("mirror", "reflection", "review", *MATTERS, "situation", "event"),
)
STATES = (
    *("open", "done", "dropped", "planned", "prepared", "held", "followed_up"),
    *("cancelled", "sent", "closed", "void"),
)
SHOWN = 20

FILTERS = (
    *PERIOD,
    Option("kind", "KIND", N_("win, promise, note …; several with commas"), many=True),
    Option("person", "REF", N_("about or with this person")),
    Option("goal", "REF", N_("for this goal")),
    Option("tag", "TAG", N_("with this tag")),
    Option("state", "STATE", N_("open, done, dropped")),
)


def ls(session: Session, args: Args) -> int:
    """Print what the filter lets through, oldest first, so that the newest is below."""
    from plannertui.store.occurring import ls as read

    if args.words:
        raise Usage(
            _("ls takes no words. To look for words: ptui search {words}").format(
                words=" ".join(args.words)
            )
        )
    limit, all_ = args.count("n"), args.has("all")
    if limit and all_:
        raise Usage(_("Either -n or --all."))
    wanted = filter_of(session, args, text=args.get("text"))
    if limit is None and not all_ and wanted.since is None and wanted.until is None:
        limit = SHOWN
    found = read(
        session.db,
        wanted,
        limit=None if limit is None else limit + 1,
        calendar=lambda: session.calendar,
        zone=session.zone,
    )
    more = limit is not None and len(found) > limit
    found = found[:limit]
    found.reverse()
    if not printed(session, args, "ls", lambda: [item_data(i) for i in found]):
        session.out.table(rows(found, session.today))
    if not found and not session.out.json:
        session.out.talk(_("Nothing here. To write something down: ptui note …"))
    elif more:
        session.out.talk(
            _("The newest {count}; --all shows everything.").format(count=limit)
        )
    return 0


def search(session: Session, args: Args) -> int:
    """Print what holds all the words, the newest (or, asked for, the best) first."""
    from plannertui.store.occurring import by_clock_here
    from plannertui.store.search import search as read

    words = session.joined(args.words)
    if not words.strip():
        raise Usage(_("Which words? Try: ptui search budget"))
    limit = None if args.has("all") else args.count("n") or SHOWN
    only = filter_of(session, args) if filtered(args) else None
    found = read(
        session.db,
        words,
        limit=None if limit is None else limit + 1,
        ranked=args.has("best"),
        only=only,
    )
    more = limit is not None and len(found) > limit
    found = found[:limit]
    by_clock_here(session.db, [hit.item for hit in found], session.zone, moved=False)
    if not printed(session, args, "search", lambda: [hit_data(hit) for hit in found]):
        today = session.today
        session.out.table([*_front(hit.item, today), _marked(hit)] for hit in found)
    if not found and not session.out.json:
        message = _('Nothing holds "{words}".')
        if not any(map(str.isalnum, words)):
            message = _('"{words}" holds no word or number to look for.')
        session.out.talk(message.format(words=words))
    elif more:
        session.out.talk(
            _("The first {count}; --all shows everything.").format(count=limit)
        )
    return 0


def filtered(args: Args) -> bool:
    """Whether any filter was given."""
    return any(args.has(option.name) for option in FILTERS)


def filter_of(session: Session, args: Args, *, text: str | None = None) -> Filter:
    """The filter that the options ask for; what cannot be read is an error."""
    from plannertui.store.items import Filter

    since, until = period(session, args)
    kinds = _kinds(args)
    state = args.get("state")
    if state is not None:
        state = _shown_as(state, STATES)
    if state is not None and state not in STATES:
        raise Usage(_not_among("--state", state, STATES))
    person = goal = None
    name = args.get("person")
    if name is not None:
        found = session.find(name)
        if found[3] != "person":
            raise NotFound(
                _("{handle} is no person. See: ptui person ls").format(handle=found[1])
            )
        person = found[0]
    name = args.get("goal")
    if name is not None:
        found = session.find(name)
        if found[3] != "goal":
            raise NotFound(
                _("{handle} is no goal. See: ptui goal ls").format(handle=found[1])
            )
        goal = found[0]
    tag = args.get("tag")
    return Filter(
        since=since,
        until=until,
        kinds=kinds,
        person_id=person,
        goal_id=goal,
        tag=None if tag is None else session.readable(tag).lstrip("#＃"),
        text=None if text is None else session.readable(text),
        state=state,
    )


def _kinds(args: Args) -> list[str]:
    kinds: list[str] = []
    for given in args.all("kind"):
        for kind in given.replace("，", ",").replace("、", ",").split(","):
            word = _shown_as(kind.strip(), KINDS).lower().replace("-", "_")
            word = {"warning": "warn", "gray": "grey"}.get(word, word)
            if word not in KINDS and word.endswith("s"):
                word = word[:-1]
            if word not in KINDS:
                raise Usage(_not_among("--kind", kind, KINDS))
            kinds.append(word)
    return kinds


def _shown_as(word: str, among: Sequence[str]) -> str:
    """The kind or state that lists show as ``word``; ``word`` itself if there is none."""
    return next((name for name in among if kind_word(name) == word), word)


def _not_among(option: str, word: str, among: Sequence[str]) -> str:
    near = nearest(word, among)
    if near:
        return _('There is no {option} "{word}". Did you mean {near}?').format(
            option=option, word=word, near=near
        )
    return _('There is no {option} "{word}". There are: {names}.').format(
        option=option, word=word, names=", ".join(among)
    )


def rows(items: Iterable[Item], today: date) -> Iterable[list[Cell]]:
    """``items`` as rows of a table: handle, day, kind, state, text."""
    for item in items:
        yield [*_front(item, today), [(text_of(item), ""), *behind(item)]]


def _front(item: Item, today: date) -> list[Cell]:
    day = item.day.isoformat()
    if item.at and item.noun == "event":
        day += " " + item.at
    return [
        (item.handle, "accent"),
        (day, "quiet"),
        kind_word("grey" if item.nature == "grey" else item.kind),
        state_of(item, today),
    ]


def text_of(item: Item) -> str:
    """The text of ``item`` with people by alias; of a blank one, a dash."""
    return with_aliases(item.text, item.refs) if item.text.strip() else "–"


def behind(item: Item) -> list[tuple[str, str]]:
    """Who is behind it, unless the text names them by the handle or the alias.

    Of an event in another zone: the time there.
    """
    person = item.person
    found = _there(item)
    if person is None or _named(item.text, person[1], person[2]):
        return found
    return [("  @" + (person[2] or person[1]), "quiet"), *found]


def _there(item: Item) -> list[tuple[str, str]]:
    """The time of an event in its own zone, where that is another."""
    return [(f"  ({item.there})", "quiet")] if item.there else []


def _named(text: str, handle: str, alias: str) -> bool:
    lower = text.casefold()
    slug = "-".join(alias.casefold().split())
    return f"@{handle.casefold()}" in lower or bool(slug and f"@{slug}" in lower)


def state_of(item: Item, today: date) -> tuple[str, str]:
    """What is to be known of ``item`` at a glance: done, due, late; and its style."""
    if item.noun == "event":
        if item.due is not None and item.due > item.day:
            return _("to {day}").format(day=short(item.due, today)), ""
        return ("", "") if item.state == "planned" else (kind_word(item.state), "quiet")
    if item.noun == "entry":
        if item.due is None:
            return "", ""
        return _("for {day}").format(day=short(item.due, today)), ""
    if item.state != "open":
        return kind_word(item.state), "quiet"
    if item.due is None:
        return "", ""
    if item.due < today:
        return _("late {day}").format(day=short(item.due, today)), "bad"
    return _("due {day}").format(day=short(item.due, today)), "strong"


def short(day: date, today: date) -> str:
    """``day`` without the year where it is this one."""
    return day.isoformat()[5:] if day.year == today.year else day.isoformat()


def _marked(hit: Hit) -> list[tuple[str, str]]:
    """A hit's snippet with what was found made strong."""
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in hit.spans:
        parts.append((hit.snippet[at:start], ""))
        parts.append((hit.snippet[start:end], "strong"))
        at = end
    parts.append((hit.snippet[at:], ""))
    return [*parts, *_there(hit.item)]


_MANY = (
    COUNT,
    Option("all", "", N_("everything")),
    *FORM,
)

COMMANDS: dict[str, Command | Group] = {
    "ls": Command(
        "ls",
        N_("List what was written down, the newest last."),
        ls,
        options=(*FILTERS, Option("text", "WORDS", N_("with these words")), *_MANY),
        notes=(
            N_("Without a period: the newest 20. A bare weekday is the last one."),
            N_("From one day to another, up to 400 days, each time of what repeats is"),
            N_(
                "listed; else a series stands once, on its first day. Talks to come: event ls."
            ),
        ),
        examples=(
            N_("ptui ls --since monday --kind win,lesson"),
            N_("ptui ls --on 2024-W37 --person director --json"),
        ),
    ),
    "search": Command(
        "search",
        N_("Search everything for words, the newest first; every word must be there."),
        search,
        words=N_("WORDS…"),
        options=(
            *FILTERS,
            Option("best", "", N_("the best match first")),
            *_MANY,
        ),
        examples=(
            N_("ptui search budget"),
            N_("ptui search '\"counter hours\"' --since 2024-Q2"),
            N_("ptui search backlog --kind win --json"),
        ),
    ),
}
