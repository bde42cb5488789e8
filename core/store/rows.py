"""Records -> Arrow tables, one for each table of the corpus that an article fills, and one of its words."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from core.model import Document, PartialDate, Published, Span, Tagged, Towards
from core.store.dates import day_range
from core.store.selection import UNKNOWN

_INT, _TEXT, _REAL, _DAY, _BOOL = pa.int32(), pa.string(), pa.float64(), pa.date32(), pa.bool_()

COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "documents": {
        "doc": _INT, "document_id": _TEXT, "file_id": _INT, "file": _TEXT, "sha256": _TEXT, "record": _INT,
        "sample": _BOOL, "outlet": _TEXT, "outlet_name": _TEXT, "outlet_rule": _TEXT, "url": _TEXT, "title": _TEXT,
        "published": _TEXT, "precision": _TEXT, "published_first": _DAY, "published_last": _DAY,
        "published_day": _DAY, "published_month": _DAY, "published_basis": _TEXT, "published_evidence": _TEXT,
        "byline": _TEXT, "language": _TEXT, "language_confidence": _REAL, "raw_text": _TEXT, "text": _TEXT,
        "folded": _TEXT, "words": _INT, "removed": _TEXT, "zones": _TEXT, "notes": _TEXT, "tone": _TEXT,
        "score": _REAL, "narrator": _REAL, "quoted": _REAL, "tagger_version": _TEXT,
    },
    "sentences": {
        "doc": _INT, "sentence": _INT, "first": _INT, "past": _INT, "zone": _TEXT, "tone": _TEXT, "score": _REAL,
        "layer": _TEXT, "tagger_version": _TEXT,
    },
    "asides": {
        "doc": _INT, "sentence": _INT, "first": _INT, "past": _INT, "zone": _TEXT, "tagger_version": _TEXT,
    },
    "mentions": {
        "doc": _INT, "sentence": _INT, "first": _INT, "past": _INT, "surface": _TEXT, "label": _TEXT,
        "entity_id": _TEXT, "refers_to": _TEXT, "zone": _TEXT, "rule": _TEXT, "score": _REAL, "tagger_version": _TEXT,
        "towards": _TEXT, "towards_score": _REAL, "towards_chance": _REAL,
    },
    "sources": {
        "doc": _INT, "sentence": _INT, "first": _INT, "past": _INT, "name": _TEXT, "kind": _TEXT, "entity_id": _TEXT,
        "rule": _TEXT, "tagger_version": _TEXT,
    },
    "relays": {
        "doc": _INT, "sentence": _INT, "cite_first": _INT, "cite_name": _TEXT, "step": _INT, "first": _INT,
        "past": _INT, "name": _TEXT, "kind": _TEXT, "entity_id": _TEXT, "rule": _TEXT, "tagger_version": _TEXT,
    },
    "quotes": {
        "doc": _INT, "sentence": _INT, "last_sentence": _INT, "first": _INT, "past": _INT, "kind": _TEXT,
        "speaker": _TEXT, "speaker_entity": _TEXT, "speaker_first": _INT, "speaker_past": _INT, "cue": _TEXT,
        "rule": _TEXT, "tagger_version": _TEXT,
    },
    "claims": {
        "doc": _INT, "sentence": _INT, "last_sentence": _INT, "first": _INT, "past": _INT, "claim_id": _TEXT,
        "stance": _TEXT, "attributed_to": _TEXT, "rule": _TEXT, "tagger_version": _TEXT,
    },
    "spoken": {"doc": _INT, "words": _TEXT},
}  # fmt: skip

COUNTED = ("body", "subhead")  # zones whose mentions the screens count

Row = tuple[Any, ...]


def arrow_table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows of one of COLUMNS as an Arrow table; half of a surrogate pair becomes `?`, which keeps all offsets."""
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS[name])
    return pa.table(
        {key: _array(column, kind) for (key, kind), column in zip(COLUMNS[name].items(), columns, strict=True)}
    )


def _array(column: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, kind)
    except UnicodeEncodeError:
        return pa.array([_storable(value) for value in column], kind)


def _storable(value: str | None) -> str | None:
    return None if value is None else value.encode("utf-8", "replace").decode("utf-8")


def document_row(doc: int, tagged: Tagged, *, sample: bool) -> Row:
    """The row of an article; the writer knows its file."""
    document, tone = tagged.document, tagged.annotations.tone
    outlet = document.outlet
    return (
        doc, document.id, None, document.source.name, document.source.sha256, document.source.record, sample,
        outlet.id if outlet else UNKNOWN, outlet.name if outlet else None, outlet.rule if outlet else None,
        document.url, document.title, *_published(document.published), document.byline, document.language.code,
        document.language.confidence, document.raw_text, document.text, folded(document), len(document.text.split()),
        *_packed(document), tone.label, tone.score, tone.narrator, tone.quoted, tagged.annotations.tagger_version,
    )  # fmt: skip


