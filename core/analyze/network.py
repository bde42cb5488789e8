"""Who is mentioned together with whom, within sentences."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.model import Filters, Label
from core.store import Corpus, tags

SEED = 7  # of the layout and the groups: the same data gives the same picture

Places = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Nodes and edges, ready to be drawn.

    nodes  entity_id, name, label, mentions, articles, independent, degree, strength (sum of its edges'
           sentences), betweenness, group (community number from 0), x, y (layout in [-1, 1], the same each time)
    edges  entity_id, name, other_id, other_name, sentences, articles, independent, npmi (in [-1, 1]: how much
           more often together than apart), x, y, other_x, other_y
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame


def co_mentions(
    corpus: Corpus, filters: Filters, *, label: Label | None = None, top: int = 40, at_least: int = 2
) -> Network:
    """The network of the most mentioned entities.

    An edge needs that many independent texts with a sentence that mentions both; entities without an edge are
    left out. A metonym counts as what it stands for.
    """
    import networkx as nx  # takes half a second to import

    ranked = tags.entities(corpus, filters, label=label, reading="meant", top=top)
    ids = [str(entity) for entity in ranked["entity_id"]]
    pairs = tags.pairs(corpus, filters, ids)
    pairs = pairs[pairs["independent"] >= at_least].reset_index(drop=True)
    graph = nx.Graph()
    for row in pairs.to_dict("records"):
        together = row["sentences"]
        graph.add_edge(
            row["entity_id"], row["other_id"], sentences=together, distance=1 / together, pull=math.log1p(together)
        )
    places = _layout(nx, graph)
    named = dict(zip(ids, ranked["name"], strict=True))
    joined = ranked[ranked["entity_id"].isin(list(graph))].reset_index(drop=True)
    return Network(
        nodes=_with_places(_measured(nx, graph, joined), places, "entity_id", ("x", "y")),
        edges=_edges(corpus, filters, pairs, named, places),
    )


def _layout(nx: Any, graph: Any) -> Places:
    """Places in [-1, 1]. Strong gravity keeps groups without a tie to the others in the picture."""
    if not len(graph):
        return {}
    found = nx.forceatlas2_layout(graph, seed=SEED, weight="pull", scaling_ratio=4, strong_gravity=True)
    middle_x = sum(x for x, _ in found.values()) / len(found)
    middle_y = sum(y for _, y in found.values()) / len(found)
    widest = max(max(abs(x - middle_x), abs(y - middle_y)) for x, y in found.values()) or 1.0
    return {
        entity: (float((x - middle_x) / widest), float((y - middle_y) / widest)) for entity, (x, y) in found.items()
    }


def _measured(nx: Any, graph: Any, ranked: pd.DataFrame) -> pd.DataFrame:
    """The nodes with their measures."""
    between = nx.betweenness_centrality(graph, weight="distance")
    strength = dict(graph.degree(weight="sentences"))
    groups = nx.community.louvain_communities(graph, weight="sentences", seed=SEED) if len(graph) else []
    group_of = {entity: number for number, group in enumerate(groups) for entity in group}
    nodes = ranked[["entity_id", "name", "label", "mentions", "articles", "independent"]]
    ids = nodes["entity_id"]
    return nodes.assign(
        degree=ids.map(dict(graph.degree())).astype("int64"),
        strength=ids.map(strength).astype("int64"),
        betweenness=ids.map(between).astype(float),
        group=ids.map(group_of).astype("int64"),
    )


def _edges(
    corpus: Corpus, filters: Filters, pairs: pd.DataFrame, named: dict[str, str], places: Places
) -> pd.DataFrame:
    """The edges with names, strength of the tie and both ends' places."""
    sentences, every = tags.sentences_of(corpus, filters, list(named))
    ties = [
        _npmi(int(together), sentences[one], sentences[other], every)
        for one, other, together in zip(pairs["entity_id"], pairs["other_id"], pairs["sentences"], strict=True)
    ]
    frame = pairs.assign(name=pairs["entity_id"].map(named), other_name=pairs["other_id"].map(named))
    frame = frame[["entity_id", "name", "other_id", "other_name", "sentences", "articles", "independent"]]
    frame = frame.assign(npmi=pd.Series(ties, index=frame.index, dtype=float))
    frame = _with_places(frame, places, "entity_id", ("x", "y"))
    return _with_places(frame, places, "other_id", ("other_x", "other_y"))


def _with_places(frame: pd.DataFrame, places: Places, key: str, names: tuple[str, str]) -> pd.DataFrame:
    found = [places[entity] for entity in frame[key]]
    columns = {name: pd.Series([place[axis] for place in found], dtype=float) for axis, name in enumerate(names)}
    return frame.assign(**columns)


def _npmi(together: int, one: int, other: int, every: int) -> float:
    """Normalised pointwise mutual information: 1 never apart, 0 as by chance.

    Source: Bouma 2009, Normalized (pointwise) mutual information in collocation extraction.
    """
    if together == every:
        return 1.0
    return math.log(together * every / (one * other)) / -math.log(together / every)
