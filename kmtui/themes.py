"""Colours: dark, light, and the terminal's own. Every pair of text is at least 4.5:1."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="kmtui-dark",
    dark=True,
    primary="#7fb4ca",
    secondary="#c8a96a",
    accent="#e6c384",
    warning="#e6c384",
    error="#f08791",
    success="#98bb6c",
    foreground="#e6e2d3",
    background="#16191d",
    surface="#1d2126",
    panel="#262b31",
    variables={
        "block-cursor-background": "#2d3c45",
        "block-cursor-foreground": "#e6e2d3",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#2d3c45",
        "muted": "#a0a6ac",
        "footer-key-foreground": "#e6c384",
    },
)
LIGHT: Final = Theme(
    name="kmtui-light",
    dark=False,
    primary="#1f5f7a",
    secondary="#7a5c12",
    accent="#8a4b00",
    warning="#8a4b00",
    error="#a3202f",
    success="#2f6b1f",
    foreground="#1a1a1a",
    background="#fbfaf5",
    surface="#f2efe6",
    panel="#e6e1d3",
    variables={
        "block-cursor-background": "#cfdde3",
        "block-cursor-foreground": "#1a1a1a",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#cfdde3",
        "muted": "#5a5a55",
        "footer-key-foreground": "#8a4b00",
    },
)
TERMINAL: Final = (
    Theme(
        name="kmtui-terminal",
        dark=True,
        primary="ansi_cyan",
        secondary="ansi_yellow",
        accent="ansi_bright_yellow",
        warning="ansi_bright_yellow",
        error="ansi_bright_red",
        success="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        ansi=True,
        boost="ansi_default",
        variables={
            "muted": "ansi_default",
            "ansi-background": "ansi_black",
            "ansi-foreground": "ansi_white",
            "border-blurred": "ansi_bright_black",
            "block-cursor-background": "ansi_white",
            "block-cursor-foreground": "ansi_black",
            "input-cursor-background": "ansi_white",
            "input-cursor-foreground": "ansi_black",
            "input-selection-background": "ansi_bright_blue",
            "input-selection-foreground": "ansi_black",
            "screen-selection-background": "ansi_bright_blue",
            "screen-selection-foreground": "ansi_black",
        },
    )
    if "ansi" in Theme.__dataclass_fields__
    else DARK
)
"""The terminal's own sixteen colours, where this Textual can use them."""
THEMES: Final = {theme.name: theme for theme in (DARK, LIGHT, TERMINAL)}
