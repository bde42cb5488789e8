"""Who and what a text names: known names first, then parts of them, resolved inside the article."""

from core.model import Entity, Mention, Span
from core.tag.metonyms import Named, is_metonym, refer
from core.tag.names import find_names
from core.tag.reading import Reading
from core.tag.resolve import resolve
from core.tag.shaping import Found
from core.tag.tokens import read_words

DESK = ".desk"  # ends the rule of a zone that a desk signs


def tag_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Every name in text, in order and without overlap."""
    words = read_words(reading)
    resolved = resolve(words, _without_desks(reading, find_names(words)))
    referred = _referred(reading, resolved)
    return tuple(
        Mention(
            span=Span(start=name.start, end=name.end),
            label=name.label,
            entity=entity,
            refers_to=refers_to,
            where=reading.document.kind_at(name.start),
            rule=name.rule,
            score=name.score,
        )
        for (name, entity), refers_to in zip(resolved, referred, strict=True)
    )


def _without_desks(reading: Reading, names: list[Found]) -> list[Found]:
    """The names without people where a desk signs: `Tim Global`, `Desk Ekonomi`."""
    desks = [zone.span for zone in reading.document.zones if zone.rule.endswith(DESK)]
    if not desks:
        return names
    return [
        name
        for name in names
        if name.label != "PER" or not any(span.start < name.end and name.start < span.end for span in desks)
    ]


def _referred(reading: Reading, resolved: list[tuple[Found, Entity]]) -> list[str | None]:
    """The government each name stands for, if any."""
    names = [Named(name.start, name.end, name.label, entity.id) for name, entity in resolved]
    starts = [piece.span.start for piece in reading.sentences]
    answers: list[str | None] = []
    earlier: str | None = None
    place = 0
    for number, name in enumerate(names):
        while place + 1 < len(starts) and starts[place + 1] <= name.start:
            place += 1
            earlier = None
        answer = None
        if is_metonym(name.entity_id):
            answer = refer(reading.text, names, number, starts[place] if starts else 0, earlier)
            earlier = answer
        answers.append(answer)
    return answers
