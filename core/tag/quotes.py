"""Speech in a text: direct, indirect and mixed, each with its cue and its speaker."""

from core.model import Quote, Span
from core.tag.direct import Found, find_direct, find_standing
from core.tag.indirect import find_indirect
from core.tag.marks import find_marked
from core.tag.reading import Reading
from core.tag.scene import Scene
from core.tag.voices import NOBODY, Voice, Voices


def tag_quotes(reading: Reading) -> tuple[Quote, ...]:
    """All speech of a text, in order of text. Never raises on any text."""
    scene = Scene(reading)
    stretches = find_marked(scene.text)
    direct = find_direct(scene, stretches)
    found = direct + find_indirect(scene, stretches, direct)
    found += find_standing(scene, stretches, found)
    found.sort(key=lambda one: (one.at, one.content.start))
    said_by = [one.candidate for one in found if one.candidate is not None and one.candidate.sort == "name"]
    named = [candidate.mention.entity.id for candidate in said_by if candidate.mention is not None]
    voices = Voices(scene, [one.content for one in direct], named)
    quotes: list[Quote] = []
    for one in found:
        at = one.cue.start if one.cue is not None else one.at
        voice = voices.resolve(one.candidate, at) if one.candidate is not None else _standing(voices)
        quotes.append(_quote(scene, one, voice))
    return tuple(sorted(quotes, key=lambda quote: (quote.content.start, quote.content.end)))


def _standing(voices: Voices) -> Voice:
    return voices.last() or NOBODY


def _quote(scene: Scene, one: Found, voice: Voice) -> Quote:
    span: Span | None = one.candidate.span if one.candidate is not None and one.candidate.sort != "same" else None
    return Quote(
        content=one.content,
        kind=one.kind,
        speaker=voice.name,
        speaker_entity=voice.entity,
        speaker_span=span,
        cue=one.cue.of(scene.text) if one.cue is not None else "",
        rule=one.rule,
    )
