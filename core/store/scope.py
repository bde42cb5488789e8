"""Filters -> the articles they let through, as SQL."""

from core.model import Filters
from core.store.rows import COUNTED
from core.store.search import Query, Term, parse

COUNTED_ZONES = "(" + ", ".join(f"'{zone}'" for zone in COUNTED) + ")"
"""Where a mention must stand to be counted."""

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

FURTHEST = "arg_max(towards, CASE towards WHEN 'neutral' THEN 0 ELSE abs(towards_score) + 1 END)"
"""How a sentence puts an entity that it mentions several times: as the mention furthest from neutral."""

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
        clauses.append(
            f"doc IN (SELECT doc FROM mentions WHERE zone IN {COUNTED_ZONES} AND (entity_id IN "
            "(SELECT unnest($entities::VARCHAR[])) OR refers_to IN (SELECT unnest($entities::VARCHAR[]))))"
        )
        values["entities"] = list(filters.entities)
    found, bound = conditions(parse(filters.words), "folded", "word")
    return clauses + found, values | bound


def conditions(query: Query, column: str, prefix: str) -> tuple[list[str], Values]:
    """SQL conditions that a lower-case text column holds for search words; parameters are named prefix_0 and so on."""
    values: Values = {}

    def has(term: Term) -> str:
        # contains is several times faster than a pattern and spares most texts the pattern
        word, pattern = f"{prefix}_{len(values)}", f"{prefix}_{len(values) + 1}"
        values[word], values[pattern] = max(term.words, key=len), term.re2()
        return f"(contains({column}, ${word}) AND regexp_matches({column}, ${pattern}))"

    clauses = ["(" + " OR ".join(map(has, group)) + ")" for group in query.wanted]
    return [*clauses, *("NOT " + has(term) for term in query.unwanted)], values
