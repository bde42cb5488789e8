"""Where a sentence names the one who speaks: after a cue, or before a verb."""

import re
from dataclasses import replace

from core.model import Mention, Span
from core.tag.candidates import Candidate, as_name, is_degree, is_joined, shaped_name, span_of
from core.tag.scene import Scene
from core.tag.verbs import speech

FARTHEST = 14  # words walked from a cue in search of its speaker
TOGETHER = re.compile(r"[bt]er(\w+)-\1(?:an)?|[bt]er\w+-\w+an")  # `beramai-ramai`, `terang-terangan`


# ---------------------------------------------------------------- after a cue


def speaker_after(scene: Scene, number: int, stop: int) -> Candidate | None:
    """The speaker named from word number on, before the offset stop."""
    rules = speech()
    total = len(scene.words)
    first, noun = number, number > 0 and scene.words[number - 1] in rules.nouns
    while number < total and scene.words[number] in ("lagi", "pula", "oleh", "kemudian", *rules.nouns):
        noun, number = noun or scene.words[number] in rules.nouns, number + 1
    while noun and number < total and scene.words[number] in rules.noun_fillers:
        number += 1
    if number >= total or scene.starts[number] >= stop or not is_joined(scene, number):
        return None
    word = scene.words[number]
    if word in rules.determiners and number > first:  # `jelas laporan tersebut`: the noun itself speaks
        return Candidate(span=span_of(scene, number - 1, number - 1), sort="role", head=scene.words[number - 1])
    covering = scene.mention_at(scene.starts[number])
    if covering is None and word in rules.pronouns and word != "nya":
        return Candidate(span=span_of(scene, number, number), sort="pronoun", head=word)
    person, last = _walk_right(scene, number, stop)
    if person is not None:
        return person
    return _phrase(scene, number, last, stop) if last >= number else None


def _walk_right(scene: Scene, first: int, stop: int) -> tuple[Candidate | None, int]:
    """A person named in the phrase that starts at word first, and the number of the phrase's last word."""
    rules = speech()
    relation = _relation(scene, first)
    number = first
    while number < min(len(scene.words), first + FARTHEST) and scene.starts[number] < stop:
        mention = scene.mention_at(scene.starts[number])
        if number > first and not is_joined(scene, number):
            return _apposed(scene, first, number, stop) or _past_places(scene, first, number, stop), number - 1
        if scene.words[number] == "tahun" and number > first and scene.words[number - 1].isdigit():
            number += 1  # `kata petinju 28 tahun itu`
            continue
        if mention is None and scene.words[number] in (rules.stops if number > first else rules.stops - rules.heads):
            both = scene.words[number] == "dan" and scene.words[first] in rules.person | rules.titles
            if not both:  # `kata deputi bidang riset dan inovasi, Budi` goes on
                break
        if mention is not None and mention.label == "PER":
            after = scene.word_from(mention.span.end)
            behind = after < len(scene.words) and not is_joined(scene, after)
            apposed = _apposed(scene, first, after, stop) if behind else None
            if relation or (number > first and after == number + 1 and apposed is not None and apposed.mention):
                return apposed, after - 1  # `kata kuasa hukum Rina, Budi`, `kata direktur Ericsson, Budi`
            return as_name(mention, scene.words[first]), number
        number = scene.word_from(mention.span.end) if mention is not None else number + 1
    return None, number - 1


def _past_places(scene: Scene, first: int, number: int, stop: int) -> Candidate | None:
    """The person behind a title and the places it belongs to: `kata Ketua RW 01, Desa Anu, Kota Anu, Budi`."""
    if scene.words[first] not in speech().person:
        return None
    for ahead in range(number, min(number + FARTHEST, len(scene.words))):
        gap = scene.between(ahead - 1, ahead).strip()
        if scene.starts[ahead] >= stop or gap not in ("", ",") or not (scene.capital(ahead) or gap == ""):
            return None
        mention = scene.mention_at(scene.starts[ahead])
        if mention is not None and mention.label == "PER":
            return as_name(mention, scene.words[first]) if gap == "," else None
        if not scene.capital(ahead) and mention is None and not scene.words[ahead].isdigit():
            return None
    return None


def _relation(scene: Scene, number: int) -> bool:
    rules = speech()
    pair = " ".join(scene.words[number : number + 2])
    return scene.words[number] in rules.of_someone or pair in rules.of_someone


