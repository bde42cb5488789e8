"""Document -> Annotations: sentences, then entities, quotes, sources, tone and claims, in that order."""

from dataclasses import replace

from core import __version__
from core.model import Annotations, Document
from core.resources import fingerprint
from core.tag.claims import tag_claims
from core.tag.entities import tag_mentions
from core.tag.quotes import tag_quotes
from core.tag.reading import Reading
from core.tag.sentences import split_sentences
from core.tag.sources import tag_sources
from core.tag.tone import rate_article, rate_sentences


def tagger_version() -> str:
    """Version of code and rules; rows tagged under another one are stale."""
    return f"{__version__}+{fingerprint()}"


def annotate(document: Document) -> Annotations:
    """All tags of one document. Never raises on any text; a document in another language is tagged all the same."""
    reading = Reading(document=document, sentences=split_sentences(document))
    reading = replace(reading, mentions=tag_mentions(reading))
    reading = replace(reading, quotes=tag_quotes(reading))
    reading = replace(reading, sources=tag_sources(reading))
    sentences = rate_sentences(reading)
    return Annotations(
        document_id=document.id,
        tagger_version=tagger_version(),
        sentences=sentences,
        mentions=reading.mentions,
        sources=reading.sources,
        quotes=reading.quotes,
        claims=tag_claims(reading),
        tone=rate_article(sentences),
    )
