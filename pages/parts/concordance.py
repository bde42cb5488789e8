"""Hits in their context, one line each, aligned on the hit."""

from html import escape
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from core.analyze import concordance
from pages.parts.downloads import table_downloads
from pages.parts.figure import column_config
from pages.parts.house import ask
from pages.parts.links import go_to_reader
from pages.parts.plain import plain
from pages.parts.screen import View
from pages.parts.wording import names_of, t, wording

PAGE_SIZE = 25
DOWNLOAD_ROWS = 100_000
ORDERS = ("newest", "left", "right")
COLUMNS = ("left", "hit", "right", "outlet_name", "when")


def concordance_card(view: View, title: str, total: int, **wanted: Any) -> None:
    """A page of hits; wanted is `words` or `entity_id`, as concordance.kwic takes them. A click opens the reader."""
    if place := st.session_state.pop("kwic_open", None):
        go_to_reader(*place)
    with st.container(border=True, key="figure-kwic"):
        with st.container(horizontal=True, vertical_alignment="top", wrap=False):
            with st.container(gap=None):
                st.markdown(f"## {plain(title)}", anchors=False)
                st.caption(t("count.hits", n=total))
            if total:
                table_downloads("kwic", lambda: ask(concordance.kwic, view.filters, page_size=DOWNLOAD_ROWS, **wanted))
        if not total:
            st.caption(t("concordance.nothing"))
            return
        order = st.segmented_control(
            t("concordance.order"), ORDERS, default=ORDERS[0], required=True, format_func=names_of("order"),
            key=f"kwic.order.{wanted!r}",
        )  # fmt: skip
        shown = total if order == ORDERS[0] else min(total, concordance.SORTED_HITS)
        pages = ceil(shown / PAGE_SIZE)
        page = st.pagination(pages, key=f"kwic.{wanted!r}.{order}") if pages > 1 else 1
        if shown < total:
            st.caption(t("concordance.sorted", n=shown))
        frame = _page(view, order, page, wanted)
        frame = frame.assign(when=[wording().partial_date(iso) for iso in frame["published"]])
        key = f"kwic.table.{wanted!r}.{order}.{page}.{st.session_state.setdefault('kwic_turn', 0)}"

        def chosen() -> None:
            rows = st.session_state[key]["selection"]["rows"]
            if rows:
                row = frame.iloc[rows[0]]
                st.session_state["kwic_turn"] += 1
                st.session_state["kwic_open"] = (row["document_id"], int(row["sentence"]))

        config = column_config(COLUMNS)
        config["left"] = st.column_config.TextColumn(t("column.left"), alignment="right", width="large")
        config["right"] = st.column_config.TextColumn(t("column.right"), width="large")
        st.dataframe(frame, key=key, hide_index=True, column_order=COLUMNS, column_config=config, alt=escape(title),
                     on_select=chosen, selection_mode="single-row")  # fmt: skip


def _page(view: View, order: str, page: int, wanted: dict[str, Any]) -> pd.DataFrame:
    """A page of the hits, newest first or by the words at one side."""
    if order == ORDERS[0]:
        return ask(concordance.kwic, view.filters, page=page, page_size=PAGE_SIZE, **wanted)
    every = ask(concordance.by_context, view.filters, order, **wanted)
    return every.iloc[(page - 1) * PAGE_SIZE : page * PAGE_SIZE].reset_index(drop=True)