def _apposed(scene: Scene, first: int, number: int, stop: int) -> Candidate | None:
    """The person named right behind a comma, at most three words of title before: `kata ketua panitia, Budi`."""
    if not scene.between(number - 1, number).strip().lstrip(").").startswith(","):
        return None
    rules = speech()
    last = number - 1
    for ahead in range(number, min(number + 5, len(scene.words))):
        if scene.starts[ahead] >= stop or (ahead > number and not is_joined(scene, ahead)):
            break
        mention = scene.mention_at(scene.starts[ahead])
        if mention is not None:
            held = scene.words[first] in rules.person | rules.group | rules.of_someone | rules.titles
            wanted = "PER" if held else "ORG" if scene.words[first] in rules.body else ""
            return as_name(mention, scene.words[first]) if mention.label == wanted else None
        if scene.words[ahead] in rules.stops or scene.words[ahead] in rules.pronouns:
            break
        last = ahead
    if last < number or scene.words[first] not in rules.person:
        return None
    if last + 1 < len(scene.words) and scene.words[last + 1] in rules.determiners:
        return None
    return shaped_name(scene, number, last)


def _phrase(scene: Scene, first: int, last: int, stop: int) -> Candidate:
    """What a phrase without a person is: a named body, a name by its shape, or a role."""
    rules = speech()
    head = scene.words[first]
    opening = scene.mention_at(scene.starts[first])
    if opening is not None and not (opening.label in ("GPE", "LOC") and scene.ends[last] > opening.span.end):
        return as_name(opening, head)
    inner = next(iter(scene.mentions_within(scene.starts[first], scene.ends[last])), None)
    if inner is not None and inner.label == "ORG" and _carried(scene, first, scene.word_from(inner.span.start)):
        return as_name(inner, head)
    determined = _pointed_at(scene, last, stop)
    while last > first and scene.words[last] in rules.determiners:
        determined, last = True, last - 1
    while last > first and is_degree(scene, last):
        last -= 1
    if not determined and not _relation(scene, first):
        name = shaped_name(scene, first, last) or _leading_name(scene, first, last)
        if name is not None and (name.span.start == scene.starts[first] or head in rules.heads | rules.titles):
            return name
    if opening is not None:
        return as_name(opening, head)
    return Candidate(span=span_of(scene, first, last), sort="role", head=head, mention=inner, determined=determined)


def _leading_name(scene: Scene, first: int, last: int) -> Candidate | None:
    """The capitals a phrase opens with, where it runs on into the clause: `Menurut Rina pasar itu ...`."""
    end = first - 1
    while end < last and scene.capital(end + 1) and scene.mention_at(scene.starts[end + 1]) is None:
        end += 1
    return shaped_name(scene, first, end) if end >= first else None


def _pointed_at(scene: Scene, last: int, stop: int) -> bool:
    """`ketua RT 21, Kelurahan Belo, itu`: a determiner behind an apposition."""
    tail = scene.folded[scene.ends[last] : min(stop, scene.ends[last] + 50)]
    parts = tail.split(",")
    return len(parts) == 3 and parts[0] == "" and parts[2].strip(" .") in ("itu", "ini", "tersebut")


def _carried(scene: Scene, first: int, end: int) -> bool:
    rules = speech()
    return first < end and all(word in rules.carriers for word in scene.words[first:end])


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
        if word in rules.negations or word == "yang":
            return None
        if word in rules.pronouns:
            return Candidate(span=span_of(scene, number, number), sort="pronoun", head=word)
        if word in rules.again:
            return Candidate(span=span_of(scene, number, number), sort="same")
        if word in rules.determiners:
            return _determined(scene, number, floor)
    elif mention.label == "PER":
        return _relative_of(scene, mention, floor) or as_name(mention, word)
    elif "," not in scene.text[mention.span.end : scene.starts[verb]]:
        return _body_before(scene, mention, floor)
    return (
        _role_before(scene, number, floor)
        or _shaped_before(scene, number, floor)
        or _subject_before(scene, number, verb, floor)
    )


def _relative_of(scene: Scene, person: Mention, floor: int) -> Candidate | None:
    """`saudara perempuan Kim menyampaikan`: a relative or an aide of the person named."""
    number = scene.word_before(person.span.start)
    for first in (number - 1, number):
        if first < 0 or scene.starts[first] < floor or scene.text[scene.ends[number] : person.span.start].strip():
            continue
        if scene.words[first] in speech().kin and (first == number or scene.between(first, number).strip() == ""):
            span = Span(start=scene.starts[first], end=person.span.end)
            role = Candidate(span=span, sort="role", head=scene.words[first], mention=person)
            return _bearer(scene, first, floor) or role
    return None


def _skip_adverbs(scene: Scene, number: int, floor: int) -> int:
    rules = speech()
    while number >= 0 and scene.starts[number] >= floor:
        if scene.text[scene.ends[number] : scene.ends[number] + 1] == ")":
            opening = scene.text.rfind("(", floor, scene.starts[number])
            if opening < 0:
                break
            number = scene.word_before(opening)
        elif scene.mention_at(scene.starts[number]) is not None:
            break
        elif number and scene.words[number - 1] in rules.adverb_heads and scene.words[number - 1] != "dalam":
            number -= 2
        elif (
            scene.words[number] in rules.adverbs or is_degree(scene, number) or TOGETHER.fullmatch(scene.words[number])
        ):
            number -= 1
        else:
            break
    return number


