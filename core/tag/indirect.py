"""Speech without marks: `Budi mengatakan (bahwa) ...`, `Menurut Budi, ...`, `..., kata Budi, ...`."""

from bisect import bisect_right
from dataclasses import replace

from core.model import QuoteKind, Span
from core.tag.direct import Found
from core.tag.marks import Marked
from core.tag.scene import Scene
from core.tag.speakers import Candidate, speaker_after, speaker_before, suffix_speaker
from core.tag.verbs import Verb, speech

LEAST_WORDS = 3
ASIDE = 28  # words between a verb and the `bahwa` or comma that opens what was said
TRAILING = '.!?… \n\t\u00a0"”“,;:)'


def find_indirect(scene: Scene, stretches: list[Marked], direct: list[Found]) -> list[Found]:
    """Indirect and mixed speech outside direct speech, in order of text."""
    taken = sorted((one.content.start, one.content.end) for one in direct)
    cues = {one.cue.start for one in direct if one.cue is not None}
    rules = speech()
    found: list[Found] = []
    sentences = [sentence.span for sentence in scene.reading.sentences]
    starts = [span.start for span in sentences]
    for number, word in enumerate(scene.words):
        verb = rules.active.get(word)
        if (
            verb is None
            and word not in ("menurut", "menurutnya")
            and word not in rules.bare
            and word not in rules.passive
        ):
            continue
        start = scene.starts[number]
        if start in cues or _inside(taken, start):
            continue
        place = bisect_right(starts, start) - 1
        if place < 0 or start >= sentences[place].end:
            continue
        bounds = _bounds(scene, sentences[place], taken, start)
        one = _find(scene, number, verb, bounds, found)
        if one is not None:
            found.append(one)
    return [_mixed(one, stretches) for one in _trimmed(scene, found)]


def _inside(taken: list[tuple[int, int]], offset: int) -> bool:
    place = bisect_right(taken, (offset, len("")), key=lambda pair: (pair[0], 0)) - 1
    return place >= 0 and taken[place][0] <= offset < taken[place][1]


def _bounds(scene: Scene, sentence: Span, taken: list[tuple[int, int]], offset: int) -> Span:
    """The sentence around an offset, cut where direct speech ends before it or begins after it."""
    start, end = sentence.start, sentence.end
    for low, high in taken:
        if high <= offset:
            start = max(start, high)
        elif low > offset:
            end = min(end, low)
            break
    return Span(start=start, end=end)


def _find(scene: Scene, number: int, verb: Verb | None, bounds: Span, found: list[Found]) -> Found | None:
    rules = speech()
    word = scene.words[number]
    if scene.mention_at(scene.starts[number]) is not None:
        return None
    if word in ("menurut", "menurutnya"):
        return _by_menurut(scene, number, bounds)
    if verb is not None and (one := _by_verb(scene, number, verb, bounds, found)) is not None:
        return one
    if word in rules.passive:
        return _by_passive(scene, number, bounds)
    return _by_aside(scene, number, bounds) if word in rules.bare else None


# ---------------------------------------------------------------- X mengatakan ...


def _by_verb(scene: Scene, number: int, verb: Verb, bounds: Span, found: list[Found]) -> Found | None:
    if not verb.takes:
        return None
    candidate = speaker_before(scene, number, bounds.start)
    if candidate is None or (candidate.sort == "same" and not _spoke_here(found, bounds)):
        return None
    outer = found[-1] if found else None
    if outer is not None and candidate.sort != "same" and _nested(scene, outer, number, bounds):
        return None
    content = _content_after(scene, number, verb, bounds)
    if content is None:
        return None
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    return Found(content, "indirect", cue.start, "verb", cue, candidate)


def _spoke_here(found: list[Found], bounds: Span) -> bool:
    return bool(found) and found[-1].at >= bounds.start


def _nested(scene: Scene, outer: Found, number: int, bounds: Span) -> bool:
    """Whether a verb stands inside what another verb of speech already reports."""
    if outer.rule != "verb" or outer.at < bounds.start:
        return False
    return outer.content.start <= scene.starts[number] < outer.content.end


