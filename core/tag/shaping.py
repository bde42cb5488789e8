"""Puts names into shape: what the model saw without titles and brackets, initials joined, hyphens split."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from core.model import Label
from core.resources import load_yaml
from core.tag.gazetteer import Row
from core.tag.name_features import ordinary_words
from core.tag.tokens import Words

_PARTICLES = frozenset(
    [" bin ", " binti ", " ten ", " van ", " van der ", " von ", " de ", " da ", " dos ", " al-", " el-"]
)
_SPLITS = frozenset([*'()[]|,:;"“”/!?-–—', "vs", "Vs", "VS", "versus", "kontra"])


@dataclass(slots=True)
class Found:
    """A name at words first to last (exclusive) and characters start to end.

    rows are the known entities it may be, none for a name that only rule or model saw.
    """

    start: int
    end: int
    first: int
    last: int
    label: Label
    rows: tuple[Row, ...]
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of titles.yaml that names are judged by, in small letters but for not_names."""

    org_heads: frozenset[str]
    loc_heads: frozenset[str]
    gpe_heads: frozenset[str]
    firm_heads: frozenset[str]
    listing_heads: frozenset[str]
    person_namers: frozenset[str]
    containers: frozenset[str]
    branches: frozenset[str]
    headline_words: frozenset[str]
    directions: frozenset[str]
    degrees: frozenset[str]
    people_words: frozenset[str]
    desks: frozenset[str]
    colours: frozenset[str]
    vehicles: frozenset[str]
    sport_words: frozenset[str]
    money: frozenset[str]
    org_tails: frozenset[str]
    loc_tails: frozenset[str]
    stops: frozenset[str]
    titles: frozenset[str]
    ranks: frozenset[str]
    name_like: frozenset[str]
    korean_families: frozenset[str]
    cues: frozenset[str]
    calendar: frozenset[str]
    inner: frozenset[str]
    not_names: frozenset[str]


@cache
def word_lists() -> Lists:
    lists = load_yaml("titles.yaml")
    return Lists(**{kind: frozenset(map(str, lists[kind])) for kind in Lists.__dataclass_fields__})


@cache
def _cut_calendar() -> frozenset[str]:
    return frozenset(word[:-1] for word in word_lists().calendar if len(word) > 5)


def is_calendar(form: str) -> bool:
    """A day or month, whole or without its last letter, as some saved pages have it."""
    low = form.lower()
    return low in word_lists().calendar or low in _cut_calendar()


def is_head(form: str) -> bool:
    lists = word_lists()
    low = form.lower()
    return low in lists.org_heads or low in lists.loc_heads or low in lists.gpe_heads


def head_label(words: Words, first: int, last: int) -> Label:
    """What a name is by its first word: `Kantor Kecamatan Anu` is a place, `Kantor Imigrasi` a body."""
    lists = word_lists()
    low = words.forms[first].lower()
    following = words.forms[first + 1].lower() if first + 1 < last else ""
    if low == "kantor" and following in lists.gpe_heads:
        return "LOC"
    if low in ("rumah", "rs"):
        return "LOC"
    if low == "balai":
        return "LOC" if following in ("kota", "desa", "kartini", "sidang") else "ORG"
    if low in lists.gpe_heads:
        return "GPE"
    return "LOC" if low in lists.loc_heads and low not in lists.org_heads else "ORG"


def may_go_on(form: str) -> bool:
    """Whether a capitalised word may go on in a name that a head opened."""
    lists = word_lists()
    low = form.lower()
    if low in lists.calendar or low in lists.ranks or low in lists.stops:
        return False
    return low not in lists.titles or low in lists.name_like


def cleaned(words: Words, first: int, last: int, label: str) -> Iterator[tuple[int, int]]:
    """The names in a stretch the model took for one: without titles, brackets, small words at its ends."""
    piece = first
    for number in range(first, last + 1):
        if number == last or words.forms[number] in _SPLITS or _is_rank(words, number, label):
            yield from _trimmed(words, piece, number, label)
            piece = number + 1


def _is_rank(words: Words, number: int, label: str) -> bool:
    lists = word_lists()
    form = words.forms[number]
    low = form.lower()
    if label != "PER" or low in lists.name_like:
        return form in ("Editor", "Reporter", "Penulis")
    return (form[0].isupper() and low in lists.ranks) or low in ("editor", "reporter", "penulis")


