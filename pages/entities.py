"""Who is named, by whom, when, under which names, together with whom."""

from functools import partial
from typing import get_args

import streamlit as st

from core.analyze import concordance, entities, network
from core.analyze.entities import Reading
from core.view import bars, matrices, timelines
from core.view import network as drawing
from core.view.shaping import busiest
from pages.parts.asking import name_of, opens
from pages.parts.concordance import concordance_card
from pages.parts.entity_corrections import entity_corrections
from pages.parts.entry import by_dashboard
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View, begin, choose_label, sections
from pages.parts.wording import names_of, t, wording

by_dashboard()

SHOWN, COMPARED = 20, 5


def ranking(view: View) -> None:
    left, right = st.columns(2)
    with left:
        label = choose_label("entity_label")
    reading = right.segmented_control(
        t("entities.reading"), get_args(Reading), default="both", required=True, help=t("entities.reading_help"),
        format_func=names_of("reading"), key="entity_reading",
    )  # fmt: skip
    frame = ask(entities.ranking, view.filters, label=label, reading=reading)
    frame = frame.assign(label_name=[wording().named("label", code) for code in frame["label"]])
    figure = Figure(
        key="ranking",
        title=t("entities.ranking"),
        subtitle=t("entities.ranking_sub", n=len(frame), shown=min(len(frame), SHOWN)) + " " + view.denominators,
        table=frame,
        columns=("name", "label_name", "mentions", "as_metonym", "articles", "independent", "outlets"),
        asker=opens(view, "entity_id"),
    )
    show_figure(figure, lambda: bars.entities(frame.head(SHOWN), view.look), note=t("entities.counts_body"))


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
        Figure(key="trend", title=t("entities.trend"), subtitle=view.denominators, table=trend,
               columns=("period", "name", "mentions", "independent", "of_independent", "share"),
               asker=opens(view, "entity_id", "key")),
        lambda: timelines.entities(trend, view.look, unit), note=t("entities.faint"),
    )  # fmt: skip
    spread = ask(entities.by_outlet, view.filters, tuple(chosen))
    top = busiest(spread, rows="name", by="independent")
    show_figure(
        Figure(key="by-outlet", title=t("entities.by_outlet"), subtitle=t("entities.by_outlet_sub"), table=spread,
               columns=("name", "outlet_name", "mentions", "independent", "of_independent", "share", "low", "high"),
               asker=opens(view, "entity_id", "outlet"), wide=True),
        lambda: matrices.shares(top, view.look, rows="name", keys=("entity_id", "outlet")),
    )  # fmt: skip


def together(view: View) -> None:
    label = choose_label("entity_label")
    found = ask(network.co_mentions, view.filters, label=label)
    figure = Figure(
        key="network",
        title=t("entities.network"),
        subtitle=t("entities.network_sub", n=len(found.nodes), edges=len(found.edges)),
        table=found.edges,
        columns=("name", "other_name", "sentences", "articles", "independent", "npmi"),
        asker=lambda picked: opens(view, *(key for key in ("entity_id", "other_id") if picked.get(key)))(picked),
    )
    drawn = partial(drawing.co_mentions, found.nodes, found.edges, view.look)
    show_figure(figure, drawn, note=t("entities.network_note"))


def names(view: View) -> None:
    offered = [choice.key for choice in view.offered.entities]
    wish = st.query_params.get("entity")
    entity = st.selectbox(
        t("entities.pick_one"), offered, index=offered.index(wish) if wish in offered else 0, key="entity_one",
        format_func=lambda key: name_of(view, "entity_id", key),
    )  # fmt: skip
    if wish != entity:
        st.query_params["entity"] = entity
    name = name_of(view, "entity_id", entity)
    entity_corrections(entity, name)
    frame = ask(entities.surfaces, view.filters, entity)
    frame = frame.assign(
        sureness=frame["score"], reading_name=[wording().named("reading", reading) for reading in frame["reading"]]
    )
    figure = Figure(
        key="surfaces",
        title=t("entities.surfaces", name=name),
        subtitle=t("entities.surfaces_sub", n=len(frame)),
        table=frame,
        columns=("surface", "reading_name", "mentions", "articles", "independent", "rules", "sureness"),
        asker=opens(view, "surface", entity_id=entity),
    )
    show_table(figure, note=t("entities.counts_body"))
    total = ask(concordance.count, view.filters, entity_id=entity)
    concordance_card(view, t("entities.concordance", name=name), total, entity_id=entity)


PARTS = {"ranking": ranking, "compare": compare, "together": together, "names": names}
view = begin("entities")
PARTS[sections("entities", tuple(PARTS))](view)
