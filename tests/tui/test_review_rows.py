"""The rows of a review: nothing is cut in a word, nothing is said twice."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from plannertui.store.reviewing.desk import Group, Part, without_end
from plannertui.tui.themes import UNICODE
from plannertui.tui.widgets.review_rows import laid_out, page

LONG = "Triage on one counter only, Officer B leads it for two days, and a draft of it"


def texts(part: Part, width: int) -> list[str]:
    """The lines of ``part`` in a group of its own, as text."""
    rows = laid_out([Group("Ahead", (part,))], width, UNICODE)
    return ["".join(span[0] for span in each.spans) for each in rows[1].lines]


@pytest.mark.parametrize("about", ["", "win · Fri 5 Jan"])
def test_a_long_line_is_wrapped_whether_something_stands_beside_it_or_not(
    about: str,
) -> None:
    found = texts(Part(LONG, about, "J385", 1, "entry"), 48)
    assert max(map(cell_len, found)) <= 48
    assert " ".join(" ".join(found).split()) == f"J385 {LONG} {about}".strip()


def test_of_a_very_long_line_the_last_words_are_not_glued_together() -> None:
    found = texts(Part(" ".join([LONG] * 4), "win", "J385", 1, "entry"), 48)
    assert len(found) == 4
    assert found[2].rstrip().endswith("…")
    assert all(word in f"{LONG} Triage" for word in found[2].rstrip("… ").split()[:-1])


def test_a_line_of_a_page_goes_on_under_its_words() -> None:
    rows = page("- one two three four five six seven", 20)
    lines = ["".join(span[0] for span in each.spans) for each in rows[0].lines]
    assert lines == ["- one two three", "  four five six", "  seven"]


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        ("list of 30 @Director", ("Director",), "list of 30"),
        ("calmer counter @G1 @Officer B", ("G1",), "calmer counter @G1 @Officer B"),
        ("calmer counter @Officer B @G1", ("G1",), "calmer counter @Officer B"),
        ("ask @Director about it", ("Director",), "ask @Director about it"),
        ("as it is", ("",), "as it is"),
    ],
)
def test_what_stands_beside_a_line_is_not_said_at_its_end(
    text: str, names: tuple[str, ...], said: str
) -> None:
    assert without_end(text, *names) == said
