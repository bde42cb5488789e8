"""The trained model that tells how a sentence puts an actor: tables of weights, read once, evaluated with numpy.

Two models vote, as for tone. One is linear over words seen from the actor, alone and together with the tone of the
sentence. The other is a small network over the sentence's tone, what stands where around the actor, and vectors of
the words beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.model import Polarity, Tone
from core.tag.lexicon import tone_lexicon
from core.tag.stored import read_model
from core.tag.tone_features import word_hash
from core.tag.tone_model import CLIP, Floats, Vectors
from core.tag.towards_features import Aimed, Aimer

MODEL: Final = "models/tone-towards.npz"
KEY_BITS: Final = 15
HEAD: Final = 42  # so many of the network's first inputs, which tell tone and place, the linear model sees as well
BESIDE: Final = 5  # words on either side whose vectors are averaged
VERB_WIDTH: Final = 64  # of a verb's vector the first figures, which carry most
NO_KEY: Final = 1 << KEY_BITS  # the row of zeros behind those of the buckets
POLARITIES: Final[tuple[Polarity, ...]] = ("negative", "neutral", "positive")


class KeyHash:
    """Where words seen from an actor fall among 2**KEY_BITS."""

    def __init__(self) -> None:
        self._labels = {label: word_hash(f"{label} ") for label in POLARITIES}

    def buckets(self, aimed: Aimed, tone: Tone) -> list[int]:
        """Every key alone and with the label of the sentence before it, each bucket once."""
        label, shift = self._labels[tone.label], 32 - KEY_BITS
        keys = "\n".join(aimed.keys).encode().split(b"\n")
        return sorted({*[crc32(key) >> shift for key in keys], *[crc32(key, label) >> shift for key in keys]})


def read_inputs(vectors: Vectors, aimed: Sequence[Aimed], tones: Sequence[Tone]) -> Floats:
    """What the network sees, one row an actor."""
    classes = np.zeros((len(aimed), 2 * len(tone_lexicon().toned)), np.float32)
    for row, each in zip(classes, aimed, strict=True):
        for column, near in each.classes.items():
            row[column] = near
    return np.hstack(
        [
            np.array([tone_numbers(tone) for tone in tones], np.float32),
            np.array([each.place_numbers for each in aimed], np.float32),
            classes,
            np.array([each.charge_numbers for each in aimed], np.float32),
            vectors.few_means([each.before[:BESIDE] for each in aimed], BESIDE),
            vectors.few_means([each.after[:BESIDE] for each in aimed], BESIDE),
            vectors.first_figures([each.verbs[0] for each in aimed], VERB_WIDTH),
            vectors.first_figures([each.verbs[1] for each in aimed], VERB_WIDTH),
        ]
    )


def tone_numbers(tone: Tone) -> list[float]:
    """The sentence's score, its good and bad part, and its label."""
    score = tone.score
    return [score, max(score, 0.0), max(-score, 0.0), *(float(tone.label == each) for each in POLARITIES)]


class TowardsModel:
    """Chances of unfavourable, neutral and favourable."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self.aimer = Aimer(tone_lexicon())
        floats = {name: table.astype(np.float32) for name, table in tables.items()}
        self._keys = np.vstack([floats["keys"], np.zeros((1, len(POLARITIES)), np.float32)])
        self._key_head, self._key_bias = floats["key_head"], floats["key_bias"]
        self._centre, self._spread = floats["centre"], floats["spread"]
        self._hidden, self._hidden_bias = floats["hidden"], floats["hidden_bias"]
        self._out, self._direct, self._out_bias = floats["out"], floats["direct"], floats["out_bias"]
        self._blend, self._shift = floats["blend"], floats["shift"]
        self.lean = floats["lean"]
        self._hash = KeyHash()

    def chances(self, vectors: Vectors, aimed: Sequence[Aimed], tones: Sequence[Tone]) -> Floats:
        """Calibrated chances, one row an actor; tones are those of each one's sentence."""
        buckets = [self._hash.buckets(*each) for each in zip(aimed, tones, strict=True)]
        width = max(map(len, buckets))
        linear = self._keys[[row + [NO_KEY] * (width - len(row)) for row in buckets]].sum(axis=1)
        scaled = np.clip((read_inputs(vectors, aimed, tones) - self._centre) / self._spread, -CLIP, CLIP)
        hidden = np.maximum(scaled @ self._hidden + self._hidden_bias, 0)
        network = hidden @ self._out + scaled @ self._direct + self._out_bias
        linear += scaled[:, :HEAD] @ self._key_head + self._key_bias
        logits = linear * self._blend[0] + network * self._blend[1] + self._shift
        spread = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(spread / spread.sum(axis=1, keepdims=True), np.float32)


def load_towards() -> TowardsModel:
    """The shipped model; ResourceError when its file is missing or broken."""
    return read_model(MODEL, TowardsModel)
