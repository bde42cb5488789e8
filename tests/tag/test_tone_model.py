"""Words a model learns together weigh what they weigh alone."""

import numpy as np

from core.tag.tone_model import USUAL_LETTERS, load_model

SENTENCES = [
    "Warga memuji pelayanan baru di kantor itu.",
    "Harga cabai naik tajam, kata pedagang pasar.",
    "Pabrik " + "a" * (3 * USUAL_LETTERS) + " ditutup karena merugi.",
    "",
]


def test_order_and_company_of_sentences_change_nothing() -> None:
    together = load_model()
    chances = together.chances(together.describe(SENTENCES))
    for place, sentence in enumerate(SENTENCES):
        alone = load_model()
        np.testing.assert_allclose(alone.chances(alone.describe([sentence]))[0], chances[place], atol=1e-5)
