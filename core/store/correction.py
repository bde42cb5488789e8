"""One correction by a person, as the log keeps it, and which of a log stand.

kind and what target, before and after hold:

rename_entity           entity_id | name | name
merge_entities          entity_id | name | entity_id (and name, label where it is new)
split_entity            entity_id, surface | name | entity_id (and name, label)
move_mention            a place, entity_id | entity_id | entity_id (and name, label)
reject_mention, reject_quote, reject_source, reject_claim
                        a place (and claim_id) | what the machine said | nothing
set_tone                the place of a sentence | tone, score | tone, score
set_outlet              article | outlet, outlet_name | outlet, outlet_name
set_outlet_of_domain    domain | nothing | outlet, outlet_name
set_date                article | published | published
set_title               article | title | title
undo                    correction | nothing | nothing

A place is article, start, end (in text), raw_start (in raw_text) and surface (of a long stretch its beginning).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

Fields = Mapping[str, Any]
Kind = Literal[
    "rename_entity", "merge_entities", "split_entity", "move_mention", "reject_mention", "reject_quote",
    "reject_source", "reject_claim", "set_tone", "set_outlet", "set_outlet_of_domain", "set_date", "set_title", "undo",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
TAG_KINDS = {
    "move_mention": "mention",
    "reject_mention": "mention",
    "reject_quote": "quote",
    "reject_source": "source",
    "reject_claim": "claim",
    "set_tone": "sentence",
}
"""Corrections of one tag, and of which kind of tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One entry of the log; made_at is in UTC. Entries are never changed and never taken out."""

    id: int
    made_at: datetime
    who: str
    kind: Kind
    target: Fields
    before: Fields
    after: Fields
    reason: str


def active(log: Iterable[Correction]) -> list[Correction]:
    """Those that stand, in order: not undone, and no undo. An undo that was itself undone undoes nothing."""
    entries = sorted(log, key=lambda one: one.id)
    undone: set[int] = set()
    for one in reversed(entries):
        if one.kind == "undo" and one.id not in undone:
            undone.add(int(one.target["correction"]))
    return [one for one in entries if one.kind != "undo" and one.id not in undone]
