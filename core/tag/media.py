"""Which names are media and agencies, and the cues by which texts cite, as source_cues.yaml has them."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.model import Mention, SourceKind
from core.resources import load_csv, load_yaml

SHORTEST_MISSPELT = 6  # code points
DOMAIN = re.compile(r"\.(?:com|co|id|net|org|tv|co\.id|co\.uk|go\.id)$")


@dataclass(frozen=True, slots=True)
class Known:
    """A medium or agency of the list."""

    name: str
    kind: SourceKind
    ambiguous: bool
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class Cues:
    """source_cues.yaml laid out for look-up by lower-case word."""

    after: dict[str, tuple[str, bool]]  # word -> rule, whether only media count
    before: frozenset[str]
    known: dict[str, Known]
    longest: int  # words of the longest known name
    carriers: frozenset[str]
    media_nouns: tuple[str, ...]
    noun_words: frozenset[str]  # last words of media_nouns
    media_words: frozenset[str]
    agency_words: frozenset[str]
    document_nouns: frozenset[str]
    document_leads: frozenset[str]
    document_fillers: frozenset[str]
    not_names: frozenset[str]
    platforms: frozenset[str]
    small_names: frozenset[str]
    families: frozenset[str]
    sections: dict[str, frozenset[str]]
    gathering: frozenset[str]
    official_nouns: frozenset[str]
    handing: frozenset[str]
    taking: frozenset[str]
    handing_likened: frozenset[str]
    handing_leads: frozenset[str]
    openers: frozenset[str]  # every word at which a citation may be found
    listing: re.Pattern[str]
    prefilter: re.Pattern[str]


@cache
def cues() -> Cues:
    """The resource, read once a process."""
    data: dict[str, Any] = load_yaml("source_cues.yaml")
    after: dict[str, tuple[str, bool]] = {}
    before: set[str] = set()
    listed: list[str] = []
    for row in data["cues"]:
        if row["rule"] == "sumber":
            listed = row["form"]
        elif row["side"] == "after":
            after.update(dict.fromkeys(row["form"], (row["rule"], row["strength"] == "media")))
        else:
            before.update(row["form"])
    known = _known_media(data)
    noun_words = frozenset(noun.split()[-1] for noun in data["media_nouns"])
    return Cues(
        after=after,
        before=frozenset(before),
        known=known,
        longest=max(name.count(" ") + 1 for name in known),
        carriers=frozenset(data["carriers"]),
        media_nouns=tuple(data["media_nouns"]),
        noun_words=noun_words,
        openers=noun_words.union(after, before, data["document_nouns"], data["handing"]),
        media_words=frozenset(data["media_words"]),
        agency_words=frozenset(data["agency_words"]),
        document_nouns=frozenset(data["document_nouns"]),
        document_leads=frozenset(data["document_leads"]),
        document_fillers=frozenset(data["document_fillers"]),
        not_names=frozenset(data["not_names"]),
        platforms=frozenset(data["platforms"]),
        small_names=frozenset(data["small_names"]),
        families=frozenset(data["families"]),
        sections={outlet: frozenset(map(fold, names)) for outlet, names in data["sections"].items()},
        gathering=frozenset(data["gathering"]),
        official_nouns=frozenset(data["official_nouns"]),
        handing=frozenset(data["handing"]),
        taking=frozenset(data["taking"]),
        handing_likened=frozenset(data["handing_likened"]),
        handing_leads=frozenset(data["handing_leads"]),
        listing=re.compile("(?im)(?:" + "|".join(re.escape(form) for form in listed) + r")\s*([^\n]{2,160})"),
        prefilter=re.compile(
            "|".join(
                sorted(
                    map(re.escape, [*after, *before, *listed, *data["media_nouns"], *data["document_nouns"]]),
                    key=len,
                    reverse=True,
                )
            )
        ),
    )


def _known_media(data: dict[str, Any]) -> dict[str, Known]:
    """Media by folded name: those of the gazetteer, and the few it lacks."""
    ambiguous = frozenset(fold(name) for name in data["ambiguous"])
    known: dict[str, Known] = {}
    for row in data["media"]:
        for name in (row["name"], *row["also"]):
            known[fold(name)] = Known(row["name"], row["kind"], fold(name) in ambiguous, None)
    for row in load_csv("gazetteer_media.csv"):
        kind: SourceKind = "agency" if row["kind"] == "kantor berita" else "media"
        for name in (row["name"], row["english"], *row["aliases"].split("|")):
            if name:
                known[fold(name)] = Known(row["name"], kind, fold(name) in ambiguous, row["id"])
    return known


def fold(name: str) -> str:
    """A name for comparison: lower case, single spaces, plain marks."""
    return " ".join(name.lower().replace("’", "'").split())


def known_medium(surface: str, mention: Mention | None) -> Known | None:
    """The listed medium that a name is, or that its mention is; None for all others."""
    known = cues().known
    for name in (surface, mention.entity.name if mention is not None else surface):
        folded = fold(name)
        if folded in known:
            return known[folded]
        if folded.startswith("the ") and folded[4:] in known:
            return known[folded[4:]]
        for carrier in ("kantor berita ", "surat kabar ", "media "):
            if folded.startswith(carrier) and folded[len(carrier) :] in known:
                return known[folded[len(carrier) :]]
    return _misspelt(surface)


def _misspelt(surface: str) -> Known | None:
    """A known name that lost a letter, as some copies of a text do at the end of a word."""
    folded = fold(surface)
    if len(folded) < SHORTEST_MISSPELT:
        return None
    for name, row in cues().known.items():
        if len(name) == len(folded) + 1 and name[0] == folded[0]:
            same = next(
                (place for place, (left, right) in enumerate(zip(name, folded, strict=False)) if left != right), -1
            )
            if same < 0 or name[same + 1 :] == folded[same:]:
                return row
    return None


def kind_of(surface: str, carried: str, *, unknown: bool) -> SourceKind:
    """What an unlisted name is, by its words and those that lead to it; unknown: no mention stands there."""
    rules = cues()
    words = {word.strip(".").lower() for word in surface.split()}
    if words & rules.agency_words or "kantor berita" in carried:
        return "agency"
    if (
        words & rules.media_words
        or DOMAIN.search(surface.lower())
        or any(noun in carried for noun in rules.media_nouns)
    ):
        return "media"
    if surface.lower().startswith(("detik", "tribun")):
        return "media"
    if set(carried.split()) & rules.document_nouns:
        return "document"
    if unknown and not set(carried.split()) & rules.official_nouns:
        return "media"  # what a text quotes at length and no gazetteer knows is most often a site
    return "official"
