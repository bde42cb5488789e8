"""Values with their 95 % intervals: tone means, distinctive words, differences between layers."""

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
from core.view.palette import ACCENT, INK, LAYER, TONE
from core.view.timelines import tone_axis, tone_scale


def tone_means(frame: pd.DataFrame, look: Look, *, by: str, key: str) -> Chart:
    """Mean tone a row, narrator above quoted speech. Rows with too few texts are faint.

    Takes tone.by_outlet or tone.by_entity; by names the rows, key is picked together with `layer`.
    """
    shown = as_text(
        frame,
        look,
        said="mean:signed",
        least="low:signed",
        most="high:signed",
        texts="independent:number",
        count="sentences:number",
    )
    shown = shown.assign(layer_name=[look.wording.named("layer", layer) for layer in shown["layer"]])
    colours = {look.wording.named("layer", layer): colour for layer, colour in LAYER.items()}
    chosen = pick([key, "layer"])
    rows = alt.Y(f"{by}:N", sort=list(dict.fromkeys(shown[by])), axis=_row_axis())
    offset = alt.YOffset("layer_name:N", sort=list(colours), scale=alt.Scale(paddingOuter=0.6))
    score = tone_scale(shown["low"], shown["high"], shown["mean"])
    colour = coloured("layer_name", colours, legend=legend())
    sure = alt.Opacity("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, FAINT]))
    base = alt.Chart(shown).encode(y=rows, yOffset=offset, color=colour)
    zero = _zero()
    span = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", scale=score, axis=tone_axis(look, "chart.axis.tone")), x2="high:Q", opacity=sure
    )
    dots = (
        base.mark_circle(size=100, cursor="pointer")
        .encode(
            x=alt.X("mean:Q", scale=score),
            opacity=alt.condition(chosen, sure, alt.value(FAINT)),
            tooltip=tips(
                look,
                (by, f"column.{by}"),
                ("layer_name", "column.layer"),
                ("said", "column.mean"),
                ("least", "column.low"),
                ("most", "column.high"),
                ("count", "column.sentences"),
                ("texts", "column.independent"),
            ),
        )
        .add_params(chosen)
    )
    return spoken(alt.layer(zero, span, dots).properties(height=row_step(34)), look, colours)


def outlet_tones(frame: pd.DataFrame, look: Look) -> Chart:
    """Mean tone of each outlet's texts in its own colour; one text alone has no interval and is faint.

    Takes outlets.volume; picks `outlet`.
    """
    shown = as_text(
        frame, look, said="tone:signed", least="tone_low:signed", most="tone_high:signed", texts="independent:number"
    )
    shown = shown.assign(colour=shown["outlet"].map(look.outlet), enough=shown["tone_low"].notna())
    chosen = pick(["outlet"])
    rows = alt.Y("outlet_name:N", sort=list(shown["outlet_name"]), axis=_row_axis())
    score = tone_scale(shown["tone_low"], shown["tone_high"], shown["tone"])
    sure = alt.Opacity("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, FAINT]))
    base = alt.Chart(shown).encode(y=rows, color=alt.Color("colour:N", scale=None))
    zero = _zero()
    span = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("tone_low:Q", scale=score, axis=tone_axis(look, "chart.axis.tone")), x2="tone_high:Q"
    )
    dots = (
        base.mark_circle(size=100, cursor="pointer")
        .encode(
            x=alt.X("tone:Q", scale=score),
            opacity=alt.condition(chosen, sure, alt.value(FAINT)),
            tooltip=tips(
                look,
                ("outlet_name", "column.outlet_name"),
                ("said", "column.tone"),
                ("least", "column.tone_low"),
                ("most", "column.tone_high"),
                ("texts", "column.independent"),
            ),
        )
        .add_params(chosen)
    )
    return spoken(alt.layer(zero, span, dots).properties(height=row_step()), look)


