"""Outlets side by side: volume, tone, sources, voices, attention, words, silence, shared text."""

from functools import partial

import streamlit as st

from core.analyze import outlets
from core.view import bars, intervals, matrices
from core.view.bars import Bars
from core.view.shaping import OUTLETS, busiest
from pages.parts.alike import shared
from pages.parts.asking import opens
from pages.parts.coverage import gaps
from pages.parts.entry import by_dashboard
from pages.parts.figure import Figure, show_figure
from pages.parts.house import ask
from pages.parts.keywords import distinctive_words
from pages.parts.screen import View, begin, choose_label, sections
from pages.parts.wording import t, wording

by_dashboard()


def volume(view: View) -> None:
    frame = ask(outlets.volume, view.filters)
    columns = ("outlet_name", "articles", "independent", "words_median", "quotes", "sources", "tone", "tone_low",
               "tone_high")  # fmt: skip
    for place, (key, value) in zip(st.columns(2), (("volume", "articles"), ("length", "words_median")), strict=True):
        figure = Figure(
            key=f"outlets-{key}",
            title=t(f"outlets.{key}"),
            subtitle=view.denominators,
            table=frame,
            columns=columns,
            asker=opens(view, "outlet", kind="articles"),
        )
        shape = Bars(name="outlet_name", value=value, title=f"column.{value}", keys=("outlet",))
        with place:
            show_figure(figure, partial(bars.outlets, frame, view.look, shape))


def sources(view: View) -> None:
    frame = ask(outlets.sources_cited, view.filters)
    frame = frame.assign(kind_name=[wording().named("source_kind", kind) for kind in frame["kind"]])
    figure = Figure(
        key="sources",
        title=t("outlets.sources"),
        subtitle=t("outlets.sources_sub", n=frame["source"].nunique()),
        table=frame,
        columns=("outlet_name", "source", "kind_name", "citations", "articles", "of_articles"),
        asker=opens(view, "outlet", "source"),
        wide=True,
    )
    top = busiest(frame, rows="source", by="articles")
    drawn = partial(matrices.counts, top, view.look, rows="source", value="articles", keys=("source", "outlet"))
    show_figure(figure, drawn)


def voices(view: View) -> None:
    frame = ask(outlets.speakers, view.filters)
    known = frame.dropna(subset=["speaker"])
    unknown = int(frame.loc[frame["speaker"].isna(), "quotes"].sum())
    figure = Figure(
        key="voices",
        title=t("outlets.voices"),
        subtitle=t("outlets.voices_sub", quotes=int(frame["quotes"].sum()), n=unknown),
        table=known,
        columns=("outlet_name", "speaker", "quotes", "direct", "articles", "of_articles"),
        asker=opens(view, "outlet", "speaker"),
        wide=True,
    )
    top = busiest(known, rows="speaker", by="quotes")
    drawn = partial(matrices.counts, top, view.look, rows="speaker", value="quotes", keys=("speaker", "outlet"))
    show_figure(figure, drawn)


def attention(view: View) -> None:
    label = choose_label("attention_label")
    frame = ask(outlets.entity_attention, view.filters, label=label, top=15)
    figure = Figure(
        key="attention-outlets",
        title=t("outlets.attention"),
        subtitle=t("outlets.attention_sub", n=view.summary.independent),
        table=frame,
        columns=("outlet_name", "name", "mentions", "independent", "of_independent", "share", "low", "high"),
        asker=opens(view, "outlet", "entity_id"),
        wide=True,
    )
    top = busiest(frame, rows="name", by="independent")
    show_figure(figure, partial(matrices.shares, top, view.look, rows="name", keys=("entity_id", "outlet")))


def tones(view: View) -> None:
    """The mean tone of whole texts; the Sentiment screen parts it by whose voice it is."""
    frame = ask(outlets.volume, view.filters)
    figure = Figure(
        key="outlets-tone",
        title=t("outlets.tone"),
        subtitle=t("outlets.tone_sub", n=view.summary.independent),
        table=frame,
        columns=("outlet_name", "articles", "independent", "tone", "tone_low", "tone_high"),
        asker=opens(view, "outlet", kind="articles"),
    )
    most = frame.head(OUTLETS)
    show_figure(figure, partial(intervals.outlet_tones, most, view.look), note=t("outlets.tone_note"))


PARTS = {"volume": volume, "tone": tones, "sources": sources, "voices": voices, "attention": attention,
         "words": distinctive_words, "gaps": gaps, "shared": shared}  # fmt: skip
view = begin("outlets")
PARTS[sections("outlets", tuple(PARTS))](view)
