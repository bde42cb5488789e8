"""Why a tagged article puts those it names as it does: the words behind each stance, sentence by sentence."""

from core.model import Annotations, Document, Mention, Quote, Span
from core.tag.towards import TowardsExplanation, explain_towards
from core.tag.towards_features import Target


def explain_put(
    document: Document, annotations: Annotations, number: int
) -> tuple[tuple[Mention, TowardsExplanation], ...]:
    """Every rated mention of the numbered sentence with its explanation; places are in the sentence.

    It is what the model of now says, of the quotes and mentions that are stored.
    """
    span = annotations.sentences[number].span
    mentions = [
        mention
        for mention in annotations.mentions
        if mention.towards is not None and span.start <= mention.span.start and mention.span.end <= span.end
    ]
    quotes = [quote for quote in annotations.quotes if _meets(quote, span)]
    targets = [_target(mention, quotes, span.start) for mention in mentions]
    return tuple(zip(mentions, explain_towards(span.of(document.searched), targets), strict=True))


def _target(mention: Mention, quotes: list[Quote], at: int) -> Target:
    within = [quote.kind for quote in quotes if _meet(quote.content, mention.span)]
    speakers = [quote.speaker_span for quote in quotes if quote.speaker_span is not None]
    return Target(
        span=Span(start=mention.span.start - at, end=mention.span.end - at),
        label=mention.label,
        speaks=any(_meet(speaker, mention.span) for speaker in speakers),
        spoken=any(kind != "indirect" for kind in within),
        reported="indirect" in within,
    )


def _meets(quote: Quote, span: Span) -> bool:
    return _meet(quote.content, span) or (quote.speaker_span is not None and _meet(quote.speaker_span, span))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
