"""Tone near entities, and how sentences put them."""

from functools import partial

import streamlit as st

from core.analyze import tone
from core.view import bars, intervals, matrices
from core.view.shaping import busiest
from pages.parts.asking import opens
from pages.parts.figure import Figure, show_figure
from pages.parts.house import ask
from pages.parts.screen import View, choose_label
from pages.parts.tone_card import towards_measured
from pages.parts.tone_figures import MEANS, choose_layer, faint, faint_shares, named
from pages.parts.wording import t

FAVOURS = ("name", "layer_name", "favour_name", "sentences", "of_sentences", "share", "articles", "independent")
STANCES = ("name", "outlet_name", "layer_name", "mean", "low", "high", "unfavourable", "neutral", "favourable",
           "sentences", "articles", "independent")  # fmt: skip


def near(view: View) -> None:
    """Tone of the sentences that mention an entity, whoever it is aimed at."""
    frame = named(ask(tone.by_entity, view.filters, label=choose_label("tone_label")))
    show_figure(
        Figure(key="tone-entities", title=t("sentiment.entities"), subtitle=t("sentiment.entities_sub"), table=frame,
               columns=("name", *MEANS), asker=opens(view, "entity_id", "layer")),
        partial(intervals.tone_means, frame, view.look, by="name", key="entity_id"), note=faint(),
    )  # fmt: skip


def towards(view: View) -> None:
    """How sentences put each entity: over all outlets as shares, by outlet as means."""
    label, layer = choose_label("towards_label"), choose_layer("towards_layer")
    st.caption(towards_measured())
    shares = named(ask(tone.favours, view.filters, label=label))
    shares = shares[shares["layer"] == layer].reset_index(drop=True)
    show_figure(
        Figure(key="favours", title=t("towards.shares"), subtitle=t("towards.shares_sub"), table=shares,
               columns=FAVOURS, asker=opens(view, "entity_id", "layer", "favour")),
        partial(bars.favours, shares, view.look, by="name"), note=f"{t('towards.how')} {faint_shares()}",
    )  # fmt: skip
    stances = named(ask(tone.towards, view.filters, by="outlet", label=label))
    stances = stances[stances["layer"] == layer].reset_index(drop=True)
    show_figure(
        Figure(key="stances", title=t("towards.outlets"), subtitle=t("towards.outlets_sub"), table=stances,
               columns=STANCES, asker=opens(view, "entity_id", "outlet", "layer"), wide=True),
        partial(matrices.stances, busiest(stances, rows="name", by="independent"), view.look), note=faint(stances),
    )  # fmt: skip
