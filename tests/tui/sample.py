"""A year on a real file, and an app that shows one pane of it alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ComposeResult

from plannertui.core.goals import Measure
from plannertui.store import (
    entries,
    events,
    goals,
    matters,
    people,
    priorities,
    years,
)
from plannertui.store.calendar import work_calendar
from plannertui.store.settings import Settings
from plannertui.tui.messages import Changed, DayPicked, ItemPicked, YearPicked
from plannertui.tui.planner import Planner
from plannertui.tui.safety import SafeText
from plannertui.tui.themes import OWN, extra_variables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.filter import LineFilter
    from textual.message import Message
    from textual.widget import Widget

    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)

TEXTS = {
    "en": (
        "Fewer, finished",
        "Director",
        "No complaint older than 30 days",
        "Inspection in October",
        "Stable counter staff",
        "Regional pilot status",
        "Cut the licence backlog",
        "cases",
        "One counter, one form",
        ("Map the four forms", "Legal sign-off", "First version", "Survey of 60"),
        "Form check 10",
        "Two who can stand in",
        ("Wednesday sessions", "Appeals", "A day alone", "A week alone"),
        "Handover manual",
        ("Outline", "Phone list", "Deadlines", "Cases", "Read by a stranger"),
        "One-on-one",
        "List of the 30 oldest cases",
        "Answer on the form budget",
        "Finance",
    ),
    "zh_Hans": (
        "少做几件，做完它",
        "主任",
        "没有超过三十天的投诉",
        "十月检查",
        "窗口人手稳定",
        "区里试点",
        "压缩许可积压",
        "件",
        "一个窗口一张表",
        ("理清四张旧表", "法规科会签", "第一版", "六十人问卷"),
        "表单核对第十项",
        "两个人能顶上",
        ("周三培训", "复议", "独立一天", "独立一周"),
        "交接手册",
        ("提纲", "电话表", "期限", "案例", "外人通读"),
        "一对一谈话",
        "最老的三十件清单",
        "表单经费的答复",
        "财务科",
    ),
}


def fill(db: Store, now: datetime, language: str = "en") -> None:
    """The year of the design's figures: G1 188 of 412→100, G2 3 of 5, G3 3 of 4, G4."""
    (
        theme,
        leader,
        p1,
        p2,
        p3,
        p4,
        g1,
        unit,
        g2,
        steps2,
        next2,
        g3,
        steps3,
        g4,
        steps4,
        one,
        oldest,
        budget,
        finance,
    ) = TEXTS[language]
    january, december = date(2024, 1, 1), date(2024, 12, 31)
    years.save(db, 2024, now, theme=theme, refusals=["Nothing new in autumn"])
    director = people.add(db, alias=leader, relation="leader", now=now)
    money = people.add(db, alias=finance, relation="peer", now=now)
    wanted = [
        priorities.add(db, director, text=text, kind="goal", basis=basis, now=now)
        for text, basis in ((p1, "said"), (p2, "said"), (p3, "seen"), (p4, "guess"))
    ]
    backlog = goals.add(
        db,
        year=2024,
        title=g1,
        start=january,
        due=december,
        now=now,
        measure=Measure("", unit, 412, 100, 412, "down"),
    )
    backlog = goals.serve(db, backlog, wanted[0].id, "", now)
    for month, value in ((3, 346), (6, 262), (8, 212)):
        backlog = goals.check_in(db, backlog, value, day=date(2024, month, 28), now=now)
    backlog = goals.check_in(db, backlog, 188, day=TODAY, now=now, note="register")
    for title, steps, ticked, serves, following in (
        (g2, steps2, (3, 4, 6), wanted[1], (next2, date(2024, 9, 27))),
        (g3, steps3, (3, 6, 9), wanted[2], None),
        (g4, steps4, (6,), None, None),
    ):
        goal = goals.add(
            db, year=2024, title=title, start=january, due=december, now=now
        )
        if following is not None:
            goal = goals.add_milestone(db, goal, following[0], following[1], now)
        for step in steps:
            goal = goals.add_milestone(db, goal, step, None, now)
        first = 1 if following is not None else 0
        for month, done in zip(ticked, goal.milestones[first:], strict=False):
            goal = goals.tick(db, goal, done.id, date(2024, month, 12), now)
        if serves is not None:
            goals.serve(db, goal, serves.id, "", now)
    events.add(
        db,
        title=one,
        kind="one_on_one",
        starts_on=date(2024, 9, 19),
        time="10:00",
        people=[director.id],
        now=now,
    )
    matters.add(
        db,
        kind="promise",
        title=oldest,
        day=date(2024, 9, 12),
        due=date(2024, 9, 20),
        person_id=director.id,
        now=now,
    )
    matters.add(
        db,
        kind="waiting",
        title=budget,
        day=date(2024, 9, 12),
        due=date(2024, 9, 23),
        person_id=money.id,
        now=now,
    )
    for number, count in enumerate((1, 0, 2, 5, 3, 0, 0, 1, 4, 6, 2, 3, 1), 2):
        for _n in range(count):
            entries.add(db, kind="note", text="…", day=date(2024, 9, number), now=now)


def planner(
    db: Store,
    now: datetime,
    language: str = "en",
    *,
    frame: str = "unicode",
    ambiguous: int = 1,
    calendar: str = "CN",
) -> Planner:
    """What screens share, on ``db``."""
    settings = Settings("", {})
    settings.calendar = calendar
    settings.frame = frame
    settings.ambiguous = ambiguous
    return Planner(
        db,
        settings,
        work_calendar(db, settings, language, now.date()),
        lambda: now,
        language=language,
    )


class Host(App[None]):
    """Shows one widget alone, in our theme, and keeps the news it sends."""

    CSS_PATH: ClassVar[Any] = [
        "../../plannertui/tui/app.tcss",
        "../../plannertui/tui/late.tcss",
        "../../plannertui/tui/main.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "*"

    def __init__(self, widget: Widget, *, theme: str = "planner-dark") -> None:
        super().__init__()
        self.widget = widget
        widget.styles.width = "1fr"
        self.news: list[Message] = []
        for each in OWN:
            self.register_theme(each)
        self.theme = theme

    def get_css_variables(self) -> dict[str, str]:
        """Ours too."""
        variables = super().get_css_variables()
        variables.update(extra_variables(variables))
        return variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """As in the program."""
        return [SafeText(), *super().get_line_filters()]

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield self.widget

    def on_day_picked(self, event: DayPicked) -> None:
        """Keep it."""
        self.news.append(event)

    def on_item_picked(self, event: ItemPicked) -> None:
        """Keep it."""
        self.news.append(event)

    def on_year_picked(self, event: YearPicked) -> None:
        """Keep it."""
        self.news.append(event)

    def on_changed(self, event: Changed) -> None:
        """Keep it."""
        self.news.append(event)
