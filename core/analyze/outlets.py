"""Outlets side by side: volume, length, tone, whom they cite and quote, what they attend to."""

import pandas as pd

from core.analyze import entities
from core.analyze.intervals import bootstrap_mean
from core.model import Filters, Label
from core.store import Corpus, articles, tags, tones


def volume(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """How much each outlet has, and in which tone.

    Shape: one row an outlet: outlet, outlet_name, articles, independent, words_median, quotes, sources, tone,
           tone_low, tone_high; by falling articles, then outlet.
    Units: tone is the mean score of its independent texts, in [-1, 1], with a bootstrap interval over them.
    """
    frame = articles.by_outlet(corpus, filters).drop(columns=["first_day", "last_day"])
    scores = tones.article_scores(corpus, filters).groupby("outlet")["score"]
    means = {str(outlet): bootstrap_mean(list(values)) for outlet, values in scores}
    found = [means[outlet] for outlet in frame["outlet"]]
    return frame.assign(
        tone=pd.Series([mean.value for mean in found], dtype=float),
        tone_low=pd.Series([mean.low for mean in found], dtype=float),
        tone_high=pd.Series([mean.high for mean in found], dtype=float),
    )


def sources_cited(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Which media, agencies and officials each outlet cites.

    Shape: one row an outlet and source: outlet, outlet_name, source, kind, citations, articles, independent,
           of_articles (of the outlet); by falling articles.
    """
    return _with_totals(corpus, filters, tags.sources_by_outlet(corpus, filters))


def speakers(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Who gets quoted by each outlet; quotes without a known speaker are one row with speaker None.

    Shape: one row an outlet and speaker: outlet, outlet_name, speaker, speaker_entity, quotes, direct,
           articles, independent, of_articles (of the outlet); by falling quotes.
    """
    return _with_totals(corpus, filters, tags.speakers_by_outlet(corpus, filters))


def entity_attention(corpus: Corpus, filters: Filters, *, label: Label | None = None, top: int = 20) -> pd.DataFrame:
    """What share of each outlet's texts mentions each of the most mentioned entities.

    Shape: one row an outlet and entity, zeros included: outlet, outlet_name, entity_id, name, label, mentions,
           articles, of_articles, independent, of_independent, share, low, high.
    Units: share is independent / of_independent, with Wilson's interval.
    """
    ranked = entities.ranking(corpus, filters, label=label, top=top)
    frame = entities.by_outlet(corpus, filters, tuple(ranked["entity_id"]))
    first = ["outlet", "outlet_name", "entity_id", "name", "label"]
    return frame[first + [column for column in frame.columns if column not in first]]


def copying(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Which outlets carry the same text, and who was first where the dates tell.

    Shape: one row a pair of outlets that share a cluster: outlet, outlet_name, other, other_name, clusters,
           first (clusters where outlet is the earlier one), later, unclear (same date or undated); outlet < other;
           by falling clusters.
    """
    return tags.shared_clusters(corpus, filters)


def _with_totals(corpus: Corpus, filters: Filters, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with of_articles, all articles of the row's outlet."""
    totals = articles.by_outlet(corpus, filters)[["outlet", "articles"]].rename(columns={"articles": "of_articles"})
    return frame.merge(totals, on="outlet", how="left")
