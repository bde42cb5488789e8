"""Who is mentioned together with whom, within sentences."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.model import Filters, Label
from core.store import Corpus, tags

EVENLY = 0.6  # how far places go from those of the layout to evenly spread ones: a layout crowds its middle
ROOM = 1.1  # distance that nodes keep, in shares of the side of a square that each would have for itself
STEPS = 40
PIVOTS = 50  # of more than twice as many nodes the betweenness is estimated from so many: all of 200 take seconds
SEED = 7  # of the layout and the groups: the same data gives the same picture

Places = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Nodes and edges, ready to be drawn.

    nodes  entity_id, name, label, mentions, articles, independent, degree, strength (sum of its edges'
           sentences), betweenness (estimated past 100 nodes), group (community number from 0), x, y (layout in
           [-1, 1], the same each time)
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
        edges=_with_ends(_tied(corpus, filters, pairs, named), places),
    )


def _layout(nx: Any, graph: Any) -> Places:
    """Places in [-1, 1]. Strong gravity keeps groups without a tie to the others in the picture."""
    if not len(graph):
        return {}
    found = nx.forceatlas2_layout(graph, seed=SEED, weight="pull", scaling_ratio=4, strong_gravity=True)
    places = _apart(np.array([found[entity] for entity in graph], dtype=float))
    return {entity: (float(x), float(y)) for entity, (x, y) in zip(graph, places, strict=True)}


def _apart(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Places spread over [-1, 1] in both directions: the crowded middle is drawn out, no two on one spot."""
    for axis in (0, 1):
        order = places[:, axis].argsort(kind="stable").argsort(kind="stable")
        evenly = 2 * (order + 0.5) / len(order) - 1
        reach = float(np.abs(places[:, axis] - places[:, axis].mean()).max()) or 1.0
        places[:, axis] = EVENLY * evenly + (1 - EVENLY) * (places[:, axis] - places[:, axis].mean()) / reach
    least = ROOM / math.sqrt(len(places))
    for _ in range(STEPS):
        gaps = places[:, None, :] - places[None, :, :]
        far = np.hypot(gaps[..., 0], gaps[..., 1])
        np.fill_diagonal(far, np.inf)
        push = np.where(far < least, (least - far) / 2, 0.0)[..., None] * gaps / np.maximum(far, 1e-9)[..., None]
        places = places + push.sum(axis=1)
    most = np.abs(places).max(axis=0)
    return places / np.where(most > 0, most, 1.0)


def _measured(nx: Any, graph: Any, ranked: pd.DataFrame) -> pd.DataFrame:
    """The nodes with their measures."""
    sampled = PIVOTS if len(graph) > 2 * PIVOTS else None
    between = nx.betweenness_centrality(graph, k=sampled, weight="distance", seed=SEED)
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


def ties(corpus: Corpus, filters: Filters, entity_ids: tuple[str, ...]) -> pd.DataFrame:
    """Which of a few entities are mentioned in one sentence, and how often.

    Shape: one row a pair: entity_id, name, other_id, other_name, sentences, articles, independent, npmi.
    """
    names = tags.entity_names(corpus, list(entity_ids))
    named = dict(zip(names["entity_id"], names["name"], strict=True))
    return _tied(corpus, filters, tags.pairs(corpus, filters, list(named)), named)


def _tied(corpus: Corpus, filters: Filters, pairs: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """Pairs with names and the strength of their tie."""
    sentences, every = tags.sentences_of(corpus, filters, list(named))
    npmi = [
        _npmi(int(together), sentences[one], sentences[other], every)
        for one, other, together in zip(pairs["entity_id"], pairs["other_id"], pairs["sentences"], strict=True)
    ]
    frame = pairs.assign(name=pairs["entity_id"].map(named), other_name=pairs["other_id"].map(named))
    frame = frame[["entity_id", "name", "other_id", "other_name", "sentences", "articles", "independent"]]
    return frame.assign(npmi=pd.Series(npmi, index=frame.index, dtype=float))


def _with_ends(edges: pd.DataFrame, places: Places) -> pd.DataFrame:
    edges = _with_places(edges, places, "entity_id", ("x", "y"))
    return _with_places(edges, places, "other_id", ("other_x", "other_y"))


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
