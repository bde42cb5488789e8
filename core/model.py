"""The frozen records that pass between the stages.

All offsets count Unicode code points, half-open. `Document.text` is `Document.raw_text` with the
`removed` spans cut out and nothing else changed, so a place in one is always a place in the other.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

TONED_FROM: Final = 0.15  # a mean score as far from 0, either way, names the tone of an article

Precision = Literal["year", "month", "day", "minute"]
ZoneKind = Literal["title", "dateline", "byline", "editor", "credit", "subhead", "body"]
Label = Literal["PER", "ORG", "GPE", "LOC", "PRODUCT"]
Polarity = Literal["negative", "neutral", "positive"]
Layer = Literal["narrator", "quoted"]
Favour = Literal["unfavourable", "neutral", "favourable"]
QuoteKind = Literal["direct", "indirect", "mixed"]
SourceKind = Literal["agency", "media", "official", "document", "unknown"]
Stance = Literal["asserts", "attributes", "hedges", "denies", "plans"]
COLUMNS_NOTE = "columns: "
"""How a note on an article begins that says which column of a table became what."""
Outcome = Literal["added", "known", "refused"]
Origin = Literal["sample", "upload", "inbox", "command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open stretch of text, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


# ---------------------------------------------------------------- ingest


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an article came from: file name, sha256 of the file's bytes, number of the record in it from 0."""

    name: str
    sha256: str
    record: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One article as a reader found it. All but source and raw_text are what the container said, unchecked."""

    source: Source
    raw_text: str
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    author: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file or record that was not taken, with one sentence that says why and what to do."""

    source: Source
    reason: str


# ---------------------------------------------------------------- normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date that claims no more than is known: `2023-09` is a month, never the 1st.

    iso is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM+HH:MM`, as precision says.
    """

    iso: str
    precision: Precision

    @property
    def day(self) -> date | None:
        """The calendar day, or None where the date is coarser than a day."""
        return date.fromisoformat(self.iso[:10]) if self.precision in ("day", "minute") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When the article came out: basis names the rule (`container`, `header`, `url`, `reporting_day`)."""

    date: PartialDate
    basis: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """The medium that published the article, with the rule that told."""

    id: str
    name: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A stretch of raw_text (offsets there) that is not in text, with the rule that cut it."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of text that is not body: title, dateline, byline, editor, wire credit, subhead.

    value is what it says in clean form: the city of a dateline (None where it names none), the name of
    a byline.
    """

    span: Span
    kind: ZoneKind
    rule: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """ISO 639-1 code (`und` for too little text) with a probability."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One cleaned article. `text` is the coordinate system of all tags."""

    id: str
    source: Source
    raw_text: str
    text: str
    removed: tuple[Removed, ...]
    zones: tuple[Zone, ...]
    language: Language
    outlet: Outlet | None = None
    url: str | None = None
    title: str | None = None
    published: Published | None = None
    byline: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def searched(self) -> str:
        """The text as rules and models read it: same offsets, every no-break space a plain one."""
        return plain_spaces(self.text)

    def zone(self, kind: ZoneKind) -> Zone | None:
        """The first zone of a kind, or None."""
        return next((zone for zone in self.zones if zone.kind == kind), None)

    def kind_at(self, offset: int) -> ZoneKind:
        """What stands at an offset of text; everything outside a zone is body."""
        place = bisect_right(self.zones, offset, key=lambda zone: zone.span.start) - 1
        if place >= 0 and offset < self.zones[place].span.end:
            return self.zones[place].kind
        return "body"


def plain_spaces(text: str) -> str:
    """The text with no-break spaces made plain ones, character for character."""
    return text.replace("\u00a0", " ")


def cut(raw_text: str, removed: Sequence[Removed]) -> str:
    """raw_text without the removed spans, which must be sorted and must not overlap."""
    kept: list[str] = []
    place = 0
    for piece in removed:
        kept.append(raw_text[place : piece.span.start])
        place = piece.span.end
    kept.append(raw_text[place:])
    return "".join(kept)


# ---------------------------------------------------------------- tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """Polarity of a sentence: score in [-1, 1], layer says whose tone it is."""

    label: Polarity
    score: float
    layer: Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the text; zone is `title`, `subhead` or `body`."""

    span: Span
    zone: ZoneKind
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What mentions resolve to. id is stable across articles; name is the canonical Indonesian one."""

    id: str
    name: str
    label: Label
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Towards:
    """How a sentence puts someone it names: score is P(favourable) - P(unfavourable), chance that of the label."""

    label: Favour
    score: float
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An occurrence in text of something with a name.

    entity is what is named (Moskow, the city); refers_to the id of what a metonym stands for (the Russian
    government), else None. where is its zone. rule names the gazetteer row, reference rule or model that made it;
    score is in [0, 1]. towards is None outside sentences and where no tone is rated.
    """

    span: Span
    label: Label
    entity: Entity
    refers_to: str | None
    where: ZoneKind
    rule: str
    score: float
    towards: Towards | None = None

    def put(self, towards: Towards) -> "Mention":
        """The same mention with how its sentence puts it; dataclasses.replace takes three times as long."""
        return Mention(
            span=self.span, label=self.label, entity=self.entity, refers_to=self.refers_to, where=self.where,
            rule=self.rule, score=self.score, towards=towards,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """One who handed a source on. step 1 had it from the source itself; relays of one step stand side by side."""

    span: Span
    name: str
    kind: SourceKind
    entity_id: str | None
    step: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCite:
    """A medium, agency, official or document that the text cites; chain is through whom, where the text says."""

    span: Span
    name: str
    kind: SourceKind
    entity_id: str | None
    rule: str
    chain: tuple[Relay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Speech with its cue. content is inside the marks for direct speech; speaker is the resolved name."""

    content: Span
    kind: QuoteKind
    speaker: str | None
    speaker_entity: str | None
    speaker_span: Span | None
    cue: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A checkable assertion of a focus profile, as this text puts it. attributed_to names who says so."""

    claim_id: str
    stance: Stance
    attributed_to: str | None
    span: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTone:
    """Tone of a whole article: score and its two layers in [-1, 1]; a layer with no sentence is None."""

    label: Polarity
    score: float
    narrator: float | None
    quoted: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """All tags of one document."""

    document_id: str
    tagger_version: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    sources: tuple[SourceCite, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]
    tone: ArticleTone


# ---------------------------------------------------------------- corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A document with its tags: what the pipeline hands to the corpus."""

    document: Document
    annotations: Annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """One file on its way into the corpus: found yields its articles and refusals, once, as they are tagged."""

    name: str
    sha256: str
    size_bytes: int
    origin: Origin
    found: Iterable[Tagged | Refusal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a file: how many articles it holds, how many of them were new, and what was refused.

    columns says how the columns of a table were taken (`text=isi, title=judul`); empty for other formats.
    """

    outcome: Outcome
    articles: int
    added: int
    refusals: tuple[Refusal, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a reader chose to look at. An empty tuple or None means no restriction.

    start and end are days, both inclusive; undated articles drop out as soon as one is set. copies=False
    keeps one article a cluster of near-duplicates. sample: True only the bundled sample, False only the
    user's own articles, None both.
    """

    outlets: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    languages: tuple[str, ...] = ()
    words: str = ""
    copies: bool = True
    focus_only: bool = False
    sample: bool | None = None
    entities: tuple[str, ...] = field(default=())
