"""Near-duplicates are found as articles come in: each new text joins the clusters of the texts it is like.

The corpus keeps a sample of every text's shingle hashes. Texts that share enough of the sample are
compared in full; those of which the smaller has at least shingles.CONTAINMENT of its shingles in the
larger are alike. Clusters are the transitive closure of that and are numbered by their first article.
A shortened copy so joins the text it was cut from. A text much longer than others that it holds whole,
such as a round-up, joins theirs only where they are one cluster already: it makes no two texts one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from core.store.shingles import CONTAINMENT, FEWEST, containment, shingles

COMMON = 1000  # a sampled hash in more texts than this is a set phrase and finds no candidates
LIKELY = 0.45  # share of the smaller sample in common from which two texts are compared in full
MUCH_LONGER = 1.5  # times the shingles of another text
COMPARED_AT_A_TIME = 1500  # articles whose candidates are looked for in one query: bounds its memory
MOST_REVIEWED = 500  # older articles whose clusters are told anew, or as many as are new; past it what was told stands

CANDIDATES = """
WITH fresh AS (SELECT * FROM shingles SEMI JOIN rows USING (doc)),
usual AS (
    SELECT hash FROM shingles WHERE NOT whole AND hash IN (SELECT hash FROM fresh)
    GROUP BY hash HAVING count(*) > {common}
),
pairs AS (
    SELECT fresh.doc AS doc, other.doc AS other, count(*) FILTER (NOT fresh.whole) AS shared,
           bool_or(fresh.whole) AS same
    FROM fresh JOIN shingles AS other USING (hash, whole)
    WHERE (other.doc < fresh.doc OR (other.doc > fresh.doc AND other.doc NOT IN (SELECT doc FROM rows)))
    AND (fresh.whole OR hash NOT IN (SELECT hash FROM usual))
    GROUP BY ALL
),
compared AS (SELECT doc FROM pairs UNION SELECT other FROM pairs),
sizes AS (SELECT doc, count(*) - 1 AS size FROM shingles SEMI JOIN compared USING (doc) GROUP BY doc)
SELECT pairs.doc, pairs.other, pairs.same FROM pairs
JOIN sizes AS one ON one.doc = pairs.doc JOIN sizes AS two ON two.doc = pairs.other
WHERE same OR (shared >= 2 AND shared >= {likely} * least(one.size, two.size))
ORDER BY pairs.doc, pairs.other
"""


@dataclass(slots=True)
class _Likeness:
    """Which articles are alike: containment by a later and an earlier one, and the shingles of each."""

    shares: dict[tuple[int, int], float] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)

    def others(self, docs: Collection[int]) -> set[int]:
        """The articles that one of these is like."""
        return {there for pair in self.shares for here, there in (pair, pair[::-1]) if here in docs} - set(docs)


def join_clusters(cursor: duckdb.DuckDBPyConnection, first_new: int, past_new: int) -> None:
    """Put the articles numbered first_new to past_new into clusters, and tell anew those of what they are like."""
    _tell(cursor, range(first_new, past_new))


def tell_anew(cursor: duckdb.DuckDBPyConnection, docs: Collection[int]) -> None:
    """Put articles into clusters whose own text changed, or that a text was like which is there no more."""
    told = sorted(set(docs))
    cursor.execute("DELETE FROM clusters WHERE doc IN (SELECT unnest(?::INTEGER[]))", [told])
    if told:
        _tell(cursor, told)


def touched_by(cursor: duckdb.DuckDBPyConnection, docs: Collection[int]) -> set[int]:
    """The other articles whose clusters may change when these go or change: those they are like, with theirs."""
    alike = _Likeness()
    _compare(cursor, sorted(docs), alike)
    return _mates(cursor, {*docs, *alike.others(docs)}).keys() - set(docs)


def _tell(cursor: duckdb.DuckDBPyConnection, new: Sequence[int]) -> None:
    alike = _Likeness()
    _compare(cursor, new, alike)
    nearest: dict[int, tuple[int, float]] = {}
    for (doc, other), share in sorted(alike.shares.items()):
        if doc not in nearest or share > nearest[doc][1]:
            nearest[doc] = (other, share)
    standing = _review(cursor, new, alike)
    roots = Roots()
    if _too_many(standing, new):
        for doc, cluster in standing.items():
            roots.join(doc, cluster)
    join_alike(roots, alike.sizes, alike.shares)
    moved = [(doc, roots.find(doc)) for doc, cluster in sorted(standing.items()) if roots.find(doc) != cluster]
    _with_rows(
        cursor,
        ("doc", "cluster_id"),
        moved,
        "UPDATE clusters SET cluster_id = rows.cluster_id FROM rows WHERE clusters.doc = rows.doc",
    )
    rows = [(doc, roots.find(doc), *nearest.get(doc, (None, None))) for doc in new]
    _with_rows(
        cursor, ("doc", "cluster_id", "like_doc", "containment"), rows, "INSERT INTO clusters SELECT * FROM rows"
    )


def join_alike(roots: "Roots", sizes: dict[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    """Make one cluster of what is alike, but of two through a third only where that one is not much longer.

    Which pair comes first changes nothing: texts of about one length are joined before any that holds them whole,
    and those from the shortest up.
    """
    holds: list[tuple[int, int]] = []
    for pair in pairs:
        short, long = sorted(pair, key=lambda doc: sizes[doc])
        if sizes[long] > MUCH_LONGER * sizes[short]:
            holds.append((long, short))
        else:
            roots.join(long, short)
    held: dict[int, set[int]] = {}
    longest: dict[int, int] = {}
    for long, short in holds:
        root = roots.find(long)
        held.setdefault(root, set()).add(short)
        longest[root] = max(longest.get(root, 0), sizes[long])
    for root in sorted(held, key=lambda one: (longest[one], one)):
        clusters = {roots.find(short) for short in held[root]} - {roots.find(root)}
        if len(clusters) == 1:
            roots.join(root, clusters.pop())


def _review(cursor: duckdb.DuckDBPyConnection, new: Sequence[int], alike: _Likeness) -> dict[int, int]:
    """The present clusters of all older articles that the new ones may move, whose own likenesses are added.

    Where they are too many no more likenesses are added.
    """
    standing: dict[int, int] = {}
    while others := alike.others({*new, *standing}):
        fresh = _mates(cursor, others)
        standing |= fresh
        if _too_many(standing, new):
            break
        _compare(cursor, sorted(fresh), alike)
    return standing


def _too_many(standing: dict[int, int], new: Sequence[int]) -> bool:
    return len(standing) > max(MOST_REVIEWED, len(new))


def _mates(cursor: duckdb.DuckDBPyConnection, docs: Collection[int]) -> dict[int, int]:
    """The clusters of these articles, with all that are in them."""
    rows = cursor.execute(
        """SELECT doc, cluster_id FROM clusters WHERE cluster_id IN
        (SELECT cluster_id FROM clusters WHERE doc IN (SELECT unnest(?)))""",
        [sorted(docs)],
    )
    return dict(rows.fetchall())


def _compare(cursor: duckdb.DuckDBPyConnection, docs: Sequence[int], alike: _Likeness) -> None:
    """Add what these articles are like."""
    for start in range(0, len(docs), COMPARED_AT_A_TIME):
        part = docs[start : start + COMPARED_AT_A_TIME]
        query = CANDIDATES.format(common=COMMON, likely=LIKELY)
        found = _with_rows(cursor, ("doc",), [(doc,) for doc in part], query)
        pairs = [(max(pair), min(pair), same) for *pair, same in found]
        pairs = [pair for pair in pairs if pair[:2] not in alike.shares]
        wanted = sorted({doc for pair in pairs for doc in pair[:2]})
        texts = cursor.execute("SELECT doc, text FROM documents WHERE doc IN (SELECT unnest(?))", [wanted]).fetchall()
        hashes = {doc: shingles(text) for doc, text in texts}
        for doc, other, same in pairs:
            one, two = hashes[doc], hashes[other]
            share = 1.0 if same else containment(one, two)
            if same or (share >= CONTAINMENT and min(len(one), len(two)) >= FEWEST):
                alike.shares[doc, other] = share
                alike.sizes |= {doc: len(one), other: len(two)}


def _with_rows(
    cursor: duckdb.DuckDBPyConnection, names: Sequence[str], rows: Sequence[Sequence[Any]], query: str
) -> list[tuple[Any, ...]]:
    """The answer to a query that sees these rows as the table `rows`; without rows it is not asked."""
    if not rows:
        return []
    kinds = {"containment": pa.float64()}
    columns = zip(names, zip(*rows, strict=True), strict=True)
    table = pa.table({name: pa.array(column, kinds.get(name, pa.int32())) for name, column in columns})
    cursor.register("rows", table)
    answer = cursor.execute(query).fetchall()
    cursor.unregister("rows")
    return answer


class Roots:
    """Union-find over numbers; the smallest of a set is its root."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def find(self, number: int) -> int:
        root = number
        while (above := self._above.get(root, root)) != root:
            root = above
        while number != root:
            self._above[number], number = root, self._above.get(number, number)
        return root

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._above[high] = low
