"""Tone by outlet, time and entity, apart for what the outlet says itself and what it quotes."""

from functools import partial
from typing import get_args

import streamlit as st

from core.analyze import tone
from core.model import Layer
from core.view import bars, intervals, spreads, timelines
from core.view.shaping import with_most
from pages.parts.asking import opens
from pages.parts.entry import by_dashboard
from pages.parts.evidence import sentence_card
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View, begin, sections
from pages.parts.tone_card import card, tell_of_stronger
from pages.parts.tone_entities import near, towards
from pages.parts.tone_figures import MEANS, choose_layer, faint, faint_shares, named
from pages.parts.wording import names_of, t

by_dashboard()

SHARES = ("layer_name", "tone_name", "sentences", "of_sentences", "share", "articles", "independent")
SPREAD = ("outlet_name", "layer_name", *spreads.POINTS, "sentences", "articles", "independent")
GAPS = ("outlet_name", "narrator", "quoted", "gap", "low", "high", "articles", "independent")


def whole(view: View) -> None:
    frame = named(ask(tone.distribution, view.filters))
    show_figure(
        Figure(key="tones", title=t("sentiment.whole"), subtitle=t("sentiment.whole_sub", n=view.summary.sentences),
               table=frame, columns=SHARES, asker=opens(view, "layer", "tone")),
        partial(bars.tones, frame, view.look, by="layer_name"), note=t("sentiment.note"),
    )  # fmt: skip
    over_time = named(timelines.with_keys(ask(tone.over_time, view.filters, view.unit), view.unit))
    show_figure(
        Figure(key="tone-time", title=t("sentiment.time"), subtitle=view.over_time(view.unit), table=over_time,
               columns=("period", *MEANS), asker=opens(view, "layer", "key")),
        partial(timelines.tone, over_time, view.look, view.unit), note=faint(),
    )  # fmt: skip


def by_outlet(view: View) -> None:
    frame = named(ask(tone.by_outlet, view.filters))
    show_figure(
        Figure(key="tone-outlets", title=t("sentiment.outlets"), subtitle=view.denominators, table=frame,
               columns=("outlet_name", *MEANS), asker=opens(view, "outlet", "layer")),
        partial(intervals.tone_means, with_most(frame, rows="outlet", by="independent"), view.look, by="outlet_name",
                key="outlet"), note=faint(frame),
    )  # fmt: skip
    layer = choose_layer("shares_layer")
    shares = named(ask(tone.distribution, view.filters, by="outlet"))
    shares = shares[shares["layer"] == layer].reset_index(drop=True)
    show_figure(
        Figure(key="tone-shares", title=t("sentiment.shares"), subtitle=t("sentiment.shares_sub"), table=shares,
               columns=("outlet_name", *SHARES), asker=opens(view, "outlet", "layer", "tone")),
        partial(bars.tones, with_most(shares, rows="outlet", by="of_independent"), view.look, by="outlet_name"),
        note=faint_shares(shares),
    )  # fmt: skip
    spread = named(ask(tone.spread, view.filters))
    show_figure(
        Figure(key="tone-spread", title=t("sentiment.spread"), subtitle=t("sentiment.spread_sub"), table=spread,
               columns=SPREAD, asker=opens(view, "outlet", "layer")),
        partial(spreads.tone_spread, with_most(spread, rows="outlet", by="independent"), view.look),
        note=faint_shares(spread),
    )  # fmt: skip


def voices(view: View) -> None:
    gaps = ask(tone.disagreement, view.filters)
    show_figure(
        Figure(key="disagreement", title=t("sentiment.disagreement"), subtitle=t("sentiment.disagreement_sub"),
               table=gaps, columns=GAPS, asker=opens(view, "outlet")),
        partial(intervals.disagreement, with_most(gaps, rows="outlet", by="independent"), view.look), note=faint(gaps),
    )  # fmt: skip
    widest = ask(tone.widest_gaps, view.filters)
    show_table(
        Figure(key="gaps-articles", title=t("sentiment.widest"), subtitle=t("sentiment.widest_sub"), table=widest,
               columns=("title", "outlet_name", "published", "narrator", "quoted", "gap", "sentences"),
               asker=opens(view, "document_id"))
    )  # fmt: skip


def strongest(view: View) -> None:
    layer = st.segmented_control(t("column.layer"), get_args(Layer), format_func=names_of("layer"), key="extreme_layer")
    st.caption(t("moved.how"))
    st.caption(t("sentiment.readable", least=tone.READABLE[0], most=tone.READABLE[1]))
    for place, label in zip(st.columns(2), ("negative", "positive"), strict=True):
        with place:
            st.markdown(f"## {t(f'sentiment.most_{label}')}", anchors=False)
            frame = ask(tone.extremes, view.filters, tone=label, layer=layer, top=10, readable=True)
            if frame.empty:
                st.caption(t("figure.nothing"))
            for row in frame.itertuples(index=False):
                sentence_card(row, with_words=True)


PARTS = {"whole": whole, "by_outlet": by_outlet, "by_entity": near, "towards": towards, "voices": voices,
         "strongest": strongest, "model": card}  # fmt: skip
view = begin("sentiment")
tell_of_stronger()
PARTS[sections("sentiment", tuple(PARTS))](view)
