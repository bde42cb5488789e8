"""Which entity each name of an article is: known rows, full names first, then short forms and parts of them."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

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
    is_tail,
    letters_fit,
)
from core.tag.gazetteer import fold, gazetteer
from core.tag.labels import settle_labels
from core.tag.name_features import ordinary_words
from core.tag.people import PARTICLES, People, Person, name_tokens, overshoots
from core.tag.shaping import Found, is_head, word_lists
from core.tag.tokens import Words

Resolved = list[tuple[Found, Entity]]
LOCAL_HEADS = frozenset(["dinas", "badan", "kantor", "kantah", "balai", "satuan"])  # of bodies that each place has
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
        self.within: dict[tuple[str, ...], Entity] = {}

    def resolved(self) -> Resolved:
        settle_labels(self.words, self.names)
        self._introduce()
        self._bind_parts()
        self._read_brackets(brackets(self.words))
        answers = [(name, entity) for name in self.names if (entity := self._entity(name)) is not None]
        answers.extend(self._parts({number for name, _ in answers for number in range(name.first, name.last)}))
        answers.sort(key=lambda answer: answer[0].start)
        return answers

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
        bodies.extend(self._placed_bodies())
        for tokens, label, form, first in sorted(bodies, key=lambda body: (-len(body[0]), body[3])):
            self.bodies[label].add(tokens, self.bodies[label].fuller(tokens, first) or unlisted(form, label), first)
        counts = Counter(tokens for _, tokens in fresh)

        def plainest_last(item: tuple[Found, tuple[str, ...]]) -> tuple[bool, int, int, int]:
            return len(item[1]) > 2 and overshoots(item[1]), -len(item[1]), -counts[item[1]], item[0].first

        for name, tokens in sorted(fresh, key=plainest_last):
            inner = self.people.within(tokens)
            if inner is not None:
                self.people.introduce(inner.entity, inner.tokens, name.first)
                self.within[tokens] = inner.entity
                continue
            whole = self.people.whole(tokens) or self.people.slip(tokens, name.first)
            surface = self.words.text[name.start : name.end]
            self.people.introduce(whole.entity if whole else unlisted(surface, "PER"), tokens, name.first)

    def _placed_bodies(self) -> Iterator[tuple[tuple[str, ...], Label, str, int]]:
        """`Dinas Pendidikan (Disdik) Mataram`: a public body whose place stands behind its short form."""
        ending = {name.last: name for name in self.names if name.label == "ORG"}
        opening = {name.first: name for name in self.names if name.label == "GPE"}
        for bracket in brackets(self.words):
            body, place = ending.get(bracket.last), opening.get(bracket.at + 2)
            if body is None or place is None or self.words.text[self.words.ends[bracket.at + 1] : place.start] != " ":
                continue
            head = self.words.forms[body.first].lower()
            local = body.rows[0].kind == "cabang" if body.rows else head in word_lists().branches | LOCAL_HEADS
            if local:
                text = self.words.text
                form = full_form(f"{text[body.start : body.end]} {text[place.start : place.end]}")
                yield core_tokens(form), "ORG", form, body.first

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
            if is_tail(words, bracket, named):
                self._read_longer(bracket)
                continue
            entity = self._entity(named)
            if entity is None:
                continue
            if own is not None and self._mend_person(named, own, entity):
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

    def _read_longer(self, bracket: Bracket) -> None:
        """A short form of more words than the name right before it: DSI of PT Danantara Sumberdaya Indonesia."""
        if not bracket.spelled:
            return
        first = bracket.first
        opener = self.words.forms[first]
        plain = opener.lower() in ordinary_words() or opener.lower() in word_lists().titles
        if not opener[0].isupper() or (plain and not is_head(opener)):
            self.shorts[bracket.short] = None
            return
        form = full_form(self.words.text[self.words.starts[first] : self.words.ends[bracket.last - 1]])
        tokens = core_tokens(form)
        entity = self.bodies["ORG"].fuller(tokens, bracket.at) or unlisted(form, "ORG")
        self.bodies["ORG"].add(tokens, entity, first)
        self.shorts[bracket.short] = entity

    def _mend_person(self, named: Found, own: Found, entity: Entity) -> bool:
        """`Agus Harimurti Yudhoyonono (AHY)`: a known short form beside a slip of the pen is the known person."""
        row = choose_row(own.rows, self.homes) if own.rows else None
        if row is None or named.rows or {row.entity.label, named.label} != {"PER"}:
            return False
        if not alike(row.entity.name, entity.name):
            return False
        self.people.rename(entity, row.entity)
        return True

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
                self.people.part(self.words.folded[number], number)

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
                person = introduced[0]
                return person.entity if self._is_other(person, row.entity) else row.entity
        if row.kind == "cabang":
            fuller = self.bodies["ORG"].fuller(core_tokens(surface), name.first)
            return fuller if fuller is not None else row.entity
        return row.entity

    def _is_other(self, person: Person, known: Entity) -> bool:
        """Whether a name that opens like a known person's lone one is another's: neither `Anu Menjawab` nor a slip."""
        if person.overshoots:
            return False
        return not any(
            mine.startswith(theirs)
            for mine, theirs in zip(person.tokens[1:], name_tokens(known.name)[1:], strict=False)
        )

    def _person(self, name: Found, surface: str) -> Entity:
        tokens = name_tokens(surface)
        if len(tokens) == 1:
            person = self.people.part(tokens[0], name.first)
            if person is None:
                return unlisted(surface, "PER")
            self._take_particle(name, tokens[0], person)
            return person.entity
        if tokens in self.within:
            return self.within[tokens]
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
            token = self.words.folded[number]
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
        standing = {name.start for name in self.names}  # of `Kim-Putin` both may be known
        for name in self.names:
            form = self.words.forms[name.first] if name.last - name.first == 1 else ""
            start = self.words.starts[name.first] if form else 0
            for piece in form.split("-") if "-" in form else ():
                apart = (start + len(piece) <= name.start or start >= name.end) and start not in standing
                person = self.people.part(fold(piece), name.first) if apart and fold(piece) in tokens else None
                if person is not None and piece[0].isupper():
                    part = Found(start, start + len(piece), name.first, name.last, "PER", (), "part", 0.8)
                    found.append((part, person.entity))
                start += len(piece) + 1
        return found

    def _pair(self, number: int) -> tuple[str, ...]:
        return tuple(self.words.folded[number : number + 2])

    def _whole(
        self, number: int, names: list[tuple[tuple[str, ...], Entity]], covered: set[int]
    ) -> tuple[Found, Entity] | None:
        """An introduced body or place at a word, by all its words."""
        for tokens, entity in names:
            last = number + len(tokens)
            if tuple(self.words.folded[number:last]) == tokens and not covered.intersection(range(number, last)):
                name = self._at(number, entity, "whole")
                name.last, name.end = last, self.words.ends[last - 1]
                return name, entity
        return None

    def _add_part(self, found: Resolved, number: int) -> None:
        token = self.words.folded[number]
        if found and self._adjoins(found[-1][0], number):
            before, entity = found[-1]
            if any(person.entity.id == entity.id and person.has((token,)) for person in self.people.holders(token)):
                before.last, before.end = number + 1, self.words.ends[number]
                return
        person = self.people.part(token, number) if self._stands_alone(number) else None
        if person is None or (token != person.tokens[0] and token in word_lists().titles):
            return
        part = self._at(number, person.entity, "part")
        self._take_particle(part, token, person)
        found.append((part, person.entity))

    def _take_particle(self, part: Found, token: str, person: Person) -> None:
        """The Ten of `Ten Hag` belongs to the part where the full name has it before that word."""
        number = part.first - 1
        if number < 0 or token not in person.tokens[1:]:
            return
        form = self.words.forms[number]
        adjoins = self.words.text[self.words.ends[number] : self.words.starts[part.first]] == " "
        fits = form.lower() in PARTICLES and form.lower() == person.tokens[person.tokens.index(token) - 1]
        if adjoins and form[0].isupper() and fits:
            part.first, part.start = number, self.words.starts[number]

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
