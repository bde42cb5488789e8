"""Counts by article, kept beside the corrected rows, so that a question adds numbers up instead of reading every tag.

They say what the corrected view says, no more: `tell` works them out anew for the articles whose tags or corrections
changed, in the transaction that changed them. Entities go by a number here (`entity_codes`).

counted   by article and entity: mentions that name it, those of them that stand for nothing else, and metonyms for it
placed    sentences that mean an entity: by name, or by a metonym for it
told      by article and layer: sentences of each tone, the sum of their scores, and those in the zones that count
near      by article, entity and layer: sentences that mention it by either reading, the sum of their scores; of those
          that were rated towards it how many, the sum of their ratings, and how many of each favour
"""

import duckdb

from core.store.rows import COUNTED

ZONES = "(" + ", ".join(f"'{zone}'" for zone in COUNTED) + ")"
"""Where a mention must stand to be counted."""

FURTHEST = "arg_max(towards, CASE towards WHEN 'neutral' THEN 0 ELSE abs(towards_score) + 1 END)"
"""How a sentence puts an entity that it mentions several times: as the mention furthest from neutral."""

AT_A_TIME = 20_000
"""Articles that are told together: more at once need more memory than the database may have."""

TABLES = """
CREATE TABLE corrected.entity_codes (code INTEGER NOT NULL, entity_id VARCHAR NOT NULL);
CREATE TABLE corrected.counted (
    doc INTEGER NOT NULL, code INTEGER NOT NULL, named INTEGER NOT NULL, plain INTEGER NOT NULL,
    metonyms INTEGER NOT NULL
);
CREATE TABLE corrected.placed (doc INTEGER NOT NULL, sentence INTEGER NOT NULL, code INTEGER NOT NULL);
CREATE TABLE corrected.told (
    doc INTEGER NOT NULL, layer VARCHAR NOT NULL, negative INTEGER NOT NULL, neutral INTEGER NOT NULL,
    positive INTEGER NOT NULL, total DOUBLE NOT NULL, in_zones INTEGER NOT NULL
);
CREATE TABLE corrected.near (
    doc INTEGER NOT NULL, code INTEGER NOT NULL, layer VARCHAR NOT NULL, sentences INTEGER NOT NULL,
    total DOUBLE NOT NULL, rated INTEGER NOT NULL, rating DOUBLE NOT NULL, unfavourable INTEGER NOT NULL,
    neutral INTEGER NOT NULL, favourable INTEGER NOT NULL
);
"""
NAMES = ("counted", "placed", "told", "near")

_HERE = "doc BETWEEN $low AND $high AND doc IN (SELECT doc FROM reached)"

_CODES = """
INSERT INTO corrected.entity_codes
SELECT (SELECT coalesce(max(code), 0) FROM corrected.entity_codes) + row_number() OVER (ORDER BY entity_id), entity_id
FROM (SELECT entity_id FROM main.entities UNION SELECT entity_id FROM corrected.changed_entities)
ANTI JOIN corrected.entity_codes USING (entity_id)
"""

_READ = f"""
CREATE OR REPLACE TEMP TABLE read_anew AS
WITH here AS (SELECT * FROM corrected.mentions WHERE zone IN {ZONES} AND {_HERE}),
reading AS (
    SELECT doc, sentence, entity_id, 1 AS named, (refers_to IS NULL)::INTEGER AS plain, 0 AS metonyms, towards,
        towards_score
    FROM here
    UNION ALL SELECT doc, sentence, refers_to, 0, 0, 1, towards, towards_score FROM here WHERE refers_to IS NOT NULL
)
SELECT doc, sentence, code, sum(named)::INTEGER AS named, sum(plain)::INTEGER AS plain,
    sum(metonyms)::INTEGER AS metonyms, {FURTHEST} AS towards, avg(towards_score) AS rating
FROM reading JOIN corrected.entity_codes USING (entity_id) GROUP BY doc, sentence, code
"""

_TELL = (
    """INSERT INTO corrected.counted
    SELECT doc, code, sum(named), sum(plain), sum(metonyms) FROM read_anew GROUP BY doc, code ORDER BY doc, code""",
    """INSERT INTO corrected.placed
    SELECT doc, sentence, code FROM read_anew WHERE sentence IS NOT NULL AND plain + metonyms > 0 ORDER BY ALL""",
    f"""INSERT INTO corrected.told
    SELECT doc, layer, count(*) FILTER (tone = 'negative'), count(*) FILTER (tone = 'neutral'),
        count(*) FILTER (tone = 'positive'), sum(score), count(*) FILTER (zone IN {ZONES})
    FROM corrected.sentences WHERE {_HERE} GROUP BY doc, layer ORDER BY doc, layer""",
    f"""INSERT INTO corrected.near
    SELECT doc, code, layer, count(*), sum(score), count(towards), coalesce(sum(rating), 0),
        count(*) FILTER (towards = 'unfavourable'), count(*) FILTER (towards = 'neutral'),
        count(*) FILTER (towards = 'favourable')
    FROM read_anew JOIN (
        SELECT doc, sentence, layer, score FROM corrected.sentences WHERE {_HERE}
    ) USING (doc, sentence) GROUP BY doc, code, layer ORDER BY doc, code, layer""",
)

SQL = (TABLES, _CODES, _READ, *_TELL)
"""All that the counts hang on: where it changes, they are told anew."""


def clear(cursor: duckdb.DuckDBPyConnection) -> None:
    """As if there were no articles."""
    for table in NAMES:
        cursor.execute(f"DELETE FROM corrected.{table}")


def tell(cursor: duckdb.DuckDBPyConnection, since: int, until: int) -> None:
    """Count anew in the articles of the temporary table `reached`, which are numbered since to until.

    Within the caller's transaction.
    """
    for table in NAMES:
        cursor.execute(f"DELETE FROM corrected.{table} WHERE {_HERE}", {"low": since, "high": until})
    cursor.execute(_CODES)
    row = cursor.execute("SELECT count(*) FROM reached").fetchone()
    step = AT_A_TIME if row and row[0] > AT_A_TIME else until - since + 1  # few lie far apart: one look finds them all
    for low in range(since, until + 1, step):
        stretch = {"low": low, "high": min(until, low + step - 1)}
        cursor.execute(_READ, stretch)
        for sql in _TELL:
            cursor.execute(sql, {key: value for key, value in stretch.items() if f"${key}" in sql})
    cursor.execute("DROP TABLE IF EXISTS read_anew")
