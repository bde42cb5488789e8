"""Where names stand in a text: known names, names the model sees, and what their surroundings say about both."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from core.model import Label
from core.resources import load_yaml
from core.tag.gazetteer import Hit, gazetteer
from core.tag.heads import behind_titles, head_runs, introduced, koreans, tail_runs
from core.tag.name_features import KNOWN, cut_ordinary_words, ordinary_words
from core.tag.name_model import Guess, name_model
from core.tag.shaping import (
    Found,
    cleaned,
    head_label,
    is_calendar,
    is_head,
    joined,
    may_go_on,
    split_firms,
    split_hyphens,
    with_initial,
    word_lists,
)
from core.tag.tokens import Words

SURE_GUESS = 0.62  # below, a name that only the model sees is left out
BODIES = frozenset({"lembaga", "lembaga negara", "kementerian", "partai", "ormas", "kampus"})  # kinds with branches
_LONGEST_HEADLINE = 24  # words
_CREDITS = frozenset(["Editor", "Penulis", "Reporter", "Kontributor", "|"])
_DOMAIN = re.compile(r"[A-Z][\w-]*(?:\.[a-z]{2,3})?\.(?:com|co|id|net|org|tv|co\.id|go\.id)", re.IGNORECASE)
_KNOWN_NUMBER = {name: number for number, name in enumerate(KNOWN)}


@dataclass(frozen=True, slots=True)
class _Caution:
    """What must stand before a name, what must not, and which entities the article must speak of."""

    behind: frozenset[str] | None
    unless: frozenset[str]
    context: frozenset[str]


@cache
def _cautions() -> dict[str, _Caution]:
    rows = load_yaml("cautions.yaml")
    behind, unless, context = (
        {str(name): frozenset(map(str, listed)) for name, listed in rows[kind].items()}
        for kind in ("names", "unless", "context")
    )
    return {
        name: _Caution(behind.get(name), unless.get(name, frozenset()), context.get(name, frozenset()))
        for name in {*behind, *unless, *context}
    }


def find_names(words: Words) -> list[Found]:
    """All names of a text, in order and without overlap."""
    every_hit = _without_rivals(words, gazetteer().find(words.text))
    hits = _standing(words, every_hit)
    kept_places = {(hit.start, hit.end) for hit in hits}
    denied = {(hit.start, hit.end) for hit in every_hit} - kept_places
    known = [0] * len(words)
    placed = [_placed(words, hit) for hit in hits]
    for hit, (first, last) in zip(hits, placed, strict=True):
        if first < last and words.starts[first] == hit.start and words.ends[last - 1] == hit.end:
            label = hit.rows[0].entity.label
            known[first] = _KNOWN_NUMBER["B-" + label]
            for number in range(first + 1, last):
                known[number] = _KNOWN_NUMBER["I-" + label]
    guesses = _headline_guesses(words, name_model().find(words, known))
    names = _longest([*_cut_short(words, known), *_merged(words, hits, placed, guesses, denied)])
    names = split_firms(words, joined(words, _longest([*names, *_domains(words), *_authors(words)])))
    names = _longest([*head_runs(words, names), *tail_runs(words, names), *names])
    names = _with_places(words, names)
    names = _longest([*behind_titles(words, names), *introduced(words, names), *koreans(words), *names])
    names = split_hyphens(words, names)
    taken = 0
    kept = []
    for name in names:
        name = with_initial(words, name, taken)
        taken = name.end
        if _is_name(words, name):
            kept.append(name)
    return kept


def _headline_guesses(words: Words, guesses: list[Guess]) -> list[Guess]:
    """Guesses without those in headlines, where a capital tells nothing, whose words no guess elsewhere has."""
    titled = [_is_titled(words.forms[first:last], first in words.headings) for first, last in pairwise(words.firsts)]
    if not any(titled):
        return guesses
    here = [titled[bisect_right(words.firsts, guess.first) - 1] for guess in guesses]
    elsewhere = {
        form
        for guess, in_headline in zip(guesses, here, strict=True)
        if not in_headline
        for form in words.forms[guess.first : guess.last]
    }
    return [
        guess
        for guess, in_headline in zip(guesses, here, strict=True)
        if not in_headline or elsewhere.issuperset(words.forms[guess.first : guess.last])
    ]


def _is_titled(forms: list[str], heading: bool) -> bool:
    """Whether a stretch is written as a headline: short, no full stop, and even its plain words with a capital."""
    if len(forms) > _LONGEST_HEADLINE or not _CREDITS.isdisjoint(forms) or forms[-1:] == ["."]:
        return False
    plain = [form for form in forms if len(form) > 3 and (heading or form.lower() in ordinary_words())]
    return len(plain) > 2 and sum(form[0].isupper() for form in plain) >= 0.75 * len(plain)


def _placed(words: Words, hit: Hit) -> tuple[int, int]:
    first = bisect_left(words.starts, hit.start)
    if first and (first == len(words) or words.starts[first] > hit.start) and words.ends[first - 1] > hit.start:
        first -= 1
    return first, bisect_left(words.starts, hit.end)


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Words right beside a known name that make it no name of its own."""

    behind: frozenset[str]
    before_place: frozenset[str]
    before_any: frozenset[str]


