"""Who is named, by whom, when, under which names, together with whom."""

from functools import partial
from typing import get_args

import streamlit as st

from core.analyze import entities, network
from core.analyze.entities import Measure, Reading
from core.view import bars, matrices, timelines
from core.view import network as drawing
from core.view.shaping import busiest
from pages.parts.asking import name_of, opens
from pages.parts.entity_names import names
from pages.parts.entity_ties import TIES, tie_opener, ties
from pages.parts.entry import by_dashboard
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View, begin, choose_label, sections
from pages.parts.wording import names_of, t, wording

by_dashboard()

SHOWN, COMPARED = 20, 5
SIZES = (40, 100, 200)
PERIODS = (7, 30, 90)


def ranking(view: View) -> None:
    label = choose_label("entity_label")
    left, right = st.columns(2)
    by = left.segmented_control(
        t("entities.by"), get_args(Measure), default="mentions", required=True, format_func=names_of("measure"),
        key="entity_by",
    )  # fmt: skip
    reading = right.segmented_control(
        t("entities.reading"), get_args(Reading), default="both", required=True, help=t("entities.reading_help"),
        format_func=names_of("reading"), key="entity_reading",
    )  # fmt: skip
    frame = ask(entities.ranking, view.filters, label=label, reading=reading, by=by)
    frame = frame.assign(label_name=[wording().named("label", code) for code in frame["label"]])
    figure = Figure(
        key="ranking",
        title=t("entities.ranking"),
        subtitle=t("entities.ranking_sub", n=len(frame), shown=min(len(frame), SHOWN)) + " " + view.denominators,
        table=frame,
        columns=("name", "label_name", "mentions", "as_metonym", "articles", "independent", "outlets"),
        asker=opens(view, "entity_id"),
    )
    show_figure(figure, partial(bars.entities, frame.head(SHOWN), view.look, by=by), note=t("entities.counts_body"))


def compare(view: View) -> None:
    offered = [choice.key for choice in view.offered.entities]
    chosen = st.multiselect(
        t("entities.pick_some"), offered, default=offered[:COMPARED], max_selections=8, key="entities_compared",
        format_func=lambda key: name_of(view, "entity_id", key),
    )  # fmt: skip
    if not chosen:
        st.caption(t("entities.pick_none"))
        return
    unit = view.unit
    trend = timelines.with_keys(ask(entities.over_time, view.filters, tuple(chosen), unit), unit)
    show_figure(
        Figure(key="trend", title=t("entities.trend"), subtitle=view.over_time(unit), table=trend,
               columns=("period", "name", "mentions", "independent", "of_independent", "share"),
               asker=opens(view, "entity_id", "key")),
        partial(timelines.entities, trend, view.look, unit), note=t("entities.faint"),
    )  # fmt: skip
    spread = ask(entities.by_outlet, view.filters, tuple(chosen))
    top = busiest(spread, rows="name", by="independent")
    show_figure(
        Figure(key="by-outlet", title=t("entities.by_outlet"), subtitle=t("entities.by_outlet_sub"), table=spread,
               columns=("name", "outlet_name", "mentions", "independent", "of_independent", "share", "low", "high"),
               asker=opens(view, "entity_id", "outlet"), wide=True),
        partial(matrices.shares, top, view.look, rows="name", keys=("entity_id", "outlet")),
    )  # fmt: skip

    ties(view, tuple(chosen))


def together(view: View) -> None:
    label = choose_label("entity_label")
    size = st.segmented_control(t("entities.size"), SIZES, default=SIZES[0], required=True, key="network_size")
    found = ask(network.co_mentions, view.filters, label=label, top=size)
    figure = Figure(
        key="network",
        title=t("entities.network"),
        subtitle=t("entities.network_sub", n=len(found.nodes), edges=len(found.edges)),
        table=found.edges,
        columns=TIES,
        asker=tie_opener(view),
        wide=True,
    )
    drawn = partial(drawing.co_mentions, found.nodes, found.edges, view.look)
    show_figure(figure, drawn, note=t("entities.network_note"))


def rising(view: View) -> None:
    days = st.segmented_control(
        t("entities.rising_days"), PERIODS, default=PERIODS[1], required=True, key="rising_days",
        format_func=lambda days: t("entities.days", n=days),
    )  # fmt: skip
    frame = ask(entities.rising, view.filters, days=days, top=50)
    frame = frame.assign(label_name=[wording().named("label", code) for code in frame["label"]])
    recent, before = (int(frame[name].max()) if len(frame) else 0 for name in ("of_recent", "of_before"))
    figure = Figure(
        key="rising",
        title=t("entities.rising"),
        subtitle=t("entities.rising_sub", recent=recent, before=before, days=days),
        table=frame,
        columns=("name", "label_name", "recent", "share", "share_before", "is_new"),
        asker=opens(view, "entity_id"),
    )
    show_table(figure, note=t("entities.rising_note"))


PARTS = {"ranking": ranking, "compare": compare, "rising": rising, "together": together, "names": names}
view = begin("entities")
PARTS[sections("entities", tuple(PARTS))](view)
