"""Speech without marks: `Budi mengatakan (bahwa) ...`, `Menurut Budi, ...`, `..., kata Budi, ...`."""

import re
from bisect import bisect_right
from dataclasses import replace

from core.model import QuoteKind, Span
from core.tag.candidates import Candidate, suffix_speaker
from core.tag.direct import Found
from core.tag.marks import Marked
from core.tag.said import CONTRASTS, TURNS, after_verb, around, whole
from core.tag.scene import Scene
from core.tag.speakers import speaker_after, speaker_before
from core.tag.verbs import Verb, speech

CUTS = ("--", *CONTRASTS)
SECOND_CUES = (", kata ", ", ujar ")  # what another cue claims is not the verb's
JOINT = re.compile(r"\.\s?,+(?=\S)|(?<=[a-z)])\.(?=[A-Z][a-z])")
CUT_AFTER = 15  # code points of what was said that must stand before a cut


def find_indirect(scene: Scene, stretches: list[Marked], direct: list[Found]) -> list[Found]:
    """Indirect and mixed speech outside direct speech, in order of text."""
    rules = speech()
    taken = sorted((one.content.start, one.content.end) for one in direct)
    cues = {one.cue.start for one in direct if one.cue is not None}
    sentences = [sentence.span for sentence in scene.reading.sentences]
    starts = [span.start for span in sentences]
    found: list[Found] = []
    for number, word in enumerate(scene.words):
        if word not in rules.cues:
            continue
        start = scene.starts[number]
        place = bisect_right(starts, start) - 1
        if start in cues or place < 0 or start >= sentences[place].end or _inside(taken, start):
            continue
        if scene.mention_at(start) is None:
            bounds = _led(scene, _bounds(scene, sentences[place], taken, start), number)
            one = _find(scene, number, bounds, found)
            if one is not None:
                found.append(one)
    return [_with_kind(one, stretches) for one in _trimmed(scene, found)]


def _inside(taken: list[tuple[int, int]], offset: int) -> bool:
    place = bisect_right(taken, offset, key=lambda pair: pair[0]) - 1
    return place >= 0 and offset < taken[place][1]


def _bounds(scene: Scene, sentence: Span, taken: list[tuple[int, int]], offset: int) -> Span:
    """The sentence around an offset, cut where direct speech ends before it or begins after it."""
    start, end = sentence.start, sentence.end
    # Some copies join their paragraphs by a comma: `... kemarin.,Ia mengatakan ...`
    for joint in JOINT.finditer(scene.text, start, end):
        if joint.end() <= offset:
            start = joint.end()
        else:
            end = joint.start()
            break
    for low, high in taken:
        if high <= offset:
            start = max(start, high)
        elif low > offset:
            end = min(end, low)
            break
    return Span(start=start, end=end)


def _led(scene: Scene, bounds: Span, number: int) -> Span:
    """The bounds without the clause that names a source: `Dilansir AFP, Rabu (1/4), menurut Budi harga naik`."""
    rules = speech()
    first = scene.word_from(bounds.start)
    if first >= number or scene.words[first] not in rules.source_leads:
        return bounds
    start = bounds.start
    comma = scene.text.find(",", start, scene.starts[number])
    while comma >= 0:
        following = scene.word_from(comma)
        start = scene.starts[following]
        dated = scene.words[following] in rules.stops or scene.words[following].isdigit()
        comma = scene.text.find(",", start, scene.starts[number]) if dated and following < number else -1
    return Span(start=start, end=bounds.end)


def _find(scene: Scene, number: int, bounds: Span, found: list[Found]) -> Found | None:
    rules = speech()
    word = scene.words[number]
    if word in ("menurut", "menurutnya"):
        return _by_menurut(scene, number, bounds)
    verb = rules.active.get(word)
    if verb is not None and (one := _by_verb(scene, number, verb, bounds, found)) is not None:
        return one
    if word in rules.passive:
        return _by_passive(scene, number, bounds)
    if word in rules.own_passive:
        return _by_own_passive(scene, number, bounds)
    return _by_aside(scene, number, bounds) if word in rules.bare else None


def _by_verb(scene: Scene, number: int, verb: Verb, bounds: Span, found: list[Found]) -> Found | None:
    """`Budi mengatakan bahwa ...`, `... dan berjanji akan ...`."""
    if not verb.takes:
        return None
    candidate = speaker_before(scene, number, bounds.start)
    if candidate is None:
        return None
    here = bool(found) and found[-1].at >= bounds.start
    if candidate.sort == "same":
        if verb.kind == "urges" or not here:
            return None
    elif here and _nested(scene, found[-1], number):
        return None
    content = after_verb(scene, number, verb, bounds, by_body=_is_body(candidate))
    if content is None:
        return None
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    return Found(content, "indirect", cue.start, "verb", cue, candidate)


def _nested(scene: Scene, outer: Found, number: int) -> bool:
    """Whether a verb stands inside what another verb of speech already reports."""
    start = scene.starts[number]
    if outer.rule != "verb" or not outer.content.start <= start < outer.content.end:
        return False
    return not any(mark in scene.folded[outer.content.start : start] for mark in TURNS)


def _is_body(candidate: Candidate) -> bool:
    if candidate.mention is not None:
        return candidate.sort == "name" and candidate.mention.label == "ORG"
    return candidate.sort == "role" and candidate.head in speech().body - speech().person


def _by_menurut(scene: Scene, number: int, bounds: Span) -> Found | None:
    """`Menurut Budi, ...`, `..., menurut laporan Bank Dunia`."""
    rules = speech()
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    if scene.words[number] == "menurutnya":
        candidate: Candidate | None = suffix_speaker(scene, number)
        after = cue.end
    else:
        first = number + 1
        if first >= len(scene.words) or scene.words[first] in rules.menurut_not:
            return None
        while _carries(scene, first):
            first += 1
        candidate = speaker_after(scene, first, bounds.end)
        if candidate is None:
            return None
        after = candidate.span.end
    content = around(scene, cue.start, after, bounds, suffix=after == cue.end)
    return Found(content, "indirect", cue.start, "menurut", cue, candidate) if content is not None else None