@cache
def _neighbours() -> _Neighbours:
    rows = load_yaml("cautions.yaml")
    kinds = ("swallowed", "swallowing", "initials_behind")
    return _Neighbours(*(frozenset(map(str, rows[kind])) for kind in kinds))


def _standing(words: Words, hits: list[Hit]) -> list[Hit]:
    """The hits whose surroundings let them be that name and not a plain word."""
    cautions = _cautions()
    present = {row.entity.id for hit in hits for row in hit.rows if words.text[hit.start : hit.end] not in cautions}
    kept = []
    for hit in hits:
        if _swallowed(words.text, hit):
            continue
        hit = _without_mayor(words.text, hit)
        caution = cautions.get(words.text[hit.start : hit.end])
        if caution is None or _stands(words, hit, caution, present):
            kept.append(hit)
    return kept


def _without_rivals(words: Words, hits: list[Hit]) -> list[Hit]:
    """Of a town and a club of one name the club on sports pages, but for `di`, `ke`, `dari`; else the town."""
    if not any(len({row.entity.label for row in hit.rows}) > 1 for hit in hits):
        return hits
    lists = word_lists()
    sports = sum(form in lists.sport_words for form in words.forms) > 3
    kept = []
    for hit in hits:
        before = words.text[max(0, hit.start - 8) : hit.start].split()
        club = sports and (not before or before[-1].lower() not in ("di", "ke", "dari", "kota"))
        fitting = tuple(row for row in hit.rows if (row.entity.label == "ORG") == club)
        kept.append(Hit(hit.start, hit.end, fitting or hit.rows, hit.exact))
    return kept


def _swallowed(text: str, hit: Hit) -> bool:
    """Whether a name is only part of an event's, or stands for one that is withheld."""
    beside = _neighbours()
    if text[hit.end : hit.end + 1] == " " and _next_word(text, hit.end + 1) in beside.behind:
        return True
    before = text[max(0, hit.start - 14) : hit.start]
    if not before.endswith(" "):
        return False
    word = before.rstrip().rpartition(" ")[2]
    return word in beside.before_any or (word in beside.before_place and hit.rows[0].entity.label in ("GPE", "LOC"))


def _next_word(text: str, start: int) -> str:
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end]


def _without_mayor(text: str, hit: Hit) -> Hit:
    """`Wali Kota Solo` names Solo, not Kota Solo."""
    if text.startswith("Kota ", hit.start) and text[max(0, hit.start - 5) : hit.start].lower() == "wali ":
        rows = gazetteer().named(text[hit.start + 5 : hit.end])
        if rows:
            return Hit(hit.start + 5, hit.end, rows, hit.exact)
    return hit


def _stands(words: Words, hit: Hit, caution: _Caution, present: set[str]) -> bool:
    before = words.text[max(0, hit.start - 40) : hit.start].lower()
    nearby = {piece.strip("\"'“‘([,.") for piece in before.split()[-2:]}
    before = before.rstrip()
    if before.endswith(("(", ",")):
        nearby.add(before[-1])
    if caution.unless & nearby or (caution.context and not caution.context & present):
        return False
    if caution.behind is None or caution.behind & nearby:
        return True
    return any(before.endswith(phrase) for phrase in caution.behind if " " in phrase or phrase.endswith("-"))


