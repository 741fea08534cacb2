"""Rules: the days they give beside two other implementations, limits, words, zones."""

from __future__ import annotations

import contextlib
import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from plannertui import i18n
from plannertui.core import forms, periods, recurrence, rules, rulewords, zones
from plannertui.core.errors import Usage
from plannertui.core.rules import Rule, parse
from plannertui.core.workdays import WorkCalendar, WorkYear
from tests.examples import costly

TUE = date(2024, 9, 17)


def gives(text: str, anchor: date, first: date, last: date) -> list[str]:
    found = recurrence.days(parse(text), anchor, first, last)
    return [day.isoformat() for day in found]


def few(text: str, anchor: date, count: int = 5) -> list[str]:
    found = recurrence.next_days(parse(text), anchor, anchor, count)
    return [day.isoformat() for day in found]


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        # The 31st by RFC 5545 is left out in short months; as people mean it, it is not.
        ("FREQ=MONTHLY", "2024-01-31", "2024-01-31 2024-03-31 2024-05-31"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "2024-01-31",
            "2024-01-31 2024-02-29 2024-03-31 2024-04-30 2024-05-31",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "2025-01-31",
            "2025-01-31 2025-02-28 2025-03-31",
        ),
        ("FREQ=YEARLY", "2024-02-29", "2024-02-29 2028-02-29 2032-02-29"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            "2024-02-29",
            "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29",
        ),
        (
            "FREQ=YEARLY;BYYEARDAY=60",
            "2024-02-29",
            "2024-02-29 2025-03-01 2026-03-01 2027-03-01 2028-02-29",
        ),
        ("FREQ=WEEKLY;INTERVAL=2", "2024-09-17", "2024-09-17 2024-10-01 2024-10-15"),
        # The examples of RFC 5545: what the first day of the week changes.
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
            "1997-08-05",
            "1997-08-05 1997-08-10 1997-08-19 1997-08-24",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
            "1997-08-05",
            "1997-08-05 1997-08-17 1997-08-19 1997-08-31",
        ),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2024-09-13", "2024-09-13 2024-12-13"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2024-09-27", "2024-09-27 2024-10-25 2024-11-29"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2024-08-30",
            "2024-08-30 2024-09-30 2024-10-31 2024-11-29",
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "1996-11-05",
            "1996-11-05 2000-11-07 2004-11-02",
        ),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1997-05-12 1998-05-11"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "2020-12-28", "2020-12-28 2026-12-28"),
        ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1997-05-19 1998-05-18 1999-05-17"),
        ("FREQ=DAILY;COUNT=2", "9999-12-30", "9999-12-30 9999-12-31"),
        ("FREQ=DAILY", "9999-12-31", "9999-12-31"),
        ("FREQ=WEEKLY;WKST=SU", "0001-01-01", "0001-01-01 0001-01-08"),
        ("FREQ=YEARLY;INTERVAL=1000", "0999-01-01", "0999-01-01 1999-01-01"),
    ],
)
def test_the_days_of_a_rule(text: str, anchor: str, expected: str) -> None:
    wanted = expected.split()
    assert few(text, date.fromisoformat(anchor), len(wanted)) == wanted


def test_workdays_are_those_of_the_calendar() -> None:
    year = WorkYear(
        "CN",
        2024,
        [date(2024, 9, d) for d in (15, 16, 17, 21, 22, 28, 30)],
        {date(2024, 9, d): "Mid-Autumn" for d in (15, 16, 17)},
        [date(2024, 9, 14), date(2024, 9, 29)],
        True,
    )
    calendar = WorkCalendar(lambda _number: year, frozenset({date(2024, 9, 19)}))

    def worked(text: str) -> list[int]:
        first, last = date(2024, 9, 12), date(2024, 9, 30)
        found = recurrence.days(parse(text), first, first, last, calendar)
        return [day.day for day in found]

    assert worked("FREQ=DAILY;BYDAY=WD") == [
        *(12, 13, 14, 18, 20, 23, 24, 25, 26, 27, 29)
    ]
    assert worked("FREQ=DAILY;BYDAY=WD;COUNT=4") == [12, 13, 14, 18]
    assert worked("FREQ=MONTHLY;BYDAY=WD;BYSETPOS=-1") == [29]
    assert worked("FREQ=WEEKLY;BYDAY=WD;BYSETPOS=1") == [18, 23]
    rule = parse("FREQ=DAILY;BYDAY=WD;COUNT=4")
    assert recurrence.last_day(rule, date(2024, 9, 12)) > date(2024, 9, 18)


