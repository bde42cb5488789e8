"""One event, or all: what an outlet leaves out of one event says more than what it leaves out of all."""

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from core.analyze import events
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import language, t, wording


def choose_event(view: View) -> str | None:
    """The id of the chosen event; the most reported ones stand first."""
    frame = ask(events.events, view.filters)
    frame = frame.sort_values(["articles", "first_day", "event_id"], ascending=[False, False, True], kind="stable")
    told = {row.event_id: event_name(row) for row in frame.itertuples(index=False)}
    every = t("gifts.all_events")
    chosen: str | None = st.selectbox(
        t("gifts.event"), [None, *told], key="claims_event", help=t("gifts.event_help"),
        format_func=lambda event: told.get(event, event) if event else every,
    )  # fmt: skip
    return chosen


def event_name(row: Any) -> str:
    """`18 Feb 2024 · A car for Kim from Putin (13 articles, 13 outlets)`; takes a row of events.events."""
    label: str = getattr(row, f"label_{language()}")
    counts = t("count.articles", n=int(row.articles)), t("count.outlets", n=int(row.outlets))
    return f"{event_days(row)} · {label} ({', '.join(counts)})"


def event_days(row: Any) -> str:
    """When an event was, as far as its reports tell: a day, a month, a stretch, or that none tells."""
    if pd.isna(row.first_day):
        return t("date.none")
    words = wording()
    first, last = row.first_day.date(), row.last_day.date()
    if first == last:
        said = words.date(first)
    elif first.day == 1 and (last + timedelta(days=1)).day == 1:
        whole_year = (first.month, last.month) == (1, 12)
        said = words.partial_date(f"{first:%Y}" if whole_year else f"{first:%Y-%m}")
    else:
        said = f"{words.date(first)} – {words.date(last)}"
    return t("gifts.reported_on", when=said) if row.basis == "published" else said