def _merged(
    words: Words, hits: list[Hit], placed: list[tuple[int, int]], guesses: list[Guess], denied: set[tuple[int, int]]
) -> list[Found]:
    """Known names and what the model sees, in one list without overlap; denied are stretches that are no name here."""
    found: list[Found] = []
    for hit, (first, last) in zip(hits, placed, strict=True):
        label = hit.rows[0].entity.label
        found.append(Found(hit.start, hit.end, first, last, label, hit.rows, "gazetteer", 1.0 if hit.exact else 0.9))
    by_word = {number: name for name in found for number in range(name.first, name.last)}
    for guess in guesses:
        if guess.score < SURE_GUESS:
            continue
        for first, last in cleaned(words, guess.first, guess.last, guess.label):
            start, end = words.starts[first], words.ends[last - 1]
            stopped = words.text[end : end + 1] == "." and words.forms[last - 1].lower() in cut_ordinary_words()
            if (
                (last - first == 1 and stopped)
                or (start, end) in denied
                or not _may_be(words.forms[first:last], guess.label)
                or words.text[start - 1 : start] in ("@", "#")
            ):
                continue
            inside = {id(by_word[number]): by_word[number] for number in range(first, last) if number in by_word}
            if not _yields(words, (first, last), guess, list(inside.values())):
                start, end = words.starts[first], words.ends[last - 1]
                found.append(
                    Found(start, end, first, last, _label(words, first, last, guess), (), "model", guess.score)
                )
    return _longest(found)


def _cut_short(words: Words, known: list[int]) -> list[Found]:
    """Known names that lost their last letter before a stop, as some saved pages do: `di Mosko. Rusi. dan`."""
    found = []
    forms = words.forms
    total = len(forms)
    for number in (capital + 1 for capital in words.capitals):
        if number == total or forms[number] != "." or known[number - 1]:
            continue
        end = words.ends[number - 1]
        if words.starts[number] != end or forms[number - 1].lower() in ordinary_words():
            continue
        for first in [first for first in range(max(0, number - 4), number) if forms[first][0].isupper()]:
            if rows := gazetteer().shortened(words.text[words.starts[first] : end]):
                label = rows[0].entity.label
                found.append(Found(words.starts[first], end, first, number, label, rows, "cut short", 0.75))
                break
    return found


def _may_open(words: Words, name: Found, score: float) -> bool:
    """Whether a known name may be a given name too: one word, no short form, in a guess that is sure."""
    return name.last - name.first == 1 and score > 0.8 and not words.forms[name.first].isupper()


def _yields(words: Words, span: tuple[int, int], guess: Guess, inside: list[Found]) -> bool:
    """Whether a guess gives way to the known names in it."""
    (first, last), label, score = span, guess.label, guess.score
    if not inside:
        return False
    if min(name.first for name in inside) < first or max(name.last for name in inside) > last:
        return True
    covered = sum(name.last - name.first for name in inside)
    alike = len(inside) == 1 and (inside[0].start, inside[0].end) == (words.starts[first], words.ends[last - 1])
    if covered >= last - first and not (alike and inside[0].label != "PER" and label == "PER"):
        return True
    opening = words.forms[first].lower()
    if opening in ("pemerintah", "pemerintahan", "presiden"):
        return True
    if label == "PER":  # `Demokrat Biden`: a known person or body inside is no part of another person's name
        return any(name.label in ("PER", "ORG") and not _may_open(words, name, score) for name in inside)
    return label == "LOC" and not is_head(words.forms[first])


def _label(words: Words, first: int, last: int, guess: Guess) -> Label:
    lists = word_lists()
    if words.forms[last - 1].lower() in lists.loc_tails and last - first > 1:
        return "LOC"
    if guess.label == "PER":  # firms like to end in `indo`, people of two names do not
        final = words.forms[last - 1].lower()
        firm = (final.endswith("indo") and len(final) > 7) or final in lists.org_tails
        return "ORG" if firm and last - first > 1 else "PER"
    if is_head(words.forms[first]) and last - first > 1:
        return head_label(words, first, last)
    return "ORG" if guess.label == "ORG" or _DOMAIN.fullmatch(words.forms[last - 1]) else "GPE"