def _content_after(scene: Scene, number: int, verb: Verb, bounds: Span) -> Span | None:
    """What was said, behind its verb; None where the words behind are not speech."""
    rules = speech()
    first = number + 1
    total = scene.word_from(bounds.end)
    while first < total and scene.words[first] in rules.adverbs - {"akan", "telah", "sudah", "hanya"}:
        first += 1
    if first >= total:
        return None
    gap = scene.text[scene.ends[number] : scene.starts[first]]
    opened = _opened(scene, first, total)
    start: int | None = None
    if any(mark in gap for mark in ",:") and verb.takes & {"koma", "free", "bahwa"}:
        start = (
            scene.starts[first + 1]
            if scene.words[first] in rules.openers and first + 1 < total
            else scene.starts[first]
        )
    elif opened is not None and "bahwa" in verb.takes:
        start = scene.starts[opened]
    elif ("free" in verb.takes and not _aside(scene, first, gap)) or ("sebagai" in verb.takes and "sebagai" in scene.words[first + 1 : total]):
        start = scene.starts[first]
    if start is None:
        return None
    return _whole(scene, start, bounds)


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
    rules = speech()
    word = scene.words[first]
    return bool(gap.strip(" \u00a0\n'‘\"“")) or (
        word in rules.empty_followers and word not in ("sebagai", "dalam", "kepada")
    )


def _whole(scene: Scene, start: int, bounds: Span) -> Span | None:
    """The stretch from start to the end of the sentence, without closing marks; None where it says nothing."""
    rules = speech()
    end = bounds.end
    while (
        end > start
        and scene.text[end - 1] in TRAILING
        and not (scene.text[end - 1] in '"”' and _holds_mark(scene, start, end - 1))
    ):
        end -= 1
    span = Span(start=start, end=end)
    low, high = scene.word_from(start), scene.word_from(end)
    if high - low < LEAST_WORDS:
        return None
    lead = " ".join(scene.words[low : low + 4])
    for phrase in rules.empty_contents:
        if lead == phrase or lead.startswith(phrase + " "):
            after = low + phrase.count(" ") + 1
            if after >= high or scene.words[after] in rules.empty_followers or "," in scene.between(after - 1, after):
                return None
    if any(lead.startswith(phrase) for phrase in rules.not_contents):
        return None
    return span


def _holds_mark(scene: Scene, start: int, end: int) -> bool:
    return any(mark in scene.text[start:end] for mark in '"“')


# ---------------------------------------------------------------- menurut X, ...


def _by_menurut(scene: Scene, number: int, bounds: Span) -> Found | None:
    rules = speech()
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    if scene.words[number] == "menurutnya":
        candidate: Candidate | None = suffix_speaker(scene, number)
        after = cue.end
    else:
        first = number + 1
        if first >= len(scene.words) or scene.words[first] in rules.menurut_not:
            return None
        while (
            first + 1 < len(scene.words)
            and scene.words[first] in rules.menurut_carriers
            and (scene.mention_at(scene.starts[first]) is None and scene.words[first + 1] not in rules.determiners)
        ):
            first += 1
        candidate = speaker_after(scene, first, bounds.end)
        if candidate is None:
            return None
        after = candidate.span.end
    content = _around(scene, cue.start, after, candidate, bounds)
    return Found(content, "indirect", cue.start, "menurut", cue, candidate) if content is not None else None


def _around(scene: Scene, cue: int, after: int, candidate: Candidate | None, bounds: Span) -> Span | None:
    """The clause behind `menurut X`, or the one before it where the sentence ends with it."""
    text = scene.text
    comma = text.find(",", after, bounds.end)
    while comma > 0 and _names_on(scene, comma, bounds.end):
        comma = text.find(",", comma + 1, bounds.end)
    rest = comma + 1 if comma >= 0 else after
    while rest < bounds.end and not text[rest].isalnum() and text[rest] not in "\"“'‘(":
        rest += 1
    behind = _whole(scene, rest, bounds) if rest < bounds.end else None
    lead = text[bounds.start : cue].rstrip()
    words_before = scene.word_from(cue) - scene.word_from(bounds.start)
    if lead.endswith(",") and words_before > LEAST_WORDS and (behind is None or comma < 0):
        return _whole(scene, bounds.start, Span(start=bounds.start, end=cue))
    if comma < 0 and words_before > 5 and behind is not None and not lead.endswith(("tapi", "namun")):
        behind_words = scene.word_from(bounds.end) - scene.word_from(after)
        if behind_words < words_before and not lead.lower().endswith("yang"):
            return _whole(scene, bounds.start, Span(start=bounds.start, end=cue))
    return behind


