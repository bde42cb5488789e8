"""The verbs of speech and the words around speakers, as reporting_verbs.yaml has them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from core.resources import load_yaml

RESOURCE = "reporting_verbs.yaml"
REPORTS = frozenset(("lapor", "kabar"))  # `Reuters melaporkan Budi ...`: the one reported on stays the subject


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of the verb list. takes: see the head of the resource."""

    lemma: str
    kind: str
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Speech:
    """The whole resource, laid out for look-up by lower-case word."""

    bare: dict[str, Verb]
    active: dict[str, Verb]
    passive: dict[str, Verb]
    nouns: frozenset[str]
    introductions: tuple[str, ...]
    conjunctions: frozenset[str]
    openers: frozenset[str]
    empty_contents: tuple[str, ...]
    empty_followers: frozenset[str]
    negations: frozenset[str]
    again: frozenset[str]
    menurut_not: frozenset[str]
    menurut_carriers: frozenset[str]
    pronouns: frozenset[str]
    plural_pronouns: frozenset[str]
    adverbs: frozenset[str]
    adverb_heads: frozenset[str]
    determiners: frozenset[str]
    person: frozenset[str]
    body: frozenset[str]
    group: frozenset[str]
    of_someone: frozenset[str]
    stops: frozenset[str]
    kin: frozenset[str]
    inner_stops: frozenset[str]
    breakers: frozenset[str]
    not_contents: dict[str, tuple[str, ...]]  # by lemma
    source_tails: tuple[str, ...]
    short_roles: dict[str, frozenset[str]]
    own_passive: frozenset[str]  # `disebutnya`
    carriers: frozenset[str]
    the_one: frozenset[str]
    unnamed: frozenset[str]
    anonymous: frozenset[str]
    connectives: frozenset[str]
    prepositions: frozenset[str]
    kept_adverbs: frozenset[str]
    circumstances: frozenset[str]
    aside_openers: frozenset[str]
    thus: frozenset[str]
    passive_openers: frozenset[str]
    asides: frozenset[str]
    titles: frozenset[str]
    degrees: frozenset[str]
    noun_fillers: frozenset[str]
    not_circumstances: frozenset[str]
    adverbials: frozenset[str]
    subordinators: frozenset[str]
    recalled: frozenset[str]
    bearing: frozenset[str]
    role_joints: frozenset[str]
    source_leads: frozenset[str]
    no_names: frozenset[str]  # words with a capital that are no part of a name
    heads: frozenset[str]  # every word that can open a speaker's phrase
    clause_words: frozenset[str]  # words that show a clause has begun: `bahwa`, verbs of speech but those of reporting
    cues: frozenset[str]  # every word that can cue indirect speech


@cache
def speech() -> Speech:
    """The resource, read once a process."""
    data: dict[str, Any] = load_yaml(RESOURCE)
    bare: dict[str, Verb] = {}
    active: dict[str, Verb] = {}
    passive: dict[str, Verb] = {}
    for row in data["verbs"]:
        verb = Verb(lemma=row["lemma"], kind=row["kind"], takes=frozenset(row["takes"]))
        for form in row["bare"]:
            bare[form] = bare[form + "nya"] = verb
        active.update(dict.fromkeys(row["active"], verb))
        passive.update(dict.fromkeys(row["passive"], verb))
    around = data["speakers"]
    return Speech(
        bare=bare,
        active=active,
        passive=passive,
        introductions=tuple(data["introductions"]),
        empty_contents=tuple(data["empty_contents"]),
        not_contents={lemma: tuple(phrases) for lemma, phrases in data["not_contents"].items()},
        source_tails=tuple(data["source_tails"]),
        short_roles={short: frozenset(full.split()) for short, full in data["short_roles"].items()},
        own_passive=frozenset(form + "nya" for form, verb in passive.items() if verb.takes & {"free", "bahwa"}),
        clause_words=frozenset(data["openers"]) | {word for word, verb in active.items() if verb.lemma not in REPORTS},
        cues=frozenset({*active, *passive, *bare, *(form + "nya" for form in passive), "menurut", "menurutnya"}),
        no_names=frozenset(
            word
            for words in (
                data["titles"],
                around["person"],
                around["body"],
                around["group"],
                around["stops"],
                data["breakers"],
                data["connectives"],
                data["adverbials"],
            )
            for word in words
        ),
        heads=frozenset(around["person"] + around["body"] + around["group"]),
        **{
            name: frozenset(data[name])
            for name in (
                "nouns",
                "conjunctions",
                "openers",
                "empty_followers",
                "negations",
                "again",
                "menurut_not",
                "menurut_carriers",
                "breakers",
                "carriers",
                "the_one",
                "unnamed",
                "anonymous",
                "connectives",
                "prepositions",
                "kept_adverbs",
                "circumstances",
                "aside_openers",
                "thus",
                "passive_openers",
                "asides",
                "titles",
                "degrees",
                "noun_fillers",
                "not_circumstances",
                "adverbials",
                "subordinators",
                "recalled",
                "bearing",
                "role_joints",
                "source_leads",
            )
        },
        **{name: frozenset(words) for name, words in around.items()},
    )
