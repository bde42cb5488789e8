"""Where a sentence names the one who speaks: after a cue, or before a verb."""

from dataclasses import dataclass
from typing import Literal

from core.model import Mention, Span
from core.tag.scene import Scene
from core.tag.verbs import speech

FARTHEST = 14  # words walked from a cue in search of its speaker


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker as the text puts it, not yet resolved.

    sort: name (mention, or a name by its shape alone), pronoun, role (a phrase; mention is what stands in
    it), same (whoever speaks in this sentence already). head is the phrase's first word in lower case.
    """

    span: Span
    sort: Literal["name", "pronoun", "role", "same"]
    head: str = ""
    mention: Mention | None = None
    determined: bool = False


def suffix_speaker(scene: Scene, number: int) -> Candidate:
    """The -nya of `ujarnya`."""
    end = scene.ends[number]
    return Candidate(span=Span(start=end - 3, end=end), sort="pronoun", head="nya")


# ---------------------------------------------------------------- after a cue


def speaker_after(scene: Scene, number: int, stop: int) -> Candidate | None:
    """The speaker named from word number on, before the offset stop."""
    rules = speech()
    total = len(scene.words)
    while number < total and scene.words[number] in ("lagi", "pula", "oleh", "kemudian"):
        number += 1
    if number >= total or scene.starts[number] >= stop:
        return None
    word = scene.words[number]
    covering = scene.mention_at(scene.starts[number])
    if covering is None and word in rules.pronouns and word != "nya":
        return Candidate(span=_span(scene, number, number), sort="pronoun", head=word)
    person, last = _walk_right(scene, number, stop)
    if person is not None:
        return Candidate(span=person.span, sort="name", head=word, mention=person)
    if last < number:
        return None
    return _phrase(scene, number, last)


def _walk_right(scene: Scene, first: int, stop: int) -> tuple[Mention | None, int]:
    """A person named in the phrase that starts at word first, and the number of the phrase's last word."""
    rules = speech()
    holder: Mention | None = None  # the person whose lawyer, brother ... speaks
    relation = _relation(scene, first)
    last = first - 1
    number = first
    while number < min(len(scene.words), first + FARTHEST) and scene.starts[number] < stop:
        mention = scene.mention_at(scene.starts[number])
        if number > first and not _joined(scene, number):
            named = _apposed(scene, number, stop)
            return (named, last) if named is not None else (None, last)
        if mention is not None and mention.label == "PER":
            if not relation:
                return mention, last
            holder, relation = mention, False
            after = scene.word_from(mention.span.end)
            if after < len(scene.words) and _apposed(scene, after, stop) and not _joined(scene, after):
                return _apposed(scene, after, stop), last
            return None, after - 1
        if mention is None and number > first and scene.words[number] in rules.stops:
            break
        if mention is None and number == first and scene.words[number] in rules.stops - rules.heads:
            break
        number = scene.word_from(mention.span.end) if mention is not None else number + 1
        last = number - 1
    return holder, last


def _relation(scene: Scene, number: int) -> bool:
    rules = speech()
    pair = " ".join(scene.words[number : number + 2])
    return scene.words[number] in rules.of_someone or pair in rules.of_someone


def _joined(scene: Scene, number: int) -> bool:
    """Whether no mark but brackets, a hyphen or an abbreviation's full stop parts a word from the one before."""
    gap = scene.between(number - 1, number).strip()
    if not gap or gap in ("(", ")", ") (", "-", "/", "&", "'", "‘", "’"):
        return True
    return gap == "." and len(scene.words[number - 1]) <= 3


def _apposed(scene: Scene, number: int, stop: int) -> Mention | None:
    """The person named right behind a comma, at most three words of title before."""
    if not scene.between(number - 1, number).strip().rstrip(")").lstrip(").") == ",":
        return None
    rules = speech()
    for ahead in range(number, min(number + 4, len(scene.words))):
        if scene.starts[ahead] >= stop or (ahead > number and not _joined(scene, ahead)):
            return None
        mention = scene.mention_at(scene.starts[ahead])
        if mention is not None:
            return mention if mention.label == "PER" else None
        if scene.words[ahead] in rules.stops:
            return None
    return None


def _phrase(scene: Scene, first: int, last: int) -> Candidate:
    """What a phrase without a person is: a named body, a name by its shape, or a role."""
    rules = speech()
    head = scene.words[first]
    opening = scene.mention_at(scene.starts[first])
    if opening is not None:
        return Candidate(span=opening.span, sort="name", head=head, mention=opening)
    inner = next(iter(scene.mentions_within(scene.starts[first], scene.ends[last])), None)
    if inner is not None and all(
        word in rules.carriers for word in scene.words[first : scene.word_from(inner.span.start)]
    ):
        return Candidate(span=inner.span, sort="name", head=head, mention=inner)
    determined = False
    while last > first and scene.words[last] in rules.determiners:
        determined, last = True, last - 1
    if head not in rules.heads and scene.capital(first) and not determined:
        end = first
        while end < last and scene.capital(end + 1):
            end += 1
        return Candidate(span=_span(scene, first, end), sort="name", head=head)
    return Candidate(span=_span(scene, first, last), sort="role", head=head, mention=inner, determined=determined)


def _span(scene: Scene, first: int, last: int) -> Span:
    return Span(start=scene.starts[first], end=scene.ends[last])


# ---------------------------------------------------------------- before a verb