def _names_on(scene: Scene, comma: int, end: int) -> bool:
    """Whether what follows a comma still describes the speaker or the day: `menurut X, dosen di Y, ...`."""
    number = scene.word_from(comma)
    if number >= len(scene.words) or scene.starts[number] >= end:
        return False
    rules = speech()
    word = scene.words[number]
    later = scene.text.find(",", comma + 1, end)
    short = later >= 0 and scene.word_from(later) - number <= 14
    day = word in (
        "senin",
        "selasa",
        "rabu",
        "kamis",
        "jumat",
        "sabtu",
        "minggu",
        "ahad",
        "pada",
        "seperti",
        "dikutip",
        "dilansir",
    )
    return short and (day or (word in rules.heads and word not in rules.body))


# ---------------------------------------------------------------- ..., kata X, ... and passives


def _by_aside(scene: Scene, number: int, bounds: Span) -> Found | None:
    """`Angka ini, kata Luhut, naik` and `Angka ini naik, kata Luhut.`"""
    word = scene.words[number]
    lead = scene.text[max(0, scene.starts[number] - 2) : scene.starts[number]].rstrip()
    if not (lead.endswith(",") or scene.starts[number] == bounds.start) or word in ("aku", "minta", "isi"):
        return None
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    if word.endswith("nya") and word != "tanya":
        candidate: Candidate | None = suffix_speaker(scene, number)
        after = cue.end
    else:
        candidate = speaker_after(scene, number + 1, bounds.end)
        if candidate is None or (candidate.sort == "role" and candidate.head not in speech().heads):
            return None
        after = candidate.span.end
    if scene.starts[number] == bounds.start and "," not in scene.text[after : after + 2]:
        return None
    content = _around(scene, cue.start, after, candidate, bounds)
    return Found(content, "indirect", cue.start, "aside", cue, candidate) if content is not None else None


def _by_passive(scene: Scene, number: int, bounds: Span) -> Found | None:
    """`RUU itu diprediksi para ahli akan ...`, `..., demikian disampaikan oleh media pemerintah`."""
    first = number + 1
    if first >= len(scene.words) or scene.starts[first] >= bounds.end:
        return None
    oleh = scene.words[first] == "oleh"
    candidate = speaker_after(scene, first, bounds.end)
    if (
        candidate is None
        or candidate.sort == "pronoun"
        or (candidate.mention is None and not oleh and candidate.head not in speech().group)
    ):
        return None
    if candidate.mention is not None and candidate.mention.label not in ("PER", "ORG", "GPE"):
        return None
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    before = number - 1
    if (
        before >= 0
        and scene.words[before] in ("demikian", "seperti", "sebagaimana")
        and scene.starts[before] > bounds.start
    ):
        content = _whole(scene, bounds.start, Span(start=bounds.start, end=scene.starts[before]))
    else:
        rest = scene.word_from(candidate.span.end)
        if (
            rest >= len(scene.words)
            or scene.starts[rest] >= bounds.end
            or scene.words[rest] not in speech().conjunctions | {"melakukan", "sebagai"}
        ):
            return None
        content = _whole(scene, scene.starts[rest], bounds)
    return Found(content, "indirect", cue.start, "passive", cue, candidate) if content is not None else None


# ---------------------------------------------------------------- after all are found


def _trimmed(scene: Scene, found: list[Found]) -> list[Found]:
    """Contents cut where a coordinated cue or a source clause begins."""
    out: list[Found] = []
    for place, one in enumerate(found):
        end = one.content.end
        for other in found[place + 1 : place + 3]:
            if other.candidate is not None and other.candidate.sort == "same" and one.content.start < other.at < end:
                end = other.candidate.span.start
        for mark in (
            ", seperti dikutip",
            ", dikutip",
            ", seperti dilansir",
            ", dilansir",
            ", sebagaimana di",
            ", kata ",
            ", ujar ",
        ):
            place_of = scene.text.find(mark, one.content.start, end)
            if place_of > one.content.start + 15:
                end = place_of
        while end > one.content.start and scene.text[end - 1] in " ,\n\u00a0":
            end -= 1
        out.append(replace(one, content=Span(start=one.content.start, end=end)))
    return [one for one in out if one.content.end > one.content.start]


def _mixed(one: Found, stretches: list[Marked]) -> Found:
    kind: QuoteKind = "indirect"
    for marked in stretches:
        if one.content.start <= marked.outer.start and marked.outer.end <= one.content.end + 2:
            kind = "mixed"
            break
    return replace(one, kind=kind)
