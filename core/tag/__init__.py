"""Document -> Annotations: sentences, then entities, quotes, sources, tone and claims, in that order."""

from dataclasses import replace

from core import __version__
from core.model import Annotations, Claim, Document, Sentence, Tone
from core.resources import fingerprint
from core.tag import stronger
from core.tag.claims import tag_claims
from core.tag.entities import tag_mentions
from core.tag.quotes import tag_quotes
from core.tag.reading import Reading
from core.tag.sentences import split_sentences
from core.tag.sources import tag_sources
from core.tag.tone import rate_article, rate_sentences
from core.tag.towards import tag_towards

TAGGED_LANGUAGES = ("id", "und")
SURELY_FOREIGN = 0.8  # below it an Indonesian article full of foreign names is the likelier case


def tagger_version() -> str:
    """Version of code, rules and models; rows tagged under another one are stale."""
    return f"{__version__}+{fingerprint()}{stronger.version()}"


def annotate(document: Document) -> Annotations:
    """All tags of one document. Never raises on any text.

    A document that is surely in another language gets its sentences, neutral, and no other tag: Indonesian rules
    would find names and claims in it that are none. The screens say how many such articles there are.
    """
    reading = Reading(document=document, sentences=split_sentences(document))
    if _is_foreign(document):
        tone = Tone(label="neutral", score=0.0, layer="narrator")
        return _annotations(reading, tuple(Sentence(span=s.span, zone=s.zone, tone=tone) for s in reading.sentences))
    reading = replace(reading, mentions=tag_mentions(reading))
    reading = replace(reading, quotes=tag_quotes(reading))
    reading = replace(reading, sources=tag_sources(reading))
    rated = rate_sentences(reading)
    reading = replace(reading, mentions=tag_towards(reading, rated))
    return _annotations(reading, stronger.rerate(reading, rated), tag_claims(reading))


def _is_foreign(document: Document) -> bool:
    language = document.language
    return language.code not in TAGGED_LANGUAGES and language.confidence >= SURELY_FOREIGN


def _annotations(reading: Reading, sentences: tuple[Sentence, ...], claims: tuple[Claim, ...] = ()) -> Annotations:
    return Annotations(
        document_id=reading.document.id,
        tagger_version=tagger_version(),
        sentences=sentences,
        mentions=reading.mentions,
        sources=reading.sources,
        quotes=reading.quotes,
        claims=claims,
        tone=rate_article(sentences),
    )
