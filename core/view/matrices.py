"""Two names against each other: shares as heat, stances as a coloured grid."""

import altair as alt
import pandas as pd

from core.view.look import (
    FAINT,
    Chart,
    Look,
    as_text,
    category_axis,
    coloured,
    dimmed,
    legend,
    pick,
    row_step,
    spoken,
    tips,
)
from core.view.palette import ACCENT, FAVOUR, INK, STATUS, between, ink_on

SYMBOLS = {
    "asserts": "●",
    "attributes": "◐",
    "hedges": "○",
    "plans": "▷",
    "denies": "✕",
    "omits": "–",
    "did not cover": "",
}
"""Written in each cell, so that the matrix reads without colour."""

STANCE_REACH = 0.5
"""A mean stance beyond it, either way, has the full colour."""

ROOMY = 16
"""Columns up to which the figures of cells are written as large as other text."""

DARKEST = 0.8
"""Opacity of the strongest cell: the theme's ink is readable on it, on light and on dark ground."""

QUIET = {"omits": 0.38, "did not cover": 0.15}
"""Opacity of the cells in which nothing is stated."""


def heard(frame: pd.DataFrame, look: Look, *, rows: str, keys: tuple[str, str]) -> Chart:
    """Texts of each outlet that have the row's name, of all its texts, shaded by what the share is at least.

    Takes heard.speakers and heard.sources; picks both keys. The shade is the lower end of the interval, so that one
    text of one is paler than ten of ten.
    """
    shown = as_text(
        frame,
        look,
        said="share:percent",
        least="share_low:percent",
        most="share_high:percent",
        texts="independent:number",
        of="of_independent:number",
    )
    fractions = [f"{texts}/{of}" for texts, of in zip(shown["texts"], shown["of"], strict=True)]
    shown = shown.assign(figure=pd.Series(fractions, index=shown.index).where(shown["independent"] > 0, ""))
    hints = tips(
        look,
        (rows, f"column.{rows}"),
        ("outlet_name", "column.outlet_name"),
        ("texts", "column.independent"),
        ("of", "column.of_independent"),
        ("said", "column.share"),
        ("least", "column.share_low"),
        ("most", "column.share_high"),
    )
    shown = shown.assign(strength=shown["share_low"])
    return _heat(shown, look, rows, "outlet_name", "share_low", list(keys), hints)


def shares(frame: pd.DataFrame, look: Look, *, rows: str, keys: tuple[str, str]) -> Chart:
    """Share of each outlet's texts (column outlet_name) that have the row's name, as heat with its figure.

    Takes frames with share, independent, of_independent, mentions; picks both keys.
    """
    shown = as_text(frame, look, said="share:percent", texts="independent:number", of="of_independent:number")
    shown = shown.assign(figure=shown["said"].where(shown["share"] > 0, ""))
    hints = tips(
        look,
        (rows, f"column.{rows}"),
        ("outlet_name", "column.outlet_name"),
        ("said", "column.share"),
        ("texts", "column.independent"),
        ("of", "column.of_independent"),
    )
    return _heat(shown, look, rows, "outlet_name", "share", list(keys), hints)


def counts(frame: pd.DataFrame, look: Look, *, rows: str, value: str, keys: tuple[str, str]) -> Chart:
    """How often an outlet (column outlet_name) has the row's name, as heat with its figure."""
    shown = as_text(frame, look, said=f"{value}:number")
    shown = shown.assign(figure=shown["said"])
    hints = tips(look, (rows, f"column.{rows}"), ("outlet_name", "column.outlet_name"), ("said", f"column.{value}"))
    return _heat(shown, look, rows, "outlet_name", value, list(keys), hints)


