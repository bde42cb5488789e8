"""The card is read from its figures; broken ones say what to do."""

import json
from pathlib import Path

import pytest

from core.errors import ResourceError
from core.resources import path
from core.tag import model_card
from core.tag.model_card import FIGURES, tone_card


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file of figures that the test may change."""
    copied = tmp_path / "figures.json"
    copied.write_text(path(FIGURES).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(model_card, "path", lambda name: copied if name == FIGURES else path(name))
    tone_card.cache_clear()
    yield copied
    tone_card.cache_clear()


def test_shares_come_from_the_counts(figures: Path) -> None:
    given = json.loads(figures.read_text())
    given["confusion"] = {
        "negative": {"negative": 8, "neutral": 2, "positive": 0},
        "neutral": {"negative": 4, "neutral": 15, "positive": 1},
        "positive": {"negative": 0, "neutral": 6, "positive": 4},
    }
    figures.write_text(json.dumps(given))
    negative, _, positive = tone_card().tones
    assert (negative.sentences, negative.found, negative.true) == (10, 0.8, pytest.approx(8 / 12))
    assert negative.real == "negative"
    assert (positive.found, positive.true, positive.f1) == (0.4, 0.8, pytest.approx(8 / 15))
    assert positive.called == {"negative": 0, "neutral": 6, "positive": 4}


def test_figures_of_another_model_are_told(figures: Path) -> None:
    figures.write_text(json.dumps(json.loads(figures.read_text()) | {"model": "0" * 12}))
    assert not tone_card().current


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"sentences": 1}'])
def test_broken_figures_name_the_remedy(figures: Path, content: str) -> None:
    figures.write_text(content)
    with pytest.raises(ResourceError, match="tone_card"):
        tone_card()
