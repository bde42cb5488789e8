"""What the taggers hand to each other while one document is read."""

from dataclasses import dataclass

from core.model import Document, Language, Mention, Quote, Source, SourceCite, Span, ZoneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A sentence before its tone is known; zone is `title`, `subhead` or `body`."""

    span: Span
    zone: ZoneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with what has been found in it so far; each tagger sees what those before it found."""

    document: Document
    sentences: tuple[Stretch, ...]
    mentions: tuple[Mention, ...] = ()
    sources: tuple[SourceCite, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def text(self) -> str:
        """What the taggers match against; spans in it are spans of the document's text."""
        return self.document.searched


def bare(text: str) -> Document:
    """A text with nothing around it, taken for Indonesian: what training and measuring read."""
    return Document(
        id="bare",
        source=Source(name="bare", sha256="", record=0),
        raw_text=text,
        text=text,
        removed=(),
        zones=(),
        language=Language(code="id", confidence=1.0),
    )
