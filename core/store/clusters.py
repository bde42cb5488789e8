"""Near-duplicates are found as articles come in: each new text joins the clusters of the texts it is like.

The corpus keeps a sample of every text's shingle hashes. Texts that share enough of the sample are
compared in full; those of which the smaller has at least shingles.CONTAINMENT of its shingles in the
larger are one cluster, so a shortened copy joins the text it was cut from. Clusters are the transitive
closure of that and are numbered by their first article.
"""

import duckdb
import pyarrow as pa

from core.store.shingles import (
    CONTAINMENT,
    FEWEST,
    containment,
    shingles,
)

COMMON = 1000  # a sampled hash in more texts than this is a set phrase and finds no candidates
LIKELY = 0.45  # share of the smaller sample in common from which two texts are compared in full

CANDIDATES = """
WITH fresh AS (SELECT * FROM shingles WHERE doc >= ?),
usual AS (
    SELECT hash FROM shingles WHERE NOT whole AND hash IN (SELECT hash FROM fresh)
    GROUP BY hash HAVING count(*) > ?
),
pairs AS (
    SELECT fresh.doc AS doc, other.doc AS other, count(*) FILTER (NOT fresh.whole) AS shared,
           bool_or(fresh.whole) AS same
    FROM fresh JOIN shingles AS other USING (hash, whole)
    WHERE other.doc < fresh.doc AND (fresh.whole OR hash NOT IN (SELECT hash FROM usual))
    GROUP BY ALL
),
compared AS (SELECT doc FROM pairs UNION SELECT other FROM pairs),
sizes AS (SELECT doc, count(*) - 1 AS size FROM shingles SEMI JOIN compared USING (doc) GROUP BY doc)
SELECT pairs.doc, pairs.other, pairs.same FROM pairs
JOIN sizes AS one ON one.doc = pairs.doc JOIN sizes AS two ON two.doc = pairs.other
WHERE same OR (shared >= 2 AND shared >= ? * least(one.size, two.size))
ORDER BY pairs.doc, pairs.other
"""

Link = tuple[int, int, float]
"""A new article, an earlier one, and the containment between them."""


def join_clusters(cursor: duckdb.DuckDBPyConnection, first_new: int, past_new: int) -> None:
    """Put the articles numbered first_new to past_new into clusters, joining older clusters where a text links them."""
    links = _links(cursor, first_new)
    nearest: dict[int, Link] = {}
    for link in links:
        if link[0] not in nearest or link[2] > nearest[link[0]][2]:
            nearest[link[0]] = link
    older = _clusters_of(cursor, {other for _, other, _ in links if other < first_new})
    roots = _Roots()
    for doc, other, _ in links:
        roots.join(doc, older.get(other, other))
    moved = [(old, roots.find(old)) for old in sorted(set(older.values())) if roots.find(old) != old]
    for old, new in moved:
        cursor.execute("UPDATE clusters SET cluster_id = ? WHERE cluster_id = ?", [new, old])
    rows = [(doc, roots.find(doc), *nearest.get(doc, (doc, None, None))[1:]) for doc in range(first_new, past_new)]
    columns = list(zip(*rows, strict=True))
    types = (pa.int32(), pa.int32(), pa.int32(), pa.float64())
    names = ("doc", "cluster_id", "like_doc", "containment")
    cursor.register(
        "new_clusters",
        pa.table({name: pa.array(column, kind) for name, column, kind in zip(names, columns, types, strict=True)}),
    )
    cursor.execute("INSERT INTO clusters SELECT * FROM new_clusters")
    cursor.unregister("new_clusters")


def _links(cursor: duckdb.DuckDBPyConnection, first_new: int) -> list[Link]:
    found = cursor.execute(CANDIDATES, [first_new, COMMON, LIKELY]).fetchall()
    wanted = sorted({doc for pair in found for doc in pair[:2]})
    texts = cursor.execute("SELECT doc, text FROM documents WHERE doc IN (SELECT unnest(?))", [wanted]).fetchall()
    hashes = {doc: shingles(text) for doc, text in texts}
    links = []
    for doc, other, same in found:
        one, two = hashes[doc], hashes[other]
        shared = 1.0 if same else containment(one, two)
        if same or (shared >= CONTAINMENT and min(len(one), len(two)) >= FEWEST):
            links.append((doc, other, shared))
    return links


def _clusters_of(cursor: duckdb.DuckDBPyConnection, docs: set[int]) -> dict[int, int]:
    rows = cursor.execute("SELECT doc, cluster_id FROM clusters WHERE doc IN (SELECT unnest(?))", [sorted(docs)])
    return dict(rows.fetchall())


class _Roots:
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
