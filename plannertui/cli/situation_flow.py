"""The six steps, and the close, at plain prompts: for a terminal or a screen reader."""

from __future__ import annotations

from plannertui.core.errors import EmptyText, PlannerError
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.situation_steps import Field, Step
    from plannertui.core.situations import Situation


def walk(session: Session, row: Situation | None) -> int:
    """Ask step by step, from where one was; every step is saved when it is done.

    Enter keeps what is there and skips what is not. Ctrl-C leaves; what was saved stays.
    """
    from plannertui.cli.situation_do import tell
    from plannertui.core.situation_answers import resume_at
    from plannertui.core.situation_steps import STEPS
    from plannertui.store import situations

    out = session.out
    out.talk(_("Enter goes on; Ctrl-C leaves. Every step is saved."))
    if row is not None and row.state == "sent":
        from plannertui.cli.output import yes

        asked = _("{handle} is out. Is it over? [y/N] ").format(handle=row.handle)
        if yes(session.ask(asked)):
            row, _entry = situations.close(
                session.db, row, closing(session, row), session.today, session.now
            )
            return tell(session, row)
    first = 0
    if row is None:
        row = _begin(session)
        first = 1
    elif row.state in ("open", "sent"):
        first = resume_at(row)
    for at in range(first, len(STEPS)):
        step = STEPS[at]
        _heading(session, row, at)
        given = _ask_step(session, row, step)
        try:
            row = situations.save_step(session.db, row, step, given, session.now)
        except PlannerError as error:
            out.say(error.message)
    tell(session, row)
    out.talk(
        _(
            "The message: ptui situation message {handle}   "
            "When it is out: ptui situation send {handle}"
        ).format(handle=row.handle)
    )
    return 0


def _heading(session: Session, row: Situation, at: int) -> None:
    from plannertui.core.situation_answers import chair_words
    from plannertui.core.situation_steps import STEPS

    step = STEPS[at]
    minutes, seconds = divmod(step.seconds, 60)
    session.out.say("")
    session.out.say(f"{at + 1}/{len(STEPS)} {_(step.title)}   {minutes}:{seconds:02d}")
    if step.name == "chair":
        session.out.say(chair_words(row.person.label if row.person else ""))


def _begin(session: Session) -> Situation:
    """Ask for the line, and open the situation with it."""
    from plannertui.core.situation_steps import STEPS
    from plannertui.core.words import kind_word
    from plannertui.store import people, situations

    leader = people.primary(session.db)
    first = STEPS[0]
    session.out.say(f"1/{len(STEPS)} {_(first.title)}   0:30")
    line = session.ask(_(first.fields[0].ask) + " ").strip()
    if not line:
        raise EmptyText(_("One line is enough to begin with; nothing was written."))
    clock = session.ask(_(first.fields[1].ask) + " ").strip()
    kinds = first.fields[2].choices
    kind = _choose(
        session, _(first.fields[2].ask), kinds, [kind_word(k) for k in kinds]
    )
    return situations.add(
        session.db,
        line=" ".join(line.split()),
        clock=clock,
        kind=kind or "emergency",
        day=session.today,
        now=session.now,
        person_id=leader.id if leader else None,
    )


def _ask_step(session: Session, row: Situation, step: Step) -> dict[str, Any]:
    """The answers to the fields of ``step``; a field that is skipped is left out."""
    given: dict[str, Any] = {}
    for field in step.fields:
        answer = _ask(session, row, field, given)
        if answer is not None:
            given[field.name] = answer
    return given


def _ask(
    session: Session, row: Situation, field: Field, given: dict[str, Any]
) -> Any | None:
    from plannertui.core.situation_answers import value
    from plannertui.core.situation_steps import TELL
    from plannertui.core.situations import public_word, type_word
    from plannertui.core.words import kind_word

    have = value(row, field)
    match field.form:
        case "person":
            return None
        case "lines":
            return _ask_lines(session, _(field.ask), have)
        case "ticks":
            return _ask_ticks(session, row, _(field.ask), have)
        case "ways":
            return _ask_ways(session, _(field.ask), have)
        case "pick":
            return _ask_pick(session, _(field.ask), have, given)
    if field.choices:
        word = {"public_test": public_word, "type": type_word}.get(
            field.name, kind_word
        )
        names = [word(each) for each in field.choices]
        return _choose(session, _(field.ask), field.choices, names, have) or None
    ask = field.ask
    if given.get("type") == "inform" and field.name == "propose":
        ask = TELL
    elif given.get("type") == "inform" and field.name in ("decision", "by"):
        return None
    question = f"{_(ask)} [{have}] " if have else f"{_(ask)} "
    return session.ask(question).strip() or None


