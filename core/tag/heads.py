"""Names by the words that open, close or precede them: `Dinas Anu`, `Pacific Anu Institute`, `Kepala BPBD Budi`."""

import re
from bisect import bisect_right

from core.tag.name_features import ordinary_words
from core.tag.shaping import Found, head_label, is_head, may_go_on, word_lists
from core.tag.tokens import Words

_ROMAN = re.compile(r"[IVXL]{1,5}")
_NUMBER = re.compile(r"\d{1,4}")
_INDONESIAN = re.compile(r"(?:me|ber|di|ter|pe|se|ke)[a-z]{4,}|[a-z]{3,}(?:nya|kan|lah)|[a-z]{5,}an")
_LONGEST = 12  # words of one name


def head_runs(words: Words, names: list[Found]) -> list[Found]:
    """Names that a head opens, with all that it takes in: `Dinas Perhubungan Banten`, `Jalan Melati`."""
    total = len(words)
    at = {name.first: name for name in names if name.first < total and words.starts[name.first] == name.start}
    covered = {number: name for name in names for number in range(name.first, name.last)}
    runs: list[Found] = []
    taken = 0
    for number in words.capitals:
        form = words.forms[number]
        own = at.get(number)
        if number < taken or len(form) == 1 or not is_head(form) or _misled(words, number):
            continue
        if own is not None and own.rows and own.last - number > 1:
            continue
        limit = words.firsts[bisect_right(words.firsts, number)]
        last = _run_end(words, number, limit, at)
        if last > number + 1 and _worth(words, number, last, covered):
            label = head_label(words, number, last)
            runs.append(Found(words.starts[number], words.ends[last - 1], number, last, label, (), "head", 0.85))
            taken = last
    return runs


def _misled(words: Words, number: int) -> bool:
    """`Wali Kota`, `Ibu Kota`, `Kapten Tim`: a head that belongs to the title before it."""
    before = words.forms[number - 1].lower() if number and number not in words.opening else ""
    return words.forms[number].lower() == "kota" and before in ("wali", "ibu", "wakil")


def _run_end(words: Words, first: int, limit: int, at: dict[int, Found]) -> int:
    lists = word_lists()
    forms = words.forms
    head = forms[first].lower()
    titled = _titled(words, first)
    # `KPU`, `DPRD`: takes in places and numbers only, for people's names follow it too; schools and firms go on
    shortened = forms[first].isupper() and len(head) > 2 and head not in lists.person_namers
    number = first + 1
    limit = min(limit, first + _LONGEST)
    while number < limit:
        form = forms[number]
        name = at.get(number)
        if name is not None:
            if name.label == "PER" and head not in lists.person_namers:
                break
            if name.label == "ORG" and (
                head in lists.gpe_heads or not (head in lists.containers or name.last - number == 1)
            ):
                break
            number = name.last
            if name.label == "GPE":
                while number < limit and forms[number][0].isupper() and forms[number].lower() in lists.directions:
                    number += 1
                break
            continue
        low = form.lower()
        if shortened and not (is_head(form) or _NUMBER.fullmatch(form) or _ROMAN.fullmatch(form)):
            break
        if low in lists.firm_heads and form[0].isupper() and not _goes_into(head, low, number - first):
            break
        ranked = number == first + 1 and head in lists.person_namers and low in lists.ranks  # `Jalan Kapten Anu`
        if (
            titled
            and not ranked
            and (low in lists.headline_words or (low in ordinary_words() and head not in lists.listing_heads))
        ):
            break
        if not (form[0].isupper() and (ranked or may_go_on(form))) and not _numbered(forms, number, first):
            step = _listed(forms, number, limit, head, at)
            if not step:
                break
            number += step
            continue
        number += 1
    return min(number, limit)


