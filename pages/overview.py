"""What is in the corpus, when it came out, what is new, and what needs a look."""

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.analyze import entities, overview
from core.view import timelines
from pages.parts.asking import opens
from pages.parts.corpus_corrections import name_outlets
from pages.parts.entry import by_dashboard
from pages.parts.evidence import Ask
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.links import go_to_reader
from pages.parts.screen import View, begin, everything, metric
from pages.parts.wording import names_of, t, wording

by_dashboard()


def headline(view: View) -> None:
    words, summary = wording(), view.summary
    by_period = ask(overview.timeline, view.filters, view.unit).groupby("period")
    figures = (
        ("articles", summary.articles, everything(t("metric.articles")), by_period["articles"].sum().tolist()),
        ("independent", summary.independent, replace(everything(t("metric.independent")), narrow={"copies": False}),
         by_period["independent"].sum().tolist()),
        ("outlets", summary.outlets, everything(t("metric.outlets")), by_period["outlet"].nunique().tolist()),
        ("sentences", summary.sentences, everything(t("metric.sentences"), kind="sentences"), None),
        ("with_claims", summary.with_claims, Ask(title=t("metric.with_claims"), selection=everything("").selection,
                                                 kind="articles", narrow={"focus_only": True}), None),
    )  # fmt: skip
    for place, (key, value, wanted, trend) in zip(st.container(key="headline").columns(5), figures, strict=True):
        with place:
            metric(key, words.number(value), wanted, trend=trend if trend and len(set(trend)) > 1 else None)


def timeline(view: View) -> None:
    units = ("day", "week", "month")
    unit = st.segmented_control(
        t("overview.unit"), units, default=view.unit, format_func=names_of("unit"), required=True,
        key=f"unit.{view.unit}",
    )  # fmt: skip
    frame = timelines.with_keys(ask(overview.timeline, view.filters, unit), unit)
    missing = ask(overview.not_on_timeline, view.filters, unit)
    figure = Figure(
        key="timeline",
        title=t("overview.timeline"),
        subtitle=view.over_time(unit),
        table=frame,
        columns=("period", "outlet_name", "articles", "independent"),
        asker=opens(view, "outlet", "key", kind="articles"),
    )
    note = t("overview.not_on_timeline", n=missing) if missing else ""
    show_figure(figure, partial(timelines.articles, frame, view.look, unit), note=note)


def coverage(view: View) -> None:
    frame = ask(overview.gaps, view.filters)
    dated = frame.dropna(subset=["first_day", "last_day"])
    figure = Figure(
        key="gaps",
        title=t("overview.gaps"),
        subtitle=t("overview.gaps_sub", n=len(dated)),
        table=dated,
        columns=("outlet_name", "articles", "first_day", "last_day", "longest_gap_days", "gap_from", "gap_to"),
        asker=opens(view, "outlet", kind="articles"),
    )
    show_figure(figure, partial(timelines.gaps, dated, view.look))


def attention(view: View) -> None:
    frame = ask(overview.attention, view.filters)
    frame = frame.assign(kind_name=[wording().named("attention", kind) for kind in frame["kind"]])

    def to_reader(row: Any) -> Ask | None:
        if row["document_id"]:
            st.session_state["go_to_article"] = row["document_id"]
        return None

    figure = Figure(key="attention", title=t("overview.attention"), subtitle=t("overview.attention_sub", n=len(frame)),
                    table=frame, columns=("kind_name", "title", "detail", "file"), asker=to_reader)  # fmt: skip
    show_table(figure)


def rising(view: View) -> None:
    frame = ask(entities.rising, view.filters)
    frame = frame.assign(label_name=[wording().named("label", label) for label in frame["label"]])
    recent, before = (int(frame[name].max()) if len(frame) else 0 for name in ("of_recent", "of_before"))
    figure = Figure(
        key="rising",
        title=t("overview.rising"),
        subtitle=t("overview.rising_sub", recent=recent, before=before),
        table=pd.DataFrame(frame),
        columns=("name", "label_name", "recent", "share", "share_before", "is_new"),
        asker=opens(view, "entity_id"),
    )
    show_table(figure)


if wanted := st.session_state.pop("go_to_article", None):
    go_to_reader(wanted)
view = begin("overview")
headline(view)
timeline(view)
left, right = st.columns(2)
with left:
    coverage(view)
with right:
    rising(view)
    attention(view)
    name_outlets()
