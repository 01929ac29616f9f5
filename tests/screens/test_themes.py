"""Every pair of text and ground can be read, dark and light."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from kmtui.app import KmtuiApp
from kmtui.themes import DARK, LIGHT, THEMES

from .pressing import at_home, press

TEXTS = ("foreground", "primary", "secondary", "accent", "warning", "error", "success", "muted")
GROUNDS = ("background", "surface", "panel", "block-cursor-background")


def light_of(colour: Color) -> float:
    """Relative luminance. Source: WCAG 2.2, relative luminance."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Color, other: Color) -> float:
    """Source: WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((light_of(one), light_of(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground(theme: Theme) -> None:
    variables = {**theme.to_color_system().generate(), **theme.variables}

    ratios = {
        (text, ground): round(
            contrast(Color.parse(variables[text]), Color.parse(variables[ground])), 2
        )
        for text in TEXTS
        for ground in GROUNDS
    }

    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


async def test_ctrl_t_goes_through_every_theme_and_back(demo_app: KmtuiApp) -> None:
    async with at_home(demo_app) as pilot:
        seen = [demo_app.theme]
        for _press in THEMES:
            await press(pilot, "ctrl+t")
            seen.append(demo_app.theme)

    assert set(seen) == set(THEMES)
    assert seen[0] == seen[-1]
