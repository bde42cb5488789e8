"""Text with its tags as HTML. Every piece of text and every attribute is escaped: what comes in is never trusted."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import pairwise
from typing import Literal

import pandas as pd

from core.model import Annotations, Document, Span
from core.view.wording import Wording

Layer = Literal["entities", "quotes", "sources", "tone", "claims"]
NEW_LINES = re.compile(r"\s*\n\s*")
LAYERS: tuple[Layer, ...] = ("entities", "quotes", "sources", "tone", "claims")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of text with its CSS classes, what its tooltip says, and a note written behind it."""

    span: Span
    css: str
    hint: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of an article is shown: layers of tags, the sentence to point at, and marks beyond the tags.

    claim_labels are what claims are called in the reader's language.
    """

    layers: Collection[Layer]
    sentence: int | None = None
    claim_labels: Mapping[str, str] = field(default_factory=dict)
    more: Sequence[Mark] = ()


def article_html(document: Document, annotations: Annotations, wording: Wording, shown: Shown) -> str:
    """The cleaned text with the chosen layers. Ids of sentences: `s0`, `s1`, ..."""
    marks = list(_zones(document))
    for number, piece in enumerate(annotations.sentences):
        marks.append(Mark(span=piece.span, css="tl-here" if number == shown.sentence else "", note=f"#s{number}"))
    if "tone" in shown.layers:
        marks += _tone(annotations, wording)
    if "quotes" in shown.layers:
        marks += _quotes(annotations, wording)
    if "claims" in shown.layers:
        marks += _claims(annotations, wording, shown.claim_labels)
    if "sources" in shown.layers:
        marks += _sources(annotations, wording)
    if "entities" in shown.layers:
        marks += _entities(annotations, wording)
    return f'<div class="tl-text">{marked(document.text, [*marks, *shown.more], paragraphs=True)}</div>'


def raw_html(document: Document, wording: Wording) -> str:
    """The text as it was saved, with what was cut out struck through and the rule that cut it."""
    marks = [
        Mark(span=cut.span, css="tl-removed", hint=wording.text("reader.removed_by", rule=cut.rule), note=cut.rule)
        for cut in document.removed
    ]
    return f'<div class="tl-text tl-raw">{marked(document.raw_text, marks)}</div>'


def highlighted(text: str, places: Iterable[Sequence[int]], *, more: Sequence[Mark] = (), longest: int = 700) -> str:
    """A sentence with its hits marked; places are (start, end) within it, more are further marks.

    Of a text above `longest` characters only the part around the first hit (the first mark where there is no hit)
    is shown, between ellipses.
    """
    hits = [Mark(span=Span(start=int(start), end=int(end)), css="tl-hit") for start, end in places]
    marks = [*hits, *more]
    if len(text) <= longest:
        return marked(text, marks)
    first = min((mark.span.start for mark in hits or marks), default=0)
    start = max(0, min(first - longest // 3, len(text) - longest))
    end = start + longest
    within = [
        replace(mark, span=Span(start=max(mark.span.start, start) - start, end=min(mark.span.end, end) - start))
        for mark in marks
        if mark.span.start < end and mark.span.end > start
    ]
    return ("… " if start else "") + marked(text[start:end], within) + (" …" if end < len(text) else "")


def differences_html(pieces: pd.DataFrame) -> str:
    """Two texts in one: what only the one or only the other has is marked. Takes copies.differences."""
    tags = {"only_here": "ins", "only_there": "del"}
    parts = []
    for kind, text in zip(pieces["kind"], pieces["text"], strict=True):
        tag = tags.get(kind)
        parts.append(f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text))
    return f'<div class="tl-text tl-raw">{" ".join(parts)}</div>'


def legend_html(colours: Mapping[str, str]) -> str:
    """Names with a patch of their colour, in a line that wraps."""
    keys = (
        f'<span class="tl-key"><b style="background:{escape(colour, quote=True)}"></b>{escape(name)}</span>'
        for name, colour in colours.items()
    )
    return f"<div>{''.join(keys)}</div>"


def marked(text: str, marks: Sequence[Mark], *, paragraphs: bool = False) -> str:
    """Escaped text in which every stretch between two ends of marks carries the classes of all marks over it.

    A mark whose note is `#name` gives its first stretch that id instead of a note. Marks may overlap.
    With paragraphs every line end becomes a block of space.
    """
    kept = [mark for mark in marks if 0 <= mark.span.start < mark.span.end <= len(text)]
    ends = sorted({0, len(text)} | {mark.span.start for mark in kept} | {mark.span.end for mark in kept})
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in kept:
        opening.setdefault(mark.span.start, []).append(mark)
        closing.setdefault(mark.span.end, []).append(mark)
    parts: list[str] = []
    over: list[Mark] = []
    for start, end in pairwise(ends):
        over = [mark for mark in over if mark.span.end > start] + opening.get(start, [])
        parts.append(_stretch(text[start:end], over, start, paragraphs))
        parts.extend(_note(mark) for mark in closing.get(end, []))
    return "".join(parts)


def _stretch(text: str, over: Sequence[Mark], start: int, paragraphs: bool) -> str:
    css = " ".join(dict.fromkeys(mark.css for mark in over if mark.css))
    hint = " · ".join(dict.fromkeys(mark.hint for mark in over if mark.hint))
    anchor = next((mark.note[1:] for mark in over if mark.note.startswith("#") and mark.span.start == start), "")
    body = escape(text)
    if paragraphs:
        body = NEW_LINES.sub('<span class="tl-par"></span>', body)
    if not (css or hint or anchor):
        return body
    attributes = "".join(
        f' {name}="{escape(value, quote=True)}"'
        for name, value in (("id", anchor), ("class", css), ("title", hint))
        if value
    )
    return f"<span{attributes}>{body}</span>"


def _note(mark: Mark) -> str:
    if not mark.note or mark.note.startswith("#"):
        return ""
    return f'<span class="tl-note {escape(mark.css, quote=True)}-note">{escape(mark.note)}</span>'


def _zones(document: Document) -> Iterable[Mark]:
    return (Mark(span=zone.span, css=f"tl-zone-{zone.kind}") for zone in document.zones)


def _entities(annotations: Annotations, wording: Wording) -> Iterable[Mark]:
    for mention in annotations.mentions:
        hint = f"{mention.entity.name} · {wording.named('label', mention.label)}"
        if mention.refers_to:
            hint += (
                f" · {wording.text('reader.refers_to', entity=mention.refers_to.partition(':')[2].replace('-', ' '))}"
            )
        if mention.towards and mention.towards.label != "neutral":
            hint += f" · {wording.named('favour', mention.towards.label)} {wording.signed(mention.towards.score)}"
        yield Mark(span=mention.span, css=f"tl-entity tl-{mention.label}", hint=f"{hint} · {mention.rule}")


def _quotes(annotations: Annotations, wording: Wording) -> Iterable[Mark]:
    for quote in annotations.quotes:
        speaker = quote.speaker or wording.text("reader.unknown_speaker")
        hint = f"{wording.named('quote', quote.kind)} · {speaker} · {quote.cue}"
        yield Mark(span=quote.content, css="tl-quote", hint=hint, note=f"— {speaker}")


def _sources(annotations: Annotations, wording: Wording) -> Iterable[Mark]:
    for cite in annotations.sources:
        hint = f"{wording.named('source_kind', cite.kind)} · {cite.name} · {cite.rule}"
        yield Mark(span=cite.span, css="tl-source", hint=hint)


def _tone(annotations: Annotations, wording: Wording) -> Iterable[Mark]:
    for sentence in annotations.sentences:
        if sentence.tone.label != "neutral":
            said = wording.named("tone", sentence.tone.label)
            hint = f"{said} {wording.signed(sentence.tone.score)} · {wording.named('layer', sentence.tone.layer)}"
            yield Mark(span=sentence.span, css=f"tl-tone tl-{sentence.tone.label}", hint=hint)


def _claims(annotations: Annotations, wording: Wording, labels: Mapping[str, str]) -> Iterable[Mark]:
    for claim in annotations.claims:
        who = f" · {claim.attributed_to}" if claim.attributed_to else ""
        name = labels.get(claim.claim_id, claim.claim_id)
        stance = wording.named("status", claim.stance)
        yield Mark(
            span=claim.span, css="tl-claim", hint=f"{name} · {stance}{who} · {claim.rule}", note=f"{name}: {stance}"
        )
