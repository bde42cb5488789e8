"""What a text cites: agencies, media, officials and documents, behind and before its cues."""

from bisect import bisect_left

from core.model import Mention, SourceCite, Span
from core.tag.chains import link_chains
from core.tag.citing import Cited, Citing, Name
from core.tag.media import DOMAIN, Known, cues, fold, kind_of, known_medium
from core.tag.reading import Reading

APPOSED_WITHIN = 7  # words from `media` or `kantor berita` to the name behind it
CARRIERS_MOST = 9  # words between a cue and its name


def tag_sources(reading: Reading) -> tuple[SourceCite, ...]:
    """All citations of a text, in order of text; one row a citation. Never raises on any text."""
    if not cues().prefilter.search(reading.text.lower()):
        return ()
    text = Citing(reading)
    found: dict[int, Cited] = {}
    rules = cues()
    for number, word in enumerate(text.words):
        if word not in rules.openers:
            continue
        cited: list[Cited] = []
        if word in rules.after:
            cited += _after(text, number)
        if word in rules.before and (one := _before(text, number)) is not None:
            cited.append(Cited(one, number))
        if word in rules.document_nouns and (one := _document(text, number)) is not None:
            cited.append(Cited(one, number))
        if word in rules.noun_words and _is_medium_noun(text, number):
            cited += [Cited(cite, number) for cite in _apposed(text, number)]
        if word in rules.handing and (one := _bare(text, number)) is not None:
            cited.append(Cited(one, number))
        for each in cited:
            found.setdefault(each.cite.span.start, each)
    chained = {cite.span.start: cite for cite in link_chains(text, [found[start] for start in sorted(found)])}
    for cite in _listed(text):
        chained.setdefault(cite.span.start, cite)
    return tuple(chained[start] for start in sorted(chained))


# ---------------------------------------------------------------- behind a cue


def _after(text: Citing, number: int) -> list[Cited]:
    rule, media_only = cues().after[text.words[number]]
    cited: list[Cited] = []
    through: tuple[SourceCite, ...] = ()
    place = number + 1
    while True:
        start = place
        place = _skip_carriers(text, place)
        carried = " ".join(text.words[start:place]).replace("media sosial", "")
        name = _name(text, place, start)
        cite = _cite(text, name, rule, carried, media_only) if name is not None else None
        gathered = media_only or text.words[number] in cues().gathering
        if cite is not None and not (gathered and text.is_own(cite.name)):
            following = name.last + 1 if name is not None else place
            if not media_only and not through and _follows(text, following, ("dari",)):
                through = (cite,)  # `dilansir X dari Y`: X handed on what Y had
                place = following
                continue
            cited.append(Cited(cite, number, tuple(one for one in through if not text.is_own(one.name))))
        elif cite is not None and name is not None and not through and _follows(text, name.last + 1, ("dari",)):
            through, place = (cite,), name.last + 1  # `dihimpun KompasTekno dari X`
            continue
        elif through and not cited:
            return [Cited(through[0], number)]  # `dilansir X dari Moskow`
        if cite is None or name is None or not _follows(text, name.last + 1, ("dan", "serta")):
            return cited
        rule, media_only, place = cite.rule, True, name.last + 2


