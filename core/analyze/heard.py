"""Who is heard: speakers and sources by outlet with their denominators, and how much of it in their own words."""

import pandas as pd

from core.analyze.intervals import bootstrap_ratio, wilson
from core.model import Filters
from core.store import Corpus, articles, routes, tags

ENOUGH_TEXTS = 2  # under so many texts with quotes an interval says nothing


def speakers(corpus: Corpus, filters: Filters, *, top: int) -> pd.DataFrame:
    """What share of each outlet's texts quotes each of the most quoted speakers.

    Shape: one row an outlet and speaker, zeros included: outlet, outlet_name, speaker, quotes, direct, articles,
           of_articles, independent, of_independent, share, share_low, share_high; speakers by falling texts.
    Units: share is independent / of_independent, with Wilson's interval. Unknown speakers are left out.
    """
    frame = tags.speakers_by_outlet(corpus, filters).dropna(subset=["speaker"])
    return _by_outlet(corpus, filters, frame, "speaker", ["quotes", "direct"], top)


def sources(corpus: Corpus, filters: Filters, *, top: int) -> pd.DataFrame:
    """What share of each outlet's texts cites each of the most cited sources.

    Shape: as speakers, with source, kind and citations in place of speaker, quotes and direct.
    """
    frame = tags.sources_by_outlet(corpus, filters)
    kinds = dict(zip(frame["source"], frame["kind"], strict=True))
    shown = _by_outlet(corpus, filters, frame, "source", ["citations"], top)
    shown.insert(3, "kind", shown["source"].map(kinds))
    return shown


def _by_outlet(
    corpus: Corpus, filters: Filters, frame: pd.DataFrame, name: str, counts: list[str], top: int
) -> pd.DataFrame:
    """The frame for the names in most texts, with a row of zeros for every outlet that has none."""
    totals = articles.by_outlet(corpus, filters)[["outlet", "outlet_name", "articles", "independent"]]
    totals = totals.rename(columns={"articles": "of_articles", "independent": "of_independent"})
    texts = frame.groupby(name)["independent"].sum()
    ranked = sorted(texts.items(), key=lambda item: (-int(item[1]), str(item[0])))[:top]
    names = pd.DataFrame({name: [str(key) for key, _ in ranked]}, dtype=object)
    heard = [*counts, "articles", "independent"]
    shown = names.merge(totals, how="cross").merge(frame[["outlet", name, *heard]], on=["outlet", name], how="left")
    shown[heard] = shown[heard].fillna(0).astype(int)
    shares = [wilson(int(n), int(of)) for n, of in zip(shown["independent"], shown["of_independent"], strict=True)]
    shown = shown[["outlet", "outlet_name", name, *counts, "articles", "of_articles", "independent", "of_independent"]]
    return shown.assign(
        share=pd.Series([share.value for share in shares], dtype=float),
        share_low=pd.Series([share.low for share in shares], dtype=float),
        share_high=pd.Series([share.high for share in shares], dtype=float),
    )


def directness(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """How much of what each outlet quotes stands in the speaker's own words.

    Shape: one row an outlet that quotes anyone: outlet, outlet_name, quotes, direct, mixed, indirect, articles,
           independent (texts with quotes), share, share_low, share_high, enough; by falling quotes.
    Units: share is direct / quotes; its interval is a bootstrap over texts, since quotes of one text are no
           independent draws. enough is false where there are under 2 texts, and the ends are then NaN.
    """
    texts = routes.quotes_by_text(corpus, filters)
    texts = texts.assign(quotes=texts["direct"] + texts["mixed"] + texts["indirect"])
    rows = []
    for (outlet, outlet_name), of_outlet in texts.groupby(["outlet", "outlet_name"], dropna=False, sort=False):
        ratio = bootstrap_ratio(of_outlet["direct"].tolist(), of_outlet["quotes"].tolist())
        sums = {name: int(of_outlet[name].sum()) for name in ("quotes", "direct", "mixed", "indirect", "articles")}
        rows.append(
            {"outlet": outlet, "outlet_name": outlet_name, **sums, "independent": len(of_outlet),
             "share": ratio.value, "share_low": ratio.low, "share_high": ratio.high,
             "enough": len(of_outlet) >= ENOUGH_TEXTS}
        )  # fmt: skip
    names = ["outlet", "outlet_name", "quotes", "direct", "mixed", "indirect", "articles", "independent", "share",
             "share_low", "share_high", "enough"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names)
    return frame.sort_values(["quotes", "outlet"], ascending=[False, True], ignore_index=True)
