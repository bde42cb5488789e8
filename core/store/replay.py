"""The log of corrections worked out into the corrected view, anew after every change of the log or of the tags."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from core.model import Removed, Span, plain_spaces
from core.offsets import OffsetMap
from core.store import overlay, tallies
from core.store.correction import TAG_KINDS, Correction, Fields, active
from core.store.names import label_of, readable
from core.store.resolution import Anchor, Resolution
from core.store.selection import UNKNOWN

SHOWN_SURFACE = 200
"""So much of a long stretch is kept in the log to tell whether it is still the same."""

DOMAIN = r"regexp_extract(lower(url), '^[a-z]+://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)', 1)"
"""The host of an address without `www.`."""

UNNAMED = f"(outlet = '{UNKNOWN}' OR outlet_rule = 'domain')"
"""Articles whose outlet the machine does not know or has only named by its web domain."""

LAST = 2**31 - 1
"""Past the number of any article."""

Reach = dict[str, int]
"""since and until: the first and last number of the articles at hand."""

TagKey = tuple[str, Anchor, str | None]
"""Kind of tag, its place, and of a claim which."""


@dataclass(slots=True)
class _Said:
    """What was said of one tag."""

    correction_id: int
    rejected: bool = False
    moved: bool = False
    tone: str | None = None
    score: float | None = None


@dataclass(slots=True)
class Worked:
    """The log in the order in which it was made, before it meets the corpus."""

    resolution: Resolution = field(default_factory=Resolution)
    tags: dict[TagKey, _Said] = field(default_factory=dict)
    articles: dict[tuple[str, str], tuple[int, Fields]] = field(default_factory=dict)
    domains: dict[str, tuple[int, Fields]] = field(default_factory=dict)
    any: bool = False


def anchor_of(target: Fields) -> Anchor:
    """The place that a logged correction of a tag speaks of."""
    return Anchor(
        article=target["article"],
        raw_start=int(target["raw_start"]),
        length=int(target["end"]) - int(target["start"]),
        surface=target["surface"],
    )


def work_out(log: Iterable[Correction]) -> Worked:
    """What the corrections that stand come to."""
    worked = Worked()
    for one in active(log):
        worked.any = True
        if one.kind in TAG_KINDS:
            _say_of_tag(worked, one)
        elif one.kind in ("set_outlet", "set_date", "set_title"):
            worked.articles[one.target["article"], one.kind.removeprefix("set_")] = (one.id, one.after)
        elif one.kind == "set_outlet_of_domain":
            worked.domains[one.target["domain"]] = (one.id, one.after)
        else:
            _resolve(worked.resolution, one)
    return worked


def _resolve(resolution: Resolution, one: Correction) -> None:
    if one.kind == "rename_entity":
        resolution.rename(one.target["entity_id"], one.after["name"])
        return
    into = one.after["entity_id"]
    if "name" in one.after:
        resolution.make(into, one.after["name"], one.after["label"])
    if one.kind == "merge_entities":
        resolution.merge(one.target["entity_id"], into)
    elif one.kind == "split_entity":
        resolution.split(one.target["entity_id"], one.target["surface"], into)


def _say_of_tag(worked: Worked, one: Correction) -> None:
    place = anchor_of(one.target)
    key: TagKey = (TAG_KINDS[one.kind], place, one.target.get("claim_id"))
    said = worked.tags.setdefault(key, _Said(one.id))
    said.correction_id = one.id
    if one.kind == "set_tone":
        said.tone, said.score = one.after["tone"], float(one.after["score"])
    elif one.kind == "move_mention":
        said.moved, said.rejected = True, False
        if "name" in one.after:
            worked.resolution.make(one.after["entity_id"], one.after["name"], one.after["label"])
        worked.resolution.move(place, one.after["entity_id"])
    else:
        said.rejected = True


def replay(cursor: duckdb.DuckDBPyConnection, log: Sequence[Correction], since: int = 0, until: int = LAST) -> None:
    """Work the log out over the articles numbered since to until; within the caller's transaction.

    What was worked out for the other articles stays as it is. What the log comes to for entities is only
    worked out with all articles.
    """
    worked = work_out(log)
    if (since, until) == (0, LAST):
        overlay.clear_gone(cursor)
        overlay.clear_entities(cursor)
        if log:
            _fill_entities(cursor, worked.resolution)
    cursor.execute("CREATE OR REPLACE TEMP TABLE reached AS SELECT doc FROM main.documents WHERE doc BETWEEN ? AND ?",
                   [since, until])  # fmt: skip
    _work_over_reached(cursor, worked)


def replay_where(
    cursor: duckdb.DuckDBPyConnection,
    log: Sequence[Correction],
    *,
    docs: Collection[int] = (),
    joined: Collection[str] = (),
) -> None:
    """Work the log out anew for entities, and over those articles alone that this can change.

    docs are further articles to work out, joined the machine's entities whose place in the map of joins changed.
    Comes to the same as `replay` of everything, where nothing else changed. Within the caller's transaction.
    """
    worked = work_out(log)
    before = _entity_state(cursor)
    overlay.clear_entities(cursor)
    if log:
        _fill_entities(cursor, worked.resolution)
    after = _entity_state(cursor)
    ids, names = _differing(before, after)
    moved = {anchor.article for (kind, anchor, _), said in worked.tags.items() if kind == "mention" and said.moved}
    cursor.execute(_REACHED, {"ids": sorted(ids), "names": sorted(names), "joined": sorted(joined),
                              "docs": sorted(docs), "moved": sorted(moved)})  # fmt: skip
    # what an entity is called is in no count
    counts = bool(docs or joined) or any(what != NAMED for _, what, _, _ in before[0] ^ after[0])
    _work_over_reached(cursor, worked, counts=counts)


NAMED = "named"
_REACHED = """
CREATE OR REPLACE TEMP TABLE reached AS
WITH machine AS (
    SELECT unnest($ids::VARCHAR[] || $joined::VARCHAR[]) AS entity_id
    UNION SELECT entity_id FROM main.joins WHERE joined_id IN (SELECT unnest($ids::VARCHAR[]))
)
SELECT doc FROM main.mentions WHERE entity_id IN (SELECT entity_id FROM machine)
UNION SELECT doc FROM main.mentions WHERE refers_to IN (SELECT unnest($ids::VARCHAR[]))
UNION SELECT doc FROM main.quotes WHERE speaker_entity IN (SELECT entity_id FROM machine)
UNION SELECT doc FROM main.sources WHERE entity_id IN (SELECT entity_id FROM machine)
UNION SELECT doc FROM main.claims WHERE attributed_to IN (SELECT unnest($names::VARCHAR[]))
UNION SELECT doc FROM corrected.tag_now WHERE now_id IS NOT NULL
UNION SELECT doc FROM main.documents
    WHERE doc IN (SELECT unnest($docs::INTEGER[])) OR document_id IN (SELECT unnest($moved::VARCHAR[]))