def _authors(words: Words) -> list[Found]:
    """People in a byline: each run of two capitals or more behind `Penulis:`, `Editor:`, a comma or a bar."""
    found: list[Found] = []
    for first in words.bylines:
        limit = words.firsts[bisect_right(words.firsts, first)]
        start = first
        for number in range(first, limit + 1):
            form = words.forms[number] if number < limit else ","
            name_like = form[0].isupper() and form not in _CREDITS and may_go_on(form) and "." not in form
            if name_like and (form.isalpha() or len(form) > 2):
                continue
            desk = not word_lists().desks.isdisjoint(map(str.lower, words.forms[start:number]))
            if form != "." and number - start > 1 and not desk:
                last = number - (words.forms[number - 1] == "." and len(words.forms[number - 2]) > 1)
                found.append(Found(words.starts[start], words.ends[last - 1], start, last, "PER", (), "byline", 0.8))
            start = start if form == "." and number > start else number + 1
    return found


def _domains(words: Words) -> list[Found]:
    """Sites that the text names by their address: `TribunAnu.com`."""
    return [
        Found(words.starts[number], words.ends[number], number, number + 1, "ORG", (), "domain", 0.8)
        for number in words.capitals
        if "." in words.forms[number] and _DOMAIN.fullmatch(words.forms[number])
    ]


def _longest(names: list[Found]) -> list[Found]:
    """Of names that overlap the longest; of two alike the known one. In order of text."""
    names = sorted(names, key=lambda name: name.start)
    if all(before.end <= name.start for before, name in pairwise(names)):
        return names
    kept: list[Found] = []
    starts: list[int] = []
    for name in sorted(names, key=lambda name: (name.start - name.end, not name.rows, name.start)):
        place = bisect_left(starts, name.start)
        clear = (place == 0 or kept[place - 1].end <= name.start) and (
            place == len(kept) or name.end <= kept[place].start
        )
        if clear:
            kept.insert(place, name)
            starts.insert(place, name.start)
    return kept


def _with_places(words: Words, names: list[Found]) -> list[Found]:
    """A body and the place right behind it are one name: `BPS Vietnam`, `DPRD Banten`, `Gedung Capitol AS`."""
    kept: list[Found] = []
    for name in names:
        before = kept[-1] if kept else None
        if (
            before is not None
            and name.label == "GPE"
            and before.label == "ORG"
            and words.text[before.end : name.start] == " "
            and _is_body(words, before)
        ):
            kept[-1] = Found(
                before.start, name.end, before.first, name.last, before.label, (), before.rule, before.score
            )
            continue
        kept.append(name)
    return kept


def _is_body(words: Words, name: Found) -> bool:
    """A kind of organisation that has branches in places; media and firms have none."""
    if name.rows:
        return name.rows[0].kind in BODIES
    form = words.forms[name.first]
    return form.lower() in word_lists().org_heads or (form.isupper() and name.rule != "gazetteer")


def _is_name(words: Words, name: Found) -> bool:
    """A known name that opens a sentence is none where its word is a plain one."""
    if not name.rows or name.last - name.first > 1 or name.first not in words.opening:
        return True
    return words.text[name.start : name.end].lower() not in ordinary_words()


def _may_be(forms: list[str], label: str) -> bool:
    """Whether words that the model took for a name can be one."""
    lists = word_lists()
    if " ".join(forms) in lists.not_names or all(len(form) == 1 for form in forms):
        return False
    if all(form in lists.not_names or is_calendar(form) for form in forms):
        return False
    if forms[0] in lists.not_names and len(forms) > 1:
        return False
    if label == "PER" and (
        any(letter.isdigit() for form in forms for letter in form)
        or not lists.desks.isdisjoint(map(str.lower, forms))
        or forms[-1].lower() in lists.colours
    ):
        return False
    if len(forms) > 1:
        return True
    low = forms[0].lower()
    if low in ordinary_words() or low in lists.vehicles or low in lists.degrees:
        return False
    return (low not in lists.titles or low in lists.name_like) and (not is_head(low) or low in lists.branches)
