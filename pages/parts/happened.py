"""What happened and when, and where outlets differ on it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.analyze import claims, conflicts, events
from core.store import Selection
from core.view import happenings, timelines
from pages.parts.asking import opens
from pages.parts.claim_matrix import choose_area
from pages.parts.downloads import table_downloads
from pages.parts.event_choice import choose_event, event_days, event_name
from pages.parts.evidence import Ask, sentence_card
from pages.parts.figure import Figure, show_figure
from pages.parts.house import ask
from pages.parts.plain import plain
from pages.parts.screen import View
from pages.parts.wording import language, t, wording

CONFLICTS_A_PAGE = 8
SENTENCES_A_VALUE = 2
VALUES_A_ROW = 3


def timeline(view: View) -> None:
    """Events at their own date, then what is reported of them by the day of the article."""
    _events(view)
    area = choose_area()
    frame = timelines.with_keys(ask(claims.timeline, view.filters), "day")
    frame = frame[frame["group"] == area]
    frame = frame.assign(group_name=[wording().named("group", group) for group in frame["group"]])
    figure = Figure(
        key="claims-time",
        title=t("gifts.timeline"),
        subtitle=t("gifts.timeline_sub", n=frame["period"].nunique()),
        table=frame,
        columns=("period", "group_name", view.label, "articles", "independent", "outlets"),
        asker=opens(view, "claim_id", "key"),
    )
    show_figure(figure, partial(timelines.claims, frame, view.look, view.label))


def _events(view: View) -> None:
    frame = ask(events.events, view.filters)
    tongue = language()
    frame = frame.assign(
        event_when=[event_days(row) for row in frame.itertuples(index=False)],
        group_name=[wording().named("group", area) for area in frame["area"]],
        kind_name=frame[f"kind_{tongue}"],
        basis_name=[wording().named("basis", basis) for basis in frame["basis"]],
    )
    names = {row.event_id: event_name(row) for row in frame.itertuples(index=False)}

    def reports_of(row: Mapping[str, Any]) -> Ask | None:
        event = row.get("event_id")
        if event not in names:
            return None
        return Ask(title=names[event], selection=Selection(), kind="reports", event=event)

    dated = frame[frame["first_day"].notna()]
    figure = Figure(
        key="events",
        title=t("gifts.events"),
        subtitle=t("gifts.events_sub", n=len(frame)),
        table=frame,
        columns=("event_when", view.label, "kind_name", "articles", "independent", "outlets", "looking_back",
                 "basis_name", "cameo", "plover"),
        asker=reports_of,
        wide=True,
    )  # fmt: skip
    note = t("gifts.events_note", n=len(frame) - len(dated))
    show_figure(figure, partial(happenings.events, dated, view.look, view.label), note=note)


def conflicting(view: View) -> None:
    """Every conflict with its values side by side, each with the sentences that give it."""
    event = choose_event(view)
    frame = ask(conflicts.conflicts, view.filters, event=event)
    names = {row.event_id: event_name(row) for row in ask(events.events, view.filters).itertuples(index=False)}
    groups = list(frame.groupby(["event_id", "fact"], sort=False))
    with st.container(border=True, key="figure-conflicts"):
        with st.container(horizontal=True, vertical_alignment="top", wrap=False):
            with st.container(gap=None):
                st.markdown(f"## {t('gifts.conflicts')}", anchors=False)
                st.caption(t("gifts.conflicts_sub", n=len(groups)))
            if groups:
                table_downloads("conflicts", lambda: frame)
        st.caption(t("gifts.conflicts_note"))
    if not groups:
        return
    pages = -(-len(groups) // CONFLICTS_A_PAGE)
    page = st.pagination(pages, key=f"conflicts_page.{event}") if pages > 1 else 1
    for (event_id, _), rows in groups[(page - 1) * CONFLICTS_A_PAGE : page * CONFLICTS_A_PAGE]:
        _conflict(view, names.get(event_id, event_id), rows)


def _conflict(view: View, event: str, rows: pd.DataFrame) -> None:
    with st.container(border=True):
        st.markdown(f"### {plain(rows[view.label].iloc[0])}", anchors=False)
        st.caption(plain(event))
        values = list(rows.groupby("value", sort=False))
        for first in range(0, len(values), VALUES_A_ROW):
            beside = values[first : first + VALUES_A_ROW]
            for column, (_, mine) in zip(st.columns(len(beside)), beside, strict=True):
                with column:
                    _value(mine)


def _value(mine: pd.DataFrame) -> None:
    """One value with the outlets that give it."""
    st.markdown(f"**{plain(_said(mine.iloc[0]))}**")
    counted = t("count.outlets", n=mine["outlet"].nunique()), t("count.articles", n=mine["document_id"].nunique())
    st.caption(" · ".join(counted))
    cards = list(mine.itertuples(index=False))
    for row in cards[:SENTENCES_A_VALUE]:
        sentence_card(row)
    if len(cards) > SENTENCES_A_VALUE:
        with st.expander(t("gifts.more_sentences", n=len(cards) - SENTENCES_A_VALUE)):
            for row in cards[SENTENCES_A_VALUE:]:
                sentence_card(row)


def _said(row: "pd.Series[Any]") -> str:
    """A value in the reader's language; days in the reader's convention."""
    name = str(row[f"value_{language()}"])
    return wording().partial_date(name) if name[:4].isdigit() and name.count("-") == 2 else name
