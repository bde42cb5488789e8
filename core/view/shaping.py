"""Frames cut to what a chart can show; the table beside it keeps everything."""

import pandas as pd

ROWS = 15
OUTLETS = 24


def busiest(frame: pd.DataFrame, *, rows: str, by: str) -> pd.DataFrame:
    """The rows and the outlets with the highest sums of `by`, in falling order."""
    most = frame.groupby(rows)[by].sum().sort_values(ascending=False, kind="stable").head(ROWS).index
    kept = frame[frame[rows].isin(most)]
    order = kept.groupby("outlet_name")[by].sum().sort_values(ascending=False, kind="stable").head(OUTLETS).index
    kept = kept[kept["outlet_name"].isin(order)]
    places = {name: place for place, name in enumerate(most)}
    across = {name: place for place, name in enumerate(order)}
    return kept.iloc[
        pd.DataFrame({"row": kept[rows].map(places), "column": kept["outlet_name"].map(across)})
        .reset_index(drop=True)
        .sort_values(["row", "column"], kind="stable")
        .index
    ]


def with_most(frame: pd.DataFrame, *, rows: str, by: str, most: int = OUTLETS) -> pd.DataFrame:
    """All rows of the groups of `rows` with the highest `by`, in falling order; ties keep the frame's order."""
    order = frame.groupby(rows, sort=False)[by].max().sort_values(ascending=False, kind="stable").head(most).index
    places = {name: place for place, name in enumerate(order)}
    kept = frame[frame[rows].isin(order)]
    return kept.iloc[kept[rows].map(places).argsort(kind="stable")]
