"""Where outlets are silent: the days and the events of which others write and they do not.

A corpus holds what was put into it. So an outlet counts as silent only while the corpus has it: between its first
and its last article for days, with articles of its own in those days for events.
"""

from datetime import timedelta
from typing import Literal

import pandas as pd

from core.analyze import events
from core.model import Filters
from core.store import Corpus, articles

State = Literal["reported", "looked_back", "silent", "outside"]
FOLLOWS_DAYS = 7
"""Days after an event in which an outlet that writes of other things is silent about it."""

Unit = Literal["day", "week", "month"]


def by_period(corpus: Corpus, filters: Filters, unit: Unit) -> pd.DataFrame:
    """Every outlet on every day (week, month) on which any outlet has an article.

    Shape: period, outlet, outlet_name, state (`reported`, `silent`, or `outside` where it lies before the outlet's
           first or after its last article), articles, independent (of the outlet), others (other outlets with an
           article), of_independent (texts of all outlets); outlets by falling articles, then by period.
    """
    names = ["period", "outlet", "outlet_name", "state", "articles", "independent", "others", "of_independent"]
    found = articles.by_period(corpus, filters, unit)
    if found.empty:
        return pd.DataFrame(columns=names)
    every = found.groupby("period").agg(present=("outlet", "nunique"))
    totals = articles.totals_by_period(corpus, filters, unit).set_index("period")["of_independent"]
    spans = found.groupby("outlet").agg(
        outlet_name=("outlet_name", "first"), first=("period", "min"), last=("period", "max"), whole=("articles", "sum")
    )
    spans = spans.sort_values(["whole", "outlet"], ascending=[False, True]).reset_index()
    frame = spans.merge(every.reset_index(), how="cross")
    frame = frame.merge(found[["period", "outlet", "articles", "independent"]], on=["period", "outlet"], how="left")
    counts = ["articles", "independent"]
    frame[counts] = frame[counts].fillna(0).astype("int64")
    within = (frame["period"] >= frame["first"]) & (frame["period"] <= frame["last"])
    reported = frame["articles"] > 0
    frame = frame.assign(
        state=pd.Series("outside", index=frame.index).mask(within, "silent").mask(reported, "reported"),
        others=frame["present"] - reported.astype("int64"),
        of_independent=frame["period"].map(totals).astype("int64"),
    )
    return frame[names]


def by_outlet(frame: pd.DataFrame) -> pd.DataFrame:
    """How much of its time each outlet is silent, from by_period.

    Shape: outlet, outlet_name, reported, silent (periods within its span), longest_silence (periods in a row on which
           others wrote), silent_from, silent_to (first and last of them); by falling silent, then outlet.
    """
    rows = []
    for (outlet, outlet_name), own in frame.groupby(["outlet", "outlet_name"], sort=False):
        within = own[own["state"] != "outside"].reset_index(drop=True)
        silent = within["state"] == "silent"
        runs = within[silent].groupby((~silent).cumsum()[silent], sort=False)
        longest = max((run for _, run in runs), key=len, default=within.iloc[:0])
        ends = (longest["period"].iloc[0], longest["period"].iloc[-1]) if len(longest) else (pd.NaT, pd.NaT)
        rows.append((outlet, outlet_name, int((~silent).sum()), int(silent.sum()), len(longest), *ends))
    names = ["outlet", "outlet_name", "reported", "silent", "longest_silence", "silent_from", "silent_to"]
    made = pd.DataFrame(rows, columns=names)
    for column in ("silent_from", "silent_to"):
        made[column] = pd.to_datetime(made[column])
    return made.sort_values(["silent", "outlet"], ascending=[False, True], ignore_index=True)


def by_event(corpus: Corpus, filters: Filters, *, top: int) -> pd.DataFrame:
    """Every outlet on each of the events that most outlets cover.

    Shape: event_id, label_id, label_en, first_day, last_day, basis, outlets (that cover it), outlet, outlet_name, state
           (`reported`, `looked_back` where it only mentions the event later, `silent` where it has articles of those
           days or the week after and none on it, else `outside`), articles (on it), around (its articles of those
           days and the week after); events by falling outlets, outlets by falling articles on all of them.
    """
    columns = ["event_id", "label_id", "label_en", "first_day", "last_day", "basis", "outlets", "outlet",
               "outlet_name", "state", "articles", "around"]  # fmt: skip
    known = events.events(corpus, filters)
    known = known[known["first_day"].notna() & (known["outlets"] > 0)]
    known = known.sort_values(["outlets", "articles", "event_id"], ascending=[False, False, True]).head(top)
    told = {row.event_id: _by_outlet(corpus, filters, str(row.event_id)) for row in known.itertuples()}
    days = articles.by_period(corpus, filters, "day")
    written = {str(outlet): group for outlet, group in days.groupby("outlet")}
    outlets = articles.by_outlet(corpus, filters)[["outlet", "outlet_name"]].to_dict("records")
    rows = []
    for event in known.to_dict("records"):
        covering, back = told[event["event_id"]]
        until = event["last_day"] + timedelta(days=FOLLOWS_DAYS)
        for named in outlets:
            outlet = str(named["outlet"])
            own = written.get(outlet)
            around = 0 if own is None else int(own["articles"][own["period"].between(event["first_day"], until)].sum())
            on_it = covering.get(outlet, 0)
            state: State = "silent" if around else "outside"
            state = "reported" if on_it else "looked_back" if outlet in back else state
            rows.append({**event, **named, "state": state, "articles": on_it, "around": around})
    frame = pd.DataFrame(rows, columns=columns)
    most = frame.groupby("outlet")["articles"].sum()
    frame = frame.assign(most=frame["outlet"].map(most), place=frame["event_id"].map(_places(known["event_id"])))
    return frame.sort_values(["place", "most", "outlet"], ascending=[True, False, True], ignore_index=True)[columns]


def _places(event_ids: "pd.Series[str]") -> dict[str, int]:
    return {event_id: place for place, event_id in enumerate(event_ids)}


def _by_outlet(corpus: Corpus, filters: Filters, event_id: str) -> tuple[dict[str, int], set[str]]:
    """Articles that cover an event by outlet, and the outlets with articles that look back to it."""
    found = events.reports(corpus, filters, event_id)
    covering = found[found["covers"]].groupby("outlet")["document_id"].nunique()
    return {str(outlet): int(n) for outlet, n in covering.items()}, set(found.loc[~found["covers"], "outlet"])