def _trimmed(words: Words, first: int, last: int, label: str) -> Iterator[tuple[int, int]]:
    lists = word_lists()
    forms = words.forms
    while (
        label == "PER"
        and first + 1 < last
        and forms[first].lower() in lists.org_tails
        and forms[first - 1][:1].isupper()
    ):
        first += 1  # the end of a firm's name: `Anu Institute Ronny Sastra`
    while first < last and (not _opens(forms[first]) or _is_loose(forms, first, last, label)):
        first += 1
    while label == "PER" and _ends_field(forms, first, last):
        first += 1
    while first < last and not (forms[last - 1][0].isupper() or forms[last - 1][0].isdigit()):
        last -= 1
    while label == "PER" and last - first > 1 and forms[last - 1].lower() in lists.degrees:
        last -= 1
    if first < last and any(form[0].isupper() for form in forms[first:last]) and forms[first].lower() not in lists.cues:
        yield first, last


def _opens(form: str) -> bool:
    return form[0].isupper() or form[0].isdigit() or (len(form) > 3 and not form.islower())


def _is_loose(forms: list[str], first: int, last: int, label: str) -> bool:
    """Whether the first word of a stretch is no part of the name behind it: a title, `SIPP`."""
    lists = word_lists()
    low = forms[first].lower()
    if last - first > 1 and (
        (forms[first] in lists.not_names and forms[first].isupper()) or low in lists.stops or low in lists.vehicles
    ):
        return True
    return label == "PER" and last - first > 1 and low in lists.titles and low not in lists.name_like


def _ends_field(forms: list[str], first: int, last: int) -> bool:
    """Whether the first word of a person's name ends the field of a title: the `Uang` of `Pengamat Pasar Uang Anu`."""
    if last - first < 2 or not first or forms[first].lower() not in ordinary_words():
        return False
    before = forms[first - 1]
    field = before[0].isupper() and before.lower() in ordinary_words() and before.lower() not in word_lists().titles
    return field and forms[first + 1].lower() not in ordinary_words()


def joined(words: Words, names: list[Found]) -> list[Found]:
    """Names cut in two at an initial (`Mathius D. Fakhiri`) or particle (`Ali bin Abu`) put together again."""
    kept: list[Found] = []
    for name in names:
        before = kept[-1] if kept else None
        if before is not None and before.label == "PER" and name.label == "PER" and not name.rows:
            gap = words.text[before.end : name.start]
            initial = gap == ". " and len(words.forms[before.last - 1]) == 1
            if (initial or gap in _PARTICLES) and not before.rows:
                kept[-1] = Found(
                    before.start,
                    name.end,
                    before.first,
                    name.last,
                    "PER",
                    (),
                    before.rule,
                    max(before.score, name.score),
                )
                continue
        kept.append(name)
    return kept


def with_initial(words: Words, name: Found, taken: int) -> Found:
    """A person's name with the initial before it: `M. Saleh`, `Anu S. Rahman`; taken is where the name before ends."""
    first = name.first
    forms = words.forms
    if (
        name.label == "PER"
        and not name.rows
        and first >= 2
        and forms[first - 1] == "."
        and first - 1 not in words.opening
    ):
        initial = forms[first - 2]
        if len(initial) == 1 and initial.isupper() and words.starts[first - 2] >= taken:
            given = first - 3
            if (
                given >= 0
                and words.starts[given] >= taken
                and given + 1 not in words.opening
                and _is_given(forms[given])
            ):
                return Found(words.starts[given], name.end, given, name.last, "PER", (), name.rule, name.score)
            return Found(words.starts[first - 2], name.end, first - 2, name.last, "PER", (), name.rule, name.score)
    return name


def _is_given(form: str) -> bool:
    return form.istitle() and form.isalpha() and may_go_on(form) and not is_head(form) and len(form) > 2


def split_hyphens(words: Words, names: list[Found]) -> list[Found]:
    """`Anu-Una` as two names, where one of the two also stands alone in the text."""
    alone = {form for form in words.forms if "-" not in form}
    kept: list[Found] = []
    for name in names:
        form = words.forms[name.first] if name.last - name.first == 1 else ""
        left, _, right = form.partition("-")
        if not name.rows and left and right[:1].isupper() and (left in alone or right in alone):
            middle = name.start + len(left)
            for start, end in ((name.start, middle), (middle + 1, name.end)):
                kept.append(Found(start, end, name.first, name.last, name.label, (), name.rule, name.score))
        else:
            kept.append(name)
    return kept


def split_firms(words: Words, names: list[Found]) -> list[Found]:
    """A firm's short form before a person's name, taken apart: `DCFX Lukman Sastra`."""
    kept: list[Found] = []
    for name in names:
        form = words.forms[name.first]
        firm = name.label == "PER" and not name.rows and name.last - name.first > 2 and len(form) > 2 and form.isupper()
        if firm and not words.forms[name.first + 1].isupper():
            second = name.first + 1
            kept.append(Found(name.start, words.ends[name.first], name.first, second, "ORG", (), name.rule, name.score))
            name = Found(words.starts[second], name.end, second, name.last, "PER", (), name.rule, name.score)
        kept.append(name)
    return kept