def texts() -> st.SearchStrategy[str]:
    """Rules as RFC 5545 allows them, most of them of the forms that people use."""

    @st.composite
    def made(draw: st.DrawFn) -> str:
        freq = draw(st.sampled_from(rules.FREQS))
        parts = [f"FREQ={freq}"]
        if draw(st.booleans()):
            parts.append(f"INTERVAL={draw(st.integers(1, 7))}")
        ending = draw(st.sampled_from(("", "", "COUNT", "UNTIL")))
        if ending == "COUNT":
            parts.append(f"COUNT={draw(st.integers(1, 30))}")
        elif ending == "UNTIL":
            parts.append(f"UNTIL={draw(st.integers(2022, 2027))}0615")
        numbers = draw(st.sampled_from(("", "", "BYDAY", "NTH", "BYMONTHDAY", "BOTH")))
        weekdays = draw(
            st.sets(st.sampled_from(rules.WEEKDAYS), min_size=1, max_size=4)
        )
        if numbers in ("BYDAY", "BOTH"):
            parts.append("BYDAY=" + ",".join(sorted(weekdays)))
        if numbers == "NTH" and freq in ("MONTHLY", "YEARLY"):
            which = draw(st.sampled_from((1, 2, 3, 4, -1, -2)))
            parts.append("BYDAY=" + ",".join(f"{which}{d}" for d in sorted(weekdays)))
        if numbers in ("BYMONTHDAY", "BOTH") and freq != "WEEKLY":
            days = draw(
                st.sets(st.sampled_from((1, 13, 29, 30, 31, -1, -3)), min_size=1)
            )
            parts.append("BYMONTHDAY=" + ",".join(map(str, days)))
        if draw(st.integers(0, 3)) == 0:
            months = draw(st.sets(st.integers(1, 12), min_size=1, max_size=4))
            parts.append("BYMONTH=" + ",".join(map(str, months)))
        if freq in ("MONTHLY", "YEARLY") and numbers in ("BYDAY", "BYMONTHDAY"):
            place = draw(st.sampled_from((0, 0, 1, -1, 2)))
            if place:
                parts.append(f"BYSETPOS={place}")
        if draw(st.booleans()):
            parts.append(f"WKST={draw(st.sampled_from(('MO', 'SU')))}")
        return ";".join(parts)

    return made()


DAYS = st.dates(date(2016, 1, 1), date(2024, 6, 30))


def oracle(text: str, anchor: date, first: date, last: date) -> list[date]:
    """The days by dateutil, which is given up where it looks for one without end."""
    moment = datetime(anchor.year, anchor.month, anchor.day, tzinfo=UTC)
    rule: Any = rrulestr(text.replace("0615", "0615T000000Z"), dtstart=moment)
    found = []
    for each in itertools.islice(rule.xafter(moment, inc=True), 6000):
        if each.date() > last:
            break
        if each.date() >= first:
            found.append(each.date())
    return found


@given(texts(), DAYS, st.integers(-30, 1500), st.integers(0, 300))
@costly(60)
def test_they_are_those_that_dateutil_gives(
    text: str, anchor: date, away: int, span: int
) -> None:
    rule = parse(text)
    # dateutil goes on to the year 9999 for a rule that gives nothing.
    assume(recurrence.next_days(rule, anchor, anchor, 1))
    first = anchor + timedelta(days=away)
    last = first + timedelta(days=span)
    far = date(2040, 1, 1)
    if rule.times is None:
        assume(recurrence.next_days(rule._replace(until=None), anchor, far, 1))
    else:
        count = rule.times
        assume(len(recurrence.next_days(rule, anchor, anchor, count)) == count)
    assert recurrence.days(rule, anchor, first, last) == oracle(
        text, anchor, first, last
    )


