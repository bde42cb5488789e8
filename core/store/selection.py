"""What a reader clicked on: the keys that narrow a figure down to the sentences behind it."""

from dataclasses import dataclass

from core.model import Favour, Layer, Polarity, QuoteKind, Stance

UNKNOWN = "unknown"
"""The outlet id of articles whose outlet is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Keys of one figure; None means no restriction, and all that are set must hold.

    entity_id     sentences that mention the entity, by name or as what a metonym stands for
    with_entity   a second entity in the same sentence (an edge of the network)
    favour        sentences that put the entity (anyone, without entity_id) so
    refers_to     sentences where a place stands for this entity (metonyms alone)
    outlet        outlet id, `unknown` for articles without one
    period        ISO prefix of the publication date: `2024`, `2024-02`, `2024-02-21`, or an ISO week `2024-W08`
    tone, layer   polarity of the sentence, and whose tone it is
    claim_id      sentences that carry the claim; stance narrows it
    source        name of a medium, agency or official that the sentence cites
    relay         name of who handed that source on; empty for what no one is said to have handed on
    speaker       name of who is quoted in the sentence
    quote_kind    sentences with speech of this kind (of that speaker, where one is set)
    words         words as Filters.words has them, in the sentence itself
    document_id   one article
    cluster_id    the articles of one cluster of near-duplicates
    shared_with   an outlet that carries the same texts: articles of both in the clusters that they share
    """

    entity_id: str | None = None
    with_entity: str | None = None
    favour: Favour | None = None
    refers_to: str | None = None
    outlet: str | None = None
    period: str | None = None
    tone: Polarity | None = None
    layer: Layer | None = None
    claim_id: str | None = None
    stance: Stance | None = None
    source: str | None = None
    relay: str | None = None
    speaker: str | None = None
    quote_kind: QuoteKind | None = None
    words: str = ""
    document_id: str | None = None
    cluster_id: int | None = None
    shared_with: str | None = None
