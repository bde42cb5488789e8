"""A speaker as the text puts it, before it is known who that is, and names known by their shape alone."""

from dataclasses import dataclass
from typing import Literal

from core.model import Mention, Span
from core.tag.scene import Scene
from core.tag.verbs import speech

LONGEST_DEGREE = 6  # letters, as of `FIHA`
NAME_WORDS = 5  # most words of a name that is known by its shape alone
OPEN_GAPS = frozenset(("", "(", ")", ") (", "-", "/", "&", "'", "‘", "’", "@"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker as the text puts it, not yet resolved.

    sort: name (mention, or a name by its shape alone), pronoun, role (a phrase; mention is what stands in
    it), same (whoever speaks in this sentence already). head is the phrase's first word in lower case.
    """

    span: Span
    sort: Literal["name", "pronoun", "role", "same"]
    head: str = ""
    mention: Mention | None = None
    determined: bool = False


def suffix_speaker(scene: Scene, number: int) -> Candidate:
    """The -nya of `ujarnya`."""
    end = scene.ends[number]
    return Candidate(span=Span(start=end - 3, end=end), sort="pronoun", head="nya")


def span_of(scene: Scene, first: int, last: int) -> Span:
    return Span(start=scene.starts[first], end=scene.ends[last])


def as_name(mention: Mention, head: str = "") -> Candidate:
    return Candidate(span=mention.span, sort="name", head=head, mention=mention)


def is_joined(scene: Scene, number: int) -> bool:
    """Whether no mark but brackets, a hyphen or an abbreviation's full stop parts a word from the one before."""
    gap = scene.between(number - 1, number).strip()
    return gap in OPEN_GAPS or (gap == "." and len(scene.words[number - 1]) <= 3)


def shaped_name(scene: Scene, first: int, last: int) -> Candidate | None:
    """The name at the end of a run of words, known by its capitals: what stands behind its titles and bodies."""
    rules = speech()
    number = last + 1
    while number > first and last - number < NAME_WORDS - 1:
        back = number - 1
        word = scene.text[scene.starts[back] : scene.ends[back]]
        if not word[0].isupper() or scene.mention_at(scene.starts[back]) is not None:
            break
        if scene.words[back] in rules.no_names or not word[0].isalpha():
            break
        if len(word) > 1 and word.isupper() and not all_capitals(scene, first, last):
            break
        if number <= last and not is_joined(scene, number):
            break
        number = back
    if number > last:
        return None
    return Candidate(span=span_of(scene, number, last), sort="name", head=scene.words[number])


def all_capitals(scene: Scene, first: int, last: int) -> bool:
    return scene.text[scene.starts[first] : scene.ends[last]].isupper()


def is_degree(scene: Scene, number: int) -> bool:
    """Whether a word is an academic degree behind a name: `Rina Sari, MSc`, `Rina Sari, S.T., M.M.`"""
    if number == 0 or not scene.capital(number):
        return False
    if len(scene.words[number]) == 1:
        return any(mark in scene.between(number - 1, number) for mark in ",.")
    word = scene.text[scene.starts[number] : scene.ends[number]]
    behind_comma = "," in scene.between(number - 1, number)
    return scene.words[number] in speech().degrees or (
        behind_comma
        and scene.capital(number - 1)
        and word.isupper()
        and len(word) <= LONGEST_DEGREE
        and scene.mention_at(scene.starts[number]) is None
    )
