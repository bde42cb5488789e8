"""Which entity each name of an article is: known rows, full names first, then short forms and parts of them."""

import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise

from core.model import Entity, Label
from core.tag.bodies import (
    Bodies,
    Bracket,
    alike,
    bare_place,
    brackets,
    choose_row,
    core_tokens,
    count_homes,
    full_form,
    letters_fit,
)
from core.tag.gazetteer import fold, gazetteer
from core.tag.name_features import ordinary_words
from core.tag.people import People, name_tokens
from core.tag.shaping import Found, is_head, word_lists
from core.tag.tokens import Words

Resolved = list[tuple[Found, Entity]]
_VERB = re.compile(
    r"(?:me|ber|di|ter)[a-z]{3,}|pun|juga|akan|telah|sudah|tidak|sendiri|kemudian|lalu|mengaku|sempat|pernah"
)


def slug(name: str) -> str:
    """Small letters, digits and hyphens, for ids; a name of other scripts keeps its letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    kept = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return kept or re.sub(r"\W+", "-", name.lower()).strip("-") or "x"


def unlisted(name: str, label: Label) -> Entity:
    """An entity that no row knows, under its fullest form; PT, Tbk and the like are no part of its id."""
    key = " ".join(core_tokens(name)) if label == "ORG" else name
    return Entity(id=f"{label.lower()}:{slug(key)}", name=name, label=label)


def resolve(words: Words, names: list[Found]) -> Resolved:
    """Each name with its entity, and the parts of introduced names found beside them, in order."""
    return _Article(words, names).resolved()


class _Article:
    """The state of one article's resolution."""

    def __init__(self, words: Words, names: list[Found]) -> None:
        self.words = words
        self.names = names
        self.homes = count_homes(words, names)
        self.people = People()
        self.bodies: dict[Label, Bodies] = defaultdict(Bodies)
        self.shorts: dict[str, Entity | None] = {}

    def resolved(self) -> Resolved:
        self._unmask_people()
        self._agree_on_labels()
        self._introduce()
        self._bind_parts()
        self._read_brackets(brackets(self.words))
        answers = [(name, entity) for name in self.names if (entity := self._entity(name)) is not None]
        answers.extend(self._parts({number for name, _ in answers for number in range(name.first, name.last)}))
        answers.sort(key=lambda answer: answer[0].start)
        return answers

    # ------------------------------------------------------------ labels

    def _unmask_people(self) -> None:
        """A town's name that opens a person's (`Boston Rahmat Sastra`) is that person's, here and alone."""
        opened: dict[str, Found] = {}
        for before, name in pairwise(self.names):
            adjoins = name.label == "PER" and not name.rows and self._adjoins(before, name.first)
            if (
                adjoins
                and before.rows
                and before.rows[0].kind in ("kota", "kabupaten")
                and before.last - before.first == 1
            ):
                opened[self.words.text[before.start : before.end]] = name
        for surface, name in opened.items():
            if not any(
                self._speaks(other) for other in self.names if self.words.text[other.start : other.end] == surface
            ):
                continue
            for other in list(self.names):
                if self.words.text[other.start : other.end] != surface:
                    continue
                if self._adjoins(other, name.first):
                    name.start, name.first = other.start, other.first
                    self.names.remove(other)
                else:
                    other.rows, other.label, other.rule = (), "PER", "model"

    def _speaks(self, name: Found) -> bool:
        """Whether a word of speech stands right beside a name."""
        forms = self.words.forms
        before = forms[name.first - 1].lower() if name.first else ""
        after = forms[name.last].lower() if name.last < len(forms) else ""
        return before in word_lists().cues or after in word_lists().cues

    def _agree_on_labels(self) -> None:
        """One surface, one label: what the model saw of it is added up over the article."""
        votes: dict[str, Counter[Label]] = defaultdict(Counter)
        surfaces: dict[str, list[Found]] = defaultdict(list)
        for name in self.names:
            if name.rule == "model":
                surface = fold(self.words.text[name.start : name.end])
                votes[surface][name.label] += name.score + self._cue(name)  # type: ignore[assignment]
                surfaces[surface].append(name)
        full_people = {
            token
            for name in self.names
            if name.rows and name.label == "PER" and name.last - name.first > 1
            for token in name_tokens(self.words.text[name.start : name.end])
        } | {
            token
            for surface, found in surfaces.items()
            if votes[surface].most_common(1)[0][0] == "PER" and found[0].last - found[0].first > 1
            for token in surface.split()
        }
        for surface, found in surfaces.items():
            label = votes[surface].most_common(1)[0][0]
            if found[0].last - found[0].first == 1 and surface in full_people:
                label = "PER"
            for name in found:
                name.label = label

    def _cue(self, name: Found) -> float:
        """How much the words beside a name speak for a person."""
        return 1.0 if name.label == "PER" and self._speaks(name) else 0.0

    # ------------------------------------------------------------ full names

    def _introduce(self) -> None:
        fresh: list[tuple[Found, tuple[str, ...]]] = []
        bodies: list[tuple[tuple[str, ...], Label, str, int]] = []
        for name in self.names:
            surface = self.words.text[name.start : name.end]
            if name.rows:
                row = choose_row(name.rows, self.homes)
                if row.entity.label == "PER":
                    tokens = name_tokens(surface)
                    if len(tokens) > 1:
                        self.people.introduce(row.entity, name_tokens(row.entity.name), name.first)
                        self.people.introduce(row.entity, tokens, name.first)
                elif row.entity.label in ("GPE", "LOC"):
                    self.bodies[row.entity.label].add(bare_place(surface), row.entity, name.first)
                else:
                    self.bodies["ORG"].add(core_tokens(surface), row.entity, name.first)
            elif name.label == "PER" and len(tokens := name_tokens(surface)) > 1:
                fresh.append((name, tokens))
            elif name.label != "PER" and name.last - name.first > 1:
                form = full_form(surface) if name.label == "ORG" else surface
                tokens = core_tokens(form) if name.label == "ORG" else bare_place(surface)
                bodies.append((tokens, name.label, form, name.first))
        for tokens, label, form, first in sorted(bodies, key=lambda body: (-len(body[0]), body[3])):
            self.bodies[label].add(tokens, self.bodies[label].fuller(tokens, first) or unlisted(form, label), first)
        counts = Counter(tokens for _, tokens in fresh)
        for name, tokens in sorted(fresh, key=lambda item: (-len(item[1]), -counts[item[1]], item[0].first)):
            whole = self.people.whole(tokens)
            surface = self.words.text[name.start : name.end]
            self.people.introduce(whole.entity if whole else unlisted(surface, "PER"), tokens, name.first)

    def _read_brackets(self, found: list[Bracket]) -> None:
        """What each bracketed short form stands for; None where it stands for no name."""
        words = self.words
        ending = {name.last: name for name in self.names}
        opening = {name.first: name for name in self.names}
        for bracket in found:
            named, own = ending.get(bracket.last), opening.get(bracket.at)
            if named is None:
                if bracket.spelled and (own is None or own.rule == "model" or not self._same_words(own, bracket)):
                    self.shorts[bracket.short] = None
                continue
            entity = self._entity(named)
            if entity is None:
                continue
            partly = bracket.spelled and bracket.first > named.first
            if own is not None and own.rows and not (named.label == "PER" and bracket.short.isupper()):
                row = choose_row(own.rows, self.homes)
                if not named.rows and alike(row.entity.name, entity.name):
                    self.bodies["ORG"].rename(entity, row.entity)
                    continue
                if partly or not bracket.spelled:
                    continue
            if bracket.short in word_lists().not_names or (own is not None and own.label == "GPE"):
                continue
            fits = letters_fit(bracket.short, words.text[named.start : named.end])
            initials = named.label == "ORG" and bracket.short.isalpha() and bracket.short.isupper()
            if bracket.spelled or fits or initials:
                self.shorts[bracket.short] = entity

    def _same_words(self, own: Found, bracket: Bracket) -> bool:
        phrase = fold(self.words.text[self.words.starts[bracket.first] : self.words.ends[bracket.last - 1]])
        return any(phrase == fold(known) for row in own.rows for known in row.names)

    def _bind_parts(self) -> None:
        """Ask for every lone part once in order of text, so that later ones know whom earlier ones meant."""
        inside = {
            number for name in self.names if name.last - name.first > 1 for number in range(name.first, name.last)
        }
        for number in self.words.capitals:
            if number not in inside:
                self.people.part(fold(self.words.forms[number]), number)

    # ------------------------------------------------------------ one name

    def _entity(self, name: Found) -> Entity | None:
        surface = self.words.text[name.start : name.end]
        if surface in self.shorts:
            entity = self.shorts[surface]
            if entity is not None:
                name.label = entity.label
            return entity
        if name.rows and self._is_vehicle(name):
            name.label = "PRODUCT"
            return Entity(
                id="product:" + slug(name.rows[0].entity.name), name=name.rows[0].entity.name, label="PRODUCT"
            )
        if name.rows:
            return self._listed(name, surface)
        if name.label == "PER":
            return self._person(name, surface)
        if name.label == "ORG":
            form = full_form(surface)
            bodies, at = self.bodies["ORG"], name.first
            known = bodies.fuller(core_tokens(form), at) or bodies.fuller(core_tokens(surface), at)
            return known if known is not None else unlisted(form, "ORG")
        tokens = bare_place(surface)
        for label in (name.label, "GPE", "LOC"):
            known = self.bodies[label].fuller(tokens, name.first) if len(tokens) == 1 or label == name.label else None
            if known is not None and known.label == label:
                return known
        rows = gazetteer().named(" ".join(tokens)) if surface.startswith(("Kota ", "Provinsi ")) else ()
        towns = [row.entity for row in rows if row.entity.label == "GPE"]
        return towns[0] if towns else unlisted(surface, name.label)

    def _is_vehicle(self, name: Found) -> bool:
        """Whether a make of cars stands for one of its cars."""
        if name.rows[0].kind != "merek kendaraan" or not name.first:
            return False
        return self.words.forms[name.first - 1].lower() in word_lists().vehicles

    def _listed(self, name: Found, surface: str) -> Entity:
        row = choose_row(name.rows, self.homes)
        tokens = name_tokens(surface)
        if row.entity.label == "PER" and len(tokens) == 1:
            introduced = [person for person in self.people.holders(tokens[0]) if person.tokens[0] == tokens[0]]
            if not self.people.known(row.entity.id) and len(introduced) == 1:
                return introduced[0].entity
        if row.kind == "cabang":
            fuller = self.bodies["ORG"].fuller(core_tokens(surface), name.first)
            return fuller if fuller is not None else row.entity
        return row.entity

    def _person(self, name: Found, surface: str) -> Entity:
        tokens = name_tokens(surface)
        if len(tokens) == 1:
            person = self.people.part(tokens[0], name.first)
            return person.entity if person is not None else unlisted(surface, "PER")
        whole = self.people.named(tokens) or self.people.whole(tokens)
        return whole.entity if whole is not None else unlisted(surface, "PER")

    # ------------------------------------------------------------ parts

    def _parts(self, covered: set[int]) -> Resolved:
        """Names the article introduced, in full or in part, where nothing else has found them."""
        tokens = self.people.tokens()
        shorts = {short: entity for short, entity in self.shorts.items() if entity is not None}
        longer: dict[tuple[str, ...], list[tuple[tuple[str, ...], Entity]]] = defaultdict(list)
        for bodies in self.bodies.values():
            for body, entity in bodies.long_names():
                longer[body[:2]].append((body, entity))
        found: Resolved = []
        taken = 0
        for number in self.words.capitals:
            if number < taken or number in covered:
                continue
            form = self.words.forms[number]
            token = fold(form)
            if form in shorts:
                found.append((self._at(number, shorts[form], "bracket"), shorts[form]))
            elif (whole := self._whole(number, longer.get(self._pair(number), []), covered)) is not None:
                found.append(whole)
                taken = whole[0].last
            elif token in tokens:
                self._add_part(found, number)
        found.extend(self._hyphenated(tokens))
        return found

    def _hyphenated(self, tokens: set[str]) -> Resolved:
        """Parts of persons in a hyphenated word of which another piece is a name: the Kim of `Kim-Putin`."""
        found: Resolved = []
        for name in self.names:
            form = self.words.forms[name.first] if name.last - name.first == 1 else ""
            start = self.words.starts[name.first] if form else 0
            for piece in form.split("-") if "-" in form else ():
                apart = start + len(piece) <= name.start or start >= name.end
                person = self.people.part(fold(piece), name.first) if apart and fold(piece) in tokens else None
                if person is not None and piece[0].isupper():
                    part = Found(start, start + len(piece), name.first, name.last, "PER", (), "part", 0.8)
                    found.append((part, person.entity))
                start += len(piece) + 1
        return found

    def _pair(self, number: int) -> tuple[str, ...]:
        return tuple(map(fold, self.words.forms[number : number + 2]))

    def _whole(
        self, number: int, names: list[tuple[tuple[str, ...], Entity]], covered: set[int]
    ) -> tuple[Found, Entity] | None:
        """An introduced body or place at a word, by all its words."""
        for tokens, entity in names:
            last = number + len(tokens)
            forms = self.words.forms[number:last]
            if tuple(map(fold, forms)) == tokens and not covered.intersection(range(number, last)):
                name = self._at(number, entity, "whole")
                name.last, name.end = last, self.words.ends[last - 1]
                return name, entity
        return None

    def _add_part(self, found: Resolved, number: int) -> None:
        token = fold(self.words.forms[number])
        if found and self._adjoins(found[-1][0], number):
            before, entity = found[-1]
            if any(person.entity.id == entity.id and person.has((token,)) for person in self.people.holders(token)):
                before.last, before.end = number + 1, self.words.ends[number]
                return
        person = self.people.part(token, number) if self._stands_alone(number) else None
        if person is None or (token != person.tokens[0] and token in word_lists().titles):
            return
        found.append((self._at(number, person.entity, "part"), person.entity))

    def _adjoins(self, before: Found, number: int) -> bool:
        return before.last == number and self.words.text[before.end : self.words.starts[number]] == " "

    def _at(self, number: int, entity: Entity, rule: str) -> Found:
        words = self.words
        return Found(words.starts[number], words.ends[number], number, number + 1, entity.label, (), rule, 0.8)

    def _stands_alone(self, number: int) -> bool:
        """Whether a capitalised word may be a lone part of a name here."""
        forms = self.words.forms
        low = forms[number].lower()
        after = forms[number + 1] if number + 1 < len(forms) else ""
        if is_head(low) and after[:1].isupper():
            return False
        if low not in ordinary_words():
            return True
        if number in self.words.opening:
            return bool(_VERB.fullmatch(after))
        return not (after[:1].isupper() and forms[number - 1][:1].isupper())