def _goes_into(head: str, inner_head: str, offset: int) -> bool:
    """Whether a name goes on over a further head: `Biro Anu Sekretariat Anu`, `Pemerintah Kabupaten Anu`."""
    lists = word_lists()
    if head in lists.containers or head == inner_head:
        return True
    return offset == 1 or (inner_head in lists.gpe_heads and head in lists.org_heads)


def _titled(words: Words, number: int) -> bool:
    """Whether the words around are written as in a headline, most of them with a capital."""
    around = [form for form in words.forms[max(0, number - 5) : number + 7] if len(form) > 3 and form.isalpha()]
    return len(around) > 3 and sum(form[0].isupper() for form in around) >= 0.75 * len(around)


def _numbered(forms: list[str], number: int, first: int) -> bool:
    """`Komisi VI`, `SMA Negeri 6`, `RT 21`: a number right behind the head or `Negeri`."""
    form = forms[number]
    if not (_NUMBER.fullmatch(form) or _ROMAN.fullmatch(form)):
        return form == "." and number == first + 1 and forms[first].lower() in ("jl", "jln", "gg", "st")
    return number == first + 1 or forms[number - 1].lower() in ("negeri", "nomor", "no", ".")


def _listed(forms: list[str], number: int, limit: int, head: str, at: dict[int, Found]) -> int:
    """How many words a joint takes in: ` dan Kebudayaan`, `, Media, dan Informasi`, `/Cenderawasih`; 0 where none."""
    form = forms[number]
    following = forms[number + 1] if number + 1 < limit else ""
    if not following or not following[0].isupper():
        if form == "," and following == "dan" and head in word_lists().listing_heads and number + 2 < limit:
            return 3 if forms[number + 2][0].isupper() and _plain(forms, number + 2, at) else 0
        return 0
    if form == "/":
        return 2 if _ROMAN.fullmatch(forms[number - 1]) or _NUMBER.fullmatch(forms[number - 1]) else 0
    if head not in word_lists().listing_heads or not _plain(forms, number + 1, at):
        return 0
    if form in ("dan", "&", "untuk", "serta"):
        return 2
    if form == ",":
        rest = forms[number + 2 : min(limit, number + 6)]
        return 2 if "dan" in rest else 0
    return 0


def _plain(forms: list[str], number: int, at: dict[int, Found]) -> bool:
    """A capitalised common noun, as fields of work are: no head, title or name of its own."""
    form = forms[number]
    low = form.lower()
    common = low in ordinary_words() or (low.endswith("an") and len(low) > 6)
    free = number not in at or (at[number].rule == "model" and at[number].label == "ORG")
    return free and not is_head(form) and common and may_go_on(form)


def _worth(words: Words, first: int, last: int, covered: dict[int, Found]) -> bool:
    """Whether a run is a name: its head is firm, or something in it is."""
    lists = word_lists()
    forms = words.forms[first:last]
    if forms[0].lower() == "pemerintah":
        return forms[1].lower() in ("provinsi", "kabupaten", "kota", "daerah", "kecamatan", "desa") and last - first > 2
    if all(form.lower() in lists.calendar or form in lists.not_names for form in forms[1:]):
        return False
    if [form.lower() for form in forms[:2]] in (["kantor", "berita"], ["kantor", "pusat"], ["badan", "usaha"]):
        return False
    if forms[0].lower() in lists.firm_heads and not _titled(words, first):
        return True
    if any(number in covered for number in range(first, last)):
        return True
    return any(form[0].isupper() and form.lower() not in ordinary_words() for form in forms[1:])


def tail_runs(words: Words, names: list[Found]) -> list[Found]:
    """English names of organisations by their last word: `Migration Policy Institute`."""
    lists = word_lists()
    covered = {number: name for name in names for number in range(name.first, name.last)}
    runs: list[Found] = []
    firsts = words.opening
    for number in words.capitals:
        if words.forms[number].lower() not in lists.org_tails or number in firsts:
            continue
        first = number
        while first - 1 not in firsts and _foreign(words, first - 1, covered):
            first -= 1
        if first - 1 in firsts and _foreign(words, first - 1, covered):
            first -= 1
        if first < number and (
            number + 1 == len(words) or number + 1 in firsts or not words.forms[number + 1][0].isupper()
        ):
            runs.append(Found(words.starts[first], words.ends[number], first, number + 1, "ORG", (), "tail", 0.8))
    return runs


