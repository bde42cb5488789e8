"""RawArticle -> Document: furniture out, outlet, date, title, byline and dateline found, language told."""

import hashlib
from dataclasses import replace

from core.model import Document, RawArticle, cut, plain_spaces
from core.normalize import outlets
from core.normalize.credits import author_of
from core.normalize.furniture import find_removed
from core.normalize.language import identify
from core.normalize.publication import published
from core.normalize.zones import find_zones


def document(raw: RawArticle) -> Document:
    """The cleaned article. `text` is `raw_text` with `removed` cut out; never raises on any text."""
    original, raw = raw, replace(raw, raw_text=plain_spaces(raw.raw_text))
    removed = find_removed(raw.raw_text)
    text = cut(raw.raw_text, removed)
    zoning = find_zones(text, raw.title)
    header_lines = [piece.span.of(raw.raw_text) for piece in removed if piece.rule == "header.date"]
    header_lines += [zone.span.of(text) for zone in zoning.zones if zone.rule.startswith("byline.dated")]
    date, notes = published(raw, text, header_lines)
    outlet = zoning.outlet or outlets.of_article(raw, text, removed)
    signed = any(zone.kind == "byline" and zone.value for zone in zoning.zones)
    author = None if signed else author_of(raw.author, outlet)  # the text's own word first, its editor's name last
    return Document(
        id=document_id(text),
        source=raw.source,
        raw_text=original.raw_text,
        text=cut(original.raw_text, removed),
        removed=removed,
        zones=zoning.zones,
        language=identify(text),
        outlet=outlet,
        url=raw.url,
        title=zoning.title,
        published=date,
        byline=author or zoning.byline,
        notes=(*raw.notes, *notes),
    )


def document_id(text: str) -> str:
    """Sixteen hex digits over the words of a cleaned text: blanks and where it was saved don't matter."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
