"""Words that one outlet over-uses against another, or against all others."""

from functools import partial

import pandas as pd
import streamlit as st

from core.analyze import keyness
from core.errors import EmptyCorpusError
from core.store import UNKNOWN
from core.view import intervals
from pages.parts.asking import opens
from pages.parts.figure import Figure, show_figure
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import t

COLUMNS = ("term", "z", "delta", "low", "high", "count", "reference_count", "independent")


def distinctive_words(view: View) -> None:
    within = [choice for choice in view.offered.outlets if choice.key in (view.filters.outlets or (choice.key,))]
    names = {choice.key: choice.name for choice in sorted(within, key=lambda choice: choice.key == UNKNOWN)}
    all_others = t("outlets.words_all_others")
    left, right = st.columns(2)
    outlet = left.selectbox(t("outlets.words_of"), list(names), format_func=lambda key: names[key], key="words_outlet")
    others = [None, *(key for key in names if key != outlet)]
    against = right.selectbox(
        t("outlets.words_against"), others, key="words_against",
        format_func=lambda key: names[key] if key else all_others,
    )  # fmt: skip
    reference = names[against] if against else all_others
    try:
        frame = ask(keyness.distinctive_words, view.filters, outlet=outlet, reference=against, top=15)
    except EmptyCorpusError:
        frame = pd.DataFrame(columns=list(COLUMNS))
    figure = Figure(
        key="words",
        title=t("outlets.words", outlet=names[outlet], reference=reference),
        subtitle=t("outlets.words_sub"),
        table=frame,
        columns=COLUMNS,
        asker=opens(view, "term", outlet=outlet),
    )
    drawn = partial(intervals.distinctive_words, frame, view.look, outlet=names[outlet], reference=reference)
    show_figure(figure, drawn, note=t("outlets.words_note"))
