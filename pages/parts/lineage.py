"""Wire lineage of the focus: source, who handed it on, outlet; and outlets that print the same text."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.analyze import lineage
from core.view import lineage as charts
from pages.parts.asking import opens
from pages.parts.evidence import Asker
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.voices import focused, in_focus
from pages.parts.wording import t, wording


def wires(view: View) -> None:
    """Routes of citations, then shared texts in the order in which they came out; of the subject or of all."""
    if st.toggle(t("lineage.all"), key="lineage_all"):
        chosen, within = view, _as_it_is
    else:
        chosen, within = in_focus(view), focused
    _routes(chosen, within)
    _shared(chosen, within)


def _as_it_is(asker: Asker) -> Asker:
    return asker


def _routes(view: View, within: Callable[[Asker], Asker]) -> None:
    frame, found = ask(lineage.routes, view.filters), ask(lineage.summary, view.filters)
    frame = frame.assign(
        kind_name=[wording().named("source_kind", kind) for kind in frame["kind"]],
        path_name=[path or t("lineage.nobody") for path in frame["path"]],
    )
    shown = charts.busiest_routes(frame)
    figure = Figure(
        key="routes",
        title=t("lineage.routes"),
        subtitle=t(
            "lineage.routes_sub", citations=found.citations, chained=found.chained, articles=found.articles,
            of=found.of_articles, sources=shown["source"].nunique(), all=frame["source"].nunique(),
        ),
        table=frame,
        columns=("source", "kind_name", "path_name", "outlet_name", "citations", "articles", "of_articles",
                 "independent", "of_independent", "share", "share_low", "share_high"),
        asker=within(opens(view, "source", "relay", "outlet")),
        wide=True,
    )  # fmt: skip
    show_figure(figure, partial(charts.routes, shown, view.look), note=t("lineage.routes_note"))


def _shared(view: View, within: Callable[[Asker], Asker]) -> None:
    copies = ask(lineage.copies, view.filters)
    pairs = lineage.exchanges(copies)
    pairs = pairs.assign(order_name=_orders(pairs["earlier"].tolist()))
    pictured = Figure(
        key="exchanges",
        title=t("lineage.exchanges"),
        subtitle=t("lineage.exchanges_sub", n=len(copies), ordered=int(copies["earlier"].sum())),
        table=pairs,
        columns=("outlet_name", "other_name", "order_name", "clusters", "agencies"),
        asker=within(opens(view, "outlet", "other", kind="articles")),
        wide=True,
    )
    show_figure(pictured, partial(charts.exchanges, pairs, view.look), note=t("lineage.exchanges_note"))
    if copies.empty:
        return
    listed = Figure(
        key="shared-texts",
        title=t("lineage.texts"),
        subtitle=t("lineage.texts_sub", n=copies["cluster_id"].nunique()),
        table=copies.assign(order_name=_orders(copies["earlier"].tolist())),
        columns=("title", "outlet_name", "published", "other_name", "other_published", "order_name", "agencies"),
        asker=within(opens(view, "cluster_id", kind="articles")),
    )
    show_table(listed)


def _orders(earlier: list[bool]) -> list[str]:
    return [wording().named("order_of", "earlier" if known else "unordered") for known in earlier]
