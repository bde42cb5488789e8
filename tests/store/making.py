"""Makes file results by hand, so that every count in the tests can be checked by reading."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from core.model import (
    Annotations,
    ArticleTone,
    Claim,
    Document,
    Entity,
    FileResult,
    Language,
    Mention,
    Outlet,
    PartialDate,
    Published,
    Quote,
    Refusal,
    Removed,
    Sentence,
    Source,
    SourceCite,
    Span,
    Tagged,
    Tone,
    Zone,
)
from core.resources import load_yaml

ENTITIES = {
    "Kim": Entity(id="per:kim-jong-un", name="Kim Jong Un", label="PER"),
    "Putin": Entity(id="per:vladimir-putin", name="Vladimir Putin", label="PER"),
    "Moskow": Entity(id="gpe:moskow", name="Moskow", label="GPE", wikidata="Q649"),
    "Rusia": Entity(id="gpe:rusia", name="Rusia", label="GPE", wikidata="Q159"),
    "Korut": Entity(id="gpe:korea-utara", name="Korea Utara", label="GPE"),
    "Seoul": Entity(id="gpe:seoul", name="Seoul", label="GPE"),
}
VERSION = "0+test"
GIVEN, MADE = (claim["id"] for claim in load_yaml("focus/gifts_and_sanctions.yaml")["claims"][:2])
"""The first two claims of the profile, whatever they are called: a gift was given, and of what make."""


@dataclass
class S:
    """One sentence: text, score, layer; metonyms {surface: entity id}; quote, source and claims it carries."""

    text: str
    score: float = 0.0
    layer: str = "narrator"
    zone: str = "body"
    metonyms: dict[str, str] = field(default_factory=dict)
    quote: tuple[str, str | None] | None = None  # what is said, who says it
    source: str | None = None
    claims: tuple[tuple[str, str, str | None], ...] = ()  # claim, stance, attributed to


def article(name: str, *sentences: S, **given: Any) -> Tagged:
    """An article of these sentences, one a line; given overrides outlet, published, language, confidence and so on."""
    text = "\n".join(sentence.text for sentence in sentences)
    raw = "BACA JUGA\n" + text
    source = Source(name=f"{name}.txt", sha256=digest(name), record=given.get("record", 0))
    outlet = given.get("outlet", "harian-a")
    iso = given.get("published", "2024-02-20")
    document = Document(
        id=given.get("id", "doc-" + name),
        source=source,
        raw_text=raw,
        text=text,
        removed=(Removed(span=Span(start=0, end=10), rule="read-also"),),
        zones=_zones(sentences),
        language=Language(code=given.get("language", "id"), confidence=given.get("confidence", 0.99)),
        outlet=Outlet(id=outlet, name=outlet.replace("-", " ").title(), rule="test") if outlet else None,
        title=given.get("title", name.title()),
        published=_published(iso) if iso else None,
        notes=given.get("notes", ()),
    )
    return Tagged(document=document, annotations=_annotations(document, sentences))


def result(name: str, *articles: Tagged, origin: str = "upload", refusals: tuple[str, ...] = ()) -> FileResult:
    """A file of these articles; refusals are reasons."""
    sha256 = articles[0].document.source.sha256 if articles else digest(name)
    return FileResult(
        name=f"{name}.txt",
        sha256=sha256,
        size_bytes=sum(len(a.document.raw_text) for a in articles),
        origin=origin,  # type: ignore[arg-type]
        found=(
            *articles,
            *(
                Refusal(source=Source(name=f"{name}.txt", sha256=sha256, record=len(articles) + n), reason=reason)
                for n, reason in enumerate(refusals)
            ),
        ),
    )


def file_of(tagged: Tagged, origin: str = "upload") -> FileResult:
    """A file with this one article."""
    return result(tagged.document.source.name.removesuffix(".txt"), tagged, origin=origin)


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _published(iso: str) -> Published:
    precision = {4: "year", 7: "month", 10: "day"}.get(len(iso), "minute")
    return Published(date=PartialDate(iso=iso, precision=precision), basis="header", evidence=iso)  # type: ignore[arg-type]


def _spans(sentences: tuple[S, ...]) -> list[Span]:
    spans, place = [], 0
    for sentence in sentences:
        spans.append(Span(start=place, end=place + len(sentence.text)))
        place += len(sentence.text) + 1
    return spans


def _zones(sentences: tuple[S, ...]) -> tuple[Zone, ...]:
    return tuple(
        Zone(span=span, kind=sentence.zone, rule="test")  # type: ignore[arg-type]
        for span, sentence in zip(_spans(sentences), sentences, strict=True)
        if sentence.zone != "body"
    )


def _annotations(document: Document, sentences: tuple[S, ...]) -> Annotations:
    spans = _spans(sentences)
    mentions: list[Mention] = []
    quotes: list[Quote] = []
    sources: list[SourceCite] = []
    claims: list[Claim] = []
    for span, sentence in zip(spans, sentences, strict=True):
        mentions += _mentions(span, sentence)
        if sentence.quote:
            said, speaker = sentence.quote
            entity = next((e.id for e in ENTITIES.values() if e.name == speaker), None)
            quotes.append(
                Quote(content=_find(span, sentence, said), kind="direct", speaker=speaker, speaker_entity=entity,
                      speaker_span=None, cue="kata", rule="test")
            )  # fmt: skip
        if sentence.source:
            where = _find(span, sentence, sentence.source)
            sources.append(SourceCite(span=where, name=sentence.source, kind="agency", entity_id=None, rule="test"))
        claims += [
            Claim(claim_id=claim, stance=stance, attributed_to=who, span=span, rule="test")  # type: ignore[arg-type]
            for claim, stance, who in sentence.claims
        ]
    tagged = tuple(
        Sentence(span=span, zone=s.zone, tone=Tone(label=_label(s.score), score=s.score, layer=s.layer))  # type: ignore[arg-type]
        for span, s in zip(spans, sentences, strict=True)
    )
    return Annotations(
        document_id=document.id, tagger_version=VERSION, sentences=tagged, mentions=tuple(mentions),
        sources=tuple(sources), quotes=tuple(quotes), claims=tuple(claims), tone=_article_tone(sentences),
    )  # fmt: skip


def _mentions(span: Span, sentence: S) -> list[Mention]:
    found = []
    for surface, entity in ENTITIES.items():
        place = sentence.text.find(surface)
        while place >= 0:
            where = Span(start=span.start + place, end=span.start + place + len(surface))
            found.append(
                Mention(span=where, label=entity.label, entity=entity, refers_to=sentence.metonyms.get(surface),
                        where=sentence.zone, rule="test", score=1.0)  # type: ignore[arg-type]
            )  # fmt: skip
            place = sentence.text.find(surface, place + 1)
    return sorted(found, key=lambda mention: mention.span.start)


def _find(span: Span, sentence: S, words: str) -> Span:
    start = span.start + sentence.text.index(words)
    return Span(start=start, end=start + len(words))


def _label(score: float) -> str:
    return "negative" if score < -0.2 else "positive" if score > 0.2 else "neutral"


def _article_tone(sentences: tuple[S, ...]) -> ArticleTone:
    def mean(layer: str | None) -> float | None:
        scores = [s.score for s in sentences if layer in (None, s.layer)]
        return sum(scores) / len(scores) if scores else None

    score = mean(None) or 0.0
    return ArticleTone(label=_label(score), score=score, narrator=mean("narrator"), quoted=mean("quoted"))  # type: ignore[arg-type]
