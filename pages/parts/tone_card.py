"""How good the tone model is: measured figures in words that an analyst can use, and where it fails."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st

from core.tag import stronger
from core.tag.model_card import Card, Rated, tone_card
from core.view import bars
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.plain import plain
from pages.parts.screen import View
from pages.parts.wording import t, wording

WEAKEST = 3
SLICE_COLUMNS = ("kind", "sentences", "accuracy", "macro_f1")
SHARES = ("found", "true", "f1")
FAILINGS = ("grammar", "names", "irony", "towards", "language")


def card(view: View) -> None:
    """What the shipped model does, how well, and where not."""
    told = tone_card()
    _in_use()
    if not told.current:
        st.warning(t("card.outdated"), icon=":material/history:")
    _headline(told)
    st.markdown(t("card.what"))
    st.markdown(t("card.measured", sentences=told.sentences, articles=told.articles, outlets=told.outlets,
                  low=wording().number(told.kappa_low, 2), high=wording().number(told.kappa_high, 2)))  # fmt: skip
    _calls(told.tones, view, "tone")
    _kinds(told)
    st.markdown(f"## {t('card.towards')}", anchors=False)
    st.markdown(towards_measured())
    _calls(told.towards.favours, view, "favour")
    st.markdown(f"## {t('card.fails')}", anchors=False)
    st.markdown("\n".join(f"- {line}" for line in _failings(told)))
    st.caption(t("card.use"))
    if stronger.state().reason == "unset":
        st.caption(t("stronger.unset"))


def tell_of_stronger() -> None:
    """One sentence where a stronger model was asked for and cannot rate."""
    found = stronger.state()
    if found.reason not in ("unset", "ready"):
        folder = plain(found.folder.name if found.folder else "")
        st.warning(t(f"stronger.{found.reason}", folder=folder, detail=plain(found.detail)), icon=":material/warning:")


def _in_use() -> None:
    """Which model rates where it is not the shipped one, and what is known of it."""
    found, words = stronger.state(), wording()
    if found.reason == "ready" and found.folder:
        said = [t("stronger.ready", folder=plain(found.folder.name))]
        figures = dict(found.measured)
        if found.temperature and {"sentences", "macro_f1", "calibration_error"} <= figures.keys():
            said.append(
                t("stronger.measured", sentences=int(figures["sentences"]),
                  macro_f1=words.number(figures["macro_f1"], 2), error=words.number(figures["calibration_error"], 2))
            )  # fmt: skip
        else:
            said.append(t("stronger.unmeasured"))
        st.info(" ".join(said), icon=":material/memory:")


def towards_measured() -> str:
    """How good the rating of stances is, in one sentence."""
    told, words = tone_card().towards, wording()
    return t("card.towards_measured", actors=told.sentences, accuracy=words.percent(told.accuracy),
             macro_f1=words.number(told.macro_f1, 2), error=words.number(told.calibration_error, 2))  # fmt: skip


def _headline(told: Card) -> None:
    words = wording()
    figures = {
        "accuracy": words.percent(told.accuracy),
        "macro_f1": words.number(told.macro_f1, 2),
        "calibration_error": words.number(told.calibration_error, 2),
    }
    for place, (name, said) in zip(st.columns(3), figures.items(), strict=True):
        with place.container(border=True, height="stretch", key=f"metric-card-{name}"):
            st.metric(t(f"card.{name}"), said, help=t(f"card.{name}_help"))


def _calls(rated: Sequence[Rated], view: View, column: Literal["tone", "favour"]) -> None:
    """What the model called the sentences of each tone, or the actors of each stance, and how often rightly."""
    rows = [
        (each.real, called, count, each.sentences, count / max(each.sentences, 1))
        for each in rated
        for called, count in each.called.items()
    ]
    frame = pd.DataFrame(rows, columns=["real", column, "sentences", "of_sentences", "share"])
    frame = frame.assign(real_name=_names(frame["real"], column), **{f"{column}_name": _names(frame[column], column)})
    frame = frame.assign(**dict.fromkeys(("outlet", "layer", "entity_id")), actors=frame["sentences"])
    counted = "sentences" if column == "tone" else "actors"
    draw = bars.tones if column == "tone" else bars.favours
    show_figure(
        Figure(key=f"card-calls-{column}", title=t(f"card.calls_{column}"), subtitle=t("card.calls_sub"), table=frame,
               columns=("real_name", f"{column}_name", counted, "share")),
        partial(draw, frame, view.look, by="real_name"), note=_in_words(rated, column),
    )  # fmt: skip
    table = pd.DataFrame([(each.real, each.sentences, each.found, each.true, each.f1) for each in rated],
                         columns=["real", counted, *SHARES])  # fmt: skip
    table = table.assign(**{f"{column}_name": _names(table["real"], column)})
    show_table(Figure(key=f"card-{column}", title=t(f"card.each_{column}"), subtitle=t("card.each_sub"), table=table,
                      columns=(f"{column}_name", counted, *SHARES)))  # fmt: skip


def _names(codes: "pd.Series[str]", family: str) -> list[str]:
    return [wording().named(family, code) for code in codes]


def _in_words(rated: Sequence[Rated], family: str) -> str:
    """What it calls negative is so in so many of a hundred, and how many of all such it finds."""
    percent = wording().percent
    return " ".join(
        t("card.in_words", tone=wording().named(family, each.real), true=percent(each.true), found=percent(each.found))
        for each in rated if each.real != "neutral"
    )  # fmt: skip


def _kinds(told: Card) -> None:
    rows = [(_kind(kind.name, told), kind.sentences, kind.accuracy, kind.macro_f1) for kind in told.slices]
    show_table(
        Figure(key="card-kinds", title=t("card.kinds"), subtitle=t("card.kinds_sub"),
               table=pd.DataFrame(rows, columns=list(SLICE_COLUMNS)), columns=SLICE_COLUMNS)
    )  # fmt: skip


def _kind(name: str, told: Card) -> str:
    return t(f"card.kind.{name}", words=told.long_words)


def _failings(told: Card) -> list[str]:
    """The kinds of sentences that it rates worst, with their figures, and what no figure shows."""
    worst = sorted(told.slices, key=lambda kind: kind.macro_f1)[:WEAKEST]
    measured = [
        t("card.weak", kind=_kind(kind.name, told), share=wording().percent(kind.accuracy), n=kind.sentences)
        for kind in worst
    ]
    return [*measured, *(t(f"card.fails.{name}") for name in FAILINGS)]
