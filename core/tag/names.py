"""Where names stand in a text: known names, names the model sees, and what their surroundings say about both."""

from bisect import bisect_left
from functools import cache

from core.model import Label
from core.resources import load_yaml
from core.tag.gazetteer import Hit, gazetteer
from core.tag.name_features import KNOWN, ordinary_words
from core.tag.name_model import Guess, name_model
from core.tag.shaping import Found, cleaned, head_label, head_runs, is_head, joined, with_initial, word_lists
from core.tag.tokens import Words

SURE_GUESS = 0.62  # below, a name that only the model sees is left out
BODIES = frozenset(
    {"lembaga", "lembaga negara", "kementerian", "partai", "ormas", "kampus", "organisasi antarnegara", "lembaga PBB"}
)
_KNOWN_NUMBER = {name: number for number, name in enumerate(KNOWN)}


@cache
def _cautions() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    rows = load_yaml("cautions.yaml")
    return tuple(  # type: ignore[return-value]  # two tables, in this order
        {str(name): frozenset(map(str, listed)) for name, listed in rows[kind].items()} for kind in ("names", "unless")
    )


def find_names(words: Words) -> list[Found]:
    """All names of a text, in order and without overlap."""
    hits = [hit for hit in gazetteer().find(words.text) if _stands(words, hit)]
    known = [0] * len(words)
    placed = [_placed(words, hit) for hit in hits]
    for hit, (first, last) in zip(hits, placed, strict=True):
        if first < last and words.starts[first] == hit.start and words.ends[last - 1] == hit.end:
            label = hit.rows[0].entity.label
            known[first] = _KNOWN_NUMBER["B-" + label]
            for number in range(first + 1, last):
                known[number] = _KNOWN_NUMBER["I-" + label]
    guesses = name_model().find(words, known)
    names = _merged(words, hits, placed, guesses)
    names = joined(words, names)
    names = _longest([*head_runs(words, names), *names])
    names = _with_places(words, names)
    taken = 0
    kept = []
    for name in names:
        name = with_initial(words, name, taken)
        taken = name.end
        if _is_name(words, name):
            kept.append(name)
    return kept


def _placed(words: Words, hit: Hit) -> tuple[int, int]:
    first = bisect_left(words.starts, hit.start)
    if first and (first == len(words) or words.starts[first] > hit.start) and words.ends[first - 1] > hit.start:
        first -= 1
    return first, bisect_left(words.starts, hit.end)


def _stands(words: Words, hit: Hit) -> bool:
    """Whether the surroundings let a known name be that name and not a plain word."""
    needed, forbidden = (table.get(words.text[hit.start : hit.end]) for table in _cautions())
    if needed is None and forbidden is None:
        return True
    before = words.text[max(0, hit.start - 40) : hit.start].lower()
    pieces = before.split()
    nearby = {piece.strip("\"'“‘([,.") for piece in pieces[-2:]}
    if before.rstrip().endswith(("(", ",")):
        nearby.add(before.rstrip()[-1])
    if forbidden is not None and forbidden & nearby:
        return False
    return needed is None or bool(needed & nearby)


def _merged(words: Words, hits: list[Hit], placed: list[tuple[int, int]], guesses: list[Guess]) -> list[Found]:
    """Known names and what the model sees, in one list without overlap."""
    found: list[Found] = []
    for hit, (first, last) in zip(hits, placed, strict=True):
        label = hit.rows[0].entity.label
        found.append(Found(hit.start, hit.end, first, last, label, hit.rows, "gazetteer", 1.0 if hit.exact else 0.9))
    by_word = {number: name for name in found for number in range(name.first, name.last)}
    for guess in guesses:
        if guess.score < SURE_GUESS:
            continue
        for first, last in cleaned(words, guess.first, guess.last, guess.label):
            inside = {id(by_word[number]): by_word[number] for number in range(first, last) if number in by_word}
            if not _yields(words, first, last, guess.label, list(inside.values())):
                start, end = words.starts[first], words.ends[last - 1]
                found.append(
                    Found(start, end, first, last, _label(words, first, last, guess), (), "model", guess.score)
                )
    return _longest(found)


def _yields(words: Words, first: int, last: int, label: str, inside: list[Found]) -> bool:
    """Whether a guess gives way to the known names in it."""
    if not inside:
        return False
    if min(name.first for name in inside) < first or max(name.last for name in inside) > last:
        return True
    covered = sum(name.last - name.first for name in inside)
    if covered == last - first and not (len(inside) == 1 and inside[0].label != "PER" and label == "PER"):
        return True
    opening = words.forms[first].lower()
    if opening in ("pemerintah", "pemerintahan", "presiden"):
        return True
    if label == "PER":  # `Demokrat Biden`: a known person or body inside is no part of another person's name
        return any((name.label == "PER" and name.last - name.first > 1) or name.label == "ORG" for name in inside)
    return label == "LOC" and not is_head(words.forms[first])


def _label(words: Words, first: int, last: int, guess: Guess) -> Label:
    if guess.label == "PER":
        return "PER"
    if is_head(words.forms[first]) and last - first > 1:
        return head_label(words, first, last)
    return "ORG" if guess.label == "ORG" else "GPE"


def _longest(names: list[Found]) -> list[Found]:
    """Of names that overlap the longest; of two alike the known one."""
    kept: list[Found] = []
    for name in sorted(names, key=lambda name: (name.start - name.end, not name.rows, name.start)):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    kept.sort(key=lambda name: name.start)
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
    lists = word_lists()
    forms = words.forms[name.first : name.last]
    if name.rows:
        alone = name.last - name.first == 1 and name.first in words.firsts
        return not (alone and words.text[name.start : name.end].lower() in ordinary_words())
    if name.rule == "head":
        return True
    if all(form in lists.not_names or form.lower() in lists.calendar for form in forms):
        return False
    if forms[0] in lists.not_names and name.label != "ORG":
        return False
    if name.label == "PER" and any(form[0].isdigit() for form in forms):
        return False
    if len(forms) == 1:
        low = forms[0].lower()
        if low in ordinary_words() or is_head(low):
            return False
        return low not in lists.titles or low in lists.name_like
    return True
