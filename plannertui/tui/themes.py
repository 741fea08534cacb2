"""Our own themes, and the characters that frames, bars and marks are drawn with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = Theme(
    name="planner-dark",
    primary="#8ab0ee",
    secondary="#8ab0ee",
    accent="#8ab0ee",
    foreground="#d6d9e0",
    background="#14161b",
    surface="#1a1d24",
    panel="#20242d",
    success="#86b886",
    warning="#d9b06c",
    error="#df8079",
    dark=True,
    variables={
        "muted": "#8b91a0",
        "faint": "#565c6b",
        "line": "#2e333f",
        "here-muted": "#26344f",
        "block-cursor-background": "#26344f",
        "block-cursor-foreground": "#f0f2f7",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#1f232c",
        "block-cursor-blurred-foreground": "#d6d9e0",
        "input-selection-background": "#8ab0ee 35%",
        "scrollbar": "#343a48",
        "scrollbar-hover": "#465067",
        "scrollbar-active": "#8ab0ee",
        "scrollbar-background": "#14161b",
        "footer-background": "#14161b",
        "footer-key-foreground": "#8ab0ee",
        "border": "#8ab0ee",
        "border-blurred": "#2e333f",
    },
)
LIGHT = Theme(
    name="planner-light",
    primary="#2a5db0",
    secondary="#2a5db0",
    accent="#2a5db0",
    foreground="#2a2d35",
    background="#faf9f6",
    surface="#f3f1ec",
    panel="#eae7e0",
    success="#3a7a3f",
    warning="#8f6410",
    error="#b23a32",
    dark=False,
    variables={
        "muted": "#6b6f7a",
        "faint": "#a5a7ac",
        "line": "#d8d5cd",
        "here-muted": "#d7e2f5",
        "block-cursor-background": "#d7e2f5",
        "block-cursor-foreground": "#16181d",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#eceae4",
        "block-cursor-blurred-foreground": "#2a2d35",
        "input-selection-background": "#2a5db0 25%",
        "scrollbar": "#cfcbc1",
        "scrollbar-hover": "#b5b0a4",
        "scrollbar-active": "#2a5db0",
        "scrollbar-background": "#faf9f6",
        "footer-background": "#faf9f6",
        "footer-key-foreground": "#2a5db0",
        "border": "#2a5db0",
        "border-blurred": "#d8d5cd",
    },
)
ANSI = replace(
    BUILTIN_THEMES["ansi-dark"],
    name="ansi",
    primary="ansi_blue",
    secondary="ansi_blue",
    accent="ansi_blue",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-text-style": "underline",
        "border": "ansi_blue",
        "border-blurred": "ansi_bright_black",
        "footer-key-foreground": "ansi_blue",
        "muted": "ansi_bright_black",
        "faint": "ansi_bright_black",
        "line": "ansi_bright_black",
        "here-muted": "ansi_default",
    },
)
OWN = (DARK, LIGHT, ANSI)
DEFAULT = DARK.name


def extra_variables(generated: Mapping[str, str]) -> dict[str, str]:
    """Our own colour variables for any theme, given what Textual made of it.

    ``$muted`` second-rank text, ``$faint`` third, ``$line`` frames at rest, ``$here``
    where one is and ``$here-muted`` the ground under it; ``$ahead``, ``$on-pace``,
    ``$behind`` and ``$at-risk`` go with the words of a goal's health.
    """
    own = {
        "here": generated["accent"],
        "ahead": generated["success"],
        "on-pace": generated["success"],
        "behind": generated["warning"],
        "at-risk": generated["error"],
    }
    if generated["background"].startswith("ansi"):
        grey = "ansi_bright_black"
        shades = {
            "muted": grey,
            "faint": grey,
            "line": grey,
            "here-muted": "ansi_default",
        }
    else:
        ground = Color.parse(generated["background"])
        text = Color.parse(generated["foreground"])
        accent = Color.parse(generated["accent"])
        shades = {
            "muted": ground.blend(text, 0.62).hex,
            "faint": ground.blend(text, 0.36).hex,
            "line": ground.blend(text, 0.18).hex,
            "here-muted": ground.blend(accent, 0.28).hex,
        }
    return {**own, **{name: generated.get(name, v) for name, v in shades.items()}}


class Frame(NamedTuple):
    """The characters of one drawing set; each is one cell wide.

    ``border`` and ``focused`` are border types of Textual. ``partials`` are bars of one
    eighth to seven eighths, empty in the ASCII set; ``shades`` go from one entry a day
    to many.
    """

    name: str
    border: str
    focused: str
    rule: str
    dot: str
    ellipsis: str
    arrow: str
    bullet: str
    full: str
    track: str
    time: str
    partials: str
    shades: str
    holiday: str
    makeup: str
    due: str
    open_box: str
    done_box: str
    quote_open: str
    quote_close: str
    again: str


UNICODE = Frame(
    name="unicode",
    border="round",
    focused="round",
    rule="─",
    dot="·",
    ellipsis="…",
    arrow="→",
    bullet="•",
    full="█",
    track="─",
    time="┊",
    partials="▏▎▍▌▋▊▉",
    shades="░▒▓",
    holiday="·",
    makeup="+",
    due="•",
    open_box="○",
    done_box="●",
    quote_open="“",
    quote_close="”",
    again="↻",
)
ASCII = Frame(
    name="ascii",
    border="ascii",
    focused="ascii",
    rule="-",
    dot="|",
    ellipsis="~",
    arrow=">",
    bullet="*",
    full="#",
    track=".",
    time="|",
    partials="",
    shades=".:#",
    holiday="-",
    makeup="+",
    due="!",
    open_box="o",
    done_box="x",
    quote_open='"',
    quote_close='"',
    again="&",
)


def frame_for(frame: str, ambiguous: int) -> Frame:
    """The drawing set for the settings ``frame`` and ``ambiguous``.

    Where the terminal draws ambiguous characters two cells wide, frames of them break,
    so ASCII it is.
    """
    return ASCII if frame == "ascii" or ambiguous == 2 else UNICODE


def theme_names() -> list[str]:
    """Every theme that can be chosen, our own first."""
    own = [theme.name for theme in OWN]
    return [*own, *sorted(name for name in BUILTIN_THEMES if name not in own)]