def _foreign(words: Words, number: int, covered: dict[int, Found]) -> bool:
    """Whether a word may stand inside an English name: a capital that is no plain Indonesian word nor a person."""
    form = words.forms[number]
    over = covered.get(number)
    if over is not None and (
        over.label == "PER" or (over.rows and (over.label == "ORG" or over.last - over.first > 1))
    ):
        return False
    if form in ("of", "for", "and", "&", "on", "the"):
        return words.forms[number - 1][0].isupper()
    return form[0].isupper() and form.isalpha() and may_go_on(form) and not _INDONESIAN.fullmatch(form.lower())


def behind_titles(words: Words, names: list[Found]) -> list[Found]:
    """People right behind a title and the body or place it belongs to: `Kepala KSOP Gresik Rahmat Sastra`."""
    found: list[Found] = []
    starts = {name.first for name in names}
    for place, name in enumerate(names):
        if name.label not in ("ORG", "GPE") or not name.first or not _is_title(words, name.first - 1):
            continue
        first = name.last
        if place + 1 < len(names) and names[place + 1].first == first:
            continue
        last = first
        while last < len(words) and last not in words.opening and last not in starts and _is_surname(words.forms[last]):
            last += 1
        if 2 <= last - first <= 5 and words.text[name.end : words.starts[first]] == " ":
            found.append(Found(words.starts[first], words.ends[last - 1], first, last, "PER", (), "title", 0.8))
    return found


def introduced(words: Words, names: list[Found]) -> list[Found]:
    """People behind `bernama`, where a word for a person stands before it: `seorang perawat asal Anu bernama Vera`."""
    taken = {number for name in names if name.rows for number in range(name.first, name.last)}
    found: list[Found] = []
    for first in words.capitals:
        if first < 2 or first in taken or words.forms[first - 1] != "bernama" or first in words.opening:
            continue
        before = {form.lower() for form in words.forms[max(0, first - 7) : first - 1]}
        last = first + (first + 1 < len(words) and _is_surname(words.forms[first + 1]))  # `Vera` is a plain word too
        while last < len(words) and last not in words.opening and last not in taken and _is_surname(words.forms[last]):
            last += 1
        if first < last <= first + 4 and not before.isdisjoint(word_lists().people_words):
            found.append(Found(words.starts[first], words.ends[last - 1], first, last, "PER", (), "title", 0.8))
    return found


def koreans(words: Words) -> list[Found]:
    """A Korean family name and the two short words behind it: `Kim Hong Kyun`."""
    families = word_lists().korean_families - word_lists().titles  # `Pak` and `Kang` are forms of address too
    found: list[Found] = []
    for first in words.capitals:
        last = first + 3
        if words.forms[first].lower() not in families or not words.forms[first].istitle():
            continue
        if last <= len(words) and words.forms[first + 1] != "Kong" and words.opening.isdisjoint(range(first + 1, last)):
            given = words.forms[first + 1 : last]
            if all(form.istitle() and len(form) <= 6 and form.isalpha() and _is_surname(form) for form in given):
                found.append(Found(words.starts[first], words.ends[last - 1], first, last, "PER", (), "title", 0.8))
    return found


def _is_title(words: Words, number: int) -> bool:
    low = words.forms[number].lower()
    return low in word_lists().titles and low not in ("warga", "anggota", "wakil") and number + 1 not in words.opening


def _is_surname(form: str) -> bool:
    low = form.lower()
    return (
        form[0].isupper()
        and form.replace("-", "").isalpha()
        and low not in ordinary_words()
        and not is_head(form)
        and may_go_on(form)
    )
