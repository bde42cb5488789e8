"""Shares of a whole as one bar a row."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from core.view.look import (
    FAINT,
    Chart,
    Look,
    as_text,
    category_axis,
    coloured,
    ink_text,
    legend,
    pick,
    row_step,
    spoken,
    tips,
)
from core.view.palette import INK, QUOTE, ink_on

LABELLED = 0.1  # share of a bar from which on its figure is written in it
ROOM = 1.2  # of the axis: behind the bar stands its denominator


def quotes(frame: pd.DataFrame, look: Look) -> Chart:
    """What part of each outlet's quotes is direct, mixed and indirect. Takes heard.directness.

    Picks `outlet` and `quote_kind`; outlets with too few texts for an interval are faint.
    """
    shown = _parts(frame, look, QUOTE)
    colours = {look.wording.named("quote", code): colour for code, colour in QUOTE.items()}
    chosen = pick(["outlet", "quote_kind"])
    rows = alt.Y("outlet_name:N", sort=list(frame["outlet_name"]), axis=category_axis())
    across = alt.Scale(domain=[0, ROOM])
    sure = alt.Opacity("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, 0.6]))
    bars = (
        alt.Chart(shown)
        .mark_bar(cursor="pointer", height={"band": 0.68})
        .encode(
            y=rows,
            x=alt.X("left:Q", axis=None, scale=across),
            x2="right:Q",
            color=coloured("kind_name", colours, legend=legend()),
            opacity=alt.condition(chosen, sure, alt.value(FAINT)),
            tooltip=tips(
                look,
                ("outlet_name", "column.outlet_name"),
                ("kind_name", "column.quote_kind"),
                ("said", "column.share"),
                ("count", "column.quotes"),
                ("of", "column.of_quotes"),
                ("range", "column.direct_range"),
                ("texts", "column.independent"),
            ),
        )
        .add_params(chosen)
    )
    wide = alt.Chart(shown[shown["part"] >= LABELLED]).mark_text(fontSize=11, baseline="middle")
    inside = wide.encode(
        y=rows, x=alt.X("middle:Q", axis=None, scale=across), text="said:N", color=alt.Color("ink:N", scale=None)
    )
    whole = alt.Chart(shown.drop_duplicates("outlet")).mark_text(**ink_text())
    behind = whole.encode(y=rows, x=alt.X("full:Q", axis=None, scale=across), text="of_text:N")
    return spoken(alt.layer(bars, inside, behind).properties(height=row_step()), look, colours)


def _parts(frame: pd.DataFrame, look: Look, kinds: Mapping[str, str]) -> pd.DataFrame:
    """One row an outlet and kind of quote, with the ends of its part of the bar."""
    long = frame.melt(
        id_vars=["outlet", "outlet_name", "quotes", "independent", "share_low", "share_high", "enough"],
        value_vars=list(kinds), var_name="quote_kind", value_name="counted",
    )  # fmt: skip
    long = long[long["quotes"] > 0]
    long["place"] = long["quote_kind"].map({code: place for place, code in enumerate(kinds)})
    long = long.sort_values(["outlet", "place"], kind="stable")
    long["part"] = long["counted"] / long["quotes"]
    long["right"] = long.groupby("outlet")["part"].cumsum()
    long["left"] = long["right"] - long["part"]
    long = long[long["counted"] > 0].assign(middle=(long["left"] + long["right"]) / 2, full=1.0)
    shown = as_text(long, look, said="part:percent", count="counted:number", of="quotes:number",
                    texts="independent:number")  # fmt: skip
    texts = zip(shown["of"], shown["independent"], strict=True)
    return shown.assign(
        kind_name=[look.wording.named("quote", code) for code in shown["quote_kind"]],
        ink=[
            ink_on(kinds[code]) if enough else INK
            for code, enough in zip(shown["quote_kind"], shown["enough"], strict=True)
        ],
        of_text=[look.text("chart.of_quotes", quotes=of, n=int(count)) for of, count in texts],
        range=[
            look.text("chart.range", low=look.wording.percent(low), high=look.wording.percent(high))
            if low == low
            else "–"
            for low, high in zip(shown["share_low"], shown["share_high"], strict=True)
        ],
    )
