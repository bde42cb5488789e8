"""Charts of who has it from whom."""

import pandas as pd

from core.view.flows import Flow, flows
from core.view.look import Chart, Look, as_text
from core.view.palette import ORDER, SOURCE

SOURCES = 14  # most sources on the chart; the table has all
OUTLETS = 26
PAIRS = 40


def busiest_routes(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of lineage.routes for the sources and outlets with most articles; whatever has a relay comes first."""
    chained = frame[frame["relay"] != ""].groupby("source")["articles"].sum()
    articles = frame.groupby("source")["articles"].sum()
    ranked = sorted(articles.items(), key=lambda item: (-int(chained.get(item[0], 0)), -int(item[1]), str(item[0])))
    kept = frame[frame["source"].isin([name for name, _ in ranked[:SOURCES]])]
    outlets = kept.groupby("outlet")["articles"].sum()
    order = sorted(outlets.items(), key=lambda item: (-int(item[1]), str(item[0])))
    return kept[kept["outlet"].isin([name for name, _ in order[:OUTLETS]])].reset_index(drop=True)


def routes(frame: pd.DataFrame, look: Look) -> Chart:
    """Source, who handed it on, and outlet. Takes busiest_routes; picks `source`, `relay` and `outlet`."""
    shown = as_text(frame, look, said="articles:number", times="citations:number", texts="independent:number",
                    of="of_independent:number")  # fmt: skip
    shown = shown.assign(
        relay_name=[name or look.text("lineage.nobody") for name in shown["relay"]],
        path_name=[path or look.text("lineage.nobody") for path in shown["path"]],
        kind_name=[look.wording.named("source_kind", kind) for kind in shown["kind"]],
    )
    present = [kind for kind in SOURCE if kind in set(shown["kind"])]
    flow = Flow(
        columns=("source", "relay_name", "outlet_name"),
        heads=(look.text("lineage.origin"), look.text("lineage.relay"), look.text("lineage.outlet")),
        weight="articles",
        keys=("source", "relay", "outlet"),
        colour="kind_name",
        colours={look.wording.named("source_kind", kind): SOURCE[kind] for kind in present},
        hints=(
            ("source", "column.source"),
            ("path_name", "column.path_name"),
            ("outlet_name", "column.outlet_name"),
            ("said", "column.articles"),
            ("times", "column.citations"),
            ("texts", "column.independent"),
            ("of", "column.of_independent"),
        ),
    )
    return flows(shown, look, flow)


def exchanges(frame: pd.DataFrame, look: Look) -> Chart:
    """Who printed a shared text first, as far as dates tell. Takes lineage.exchanges; picks `outlet` and `other`."""
    shown = as_text(frame.head(PAIRS), look, said="clusters:number")
    orders = ["earlier" if earlier else "unordered" for earlier in shown["earlier"]]
    shown = shown.assign(order=orders, order_name=[look.wording.named("order_of", order) for order in orders])
    present = [order for order in ORDER if order in set(orders)]
    flow = Flow(
        columns=("outlet_name", "other_name"),
        heads=(look.text("lineage.first"), look.text("lineage.later")),
        weight="clusters",
        keys=("outlet", "other"),
        colour="order_name",
        colours={look.wording.named("order_of", order): ORDER[order] for order in present},
        hints=(
            ("outlet_name", "column.outlet_name"),
            ("other_name", "column.other_name"),
            ("order_name", "column.order_name"),
            ("said", "column.clusters"),
            ("agencies", "column.agencies"),
        ),
    )
    return flows(shown, look, flow)
