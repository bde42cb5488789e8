"""The JSON that `python -m core tag` prints for an article: schema telaah.article/1 (docs/article.schema.json)."""

from typing import Any

from core.model import Claim, Document, Mention, Quote, Removed, Sentence, SourceCite, Span, Tagged, Zone
from core.offsets import OffsetMap

SCHEMA = "telaah.article/1"
Json = dict[str, Any]


def article_json(tagged: Tagged) -> Json:
    """One article as plain data. Offsets of dateline, byline, editor and removed are in raw_text, others in text."""
    document, tags = tagged.document, tagged.annotations
    return {
        "schema": SCHEMA,
        "source": {
            "name": document.source.name,
            "sha256": document.source.sha256,
            "record": document.source.record,
        },
        "id": document.id,
        "tagger_version": tags.tagger_version,
        **_head(document),
        "raw_text": document.raw_text,
        "removed": [_removed(piece) for piece in document.removed],
        "text": document.text,
        "sentences": [_sentence(sentence) for sentence in tags.sentences],
        "tone": {
            "label": tags.tone.label,
            "score": tags.tone.score,
            "narrator": tags.tone.narrator,
            "quoted": tags.tone.quoted,
        },
        "sources": [_source(source) for source in tags.sources],
        "mentions": [_mention(mention, document.text) for mention in tags.mentions],
        "quotes": [_quote(quote, document.text) for quote in tags.quotes],
        "claims": [_claim(claim) for claim in tags.claims],
        "notes": list(document.notes),
    }


def _head(document: Document) -> Json:
    """What is known of the article as a whole."""
    places = OffsetMap(document.removed)
    published, outlet = document.published, document.outlet
    dateline = document.zone("dateline")
    return {
        "title": document.title,
        "url": document.url,
        "language": {"code": document.language.code, "confidence": document.language.confidence},
        "outlet": outlet and {"id": outlet.id, "name": outlet.name, "rule": outlet.rule},
        "published": published
        and {"date": published.date.iso, "precision": published.date.precision, "basis": published.basis},
        "dateline": dateline and {"city": dateline.value, **_place(places.span_to_raw(dateline.span))},
        "byline": _credit(document.zone("byline") or document.zone("editor"), document.byline, places),
        "editor": _credit(document.zone("editor"), _value(document.zone("editor")), places),
    }


def _credit(zone: Zone | None, name: str | None, places: OffsetMap) -> Json | None:
    """A name with its place; start and end are null where the container gave the name and the text does not."""
    if name is None:
        return None
    if zone is None or zone.value != name:
        return {"text": name, "start": None, "end": None}
    return {"text": name, **_place(places.span_to_raw(zone.span))}


def _value(zone: Zone | None) -> str | None:
    return zone.value if zone else None


def _place(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _removed(piece: Removed) -> Json:
    return {**_place(piece.span), "rule": piece.rule}


def _sentence(sentence: Sentence) -> Json:
    tone = sentence.tone
    return {
        **_place(sentence.span),
        "in": sentence.zone,
        "tone": {"label": tone.label, "score": tone.score, "layer": tone.layer},
    }


def _source(source: SourceCite) -> Json:
    return {
        "name": source.name,
        "kind": source.kind,
        "entity": source.entity_id,
        **_place(source.span),
        "chain": [
            {"name": relay.name, "kind": relay.kind, "entity": relay.entity_id, **_place(relay.span),
             "step": relay.step}
            for relay in source.chain
        ],
    }  # fmt: skip


def _mention(mention: Mention, text: str) -> Json:
    towards = mention.towards
    return {
        **_place(mention.span),
        "text": mention.span.of(text),
        "label": mention.label,
        "entity": mention.entity.id,
        "name": mention.entity.name,
        "refers_to": mention.refers_to,
        "in": mention.where,
        "rule": mention.rule,
        "score": mention.score,
        "towards": towards and {"label": towards.label, "score": towards.score, "chance": towards.chance},
    }


def _quote(quote: Quote, text: str) -> Json:
    return {
        "kind": quote.kind,
        **_place(quote.content),
        "speaker": quote.speaker,
        "speaker_text": quote.speaker_span and quote.speaker_span.of(text),
        "cue": quote.cue,
    }


def _claim(claim: Claim) -> Json:
    return {
        "claim": claim.claim_id,
        "stance": claim.stance,
        "attributed_to": claim.attributed_to,
        **_place(claim.span),
    }