def speaker_before(scene: Scene, verb: int, floor: int) -> Candidate | None:
    """The subject of the verb at word number verb, not before the offset floor; None where none can speak."""
    rules = speech()
    number = _skip_adverbs(scene, verb - 1, floor)
    if number < 0 or scene.starts[number] < floor:
        return None
    word = scene.words[number]
    mention = scene.mention_ending(scene.ends[number])
    if mention is None:
        if word in rules.negations:
            return None
        if word in rules.pronouns:
            return Candidate(span=_span(scene, number, number), sort="pronoun", head=word)
        if word in rules.again:
            return Candidate(span=_span(scene, number, number), sort="same")
        if word in rules.determiners:
            return _determined(scene, number, floor)
    elif mention.label == "PER":
        return Candidate(span=mention.span, sort="name", head=word, mention=mention)
    else:
        return _body_before(scene, mention, floor)
    return (
        _role_before(scene, number, floor)
        or _shaped_before(scene, number, floor)
        or _subject_before(scene, number, verb, floor)
    )


def _skip_adverbs(scene: Scene, number: int, floor: int) -> int:
    rules = speech()
    while number >= 0 and scene.starts[number] >= floor:
        word = scene.words[number]
        ahead = scene.text[scene.ends[number] : scene.ends[number] + 1]
        if ahead == ")":
            opening = scene.text.rfind("(", floor, scene.starts[number])
            if opening < 0:
                break
            number = scene.word_before(opening)
        elif scene.mention_at(scene.starts[number]) is not None:
            break
        elif word in rules.adverbs:
            number -= 1
        elif number and scene.words[number - 1] in rules.adverb_heads and scene.words[number - 1] != "dalam":
            number -= 2
        else:
            break
    return number


def _walk_left(scene: Scene, number: int, floor: int) -> int | None:
    """Number of the leftmost word that can head a speaker's phrase ending at word number."""
    rules = speech()
    best: int | None = None
    for back in range(number, max(number - FARTHEST, -1), -1):
        if scene.starts[back] < floor:
            break
        if back < number and scene.text[scene.ends[back] : scene.starts[back + 1]].strip(" ()\u00a0") != "":
            break
        word = scene.words[back]
        if word in rules.breakers:
            break
        if word in rules.heads:
            best = back
    return best


def _determined(scene: Scene, number: int, floor: int) -> Candidate | None:
    first = _walk_left(scene, number - 1, floor) if number else None
    if first is None:
        return None
    return Candidate(
        span=_span(scene, first, number - 1),
        sort="role",
        head=scene.words[first],
        mention=next(iter(scene.mentions_within(scene.starts[first], scene.starts[number])), None),
        determined=True,
    )


def _body_before(scene: Scene, mention: Mention, floor: int) -> Candidate:
    """A body or place before the verb: itself, or someone of it (`pejabat AS`)."""
    rules = speech()
    number = scene.word_before(mention.span.start)
    first = _walk_left(scene, number, floor) if number >= 0 and _touches(scene, number, mention) else None
    if first is None or all(word in rules.carriers for word in scene.words[first : number + 1]):
        return Candidate(span=mention.span, sort="name", head="", mention=mention)
    span = Span(start=scene.starts[first], end=mention.span.end)
    return Candidate(span=span, sort="role", head=scene.words[first], mention=mention)


def _touches(scene: Scene, number: int, mention: Mention) -> bool:
    return scene.text[scene.ends[number] : mention.span.start].strip(" (\u00a0") == ""


def _role_before(scene: Scene, number: int, floor: int) -> Candidate | None:
    first = _walk_left(scene, number, floor)
    if first is None:
        return None
    people = [m for m in scene.mentions_within(scene.starts[first], scene.ends[number]) if m.label == "PER"]
    if people:
        return Candidate(span=people[0].span, sort="name", head=scene.words[first], mention=people[0])
    return Candidate(span=_span(scene, first, number), sort="role", head=scene.words[first])


def _shaped_before(scene: Scene, number: int, floor: int) -> Candidate | None:
    """A run of capitalised words that no mention covers."""
    first = number + 1
    while first > 0 and scene.starts[first - 1] >= floor and scene.capital(first - 1):
        if first <= number and not _joined(scene, first):
            break
        if scene.mention_at(scene.starts[first - 1]) is not None or scene.words[first - 1] in speech().stops:
            break
        first -= 1
    if first > number or (scene.starts[first] == floor and first == number):
        return None  # one capital at the head of a sentence is no name
    return Candidate(span=_span(scene, first, number), sort="name", head=scene.words[first])


def _subject_before(scene: Scene, number: int, verb: int, floor: int) -> Candidate | None:
    """The one the sentence opened with, parted from the verb by an apposition or a relative clause."""
    rules = speech()
    first = max(floor, scene.starts[max(number - 24, 0)])
    for mention in reversed(scene.mentions_within(first, scene.starts[number] + 1)):
        if mention.label not in ("PER", "ORG"):
            continue
        after = scene.word_from(mention.span.end)
        if after >= verb:
            continue
        gap = scene.text[mention.span.end : scene.starts[after]].strip()
        opens = gap in (",", "(") or scene.words[after] in ("yang", "pada") or scene.words[after] in rules.heads
        if opens and not any(word in rules.active for word in scene.words[after:verb]):
            return Candidate(span=mention.span, sort="name", head="", mention=mention)
    return None