def _carries(scene: Scene, number: int) -> bool:
    """Whether a word only leads to the name behind it: `laporan`, `kantor berita`."""
    rules = speech()
    if number + 1 >= len(scene.words) or scene.words[number] not in rules.menurut_carriers:
        return False
    return scene.mention_at(scene.starts[number]) is None and scene.words[number + 1] not in rules.determiners


def _by_aside(scene: Scene, number: int, bounds: Span) -> Found | None:
    """`Angka ini, kata Luhut, naik` and `Angka ini naik, kata Luhut.`"""
    word = scene.words[number]
    start = scene.starts[number]
    lead = scene.text[max(0, start - 2) : start].rstrip()
    opens = word in ("kata", "ujar") and scene.text[bounds.start : start].strip(" ,") == ""
    named = number + 1 < len(scene.words) and scene.words[number + 1] == "saja"  # `sebut saja Rina` names an example
    if not (lead.endswith(",") or opens) or word not in speech().asides or named:
        return None
    cue = Span(start=start, end=scene.ends[number])
    if word.endswith("nya"):
        candidate: Candidate | None = suffix_speaker(scene, number)
        after = cue.end
    else:
        candidate = speaker_after(scene, number + 1, bounds.end)
        if candidate is None or (candidate.sort == "role" and candidate.head not in speech().heads):
            return None
        after = candidate.span.end
    if opens and "," not in scene.text[after : after + 2]:
        return None
    within = Span(start=start, end=bounds.end) if opens else bounds
    content = around(scene, start, after, within, suffix=after == cue.end)
    return Found(content, "indirect", cue.start, "aside", cue, candidate) if content is not None else None


def _by_passive(scene: Scene, number: int, bounds: Span) -> Found | None:
    """`RUU itu diprediksi para ahli akan ...`, `..., demikian disampaikan oleh media pemerintah`."""
    rules = speech()
    first = number + 1
    if first >= len(scene.words) or scene.starts[first] >= bounds.end or (number and scene.words[number - 1] == "yang"):
        return None
    candidate = speaker_after(scene, first, bounds.end)
    if candidate is None or not _does(scene, candidate, first):
        return None
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    before = number - 1
    if before >= 0 and scene.words[before] in rules.thus and scene.starts[before] > bounds.start:
        content = whole(scene, bounds.start, Span(start=bounds.start, end=scene.starts[before]))
    else:
        rest = scene.word_from(candidate.span.end)
        goes_on = rest < len(scene.words) and scene.starts[rest] < bounds.end
        if not goes_on or scene.words[rest] not in rules.conjunctions | rules.passive_openers:
            return None
        content = whole(scene, scene.starts[rest], bounds)
    return Found(content, "indirect", cue.start, "passive", cue, candidate) if content is not None else None


def _by_own_passive(scene: Scene, number: int, bounds: Span) -> Found | None:
    """`Dikatakannya, harga naik`, `Harga itu disebutnya terlalu tinggi`."""
    rules = speech()
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    before = scene.words[scene.word_from(bounds.start) : number]
    behind = number + 1
    if behind < len(scene.words) and scene.words[behind] in rules.openers:
        behind += 1
    if behind >= len(scene.words) or scene.starts[behind] >= bounds.end or "yang" in before[-2:]:
        return None
    if not before:
        content = whole(scene, scene.starts[behind], bounds)
    elif any(" ".join(before).startswith(phrase) for phrase in rules.empty_contents):
        return None
    else:
        content = whole(scene, bounds.start, bounds)
    candidate = suffix_speaker(scene, number)
    return Found(content, "indirect", cue.start, "passive", cue, candidate) if content is not None else None


def _does(scene: Scene, candidate: Candidate, first: int) -> bool:
    """Whether a candidate behind a passive verb is its doer."""
    if candidate.sort == "pronoun":
        return False
    if candidate.mention is not None:
        return candidate.mention.label in ("PER", "ORG", "GPE")
    return scene.words[first] == "oleh" or candidate.head in speech().group


def _trimmed(scene: Scene, found: list[Found]) -> list[Found]:
    """Contents cut where a coordinated cue, another speaker or a source begins."""
    out: list[Found] = []
    for place, one in enumerate(found):
        start, end = one.content.start, one.content.end
        for other in found[place + 1 : place + 3]:
            if other.candidate is None or one.rule != "verb" or not start < other.at < end:
                continue
            turns = [scene.folded.rfind(mark, start, other.at) for mark in TURNS]
            end = other.candidate.span.start if other.candidate.sort == "same" else max([*turns, -1]) + 1 or end
        cuts = CUTS + speech().source_tails
        told = one.candidate.span.end if one.rule == "aside" and one.candidate is not None else start
        for mark in cuts + SECOND_CUES if one.rule == "verb" else cuts:
            cut = scene.folded.find(mark, max(start, told + 1), end)
            if cut > start + CUT_AFTER:
                end = cut
        while end > start and scene.text[end - 1] in " ,\n\u00a0":
            end -= 1
        if end > start:
            out.append(replace(one, content=Span(start=start, end=end)))
    return out


def _with_kind(one: Found, stretches: list[Marked]) -> Found:
    """Indirect speech that holds quoted words is mixed."""
    held = any(one.content.start <= m.outer.start and m.outer.end <= one.content.end + 2 for m in stretches)
    kind: QuoteKind = "mixed" if held else "indirect"
    return replace(one, kind=kind)
