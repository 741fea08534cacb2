"""``boundary``: the check of a grey matter, in words; and the rules to look at first."""

from __future__ import annotations

from plannertui.cli.boundaryview import record_data, show
from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import clip, day_words
from plannertui.core.boundary import (
    ANSWERS,
    FACTS,
    KINDS,
    TESTS,
    UNDECIDED,
    answer_word,
    answers,
    decision_of,
    decision_word,
    kind_word,
)
from plannertui.core.day import year_of
from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.core.matters import DECISIONS, NATURES
from plannertui.core.mentions import spoken
from plannertui.core.words import nature_word, state_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.matters import Matter

ASKING = (
    *("words", "kind", "when", "where", "present", "nature", "same", "known", "rule"),
    *("decision", "consulted", "sentence"),
)


def check(session: Session, args: Args) -> int:
    """Record a check, asked step by step on a terminal; or print the record."""
    from plannertui.store import boundaries

    matter = _matter(session, args)
    given = any(args.has(name) for name in ASKING)
    if args.has("show") or not (given or session.interactive):
        return show(session, args, matter)
    if matter.deleted_at is not None:
        message = _("{handle} is in the trash: ptui restore {handle}")
        raise Refused(message.format(handle=matter.handle))
    values = _given(session, args) if given else _asked(session, matter)
    tests = None
    if any(values.get(name) for name in TESTS):
        old = dict(zip(TESTS, answers(matter.boundary), strict=True))
        one, two, three = (values.get(name) or old[name] for name in TESTS)
        tests = (one, two, three)
    said = boundaries.Check(
        words=values.get("words") or "",
        facts={name: values[name] for name in FACTS if values.get(name)},
        tests=tests,
        nature=values.get("nature"),
        decision=values.get("decision"),
        consulted=values.get("consulted"),
        sentence=values.get("sentence"),
    )
    closes = not args.has("open")
    matter = boundaries.record(
        session.db, matter, said, session.today, session.now, close=closes
    )
    if args.has("json"):
        session.out.document(record_data(matter))
        return 0
    parts = [matter.handle, decision_word(decision_of(matter))]
    parts.append(state_word(matter.state))
    session.out.line("  ".join([*parts, clip(matter.title, 50)]))
    return 0


def _matter(session: Session, args: Args) -> Matter:
    from plannertui.store import matters

    if len(args.words) != 1:
        raise Usage(_("Which matter? Give one handle: ptui boundary M7"))
    found = session.find(args.words[0])
    if found[3] != "matter":
        raise NotFound(
            _("{handle} is no matter. See: ptui matters").format(handle=found[1])
        )
    return matters.get(session.db, found[0])


def _given(session: Session, args: Args) -> dict[str, str]:
    """What the options say."""
    values: dict[str, str] = {}
    for name in ASKING:
        text = args.get(name)
        if text is not None:
            values[name] = session.readable(text)
    if values.get("words") == "-":
        values["words"] = session.text(["-"], "")
    for name, among in (
        ("kind", tuple(KINDS)),
        ("nature", NATURES),
        *((test, ANSWERS) for test in TESTS),
    ):
        args.choice(name, among)
    decision = args.choice("decision", (*DECISIONS, "none"))
    if decision == "none":
        values["decision"] = UNDECIDED
    return values


def _asked(session: Session, matter: Matter) -> dict[str, str]:
    """The steps, asked one by one; an empty answer leaves a thing as it is."""
    out, old = session.out, matter.boundary or {}
    out.say(f"{matter.handle}  {matter.title}")
    out.say(
        _("Facts first. Enter skips a step. Nothing here accuses, and none reports it.")
    )
    if old.get("words"):
        out.say(str(old["words"]))
    values = {
        "words": session.ask(_("What was asked, word for word: ")),
        "when": session.ask(_("When: ")),
        "where": session.ask(_("Where: ")),
        "present": session.ask(_("Who was present: ")),
    }
    kind = _pick(session, _("What it is"), {k: kind_word(k) for k in KINDS})
    nature = _pick(session, _("Nature"), {n: nature_word(n) for n in NATURES})
    values["kind"], values["nature"] = kind or "", nature or matter.nature
    for name, question in TESTS.items():
        choices = {answer: answer_word(answer) for answer in ANSWERS}
        values[name] = _pick(session, _(question), choices) or ""
    askers = _askers(session)
    if askers:
        out.say(_("You could ask: {names}").format(names=_("; ").join(askers)))
    choices = {name: decision_word(name) for name in DECISIONS}
    decision = _pick(session, _("Decision, Enter for not yet"), choices)
    if decision is not None:
        values["decision"] = decision
    if decision == "asked_advice":
        values["consulted"] = session.ask(_("Advice from: "))
    sentence = session.ask(_("A courteous sentence for it, if you like: "))
    if sentence.strip():
        values["sentence"] = sentence
    return values


