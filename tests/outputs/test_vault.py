"""No template, and no text, gets anything out that may not leave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.errors import BadSettings
from plannertui.outputs.blocks import parse
from plannertui.outputs.vault import Vault, escape

NAMED = {"p3": "Officer B", "g1": "Licence backlog", "m4": ""}
HOSTILE = [
    "{{ 7*7 }} {% raw %}",
    "<script>alert(1)</script>",
    "| a | b |",
    "# heading",
    "- item",
    "1. first",
    "1) first",
    "> quoted",
    "+ plus",
    "---",
    "===",
    "***",
    "**bold** and _em_ and `code`",
    "[x](javascript:alert(1)) ![y](http://e.example/z)",
    "&lt;b&gt; &#60;i&#62;",
    "~~~\ncode\n~~~",
    "a\\b \\*c\\*",
    "\u202egnirts\u202c",
    "\x1b[31mred\x1b[0m",
    "\ue0000\ue001",
]


def vault(**real: str) -> Vault:
    return Vault(real, {}, lambda word: NAMED.get(word.casefold()))


def shown(text: str) -> str:
    """What a reader of the Markdown ``text`` sees, and that it is one block."""
    blocks = parse(text)
    assert len(blocks) == 1, text
    assert blocks[0].kind == "paragraph", text
    assert {style for _part, style in blocks[0].spans} == {""}
    return "".join(part for part, _style in blocks[0].spans)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_never_structure(text: str) -> None:
    keep = vault()
    token = keep.put(text)
    if not token:
        return
    made = keep.reveal(f"{token}\n")
    assert "\n" not in made.strip()
    assert not {"\x1b", "\u202e", "\u202c", "\ue000", "\ue001"} & set(made)
    shown(made)


@given(st.text(max_size=80))
def test_what_is_read_is_what_was_written(text: str) -> None:
    keep = vault()
    tidy = keep.tidy(text)
    token = keep.put(text)
    assert bool(token) == bool(tidy)
    if token:
        assert shown(keep.reveal(token)).split() == tidy.split()


@given(st.text(alphabet="-=+*#>|_`<&1.) ab\\[]!~", max_size=20))
def test_marks_of_markdown_stay_marks(text: str) -> None:
    keep = vault()
    token = keep.put(text)
    if token:
        assert shown(keep.reveal(token)).split() == text.split()


def test_handles_and_tags_at_the_end_are_left_off_and_aliases_stand_inside() -> None:
    keep = vault()
    assert keep.tidy("Day two, no complaint. @P3 @G1 #counter", ["counter"]) == (
        "Day two, no complaint."
    )
    assert keep.tidy("没有投诉。@P3") == "没有投诉。"
    assert keep.tidy("@P3 led the counter, and @M4 waits") == (
        "Officer B led the counter, and waits"
    )
    assert keep.tidy("mail a@b.example") == "mail a@b.example"
    assert keep.tidy("We are #1") == "We are #1"


def test_real_names_become_aliases() -> None:
    keep = vault(**{"Wang Fang": "Director", "王芳": "主任"})
    assert keep.tidy("wang  FANG agreed; Wang Fangs did not") == (
        "Director agreed; Wang Fangs did not"
    )
    assert keep.tidy("昨天王芳说好") == "昨天主任说好"


@pytest.mark.parametrize(
    ("filled", "bare"),
    [
        ("## What did not work\n- {t}", True),
        ("**Less good:** {t}", True),
        ("**What did not work**\n\n- {t}\n- {t}", True),
        ("## 存在的问题\n{t}", True),
        ("## My wins\n- {t}", False),
        ("{t}", False),
        ("**Less good:** nothing. **Best of all:** {t}", False),
        ("## What did not work\nNothing at all, but:\n- {t}", False),
        ("What did not work\n===\n\nWins\n===\n\n- {t}", False),
        ("## What did not work\n\n## Wins\n- {t}", False),
    ],
)
def test_a_failure_is_called_one(filled: str, bare: bool) -> None:
    keep = vault()
    made = keep.reveal(filled.replace("{t}", keep.put("triage", sort="failure")))
    assert ("did not work: triage" not in made) is bare


def test_a_belief_keeps_what_it_rests_on() -> None:
    keep = vault()
    token = keep.guess("the online form comes first", "guess since 2 Aug")
    assert keep.reveal(token) == "the online form comes first (guess since 2 Aug)"
    for cut in (token[1:], token[:-1]):
        with pytest.raises(BadSettings):
            keep.reveal(cut)
    assert keep.reveal("\ue00099\ue001") == ""


def test_one_mark_ends_a_sentence() -> None:
    keep = vault()
    token = keep.put("It holds.")
    assert keep.reveal(f"{token}. {token}; {token}") == "It holds. It holds; It holds."


def test_escape_leaves_plain_words_alone() -> None:
    for text in (
        "412 to 188 (72 %)",
        "don't",
        "9:10-11",
        "snake_case",
        "A & B",
        "新表",
    ):
        assert escape(text, first=True) == text


def test_a_tag_or_a_reference_spells_no_real_name() -> None:
    keep = vault(**{"Wu Qing": "Head"})
    assert (
        keep.tidy("Told @wu-qing so #Wu_Qing, then on")
        == "Told @Head so #Head, then on"
    )
    assert keep.tidy("In #WuQing-talks we met") == "In #Head-talks we met"
    assert keep.tidy("In #wu-qingdao we met") == "In #wu-qingdao we met"
