"""Numbers as the press writes them, as the stretch of values that each can mean: `sekitar 3.000`, `puluhan ribu`."""

import re
from dataclasses import dataclass

ABOUT = 0.15  # `sekitar 3.000` is as far from 3.000 as this share of it
BEYOND = 0.5  # `lebih dari 3.000` ends at half as much again
SMALL = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "sepasang": 2, "seekor": 1, "sebuah": 1, "seorang": 1,
}  # fmt: skip
SCALES = {"belas": 10, "puluh": 10, "ratus": 100, "ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000}
VAGUE = {
    "belasan": (11, 19),
    "puluhan": (20, 99),
    "ratusan": (100, 999),
    "ribuan": (1_000, 9_999),
    "jutaan": (1e6, 1e7),
}
OVER = ("lebih dari", "lebih", "di atas", "sedikitnya", "setidaknya", "paling sedikit", "minimal")
UNDER = ("hampir", "kurang dari", "di bawah", "hingga", "sampai", "maksimal", "paling banyak")
NEAR = ("sekitar", "kira-kira", "kurang lebih", "diperkirakan", "mendekati")

_WORDS = "|".join([*SMALL, *VAGUE])
_SCALES = "|".join(SCALES)
_HEDGES = "|".join(sorted((*OVER, *UNDER, *NEAR), key=len, reverse=True))
NUMBER = rf"(?:\b(?:{_HEDGES})\s)*(?<![\d.,])(?:\d+(?:[.,]\d+)*|\b(?:{_WORDS}))(?:\s(?:{_SCALES}))*"
"""What a pattern of a profile may write as {number}."""

_HEDGE = re.compile(rf"(?i)\b({_HEDGES})\s")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is written, and the least and greatest value that it can mean."""

    text: str
    least: float
    most: float

    def fits(self, other: "Amount") -> bool:
        """Whether both can be the same number."""
        return self.least <= other.most and other.least <= self.most


def amount(text: str) -> Amount | None:
    """What a number means; None where it is none."""
    written = " ".join(text.lower().split())
    hedges = _HEDGE.findall(written)
    bare = _HEDGE.sub("", written)
    value = _value(bare.split())
    if value is None:
        return None
    least, most = value
    for hedge in hedges:
        if hedge in OVER:
            most *= 1 + BEYOND
        elif hedge in UNDER:
            least *= 1 - BEYOND / 2
        else:
            least, most = least * (1 - ABOUT), most * (1 + ABOUT)
    return Amount(" ".join(text.split()), least, most)


def _value(words: list[str]) -> tuple[float, float] | None:
    if not words:
        return None
    first, *scales = words
    if first in VAGUE:
        low, high = VAGUE[first]
    elif first in SMALL:
        low = high = float(SMALL[first])
    else:
        try:
            low = high = float(_plain(first))
        except ValueError:
            return None
    for scale in scales:
        if scale not in SCALES:
            return None
        if scale == "belas":
            low, high = low + 10, high + 10
        else:
            low, high = low * SCALES[scale], high * SCALES[scale]
    return float(low), float(high)


def _plain(digits: str) -> str:
    """Full stops set off thousands, a comma the decimals; a stop before anything but three digits is a comma."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits):
        digits = digits.replace(",", "")
    return digits.replace(",", ".")