def shared(frame: pd.DataFrame, look: Look) -> Chart:
    """Share of each outlet's texts (rows) that another (columns) carries too. Takes outlets.sharing."""
    shown = as_text(frame, look, said="share:percent", least="low:percent", most="high:percent",
                    texts="independent:number", of="of_independent:number")  # fmt: skip
    fractions = [f"{texts}/{of}" for texts, of in zip(shown["texts"], shown["of"], strict=True)]
    shown = shown.assign(figure=pd.Series(fractions, index=shown.index).where(shown["independent"] > 0, ""))
    hints = tips(
        look,
        ("outlet_name", "column.outlet_name"),
        ("other_name", "column.other_name"),
        ("texts", "column.independent"),
        ("of", "column.of_independent"),
        ("said", "column.share"),
        ("least", "column.share_low"),
        ("most", "column.share_high"),
    )
    shown = shown.assign(strength=shown["low"])
    return _heat(shown, look, "outlet_name", "other_name", "low", ["outlet", "other"], hints)


def alike(frame: pd.DataFrame, look: Look) -> Chart:
    """How alike the texts of two outlets are. Takes outlets.likeness."""
    shown = as_text(frame, look, said="likeness:decimal", compared="texts:number", there="other_texts:number")
    shown = shown.assign(figure=shown["said"])
    hints = tips(
        look,
        ("outlet_name", "column.outlet_name"),
        ("other_name", "column.other_name"),
        ("said", "column.likeness"),
        ("compared", "column.texts"),
        ("there", "column.other_texts"),
    )
    return _heat(shown, look, "outlet_name", "other_name", "likeness", ["outlet", "other"], hints)


def stances(frame: pd.DataFrame, look: Look) -> Chart:
    """How each outlet's sentences put each entity: orange against it, blue for it, with the mean in the cell.

    Takes tone.towards by outlet; cells of too few texts are faint. Picks `entity_id`, `outlet` and `layer`.
    """
    shown = as_text(
        frame,
        look,
        said="mean:signed",
        least="low:signed",
        most="high:signed",
        count="sentences:number",
        texts="independent:number",
    )
    places = ((mean + STANCE_REACH) / (2 * STANCE_REACH) for mean in shown["mean"])
    shown = shown.assign(ink=[ink_on(between(list(FAVOUR.values()), place)) for place in places])
    chosen = pick(["entity_id", "outlet", "layer"])
    base = alt.Chart(shown).encode(
        y=alt.Y("name:N", sort=list(dict.fromkeys(shown["name"])), axis=category_axis()),
        x=alt.X("outlet_name:N", sort=list(dict.fromkeys(shown["outlet_name"])), axis=column_axis()),
        tooltip=tips(
            look,
            ("name", "column.name"),
            ("outlet_name", "column.outlet_name"),
            ("said", "column.mean"),
            ("least", "column.low"),
            ("most", "column.high"),
            ("count", "column.sentences"),
            ("texts", "column.independent"),
        ),
    )
    sure = alt.Opacity("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, FAINT]))
    heat = alt.Scale(
        domain=[-STANCE_REACH, 0, STANCE_REACH], range=list(FAVOUR.values()), clamp=True, interpolate="rgb"
    )
    cells = (
        base.mark_rect(cursor="pointer", cornerRadius=2)
        .encode(
            color=alt.Color("mean:Q", scale=heat, legend=alt.Legend(title=None, orient="top", format="+.1f")),
            opacity=alt.condition(chosen, sure, alt.value(FAINT / 2)),
        )
        .add_params(chosen)
    )
    certain = base.mark_text(fontSize=11).transform_filter("datum.enough").encode(text="said:N")
    certain = certain.encode(color=alt.Color("ink:N", scale=None))
    quiet = base.mark_text(fontSize=11, color=INK).transform_filter("!datum.enough").encode(text="said:N")
    colours = {look.wording.named("favour", code): colour for code, colour in FAVOUR.items()}
    # the ink's colours are no place on the scale of the cells: put together the two cannot be drawn
    layers = alt.layer(cells, certain, quiet).resolve_scale(color="independent")
    return spoken(layers.properties(height=row_step(), padding=SLANTED), look, colours)


def _heat(
    shown: pd.DataFrame,
    look: Look,
    rows: str,
    columns: str,
    value: str,
    keys: list[str],
    hints: list[alt.Tooltip],
) -> Chart:
    chosen = pick(keys)
    if "strength" not in shown:
        shown = shown.assign(strength=shown[value] / (float(shown[value].max() or 1) or 1.0))
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{rows}:N", sort=list(dict.fromkeys(shown[rows])), axis=category_axis()),
        x=alt.X(
            f"{columns}:N",
            sort=list(dict.fromkeys(shown[rows if columns == "other_name" else columns])),
            axis=column_axis(),
        ),
        tooltip=hints,
    )
    cells = (
        base.mark_rect(color=ACCENT, cursor="pointer", cornerRadius=2)
        .encode(
            fillOpacity=alt.FillOpacity(
                "strength:Q", scale=alt.Scale(domain=[0, 1], range=[0.05, DARKEST]), legend=None
            ),
            opacity=dimmed(chosen),
        )
        .add_params(chosen)
    )
    size = 11 if shown[columns].nunique() <= ROOMY else 9
    figures = base.mark_text(fontSize=size, color=INK).encode(text="figure:N")
    return spoken(alt.layer(cells, figures).properties(height=row_step(), padding=SLANTED), look)


