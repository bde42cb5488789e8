"""Speech between quotation marks: which stretches are speech, by which cue, by whom."""

from dataclasses import dataclass

from core.model import QuoteKind, Span
from core.tag.candidates import Candidate, suffix_speaker
from core.tag.marks import Marked
from core.tag.scene import Scene
from core.tag.speakers import speaker_after, speaker_before
from core.tag.verbs import speech

LEAST_WORDS = 4
STANDING_WITHIN = 8  # words between what a speaker is reported to have said and their own words
CUE_REACH = 14  # words between a cue that stands before and its opening mark


@dataclass(frozen=True, slots=True)
class Found:
    """Speech found, its speaker not yet resolved. at orders finds; cue_span is None for speech that only continues."""

    content: Span
    kind: QuoteKind
    at: int
    rule: str
    cue: Span | None
    candidate: Candidate | None


def count_words(scene: Scene, span: Span) -> int:
    return scene.word_from(span.end) - scene.word_from(span.start)


def find_direct(scene: Scene, stretches: list[Marked]) -> list[Found]:
    """Direct speech among the marked stretches, in order of text."""
    found: list[Found] = []
    for place, marked in enumerate(stretches):
        following = stretches[place + 1].outer.start if place + 1 < len(stretches) else len(scene.text)
        marked = _ended(scene, marked)
        one = _cued_after(scene, marked, following) or _cued_before(scene, marked)
        if one is None and not marked.single:
            one = _continued(scene, marked, found[-1] if found else None)
        if one is not None and count_words(scene, one.content) >= LEAST_WORDS:
            found.append(one)
    return found


def _ended(scene: Scene, marked: Marked) -> Marked:
    """An unclosed stretch, ended before the cue that gives its close away (`..., kata Budi`)."""
    if marked.closed:
        return marked
    rules = speech()
    first, last = scene.word_from(marked.content.start), scene.word_from(marked.content.end)
    for number in range(first + LEAST_WORDS, last):
        if scene.words[number] in rules.bare and scene.between(number - 1, number).strip() == ",":
            end = scene.ends[number - 1] + 1
            content = Span(start=marked.content.start, end=end)
            return Marked(content=content, outer=Span(start=marked.outer.start, end=end), closed=False)
    return marked


def _cued_after(scene: Scene, marked: Marked, following: int) -> Found | None:
    """`"...," ujar Budi`, `"...," kata dia`, `"...," ia memposting`, `"...," demikian pernyataan kantor itu`."""
    rules = speech()
    number = scene.word_from(marked.outer.end)
    if number >= len(scene.words) or scene.starts[number] > marked.outer.end + 4:
        return None
    gap = scene.text[marked.outer.end : scene.starts[number]]
    if "\n" in gap or gap.strip() not in ("", ",", ".", "-", "–", "—", "'", "’", ".,", ",."):
        return None
    stop = min(scene.clause_end(scene.starts[number]), following)
    word = scene.words[number]
    if word in ("demikian", "begitu", "begitulah") and number + 1 < len(scene.words):
        number += 1
        word = scene.words[number]
        if word in rules.nouns or word in rules.passive:
            return _said(scene, marked, number, number - 1, stop)
    if word in rules.bare or (word in rules.nouns and gap.strip() == "" and not scene.capital(number)):
        return _said(scene, marked, number, number, stop)
    if word in rules.passive and gap.strip() in ("", ","):
        return _said(scene, marked, number, number, stop)
    return _subject_first(scene, marked, number, stop)


def _said(scene: Scene, marked: Marked, number: int, first: int, stop: int) -> Found | None:
    if scene.words[number].endswith("nya") and scene.words[number] not in ("hanya", "tanya"):
        candidate: Candidate | None = suffix_speaker(scene, number)
    else:
        candidate = speaker_after(scene, number + 1, stop)
    if candidate is None:
        return None
    cue = Span(start=scene.starts[first], end=scene.ends[number])
    return Found(marked.content, "direct", marked.outer.start, "cue-after", cue, candidate)


def _subject_first(scene: Scene, marked: Marked, number: int, stop: int) -> Found | None:
    """A cue whose subject stands between the closing mark and its verb."""
    rules = speech()
    gap = scene.text[marked.outer.end : scene.starts[number]]
    content = marked.content.of(scene.text).rstrip()
    if gap.strip() == "." or (content.endswith(".") and scene.capital(number) and gap.strip() in ("", ",")):
        return None
    for verb in range(number + 1, min(number + CUE_REACH, len(scene.words))):
        if scene.starts[verb] >= stop:
            return None
        if scene.words[verb] in rules.active and scene.mention_at(scene.starts[verb]) is None:
            candidate = speaker_before(scene, verb, marked.outer.end)
            if candidate is None or candidate.sort == "same":
                return None
            cue = Span(start=scene.starts[verb], end=scene.ends[verb])
            return Found(marked.content, "direct", marked.outer.start, "subject-first", cue, candidate)
    return None


