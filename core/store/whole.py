"""The whole corpus as flat tables, corrections applied, read in one piece while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from core.store.corpus import Corpus
from core.store.overlay import SEARCH_PATH

AT_A_TIME = 5000

TABLES = {
    "articles": """SELECT d.document_id, d.title, d.outlet, d.outlet_name, d.outlet_rule, d.published, d.precision,
            d.published_basis, d.byline, d.language, d.language_confidence, d.url, d.words, d.tone, d.score, d.narrator,
            d.quoted, c.cluster_id, d.file, d.sha256, d.record, d.sample, d.tagger_version,
            d.doc IN (SELECT doc FROM corrected.changed_documents) AS corrected, d.text
        FROM documents AS d JOIN clusters AS c USING (doc) ORDER BY d.doc""",
    "sentences": """SELECT d.document_id, s.sentence, s.first AS start, s.past AS end, s.zone, s.tone, s.score, s.layer,
            substring(d.text, s.first + 1, s.past - s.first) AS text
        FROM sentences AS s JOIN documents AS d USING (doc) ORDER BY s.doc, s.sentence""",
    "mentions": """SELECT d.document_id, m.sentence, m.first AS start, m.past AS end, m.surface, m.label, m.entity_id,
            e.name, m.refers_to, m.zone, m.rule, m.score
        FROM mentions AS m JOIN documents AS d USING (doc) LEFT JOIN entities AS e USING (entity_id)
        ORDER BY m.doc, m.first""",
    "quotes": """SELECT d.document_id, q.sentence, q.first AS start, q.past AS end, q.kind, q.speaker, q.speaker_entity,
            q.cue, q.rule, substring(d.text, q.first + 1, q.past - q.first) AS text
        FROM quotes AS q JOIN documents AS d USING (doc) ORDER BY q.doc, q.first""",
    "sources": """SELECT d.document_id, s.sentence, s.first AS start, s.past AS end, s.name, s.kind, s.entity_id, s.rule
        FROM sources AS s JOIN documents AS d USING (doc) ORDER BY s.doc, s.first""",
    "claims": """SELECT d.document_id, c.sentence, c.first AS start, c.past AS end, c.claim_id, c.stance,
            c.attributed_to, c.rule
        FROM claims AS c JOIN documents AS d USING (doc) ORDER BY c.doc, c.first, c.claim_id""",
    "entities": """SELECT e.entity_id, e.name, e.label, e.wikidata, count(*) AS mentions,
            count(DISTINCT m.doc) AS articles
        FROM entities AS e JOIN mentions AS m USING (entity_id) GROUP BY ALL ORDER BY mentions DESC, e.entity_id""",
    "files": """SELECT name, sha256, size_bytes, origin, outcome, reason, articles, known, refused, added_at
        FROM files ORDER BY file_id""",
}
"""By the name of the table; start and end count code points of the article's text."""


class Snapshot:
    """The corpus as it stood at one moment."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def reader(self, table: str) -> pa.RecordBatchReader:
        """A table of TABLES, so many rows at a time; to be read before the next is asked for."""
        return self._cursor.sql(TABLES[table]).to_arrow_reader(AT_A_TIME)

    def numbers(self) -> dict[str, int]:
        """schema_version and corpus_version."""
        return {str(key): int(number) for key, number in self._cursor.execute("SELECT * FROM main.meta").fetchall()}

    def tagger_versions(self) -> dict[str, int]:
        """Articles by the version of code and rules that tagged them."""
        rows = self._cursor.execute("SELECT tagger_version, count(*) FROM main.documents GROUP BY ALL ORDER BY ALL")
        return {str(version): int(count) for version, count in rows.fetchall()}

    def article_count(self) -> int:
        row = self._cursor.execute("SELECT count(*) FROM main.documents").fetchone()
        return int(row[0]) if row else 0


@contextmanager
def snapshot(corpus: Corpus) -> Iterator[Snapshot]:
    """What is read within stands as it was at the beginning, whatever is written meanwhile."""
    cursor = corpus.cursor()
    try:
        cursor.execute(SEARCH_PATH)
        cursor.begin()
        yield Snapshot(cursor)
    finally:
        cursor.close()
