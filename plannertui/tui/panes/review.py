"""One step of a review: what it lays out, its questions, and where one writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from plannertui.core import reviews as rules
from plannertui.i18n import gettext as _
from plannertui.store import reviews
from plannertui.store.reviewing import lay_out
from plannertui.store.reviewing.mirror import ANSWERS, answer_standard, standard_in_turn
from plannertui.store.reviewing.planpage import page
from plannertui.store.reviewing.questions import posed
from plannertui.tui.messages import Changed
from plannertui.tui.panes.review_keys import HOLDING
from plannertui.tui.panes.review_parts import close, desk_for, draft
from plannertui.tui.panes.review_verbs import OF_THE_YEAR, OWN, ReviewVerbs
from plannertui.tui.panes.review_writing import ReviewWriting
from plannertui.tui.safety import telling
from plannertui.tui.widgets import review_rows
from plannertui.tui.widgets.phrases import Phrases
from plannertui.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.reviewsteps import Step
    from plannertui.store.reviewing import Desk, Group
    from plannertui.store.reviewing.questions import Posed
    from plannertui.store.reviews import Review
    from plannertui.tui.planner import Planner

LOW = 24
PLANS = ("year-open", "plan")


class ReviewPane(Vertical):
    """The step at hand of the review that is held.

    ``at`` is its place; one past the last is the page of a plan.
    """

    DEFAULT_CSS = """
    ReviewPane {
        & > #review-does { margin-bottom: 1; }
        & > RowList { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = HOLDING

    class Stepped(Message):
        """Another step is at hand."""

    class Finished(Message):
        """The review is closed; ``said`` tells so."""

        def __init__(self, said: str) -> None:
            self.said = said
            super().__init__()

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.review: Review | None = None
        self.at = 0
        self.sharing = False
        self.groups: list[Group] = []
        self.posed: list[Posed] = []
        self.page = ""
        self.does = Phrases(planner, id="review-does")
        self.list = RowList(planner, self._build, id="review-rows")
        self.writing = ReviewWriting(planner)
        self.verbs = ReviewVerbs(self, planner, self._told)

    def compose(self) -> ComposeResult:
        """What one does, what is laid out, and the pen."""
        yield self.does
        yield self.list
        yield self.writing

    def on_resize(self, event: events.Resize) -> None:
        """A smaller pen where there is little room."""
        self.writing.set_class(event.size.height < LOW, "-low")

    # -- what is shown -----------------------------------------------------------------

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the review."""
        return () if self.review is None else rules.steps_of(self.review.kind)

    @property
    def step(self) -> Step | None:
        """The step at hand; None on the page of a plan."""
        return self.steps[self.at] if self.at < len(self.steps) else None

    @property
    def desk(self) -> Desk:
        """The desk that the review is held at."""
        assert self.review is not None
        return desk_for(self.planner, self.review)

    def hold(self, review: Review) -> None:
        """Begin with a review where it was left; a closed one from the start."""
        self.review = review
        self.at = 0 if review.closed else review.at
        self.sharing = False
        self._show()
        self.list.focus(scroll_visible=False)

    def go_to(self, place: int) -> None:
        """Go to a step, once what is written here is safe."""
        if self.review is None or not self.writing.save():
            return
        self.at = max(0, min(place, len(self.steps) - 1))
        self._show()

    def _show(self) -> None:
        # No line of the step before is one of this one, whatever they are called.
        self.list.rows = []
        self.reload()
        self.list.cursor = 0
        self.list.scroll_home(animate=False)
        self.post_message(self.Stepped())

    def reload(self) -> None:
        """Read again what the step lays out; unsaved text stays."""
        if self.review is None:
            return
        planner, old = self.planner, self.review
        self.review = reviews.get(planner.db, old.kind, old.period)
        with telling(self):
            self._read()
        self.list.reload()
        self._pen()
        self.refresh_bindings()

    def _read(self) -> None:
        step, review = self.step, self.review
        assert review is not None
        place = f"{min(self.at + 1, len(self.steps))}/{len(self.steps)}"
        self.writing.display = step is not None
        if step is None:
            self.groups, self.posed = [], []
            self._read_plan(int(review.period.label))
            return
        dot = f" {self.planner.frame.dot} "
        title = dot.join((f"{place} {step.heading}", review.period.shown))
        self.border_title = Content(title)
        self.does.say((_(step.does),), "muted")
        self.groups = lay_out(self.desk, step.shows)
        self.posed = posed(self.desk, step, note=True)
        self.page = draft(self.planner, review) if step.shows == "report" else ""

    def _read_plan(self, year: int) -> None:
        self.border_title = _("The plan on one page")
        says = (
            _("Goals and measures only: to agree on with your leader. S turns back.")
            if self.sharing
            else _("For your eyes. S shows the version that can be shared.")
        )
        self.does.say((says,), "muted")
        planner, review = self.planner, self.review
        assert review is not None
        self.page = (
            draft(planner, review, "plan") if self.sharing else page(planner.db, year)
        )

    def _build(self, width: int) -> list[Row]:
        frame, today = self.planner.frame, self.planner.today
        if self.page:
            return review_rows.page(self.page, width)
        rows = review_rows.laid_out(self.groups, width, frame)
        asked = review_rows.questions(self.posed, today, width, frame)
        rows += asked if rows else asked[1:]
        if self.posed and self.step is not None and self.review is not None:
            kept = self.review.step(self.step.name).text
            rows += review_rows.sentence(_(self.step.writes), kept, width)
        return rows

    def _pen(self) -> None:
        """Let the pen write the question one is on, else the step's sentence."""
        step, row = self.step, self.list.row
        if step is None or self.review is None:
            return
        on_question = row is not None and row.kind == "question"
        question = self.posed[row.key] if row is not None and on_question else None
        self.writing.show(self.desk, step, question)

    @on(RowList.Moved)
    def moved(self, event: RowList.Moved) -> None:
        """The pen follows, and so do the keys."""
        event.stop()
        if self.writing.save():
            self._pen()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is for what one is on; in the editor, letters write."""
        if action not in OWN:
            return True
        if self.writing.editor.has_focus:
            return False
        name = str(parameters[0]) if parameters else ""
        shows = "page" if self.step is None else self.step.shows
        return self.verbs.allows(action, name, shows, self.list.row)

    # -- going through the steps -------------------------------------------------------

    def action_step(self, how: str) -> None:
        """Go on, keeping the step as done; pass it over; or go back."""
        review, step = self.review, self.step
        if review is None or not self.writing.save():
            return
        if how == "back":
            self.go_to(self.at - 1)
            return
        if step is None:
            self.post_message(self.Finished(""))
            return
        planner = self.planner
        with telling(self) as outcome:
            self.review = reviews.keep(
                planner.db,
                review,
                step.name,
                today=planner.today,
                now=planner.now(),
                state="skipped" if how == "skip" else "done",
            )
        if outcome.failed:
            return
        if self.at + 1 < len(self.steps):
            self.at += 1
            self._show()
            self.post_message(Changed())
        else:
            self._finish(self.review)

    def _finish(self, review: Review) -> None:
        """Close it with the figures of today; a plan ends with its page."""
        with telling(self) as outcome:
            review = self.review = close(self.planner, review)
        if outcome.failed:
            return
        said = _("{review} {period} is closed.").format(
            review=rules.name_of(review.kind), period=review.period.label
        )
        if review.kind in PLANS:
            self.at = len(self.steps)
            self._show()
            self.post_message(Changed(said))
        else:
            self.post_message(self.Finished(said))

    def action_share(self) -> None:
        """Show the version of the plan that can be shared, or one's own again."""
        self.sharing = not self.sharing
        self.reload()

    # -- writing -----------------------------------------------------------------------

    def action_write(self) -> None:
        """Go to the pen."""
        if self.step is not None:
            self.writing.editor.focus(scroll_visible=False)

    @on(ReviewWriting.Saved)
    def saved(self, event: ReviewWriting.Saved) -> None:
        """What was written is kept; with its key one goes on."""
        event.stop()
        self.reload()
        self.post_message(Changed())
        if event.on:
            question = self.writing.posed is not None
            self.list.focus(scroll_visible=False)
            if not question:
                self.action_step("next")

    @on(ReviewWriting.Left)
    def left(self, event: ReviewWriting.Left) -> None:
        """Esc goes back to the lines."""
        event.stop()
        self.list.focus(scroll_visible=False)

    @on(ReviewWriting.Said)
    def said(self, event: ReviewWriting.Said) -> None:
        """Say in the frame what is kept."""
        event.stop()
        self.border_subtitle = Content(event.word)

    # -- acting on what is laid out ----------------------------------------------------

    def action_verb(self, name: str) -> None:
        """Do it to the line one is on."""
        step, row = self.step, self.list.row
        with telling(self):
            if row is not None and self.verbs.fits(name, row):
                getattr(self.verbs, name)(row, self.desk)
            elif name == "edit" and step is not None and step.shows in OF_THE_YEAR:
                self.verbs.goals.year(self.desk.year)

    def action_ask(self) -> None:
        """Add a question to ask."""
        self.verbs.ask(self.list.row)

    def action_add(self) -> None:
        """Add a goal, or what a leader answers for, or the leader."""
        if self.step is not None:
            with telling(self):
                self.verbs.add(self.step.shows, self.list.row, self.desk)

    def action_answer(self, by: int) -> None:
        """Answer the standard: yes, partly, no."""
        planner = self.planner
        with telling(self):
            found = standard_in_turn(self.desk)
            if found is None:
                self.verbs.goals.year(self.desk.year)
                return
            now = found[2]
            at = ANSWERS.index(now) + by if now else (0 if by > 0 else 2)
            answer = ANSWERS[at % len(ANSWERS)]
            step = self.step
            example = self.review.step(step.name).text if self.review and step else ""
            answer_standard(self.desk, answer, planner.now(), example)
            self._told("")

    def _told(self, said: str) -> None:
        before = len(self.list.rows)
        self.reload()
        row = self.list.row
        if row is not None and row.kind == "question" and len(self.list.rows) > before:
            # What was added is there to go on with; the question can wait.
            self.list.cursor = 0
        self.post_message(Changed(said))
