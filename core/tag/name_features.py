"""What the name model sees of a word: features of the word alone, its class, and the known names over it.

A word is described once and the description is kept: its features at the five places of a window depend on
the word only, all that joins two words goes through small classes. So the tagger adds up rows of tables.
"""

from functools import cache

from core.resources import load_yaml, path

CLASS_LISTS = (
    "calendar", "money", "cues", "ranks", "titles", "org_heads", "gpe_heads", "loc_heads", "place_preps", "inner",
)  # fmt: skip
MARKS = {
    ",": ",", ".": ".", '"': '"', "“": '"', "”": '"', "'": "'", "‘": "'", "’": "'", "(": "(", ")": ")", ":": ":",
    "-": "-", "–": "-", "—": "-", "/": "/", "&": "&", "?": ".", "!": ".", ";": ",",
}  # fmt: skip
EDGE = "<edge>"  # stands before the first and behind the last word of a stretch
KNOWN = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-GPE", "I-GPE", "B-LOC", "I-LOC", "B-PRODUCT", "I-PRODUCT")
LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")  # what the model tells apart
PLACES = (-2, -1, 0, 1, 2)  # of the window; letters count from -1 to 1 only
# What is joined: a name, and two (channel, place); channel c is the word's class, k the known name over it.
PAIRS: tuple[tuple[str, tuple[str, int], tuple[str, int]], ...] = (
    ("A", ("c", -1), ("c", 0)),
    ("B", ("c", 0), ("c", 1)),
    ("C", ("c", -2), ("c", -1)),
    ("D", ("c", -1), ("c", 1)),
    ("E", ("c", 1), ("c", 2)),
    ("H", ("k", 0), ("c", 0)),
    ("I", ("k", 0), ("c", -1)),
    ("J", ("k", -1), ("k", 0)),
    ("K", ("k", 0), ("k", 1)),
    ("L", ("k", -1), ("c", 0)),
    ("M", ("k", 1), ("c", 0)),
)


@cache
def _roles() -> dict[str, str]:
    lists = load_yaml("titles.yaml")
    return {str(word): kind for kind in reversed(CLASS_LISTS) for word in lists[kind]}


@cache
def ordinary_words() -> frozenset[str]:
    """Words that the press writes small more often than not."""
    return frozenset(path("ordinary_words.txt").read_text(encoding="utf-8").split())


@cache
def cut_ordinary_words() -> frozenset[str]:
    """Ordinary words without their last letter, as some saved pages have them before a stop: `Bahka.`"""
    return frozenset(word[:-1] for word in ordinary_words() if len(word) > 4) - ordinary_words()


@cache
def clusters() -> dict[str, tuple[str, str]]:
    """Coarse and fine group of a word form, learned from which words stand around it in news."""
    groups = {}
    for line in path("models/word_groups.tsv").read_text(encoding="utf-8").splitlines():
        coarse, fine, words = line.split("\t")
        for word in words.split(" "):
            groups[word] = (coarse, fine)
    return groups


@cache
def leanings() -> dict[str, str]:
    """Three digits a capitalised word: how far news has it in the place of a person, a place, an organisation."""
    found = {}
    for line in path("models/word_leanings.tsv").read_text(encoding="utf-8").splitlines():
        digits, words = line.split("\t")
        found.update(dict.fromkeys(words.split(" "), digits))
    return found


def _leaning_class(form: str) -> str:
    digits = leanings().get(form)
    if digits is None:
        return "Capital"
    person, place, body = map(int, digits)
    if person >= 3:
        return "Personal"
    if place >= 2:
        return "Local"
    return "Bodily" if body >= 2 else "Other"


def word_class(form: str) -> str:
    """One of about forty classes: a mark, a number, a role word, or how a plain word is written."""
    if form == EDGE:
        return EDGE
    first = form[0]
    if not first.isalnum():
        return MARKS.get(form, "mark")
    if first.isdigit():
        return "number"
    role = _roles().get(form.lower())
    if role is not None:
        return role + "+" if first.isupper() else role
    if not first.isupper():
        return "small" if form.islower() else "mixed"
    if len(form) > 1 and form.isupper():
        return "acronym"
    if form.lower() in ordinary_words():
        return "Ordinary"
    return "Initial" if len(form) == 1 else _leaning_class(form)


CLASSES = (
    EDGE, *sorted(set(MARKS.values())), "mark", "number", "small", "mixed", "acronym", "Ordinary", "Initial",
    "Capital", "Personal", "Local", "Bodily", "Other",
    *CLASS_LISTS, *(kind + "+" for kind in CLASS_LISTS),
)  # fmt: skip


def shape(form: str) -> str:
    """`Putin` -> `Xx`, `KPK` -> `X`, `TribunJatim.com` -> `XxXx.x`, `13.25` -> `0.0`."""
    if form.isascii() and form.isalpha() and (form.islower() or form[1:].islower()):  # most words
        return "Xx" if form[0].isupper() else "x"
    out = []
    last = ""
    for letter in form:
        kind = "X" if letter.isupper() else "x" if letter.islower() else "0" if letter.isdigit() else letter
        if kind != last:
            out.append(kind)
            last = kind
    return "".join(out[:6])


def word_features(form: str) -> list[str]:
    """Features of a word alone; the place in the window is put before them by the caller."""
    low = form.lower()
    found = ["c=" + word_class(form)]
    if form == EDGE:
        return found
    if form[0].isdigit():
        return [*found, "s=" + shape(form), "d=" + str(len(form))]
    found += ["w=" + low, "s=" + shape(form)]
    leaning = leanings().get(form)
    if leaning is not None:
        found += ["P=" + leaning[0], "L=" + leaning[1], "O=" + leaning[2], "T=" + leaning]
    group = clusters().get(form)
    if group is not None:
        found += ["g=" + group[0], "h=" + group[1]]
    return found


def placed_features(form: str, place: int) -> list[str]:
    """All features of a word at one place of the window, as the model names them."""
    found = word_features(form)
    if -1 <= place <= 1:
        found = found + letter_features(form)
    return [f"{place}:{name}" for name in found]


def letter_features(form: str) -> list[str]:
    """Beginnings and ends of a capitalised word."""
    if form == EDGE or not form[0].isupper():
        return []
    low = form.lower()
    found = [f"p{size}=" + low[:size] for size in (2, 3, 4)] + [f"e{size}=" + low[-size:] for size in (2, 3, 4)]
    found.append("n=" + str(min(len(form), 12)))
    if low in ordinary_words():
        found.append("o")
    if form.isupper():
        found.append("a=" + str(min(len(form), 6)))
    return found
