"""What kind of thing each name of an article is, where single words of it speak against each other."""

from collections import Counter, defaultdict
from itertools import pairwise

from core.model import Label
from core.tag.gazetteer import fold
from core.tag.people import name_tokens
from core.tag.shaping import Found, word_lists
from core.tag.tokens import Words

SYLLABLE = 6  # letters of the longest Korean syllable in Latin script: Hyeong, Kyeong, Seong
SURE = 0.9


def settle_labels(words: Words, names: list[Found]) -> None:
    """Make the names of one surface agree, in place; a known name that is part of another's is made so."""
    _forget_cut(words, names)
    _unmask_people(words, names)
    _name_koreans(words, names)
    _agree(words, names)


def _forget_cut(words: Words, names: list[Found]) -> None:
    """`Leni.` is no cut-off Lenin in an article that has a Leni."""
    if not any(name.rule == "cut short" for name in names):
        return
    whole = {form for number, form in enumerate(words.forms) if not _stops(words, number)}
    for name in list(names):
        surface = words.text[name.start : name.end]
        if name.rule != "cut short" or surface not in whole:
            continue
        others = [other for other in names if not other.rows and words.text[other.start : other.end] == surface]
        if not others:
            names.remove(name)
            continue
        name.rows, name.label, name.rule, name.score = (), others[0].label, others[0].rule, others[0].score


def _stops(words: Words, number: int) -> bool:
    return words.text[words.ends[number] : words.ends[number] + 1] == "."


def _unmask_people(words: Words, names: list[Found]) -> None:
    """A town's name that opens a person's (`Boston Rahmat Sastra`) is that person's, here and alone."""
    opened: dict[str, Found] = {}
    for before, name in pairwise(names):
        if name.label != "PER" or name.rows or not _adjoins(words, before, name.first) or not before.rows:
            continue
        if before.rows[0].kind in ("kota", "kabupaten") and before.last - before.first == 1:
            opened[words.text[before.start : before.end]] = name
    for surface, name in opened.items():
        same = [other for other in names if words.text[other.start : other.end] == surface]
        if not any(_speaks(words, other) for other in same) or any(_is_place(words, other) for other in same):
            continue
        for other in same:
            if _adjoins(words, other, name.first):
                name.start, name.first = other.start, other.first
                names.remove(other)
            else:
                other.rows, other.label, other.rule = (), "PER", "model"


def _is_place(words: Words, name: Found) -> bool:
    """Whether the word before a name makes it a place one is at: `di Jakarta`, `1 Jakarta`."""
    before = words.forms[name.first - 1].lower() if name.first else ""
    return before in ("di", "ke", "dari", "kota", "asal", "sekitar", "se", "menuju", "wilayah") or before.isdigit()


def _name_koreans(words: Words, names: list[Found]) -> None:
    """`Kim Dong Ju` and `Lim Soo-suk` are people, whatever the model saw in them."""
    for name in names:
        if name.rows or name.label == "PER" or name.last - name.first > 3:
            continue
        family, *given = fold(words.text[name.start : name.end]).split()
        short = len(given) == 2 and all(2 <= len(piece) <= SYLLABLE and piece.isalpha() for piece in given)
        if short and family in word_lists().korean_families and not set(given) & word_lists().org_tails:
            name.label, name.score = "PER", max(name.score, SURE)


def _adjoins(words: Words, before: Found, number: int) -> bool:
    return before.last == number and words.text[before.end : words.starts[number]] == " "


def _speaks(words: Words, name: Found) -> bool:
    """Whether a word of speech stands right beside a name."""
    before = words.forms[name.first - 1].lower() if name.first else ""
    after = words.forms[name.last].lower() if name.last < len(words) else ""
    return before in word_lists().cues or after in word_lists().cues


def _agree(words: Words, names: list[Found]) -> None:
    """One surface, one label: what the model saw of it is added up over the article."""
    votes: dict[str, Counter[Label]] = defaultdict(Counter)
    surfaces: dict[str, list[Found]] = defaultdict(list)
    for name in names:
        if name.rule == "model":
            surface = fold(words.text[name.start : name.end])
            cue = 1.0 if name.label == "PER" and _speaks(words, name) else 0.0
            votes[surface][name.label] += name.score + cue  # type: ignore[assignment]
            surfaces[surface].append(name)
    full_people = _tokens_of_people(words, names, votes, surfaces)
    for surface, found in surfaces.items():
        label = votes[surface].most_common(1)[0][0]
        if found[0].last - found[0].first == 1 and surface in full_people:
            label = "PER"
        for name in found:
            name.label = label


def _tokens_of_people(
    words: Words, names: list[Found], votes: dict[str, Counter[Label]], surfaces: dict[str, list[Found]]
) -> set[str]:
    """The words of all persons who are named in full."""
    full = {
        token
        for name in names
        if name.rows and name.label == "PER" and name.last - name.first > 1
        for token in name_tokens(words.text[name.start : name.end])
    }
    for surface, found in surfaces.items():
        if votes[surface].most_common(1)[0][0] == "PER" and found[0].last - found[0].first > 1:
            full.update(surface.split())
    return full
