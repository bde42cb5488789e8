"""The trained model that tells how a sentence puts an actor: tables of weights, read once, evaluated with numpy.

Two models vote, as for tone. One is linear over words seen from the actor, alone and together with the tone of the
sentence. The other is a small network over the sentence's tone, what stands where around the actor, and vectors of
the words beside it.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.model import Polarity, Tone
from core.tag.lexicon import tone_lexicon
from core.tag.stored import read_model
from core.tag.tone_features import word_hash
from core.tag.tone_model import Floats, Places, Vectors, rectified, scale
from core.tag.towards_features import Aimed, Aimer

MODEL: Final = "models/tone-towards.npz"
KEY_BITS: Final = 15
HEAD: Final = 42  # so many of the network's first inputs, which tell tone and place, the linear model sees as well
BESIDE: Final = 5  # words on either side whose vectors are averaged
VERB_WIDTH: Final = 64  # of a verb's vector the first figures, which carry most
LONGEST_KEY: Final = 100  # bytes; the few longer keys are told one by one
NO_KEY: Final = 1 << KEY_BITS  # the row of zeros behind those of the buckets
POLARITIES: Final[tuple[Polarity, ...]] = ("negative", "neutral", "positive")


class KeyHash:
    """Where words seen from an actor fall among 2**KEY_BITS."""

    def __init__(self) -> None:
        labels = [word_hash(f"{label} ") for label in POLARITIES]
        self._labels = dict(zip(POLARITIES, labels, strict=True))
        # A checksum that goes on from another one differs from one that does not by what its length alone tells.
        self._shifts = np.array(
            [[crc32(bytes(size), label) ^ crc32(bytes(size)) for size in range(LONGEST_KEY + 1)] for label in labels],
            np.uint32,
        )

    def buckets(self, aimed: Sequence[Aimed], tones: Sequence[Tone]) -> Places:
        """One row an actor: every key alone and with the label of the sentence before it, each bucket once.

        Rows rise and are filled up with NO_KEY, which may stand anywhere in them.
        """
        sizes = np.array([len(each.keys) for each in aimed], np.intp)
        keys = "\n".join(chain.from_iterable(each.keys for each in aimed)).encode().split(b"\n")
        lengths = np.fromiter(map(len, keys), np.intp, len(keys))
        alone = np.fromiter(map(crc32, keys), np.uint32, len(keys))
        labels = np.array([POLARITIES.index(tone.label) for tone in tones], np.intp).repeat(sizes)
        labelled = alone ^ self._shifts[labels, np.minimum(lengths, LONGEST_KEY)]
        for place in np.flatnonzero(lengths > LONGEST_KEY).tolist():
            labelled[place] = crc32(keys[place], self._labels[POLARITIES[labels[place]]])
        rows = np.arange(len(sizes)).repeat(sizes)
        columns = np.arange(len(keys)) - (sizes.cumsum() - sizes).repeat(sizes)
        width = int(sizes.max())
        found = np.full((len(sizes), 2 * width), NO_KEY, np.intp)
        found[rows, columns] = alone >> np.uint32(32 - KEY_BITS)
        found[rows, columns + width] = labelled >> np.uint32(32 - KEY_BITS)
        found.sort(axis=1)
        found[:, 1:][found[:, 1:] == found[:, :-1]] = NO_KEY
        return found


def read_inputs(vectors: Vectors, aimed: Sequence[Aimed], tones: Sequence[Tone]) -> Floats:
    """What the network sees, one row an actor."""
    near = [(row, column, value) for row, each in enumerate(aimed) for column, value in each.classes.items()]
    classes = np.zeros((len(aimed), 2 * len(tone_lexicon().toned)), np.float32)
    if near:
        rows, columns, values = zip(*near, strict=True)
        classes[rows, columns] = values
    words = [each.before[:BESIDE] for each in aimed] + [each.after[:BESIDE] for each in aimed]
    beside = vectors.few_means(words, BESIDE)
    return np.hstack(
        [
            tone_numbers(tones),
            np.array([each.place_numbers for each in aimed], np.float32),
            classes,
            np.array([each.charge_numbers for each in aimed], np.float32),
            beside[: len(aimed)],
            beside[len(aimed) :],
            vectors.first_figures([verb for each in aimed for verb in each.verbs], VERB_WIDTH).reshape(len(aimed), -1),
        ]
    )


def tone_numbers(tones: Sequence[Tone]) -> Floats:
    """A row a sentence: its score, its good and bad part, and its label."""
    numbers = np.zeros((len(tones), 3 + len(POLARITIES)), np.float32)
    numbers[:, 0] = [tone.score for tone in tones]
    np.maximum(numbers[:, 0], 0, out=numbers[:, 1])
    np.maximum(-numbers[:, 0], 0, out=numbers[:, 2])
    numbers[range(len(tones)), [3 + POLARITIES.index(tone.label) for tone in tones]] = 1
    return numbers


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
        linear = self._keys.take(self._hash.buckets(aimed, tones).T, axis=0).sum(axis=0)
        scaled = scale(read_inputs(vectors, aimed, tones), self._centre, self._spread)
        hidden = rectified(scaled @ self._hidden, self._hidden_bias)
        network = hidden @ self._out + scaled @ self._direct + self._out_bias
        linear += scaled[:, :HEAD] @ self._key_head + self._key_bias
        logits = linear * self._blend[0] + network * self._blend[1] + self._shift
        spread = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(spread / spread.sum(axis=1, keepdims=True), np.float32)


def load_towards() -> TowardsModel:
    """The shipped model; ResourceError when its file is missing or broken."""
    return read_model(MODEL, TowardsModel)
