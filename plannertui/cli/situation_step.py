"""``situation step`` and ``message``: every answer by options, and what is told."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import COMMON, Args, Command, Option
from plannertui.core.errors import NotFound, Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.situation_steps import Field, Step
    from plannertui.core.situations import Situation

CALL = "ptui situation"
WAYS = ("a", "b", "c")


def step(session: Session, args: Args) -> int:
    """Answer one step by options; what is not given stays."""
    from plannertui.cli.situation_do import situation, tell
    from plannertui.core.situation_steps import NAMES
    from plannertui.core.situation_steps import step as step_named
    from plannertui.core.situations import unsettled
    from plannertui.store import situations

    name, which = nouns.only(args, 2, CALL + " step")
    row = situation(session, name)
    if which not in NAMES:
        raise Usage(
            _('There is no step "{text}". The steps are: {names}.').format(
                text=which, names=", ".join(NAMES)
            )
        )
    meant = step_named(which)
    fitting = {field.option: field for field in meant.fields if field.form != "ways"}
    common = {"yes", *(option.name for option in COMMON)}
    for option in args.given:
        if option not in common and option not in fitting:
            if meant.name == "options" and option in WAYS:
                continue
            raise Usage(
                _("--{option} does not fit the step {step}. See: {call} --help").format(
                    option=option, step=which, call=CALL + " step"
                )
            )
    given: dict[str, Any] = {}
    for field in meant.fields:
        answer = _answer(session, args, row, field)
        if answer is not None:
            given[field.name] = answer
    if not given:
        raise Usage(
            _("What is the answer? This step takes: {options}").format(
                options=" ".join(f"--{name}" for name in _options(meant))
            )
        )
    row = situations.save_step(session.db, row, meant, given, session.now)
    tell(session, row)
    if unsettled(row) and meant.name == "options":
        session.out.talk(
            _(
                "Not settled: it may not stand in public. A boundary check: "
                "ptui situation boundary {handle}"
            ).format(handle=row.handle)
        )
    return 0


def _options(step: Step) -> list[str]:
    """The options that ``step`` takes."""
    found: list[str] = []
    for field in step.fields:
        found += WAYS if field.form == "ways" else [field.option]
    return found


def _answer(session: Session, args: Args, row: Situation, field: Field) -> Any:
    """The answer that the options give to ``field``, None where they give none."""
    from plannertui.core.situation_answers import value

    if field.form == "ways":
        return _ways(session, args, row)
    if not args.has(field.option):
        return None
    if field.form in ("lines", "ticks"):
        lines = list(value(row, field))
        for text in args.all(field.option):
            if text.strip().lower() in nouns.NONE:
                lines = []
                continue
            line = session.readable(text)
            if field.form == "ticks":
                line = _priority(session, line)
            if line not in lines:
                lines.append(line)
        return lines
    if field.form == "pick":
        return _pick(args)
    if field.form == "person":
        if nouns.is_none(args, "person"):
            return 0
        return nouns.person(session, args.get("person") or "").id
    if field.choices:
        chosen = args.choice(field.option, (*field.choices, *nouns.NONE))
        if chosen in nouns.NONE:
            return None if field.name == "kind" else ""
        return chosen
    return nouns.option_text(session, args, field.option)


def _priority(session: Session, name: str) -> str:
    """The handle of the priority called ``name``."""
    found = session.find(name)
    if found[3] != "priority":
        raise NotFound(
            _("{handle} is no priority. See: ptui leader priority ls").format(
                handle=found[1]
            )
        )
    return found[1]


def _pick(args: Args) -> int:
    """Which way was picked: A, B or C, or its number; 0 for none."""
    text = (args.get("pick") or "").strip().lower()
    if text in nouns.NONE:
        return 0
    if text in ("1", "2", "3"):
        return int(text)
    if text in WAYS:
        return WAYS.index(text) + 1
    raise Usage(_('--pick is A, B or C, not "{text}".').format(text=text))


def _ways(session: Session, args: Args, row: Situation) -> list[dict[str, str]] | None:
    """The ways as the options leave them: "what | what it costs | who bears it"."""
    from plannertui.core.situations import ways

    if not any(args.has(name) for name in WAYS):
        return None
    found = ways(row)
    for at, name in enumerate(WAYS):
        text = nouns.option_text(session, args, name)
        if text is None:
            continue
        while len(found) <= at:
            found.append({})
        parts = [part.strip() for part in text.replace("｜", "|").split("|")]
        if len(parts) > 3:
            raise Usage(
                _(
                    '--{name} has three parts: "what | what it costs | who bears it".'
                ).format(name=name)
            )
        parts += [""] * (3 - len(parts))
        found[at] = dict(zip(("text", "cost", "borne_by"), parts, strict=True))
    return found


def message(session: Session, args: Args) -> int:
    """Print the message: the conclusion first, then what it rests on."""
    from plannertui.cli.situation_do import situation
    from plannertui.outputs.report import make

    (name,) = nouns.only(args, 1, CALL + " message")
    row = situation(session, name)
    text = make(
        session.db,
        "message",
        now=session.now,
        today=session.today,
        calendar=session.calendar,
        settings=session.settings,
        subject=row.id,
    ).markdown
    if args.has("json"):
        session.out.document({"handle": row.handle, "markdown": text})
        return 0
    session.out.block(text.rstrip("\n"))
    return 0


STEP = Command(
    "step",
    N_("Answer one step: line, facts, chair, heart, options or move."),
    step,
    words=N_("SITUATION STEP"),
    options=(
        Option("line", "TEXT"),
        Option(
            "clock", "TEXT", N_("line: what gets worse, and by when; --line, --kind")
        ),
        Option("kind", "KIND"),
        Option("person", "PERSON", N_("line: in whose chair")),
        Option("confirmed", "TEXT", N_("facts: one more that is confirmed"), many=True),
        Option("reported", "TEXT", N_("facts: reported, not checked"), many=True),
        Option("unknown", "TEXT", N_("facts: not known"), many=True),
        Option("answerable", "TEXT", N_("chair: what they answer for here")),
        Option(
            "priority", "PRIORITY", N_("chair: which of theirs it touches"), many=True
        ),
        Option(
            "asked-by", "TEXT", N_("chair: who will ask; --asked-what, --only-they")
        ),
        Option("asked-what", "TEXT"),
        Option("only-they", "TEXT"),
        Option("predicted", "TEXT", N_("chair: what you expect them to say")),
        Option("between", "TEXT", N_('heart: "this / that"; --symptom')),
        Option("symptom", "TEXT"),
        Option("a", "TEXT", N_('options: "what | cost | who bears it"; --b, --c')),
        Option("b", "TEXT"),
        Option("c", "TEXT"),
        Option("pick", "WAY", N_("options: A, B or C; --public yes, no or unsure")),
        Option("public", "ANSWER"),
        Option("type", "TYPE", N_("move: decide or inform")),
        Option("propose", "TEXT", N_("move: what you propose, or tell them")),
        Option("needed", "TEXT", N_("move: what you need from them; --by when")),
        Option("by", "TEXT"),
        Option("next", "TEXT", N_("move: your next 30 minutes")),
        Option("report-at", "TIME", N_("move: when you report again, 16:00")),
    ),
    notes=(N_("Facts and priorities are added to; none empties the list first."),),
    examples=(
        N_(
            'ptui situation step S3 facts --confirmed "database fault" --unknown "how long"'
        ),
        N_(
            'ptui situation step S3 options --a "paper | 2 staff | us" --pick A --public yes'
        ),
    ),
)
MESSAGE = Command(
    "message",
    N_("Print the message to the leader: conclusion first."),
    message,
    words=N_("SITUATION"),
    examples=("ptui situation message S3", "ptui situation message S3 | pbcopy"),
)