@given(texts(), DAYS, st.integers(0, 700), st.integers(0, 60))
@costly(25)
def test_they_are_those_that_recurring_ical_events_gives(
    text: str, anchor: date, away: int, span: int
) -> None:
    icalendar = pytest.importorskip("icalendar")
    recurring = pytest.importorskip("recurring_ical_events")
    rule = parse(text)
    found = recurrence.next_days(rule, anchor, anchor, 400)
    # The first day of a VEVENT takes place whatever its rule says.
    assume(found and found[0] == anchor and len(found) in (rule.times or 400, 400))
    assume(rule.until is None or found[-1] < rule.until)
    event = icalendar.Event()
    event.add("UID", "x")
    event.add("DTSTART", anchor)
    event["RRULE"] = icalendar.vRecur.from_ical(rule.text())
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    first = anchor + timedelta(days=away)
    last = min(first + timedelta(days=span), found[-1])
    assume(first <= last)
    theirs = sorted(
        each["DTSTART"].dt
        for each in recurring.of(calendar).between(first, last + timedelta(days=1))
    )
    assert recurrence.days(rule, anchor, first, last) == theirs


@given(texts(), DAYS)
@costly(40)
def test_written_and_read_again_a_rule_is_the_same(text: str, anchor: date) -> None:
    rule = parse(text)
    assert parse(rule.text()) == rule
    settled, base = recurrence.settle(rule, anchor)
    again = recurrence.settle(settled, base)
    assert again == (settled, base)


def test_only_what_is_near_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    honest = periods.in_period

    def counted(rule: Rule, anchor: date, period: int, calendar: Any) -> Any:
        looked.append(period)
        return honest(rule, anchor, period, calendar)

    monkeypatch.setattr(recurrence, "in_period", counted)
    for text in ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"):
        recurrence.days(
            parse(text), date(1904, 9, 1), date(2024, 9, 1), date(2024, 9, 7)
        )
    assert len(looked) <= 7 + 2 + 1 + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FREQ=SECONDLY", "within a day"),
        ("FREQ=HOURLY;INTERVAL=3", "within a day"),
        ("FREQ=DAILY;BYHOUR=9,17", "within a day"),
        ("FREQ=DAILY;COUNT=999999999", "COUNT is 999999999; it is from 1 to 10000"),
        ("FREQ=DAILY;COUNT=0", "COUNT is 0"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is 0"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL is -1"),
        ("FREQ=DAILY;INTERVAL=" + "9" * 1500, "INTERVAL is 9"),
        ("FREQ=DAILY;" + "BYDAY=MO;" * 999, "2000 characters"),
        ("FREQ=FORTNIGHTLY", '"FREQ=FORTNIGHTLY"'),
        ("INTERVAL=2", '"FREQ="'),
        ("FREQ=WEEKLY;BYDAY=2MO", '"BYDAY=2MO"'),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=XX", '"BYDAY=XX"'),
        ("FREQ=WEEKLY;BYMONTHDAY=1", '"BYMONTHDAY"'),
        ("FREQ=MONTHLY;BYMONTHDAY=0", '"BYMONTHDAY=0"'),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY is 32"),
        ("FREQ=MONTHLY;BYWEEKNO=1", '"BYWEEKNO"'),
        ("FREQ=MONTHLY;BYSETPOS=1", '"BYSETPOS"'),
        ("FREQ=DAILY;FREQ=DAILY", '"FREQ=DAILY"'),
        ("FREQ=DAILY;UNTIL=20240230", '"UNTIL=20240230"'),
        ("FREQ=DAILY;UNTIL=2024", '"UNTIL=2024"'),
        ("FREQ=DAILY;WKST=XX", '"WKST=XX"'),
        ("FREQ=DAILY;X=1", '"X=1"'),
        ("FREQ=DAILY;BYDAY", '"BYDAY"'),
        ("FREQ=DAILY;COUNT=\u0663", '"COUNT=\u0663"'),
        ("FREQ=DAILY;INTERVAL=-+5", '"INTERVAL=-+5"'),
        ("FREQ=MONTHLY;BYDAY=-+1MO", '"BYDAY=-+1"'),
        ("FREQ=DAILY;BYHOUR=\u00b2", "within a day"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(Usage) as error:
        parse(text)
    assert said in error.value.message


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", date(2024, 1, 1)),
        ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31", date(2024, 1, 1)),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=SU", date(2024, 9, 17)),
        ("FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1;COUNT=3", date(2024, 1, 1)),
        ("FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2", date(2024, 1, 1)),
    ],
)
def test_a_rule_without_any_day_ends(text: str, anchor: date) -> None:
    with pytest.raises(Usage, match="no day"):
        recurrence.check(parse(text), anchor)