def _walk_left(scene: Scene, number: int, floor: int, *, joined: bool = False) -> int | None:
    """Number of the leftmost word that can head a speaker's phrase ending at word number.

    joined lets the phrase run over `dan` as long as no head is found (`bos Tesla dan SpaceX itu`).
    """
    rules = speech()
    best: int | None = None
    for back in range(number, max(number - FARTHEST, -1), -1):
        if scene.starts[back] < floor:
            break
        if back < number and scene.text[scene.ends[back] : scene.starts[back + 1]].strip(" ()\u00a0") != "":
            break
        word = scene.words[back]
        if word == "lalu" and joined and back == number:
            continue  # `menteri yang dilantik pekan lalu itu`
        if word in rules.breakers and not (joined and best is None and word == "dan"):
            break
        if word in rules.heads:
            best = back
    if best and scene.words[best - 1] in rules.prepositions and scene.starts[best - 1] >= floor:
        return None
    return best


def _determined(scene: Scene, number: int, floor: int) -> Candidate | None:
    first = _walk_left(scene, number - 1, floor, joined=True) if number else None
    if first is None:
        return None
    inner = next(iter(scene.mentions_within(scene.starts[first], scene.starts[number])), None)
    span = span_of(scene, first, number - 1)
    return Candidate(span=span, sort="role", head=scene.words[first], mention=inner, determined=True)


def _body_before(scene: Scene, mention: Mention, floor: int) -> Candidate:
    """A body or place before the verb: itself, or someone of it (`pejabat AS`)."""
    number = scene.word_before(mention.span.start)
    touching = number >= 0 and scene.text[scene.ends[number] : mention.span.start].strip(" (\u00a0") == ""
    first = _walk_left(scene, number, floor) if touching else None
    carried = first is not None and _carried(scene, first, number + 1)
    if first is None or (carried and (mention.label == "ORG" or scene.words[first] == "pihak")):
        return as_name(mention)
    span = Span(start=scene.starts[first], end=mention.span.end)
    role = Candidate(span=span, sort="role", head=scene.words[first], mention=mention)
    return _bearer(scene, first, floor) or role


def _bearer(scene: Scene, first: int, floor: int) -> Candidate | None:
    """The person a role phrase only describes: `Budi, ketua panitia, mengatakan`, `Rina yang ... sebagai ketua`."""
    if first == 0 or scene.starts[first - 1] < floor:
        return None
    gap = scene.between(first - 1, first).strip()
    before = scene.mention_ending(scene.ends[first - 1])
    if before is None and ")" in gap:
        before = scene.mention_ending(scene.ends[max(first - 2, 0)])
    if before is not None and before.label == "PER" and gap in ("", ",", "),", ")", "),("):
        return as_name(before)
    if gap == "," and before is None and scene.capital(first - 1):
        return shaped_name(scene, scene.word_from(floor), first - 1)
    if not scene.capital(first):  # `Agus (45) sopir bus ...`: a head in small letters only describes
        behind = first - 1
        if gap == ")":
            behind = scene.word_before(scene.text.rfind("(", floor, scene.starts[first]))
        if behind >= 0 and scene.starts[behind] >= floor and gap in ("", ")") and scene.capital(behind):
            named = shaped_name(scene, scene.word_from(floor), behind)
            if named is not None:
                return named
    if scene.words[first - 1] in speech().bearing and not gap and first > 1:
        held = scene.mention_ending(scene.ends[first - 2])
        since = scene.words[scene.word_from(floor) : first]
        if held is not None and held.label in ("PER", "ORG") and "yang" not in since:
            return as_name(held)
    if gap or scene.words[first - 1] in speech().breakers:
        return None
    return _subject_before(scene, first - 1, first, floor)


def _role_before(scene: Scene, number: int, floor: int) -> Candidate | None:
    rules = speech()
    first = _walk_left(scene, number, floor)
    if first is None:
        return None
    people = [m for m in scene.mentions_within(scene.starts[first], scene.ends[number]) if m.label == "PER"]
    if people and not _relation(scene, first):
        return as_name(people[0], scene.words[first])
    named = _bearer(scene, first, floor)
    if named is None and not people and not rules.inner_stops & set(scene.words[first:number]):
        named = shaped_name(scene, first + 1, number)
    return named or Candidate(span=span_of(scene, first, number), sort="role", head=scene.words[first])


def _shaped_before(scene: Scene, number: int, floor: int) -> Candidate | None:
    """A run of capitalised words before the verb that no mention covers."""
    first = scene.word_from(floor)
    found = shaped_name(scene, first, number) if first <= number else None
    if found is not None and found.span.start == floor and scene.words[number] in speech().breakers:
        return None
    return found


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
            return replace(as_name(mention), head=scene.words[after])
    return None
