"""Who a speaker is: names from mentions, pronouns and roles from who spoke or was spoken of before."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from core.model import Mention, Span
from core.tag.candidates import Candidate, shaped_name
from core.tag.scene import Scene
from core.tag.verbs import speech

SUBJECT_WITHIN = 9  # words from the start of a sentence in which its subject is sought
SHORTEST_CALL = 3  # letters of a shortened name
PARTNERS = re.compile(r"\)? dan ")
VERB = re.compile(r"(?:mem|men|ber|di)[a-z]{4,}")
CLAUSE_MARKS = (". ", "\n", '"', "”", "“")


@dataclass(frozen=True, slots=True)
class Voice:
    """A resolved speaker; name is None where the text does not tell. words are those of a role, in lower case."""

    name: str | None
    entity: str | None
    label: str = ""
    words: frozenset[str] = frozenset()


NOBODY = Voice(name=None, entity=None)


class Voices:
    """Resolves the speakers of one text, asked in order of text; remembers who spoke."""

    def __init__(self, scene: Scene, spoken: Iterable[Span] = (), named: Iterable[str] = ()) -> None:
        """Takes the stretches of direct speech, and the entities that the text names as speakers anywhere."""
        self.scene = scene
        self._named = frozenset(named)
        self._inside = sorted((span.start, span.end) for span in spoken)
        self._spoken: list[tuple[int, Voice]] = []
        self._people = [m for m in scene.mentions if m.label == "PER"]
        self._people_starts = [m.span.start for m in self._people]
        self._bodies = [m for m in scene.mentions if m.label == "ORG"]
        self._subjects: list[tuple[int, Mention]] | None = None
        self._long: dict[str, str] = {}

    def resolve(self, candidate: Candidate, at: int) -> Voice:
        """The voice of a candidate found at an offset; remembered as the last who spoke."""
        if candidate.sort == "same":
            voice = self.last()
        elif candidate.sort == "pronoun":
            voice = self._pronoun(candidate.head, at)
        elif candidate.sort == "role":
            voice = self._role(candidate)
        elif candidate.mention is not None:
            voice = self._with_partner(candidate.mention)
        else:
            voice = self._shaped(candidate)
        if voice.name is not None:
            self._spoken.append((at, voice))
        return voice

    def last(self) -> Voice:
        """Who spoke last."""
        return self._spoken[-1][1] if self._spoken else NOBODY

    def _with_partner(self, mention: Mention) -> Voice:
        """`AS dan Korea Selatan menuduh ...`: two of a kind that speak as one."""
        voice = _of(mention)
        place = bisect_left(self.scene.mention_starts, mention.span.start)
        for left, right in ((place - 1, place), (place, place + 1)):
            if left < 0 or right >= len(self.scene.mentions):
                continue
            one, two = self.scene.mentions[left], self.scene.mentions[right]
            between = self.scene.text[one.span.end : two.span.start]
            if one.label == two.label and one.entity.id != two.entity.id and PARTNERS.fullmatch(between):
                name = f"{one.entity.name} dan {two.entity.name}"
                return Voice(name=name, entity=voice.entity, label=voice.label)
        return voice

    # ------------------------------------------------------------ pronouns

    def _pronoun(self, word: str, at: int) -> Voice:
        if word in speech().plural_pronouns:
            return next((voice for _, voice in reversed(self._spoken) if voice.label != "PER"), self.last())
        spoken = next(((place, voice) for place, voice in reversed(self._spoken) if voice.label == "PER"), None)
        if word in ("nya", "pihaknya") and self._spoken and self._spoken[-1][1].label in ("ORG", "GROUP"):
            spoken = self._spoken[-1]
        subject = self._subject_before(at)
        if subject is not None and (spoken is None or (subject[0] > spoken[0] and self._takes_over(subject, spoken))):
            return _of(subject[1])
        if spoken is not None:
            return spoken[1]
        place = bisect_left(self._people_starts, at)
        return _of(self._people[place - 1]) if place else self.last()

    def _takes_over(self, subject: tuple[int, Mention], spoken: tuple[int, Voice]) -> bool:
        """Whether a new subject is the one who speaks now: named as a speaker somewhere, or only just come up."""
        entity = subject[1].entity.id
        if entity in self._named or spoken[1].entity not in self._named:
            return True
        return not any(person.entity.id == entity and person.span.start < spoken[0] for person in self._people)

    def _subject_before(self, at: int) -> tuple[int, Mention] | None:
        """The last sentence before an offset that has a person as its subject."""
        if self._subjects is None:
            spans = [sentence.span for sentence in self.scene.reading.sentences]
            self._subjects = [found for found in map(self._subject, spans) if found]
        place = bisect_left(self._subjects, at, key=lambda pair: pair[0])
        return self._subjects[place - 1] if place else None

    def _subject(self, span: Span) -> tuple[int, Mention] | None:
        start = self._main_clause(span)
        mention = next((m for m in self.scene.mentions_within(start, span.end) if m.label == "PER"), None)
        if mention is None or mention.where == "title" or self._in_speech(mention.span.start):
            return None
        rules = speech()
        first, last = self.scene.word_from(start), self.scene.word_from(mention.span.start)
        before = self.scene.words[first:last]
        told = [place for place, word in enumerate(before) if word in rules.passive]
        if told and len(before) - told[-1] <= SUBJECT_WITHIN:
            return mention.span.start, mention  # `Hal itu disampaikan ketua panitia, Budi.`
        if len(before) > SUBJECT_WITHIN or any(word in rules.clause_words for word in before):
            return None
        if before and (before[-1] in rules.of_someone or before[-1] in ("oleh", "dengan", "kepada", "untuk")):
            return None
        return mention.span.start, mention

    def _main_clause(self, span: Span) -> int:
        """Where the main clause starts: behind the comma of `Saat Budi lulus, Rina ...`."""
        first = self.scene.word_from(span.start)
        if first >= len(self.scene.words) or self.scene.words[first] not in speech().subordinators:
            return span.start
        comma = self.scene.text.find(", ", span.start, span.end)
        return comma + 2 if comma >= 0 else span.start

    def _in_speech(self, offset: int) -> bool:
        place = bisect_left(self._inside, (offset + 1, 0)) - 1
        return place >= 0 and offset < self._inside[place][1]

    # ------------------------------------------------------------ names by shape

    def _shaped(self, candidate: Candidate) -> Voice:
        """A name by shape; a short form takes the longer name it is part of."""
        name = candidate.span.of(self.scene.text)
        for person in self._people:
            if name in person.entity.name.split() or person.entity.name == name:
                return _of(person)
        for _, voice in reversed(self._spoken):
            if voice.label == "PER" and voice.name and any(_short_for(name, part) for part in voice.name.split()):
                return voice
        if name not in self._long:
            self._long[name] = self._longer(name)
        return Voice(name=self._long[name], entity=None, label="PER")

    def _longer(self, name: str) -> str:
        """The first longer run of capitals that holds a name: `Endy` -> `Endy Soleman Boko`."""
        if name.count(" "):
            return name
        scene = self.scene
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", scene.text):
            number = scene.word_from(found.start())
            if number >= len(scene.words) or scene.starts[number] != found.start():
                continue
            last = number
            while last + 1 < len(scene.words) and last - number < 4 and self._goes_on(last + 1):
                last += 1
            whole = shaped_name(scene, max(0, number - 3), last)
            if (
                whole is not None
                and len(whole.span.of(scene.text)) > len(name)
                and name in whole.span.of(scene.text).split()
            ):
                return whole.span.of(scene.text)
        return name

    def _goes_on(self, number: int) -> bool:
        scene = self.scene
        if scene.between(number - 1, number) != " " or scene.mention_at(scene.starts[number]) is not None:
            return False
        word = scene.words[number]
        return scene.capital(number) and word not in speech().stops and word not in speech().heads

    # ------------------------------------------------------------ roles

    def _role(self, candidate: Candidate) -> Voice:
        rules = speech()
        phrase = candidate.span.of(self.scene.text)
        words = frozenset(phrase.lower().split())
        if candidate.determined:
            voice = self._determined(candidate)
            if voice is not None:
                return voice
        elif candidate.head in rules.recalled and len(words) == 1 and (named := self._opened_by(candidate)) is not None:
            return _of(named)
        elif candidate.head in rules.the_one and len(words) == 1:
            return self._body(candidate.head, candidate.span.start) or Voice(phrase, None, "ORG", words)
        elif candidate.head not in rules.unnamed:
            holder = self._holder(phrase, candidate.head)
            if holder is not None:
                return _of(holder)
        if not phrase[:2].isupper() and candidate.head in rules.heads:
            phrase = phrase[:1].lower() + phrase[1:]
        return Voice(name=phrase, entity=None, label=_sort_of(candidate.head), words=words)

    def _determined(self, candidate: Candidate) -> Voice | None:
        """`pejabat itu`, `kementerian tersebut`, `bos Tesla itu`: the last fitting one."""
        rules = speech()
        start = candidate.span.start
        for _, voice in reversed(self._spoken):
            if candidate.head in voice.words:
                return voice
        if candidate.head in rules.person and candidate.head not in rules.unnamed | rules.anonymous:
            holder = self._holder(candidate.span.of(self.scene.text), candidate.head)
            voice = _of(holder) if holder is not None else self._pronoun("dia", start)
            return voice if voice.name is not None else None
        if candidate.head == "negara":
            places = [m for m in self.scene.mentions_within(0, start) if m.label == "GPE"]
            return _of(places[-1]) if places else None
        if candidate.head in rules.body:
            return self._body(candidate.head, start)
        return None

    def _opened_by(self, candidate: Candidate) -> Mention | None:
        """The last body before a phrase whose name opens with its head."""
        before = [m for m in self._bodies if m.span.start < candidate.span.start]
        return next((m for m in reversed(before) if m.entity.name.lower().startswith(candidate.head)), None)

    def _body(self, head: str, start: int) -> Voice | None:
        """The last body before an offset whose name opens with a word, else the last body that spoke or was named."""
        before = [m for m in self._bodies if m.span.start < start]
        for body in reversed(before):
            if body.entity.name.lower().startswith(head) or body.span.of(self.scene.text).lower().startswith(head):
                return _of(body)
        spoken = next((voice for _, voice in reversed(self._spoken) if voice.label == "ORG"), None)
        if spoken is not None:
            return spoken
        return _of(before[-1]) if before and head in speech().the_one else None

    def _holder(self, phrase: str, head: str) -> Mention | None:
        """The person whom the text gives this role: `Gubernur NTT Viktor` for `gubernur`."""
        if head not in speech().person:
            return None
        wanted = [word.lower() for word in phrase.split()]
        full = speech().short_roles.get(head)
        folded = self.scene.folded
        for person in self._people:  # in order of text: the first who bears it
            before = folded[max(0, person.span.start - 90) : person.span.start].rstrip()
            apposed = before.endswith(",")
            before = before.rstrip(",")
            cut = max(before.rfind(mark) for mark in CLAUSE_MARKS)
            cut = max(cut, before.rfind(","))
            behind = folded[person.span.end : person.span.end + len(phrase) + 2]
            if behind == ", " + phrase.lower() and not before.endswith("menurut"):
                return person
            words = re.sub(r"[(),]", " ", before[cut + 1 :]).split()
            if len(words) > 12 and not apposed:
                words = words[-12:]
            if full is not None and len(wanted) == 1 and full <= set(words):
                return person
            if wanted[0] not in words:
                continue
            role = words[words.index(wanted[0]) :]
            if set(wanted) <= set(role) and not any(map(_acts, role)):
                return person
        return None


def _acts(word: str) -> bool:
    """Whether a word between a role and a name is a verb, so that the name is not the holder's."""
    rules = speech()
    return word in rules.clause_words or (
        VERB.fullmatch(word) is not None and word not in rules.heads | rules.titles | rules.role_joints
    )


def _short_for(name: str, part: str) -> bool:
    """Whether a name is a part of a longer one, or its beginning: `Zul` for `Zulkarnain`."""
    return name == part or (len(name) >= SHORTEST_CALL and part.startswith(name))


def _of(mention: Mention) -> Voice:
    return Voice(name=mention.entity.name, entity=mention.entity.id, label=mention.label)


def _sort_of(head: str) -> str:
    rules = speech()
    if head in ("seorang", "sang"):
        return "PER"
    if head in rules.body and head not in rules.person:
        return "ORG"
    return "PER" if head in rules.person and head not in rules.unnamed else "GROUP"
