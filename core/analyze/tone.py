"""Tone by outlet, time, entity and layer. Means are over independent texts, with intervals."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from core.analyze.evidence import with_marks
from core.analyze.intervals import bootstrap_mean
from core.analyze.overview import Unit
from core.model import Filters, Label, Layer
from core.store import Corpus, Selection, articles, evidence, tags, tones

ENOUGH = 5
"""Fewer independent texts than this and a mean should be shown greyed: the column enough is False."""

READABLE = (30, 400)
"""Code points of a sentence that is fit to be shown as one of the strongest."""

POLARITIES = ["negative", "neutral", "positive"]
_MEAN = ["layer", "mean", "low", "high", "sentences", "articles", "independent", "enough"]

_POINTS = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}

Axis = Literal["outlet", "corpus"]


def by_outlet(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Mean tone of each outlet, apart for narrator and quoted speech.

    Shape: one row an outlet and layer: outlet, outlet_name, layer, mean, low, high, sentences, articles,
           independent, enough.
    Units: mean of the independent texts' mean sentence scores, in [-1, 1]; bootstrap interval over texts.
    """
    means = _means(tones.sentence_scores(corpus, filters, "outlet"))
    outlets = articles.by_outlet(corpus, filters)[["outlet", "outlet_name"]]
    frame = outlets.merge(means.rename(columns={"key": "outlet"}), on="outlet")
    return frame[["outlet", "outlet_name", *_MEAN]]


def over_time(corpus: Corpus, filters: Filters, unit: Unit) -> pd.DataFrame:
    """Mean tone by period and layer.

    Shape: one row a period and layer: period, layer, mean, low, high, sentences, articles, independent, enough.
    """
    return _means(tones.sentence_scores(corpus, filters, unit)).rename(columns={"key": "period"})


def by_entity(corpus: Corpus, filters: Filters, *, label: Label | None = None, top: int = 20) -> pd.DataFrame:
    """Tone of the sentences that mention each of the most mentioned entities: tone near it, not towards it.

    Shape: one row an entity and layer: entity_id, name, label, layer, mean, low, high, sentences, articles,
           independent, enough.
    """
    ranked = tags.entities(corpus, filters, label=label, reading="both", top=top)[["entity_id", "name", "label"]]
    means = _means(tones.scores_near(corpus, filters, list(ranked["entity_id"])))
    frame = ranked.merge(means.rename(columns={"key": "entity_id"}), on="entity_id")
    return frame[["entity_id", "name", "label", *_MEAN]]


def towards(
    corpus: Corpus,
    filters: Filters,
    *,
    by: Axis = "corpus",
    label: Label | None = None,
    top: int = 20,
    entity_ids: Sequence[str] = (),
) -> pd.DataFrame:
    """How sentences put each of the most mentioned entities (or of entity_ids): favourably, unfavourably, neither.

    Shape: one row an entity, outlet and layer: entity_id, name, label, outlet, outlet_name (None with by="corpus"),
           layer, mean, low, high, unfavourable, neutral, favourable (sentences), sentences, articles, independent,
           enough. Metonyms count for what they stand for as well.
    Units: mean of the independent texts' mean P(favourable) - P(unfavourable); bootstrap interval over texts.
    """
    if entity_ids:
        ranked = tags.entity_names(corpus, list(entity_ids))
    else:
        ranked = tags.entities(corpus, filters, label=label, reading="both", top=top)[["entity_id", "name", "label"]]
    texts = tones.scores_towards(corpus, filters, list(ranked["entity_id"]), by_outlet=by == "outlet")
    keys = ["entity_id", "outlet", "outlet_name", "layer"]
    columns = [*keys, *_MEAN[1:4], *tones.FAVOURS, *_MEAN[4:]]
    means = _means_by(texts, keys, [*tones.FAVOURS, "sentences", "articles"])[columns]
    frame = ranked.merge(means, on="entity_id")
    return frame[["entity_id", "name", "label", *columns[1:]]]


def favours(corpus: Corpus, filters: Filters, *, label: Label | None = None, top: int = 20) -> pd.DataFrame:
    """Sentences by how they put each of the most mentioned entities, apart for narrator and quoted speech.

    Shape: entity_id, name, label, layer, favour, sentences, of_sentences (of the entity and layer), share,
           articles, independent, enough (these three of the entity and layer); all three favours, zeros included.
    """
    wide = towards(corpus, filters, label=label, top=top)
    long = wide.drop(columns="sentences").melt(
        id_vars=["entity_id", "name", "label", "layer", "articles", "independent", "enough"],
        value_vars=list(tones.FAVOURS),
        var_name="favour",
        value_name="sentences",
    )
    order = {key: place for place, key in enumerate(dict.fromkeys(wide["entity_id"]))}
    places = {name: place for place, name in enumerate(tones.FAVOURS)}
    long = long.assign(order=long["entity_id"].map(order), place=long["favour"].map(places))
    long = long.sort_values(["order", "layer", "place"], ignore_index=True).drop(columns=["order", "place"])
    of_sentences = long.groupby(["entity_id", "layer"])["sentences"].transform("sum")
    long = long.assign(of_sentences=of_sentences, share=long["sentences"] / of_sentences)
    return long[
        ["entity_id", "name", "label", "layer", "favour", "sentences", "of_sentences", "share", "articles",
         "independent", "enough"]
    ]  # fmt: skip


