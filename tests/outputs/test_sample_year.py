"""The examples of the design, C.1 to C.7, out of the sample year, in both languages.

What is expected here was written down from the design's own pages and figures: the
backlog from 412 to 188 (72 %), 179 of 251 workdays gone, the decision due on 20 September.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.exchange import demo
from plannertui.outputs.report import Report, make
from plannertui.store import entries, situations
from plannertui.store.open import open_store
from plannertui.store.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plannertui.store.open import Store


@pytest.fixture(scope="module", params=["en", "zh_Hans"])
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, str]]:
    folder = tmp_path_factory.mktemp("sample")
    db = open_store(demo.make(str(folder), request.param), now=demo.demo_now())
    yield db, request.param
    db.close()


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return WorkCalendar(lambda year: build_year("CN", year))


def told(
    sample: tuple[Store, str], calendar: WorkCalendar, kind: str, **more: Any
) -> Report:
    """A report of the sample, in its language."""
    db, language = sample
    now = demo.demo_now()
    return make(
        db,
        kind,
        now=now,
        today=now.date(),
        calendar=calendar,
        settings=Settings("", {}),
        language=language,
        **more,
    )


def expect(markdown: str, lines: list[str]) -> None:
    """The lines stand in the document, whole, and in this order."""
    rows = markdown.split("\n")
    at = -1
    for each in lines:
        assert each in rows, f"{each}\n\n{markdown}"
        assert rows.index(each) > at, f"out of order: {each}\n\n{markdown}"
        at = rows.index(each)


BRIEF = {
    "en": [
        "# One-on-one: Director · Thu 19 Sep 10:00 · 30 min",
        "**Wanted:** October counter hours: A or B",
        "## Say first",
        "- Licence backlog: 188 on 14 Sep, target 100 by year-end, on pace (72 % done, "
        "71 % of the year gone).",
        "- Early warning: Budget for forms may come back. If so: print 40 % fewer, no "
        "delay. (by Mon 23 Sep)",
        "## Decide",
        "1. Counter hours in October. A: open to 19:00 on two days, needs 2 overtime "
        "slots a week. B: no change, about 25 cases slip to November. I propose A.",
        "## Inform",
        "- Officer B led the counter alone on 11 and 12 September without a complaint.",
        "## Ask (checking guesses)",
        "- I have assumed the inspection looks at the online form first. Is that right? "
        "(guess since 2 Aug)",
        "- Is regional pilot status still wanted this year? (seen, 120 days old)",
        "## Promises between us",
        "| I: draft note on the counter hours | 13 Sep | done |",
        "| Director: a word with Finance about overtime | 16 Sep | waiting |",
        "| I: list of 30 oldest | 20 Sep | open |",
        "## Carried from last time",
        "- Naming a deputy for counter 2",
    ],
    "zh_Hans": [
        "# 一对一谈话：主任 · 9月19日 周四 10:00 · 30 分钟",
        "**想定的事**：十月窗口时间：A 还是 B",
        "## 先说",
        "- 许可积压：9月14日 188 件，年底目标 100 件，跟得上（完成 72%，全年已过 71%）。",
        "- 提前说：表单预算可能被退回。真退了：少印四成，不耽误。（9月23日 周一前）",
        "## 请示",
        "1. 十月窗口时间。A：两天开到 19:00，每周要 2 个加班。B：不变，约 25 件拖到十一月。"
        "我建议 A。",
        "## 报告",
        "- 9 月 11、12 日小许独立带窗口，没有投诉。",
        "## 请教（核对我猜的）",
        "- 我一直以为检查先看网上的表，对吗？（8月2日起是猜的）",
        "- 区里的试点今年还争取吗？（见过，已 120 天）",
        "## 彼此的承诺",
        "| 我：窗口时间的草稿 | 9月13日 | 已完成 |",
        "| 主任：跟财务科打声招呼，加班的事 | 9月16日 | 等待 |",
        "| 我：最老的 30 件清单 | 9月20日 | 未完成 |",
        "## 上次留下的",
        "- 定一位二号窗的副手",
    ],
}
WEEKLY = {
    "en": [
        "# Week 37 (9-14 Sep 2024)",
        "**Bottom line:** open cases over 30 days down 24 to 188, on pace for 100 by "
        "year-end (72 % done on 14 Sep). One decision needed by Fri 20 Sep.",
        "**Decision needed**",
        "**By your priorities**",
        "- *The inspection in October* - The form passes 9 of 10 checks. Next: Form check "
        "10 with IT, 27 Sep.",
        "- *Stable counter staff* - Officer B led the counter alone on 11 and 12 September "
        "without a complaint. Next: Officer C leads the counter for two days, 15 Nov.",
        "**Early warning**",
        "**What did not work**",
        "- Phone triage stopped after two hours: waiting rose from 20 to 45 minutes.",
        "- Learned: Test on one counter first.",
        "**Next week:** The 30 oldest cases; form check 10 with IT; training day two.",
    ],
    "zh_Hans": [
        "# 第37周（2024年9月9日至14日）",
        "**结论**：超过 30 天的未结件减少 24 件，现为 188 件，年底目标 100 件，跟得上"
        "（9月14日完成 72%）。9月20日 周五前有 1 件事请定。",
        "**请示**",
        "**按领导重点**",
        "- *十月的检查*：新表十项检查过了九项。下一步：第十项检查，和信息科，9月27日。",
        "**提前说**",
        "**没有做成的**",
        "- 电话分流两小时后停了：等候从 20 分钟涨到 45 分钟。",
        "- 记取：先在一个窗口试。",
        "**下周**：最老的 30 件；和信息科做第十项检查；培训第二天。",
    ],
}
NOMINATE = {
    "en": [
        "**In one breath:** Took the licence backlog from 412 to 188 this year with no "
        "added staff, and built two people who can stand in.",
        "**Three facts a committee can check**",
        "1. Open cases over 30 days: 412 on 2 January, 188 on 14 September. Number: "
        "412 → 188 (14 Sep). Source: monthly register. Seen by: Deputy Director, Finance.",
        "2. One form replaces four: an applicant comes once instead of three times. "
        "Number: 3 trips → 1 (60 of 60) (26 Jun). Source: survey S-06. Seen by: Director, "
        "IT.",
        "**How it was done:** Sorted cases by legal deadline rather than arrival; weekly "
        "list to Finance; training on Wednesdays.",
        "**Fits the post because:** The post runs three counters; this is the method it "
        "needs.",
        "**Credit where due**",
    ],
    "zh_Hans": [
        "**一句话**：今年没有加人，把许可积压从 412 件压到 188 件，带出两个能顶上的人。",
        "**三件可以查证的事实**",
        "1. 超过 30 天的未结件：1 月 2 日 412 件，9 月 14 日 188 件。数字：412 → 188"
        "（9月14日）。出处：月度台账。亲见：副主任、财务科。",
        "**怎么做的**：按法定期限排，不按收件先后排；每周给财务科清单；周三培训。",
        "**功劳归谁**",
    ],
}
STAR = {
    "en": [
        "## G1 Licence backlog - serves “No complaint older than 30 days” (Director)",
        "**Result:** 412 to 188 open cases over 30 days (2 Jan - 14 Sep); target 100; on "
        "pace.",
        "- **Situation:** A third of all complaints in 2023 were about waiting.",
        "- **Less good:** Phone triage stopped after two hours: waiting rose from 20 to "
        "45 minutes.",
        "- **Learned:** Test on one counter first.",
        "- **Evidence by month:** J2 F3 M2 A1 M4 J3 J0 A2 S3 (Jul: none)",
    ],
    "zh_Hans": [
        "## G1 许可积压：对应“投诉不超过三十天”（主任）",
        "**结果**：超过 30 天的未结件 412 到 188 件（1月2日至9月14日）；目标 100；跟得上。",
        "- **不足**：电话分流两小时后停了：等候从 20 分钟涨到 45 分钟。",
        "- **各月实证**：1月 2，2月 3，3月 2，4月 1，5月 4，6月 3，7月 0，8月 2，9月 3"
        "（7月：无）",
    ],
}
YEAR = {
    "en": [
        "# 2024 · “Fewer, finished” · to 14 Sep 2024",
        "**Five facts for whoever sits here next**",
        "**Goals:** G1 at 188, target 100 (72 %) · G2 3 of 5 · G3 3 of 4 · G4 1 of 5",
        "**Priorities I served:** 3 of 5 (dropped: 10 May)",
        "**What failed, and what I do differently**",
    ],
    "zh_Hans": [
        "# 2024 · “少而办完” · 截至2024年9月14日",
        "**留给下一位的五件事实**",
        "**目标**：G1 到了 188，目标 100（72%） · G2 3/5 · G3 3/4 · G4 1/5",
        "**我服务过的领导重点**：5 项中 3 项（放下的：5月10日）",
        "**失败之处，以及今后的不同做法**",
    ],
}
CN5 = (
    "岗位职责",
    "绩（按目标，附实证）",
    "德",
    "能",
    "勤",
    "廉",
    "存在的问题",
    "下一步打算",
)


@pytest.mark.parametrize(
    ("kind", "profile", "expected"),
    [
        ("brief", "plain", BRIEF),
        ("weekly", "plain", WEEKLY),
        ("nominate", "plain", NOMINATE),
        ("self", "star", STAR),
        ("year", "plain", YEAR),
    ],
    ids=["C1", "C2", "C4", "C5", "C6"],
)
def test_the_examples(
    sample: tuple[Store, str],
    calendar: WorkCalendar,
    kind: str,
    profile: str,
    expected: dict[str, list[str]],
) -> None:
    made = told(sample, calendar, kind, profile=profile)
    expect(made.markdown, expected[sample[1]])


def test_the_message_of_the_outage(
    sample: tuple[Store, str], calendar: WorkCalendar
) -> None:
    db, language = sample
    text = told(
        sample, calendar, "message", subject=situations.get(db, "S3").id
    ).markdown
    for part in {
        "en": (
            "**DECIDE",
            "**Known:** IT confirms a database fault (13:40); 34 people waiting.",
            "**Reported, unchecked:** other districts affected.",
            "**Unknown:** time of repair.",
            "**I propose A.**",
        ),
        "zh_Hans": (
            "**请示",
            "**确知**：信息科确认数据库故障（13:40）；34 人在等。",
            "**听说未核实**：别的区也受影响。",
            "**不清楚**：何时修好。",
            "**我建议 A。**",
        ),
    }[language]:
        assert part in text, text
    predicted = situations.get(db, "S3").predicted.rstrip(".。")
    assert predicted not in text


def test_the_form_of_the_annual_appraisal(
    sample: tuple[Store, str], calendar: WorkCalendar
) -> None:
    made = told(sample, calendar, "self", profile="cn-5")
    heads = [r[3:] for r in made.markdown.split("\n") if r.startswith("## ")]
    if sample[1] == "zh_Hans":
        assert tuple(heads) == CN5
        assert "## 廉\n_由本人填写。_" in made.markdown
    assert len(heads) == 8
    parts = made.markdown.split("\n## ")
    lengths = {part.split("\n")[0]: len(part) for part in parts[1:]}
    assert lengths[heads[1]] == max(lengths.values())
    assert made.missing == ()


def test_figures_of_the_year_stand_in_the_year_alone(
    sample: tuple[Store, str], calendar: WorkCalendar
) -> None:
    words = {
        "en": ("31 of 33", "(179 of 251 gone)", "Warned early", "guesses checked"),
        "zh_Hans": (
            "33 次中 31 次",
            "251 个，已过 179 个",
            "提前说 7 次",
            "猜过也问过",
        ),
    }[sample[1]]
    year = told(sample, calendar, "year").markdown
    assert all(word in year for word in words), year
    for kind in ("brief", "weekly", "nominate", "self", "handover", "plan"):
        text = told(sample, calendar, kind).markdown
        assert not [word for word in words if word in text]


def test_october_the_preview_says_what_stays_behind(
    sample: tuple[Store, str], calendar: WorkCalendar
) -> None:
    db, _language = sample
    left = told(sample, calendar, "nominate").left_out
    private = [
        row[0]
        for row in db.read(
            "SELECT h.letter || h.number FROM entry e JOIN handle h ON h.id = e.id "
            "WHERE e.share = 'private' AND e.deleted_at IS NULL"
        )
    ]
    assert sorted(one.handle for one in left if one.code == "private") == sorted(
        private
    )
    assert [one.code for one in left].count("boundary") == 2
    # In the language of the one who reads the preview, not of the page.
    why = {one.why for one in left if one.code == "private"}
    assert why == {"private: S or ptui ready marks it"}
    weekly = told(sample, calendar, "weekly").left_out
    ready = {e.handle for e in entries.wins(db) if e.share == "ready"}
    assert not {one.handle for one in weekly} & ready


def test_upward_and_downward_stand_side_by_side(
    sample: tuple[Store, str], calendar: WorkCalendar
) -> None:
    year = told(sample, calendar, "year").markdown
    row = next(r for r in year.split("\n") if "13/14" in r)
    assert "10/11" in row
    row = next(r for r in year.split("\n") if ("Warned" in r or "提前说" in r))
    assert "surprised" in row or "让人意外" in row


def test_pages_need_nothing_else(
    sample: tuple[Store, str], calendar: WorkCalendar
) -> None:
    for kind in ("brief", "weekly", "nominate", "self", "year", "handover", "plan"):
        page = told(sample, calendar, kind).html()
        assert page.startswith("<!doctype html>")
        lowered = page.lower()
        for outside in (
            "http://",
            "https://",
            "src=",
            "url(",
            "@import",
            "<link",
            "<script",
        ):
            assert outside not in lowered, (kind, outside)
        if kind == "year":
            assert page.count("<svg") == 6
            assert "412" in page
    from xml.etree import ElementTree

    page = told(sample, calendar, "year").html()
    for part in page.split("<svg")[1:]:
        ElementTree.fromstring("<svg" + part.split("</svg>")[0] + "</svg>")
