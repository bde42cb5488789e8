"""Where the keys of actors fall: each alone and behind the label of its sentence, whatever its length."""

from zlib import crc32

import numpy as np
import pytest

from core.model import Polarity, Tone
from core.tag.tone_features import word_hash
from core.tag.towards_features import Aimed
from core.tag.towards_model import KEY_BITS, LONGEST_KEY, NO_KEY, KeyHash, tone_numbers


def aimed(*keys: str) -> Aimed:
    return Aimed(list(keys), [], [], {}, [], [], ("", ""))


def tone(label: Polarity, score: float = 0.0) -> Tone:
    return Tone(label=label, score=score, layer="narrator")


def expected(keys: list[str], label: Polarity) -> list[int]:
    start = word_hash(f"{label} ")
    sums = [total for key in keys for total in (crc32(key.encode()), crc32(key.encode(), start))]
    return sorted({total >> (32 - KEY_BITS) for total in sums})


def test_keys_fall_where_their_checksums_say() -> None:
    rows: list[tuple[list[str], Polarity]] = [
        (["-1 warga", "+1 memuji", "-1 warga"], "positive"),
        (["-b", "é" * LONGEST_KEY, "x" * LONGEST_KEY, "y" * (LONGEST_KEY + 1)], "negative"),
        (["+2 di pasar"], "neutral"),
    ]
    found = KeyHash().buckets([aimed(*keys) for keys, _ in rows], [tone(label) for _, label in rows])
    for (keys, label), row in zip(rows, found.tolist(), strict=True):
        assert [bucket for bucket in row if bucket != NO_KEY] == expected(keys, label)


@pytest.mark.parametrize(
    ("label", "score", "numbers"),
    [
        ("negative", -0.5, [-0.5, 0, 0.5, 1, 0, 0]),
        ("neutral", 0.0, [0, 0, 0, 0, 1, 0]),
        ("positive", 0.25, [0.25, 0.25, 0, 0, 0, 1]),
    ],
)
def test_a_tone_is_its_score_its_sides_and_its_label(label: Polarity, score: float, numbers: list[float]) -> None:
    assert tone_numbers([tone(label, score)]).tolist() == [np.float32(numbers).tolist()]