def _follows(text: Citing, number: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands at a number with nothing but space before it."""
    return number < len(text.words) and text.words[number] in words and text.gap(number).strip() == ""


def _skip_carriers(text: Citing, place: int) -> int:
    first = place
    while place < len(text.words) and place - first < CARRIERS_MOST:
        gap = text.gap(place).strip()
        if gap and gap not in ("'", '"', "“", "‘", ":"):
            break
        if text.words[place] in cues().platforms:
            place += 1
            continue
        if text.words[place] not in cues().carriers or _starts_known(text, place):
            break
        mention = text.mention(text.starts[place])
        if mention is not None and mention.span.start == text.starts[place] and mention.label == "ORG":
            break
        place += 1
    return place


def _capital(raw: str) -> bool:
    """Whether a word is written as a name: with a capital, or small by house style (`detikNews`, `dpa`)."""
    return raw[0].isupper() or any(letter.isupper() for letter in raw[1:]) or raw in cues().small_names


def _starts_known(text: Citing, place: int) -> Known | None:
    """The longest known name that starts at a word."""
    most = min(cues().longest, len(text.words) - place)
    if not (_capital(text.raw[place]) or "." in text.raw[place]):
        return None
    for length in range(most, 0, -1):
        if (known := cues().known.get(" ".join(text.words[place : place + length]))) is not None:
            return known
    return None


def _name(text: Citing, place: int, first: int, *, listed: bool = False) -> Name | None:
    """The name that starts at a word: a mention, a known medium, or capitals in a row."""
    if place >= len(text.words):
        return None
    gap = text.gap(place).strip()
    if gap and not listed and gap not in ("'", '"', "“", "‘", ":", "("):
        return None
    start = text.starts[place]
    mention = text.mention(start)
    if (
        mention is not None
        and mention.span.start >= text.starts[max(first - 1, 0)]
        and mention.label in ("ORG", "LOC", "GPE", "PER", "PRODUCT")
    ):
        last = bisect_left(text.starts, mention.span.end) - 1
        return Name(mention.span, mention, last)
    last = place - 1
    while last + 1 < len(text.words) and last - place < 8:
        following = last + 1
        if following > place and text.gap(following).strip(" &") != "":
            break
        raw = text.raw[following]
        domain = DOMAIN.search(text.words[following]) is not None
        if not (_capital(raw) or raw[0].isdigit() or domain) and not (
            raw in ("of", "de", "le", "la", "al", "and", "the", "für", "News") and following > place
        ):
            break
        if text.words[following] in cues().not_names or (
            raw[0].isdigit() and following == place and not _starts_known(text, place)
        ):
            break
        last = following
    while last > place and text.raw[last] in ("of", "de", "and", "the"):
        last -= 1
    if last < place:
        return None
    return Name(Span(start=start, end=text.tokens[last][1]), None, last)


def _cite(text: Citing, name: Name, rule: str, carried: str, media_only: bool) -> SourceCite | None:
    surface = name.span.of(text.text)
    known = known_medium(surface, name.mention)
    if known is not None and known.ambiguous and not any(noun in carried for noun in cues().media_nouns):
        known = None
    if name.mention is not None and known is None and not _may_be_cited(name.mention, media_only):
        return None
    if fold(surface) in cues().platforms:
        return None
    guessed = name.mention is None or name.mention.rule == "model"
    kind = known.kind if known is not None else kind_of(surface, carried, unknown=guessed and not media_only)
    if media_only and (kind not in ("agency", "media") or "wartawan" in carried):
        return None
    called, entity_id = _called(name, surface, known)
    return SourceCite(span=name.span, name=called, kind=kind, entity_id=entity_id, rule=rule)


def _may_be_cited(mention: Mention, media_only: bool) -> bool:
    """Whether what a mention names can be a source: a body, or what only a model took for a place or a thing."""
    if mention.label == "ORG":
        return True
    return mention.label in ("LOC", "PRODUCT") and mention.rule == "model" and not media_only


def _called(name: Name, surface: str, known: Known | None) -> tuple[str, str | None]:
    """Canonical name and entity id: those of the gazetteer where it has the medium, else those of the mention."""
    mention = name.mention
    if known is not None:
        return known.name, known.entity_id or (mention.entity.id if mention is not None else None)
    if mention is not None and mention.label == "ORG":
        return mention.entity.name, mention.entity.id
    return surface, mention.entity.id if mention is not None else None


# ---------------------------------------------------------------- before a cue, and lists


def _before(text: Citing, number: int) -> SourceCite | None:
    """`Reuters melaporkan`, `kantor berita Korea Utara, KCNA, mewartakan`."""
    back = number - 1
    while back >= 0 and text.words[back] in ("juga", "telah", "sebelumnya", "kemudian", "yang", "itu"):
        back -= 1
    if (
        back < 0
        or text.text[text.tokens[back][1] : text.starts[number]].strip(" ,()").count(".")
        or "\n" in text.gap(number)
    ):
        return None
    end = text.tokens[back][1]
    mention = text.mention(end - 1)
    if mention is not None and mention.label == "ORG":
        first = bisect_left(text.starts, mention.span.start)
        carried = " ".join(text.words[max(0, first - 2) : first])
        return _cite(text, Name(mention.span, mention, back), "melaporkan", carried, True)
    for first in range(max(0, back - cues().longest + 1), back + 1):
        if text.text[text.tokens[first][0]].isupper() and cues().known.get(" ".join(text.words[first : back + 1])):
            carried = " ".join(text.words[max(0, first - 2) : first])
            return _cite(text, Name(Span(start=text.starts[first], end=end), None, back), "melaporkan", carried, True)
    return None


def _bare(text: Citing, number: int) -> SourceCite | None:
    """`KCNA, dilansir AFP`: a medium that only the one who hands it on is cued for."""
    back = number - 1
    while back >= 0 and text.words[back] in cues().handing_leads:
        back -= 1
    if back < 0 or text.gap(back + 1).strip() not in (",", "", "(") or "\n" in text.gap(back + 1):
        return None
    mention = text.mention(text.tokens[back][1] - 1)
    if mention is None or mention.label != "ORG" or known_medium(mention.span.of(text.text), mention) is None:
        return None
    return _cite(text, Name(mention.span, mention, back), "handed", "", True)


def _document(text: Citing, number: int) -> SourceCite | None:
    """`laporan PBB tahun 2021 mencatat`, `menurut survei Bank Dunia`: a document with the body that wrote it."""
    if number + 1 >= len(text.words) or text.gap(number + 1).strip():
        return None
    mention = text.mention(text.starts[number + 1])
    if mention is None or mention.label != "ORG" or known_medium(mention.span.of(text.text), mention) is not None:
        return None
    last = bisect_left(text.starts, mention.span.end) - 1
    follow = last + 1
    while follow < len(text.words) and (text.words[follow].isdigit() or text.words[follow] in cues().document_fillers):
        follow += 1
    behind = text.words[follow : follow + 1]
    before = text.words[max(0, number - 2) : number]
    if not (cues().before.intersection(behind) or cues().document_leads.intersection(before)):
        return None
    noun = text.words[number].capitalize()
    return SourceCite(
        span=Span(start=text.starts[number], end=mention.span.end),
        name=f"{noun} {mention.span.of(text.text)}",
        kind="document",
        entity_id=mention.entity.id,
        rule="document",
    )


def _is_medium_noun(text: Citing, number: int) -> bool:
    """Whether a noun such as `kantor berita` ends at a word."""
    return any(text.words[max(0, number - noun.count(" ")) : number + 1] == noun.split() for noun in cues().media_nouns)


def _apposed(text: Citing, number: int) -> list[SourceCite]:
    """`media Middle East Eye`, `kantor berita Korea Utara, KCNA`: a medium named as such."""
    for place in range(number + 1, min(number + APPOSED_WITHIN, len(text.words))):
        gap = text.gap(place).strip()
        if gap not in ("", ",", "(", ',"'):
            return []
        if place == number + 1 or gap:
            name = _name(text, place, place, listed=True)
            cite = _cite(text, name, "apposed", "", True) if name is not None else None
            if cite is not None:
                return [cite]
        if gap:
            return []
    return []


def _listed(text: Citing) -> list[SourceCite]:
    """`Sumber: KCNA, Yonhap`."""
    out: list[SourceCite] = []
    for found in cues().listing.finditer(text.text):
        place = bisect_left(text.starts, found.start(1))
        while (name := _name(text, place, place, listed=True)) is not None and name.span.end <= found.end(1):
            cite = _cite(text, name, "sumber", "media" if name.mention is None else "", False)
            if cite is not None:
                out.append(cite)
            place = name.last + 1
            if place >= len(text.words) or text.gap(place).strip(" \t") not in (",", "/", "&", ";"):
                break
            if text.starts[place] >= found.end(1):
                break
    return out
