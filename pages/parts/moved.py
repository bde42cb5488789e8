"""Why sentences have their tone. Worked out for what is shown only, and kept for as long as the model stays."""

from typing import Any

import streamlit as st

from core.analyze.articles import Article
from core.tag import stronger, tagger_version
from core.tag.tone import Explanation
from core.view.marked import Mark
from core.view.moved import mover_marks
from pages.parts.wording import t, wording

SAME = 0.005
"""Scores that are nearer than this look the same on screen."""


def explained(text: str) -> Explanation:
    """What moved a sentence, by the model of now."""
    return _explained(tagger_version(), text)


@st.cache_data(show_spinner=False, max_entries=5000)
def _explained(model: str, text: str) -> Explanation:  # noqa: ARG001  model is the cache's
    return stronger.explain(text)


def word_marks(row: Any) -> list[Mark]:
    """Marks of the words that moved a sentence. Takes a row of evidence.sentences; none where it is not rated."""
    return mover_marks(explained(row.text).movers, wording()) if _is_rated(row) else []


def chances(row: Any) -> str:
    """How sure the model is of a sentence, and whether it says today what is stored."""
    if not _is_rated(row):
        return t("moved.unrated")
    words, told = wording(), explained(row.text)
    negative, neutral, positive = map(words.percent, told.probabilities)
    said = [t("moved.chances", negative=negative, neutral=neutral, positive=positive)]
    if not mover_marks(told.movers, words):
        said.append(t("moved.none"))
    if abs(told.score - row.score) > SAME:
        said.append(t("moved.other_model", stored=words.signed(row.score), now=words.signed(told.score)))
    return " · ".join(said)


def is_quick() -> bool:
    """Whether a whole article can be explained at once; a stronger model takes seconds for it."""
    return not stronger.version()


def article_marks(article: Article, pointed: int | None = None) -> list[Mark]:
    """Marks of the words that moved an article's sentences; of the one pointed at alone where the model is slow."""
    text, sentences = article.document.text, article.annotations.sentences
    everywhere = range(len(sentences))
    numbers = everywhere if is_quick() else [number for number in everywhere if number == pointed]
    return [
        mark
        for number in numbers
        if sentences[number].tone.score
        for mark in mover_marks(
            explained(sentences[number].span.of(text)).movers, wording(), offset=sentences[number].span.start
        )
    ]


def _is_rated(row: Any) -> bool:
    """A score of exactly 0 is what sentences without words and those of other languages get."""
    return bool(row.score)
