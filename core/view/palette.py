"""Colours by meaning. Every colour keeps 3:1 against the light and the dark background alike.

Charts carry one set of colours for both themes. INK is a grey that the page's style sheet turns into the
theme's text colour; where no style sheet reaches it is readable on either background.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from zlib import crc32

INK = "#7f8489"
ACCENT = "#1d7d8c"
REST = "#85898d"  # `others`, and whatever has no colour of its own
LIGHT_BACKGROUND = "#ffffff"
DARK_BACKGROUND = "#14181b"

CATEGORIES = (
    "#3a76c4",  # blue
    "#d0661b",  # orange
    "#2a8a57",  # green
    "#c4447c",  # rose
    "#7a62c9",  # violet
    "#8f7a14",  # olive
    "#1f8fa6",  # cyan
    "#b9433f",  # brick
    "#5f8f2b",  # leaf
    "#a457b5",  # orchid
    "#94694a",  # brown
    "#5c7ba0",  # slate
)
"""Distinct colours for outlets; what goes beyond them is REST."""

TONE: Mapping[str, str] = MappingProxyType({"negative": "#c9602f", "neutral": "#8d9196", "positive": "#2f79b9"})
"""Orange to blue: told apart with any common colour blindness."""

FAVOUR: Mapping[str, str] = MappingProxyType(
    {"unfavourable": TONE["negative"], "neutral": TONE["neutral"], "favourable": TONE["positive"]}
)

LAYER: Mapping[str, str] = MappingProxyType({"narrator": "#1d7d8c", "quoted": "#a2701a"})

LABEL: Mapping[str, str] = MappingProxyType(
    {"PER": "#3a76c4", "ORG": "#7a62c9", "GPE": "#2a8a57", "LOC": "#8f7a14", "PRODUCT": "#c4447c"}
)

STATUS: Mapping[str, str] = MappingProxyType(
    {
        "asserts": "#2a6bb0",
        "attributes": "#5b8fd0",
        "hedges": "#8a78c9",
        "plans": "#2f8f83",
        "denies": "#c9602f",
        "omits": "#8f7a14",
        "did not cover": "#85898d",
    }
)

SOURCE: Mapping[str, str] = MappingProxyType(
    {"agency": "#3a76c4", "media": "#d0661b", "official": "#2a8a57", "document": "#7a62c9", "unknown": REST}
)

QUOTE: Mapping[str, str] = MappingProxyType({"direct": "#a2701a", "mixed": "#7a62c9", "indirect": "#1d7d8c"})

ORDER: Mapping[str, str] = MappingProxyType({"earlier": "#1d7d8c", "unordered": REST})

SERIES = ("#3a76c4", "#d0661b", "#2a8a57", "#c4447c", "#7a62c9", "#8f7a14", "#1f8fa6", "#b9433f")
"""For what has no colour by meaning, such as entities picked for a trend."""


def outlet_colours(universe: Sequence[str], shown: Sequence[str] | None = None) -> dict[str, str]:
    """A colour for each outlet that stays its own on every chart.

    universe: all outlet ids of the corpus, most articles first; shown: those of the current view, in the same
    order, all when None. The first outlets of the universe always have the same colour, whatever is shown;
    the others take what is free, and outlets beyond the palette are REST.
    """
    home = _placed(universe, taken={})
    kept = {outlet: home[outlet] for outlet in (universe if shown is None else shown) if outlet in home}
    placed = _placed(universe if shown is None else shown, taken=kept)
    wanted = universe if shown is None else shown
    return {outlet: CATEGORIES[placed[outlet]] if outlet in placed else REST for outlet in wanted}


def ink_on(colour: str) -> str:
    """White or black, whichever is easier to read on a colour: at least 4.5 to 1 on any."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, colour))


def between(colours: Sequence[str], place: float) -> str:
    """The colour at a place in [0, 1] of a scale that passes evenly through colours, mixed as a chart mixes them."""
    steps = len(colours) - 1
    at = min(max(place, 0.0), 1.0) * steps
    first = min(int(at), steps - 1)
    ends = [[int(colour[n : n + 2], 16) for n in (1, 3, 5)] for colour in colours[first : first + 2]]
    mixed = (round(one + (two - one) * (at - first)) for one, two in zip(*ends, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _placed(outlets: Sequence[str], *, taken: Mapping[str, int]) -> dict[str, int]:
    """Places in the palette: an outlet's own by its id, or the next free one."""
    placed = dict(taken)
    free = set(range(len(CATEGORIES))) - set(placed.values())
    for outlet in outlets:
        if outlet in placed or not free:
            continue
        wish = crc32(outlet.encode()) % len(CATEGORIES)
        place = min(free, key=lambda slot: (slot - wish) % len(CATEGORIES))
        placed[outlet] = place
        free.remove(place)
    return placed


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
