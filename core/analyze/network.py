"""Who is mentioned together with whom, within sentences."""

from dataclasses import dataclass

import pandas as pd

from core.model import Filters, Label
from core.store import Corpus


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
    """The network of the most mentioned entities; an edge needs that many shared sentences in independent texts."""
    raise NotImplementedError