"""
"""The articles that entities, names, joins and moved mentions reach."""

EntityState = tuple[set[tuple[str, str, str, str]], set[tuple[str, str]]]


def _entity_state(cursor: duckdb.DuckDBPyConnection) -> EntityState:
    """What hangs on entities: (id, what is said of it, where it went) and (name, name now)."""
    said = cursor.execute(
        f"""SELECT entity_id, 'now', now_id, '' FROM corrected.entity_now
        UNION ALL SELECT entity_id, 'as ' || surface, now_id, '' FROM corrected.surface_now
        UNION ALL SELECT entity_id, '{NAMED}', entity_id, name || chr(10) || label FROM corrected.named"""
    ).fetchall()
    names = cursor.execute("SELECT machine_name, name FROM corrected.said_as").fetchall()
    return {(one, what, now, name) for one, what, now, name in said}, {(name, now) for name, now in names}


def _differing(before: EntityState, after: EntityState) -> tuple[set[str], set[str]]:
    """Ids whose place or name differs, with those of all that belong to them, and names of which the same is true."""
    changed = {entity for row in before[0] ^ after[0] for entity in (row[0], row[2])}
    belonging = {row[0] for row in before[0] | after[0] if row[2] in changed}
    return changed | belonging, {row[0] for row in before[1] ^ after[1]}


def _work_over_reached(cursor: duckdb.DuckDBPyConnection, worked: Worked, *, counts: bool = True) -> None:
    """The articles of the temporary table `reached`, under the entities as they are worked out."""
    row = cursor.execute("SELECT min(doc), max(doc) FROM reached").fetchone()
    if row is None or row[0] is None:
        return
    reach = {"since": row[0], "until": row[1]}
    overlay.clear_articles(cursor, reach)
    if worked.any:
        _fill_tags(cursor, worked, reach)
        _fill_documents(cursor, worked, reach)
        if worked.resolution.targets() or worked.tags:
            for sql in (overlay.MENTIONS, overlay.QUOTES, overlay.SOURCES, overlay.CLAIMS, overlay.SENTENCES):
                cursor.execute(sql, reach)
        cursor.execute(overlay.DOCUMENTS, reach)
    if counts:
        tallies.tell(cursor, row[0], row[1])


def _fill_entities(cursor: duckdb.DuckDBPyConnection, resolution: Resolution) -> None:
    _insert(cursor, "entity_now", ("entity_id", "now_id"), resolution.changed_entities())
    _insert(cursor, "surface_now", ("entity_id", "surface", "now_id"),
            [(entity, surface, now) for (entity, surface), now in resolution.surfaces.items()])  # fmt: skip
    gone, targets = resolution.gone(), resolution.targets()
    wanted = sorted(targets | gone | {key for key, _ in resolution.changed_entities()})
    known = {
        row[0]: row
        for row in cursor.execute(
            "SELECT entity_id, name, label, wikidata FROM main.entities "
            "WHERE entity_id IN (SELECT unnest($ids::VARCHAR[]))",
            {"ids": wanted},
        ).fetchall()
    }

    def called(entity_id: str) -> tuple[str, str]:
        made = resolution.made.get(entity_id) or (readable(entity_id), label_of(entity_id))
        name, label = known[entity_id][1:3] if entity_id in known else made
        return resolution.names.get(entity_id, name), label

    _insert(cursor, "named", ("entity_id", "name", "label"), [(key, *called(key)) for key in sorted(targets - gone)])
    rows = [(key, *called(key), known[key][3] if key in known else None, key in gone) for key in sorted(targets | gone)]
    _insert(cursor, "changed_entities", ("entity_id", "name", "label", "wikidata", "gone"), rows)
    said = {known[key][1]: called(resolution.of(key))[0] for key in wanted if key in known}
    cursor.execute(
        """INSERT INTO corrected.said_as
        SELECT machine_name, name FROM (
            SELECT unnest($machine::VARCHAR[]) AS machine_name, unnest($names::VARCHAR[]) AS name
        ) WHERE machine_name <> name
            AND (SELECT count(*) FROM main.entities AS e WHERE e.name = machine_name) = 1""",
        {"machine": list(said), "names": list(said.values())},
    )


def _fill_tags(cursor: duckdb.DuckDBPyConnection, worked: Worked, reach: Reach) -> None:
    places = _located(cursor, {key[1] for key in worked.tags}, reach)
    rows = []
    for (kind, anchor, claim_id), said in worked.tags.items():
        if anchor in places:
            now = worked.resolution.places.get(anchor) if said.moved else None
            rows.append((kind, *places[anchor], claim_id, now, said.rejected, said.tone, said.score,
                         said.correction_id))  # fmt: skip
    names = ("kind", "doc", "first", "past", "claim_id", "now_id", "rejected", "tone", "score", "correction_id")
    _insert(cursor, "tag_now", names, rows)


def _located(
    cursor: duckdb.DuckDBPyConnection, anchors: set[Anchor], reach: Reach
) -> dict[Anchor, tuple[int, int, int]]:
    """doc, first and past of the anchors whose article is there and still says the same at that place."""
    articles = sorted({anchor.article for anchor in anchors})
    found = cursor.execute(
        "SELECT document_id, doc, removed, text FROM main.documents "
        f"WHERE {overlay.HERE} AND document_id IN (SELECT unnest($ids::VARCHAR[]))",
        {**reach, "ids": articles},
    ).fetchall()
    texts = {document_id: (doc, offset_map(removed), plain_spaces(text)) for document_id, doc, removed, text in found}
    places = {}
    for anchor in anchors:
        if anchor.article in texts:
            doc, offsets, text = texts[anchor.article]
            first = offsets.to_text(anchor.raw_start)
            if text[first : first + anchor.length][:SHOWN_SURFACE] == anchor.surface:
                places[anchor] = (doc, first, first + anchor.length)
    return places


def offset_map(removed: str) -> OffsetMap:
    """From the column `removed` of an article."""
    return OffsetMap([Removed(span=Span(start=start, end=end), rule=rule) for start, end, rule in json.loads(removed)])


def _fill_documents(cursor: duckdb.DuckDBPyConnection, worked: Worked, reach: Reach) -> None:
    fields = [
        (article, name, *_value(name, after), correction_id)
        for (article, name), (correction_id, after) in worked.articles.items()
    ]
    if fields:
        ids, names, values, outlet_names, corrections = zip(*fields, strict=True)
        cursor.execute(
            f"""INSERT INTO corrected.document_now
            SELECT d.doc, f.field, f.value, f.name, f.correction_id FROM (
                SELECT unnest($ids::VARCHAR[]) AS document_id, unnest($fields::VARCHAR[]) AS field,
                    unnest($values::VARCHAR[]) AS value, unnest($names::VARCHAR[]) AS name,
                    unnest($corrections::INTEGER[]) AS correction_id
            ) AS f JOIN main.documents AS d USING (document_id) WHERE {overlay.HERE}""",
            {"ids": ids, "fields": names, "values": values, "names": outlet_names, "corrections": corrections,
             **reach},
        )  # fmt: skip
    for domain, (correction_id, after) in worked.domains.items():
        value, name = _value("outlet", after)
        cursor.execute(
            f"""INSERT INTO corrected.document_now
            SELECT doc, 'outlet', $value, $name, $correction FROM main.documents
            WHERE {overlay.HERE} AND {UNNAMED} AND {DOMAIN} = $domain
                AND doc NOT IN (SELECT doc FROM corrected.document_now WHERE field = 'outlet')""",
            {"value": value, "name": name, "correction": correction_id, "domain": domain, **reach},
        )


def _value(name: str, after: Fields) -> tuple[str, str]:
    """What document_now holds as value and name; empty where the correction takes the machine's value away."""
    if name == "outlet":
        return after["outlet"] or "", after.get("outlet_name") or ""
    return after[{"date": "published", "title": "title"}[name]] or "", ""


def _insert(
    cursor: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        columns = zip(*rows, strict=True)
        cursor.register("new_rows", pa.table({name: pa.array(col) for name, col in zip(names, columns, strict=True)}))
        cursor.execute(f"INSERT INTO corrected.{table} BY NAME SELECT * FROM new_rows")
        cursor.unregister("new_rows")
