"""Tone by outlet, time and entity, apart for what the outlet says itself and what it quotes."""

from typing import get_args

import pandas as pd
import streamlit as st

from core.analyze import tone
from core.model import Layer
from core.view import bars, intervals, timelines
from pages.parts.asking import opens
from pages.parts.entry import by_dashboard
from pages.parts.evidence import sentence_card
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View, begin, choose_label, sections
from pages.parts.wording import names_of, t, wording

by_dashboard()

MEANS = ("layer_name", "mean", "low", "high", "sentences", "articles", "independent")


def whole(view: View) -> None:
    frame = ask(tone.distribution, view.filters)
    named = frame.assign(
        layer_name=[wording().named("layer", layer) for layer in frame["layer"]],
        tone_name=[wording().named("tone", label) for label in frame["tone"]],
    )
    figure = Figure(
        key="tones",
        title=t("sentiment.whole"),
        subtitle=t("sentiment.whole_sub", n=view.summary.sentences),
        table=named,
        columns=("layer_name", "tone_name", "sentences", "of_sentences", "share"),
        asker=opens(view, "layer", "tone"),
    )
    show_figure(figure, lambda: bars.tones(named, view.look, by="layer_name"), note=t("sentiment.note"))
    frame = _named(timelines.with_keys(ask(tone.over_time, view.filters, view.unit), view.unit))
    show_figure(
        Figure(key="tone-time", title=t("sentiment.time"), subtitle=view.denominators, table=frame,
               columns=("period", *MEANS), asker=opens(view, "layer", "key")),
        lambda: timelines.tone(frame, view.look, view.unit), note=t("sentiment.faint"),
    )  # fmt: skip


def by_outlet(view: View) -> None:
    frame = _named(ask(tone.by_outlet, view.filters))
    show_figure(
        Figure(key="tone-outlets", title=t("sentiment.outlets"), subtitle=view.denominators, table=frame,
               columns=("outlet_name", *MEANS), asker=opens(view, "outlet", "layer")),
        lambda: intervals.tone_means(frame, view.look, by="outlet_name", key="outlet"), note=t("sentiment.faint"),
    )  # fmt: skip
    spread = ask(tone.disagreement, view.filters)
    show_figure(
        Figure(key="disagreement", title=t("sentiment.disagreement"), subtitle=t("sentiment.disagreement_sub"),
               table=spread, columns=("outlet_name", "narrator", "quoted", "gap", "low", "high", "independent"),
               asker=opens(view, "outlet")),
        lambda: intervals.disagreement(spread, view.look), note=t("sentiment.faint"),
    )  # fmt: skip


def by_entity(view: View) -> None:
    label = choose_label("tone_label")
    frame = _named(ask(tone.by_entity, view.filters, label=label))
    show_figure(
        Figure(key="tone-entities", title=t("sentiment.entities"), subtitle=t("sentiment.entities_sub"), table=frame,
               columns=("name", *MEANS), asker=opens(view, "entity_id", "layer")),
        lambda: intervals.tone_means(frame, view.look, by="name", key="entity_id"), note=t("sentiment.faint"),
    )  # fmt: skip


def strongest(view: View) -> None:
    layer = st.segmented_control(t("column.layer"), get_args(Layer), format_func=names_of("layer"), key="extreme_layer")
    st.caption(t("moved.how"))
    for place, label in zip(st.columns(2), ("negative", "positive"), strict=True):
        with place:
            st.markdown(f"### {t(f'sentiment.most_{label}')}", anchors=False)
            frame = ask(tone.extremes, view.filters, tone=label, layer=layer, top=10)
            if frame.empty:
                st.caption(t("figure.nothing"))
            for row in frame.itertuples(index=False):
                sentence_card(row, with_words=True)
    frame = ask(tone.widest_gaps, view.filters)
    show_table(
        Figure(key="gaps-articles", title=t("sentiment.widest"), subtitle=t("sentiment.widest_sub"), table=frame,
               columns=("title", "outlet_name", "published", "narrator", "quoted", "gap", "sentences"),
               asker=opens(view, "document_id"))
    )  # fmt: skip


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(layer_name=[wording().named("layer", layer) for layer in frame["layer"]])


PARTS = {"whole": whole, "by_outlet": by_outlet, "by_entity": by_entity, "strongest": strongest}
view = begin("sentiment")
PARTS[sections("sentiment", tuple(PARTS))](view)