def _cued_before(scene: Scene, marked: Marked) -> Found | None:
    """`Budi mengatakan, "..."`, `Kata Budi: "..."`, `dengan kalimat, "..."`."""
    rules = speech()
    lead = scene.text[max(0, marked.outer.start - 3) : marked.outer.start].rstrip(" \u00a0")
    if not lead.endswith((",", ":")) or lead.endswith((".,", ". ,")) or marked.single:
        return None
    last = scene.word_before(marked.outer.start)
    for number in range(last, max(last - CUE_REACH, -1), -1):
        if number < last and not _same_clause(scene, number):
            return None
        word = scene.words[number]
        if word in rules.active or (word in rules.bare and not word.endswith("nya")):
            return _said_before(scene, marked, number)
        if word in rules.bare:
            cue = Span(start=scene.starts[number], end=scene.ends[number])
            return Found(marked.content, "direct", cue.start, "cue-before", cue, suffix_speaker(scene, number))
    return None


def _same_clause(scene: Scene, number: int) -> bool:
    gap = scene.between(number, number + 1)
    return not any(mark in gap for mark in '.!?\n"“”;')


def _said_before(scene: Scene, marked: Marked, number: int) -> Found | None:
    rules = speech()
    word = scene.words[number]
    floor = _clause_start(scene, number)
    candidate = speaker_before(scene, number, floor) if word in rules.active else None
    if candidate is None and word in rules.bare:
        candidate = speaker_after(scene, number + 1, marked.outer.start)
    if (candidate is None or candidate.sort == "same") and word in rules.active:
        candidate = _spoke_earlier(scene, number, floor) or candidate
    if candidate is None:
        return None
    cue = Span(start=scene.starts[number], end=scene.ends[number])
    return Found(marked.content, "direct", cue.start, "cue-before", cue, candidate)


def _spoke_earlier(scene: Scene, number: int, floor: int) -> Candidate | None:
    """The subject of an earlier verb of speech in the same sentence: `Budi memuji warga, menambahkan: "..."`."""
    rules = speech()
    for back in range(scene.word_from(floor), number):
        if scene.words[back] in rules.active and (found := speaker_before(scene, back, floor)) is not None:
            return found
    return None


def _clause_start(scene: Scene, number: int) -> int:
    """Offset where the sentence of a word starts."""
    back = number
    while back > 0 and number - back < 60:
        gap = scene.between(back - 1, back)
        if any(mark in gap for mark in '!?\n"“”') or (
            "." in gap and not (len(scene.words[back - 1]) <= 2 or scene.mention_at(scene.ends[back - 1]))
        ):
            break
        back -= 1
    return scene.starts[back]


def _continued(scene: Scene, marked: Marked, previous: Found | None) -> Found | None:
    """Speech without a cue of its own, right behind speech that had one."""
    if previous is None or previous.kind != "direct":
        return None
    text = scene.text
    lead = text[: marked.outer.start].rstrip()
    begins = not lead or lead[-1] in '.!?\n"”,:' or text[len(lead) : marked.outer.start].count("\n") > 0
    whole = marked.content.of(text).rstrip()[-1:] in (".", "!", "?", ",", "…") or text[
        marked.outer.end : marked.outer.end + 1
    ] in (".", "\n", "")
    between = text[previous.content.end : marked.outer.start]
    near = len(between.split()) <= 24 and scene.clause_end(previous.content.end + 1) >= marked.outer.start - 3
    if not (begins and whole and near):
        return None
    return Found(marked.content, "direct", marked.outer.start, "continued", None, None)


def find_standing(scene: Scene, stretches: list[Marked], found: list[Found]) -> list[Found]:
    """Whole sentences between marks right behind reported speech: the one reported goes on in their own words."""
    text = scene.text
    standing: list[Found] = []
    for marked in stretches:
        content = marked.content.of(text).strip()
        if marked.single or not marked.closed or count_words(scene, marked.content) < LEAST_WORDS:
            continue
        whole = content[:1].isupper() and content[-1:] in (".", "!", "?", "…")
        lead = text[: marked.outer.start].rstrip()
        if not whole or lead[-1:] not in (".", "!", "?", "\n", "”", '"'):
            continue
        if any(one.content.start < marked.outer.end and marked.outer.start < one.content.end for one in found):
            continue
        before = [one for one in found + standing if one.content.end <= marked.outer.start]
        ends = max((max(one.content.end, one.cue.end if one.cue else 0) for one in before), default=None)
        if ends is not None and len(text[ends : marked.outer.start].split()) <= STANDING_WITHIN:
            standing.append(Found(marked.content, "direct", marked.outer.start, "continued", None, None))
    return standing
