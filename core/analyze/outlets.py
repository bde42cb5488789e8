"""Outlets side by side: volume, length, tone, whom they cite and quote, what they attend to."""

import pandas as pd

from core.analyze import entities
from core.analyze.intervals import bootstrap_mean, wilson
from core.model import Filters, Label
from core.store import UNKNOWN, Corpus, articles, tags, terms, tones

LEAST_TEXTS = 5
"""Independent texts under which an outlet is not set beside others."""

DRAWN_TEXTS = 300
"""Texts of an outlet that are compared with those of others: more would take long and say the same."""


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


def sharing(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """What share of each outlet's texts each other outlet carries as well.

    Shape: one row an ordered pair of outlets, those that share nothing included: outlet, outlet_name, other,
           other_name, independent (texts of both), of_independent (texts of outlet), share, low, high; outlets that
           share with none are left out.
    Units: share is independent / of_independent, with Wilson's interval.
    """
    names = ["outlet", "outlet_name", "other", "other_name", "independent", "of_independent", "share", "low", "high"]
    pairs = tags.shared_clusters(corpus, filters)[["outlet", "other", "clusters"]]
    both = pd.concat([pairs, pairs.rename(columns={"outlet": "other", "other": "outlet"})])
    totals = articles.by_outlet(corpus, filters)[["outlet", "outlet_name", "independent"]]
    totals = totals[totals["outlet"].isin(both["outlet"])].rename(columns={"independent": "of_independent"})
    others = totals[["outlet", "outlet_name"]].rename(columns={"outlet": "other", "outlet_name": "other_name"})
    frame = totals.merge(others, how="cross").merge(both, on=["outlet", "other"], how="left")
    frame = frame[frame["outlet"] != frame["other"]].reset_index(drop=True)
    shared = frame["clusters"].fillna(0).astype("int64")
    shares = [wilson(int(n), int(of)) for n, of in zip(shared, frame["of_independent"], strict=True)]
    return frame.assign(
        independent=shared,
        share=pd.Series([share.value for share in shares], dtype=float),
        low=pd.Series([share.low for share in shares], dtype=float),
        high=pd.Series([share.high for share in shares], dtype=float),
    )[names]


def likeness(corpus: Corpus, filters: Filters, *, top: int = 16) -> pd.DataFrame:
    """How alike two outlets write, beyond the texts that they share.

    The mean cosine of the weighted words of two texts, one of each outlet, by the geometric mean of what it is between
    two texts of the same outlet. Means over pairs do not grow with the number of texts, as a comparison of all words
    of two outlets would. Texts that several outlets carry are left out.

    Shape: one row an ordered pair of outlets: outlet, outlet_name, other, other_name, likeness, score (the mean
           cosine), within (that among texts of outlet), texts, other_texts (compared); outlets with at least
           LEAST_TEXTS texts, the busiest `top` of them; pairs without any likeness within are left out.
    Units: likeness from 0 (no word in common) to 1 (a text of the one is as like to those of the other as to its
           own); texts at most DRAWN_TEXTS an outlet.
    """
    known = articles.by_outlet(corpus, filters)
    known = known[(known["independent"] >= LEAST_TEXTS) & (known["outlet"] != UNKNOWN)].head(top)
    named = dict(zip(known["outlet"], known["outlet_name"], strict=True))
    frame = terms.likeness(corpus, filters, list(named), DRAWN_TEXTS)
    frame = frame[(frame["texts"] >= LEAST_TEXTS) & (frame["other_texts"] >= LEAST_TEXTS)]
    within = dict(frame.loc[frame["outlet"] == frame["other"], ["outlet", "score"]].itertuples(index=False, name=None))
    place = {outlet: number for number, outlet in enumerate(named)}
    among = frame["outlet"].map(within) * frame["other"].map(within)
    frame = frame.assign(
        one=frame["outlet"].map(place),
        two=frame["other"].map(place),
        outlet_name=frame["outlet"].map(named),
        other_name=frame["other"].map(named),
        likeness=(frame["score"] / among.where(among > 0) ** 0.5).clip(0, 1).round(6),  # threads add in any order
        score=frame["score"].round(6),
        within=frame["outlet"].map(within).round(6),
    )
    pairs = frame[(frame["outlet"] != frame["other"]) & frame["likeness"].notna()]
    names = ["outlet", "outlet_name", "other", "other_name", "likeness", "score", "within", "texts", "other_texts"]
    return pairs.sort_values(["one", "two"], ignore_index=True)[names]


def _with_totals(corpus: Corpus, filters: Filters, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with of_articles, all articles of the row's outlet."""
    totals = articles.by_outlet(corpus, filters)[["outlet", "articles"]].rename(columns={"articles": "of_articles"})
    return frame.merge(totals, on="outlet", how="left")