@pytest.mark.parametrize(
    ("until", "time", "zone", "expected"),
    [
        ("20241231", "09:30", "Asia/Shanghai", date(2024, 12, 31)),
        # 15:59 in Greenwich is just before midnight in Shanghai.
        ("20241231T155900Z", "09:30", "Asia/Shanghai", date(2024, 12, 31)),
        ("20241231T000000Z", "09:30", "Asia/Shanghai", date(2024, 12, 30)),
        ("20241231T013000Z", "09:30", "Asia/Shanghai", date(2024, 12, 31)),
        ("20241231T093000", "09:30", "", date(2024, 12, 31)),
        ("20241231T092900", "09:30", "", date(2024, 12, 30)),
    ],
)
def test_until_may_be_a_moment(
    until: str, time: str, zone: str, expected: date
) -> None:
    rule = parse(f"FREQ=DAILY;UNTIL={until}", time=time, zone=zone)
    assert rule.until == expected


ENGLISH = [
    ("every day", "FREQ=DAILY"),
    ("daily", "FREQ=DAILY"),
    ("3d", "FREQ=DAILY;INTERVAL=3"),
    ("every other day", "FREQ=DAILY;INTERVAL=2"),
    ("every workday", "FREQ=DAILY;BYDAY=WD"),
    ("workdays", "FREQ=DAILY;BYDAY=WD"),
    ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("every week on Mon to Fri", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("weekly", "FREQ=WEEKLY;BYDAY=TU"),
    ("2w", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("fortnightly", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("every 2 weeks on Mon, Thu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
    ("every other week on Monday and Thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
    ("every Tuesday", "FREQ=WEEKLY;BYDAY=TU"),
    ("mondays", "FREQ=WEEKLY;BYDAY=MO"),
    ("monthly", "FREQ=MONTHLY;BYMONTHDAY=17"),
    ("every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("monthly on day 15", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("monthly on the 1st and the 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    ("monthly on the 31st", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
    ("every month on the 30th or the last day",
     "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
    ("monthly on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("monthly on the 2nd Tuesday", "FREQ=MONTHLY;BYDAY=2TU"),
    ("every last Friday", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("last Friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("the first Monday of every month", "FREQ=MONTHLY;BYDAY=1MO"),
    ("2nd Tue each month", "FREQ=MONTHLY;BYDAY=2TU"),
    ("every last workday of the month", "FREQ=MONTHLY;BYDAY=WD;BYSETPOS=-1"),
    ("the 15th of the month", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("every 2 months on the last day of the month",
     "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1"),
    ("every month on the last workday", "FREQ=MONTHLY;BYDAY=WD;BYSETPOS=-1"),
    ("monthly on the first business day", "FREQ=MONTHLY;BYDAY=WD;BYSETPOS=1"),
    ("quarterly", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=17"),
    ("yearly", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=17"),
    ("every year on 9 March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=9"),
    ("yearly on 02-29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
    ("every year on 29 Feb or 1 Mar", "FREQ=YEARLY;BYYEARDAY=60"),
    ("yearly on the last Thu of Nov", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1TH"),
    ("weekly, 10 times", "FREQ=WEEKLY;COUNT=10;BYDAY=TU"),
    ("weekly for 10 times", "FREQ=WEEKLY;COUNT=10;BYDAY=TU"),
    ("every Tue until 2024-12-31", "FREQ=WEEKLY;UNTIL=20241231;BYDAY=TU"),
    ("every Tue, until 2024-12-31", "FREQ=WEEKLY;UNTIL=20241231;BYDAY=TU"),
    ("RRULE:FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;COUNT=3"),
]  # fmt: skip
CHINESE = [
    ("每天", "FREQ=DAILY"),
    ("每3天", "FREQ=DAILY;INTERVAL=3"),
    ("每三天", "FREQ=DAILY;INTERVAL=3"),
    ("隔天", "FREQ=DAILY;INTERVAL=2"),
    ("每个工作日", "FREQ=DAILY;BYDAY=WD"),
    ("工作日", "FREQ=DAILY;BYDAY=WD"),
    ("每周", "FREQ=WEEKLY;BYDAY=TU"),
    ("每周一", "FREQ=WEEKLY;BYDAY=MO"),
    ("每周一、四", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("每星期一和星期四", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("每个周二", "FREQ=WEEKLY;BYDAY=TU"),
    ("每周一到周五", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("每两周", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("隔周", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("每两周的周一", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    ("每 2 周的周一、周四", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
    ("每月", "FREQ=MONTHLY;BYMONTHDAY=17"),
    ("每个月15号", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("每月1号、15号", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    ("每月1、15日", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    ("每月31日", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
    ("每月最后一天", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("每月月底", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("每月第二个周二", "FREQ=MONTHLY;BYDAY=2TU"),
    ("每月最后一个星期五", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("每月最后一个工作日", "FREQ=MONTHLY;BYDAY=WD;BYSETPOS=-1"),
    ("每季度", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=17"),
    ("每年", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=17"),
    ("每年3月9日", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=9"),
    ("每年11月最后一个周四", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1TH"),
    ("每周二，共10次", "FREQ=WEEKLY;COUNT=10;BYDAY=TU"),
    ("每周二，到2024-12-31为止", "FREQ=WEEKLY;UNTIL=20241231;BYDAY=TU"),
    ("每周二直到2024年12月31日", "FREQ=WEEKLY;UNTIL=20241231;BYDAY=TU"),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH + CHINESE)
def test_words_are_read(text: str, expected: str) -> None:
    rule = rulewords.read(text, TUE)
    assert rule is not None
    assert rule.text() == expected


@pytest.mark.parametrize("text", ["", "none", "Never", "不重复", " - "])
def test_no_repeating_is_a_word_too(text: str) -> None:
    assert rulewords.read(text, TUE) is None


@pytest.mark.parametrize(
    "text",
    [
        *("every", "every blue moon", "sometimes", "each 0 days", "every 9999 weeks"),
        *("monthly on the 32nd", "monthly on the 6th Tuesday", "yearly on 30 Feb"),
        *("weekly on 15", "daily on Mon", "每", "每周八", "每月32号", "每月第六个周二"),
        *("每年2月30日", "每周二吃饭", "2 0", "every 2", "15", "每年 13月1日", "每2"),
        "every year on 29 Feb or 3 Mar",
    ],
)
def test_what_is_no_rhythm_is_refused(text: str) -> None:
    with pytest.raises(Usage, match="every workday"):
        rulewords.read(text, TUE)


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(Usage, match="end before"):
        rulewords.read("weekly until 2024-09-01", TUE)
    with pytest.raises(Usage, match="from 1 to 10000"):
        rulewords.read("weekly, 20000 times", TUE)


@given(st.text(max_size=30))
@costly(100)
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Usage):
        rule = rulewords.read(text, TUE)
        assert rule is None or parse(rule.text()) == rule


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize(
    "expected", [*dict.fromkeys(text for _words, text in ENGLISH + CHINESE)]
)
def test_what_is_said_is_read_as_the_same(language: str, expected: str) -> None:
    rule = parse(expected)
    before = i18n.language()
    i18n.use(language)
    try:
        said = rulewords.say(rule, TUE)
        again = rulewords.read(said, TUE)
    finally:
        i18n.use(before)
    assert again is not None
    if rule.plain:
        assert recurrence.settle(again, TUE) == recurrence.settle(rule, TUE)
    else:
        assert again == rule
    assert "FREQ" not in said


@pytest.mark.parametrize(
    ("rule", "en", "zh"),
    [
        ("FREQ=DAILY;INTERVAL=3", "every 3 days", "每 3 天"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every week on Mon, Thu", "每个周一、周四"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,22", "every month on the 1st, 22nd",
         "每月1日、22日"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
         "every 2 months on the last Fri", "每 2 个月的最后一个周五"),
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=17;COUNT=1",
         "every year on 17 Sep, 1 time", "每年9月17日，共 1 次"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
         "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
    ],
)  # fmt: skip
def test_a_rule_in_words(rule: str, en: str, zh: str) -> None:
    before = i18n.language()
    try:
        i18n.use("en")
        assert rulewords.say(parse(rule), TUE) == en
        i18n.use("zh_Hans")
        assert rulewords.say(parse(rule), TUE) == zh
    finally:
        i18n.use(before)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.sampled_from(forms.LEAP_DAYS))
@costly(40)
def test_what_one_can_choose_takes_place_on_its_day(day: date, leap: str) -> None:
    for rule in forms.choices(day, leap).values():
        (first,) = recurrence.next_days(rule, day, day, 1)
        assert first == day or rule.by_workdays
        assert rulewords.read(rulewords.say(rule, day), day, leap) == rule


@pytest.mark.case(31, 35)
@pytest.mark.parametrize(
    ("day", "time", "zone", "reads", "mark"),
    [
        # The night on which the clocks of New York skip 02:30, and that on which it
        # comes twice: then it is the first.
        ("2024-03-10", "02:30", "America/New_York", "2024-03-10T03:30-04:00", "gap"),
        ("2024-11-03", "01:30", "America/New_York", "2024-11-03T01:30-04:00", ""),
        ("2024-09-17", "09:30", "Asia/Shanghai", "2024-09-17T09:30+08:00", ""),
        ("2024-09-17", "09:30", "Mars/Olympus", "2024-09-17T09:30+00:00", "unknown"),
    ],
)
def test_a_wall_time_is_a_moment(
    day: str, time: str, zone: str, reads: str, mark: str
) -> None:
    when = date.fromisoformat(day)
    found = zones.moment(when, time, zone).isoformat(timespec="minutes")
    assert found == reads
    assert zones.mark(when, time, zone) == mark


@pytest.mark.case(32)
def test_a_day_is_not_always_24_hours() -> None:
    before = zones.moment(date(2024, 3, 30), "12:00", "Europe/Berlin")
    after = zones.moment(date(2024, 3, 31), "12:00", "Europe/Berlin")
    assert zones.minutes_to(after, before) == 23 * 60


@pytest.mark.case(31, 36)
@pytest.mark.parametrize(
    ("there", "here", "expected"),
    [
        (
            ("2024-09-17", "20:00", "America/New_York"),
            "Asia/Shanghai",
            "2024-09-18 08:00",
        ),
        (("2024-09-17", "03:00", "Asia/Tokyo"), "Europe/Berlin", "2024-09-16 20:00"),
        # A time that the clocks skip there reads as the one after.
        (("2024-03-10", "02:30", "America/New_York"), "UTC", "2024-03-10 07:30"),
        (("2024-03-10", "02:30", "America/New_York"), "", "2024-03-10 03:30"),
        (("2024-09-17", "20:00", ""), "Asia/Shanghai", "2024-09-17 20:00"),
        (("2024-09-17", "20:00", "Mars/Olympus"), "Asia/Shanghai", "2024-09-17 20:00"),
        (("2024-09-17", "20:00", "Asia/Tokyo"), "Mars/Olympus", "2024-09-17 20:00"),
        (("0001-01-01", "00:00", "Asia/Tokyo"), "UTC", "0001-01-01 00:00"),
        (("9999-12-31", "23:00", "America/New_York"), "Asia/Tokyo", "9999-12-31 23:00"),
    ],
)
def test_a_time_elsewhere_as_it_reads_here(
    there: tuple[str, str, str], here: str, expected: str
) -> None:
    day, time, zone = there
    found = zones.read_in(date.fromisoformat(day), time, zone, here)
    assert f"{found[0]} {found[1]}" == expected


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=10000",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU;COUNT=10000",
        "FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;COUNT=10000",
        "FREQ=DAILY;BYDAY=WD;BYMONTH=2;BYMONTHDAY=29;COUNT=10000",
    ],
)
def test_many_times_of_what_is_rare_are_not_counted_for_ever(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0
    real = periods.in_period

    def counted(*args: Any) -> Any:
        nonlocal looked
        looked += 1
        return real(*args)

    monkeypatch.setattr(recurrence, "in_period", counted)
    recurrence._ended.cache_clear()
    anchor = date(2024, 1, 1)
    rule = parse(text)
    bare = parse(text.partition(";COUNT")[0])
    assert recurrence.last_day(rule, anchor) == date.max
    first, last = date(2028, 1, 1), date(2033, 12, 31)
    found = recurrence.days(rule, anchor, first, last)
    assert found == recurrence.days(bare, anchor, first, last) != []
    assert looked < 60_000


def test_workdays_of_one_month_that_are_counted_reach_into_the_next_year() -> None:
    rule = parse("FREQ=DAILY;BYDAY=WD;BYMONTH=1;COUNT=30")
    anchor = date(2024, 1, 1)
    last = recurrence.days(rule, anchor, anchor, date(2030, 1, 1))[-1]
    assert last == date(2025, 1, 9)
    assert recurrence.last_day(rule, anchor) >= last
