"""Find articles, read hits in context, and read one article with everything that is known of it."""

from functools import partial
from math import ceil

import pandas as pd
import streamlit as st

from core.analyze import articles, concordance, corrections
from core.analyze.articles import Order
from core.view import timelines
from core.view.bars import Bars, outlets
from pages.parts.asking import opens
from pages.parts.concordance import concordance_card
from pages.parts.downloads import table_downloads
from pages.parts.entry import by_dashboard
from pages.parts.figure import Figure, column_config, show_figure
from pages.parts.house import ask
from pages.parts.links import go_to_reader
from pages.parts.plain import plain
from pages.parts.reader import reader
from pages.parts.screen import View, begin, sections
from pages.parts.wording import names_of, t, wording

by_dashboard()

PAGE_SIZE = 50
DOWNLOAD_ROWS = 100_000
TOP = 20
ORDERS: tuple[Order, ...] = ("newest", "oldest", "longest", "most_negative", "most_positive")
COLUMNS = ("when", "outlet_name", "title", "words", "score", "tone_name", "mentions", "quotes", "claims",
           "cluster_size", "sample_mark", "corrected_mark")  # fmt: skip


def listing(view: View) -> None:
    if wanted := st.session_state.pop("list_open", None):
        go_to_reader(wanted)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        order = st.selectbox(
            t("articles.order"), ORDERS, format_func=names_of("order"), key="articles_order", width=240
        )
        pages = ceil(view.summary.articles / PAGE_SIZE)
        page = st.pagination(pages, key="articles_page") if pages > 1 else 1
        table_downloads("artikel-semua", lambda: ask(articles.list_articles, view.filters, page_size=DOWNLOAD_ROWS))
    frame = ask(articles.list_articles, view.filters, order=order, page=page, page_size=PAGE_SIZE)
    words, corrected = wording(), set(ask(corrections.corrected_articles))
    frame = frame.assign(
        when=[words.partial_date(iso) for iso in frame["published"]],
        tone_name=[words.named("tone", tone) for tone in frame["tone"]],
        title=frame["title"].fillna(t("articles.untitled")),
        sample_mark=[t("sample.mark") if sample else "" for sample in frame["sample"]],
        corrected_mark=[t("correction.corrected_tag") if key in corrected else "" for key in frame["document_id"]],
    )
    key = f"articles.table.{order}.{page}"

    def chosen() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows:
            st.session_state["list_open"] = frame["document_id"].iloc[rows[0]]

    st.dataframe(
        frame, key=key, hide_index=True, column_order=COLUMNS, column_config=column_config(COLUMNS), height=620,
        on_select=chosen, selection_mode="single-row", alt=t("articles.section.listing"),
    )  # fmt: skip
    st.caption(t("articles.how_to_open"))


def search(view: View) -> None:
    words = st.text_input(
        t("articles.search"), value=view.filters.words, key="articles_search", placeholder=t("filters.words_hint"),
        help=t("filters.words_help"), icon=":material/search:",
    )  # fmt: skip
    if not words.strip():
        st.caption(t("articles.search_hint"))
        return
    words = words.strip()
    for pattern in concordance.unreadable(words):
        st.warning(t("articles.unreadable", pattern=plain(pattern)), icon=":material/regular_expression:")
    by_outlet = ask(concordance.by_outlet, view.filters, words=words)
    total = int(by_outlet["hits"].sum())
    concordance_card(view, t("articles.hits_of", words=words), total, words=words)
    if total:
        spread(view, words, by_outlet)


def spread(view: View, words: str, by_outlet: pd.DataFrame) -> None:
    """Where and when the words are found."""
    over_time = timelines.with_keys(ask(concordance.over_time, view.filters, view.unit, words=words), view.unit)
    told = t("articles.hits_in", hits=t("count.hits", n=int(by_outlet["hits"].sum())),
             articles=t("count.articles", n=int(by_outlet["articles"].sum())))  # fmt: skip
    figure = Figure(
        key="hits_by_outlet", title=t("articles.hits_by_outlet", words=words), subtitle=told, table=by_outlet,
        columns=("outlet_name", "hits", "articles", "independent"), asker=opens(view, "outlet", words=words),
    )  # fmt: skip
    bars = Bars(name="outlet_name", value="hits", title="column.hits", keys=("outlet",))
    show_figure(figure, partial(outlets, by_outlet.head(TOP), view.look, bars),
                note=t("articles.hits_top", n=TOP) if len(by_outlet) > TOP else "")  # fmt: skip
    figure = Figure(
        key="hits_over_time", title=t("articles.hits_over_time", words=words), subtitle=told, table=over_time,
        columns=("period", "outlet_name", "hits", "articles", "independent"),
        asker=opens(view, "outlet", "key", words=words),
    )  # fmt: skip
    show_figure(figure, partial(timelines.articles, over_time, view.look, view.unit))


PARTS = {"listing": listing, "search": search}
if document_id := st.query_params.get("article"):
    reader(document_id)
else:
    view = begin("articles")
    PARTS[sections("articles", tuple(PARTS))](view)
