"""Filters -> the articles they let through, as SQL."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from core.model import Filters
from core.store.kept import Asked
from core.store.search import All, Either, Leaf, Never, Node, Not, Pattern, Query, expression, parse
from core.store.tallies import ZONES

if TYPE_CHECKING:
    from core.store.corpus import Corpus

COUNTED_ZONES = ZONES

NARROW = (
    "documents.* EXCLUDE (raw_text, text, folded, removed, zones, notes, outlet_name), "
    "coalesce(outlet_name, outlet) AS outlet_name, cluster_id"
)
"""The columns of picked: long texts are fetched for the few articles that are shown."""

PERIODS = {
    "day": "published_day",
    "week": "CAST(date_trunc('week', published_day) AS DATE)",
    "month": "published_month",
}
"""The first day of an article's period; null where its date is too coarse."""

CODES = "(SELECT code FROM entity_codes WHERE entity_id IN (SELECT unnest(${0}::VARCHAR[])))"
"""The numbers of entities (core.store.tallies) whose ids are a parameter."""

Values = dict[str, object]
"""Named parameters of a query."""

Sql = tuple[str, Values]


def picked(filters: Filters) -> Sql:
    """`WITH picked AS (...)`: the documents that pass, one row each."""
    clauses, values = _conditions(filters)
    where = " AND ".join(clauses) or "TRUE"
    # of a cluster the earliest article stays: the one the others were copied from, as far as dates tell
    one_each = (
        " QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY coalesce(published, '9999'), doc) = 1"
        if not filters.copies
        else ""
    )
    return f"WITH picked AS (SELECT {NARROW} FROM documents JOIN clusters USING (doc) WHERE {where}{one_each})", values


def _conditions(filters: Filters) -> tuple[list[str], Values]:
    clauses: list[str] = []
    values: Values = {}
    if filters.outlets:
        clauses.append("outlet IN (SELECT unnest($outlets::VARCHAR[]))")
        values["outlets"] = list(filters.outlets)
    if filters.languages:
        clauses.append("language IN (SELECT unnest($languages::VARCHAR[]))")
        values["languages"] = list(filters.languages)
    # an article dated to a month passes only where the whole month does
    if filters.start is not None:
        clauses.append("published_first >= $first_day")
        values["first_day"] = filters.start
    if filters.end is not None:
        clauses.append("published_last <= $last_day")
        values["last_day"] = filters.end
    if filters.sample is not None:
        clauses.append("sample = $sample")
        values["sample"] = filters.sample
    if filters.focus_only:
        clauses.append("doc IN (SELECT doc FROM claims)")
    if filters.entities:
        clauses.append(f"doc IN (SELECT doc FROM counted WHERE code IN {CODES.format('entities')})")
        values["entities"] = list(filters.entities)
    if parse(filters.words):
        clauses.append("doc IN (SELECT doc FROM passing)")
        values["passing"] = Passing(filters.words)
    return clauses, values


@dataclass(frozen=True, slots=True)
class Passing(Asked):
    """The articles whose title and text hold the words."""

    words: str

    def work_out(self, corpus: "Corpus") -> pa.Table:
        found, values = conditions(parse(self.words), "folded", "word")
        return corpus.table(f"SELECT doc FROM documents WHERE {' AND '.join(found) or 'TRUE'}", values)


def conditions(query: Query, column: str, prefix: str, *, wanted_only: bool = False) -> tuple[list[str], Values]:
    """SQL conditions that a lower-case text column holds for search words; parameters are named prefix_0 and so on.

    wanted_only leaves out what must not occur: an article may hold it, a sentence of it not.
    """
    values: Values = {}

    def named(value: str) -> str:
        name = f"{prefix}_{len(values)}"
        values[name] = value
        return f"${name}"

    def has(leaf: Leaf) -> str:
        # contains is several times faster than a pattern and spares most texts the pattern
        needles = [f"contains({column}, {named(needle)})" for needle in leaf.needles()]
        return "(" + " AND ".join([*needles, f"regexp_matches({column}, {named(expression(leaf.re2()))})"]) + ")"

    def holds(node: Node) -> str:
        match node:
            case All(parts):
                return "(" + " AND ".join(map(holds, parts)) + ")"
            case Either(parts):
                return "(" + " OR ".join(map(holds, parts)) + ")"
            case Not(part):
                return "TRUE" if wanted_only else f"NOT {holds(part)}"
            case Never():
                return "FALSE"
            case Pattern() if wanted_only and node.anchored:
                return "TRUE"
            case _:
                return has(node)

    return ([] if query.root is None else [holds(query.root)]), values