def _pick(session: Session, question: str, choices: Mapping[str, str]) -> str | None:
    """One of ``choices`` by its number, word or name; None for an empty answer."""
    names = list(choices)
    told = "  ".join(f"{n} {word}" for n, word in enumerate(choices.values(), 1))
    while True:
        answer = session.ask(f"{question}\n  {told}\n> ").strip().lower()
        if not answer:
            return None
        if answer.isascii() and answer.isdigit() and 0 < int(answer) <= len(names):
            return names[int(answer) - 1]
        near = [
            name
            for name, word in choices.items()
            if name.startswith(answer) or word.casefold().startswith(answer)
        ]
        if len(near) == 1:
            return near[0]
        session.out.say(_("Give its number, or Enter to skip."))


def _askers(session: Session) -> tuple[str, ...]:
    """Those whom one noted in calm times as people one could ask."""
    from plannertui.store import years

    year = year_of(session.today, session.settings.year_start)
    return years.get(session.db, year).askers


def _line(matter: Matter) -> dict[str, Any]:
    """A matter as plain JSON values, without its words."""
    return {
        "handle": matter.handle,
        "title": matter.title,
        "day": matter.day.isoformat(),
        "state": matter.state,
        "nature": matter.nature,
        "decision": decision_of(matter) or None,
    }


def ls(session: Session, args: Args) -> int:
    """List what is grey or has a record, without its words."""
    from plannertui.store import boundaries

    if args.words:
        raise Usage(_("Which matter? Give one handle: ptui boundary M7"))
    found = chosen(session, args, boundaries.ls(session.db), lambda m: (m.day, m.day))
    if printed(session, args, "boundary ls", lambda: list(map(_line, found))):
        return 0
    if not found:
        session.out.talk(_("Nothing grey. To write one down: ptui grey"))
    session.out.table(
        [
            (matter.handle, "accent"),
            (day_words(matter.day), "quiet"),
            decision_word(decision_of(matter)),
            clip(spoken(matter), 200),
        ]
        for matter in found
    )
    return 0


def rule(session: Session, args: Args) -> int:
    """Print the rules to look at, or keep the rule of one's own house."""
    from plannertui.i18n import language
    from plannertui.store import boundaries, years

    year = year_of(session.today, session.settings.year_start)
    if args.has("clear") or args.words:
        text = "" if args.has("clear") else session.text(args.words, "")
        years.save(session.db, year, session.now, rule=text.strip())
    own = years.rule(session.db, year)
    found, as_of = boundaries.rules(language())
    if args.has("json"):
        session.out.document(
            {
                "own": own or None,
                "as_of": as_of,
                "rules": [{"where": r.where, "text": r.text} for r in found],
            }
        )
        return 0
    out = session.out
    out.line((_("The rule of my own house"), "accent"))
    out.block(own or _("Not noted yet: ptui boundary rule - takes it."), indent=2)
    for each in found:
        out.line()
        out.line((each.where, "accent"))
        out.block(each.text, indent=2)
    out.talk(
        _("No legal advice; as of {year}. Your own house’s rule comes first.").format(
            year=as_of
        )
    )
    return 0


COMMANDS: dict[str, Command | Group] = {
    "boundary": Group(
        "boundary",
        N_("Between official and private: what was asked, three tests, a decision."),
        {
            "check": Command(
                "check",
                N_("Record a check, asked step by step; without a terminal print it."),
                check,
                words=N_("MATTER"),
                options=(
                    Option("words", "TEXT", N_("what was asked; - for the pipe")),
                    Option("kind", "KIND", N_("gift, errand, means, favour …")),
                    Option("when", "TEXT", N_("--where, --present: the other facts")),
                    Option("where", "TEXT"),
                    Option("present", "TEXT"),
                    Option("nature", "NATURE", N_("official, private or grey")),
                    Option("same", "yes|no|unsure", N_("the same for anyone?")),
                    Option("known", "yes|no|unsure", N_("content for it to be known?")),
                    Option("rule", "yes|no|unsure", N_("is the rule known to me?")),
                    Option("decision", "WORD", N_("did, declined, asked_advice, none")),
                    Option("consulted", "NAME", N_("--sentence: a courteous one")),
                    Option("sentence", "TEXT"),
                    Option("open", "", N_("leave it open though it is decided")),
                    Option("show", "", N_("only print it")),
                ),
                examples=(
                    "ptui boundary M7",
                    "ptui boundary M7 --decision declined --known no",
                ),
            ),
            "ls": Command(
                "ls",
                N_("List what is grey or was checked, without its words."),
                ls,
                options=LISTED,
                examples=("ptui boundary", "ptui boundary ls --json"),
            ),
            "rule": Command(
                "rule",
                N_("Read the rules there are; with text, keep your own house's rule."),
                rule,
                words=N_("[TEXT… | -]"),
                options=(Option("clear", "", N_("forget your own house's rule")),),
                examples=("ptui boundary rule", "pbpaste | ptui boundary rule -"),
            ),
        },
        default="ls",
        other="check",
        examples=("ptui boundary", "ptui boundary M7", "ptui boundary rule"),
    ),
}
