"""A chart as a browser takes it: its Vega-Lite specification without legend, and its tables as Arrow beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import altair as alt
import pandas as pd

from core.view.look import KEYS, Chart

PARTS = ("layer", "hconcat", "vconcat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """spec names its tables in `datasets`, each as an Arrow stream; keys are its legend's names with their colours.

    A page can wrap a legend, a chart cannot: so the page draws it.
    """

    spec: dict[str, Any]
    keys: dict[str, str]


def drawing(chart: Chart) -> Drawing:
    """The chart for a screen. It is not checked against the schema of Vega-Lite, which takes longer than all else."""
    bare = chart.copy()
    tables: dict[str, bytes] = {}
    for part in _parts(bare):
        if isinstance(colour := getattr(getattr(part, "encoding", None), "color", None), alt.Color):
            colour["legend"] = None
        if isinstance(part.data, pd.DataFrame):
            table = _arrow(part.data)
            name = sha256(table).hexdigest()[:32]
            tables[name] = table
            part.data = alt.NamedData(name=name)
    spec = bare.to_dict(validate=False)
    for size in ("continuousWidth", "continuousHeight"):  # of Altair's theme; the page gives its own
        spec["config"]["view"].pop(size, None)
    return Drawing(spec=spec | {"datasets": tables}, keys=dict(chart.usermeta[KEYS]))


def _parts(chart: Any) -> Iterator[Any]:
    """The chart and whatever it is put together from."""
    yield chart
    for name in PARTS:
        for part in getattr(chart, name, ()):
            yield from _parts(part)


def _arrow(table: pd.DataFrame) -> bytes:
    import pyarrow as pa  # late: the first page needs none before its first chart

    arrow = pa.Table.from_pandas(table, preserve_index=False)
    stream = BytesIO()
    with pa.ipc.new_stream(stream, arrow.schema) as writer:
        writer.write_table(arrow)
    return stream.getvalue()
