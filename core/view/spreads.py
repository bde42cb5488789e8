"""How values spread, beside their means."""

import altair as alt
import pandas as pd

from core.view.look import FAINT, Chart, Look, as_text, category_axis, coloured, legend, pick, row_step, spoken, tips
from core.view.palette import INK, LAYER
from core.view.timelines import tone_axis, tone_scale

POINTS = ("p10", "p25", "p50", "p75", "p90")
ROW_PIXELS = 34


def tone_spread(frame: pd.DataFrame, look: Look) -> Chart:
    """Tone of the middle half (thick) and the middle eighty per cent (thin) of each outlet's texts, median marked.

    Takes tone.spread; narrator above quoted speech, rows with too few texts faint. Picks `outlet` and `layer`.
    """
    shown = as_text(frame, look, **{f"said_{point}": f"{point}:signed" for point in POINTS}, texts="independent:number")
    shown = shown.assign(layer_name=[look.wording.named("layer", layer) for layer in shown["layer"]])
    colours = {look.wording.named("layer", layer): colour for layer, colour in LAYER.items()}
    chosen = pick(["outlet", "layer"])
    axis = category_axis()
    axis.grid = True
    axis.gridOpacity = 0.4
    scale = tone_scale(shown["p10"], shown["p90"])
    sure = alt.Opacity("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, FAINT]))
    base = alt.Chart(shown).encode(
        y=alt.Y("outlet_name:N", sort=list(dict.fromkeys(shown["outlet_name"])), axis=axis),
        yOffset=alt.YOffset("layer_name:N", sort=list(colours), scale=alt.Scale(paddingOuter=0.6)),
        color=coloured("layer_name", colours, legend=legend()),
        opacity=sure,
    )
    hints = tips(
        look,
        ("outlet_name", "column.outlet_name"),
        ("layer_name", "column.layer"),
        *((f"said_{point}", f"column.{point}") for point in POINTS),
        ("texts", "column.independent"),
    )
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=INK, strokeDash=[3, 3], opacity=0.6).encode(x="at:Q")
    most = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("p10:Q", scale=scale, axis=tone_axis(look, "chart.axis.tone")), x2="p90:Q"
    )
    half = (
        base.mark_bar(height=9, cornerRadius=2, cursor="pointer")
        .encode(
            x=alt.X("p25:Q", scale=scale),
            x2="p75:Q",
            tooltip=hints,
            opacity=alt.condition(chosen, sure, alt.value(FAINT / 2)),
        )
        .add_params(chosen)
    )
    median = base.mark_tick(thickness=2.5, height=15, color="white").encode(
        x=alt.X("p50:Q", scale=scale), color=alt.value("white"), tooltip=hints
    )
    outline = base.mark_tick(thickness=4.5, height=17).encode(x=alt.X("p50:Q", scale=scale))
    return spoken(alt.layer(zero, most, half, outline, median).properties(height=row_step(ROW_PIXELS)), look, colours)