def disagreement(frame: pd.DataFrame, look: Look) -> Chart:
    """Narrator and quoted speech of each outlet joined by a line. Takes tone.disagreement."""
    shown = as_text(
        frame,
        look,
        one="narrator:signed",
        two="quoted:signed",
        said="gap:signed",
        least="low:signed",
        most="high:signed",
        texts="independent:number",
    )
    long = shown.melt(
        id_vars=[column for column in shown.columns if column not in ("narrator", "quoted")],
        value_vars=["narrator", "quoted"],
        var_name="layer",
        value_name="mean",
    )
    long = long.assign(layer_name=[look.wording.named("layer", layer) for layer in long["layer"]])
    colours = {look.wording.named("layer", layer): colour for layer, colour in LAYER.items()}
    chosen = pick(["outlet", "layer"])
    rows = alt.Y("outlet_name:N", sort=list(shown["outlet_name"]), axis=_row_axis())
    hints = tips(
        look,
        ("outlet_name", "column.outlet_name"),
        ("one", "layer.narrator"),
        ("two", "layer.quoted"),
        ("said", "column.gap"),
        ("least", "column.low"),
        ("most", "column.high"),
        ("texts", "column.independent"),
    )
    scale = tone_scale(shown["narrator"], shown["quoted"])
    sure = alt.Opacity("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, FAINT]))
    line = (
        alt.Chart(shown)
        .mark_rule(color=INK, strokeWidth=2)
        .encode(
            y=rows,
            x=alt.X("narrator:Q", scale=scale, axis=tone_axis(look, "chart.axis.tone")),
            x2="quoted:Q",
            opacity=sure,
            tooltip=hints,
        )
    )
    dots = (
        alt.Chart(long)
        .mark_circle(size=110, cursor="pointer")
        .encode(
            y=rows,
            x=alt.X("mean:Q", scale=scale),
            color=coloured("layer_name", colours, legend=legend()),
            tooltip=hints,
            opacity=alt.condition(chosen, sure, alt.value(FAINT)),
        )
        .add_params(chosen)
    )
    return spoken(alt.layer(line, dots).properties(height=row_step()), look, colours)


def distinctive_words(frame: pd.DataFrame, look: Look, *, outlet: str, reference: str) -> Chart:
    """Log-odds of words: over-used by the outlet to the right. Takes keyness.distinctive_words; picks `term`."""
    shown = as_text(
        frame,
        look,
        said="delta:decimal",
        least="low:decimal",
        most="high:decimal",
        uses="count:number",
        there="reference_count:number",
        texts="independent:number",
    )
    shown = shown.assign(
        side=[
            look.text("chart.over_used", outlet=outlet) if delta > 0 else look.text("chart.over_used", outlet=reference)
            for delta in shown["delta"]
        ],
        sure=(shown["low"] > 0) | (shown["high"] < 0),
        edge=shown["high"].fillna(shown["delta"]),
    )
    colours = {
        look.text("chart.over_used", outlet=outlet): ACCENT,
        look.text("chart.over_used", outlet=reference): TONE["negative"],
    }
    chosen = pick(["term"])
    rows = alt.Y("term:N", sort=list(shown["term"]), axis=None)
    base = alt.Chart(shown).encode(y=rows, color=coloured("side", colours, legend=legend(columns=1)))
    zero = _zero()
    axis = alt.Axis(
        title=look.text("chart.axis.log_odds"),
        domain=False,
        ticks=False,
        gridOpacity=0.4,
        tickCount=5,
        titleFontWeight="normal",
        titleAnchor="middle",
    )
    sure = alt.Opacity("sure:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, 0.45]))
    span = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", axis=axis), x2="high:Q", opacity=sure)
    dots = (
        base.mark_circle(size=80, cursor="pointer")
        .encode(
            x=alt.X("delta:Q", axis=axis),
            opacity=alt.condition(chosen, sure, alt.value(FAINT)),
            tooltip=tips(
                look,
                ("term", "column.term"),
                ("said", "column.delta"),
                ("least", "column.low"),
                ("most", "column.high"),
                ("uses", "column.count"),
                ("there", "column.reference_count"),
                ("texts", "column.independent"),
            ),
        )
        .add_params(chosen)
    )
    names = alt.Chart(shown).mark_text(**ink_text(dx=7)).encode(y=rows, x="edge:Q", text="term:N")
    return spoken(alt.layer(zero, span, dots, names).properties(height=row_step(20)), look, colours)


def _row_axis() -> alt.Axis:
    axis = category_axis()
    axis.grid = True
    axis.gridOpacity = 0.4
    return axis


def _zero() -> Chart:
    """The line at nothing, for intervals to stand on one side of."""
    line: Chart = (
        alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=INK, strokeDash=[3, 3], opacity=0.6).encode(x="at:Q")
    )
    return line
