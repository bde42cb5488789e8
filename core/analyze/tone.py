"""Tone by outlet, time, entity and layer. Means are over independent texts, with intervals."""

from typing import Literal

import pandas as pd

from core.analyze.overview import Unit
from core.model import Filters, Label, Layer
from core.store import Corpus

ENOUGH = 5
"""Fewer independent texts than this and a mean should be shown greyed: the column enough is False."""

Axis = Literal["outlet", "corpus"]


def by_outlet(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Mean tone of each outlet, apart for narrator and quoted speech.

    Shape: one row an outlet and layer: outlet, outlet_name, layer, mean, low, high, sentences, articles,
           independent, enough.
    Units: mean of the independent texts' mean sentence scores, in [-1, 1]; bootstrap interval over texts.
    """
    raise NotImplementedError


def over_time(corpus: Corpus, filters: Filters, unit: Unit) -> pd.DataFrame:
    """Mean tone by period and layer.

    Shape: one row a period and layer: period, layer, mean, low, high, sentences, articles, independent, enough.
    """
    raise NotImplementedError


def by_entity(corpus: Corpus, filters: Filters, *, label: Label | None = None, top: int = 20) -> pd.DataFrame:
    """Tone of the sentences that mention each of the most mentioned entities: tone near it, not towards it.

    Shape: one row an entity and layer: entity_id, name, label, layer, mean, low, high, sentences, articles,
           independent, enough.
    """
    raise NotImplementedError


def distribution(corpus: Corpus, filters: Filters, *, by: Axis = "corpus") -> pd.DataFrame:
    """Sentences by polarity and layer.

    Shape: outlet, outlet_name (None with by="corpus"), layer, tone, sentences, of_sentences (of the outlet and
           layer), share, articles, independent; all three polarities of each layer, zeros included.
    """
    raise NotImplementedError


def extremes(
    corpus: Corpus,
    filters: Filters,
    *,
    tone: Literal["negative", "positive"],
    layer: Layer | None = None,
    top: int = 20,
) -> pd.DataFrame:
    """The most negative or most positive sentences, one a cluster of near-duplicates.

    Shape: as evidence.sentences; most extreme first.
    """
    raise NotImplementedError


def disagreement(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Where narrator and quoted speakers differ: articles that have both layers.

    Shape: one row an outlet: outlet, outlet_name, narrator, quoted, gap (quoted minus narrator), low, high (of
           the gap), articles, independent, enough.
    """
    raise NotImplementedError


def widest_gaps(corpus: Corpus, filters: Filters, *, top: int = 20) -> pd.DataFrame:
    """The articles in which narrator and quoted speakers differ most, one a cluster.

    Shape: document_id, outlet, outlet_name, published, title, narrator, quoted, gap, sentences; by falling |gap|.
    """
    raise NotImplementedError
