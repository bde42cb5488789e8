"""Who and what a text names: known names first, then parts of them, resolved inside the article."""

from core.model import Mention, Span
from core.tag.gazetteer import gazetteer
from core.tag.metonyms import Named, is_metonym, refer
from core.tag.reading import Reading


def tag_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Every name in text, in order and without overlap."""
    text = reading.text
    hits = gazetteer().find(text)
    names = [Named(hit.start, hit.end, hit.rows[0].entity.label, hit.rows[0].entity.id) for hit in hits]
    starts = [piece.span.start for piece in reading.sentences]
    mentions = []
    earlier: str | None = None
    place = 0
    for number, hit in enumerate(hits):
        while place + 1 < len(starts) and starts[place + 1] <= hit.start:
            place += 1
            earlier = None
        refers_to = None
        if is_metonym(names[number].entity_id):
            refers_to = refer(text, names, number, starts[place] if starts else 0, earlier)
            earlier = refers_to
        mentions.append(
            Mention(
                span=Span(start=hit.start, end=hit.end),
                label=hit.rows[0].entity.label,
                entity=hit.rows[0].entity,
                refers_to=refers_to,
                where=reading.document.kind_at(hit.start),
                rule="gazetteer",
                score=1.0 if hit.exact else 0.9,
            )
        )
    return tuple(mentions)
