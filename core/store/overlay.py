"""The corrected view: tables of the schema `corrected`, which every question of the screens reads first.

The machine's tables stay in `main` and never change by a correction. What people corrected is worked out from the
log (core.store.replay) into `changed_*` tables; a view of the machine's name in `corrected` hands out the machine's
rows without those that were changed, and the changed ones instead. So a correction costs a question only the rows
it touches.
"""

import zlib

import duckdb

from core.model import TONED_FROM
from core.store import tallies

SEARCH_PATH = "SET search_path = 'corrected,main'"
TAGS = ("mentions", "sentences", "quotes", "sources", "claims")
"""Tables whose rows stand at a place: doc, first, past."""

CHANGEABLE = (
    "outlet", "outlet_name", "outlet_rule", "title", "published", "precision", "published_first", "published_last",
    "published_day", "published_month", "published_basis", "published_evidence", "folded", "tone", "score", "narrator",
    "quoted",
)  # fmt: skip
"""Columns of documents that a correction can change."""

JOINED = {
    "mentions": """(
        SELECT m.* REPLACE (coalesce(j.joined_id, m.entity_id) AS entity_id), m.rowid AS place
        FROM main.mentions AS m LEFT JOIN main.joins AS j USING (entity_id)
    )""",
    "quotes": """(
        SELECT q.* REPLACE (
                coalesce(j.joined_id, q.speaker_entity) AS speaker_entity, coalesce(n.name, q.speaker) AS speaker
            ), q.rowid AS place
        FROM main.quotes AS q LEFT JOIN main.joins AS j ON j.entity_id = q.speaker_entity
        LEFT JOIN main.entities AS n ON n.entity_id = j.joined_id
    )""",
    "sources": """(
        SELECT c.* REPLACE (coalesce(j.joined_id, c.entity_id) AS entity_id), c.rowid AS place
        FROM main.sources AS c LEFT JOIN main.joins AS j USING (entity_id)
    )""",
}
"""The machine's rows with the entities that are one across the corpus (core.store.joins); corrections lie over them."""

WORKED_OUT = """
CREATE TABLE corrected.entity_now (entity_id VARCHAR NOT NULL, now_id VARCHAR NOT NULL);
CREATE TABLE corrected.surface_now (entity_id VARCHAR NOT NULL, surface VARCHAR NOT NULL, now_id VARCHAR NOT NULL);
CREATE TABLE corrected.named (entity_id VARCHAR NOT NULL, name VARCHAR NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE corrected.said_as (machine_name VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE corrected.tag_now (
    kind VARCHAR NOT NULL, doc INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL, claim_id VARCHAR,
    now_id VARCHAR, rejected BOOLEAN NOT NULL, tone VARCHAR, score DOUBLE, correction_id INTEGER NOT NULL
);
CREATE TABLE corrected.document_now (
    doc INTEGER NOT NULL, field VARCHAR NOT NULL, value VARCHAR NOT NULL, name VARCHAR NOT NULL,
    correction_id INTEGER NOT NULL
);
"""
"""What the log comes to: ids of entities, names, and what was said of single tags and articles; an empty value of
document_now takes the machine's away."""