def _choose(
    session: Session,
    question: str,
    values: tuple[str, ...],
    names: list[str],
    have: str = "",
) -> str:
    """One of ``values``, by its number, its name or how that begins; "" for none."""
    shown = "  ".join(f"{at} {name}" for at, name in enumerate(names, 1))
    if have:
        shown += f"  [{names[values.index(have)]}]"
    while True:
        answer = session.ask(f"{question} {shown}: ").strip().casefold()
        if not answer:
            return ""
        if answer.isdecimal() and 1 <= int(answer[:3]) <= len(values):
            return values[int(answer[:3]) - 1]
        for each, name in zip(values, names, strict=True):
            if each.startswith(answer) or name.casefold().startswith(answer):
                return each
        session.out.say(_("One of these, please; Enter skips it."))


def _ask_lines(session: Session, question: str, have: list[str]) -> list[str]:
    """Lines until an empty one, after those that are there."""
    session.out.say(question)
    for line in have:
        session.out.say("  - " + line)
    lines = list(have)
    while text := session.ask("  > ").strip():
        lines.append(text)
    return lines


def _ask_ticks(
    session: Session, row: Situation, question: str, have: list[str]
) -> list[str] | None:
    """Which of the leader's priorities, by their numbers."""
    from plannertui.core.words import kind_word
    from plannertui.store import priorities

    if row.person is None:
        return None
    found = priorities.ls(session.db, row.person.id)
    if not found:
        return None
    session.out.say(question)
    for at, each in enumerate(found, 1):
        mark = "x" if each.handle in have else " "
        session.out.say(f"  [{mark}] {at} {each.text}  ({kind_word(each.basis)})")
    answer = session.ask(_("  numbers, such as 1 3: ")).replace(",", " ")
    numbers = [int(word[:3]) for word in answer.split() if word.isdecimal()]
    if not numbers:
        return None
    return [found[n - 1].handle for n in numbers if 1 <= n <= len(found)]


def _ask_ways(
    session: Session, question: str, have: list[dict[str, str]]
) -> list[dict[str, str]] | None:
    """Up to three ways, each with its cost and who bears it."""
    session.out.say(question)
    found: list[dict[str, str]] = []
    changed = False
    for at, letter in enumerate("ABC"):
        old = have[at] if at < len(have) else {"text": "", "cost": "", "borne_by": ""}
        new = dict(old)
        for name, ask in (
            ("text", letter),
            ("cost", _("it costs")),
            ("borne_by", _("who bears it")),
        ):
            shown = f" [{old[name]}]" if old[name] else ""
            indent = "  " if name == "text" else "     "
            answer = session.ask(f"{indent}{ask}{shown} > ").strip()
            if answer:
                new[name], changed = answer, True
            if name == "text" and not new["text"]:
                break
        if not new["text"]:
            break
        found.append(new)
    return found if changed else None


def _ask_pick(
    session: Session, question: str, have: int, given: dict[str, Any]
) -> int | None:
    """Which of the ways, by its letter."""
    shown = f" [{'ABC'[have - 1]}]" if have else ""
    while True:
        answer = session.ask(f"{question} A B C{shown}: ").strip().upper()
        if not answer:
            return None
        if answer in ("A", "B", "C"):
            return "ABC".index(answer) + 1
        session.out.say(_("One of these, please; Enter skips it."))


def closing(session: Session, row: Situation) -> dict[str, str]:
    """The lines of the close, asked one by one."""
    from plannertui.core.situation_answers import close_label
    from plannertui.core.situations import MATCHES, match_word

    if row.predicted:
        session.out.say(_("You predicted: {text}").format(text=row.predicted))
    given = {}
    for name in ("expected", "happened", "why", "keep"):
        given[name] = session.ask(close_label(name) + ": ").strip()
    given["actual"] = session.ask(_("What did your leader in fact want? ")).strip()
    if row.predicted:
        names = [match_word(each) for each in MATCHES]
        question = _("Was it as you predicted?")
        given["match"] = _choose(session, question, MATCHES, names)
    given["lesson"] = session.ask(_("One line to remember, if there is one: ")).strip()
    return {name: text for name, text in given.items() if text}
