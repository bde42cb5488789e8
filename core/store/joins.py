"""The id map across the corpus: which of the machine's entities are one, kept in `joins` and worked out on every add.

The tags keep the entity that was resolved inside the article; questions read them through the map (core.store.overlay).
What is joined is a function of all names and of how many articles have them, so the order of articles plays no part.
Only blocks that an added article touches are worked out anew.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import duckdb
import pyarrow as pa

from core.resources import FOLDER, fingerprint, load_csv
from core.store.joining import Join, Known, join_block
from core.store.names import listed_rows
from core.store.spelling import block_of, spelling_key

ADDED = """
CREATE TABLE IF NOT EXISTS name_blocks (entity_id VARCHAR NOT NULL, block VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS joins (
    entity_id VARCHAR NOT NULL, joined_id VARCHAR NOT NULL, rule VARCHAR NOT NULL, beside VARCHAR NOT NULL
);
"""
RULES_VERSION = 1
"""Counts up when the code of joining changes what is joined."""

INTRODUCED = 2
"""A short form that so many articles introduce for one body, and for no other, is that body in all."""

SHORT_FORMS = """
WITH used AS (
    SELECT e.entity_id, e.name FROM main.entities AS e
    WHERE starts_with(e.entity_id, 'org:') AND regexp_full_match(e.name, '[A-Z]{2,10}')
)
SELECT used.entity_id, m.entity_id, count(DISTINCT m.doc)
FROM used JOIN main.mentions AS m ON m.surface = used.name
WHERE m.entity_id <> used.entity_id AND starts_with(m.entity_id, 'org:')
GROUP BY used.entity_id, m.entity_id ORDER BY ALL
"""

Cursor = duckdb.DuckDBPyConnection


def join_names(cursor: Cursor, first_new: int = 0) -> set[str]:
    """Work the map out for the articles numbered first_new or later; the entities for which it changed.

    With 0 all of it is worked out anew, as after a removal. Within the caller's transaction.
    """
    if first_new == 0:
        cursor.execute("DELETE FROM main.name_blocks")
    _write_blocks(cursor)
    touched = _touched(cursor, first_new) if first_new else None
    before = set(_read(cursor))
    members = _members(cursor, touched)
    old = {join.entity_id: join for join in before if touched is not None and join.rule != "short"}
    for entity_id in members:
        old.pop(entity_id, None)
    for block in _by_block(members.values()):
        old.update((join.entity_id, join) for join in join_block(block) if join.entity_id in members)
    found = _with_short_forms(cursor, old)
    now = set(found.values())
    if now == before:
        return set()
    _write(cursor, sorted(now, key=lambda join: join.entity_id))
    moved = {(join.entity_id, join.joined_id) for join in now} ^ {(join.entity_id, join.joined_id) for join in before}
    return {entity for entity, _ in moved}


def ensure(cursor: Cursor) -> bool:
    """Work the map out for a corpus that has none, or one of other rules; True where it changed."""
    cursor.execute(ADDED)
    signature = zlib.crc32(f"{fingerprint()} {RULES_VERSION}".encode())
    row = cursor.execute("SELECT number FROM meta WHERE key = 'joins'").fetchone()
    if row is not None and row[0] == signature:
        return False
    cursor.begin()
    changed = join_names(cursor)
    cursor.execute("INSERT OR REPLACE INTO meta VALUES ('joins', ?)", [signature])
    cursor.commit()
    return bool(changed)


def _touched(cursor: Cursor, first_new: int) -> list[str]:
    """The blocks of all that the articles numbered first_new or later mention."""
    rows = cursor.execute(
        "SELECT DISTINCT block FROM main.name_blocks "
        "SEMI JOIN (SELECT entity_id FROM main.mentions WHERE doc >= ?) USING (entity_id)",
        [first_new],
    ).fetchall()
    return [str(block) for (block,) in rows]


def _write_blocks(cursor: Cursor) -> None:
    """The block of every entity that has none yet."""
    rows = cursor.execute(
        "SELECT entity_id, name, label FROM main.entities ANTI JOIN main.name_blocks USING (entity_id)"
    ).fetchall()
    if rows:
        ids, blocks = zip(*((entity, block_of(name, label)) for entity, name, label in rows), strict=True)
        _insert(cursor, "name_blocks", {"entity_id": ids, "block": blocks})


def _members(cursor: Cursor, blocks: Sequence[str] | None) -> dict[str, Known]:
    """The corpus's entities of some blocks, or of all."""
    where = "" if blocks is None else "WHERE b.block IN (SELECT unnest($blocks::VARCHAR[]))"
    rows = cursor.execute(
        f"""WITH wanted AS (
            SELECT e.entity_id, e.name, e.label FROM main.entities AS e JOIN main.name_blocks AS b USING (entity_id)
            {where}
        ),
        counted AS (
            SELECT entity_id, count(DISTINCT doc) AS texts FROM main.mentions SEMI JOIN wanted USING (entity_id)
            GROUP BY entity_id
        )
        SELECT entity_id, name, label, coalesce(texts, 0) FROM wanted LEFT JOIN counted USING (entity_id)""",
        {} if blocks is None else {"blocks": list(blocks)},
    ).fetchall()
    listed = listed_rows()
    return {
        entity: Known(entity_id=entity, name=name, label=label, texts=texts, listed=entity in listed)
        for entity, name, label, texts in rows
    }


def _by_block(members: Iterable[Known]) -> list[list[Known]]:
    """The names of each block, those of the gazetteer among them."""
    grouped: dict[str, list[Known]] = defaultdict(list)
    for one in members:
        grouped[block_of(one.name, one.label)].append(one)
    listed = _listed_names()
    return [[*names, *listed.get(block, ())] for block, names in sorted(grouped.items())]


@cache
def _listed_names() -> dict[str, list[Known]]:
    """Every name and alias of the gazetteer that can be compared, by block."""
    found: dict[str, list[Known]] = defaultdict(list)
    for table in sorted(FOLDER.glob("gazetteer_*.csv")):
        for row in load_csv(table.name):
            for name in {row["name"], *filter(None, row["aliases"].split("|"))}:
                if spelling_key(name, row["label"]):
                    known = Known(entity_id=row["id"], name=name, label=row["label"], listed=True)
                    found[block_of(name, row["label"])].append(known)
    return dict(found)


def _with_short_forms(cursor: Cursor, joins: dict[str, Join]) -> dict[str, Join]:
    """The joins, and those of short forms that articles introduce for one body alone."""
    meant: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for short, entity, texts in cursor.execute(SHORT_FORMS).fetchall():
        target = joins[entity].joined_id if entity in joins else entity
        meant[short][target] += texts
    listed = listed_rows()
    found = dict(joins)
    for short, targets in sorted(meant.items()):
        targets.pop(short, None)
        if len(targets) == 1 and short not in listed and short not in joins:
            ((target, texts),) = targets.items()
            if texts >= INTRODUCED:
                found[short] = Join(entity_id=short, joined_id=target, rule="short", beside=_name(cursor, target))
    return found


def _name(cursor: Cursor, entity_id: str) -> str:
    row = cursor.execute("SELECT name FROM main.entities WHERE entity_id = ?", [entity_id]).fetchone()
    return str(row[0]) if row else listed_rows()[entity_id][1]


def _read(cursor: Cursor) -> list[Join]:
    rows = cursor.execute("SELECT entity_id, joined_id, rule, beside FROM main.joins").fetchall()
    return [Join(entity_id=entity, joined_id=joined, rule=rule, beside=beside) for entity, joined, rule, beside in rows]


def _write(cursor: Cursor, joins: Sequence[Join]) -> None:
    """Put the map in place of the old one, with a name for every entity that it leads to."""
    cursor.execute("DELETE FROM main.joins")
    if not joins:
        return
    _insert(
        cursor,
        "joins",
        {key: [getattr(join, key) for join in joins] for key in ("entity_id", "joined_id", "rule", "beside")},
    )
    known = {entity for (entity,) in cursor.execute("SELECT entity_id FROM main.entities").fetchall()}
    rows = [listed_rows()[entity] for entity in sorted({join.joined_id for join in joins} - known)]
    if rows:
        columns = zip(*rows, strict=True)
        _insert(cursor, "entities", dict(zip(("entity_id", "name", "label", "wikidata"), columns, strict=True)))


def _insert(cursor: Cursor, table: str, columns: dict[str, Sequence[str | None]]) -> None:
    cursor.register("new_rows", pa.table({name: pa.array(column, pa.string()) for name, column in columns.items()}))
    cursor.execute(f"INSERT INTO main.{table} BY NAME SELECT * FROM new_rows")
    cursor.unregister("new_rows")