def distribution(corpus: Corpus, filters: Filters, *, by: Axis = "corpus") -> pd.DataFrame:
    """Sentences by polarity and layer.

    Shape: outlet, outlet_name (None with by="corpus"), layer, tone, sentences, of_sentences (of the outlet and
           layer), share, articles, independent, of_independent (likewise), enough; all three polarities of each
           layer, zeros included.
    """
    counts = tones.polarities(corpus, filters, by_outlet=by == "outlet")
    keys = ["outlet", "outlet_name", "layer", "of_independent"]
    frame = counts[keys].drop_duplicates().merge(pd.DataFrame({"tone": POLARITIES}), how="cross")
    frame = frame.merge(counts, on=[*keys, "tone"], how="left")
    sums = ["sentences", "articles", "independent"]
    frame = frame.assign(**{column: frame[column].fillna(0).astype("int64") for column in sums})
    of_sentences = frame.groupby(["outlet", "layer"], dropna=False)["sentences"].transform("sum")
    frame = frame.assign(
        of_sentences=of_sentences, share=frame["sentences"] / of_sentences, enough=frame["of_independent"] >= ENOUGH
    )
    order = frame["tone"].map({tone: place for place, tone in enumerate(POLARITIES)})
    frame = frame.assign(order=order).sort_values(["outlet", "layer", "order"], ignore_index=True)
    return frame[
        ["outlet", "outlet_name", "layer", "tone", "sentences", "of_sentences", "share", "articles", "independent",
         "of_independent", "enough"]
    ]  # fmt: skip


def spread(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """How the texts of each outlet spread, apart for narrator and quoted speech: means alone hide it.

    Shape: one row an outlet and layer: outlet, outlet_name, layer, p10, p25, p50, p75, p90 (of the independent
           texts' mean sentence scores), sentences, articles, independent, enough; most independent texts first.
    """
    texts = tones.sentence_scores(corpus, filters, "outlet")
    grouped = texts.groupby(["key", "layer"])
    points = pd.DataFrame({name: grouped["score"].quantile(share) for name, share in _POINTS.items()})
    counts = grouped.agg(
        sentences=("sentences", "sum"), articles=("articles", "sum"), independent=("cluster_id", "size")
    )
    frame = points.join(counts).reset_index().rename(columns={"key": "outlet"})
    outlets = articles.by_outlet(corpus, filters)[["outlet", "outlet_name"]]
    frame = outlets.merge(frame, on="outlet").assign(enough=lambda rows: rows["independent"] >= ENOUGH)
    most = frame.groupby("outlet")["independent"].transform("max")
    frame = frame.assign(most=most).sort_values(["most", "outlet", "layer"], ascending=[False, True, True])
    return frame.drop(columns="most").reset_index(drop=True)


def extremes(
    corpus: Corpus,
    filters: Filters,
    *,
    tone: Literal["negative", "positive"],
    layer: Layer | None = None,
    top: int = 20,
    readable: bool = False,
) -> pd.DataFrame:
    """The most negative or most positive sentences, one a cluster of near-duplicates.

    readable leaves out what is shorter or longer than READABLE: single words and texts that were never split into
    sentences reach the ends of the scale first and say the least.
    Shape: as evidence.sentences; most extreme first.
    """
    selection = Selection(tone=tone, layer=layer)
    length = READABLE if readable else None
    return with_marks(evidence.extremes(corpus, filters, selection, tone=tone, top=top, length=length), selection)


def disagreement(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Where narrator and quoted speakers differ: articles that have both layers.

    Shape: one row an outlet: outlet, outlet_name, narrator, quoted, gap (quoted minus narrator), low, high (of
           the gap), articles, independent, enough.
    """
    texts = tones.both_by_text(corpus, filters)
    rows = []
    for (outlet, name), group in texts.groupby(["outlet", "outlet_name"]):
        gap = bootstrap_mean(group["gap"].to_numpy())
        rows.append(
            (outlet, name, group["narrator"].mean(), group["quoted"].mean(), gap.value, gap.low, gap.high,
             int(group["articles"].sum()), len(group), len(group) >= ENOUGH)
        )  # fmt: skip
    columns = ["outlet", "outlet_name", "narrator", "quoted", "gap", "low", "high", "articles", "independent", "enough"]
    return pd.DataFrame(rows, columns=columns)


def widest_gaps(corpus: Corpus, filters: Filters, *, top: int = 20) -> pd.DataFrame:
    """The articles in which narrator and quoted speakers differ most, one a cluster.

    Shape: document_id, outlet, outlet_name, published, title, narrator, quoted, gap, sentences; by falling |gap|.
    """
    return tones.widest_gaps(corpus, filters, top)


def _means(texts: pd.DataFrame) -> pd.DataFrame:
    """One row a key and layer: key and _MEAN, from one row a key, layer and text."""
    return _means_by(texts, ["key", "layer"], ["sentences", "articles"])[["key", *_MEAN]]


def _means_by(texts: pd.DataFrame, keys: list[str], sums: list[str]) -> pd.DataFrame:
    """One row a group: keys, sums, mean, low, high, independent, enough, from one row a group and text."""
    grouped = texts.groupby(keys, dropna=False)
    number = grouped.ngroup().to_numpy()
    sizes = np.bincount(number) if len(number) else np.zeros(0, dtype=int)
    scores = texts["score"].to_numpy()[np.argsort(number, kind="stable")]
    means = [bootstrap_mean(part) for part in np.split(scores, np.cumsum(sizes)[:-1])] if len(sizes) else []
    return (
        grouped[sums]
        .sum()
        .astype("int64")
        .reset_index()
        .assign(
            mean=pd.Series([mean.value for mean in means], dtype=float),
            low=pd.Series([mean.low for mean in means], dtype=float),
            high=pd.Series([mean.high for mean in means], dtype=float),
            independent=sizes,
            enough=sizes >= ENOUGH,
        )
    )