def claims(frame: pd.DataFrame, look: Look, label: str) -> Chart:
    """The strongest stance of every outlet on every claim. Takes claims.matrix; picks `claim_id` and `outlet`.

    label is the column with the claim's wording in the reader's language.
    """
    shown = as_text(frame, look, said="articles:number", texts="independent:number", of="covering:number")
    shown = shown.assign(
        weight=shown["status"].map(QUIET).fillna(1.0),
        status_name=[look.wording.named("status", status) for status in shown["status"]],
        symbol=shown["status"].map(SYMBOLS).fillna("?"),
        ink=[INK if status in QUIET else ink_on(STATUS[status]) for status in shown["status"]],
        who=[names or "–" for names in shown["attributed_to"].fillna("")],
    )
    present = [status for status in STATUS if status in set(shown["status"])]
    colours = {look.wording.named("status", status): STATUS[status] for status in present}
    chosen = pick(["claim_id", "outlet"])
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{label}:N", sort=list(dict.fromkeys(shown[label])), axis=_wide_axis()),
        x=alt.X("outlet_name:N", sort=list(dict.fromkeys(shown["outlet_name"])), axis=column_axis()),
        tooltip=tips(
            look,
            (label, "column.claim"),
            ("outlet_name", "column.outlet_name"),
            ("status_name", "column.status"),
            ("said", "column.articles"),
            ("of", "column.covering"),
            ("who", "column.attributed_to"),
        ),
    )
    cells = (
        base.mark_rect(cursor="pointer", cornerRadius=3)
        .encode(
            color=coloured("status_name", colours, legend=legend(columns=7)),
            opacity=alt.condition(chosen, alt.Opacity("weight:Q", scale=None), alt.value(FAINT)),
        )
        .add_params(chosen)
    )
    marks = base.mark_text(fontSize=12, baseline="middle").encode(text="symbol:N", color=alt.Color("ink:N", scale=None))
    return spoken(alt.layer(cells, marks).properties(height=row_step(30), padding=SLANTED), look, colours)


SLANTED = {"left": 5, "top": 5, "bottom": 5, "right": 44}
"""Room around a chart whose last column has its name slanted to the right."""


def column_axis() -> alt.Axis:
    """Names across the top, turned so that they never cut each other."""
    return alt.Axis(
        title=None,
        orient="top",
        labelAngle=-45,
        ticks=False,
        domain=False,
        labelLimit=130,
        labelPadding=6,
        labelOverlap=False,
        grid=False,
    )


def _wide_axis() -> alt.Axis:
    axis = category_axis()
    axis.labelLimit = 320
    return axis
