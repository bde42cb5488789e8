"""What the figures of tone share: names of their codes, the choice of a voice, and what faint marks mean."""

from typing import get_args

import pandas as pd
import streamlit as st

from core.analyze import tone
from core.model import Layer
from core.view.shaping import OUTLETS
from pages.parts.wording import names_of, t, wording

MEANS = ("layer_name", "mean", "low", "high", "sentences", "articles", "independent")
CODES = ("layer", "tone", "favour")


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """With what the codes of voices, tones and stances are called, where the frame has them."""
    made = {f"{name}_name": [wording().named(name, code) for code in frame[name]] for name in CODES if name in frame}
    return frame.assign(**made)


def choose_layer(key: str) -> Layer:
    """The outlet's own voice or those it quotes."""
    chosen: Layer = st.segmented_control(t("column.layer"), get_args(Layer), format_func=names_of("layer"), key=key,
                                         default="narrator", required=True)  # fmt: skip
    return chosen


def faint(frame: pd.DataFrame | None = None) -> str:
    """What faint marks mean, and how many outlets the chart shows where it is not all."""
    return " ".join(part for part in (t("sentiment.faint", n=tone.ENOUGH), cut(frame)) if part)


def faint_shares(frame: pd.DataFrame | None = None) -> str:
    """The same for charts that show no means."""
    return " ".join(part for part in (t("sentiment.faint_shares", n=tone.ENOUGH), cut(frame)) if part)


def cut(frame: pd.DataFrame | None) -> str:
    """Says that a chart does not show all outlets, where it does not."""
    return t("sentiment.cut", n=OUTLETS) if frame is not None and frame["outlet"].nunique() > OUTLETS else ""
