"""What a command line means."""

from __future__ import annotations

import pytest

from plannertui.cli.options import Option, is_option, nearest, parse, split_common
from plannertui.core.errors import Usage

OPTIONS = (
    Option("by", "DATE"),
    Option("tag", "TAG", many=True),
    Option("n", "NUM", short="n"),
    Option("told", "DATE", optional=True),
    Option("yes", short="y"),
)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("--by", True),
        ("--by=fri", True),
        ("--by=a b", True),
        ("-n", True),
        ("-n5", True),
        ("-x", True),
        ("-", False),
        ("--", False),
        ("-5", False),
        ("-5 degrees", False),
        ("- milk", False),
        ("--to do list", False),
        ("-abc", False),
        ("−5", False),
        ("text", False),
        ("", False),
    ],
)
def test_what_is_an_option(token: str, expected: bool) -> None:
    assert is_option(token) is expected


def test_options_and_words_in_any_order() -> None:
    args = parse(["a", "--by", "fri", "b", "--tag=x", "--tag", "y", "-n5"], OPTIONS)
    assert args.words == ["a", "b"]
    assert args.get("by") == "fri"
    assert args.all("tag") == ["x", "y"]
    assert args.number("n") == 5


def test_after_two_hyphens_everything_is_text() -> None:
    args = parse(["--by", "fri", "--", "--tag", "x", "--"], OPTIONS)
    assert args.words == ["--tag", "x", "--"]
    assert not args.has("tag")


def test_a_value_may_begin_with_a_hyphen() -> None:
    assert parse(["-n", "-3"], OPTIONS).number("n") == -3
    assert parse(["--by", "--tag"], OPTIONS).get("by") == "--tag"


@pytest.mark.parametrize(
    ("tokens", "told", "words"),
    [
        (["M1", "--told"], "", ["M1"]),
        (["--told", "M1"], "", ["M1"]),
        (["--told", "yesterday", "M1"], "yesterday", ["M1"]),
        (["--told=yesterday", "M1"], "yesterday", ["M1"]),
        (["M1", "--told", "--yes"], "", ["M1"]),
        (["G2.3", "--told", "G2.4"], "", ["G2.3", "G2.4"]),
    ],
)
def test_a_value_that_may_be_left_out(
    tokens: list[str], told: str, words: list[str]
) -> None:
    args = parse(tokens, OPTIONS)
    assert (args.get("told"), args.words) == (told, words)


@pytest.mark.parametrize(
    "tokens",
    [
        ["--nope"],
        ["--yes=1"],
        ["--by"],
        ["--by", "a", "--by", "b"],
        ["-z"],
    ],
)
def test_what_cannot_be_meant_is_refused(tokens: list[str]) -> None:
    with pytest.raises(Usage):
        parse(tokens, OPTIONS)


@pytest.mark.parametrize("text", ["x", "nan", "inf", "", "1e999"])
def test_a_number_is_a_number(text: str) -> None:
    with pytest.raises(Usage):
        parse(["-n", text], OPTIONS).number("n")


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", "٣"])
def test_a_count_is_a_whole_number_from_one(text: str) -> None:
    with pytest.raises(Usage):
        parse(["-n", text], OPTIONS).count("n")


def test_the_nearest_is_named() -> None:
    with pytest.raises(Usage, match="--tag"):
        parse(["--tga", "x"], OPTIONS)
    assert nearest("serach", ["ls", "search"]) == "search"
    assert nearest("xyz", ["ls", "search"]) == ""


def test_common_options_may_stand_in_front() -> None:
    front, rest = split_common(["--json", "--db", "x.db", "-q", "ls", "--json"])
    assert front == ["--json", "--db", "x.db", "-q"]
    assert rest == ["ls", "--json"]
