"""Who has it from whom: sources, those who handed them on, and outlets; and outlets that print the same text."""

from dataclasses import dataclass

import pandas as pd

from core.analyze.intervals import wilson
from core.model import Filters
from core.store import Corpus, articles
from core.store import routes as stored

NOBODY = ""
"""The relay of what an outlet cites without naming anyone in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """citations counts sentences that cite; chained those of them that name who handed the source on.

    articles are those that cite anyone, of all that pass. pairs counts outlets that print a text which another
    outlet has too; ordered those of them whose dates tell who was first.
    """

    citations: int
    chained: int
    articles: int
    of_articles: int
    outlets: int
    pairs: int
    ordered: int


def routes(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Each way by which a source came to an outlet.

    Shape: one row an outlet, source and last relay: source, kind, entity_id, relay (empty where the text names no
           one in between), relay_kind, path (all relays in order), outlet, outlet_name, citations, articles,
           of_articles (of the outlet), independent, of_independent, share, share_low, share_high; by falling articles.
    Units: share is independent / of_independent, with Wilson's interval.
    """
    frame = stored.citations(corpus, filters)
    totals = articles.by_outlet(corpus, filters)[["outlet", "articles", "independent"]]
    totals = totals.rename(columns={"articles": "of_articles", "independent": "of_independent"})
    frame = frame.merge(totals, on="outlet", how="left")
    shares = [wilson(int(n), int(of)) for n, of in zip(frame["independent"], frame["of_independent"], strict=True)]
    frame = frame[
        ["source", "kind", "entity_id", "relay", "relay_kind", "path", "outlet", "outlet_name", "citations",
         "articles", "of_articles", "independent", "of_independent"]
    ]  # fmt: skip
    return frame.assign(
        share=pd.Series([share.value for share in shares], dtype=float),
        share_low=pd.Series([share.low for share in shares], dtype=float),
        share_high=pd.Series([share.high for share in shares], dtype=float),
    )


def copies(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Texts that several outlets print, with who was first where the dates tell.

    Shape: one row a cluster of near-duplicates and outlet that has it besides the first: cluster_id, title, outlet,
           outlet_name, published, other, other_name, other_published, earlier, agencies (whom the articles cite);
           the clusters in the order of their number. Where earlier is false the dates do not tell who was first,
           and the two stand in the order in which they are known. That one came out before another does not
           say that the other has it from there: both may have it from an agency.
    """
    return stored.shared_texts(corpus, filters)


def exchanges(frame: pd.DataFrame) -> pd.DataFrame:
    """How many texts each two outlets share. Takes the frame of copies.

    Shape: one row a pair and order: outlet, outlet_name, other, other_name, earlier, clusters, agencies; by falling
           clusters.
    """
    keys = ["outlet", "outlet_name", "other", "other_name", "earlier"]
    if frame.empty:
        return frame[keys].assign(clusters=pd.Series(dtype=int), agencies=pd.Series(dtype=str))
    grouped = frame.groupby(keys, sort=False).agg(
        clusters=("cluster_id", "nunique"), agencies=("agencies", lambda names: _commonest(list(names)))
    )
    return grouped.reset_index().sort_values(["clusters", "outlet", "other"], ascending=[False, True, True])


def _commonest(lists: list[str], most: int = 3) -> str:
    counted = pd.Series([name for names in lists for name in names.split(", ") if name], dtype=str).value_counts()
    ranked = sorted(counted.items(), key=lambda item: (-int(item[1]), str(item[0])))
    return ", ".join(str(name) for name, _ in ranked[:most])


def summary(corpus: Corpus, filters: Filters) -> Summary:
    """How much of what is cited says through whom it came, and how many shared texts say who was first."""
    frame, shared = routes(corpus, filters), copies(corpus, filters)
    totals = articles.by_outlet(corpus, filters)
    citing = stored.citing_articles(corpus, filters)
    return Summary(
        citations=int(frame["citations"].sum()),
        chained=int(frame.loc[frame["relay"] != NOBODY, "citations"].sum()),
        articles=citing,
        of_articles=int(totals["articles"].sum()),
        outlets=int(frame["outlet"].nunique()),
        pairs=len(shared),
        ordered=int(shared["earlier"].sum()),
    )