def folded(document: Document) -> str:
    """What searches look through: title and text in lower case."""
    return f"{document.title or ''}\n{document.searched}".lower()


def _published(published: Published | None) -> Row:
    if published is None:
        return (None,) * 8
    date: PartialDate = published.date
    first, last = day_range(date)
    month = None if date.precision == "year" else first.replace(day=1)
    return (date.iso, date.precision, first, last, date.day, month, published.basis, published.evidence)


def _packed(document: Document) -> tuple[str, str, str]:
    """removed, zones and notes as JSON."""
    removed = [(cut.span.start, cut.span.end, cut.rule) for cut in document.removed]
    zones = [(zone.span.start, zone.span.end, zone.kind, zone.rule, zone.value) for zone in document.zones]
    return json.dumps(removed), json.dumps(zones), json.dumps(document.notes)


def tag_rows(doc: int, tagged: Tagged) -> dict[str, list[Row]]:
    """The rows of sentences, mentions, sources, relays, quotes, claims and asides."""
    tags, text = tagged.annotations, tagged.document.searched
    version = tags.tagger_version
    place = _Places(text, [sentence.span for sentence in tags.sentences])
    rows: dict[str, list[Row]] = {
        "sentences": [
            (doc, number, s.span.start, s.span.end, s.zone, s.tone.label, s.tone.score, s.tone.layer, version)
            for number, s in enumerate(tags.sentences)
        ],
        "mentions": [
            (doc, place.of(m.span.start, m.where in COUNTED), m.span.start, m.span.end, m.span.of(text), m.label,
             m.entity.id, m.refers_to, m.where, m.rule, m.score, version, *_towards(m.towards))
            for m in tags.mentions
        ],
        "sources": [
            (doc, place.of(s.span.start, True), s.span.start, s.span.end, s.name, s.kind, s.entity_id, s.rule, version)
            for s in tags.sources
        ],
        "relays": [
            (doc, place.of(s.span.start, True), s.span.start, s.name, r.step, r.span.start, r.span.end, r.name,
             r.kind, r.entity_id, r.rule, version)
            for s in tags.sources
            for r in s.chain
        ],
        "quotes": [
            (doc, *place.ends(q.content), q.content.start, q.content.end, q.kind, q.speaker, q.speaker_entity,
             q.speaker_span.start if q.speaker_span else None, q.speaker_span.end if q.speaker_span else None, q.cue,
             q.rule, version)
            for q in tags.quotes
        ],
        "claims": [
            (doc, *place.ends(c.span), c.span.start, c.span.end, c.claim_id, c.stance, c.attributed_to, c.rule, version)
            for c in tags.claims
        ],
    }  # fmt: skip
    rows["asides"] = [
        (doc, number, first, past, tagged.document.kind_at(first), version)
        for (first, past), number in place.asides.items()
    ]
    return rows


def _towards(found: Towards | None) -> tuple[str | None, float | None, float | None]:
    return (found.label, found.score, found.chance) if found else (None, None, None)


def spoken_row(doc: int, tagged: Tagged) -> Row:
    """The words of the sentences in lower case: what terms are counted in, without dateline and credits."""
    text = tagged.document.searched
    return doc, " ".join(sentence.span.of(text) for sentence in tagged.annotations.sentences).lower()


class _Places:
    """Finds the number of the sentence at an offset; asides are numbered on as they are met."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text = text
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]
        self.asides: dict[tuple[int, int], int] = {}

    def of(self, offset: int, counted: bool) -> int | None:
        """The sentence, else for a counted tag its line as an aside, else None."""
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and offset < self._ends[number]:
            return number
        return self._aside(offset) if counted else None

    def ends(self, span: Span) -> tuple[int | None, int | None]:
        """The first and last sentence of a stretch; where only one end is in a sentence it is both."""
        first, last = self.of(span.start, False), self.of(max(span.start, span.end - 1), False)
        if first is None and last is None:
            first = self._aside(span.start)
        return (last if first is None else first, first if last is None else last)

    def _aside(self, offset: int) -> int:
        end = self._text.find("\n", offset)
        line = (self._text.rfind("\n", 0, offset) + 1, len(self._text) if end < 0 else end)
        return self.asides.setdefault(line, len(self._starts) + len(self.asides))
