"""Rows -> the frozen records that they were made from."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from core.model import (
    Annotations,
    ArticleTone,
    Claim,
    Document,
    Entity,
    Language,
    Mention,
    Origin,
    Outlet,
    PartialDate,
    Published,
    Quote,
    Relay,
    Removed,
    Sentence,
    Source,
    SourceCite,
    Span,
    Tagged,
    Tone,
    Towards,
    Zone,
)
from core.store.corpus import Corpus
from core.store.overlay import TAGS
from core.store.selection import UNKNOWN

Fields = dict[str, Any]


class Stored(NamedTuple):
    """An article as it was added, and where it came from."""

    document: Document
    annotations: Annotations
    file_name: str
    origin: Origin
    added_at: datetime
    cluster_id: int


def load(corpus: Corpus, document_id: str) -> Stored | None:
    """The records of one article, equal to those that were added; None when there is none of that id."""
    found = _dicts(
        corpus,
        """SELECT d.*, f.name AS file_name, f.origin, f.added_at, c.cluster_id FROM documents d
        JOIN files f USING (file_id) JOIN clusters c USING (doc) WHERE document_id = $key""",
        document_id,
    )
    if not found:
        return None
    row = found[0]
    doc = row["doc"]

    def rows(table: str) -> list[Fields]:
        return _dicts(corpus, f"SELECT * FROM {table} WHERE doc = $key ORDER BY {_ordered(table)}", doc)

    sql = "SELECT * FROM entities WHERE entity_id IN (SELECT entity_id FROM mentions WHERE doc = $key)"
    names = {entity["entity_id"]: _entity(entity) for entity in _dicts(corpus, sql, doc)}
    return Stored(
        document_of(row), _annotations(row, rows, names), row["file_name"], row["origin"], row["added_at"],
        row["cluster_id"],
    )  # fmt: skip


def _dicts(corpus: Corpus, sql: str, value: object) -> list[Fields]:
    return corpus.dicts(sql, {"key": value})


def _span(row: Fields) -> Span:
    return Span(start=row["first"], end=row["past"])


def document_of(row: Fields) -> Document:
    published = None
    if row["published"] is not None:
        published = Published(
            date=PartialDate(iso=row["published"], precision=row["precision"]),
            basis=row["published_basis"],
            evidence=row["published_evidence"],
        )
    outlet = None
    if row["outlet"] != UNKNOWN:
        outlet = Outlet(id=row["outlet"], name=row["outlet_name"], rule=row["outlet_rule"])
    return Document(
        id=row["document_id"],
        source=Source(name=row["file"], sha256=row["sha256"], record=row["record"]),
        raw_text=row["raw_text"],
        text=row["text"],
        removed=tuple(
            Removed(span=Span(start=start, end=end), rule=rule) for start, end, rule in json.loads(row["removed"])
        ),
        zones=tuple(
            Zone(span=Span(start=start, end=end), kind=kind, rule=rule, value=value)
            for start, end, kind, rule, value in json.loads(row["zones"])
        ),
        language=Language(code=row["language"], confidence=row["language_confidence"]),
        outlet=outlet,
        url=row["url"],
        title=row["title"],
        published=published,
        byline=row["byline"],
        notes=tuple(json.loads(row["notes"])),
    )


def _ordered(table: str) -> str:
    return "place" if table in TAGS else "rowid"


def _entity(row: Fields) -> Entity:
    return Entity(id=row["entity_id"], name=row["name"], label=row["label"], wikidata=row["wikidata"])


def load_many(corpus: Corpus, after: int, size: int) -> list[tuple[int, Tagged]]:
    """The next articles after a number, in the order of their numbers, with all their tags; corrections applied."""
    found = corpus.dicts(
        "SELECT * FROM documents WHERE doc > $after ORDER BY doc LIMIT $size", {"after": after, "size": size}
    )
    if not found:
        return []
    within = {"first": found[0]["doc"], "last": found[-1]["doc"]}
    tags: dict[tuple[str, int], list[Fields]] = {}
    for table in (*TAGS, "relays"):
        sql = f"SELECT * FROM {table} WHERE doc BETWEEN $first AND $last ORDER BY doc, {_ordered(table)}"
        for row in corpus.dicts(sql, within):
            tags.setdefault((table, row["doc"]), []).append(row)
    sql = """SELECT * FROM entities WHERE entity_id IN
        (SELECT entity_id FROM mentions WHERE doc BETWEEN $first AND $last)"""
    names = {row["entity_id"]: _entity(row) for row in corpus.dicts(sql, within)}
    made = []
    for row in found:
        rows = partial(_rows_of, tags, row["doc"])
        made.append((row["doc"], Tagged(document=document_of(row), annotations=_annotations(row, rows, names))))
    return made


def _rows_of(tags: Mapping[tuple[str, int], list[Fields]], doc: int, table: str) -> list[Fields]:
    return tags.get((table, doc), [])


def _annotations(row: Fields, rows: Callable[[str], list[Fields]], names: Mapping[str, Entity]) -> Annotations:
    relays: dict[int, list[Relay]] = {}
    for found in rows("relays"):
        relays.setdefault(found["cite_first"], []).append(_relay(found))
    return Annotations(
        document_id=row["document_id"],
        tagger_version=row["tagger_version"],
        sentences=tuple(
            Sentence(span=_span(r), zone=r["zone"], tone=Tone(label=r["tone"], score=r["score"], layer=r["layer"]))
            for r in rows("sentences")
        ),
        mentions=tuple(
            Mention(span=_span(r), label=r["label"], entity=names[r["entity_id"]], refers_to=r["refers_to"],
                    where=r["zone"], rule=r["rule"], score=r["score"], towards=_towards(r))
            for r in rows("mentions")
        ),
        sources=tuple(
            SourceCite(span=_span(r), name=r["name"], kind=r["kind"], entity_id=r["entity_id"], rule=r["rule"],
                       chain=tuple(relays.get(r["first"], ())))
            for r in rows("sources")
        ),
        quotes=tuple(_quote(r) for r in rows("quotes")),
        claims=tuple(
            Claim(claim_id=r["claim_id"], stance=r["stance"], attributed_to=r["attributed_to"], span=_span(r),
                  rule=r["rule"])
            for r in rows("claims")
        ),
        tone=ArticleTone(label=row["tone"], score=row["score"], narrator=row["narrator"], quoted=row["quoted"]),
    )  # fmt: skip


def _relay(row: Fields) -> Relay:
    return Relay(
        span=_span(row),
        name=row["name"],
        kind=row["kind"],
        entity_id=row["entity_id"],
        step=row["step"],
        rule=row["rule"],
    )


def _towards(row: Fields) -> Towards | None:
    if row["towards"] is None:
        return None
    return Towards(label=row["towards"], score=row["towards_score"], chance=row["towards_chance"])


def _quote(row: Fields) -> Quote:
    speaker = None
    if row["speaker_first"] is not None:
        speaker = Span(start=row["speaker_first"], end=row["speaker_past"])
    return Quote(
        content=_span(row),
        kind=row["kind"],
        speaker=row["speaker"],
        speaker_entity=row["speaker_entity"],
        speaker_span=speaker,
        cue=row["cue"],
        rule=row["rule"],
    )
