"""Who a speaker is: names from mentions, pronouns and roles from who spoke or was spoken of before."""

from bisect import bisect_left
from dataclasses import dataclass

from core.model import Mention
from core.tag.scene import Scene
from core.tag.speakers import Candidate
from core.tag.verbs import speech

SUBJECT_WITHIN = 9  # words from the start of a sentence in which its subject is sought


@dataclass(frozen=True, slots=True)
class Voice:
    """A resolved speaker; name is None where the text does not tell."""

    name: str | None
    entity: str | None
    label: str = ""
    head: str = ""


NOBODY = Voice(name=None, entity=None)


class Voices:
    """Resolves the speakers of one text, asked in order of text; remembers who spoke."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._spoken: list[tuple[int, Voice]] = []
        self._people = [m for m in scene.mentions if m.label == "PER"]
        self._bodies = [m for m in scene.mentions if m.label == "ORG"]
        self._subjects: list[tuple[int, Mention]] | None = None

    def resolve(self, candidate: Candidate, at: int) -> Voice:
        """The voice of a candidate found at an offset; remembered as the last who spoke."""
        if candidate.sort == "same":
            voice = self._last_spoken(at)
        elif candidate.sort == "pronoun":
            voice = self._pronoun(candidate.head, at)
        elif candidate.sort == "role":
            voice = self._role(candidate)
        elif candidate.mention is not None:
            voice = _of(candidate.mention)
        else:
            voice = self._shaped(candidate)
        if voice.name is not None:
            self._spoken.append((at, voice))
        return voice

    def last(self) -> Voice:
        """Who spoke last."""
        return self._spoken[-1][1] if self._spoken else NOBODY

    def _last_spoken(self, at: int, label: str | None = None) -> Voice:
        for _, voice in reversed(self._spoken):
            if label is None or voice.label == label:
                return voice
        return NOBODY

    def _pronoun(self, word: str, at: int) -> Voice:
        if word in speech().plural_pronouns:
            return next((voice for _, voice in reversed(self._spoken) if voice.label != "PER"), self.last())
        spoken = next(((place, voice) for place, voice in reversed(self._spoken) if voice.label == "PER"), None)
        subject = self._subject_before(at)
        if word == "nya" and self._spoken and self._spoken[-1][1].label != "PER":
            spoken = self._spoken[-1]
        if subject is not None and (spoken is None or subject[0] > spoken[0]):
            return _of(subject[1])
        if spoken is not None:
            return spoken[1]
        place = bisect_left([m.span.start for m in self._people], at)
        return _of(self._people[place - 1]) if place else self.last()

    def _subject_before(self, at: int) -> tuple[int, Mention] | None:
        """The last sentence before an offset that has a person as its subject."""
        if self._subjects is None:
            self._subjects = [found for found in map(self._subject, self.scene.reading.sentences) if found]
        place = bisect_left(self._subjects, at, key=lambda pair: pair[0])
        return self._subjects[place - 1] if place else None

    def _subject(self, sentence: object) -> tuple[int, Mention] | None:
        span = sentence.span  # type: ignore[attr-defined]
        start = span.start
        for mention in self.scene.mentions_within(start, span.end):
            if mention.label != "PER" or mention.where == "title":
                continue
            before = self.scene.word_from(mention.span.start) - self.scene.word_from(start)
            quoted = any(mark in self.scene.text[start : mention.span.start] for mark in "\"“'‘")
            return (mention.span.start, mention) if before <= SUBJECT_WITHIN and not quoted else None
        return None

    def _shaped(self, candidate: Candidate) -> Voice:
        """A name by shape; a short form takes the longer name that ends or starts with it."""
        name = candidate.span.of(self.scene.text)
        for person in self._people:
            parts = person.entity.name.split()
            if name in parts or person.entity.name == name:
                return _of(person)
        return Voice(name=name, entity=None, label="PER")

    def _role(self, candidate: Candidate) -> Voice:
        rules = speech()
        start = candidate.span.start
        phrase = candidate.span.of(self.scene.text)
        if candidate.determined:
            voice = self._determined(candidate, start)
            if voice is not None:
                return voice
        elif candidate.head not in rules.unnamed:
            if candidate.head in rules.the_one and " " not in phrase:
                return self._body(candidate.head, start) or Voice(name=phrase, entity=None, label="ORG")
            holder = self._holder(phrase, candidate.head)
            if holder is not None:
                return _of(holder)
        if not phrase[:2].isupper() and candidate.head in rules.heads:
            phrase = phrase[:1].lower() + phrase[1:]
        return Voice(name=phrase, entity=None, label=_sort_of(candidate.head), head=candidate.head)

    def _determined(self, candidate: Candidate, start: int) -> Voice | None:
        """`pejabat itu`, `kementerian tersebut`, `bos Tesla itu`: the last fitting one."""
        rules = speech()
        for _, voice in reversed(self._spoken):
            if voice.head == candidate.head:
                return voice
        if candidate.head in rules.person and candidate.head not in rules.unnamed:
            voice = self._pronoun("dia", start)
            return voice if voice.name is not None else None
        if candidate.head == "negara":
            places = [m for m in self.scene.mentions_within(0, start) if m.label == "GPE"]
            return _of(places[-1]) if places else None
        if candidate.head in rules.body:
            return self._body(candidate.head, start)
        return None

    def _body(self, head: str, start: int) -> Voice | None:
        """The last body before an offset whose name opens with a word, else the last body that spoke or was named."""
        before = [m for m in self._bodies if m.span.start < start]
        for body in reversed(before):
            if body.entity.name.lower().startswith(head) or body.span.of(self.scene.text).lower().startswith(head):
                return _of(body)
        spoken = self._last_spoken(start, "ORG")
        if spoken.name is not None:
            return spoken
        return _of(before[-1]) if before and head in speech().the_one else None

    def _holder(self, phrase: str, head: str) -> Mention | None:
        """The person whom the text gives this role: `Gubernur NTT Viktor` for `gubernur`."""
        if head not in speech().person:
            return None
        wanted = [word.lower() for word in phrase.split()]
        folded = self.scene.folded
        for person in self._people:
            begin = max(0, person.span.start - 90)
            before = folded[begin : person.span.start]
            cut = max(before.rfind(mark) for mark in (". ", "\n", '"', "”", "“", ","))
            if before.rstrip().endswith(","):
                cut = max(before.rfind(mark) for mark in (". ", "\n", '"', "”", "“"))
                cut = max(cut, before.rstrip()[:-1].rfind(","))
            words = before[cut + 1 :].replace(",", " ").replace("(", " ").replace(")", " ").split()
            if words and wanted[0] in words and all(word in words[words.index(wanted[0]) :] for word in wanted):
                return person
        return None


def _of(mention: Mention) -> Voice:
    return Voice(name=mention.entity.name, entity=mention.entity.id, label=mention.label)


def _sort_of(head: str) -> str:
    rules = speech()
    if head in rules.body and head not in rules.person:
        return "ORG"
    return "PER" if head in rules.person and head not in rules.unnamed else "GROUP"
