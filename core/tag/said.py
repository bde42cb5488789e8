"""What was said: the stretch of a sentence that a cue of indirect speech puts into someone's mouth."""

from core.model import Span
from core.tag.scene import Scene
from core.tag.verbs import Verb, speech

LEAST_WORDS = 3
ASIDE = 28  # words between a verb and the `bahwa` that opens what was said
TRAILING = '.!?… \n\t\u00a0"”“,;:)'
LEADS_ON = (["tapi"], ["namun"], ["yang"])  # `..., tapi menurut X ...`: what was said stands behind
CONTRASTS = (", sementara ", ", sedangkan ")  # someone else has the word from here on
TURNS = (*CONTRASTS, ", tetapi ", ", tapi ", ", namun ")  # someone else may have it


def after_verb(scene: Scene, number: int, verb: Verb, bounds: Span, *, by_body: bool) -> Span | None:
    """What was said, behind the verb at word number; None where the words behind are not speech.

    by_body: the speaker is an organisation, whose `melihat` and `mencatat` are statements.
    """
    rules = speech()
    first = number + 1
    total = scene.word_from(bounds.end)
    while first < total and scene.words[first] in rules.adverbs and scene.words[first] not in rules.kept_adverbs:
        first += 1
    if first >= total:
        return None
    gap = scene.text[scene.ends[number] : scene.starts[first]]
    free = "free" in verb.takes or (by_body and "body" in verb.takes)
    opened = _opened(scene, first, total)
    if any(mark in gap for mark in ",:") and verb.takes:
        behind = scene.words[first] in rules.openers and first + 1 < total
        return whole(scene, scene.starts[first + behind], bounds)
    if opened is not None and "bahwa" in verb.takes:
        return whole(scene, scene.starts[opened], bounds)
    if any(_leads(scene, first, phrase) for phrase in rules.not_contents.get(verb.lemma, ())):
        return None
    if scene.words[first] in ("kepada", "ke") and not rules.conjunctions.intersection(scene.words[first:total]):
        return None  # `bertanya kepada tetangga`: someone is spoken to, and no more
    if free and not _aside(scene, first, gap):
        return whole(scene, scene.starts[first], bounds)
    if "ada" in verb.takes and scene.words[first] == "ada":
        return whole(scene, scene.starts[first], bounds)
    if "sebagai" in verb.takes and "sebagai" in scene.words[first + 1 : total]:
        return whole(scene, scene.starts[first], bounds)
    return None


def _opened(scene: Scene, first: int, total: int) -> int | None:
    """Number of the word behind the conjunction that opens the clause."""
    rules = speech()
    if scene.words[first] in rules.openers:
        return first + 1 if first + 1 < total else None
    if scene.words[first] in rules.conjunctions:
        return first
    for number in range(first, min(first + ASIDE, total)):
        if scene.words[number] in rules.active:
            return None
        if scene.words[number] in rules.openers and number + 1 < total:
            return number + 1
    return None


def _aside(scene: Scene, first: int, gap: str) -> bool:
    """Whether what follows the verb is circumstance (`mengatakan saat ditemui ...`) and not what was said."""
    rules = speech()
    if gap.strip(" \u00a0\n'‘\"“"):
        return True
    pair = " ".join(scene.words[first : first + 2])
    return scene.words[first] in rules.circumstances and pair not in rules.not_circumstances


def _leads(scene: Scene, first: int, phrase: str) -> bool:
    return " ".join(scene.words[first : first + phrase.count(" ") + 1]) == phrase


def whole(scene: Scene, start: int, bounds: Span) -> Span | None:
    """The stretch from start to the end of bounds, without closing marks; None where it says nothing."""
    rules = speech()
    end = bounds.end
    while end > start and scene.text[end - 1] in TRAILING:
        if scene.text[end - 1] in '"”' and any(mark in scene.text[start : end - 1] for mark in '"“'):
            break
        end -= 1
    low, high = scene.word_from(start), scene.word_from(end)
    if high - low < LEAST_WORDS:
        return None
    lead = " ".join(scene.words[low : low + 4])
    for phrase in rules.empty_contents:
        if lead == phrase or lead.startswith(phrase + " "):
            after = low + phrase.count(" ") + 1
            if after < high and scene.words[after] in rules.asides:
                continue  # `Hal itu, kata Budi, membuat ...` says more
            if after >= high or scene.words[after] in rules.empty_followers or "," in scene.between(after - 1, after):
                return None
    return Span(start=start, end=end)


def around(scene: Scene, cue: int, after: int, bounds: Span, *, suffix: bool) -> Span | None:
    """The clause behind `menurut X`, the one before it where the sentence ends with it, or both around it.

    suffix: the speaker is the -nya of the cue, so that what was said follows at once (`menurutnya harga naik`).
    """
    text = scene.text
    if suffix and text[after : after + 1] != "," and (said := whole(scene, after, bounds)) is not None:
        return Span(start=scene.starts[scene.word_from(after)], end=said.end)
    comma = text.find(",", after, bounds.end)
    while comma > 0 and _describes_on(scene, comma, bounds.end):
        comma = text.find(",", comma + 1, bounds.end)
    rest = comma + 1 if comma >= 0 else after
    while rest < bounds.end and not text[rest].isalnum() and text[rest] not in "\"“'‘(":
        rest += 1
    behind = whole(scene, rest, bounds) if rest < bounds.end else None
    lead = text[bounds.start : cue].rstrip()
    words_before = scene.word_from(cue) - scene.word_from(bounds.start)
    before = Span(start=bounds.start, end=cue)
    if lead.endswith(",") and words_before > LEAST_WORDS and (behind is None or comma < 0):
        return whole(scene, bounds.start, before)
    connects = scene.words[scene.word_from(bounds.start)] in speech().connectives
    if lead.endswith(",") and words_before > 1 and comma >= 0 and not connects:
        return whole(scene, bounds.start, bounds)
    last = lead.lower().rsplit(maxsplit=1)[-1:]
    shorter = scene.word_from(bounds.end) - scene.word_from(after) < words_before
    if comma < 0 and words_before > 5 and behind is not None and shorter and last not in LEADS_ON:
        return whole(scene, bounds.start, before)
    return behind


def _describes_on(scene: Scene, comma: int, end: int) -> bool:
    """Whether what follows a comma still describes the speaker or the day: `menurut X, dosen di Y, ...`."""
    number = scene.word_from(comma)
    if number >= len(scene.words) or scene.starts[number] >= end:
        return False
    rules = speech()
    word = scene.words[number]
    later = scene.text.find(",", comma + 1, end)
    short = later >= 0 and scene.word_from(later) - number <= 14
    return short and (word in rules.aside_openers or (word in rules.heads and word not in rules.body))
