"""Colours: readable on both backgrounds, distinct, and each outlet's own."""

from itertools import combinations
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.view import palette
from core.view.palette import CATEGORIES, DARK_BACKGROUND, LIGHT_BACKGROUND, REST, contrast, outlet_colours

ALL = {*CATEGORIES, *palette.SERIES, *palette.TONE.values(), *palette.LAYER.values(), *palette.LABEL.values(),
       *palette.STATUS.values(), palette.INK, palette.ACCENT, REST}  # fmt: skip
OUTLETS = st.lists(st.text("abcdefgh-", min_size=1, max_size=6), unique=True, max_size=30)


def lab(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    white = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in white)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("colour", sorted(ALL))
@pytest.mark.parametrize("background", [LIGHT_BACKGROUND, DARK_BACKGROUND])
def test_every_colour_stands_out(colour, background):
    assert contrast(colour, background) >= 3


def test_twelve_outlets_look_different():
    assert len(CATEGORIES) >= 12
    assert min(dist(lab(one), lab(other)) for one, other in combinations(CATEGORIES, 2)) > 15


@settings(max_examples=50, deadline=None)
@given(OUTLETS)
def test_no_colour_repeats_before_the_rest(outlets):
    given_out = [colour for colour in outlet_colours(outlets).values() if colour != REST]
    assert len(given_out) == len(set(given_out)) == min(len(outlets), len(CATEGORIES))


@settings(max_examples=50, deadline=None)
@given(OUTLETS, st.data())
def test_the_first_outlets_keep_their_colour_whatever_is_shown(outlets, data):
    shown = [outlet for outlet in outlets if data.draw(st.booleans())]
    everywhere, here = outlet_colours(outlets), outlet_colours(outlets, shown)
    assert list(here) == shown
    assert all(here[outlet] == everywhere[outlet] for outlet in shown if everywhere[outlet] != REST)


@settings(max_examples=50, deadline=None)
@given(OUTLETS, st.data())
def test_a_short_list_needs_no_grey(outlets, data):
    shown = outlets[: data.draw(st.integers(0, len(CATEGORIES)))][::-1]
    assert REST not in outlet_colours(outlets, shown).values()


def test_the_theme_has_the_same_categories():
    import tomllib
    from pathlib import Path

    theme = tomllib.loads((Path(__file__).resolve().parents[2] / ".streamlit/config.toml").read_text())["theme"]
    assert tuple(theme["chartCategoricalColors"]) == CATEGORIES
    for name in ("light", "dark"):
        assert contrast(theme[name]["textColor"], theme[name]["backgroundColor"]) >= 7
        assert contrast(theme[name]["linkColor"], theme[name]["backgroundColor"]) >= 4.5
    assert theme["light"]["backgroundColor"] == LIGHT_BACKGROUND
    assert theme["dark"]["backgroundColor"] == DARK_BACKGROUND


@pytest.mark.parametrize("colour", sorted(ALL))
def test_what_stands_on_a_colour_is_readable(colour):
    assert palette.contrast(palette.ink_on(colour), colour) >= 4.5


@pytest.mark.parametrize(
    ("place", "colour"),
    [(0, "#000000"), (0.25, "#800000"), (0.5, "#ff0000"), (1, "#ff00ff"), (-1, "#000000"), (7, "#ff00ff")],
)
def test_a_colour_between_others(place, colour):
    assert palette.between(["#000000", "#ff0000", "#ff00ff"], place) == colour