def ensure(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Make the corrected view where it is missing or was made over other columns; True when it must be filled."""
    sql = _sql()
    signature = zlib.crc32("\n".join([*sql, *tallies.SQL, *_columns(cursor)]).encode())
    row = cursor.execute("SELECT number FROM meta WHERE key = 'overlay'").fetchone()
    if row is not None and row[0] == signature:
        return False
    cursor.begin()
    cursor.execute("DROP SCHEMA IF EXISTS corrected CASCADE")
    for statement in sql:
        cursor.execute(statement)
    cursor.execute("INSERT OR REPLACE INTO meta VALUES ('overlay', ?)", [signature])
    cursor.commit()
    return True


def _columns(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    found = cursor.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'main' "
        "ORDER BY table_name, column_index"
    ).fetchall()
    return [" ".join(map(str, row)) for row in found]


def _sql() -> list[str]:
    views = (*map(_tag_view, TAGS), _document_view(), ENTITIES, STRETCHES)
    return ["CREATE SCHEMA corrected", WORKED_OUT, *views, tallies.TABLES]


def _tag_view(table: str) -> str:
    """The column `place` keeps the order in which the rows of an article were written."""
    rows = JOINED.get(table, f"(SELECT *, rowid AS place FROM main.{table})")
    return f"""
        CREATE TABLE corrected.changed_{table} AS
            SELECT *, rowid AS place, FALSE AS rejected FROM main.{table} LIMIT 0;
        CREATE VIEW corrected.{table} AS
            SELECT t.* FROM {rows} AS t
            ANTI JOIN corrected.changed_{table} USING (doc, first, past)
            UNION ALL SELECT * EXCLUDE (rejected) FROM corrected.changed_{table} WHERE NOT rejected
    """


def _document_view() -> str:
    changed = ", ".join(f"c.{column} AS {column}" for column in CHANGEABLE)
    return f"""
        CREATE TABLE corrected.changed_documents AS SELECT doc, {", ".join(CHANGEABLE)} FROM main.documents LIMIT 0;
        CREATE VIEW corrected.documents AS
            SELECT d.* FROM main.documents AS d ANTI JOIN corrected.changed_documents USING (doc)
            UNION ALL
            SELECT d.* REPLACE ({changed}) FROM main.documents AS d
            JOIN corrected.changed_documents AS c ON c.doc = d.doc
    """


ENTITIES = """
CREATE TABLE corrected.changed_entities AS SELECT *, FALSE AS gone FROM main.entities LIMIT 0;
CREATE VIEW corrected.entities AS
    SELECT e.* FROM main.entities AS e ANTI JOIN corrected.changed_entities USING (entity_id)
    UNION ALL SELECT * EXCLUDE (gone) FROM corrected.changed_entities WHERE NOT gone
"""

STRETCHES = """
CREATE VIEW corrected.stretches AS
    SELECT doc, sentence, first, past, zone, tone, score, layer FROM corrected.sentences
    UNION ALL SELECT doc, sentence, first, past, zone, 'neutral', 0.0, 'narrator' FROM main.asides
"""

ENTITY_TABLES = ("entity_now", "surface_now", "named", "said_as", "changed_entities")
OF_ARTICLES = ("tag_now", "document_now", *(f"changed_{table}" for table in TAGS), "changed_documents")


HERE = "doc BETWEEN $since AND $until AND doc IN (SELECT doc FROM reached)"
"""The articles at hand: those of the temporary table `reached`; the numbers spare reading the others."""


def clear_entities(cursor: duckdb.DuckDBPyConnection) -> None:
    """As if no entity had been corrected; tags that were moved stay so until their articles are worked out."""
    for table in ENTITY_TABLES:
        cursor.execute(f"DELETE FROM corrected.{table}")


def clear_articles(cursor: duckdb.DuckDBPyConnection, reach: dict[str, int]) -> None:
    """As if nothing had been corrected in the articles at hand."""
    for table in OF_ARTICLES:
        cursor.execute(f"DELETE FROM corrected.{table} WHERE {HERE}", reach)


def clear_gone(cursor: duckdb.DuckDBPyConnection) -> None:
    """Take out what was worked out for articles that are not in the corpus any more."""
    for table in (*OF_ARTICLES, *tallies.NAMES):
        cursor.execute(f"DELETE FROM corrected.{table} WHERE doc NOT IN (SELECT doc FROM main.documents)")


_MOVED = """
    LEFT JOIN corrected.surface_now AS s ON s.entity_id = m.entity_id AND s.surface = m.surface
    LEFT JOIN corrected.entity_now AS e ON e.entity_id = m.entity_id
    LEFT JOIN corrected.entity_now AS r ON r.entity_id = m.refers_to
"""

MENTIONS = f"""
INSERT INTO corrected.changed_mentions
WITH moved AS (
    SELECT m.* REPLACE (
            coalesce(t.now_id, s.now_id, e.now_id, m.entity_id) AS entity_id,
            coalesce(r.now_id, m.refers_to) AS refers_to
        ), coalesce(t.rejected, FALSE) AS rejected, m.entity_id AS machine_id
    FROM {JOINED["mentions"]} AS m
    LEFT JOIN corrected.tag_now AS t ON t.kind = 'mention' AND t.doc = m.doc AND t.first = m.first AND t.past = m.past
    {_MOVED}
    WHERE m.doc BETWEEN $since AND $until AND m.doc IN (SELECT doc FROM reached) AND (
        t.doc IS NOT NULL OR s.now_id IS NOT NULL OR e.now_id IS NOT NULL OR r.now_id IS NOT NULL
    )
)
SELECT moved.* EXCLUDE (machine_id)
    REPLACE (
        CASE WHEN moved.entity_id <> machine_id THEN coalesce(n.label, moved.label) ELSE moved.label END AS label,
        CASE WHEN moved.entity_id <> machine_id THEN 'correction: ' || machine_id || ' (' || moved.rule || ')'
            ELSE moved.rule END AS rule
    )
FROM moved LEFT JOIN corrected.named AS n ON n.entity_id = moved.entity_id
"""

QUOTES = f"""
INSERT INTO corrected.changed_quotes
WITH moved AS (
    SELECT q.* REPLACE (coalesce(p.now_id, e.now_id, q.speaker_entity) AS speaker_entity),
        coalesce(t.rejected, FALSE) AS rejected, t.doc IS NOT NULL AS touched
    FROM {JOINED["quotes"]} AS q
    LEFT JOIN corrected.tag_now AS t ON t.kind = 'quote' AND t.doc = q.doc AND t.first = q.first AND t.past = q.past
    LEFT JOIN corrected.tag_now AS p
        ON p.kind = 'mention' AND p.doc = q.doc AND p.first = q.speaker_first AND p.past = q.speaker_past
    LEFT JOIN corrected.entity_now AS e ON e.entity_id = q.speaker_entity
    WHERE q.doc BETWEEN $since AND $until AND q.doc IN (SELECT doc FROM reached)
)
SELECT moved.* EXCLUDE (touched) REPLACE (coalesce(n.name, moved.speaker) AS speaker)
FROM moved LEFT JOIN corrected.named AS n ON n.entity_id = moved.speaker_entity
WHERE touched OR n.entity_id IS NOT NULL
"""

SOURCES = f"""
INSERT INTO corrected.changed_sources
WITH moved AS (
    SELECT c.* REPLACE (coalesce(e.now_id, c.entity_id) AS entity_id),
        coalesce(t.rejected, FALSE) AS rejected, t.doc IS NOT NULL AS touched
    FROM {JOINED["sources"]} AS c
    LEFT JOIN corrected.tag_now AS t ON t.kind = 'source' AND t.doc = c.doc AND t.first = c.first AND t.past = c.past
    LEFT JOIN corrected.entity_now AS e ON e.entity_id = c.entity_id
    WHERE c.doc BETWEEN $since AND $until AND c.doc IN (SELECT doc FROM reached)
)
SELECT moved.* EXCLUDE (touched) REPLACE (coalesce(n.name, moved.name) AS name)
FROM moved LEFT JOIN corrected.named AS n ON n.entity_id = moved.entity_id
WHERE touched OR n.entity_id IS NOT NULL
"""

CLAIMS = """
INSERT INTO corrected.changed_claims
SELECT c.* REPLACE (coalesce(n.name, c.attributed_to) AS attributed_to), c.rowid,
    coalesce(t.claim_id = c.claim_id, FALSE)
FROM main.claims AS c
LEFT JOIN corrected.tag_now AS t
    ON t.kind = 'claim' AND t.doc = c.doc AND t.first = c.first AND t.past = c.past AND t.claim_id = c.claim_id
LEFT JOIN corrected.said_as AS n ON n.machine_name = c.attributed_to
WHERE c.doc BETWEEN $since AND $until AND c.doc IN (SELECT doc FROM reached) AND (
    n.name IS NOT NULL
    OR (c.doc, c.first, c.past) IN (SELECT (doc, first, past) FROM corrected.tag_now WHERE kind = 'claim')
)
"""

SENTENCES = """
INSERT INTO corrected.changed_sentences
SELECT s.* REPLACE (t.tone AS tone, t.score AS score), s.rowid, FALSE
FROM main.sentences AS s
JOIN corrected.tag_now AS t ON t.kind = 'sentence' AND t.doc = s.doc AND t.first = s.first AND t.past = s.past
WHERE s.doc BETWEEN $since AND $until AND s.doc IN (SELECT doc FROM reached)
"""

DOCUMENTS = f"""
INSERT INTO corrected.changed_documents BY NAME
WITH fields AS (
    SELECT doc,
        any_value(value) FILTER (field = 'outlet') AS new_outlet, any_value(name) FILTER (field = 'outlet') AS new_name,
        any_value(value) FILTER (field = 'title') AS new_title,
        any_value(value) FILTER (field = 'date') AS new_date
    FROM corrected.document_now GROUP BY doc
),
toned AS (
    SELECT doc, coalesce(round(avg(score), 4), 0.0) AS new_score,
        round(avg(score) FILTER (layer = 'narrator'), 4) AS new_narrator,
        round(avg(score) FILTER (layer = 'quoted'), 4) AS new_quoted
    FROM corrected.sentences WHERE zone = 'body' AND doc IN (SELECT doc FROM corrected.changed_sentences) GROUP BY doc
),
touched AS (
    SELECT * FROM fields FULL JOIN toned USING (doc)
    WHERE doc BETWEEN $since AND $until AND doc IN (SELECT doc FROM reached)
),
dated AS (
    SELECT *, nullif(new_date, '') AS iso,
        CASE len(iso) WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' END AS new_precision,
        CASE len(iso) WHEN 4 THEN CAST(iso || '-01-01' AS DATE) WHEN 7 THEN CAST(iso || '-01' AS DATE)
            WHEN 10 THEN CAST(iso AS DATE) END AS new_first,
        CASE len(iso) WHEN 4 THEN CAST(iso || '-12-31' AS DATE) WHEN 7 THEN last_day(new_first)
            WHEN 10 THEN new_first END AS new_last
    FROM touched
)
SELECT doc,
    CASE WHEN new_outlet IS NULL THEN d.outlet WHEN new_outlet = '' THEN 'unknown' ELSE new_outlet END AS outlet,
    CASE WHEN new_outlet IS NULL THEN d.outlet_name WHEN new_outlet = '' THEN NULL ELSE new_name END
        AS outlet_name,
    CASE WHEN new_outlet IS NULL THEN d.outlet_rule ELSE 'correction' END AS outlet_rule,
    CASE WHEN new_title IS NULL THEN d.title ELSE nullif(new_title, '') END AS title,
    CASE WHEN new_title IS NULL THEN d.folded
        ELSE lower(new_title) || chr(10) || replace(lower(d.text), chr(160), ' ')
        END AS folded,
    CASE WHEN new_date IS NULL THEN d.published ELSE iso END AS published,
    CASE WHEN new_date IS NULL THEN d.precision ELSE new_precision END AS precision,
    CASE WHEN new_date IS NULL THEN d.published_first ELSE new_first END AS published_first,
    CASE WHEN new_date IS NULL THEN d.published_last ELSE new_last END AS published_last,
    CASE WHEN new_date IS NULL THEN d.published_day WHEN len(iso) = 10 THEN new_first END AS published_day,
    CASE WHEN new_date IS NULL THEN d.published_month WHEN len(iso) > 4
        THEN CAST(date_trunc('month', new_first) AS DATE) END AS published_month,
    CASE WHEN new_date IS NULL THEN d.published_basis WHEN iso IS NOT NULL THEN 'correction' END AS published_basis,
    CASE WHEN new_date IS NULL THEN d.published_evidence ELSE iso END AS published_evidence,
    CASE WHEN new_score IS NULL THEN d.tone WHEN new_score <= -{TONED_FROM} THEN 'negative'
        WHEN new_score >= {TONED_FROM} THEN 'positive' ELSE 'neutral' END AS tone,
    coalesce(new_score, d.score) AS score,
    CASE WHEN new_score IS NULL THEN d.narrator ELSE new_narrator END AS narrator,
    CASE WHEN new_score IS NULL THEN d.quoted ELSE new_quoted END AS quoted
FROM dated JOIN main.documents AS d USING (doc)
"""
