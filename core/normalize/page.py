"""Whole lines that are not the article: by rule, and at the head, between paragraphs and at the foot by their shape."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from core.model import Removed, Span
from core.normalize.credits import find_credits
from core.normalize.datelines import find_dateline
from core.normalize.dates import header_date
from core.normalize.lines import Line, content_words, small_words
from core.normalize.outlets import is_known
from core.normalize.rules import Rule, Where, rules_for

HEAD_LINES = 14  # title, dates, names and captions stand among these
LONGEST_RULED = 500  # characters of a line that a rule may cover
LEAD_PARAGRAPHS = 3
STRANGE = 0.25  # a headline sharing no more of its words with the article is another article's
FEWEST_STRANGE_WORDS = 6  # shorter ones are subheads
SPOKEN_SHARE = 0.4  # of several headlines, so many hold a small word; lists of names hold none
FOOT_HEADLINE_WORDS = 6  # on average; shorter ones may be a list of names
LONGEST_CAPTION_WORDS = 40
CREDITS_OF_PICTURES = frozenset({"photo.credit", "photo.zoom"})
_SHORT_FORM = re.compile(r"\([A-Z]{2,6}\)\Z")
_TAG_WORDS = re.compile(r"[a-z][\w-]*(?: [a-z\d][\w-]*){0,3}")
_INITIALS = re.compile(r"[(\[][A-Za-z][\w./ -]{1,39}[)\]]")
DEBRIS_WORDS = 4  # a foot line with no more, below furniture, is furniture too


@dataclass
class Page:
    """The lines of a text and what is known of them; a rule's name at a line's number means that it is cut."""

    lines: Sequence[Line]
    lower: str
    cut: dict[int, str] = field(default_factory=dict)

    @cached_property
    def credited(self) -> frozenset[int]:
        """Numbers of the lines that hold a credit."""
        found = find_credits(self.lines)
        return frozenset(
            number
            for number, line in enumerate(self.lines)
            if any(line.start < credit.end and credit.start < line.end for credit in found)
        )

    def first_body(self) -> int:
        """The line that the article opens with: one with a dateline, else the first that reads like text."""
        for number, line in enumerate(self.lines[:HEAD_LINES]):
            if number not in self.cut and line.text.count(" ") > 4 and find_dateline(line.text) is not None:
                return number
        return next((number for number, line in enumerate(self.lines) if self._is_text(number, line)), len(self.lines))

    def cut_foot(self) -> int:
        """Cut what the rules of the foot cover, from below; gives the last line of text, -1 where there is none."""
        active = rules_for("foot", self.lower)
        for number in range(len(self.lines) - 1, -1, -1):
            line = self.lines[number]
            if number in self.cut or number in self.credited:
                continue
            rule = None if line.is_paragraph else _covering(active, line)
            if rule is not None:
                self.cut[number] = rule.id
                _headlines_below(self, number, rule)
            elif line.is_body:
                return number
        return -1

    def _is_text(self, number: int, line: Line) -> bool:
        return number not in self.cut and line.is_body and number not in self.credited

    @cached_property
    def lead(self) -> frozenset[str]:
        first = self.first_body()
        texts = [line.text for line in self.lines[first : first + LEAD_PARAGRAPHS]]
        if texts and (dateline := find_dateline(texts[0])) is not None:
            texts[0] = texts[0][dateline.end :]  # an outlet's name is in every line of its page's head
        return content_words(texts)

    @cached_property
    def body(self) -> frozenset[str]:
        """The content words of everything that reads like text."""
        return content_words(line.text for number, line in enumerate(self.lines) if self._is_text(number, line))


def find_lines(lines: Sequence[Line], lower: str) -> Iterator[Removed]:
    """The lines to cut, with the rule that says so."""
    page = Page(lines, lower)
    _by_rule(page, "line", range(len(lines)))
    first = page.first_body()
    if first < len(lines):
        _by_rule(page, "head", range(first))
        _head(page, first)
        last = page.cut_foot()
        _between(page, first, last)
        _foot(page, last)
    for number, rule in page.cut.items():
        yield Removed(span=Span(start=lines[number].start, end=lines[number].end), rule=rule)


def _by_rule(page: Page, where: Where, numbers: range) -> None:
    active = rules_for(where, page.lower)
    for number in numbers:
        if number in page.cut or _goes_on(page, number):
            continue
        if (rule := _covering(active, page.lines[number])) is not None:
            page.cut[number] = rule.id
            _headlines_below(page, number, rule)
            if rule.answers:
                _answers_below(page, number, rule)


def _goes_on(page: Page, number: int) -> bool:
    """Whether the next line goes on in mid-sentence, as where a page breaks the lines around linked words."""
    if number == 0 or number + 1 >= len(page.lines) or page.lines[number - 1].has_final_stop:
        return False
    following = page.lines[number + 1].text
    if following[0] in ",;":
        return True
    return following[0].islower() and not is_known(following) and find_dateline(following) is None


def _covering(active: Sequence[Rule], line: Line) -> Rule | None:
    if len(line.text) > LONGEST_RULED:
        return None
    return next((rule for rule in active if rule.may_match(line.lower) and rule.covers(line.text)), None)


def _headlines_below(page: Page, number: int, rule: Rule) -> None:
    for below in range(number + 1, min(len(page.lines), number + 1 + rule.takes)):
        line = page.lines[below]
        if line.is_paragraph or not line.is_headline or below in page.credited:
            return
        page.cut.setdefault(below, rule.id)


def _answers_below(page: Page, number: int, rule: Rule) -> None:
    """Questions and the line after each; a label without a question below it is left alone."""
    below = number + 1
    while below < len(page.lines) and page.lines[below].text[-1] == "?":
        page.cut.update(dict.fromkeys(range(below, min(below + 2, len(page.lines))), rule.id))
        below += 2
    if below == number + 1:
        del page.cut[number]


def title_number(page: Page, first: int, hint: str | None = None) -> int | None:
    """The line of the head that is the article's headline: the container's, else the first that tells of the same."""
    candidates = [
        number
        for number in range(min(first, HEAD_LINES))
        if number not in page.cut and number not in page.credited and _may_be_title(page, number, first)
    ]
    if hint:
        for number in candidates:
            if page.lines[number].text == hint.strip():
                return number
    if not candidates:
        return None
    near = [number for number in candidates if page.lines[number].shares_words(page.lead) > STRANGE]
    return next(iter(near + candidates))


def is_date_line(line: Line) -> bool:
    """Whether a line is nothing but a date, labels, and at most the name of an outlet."""
    header = header_date(line.text)
    return header is not None and (not header[1] or is_known(header[1]))


def _may_be_title(page: Page, number: int, first: int) -> bool:
    line = page.lines[number]
    if header_date(line.text) is not None or is_known(line.text):
        return False
    if line.is_headline:
        return True
    if number or line.is_body or line.text[-1] in ".,;:":
        return False
    return len(line.words) >= 4 or (len(line.words) == 3 and _opens_report(page, first))


def _opens_report(page: Page, first: int) -> bool:
    """Whether the article opens with a dateline, so that even a short line above it is its headline."""
    return first < len(page.lines) and find_dateline(page.lines[first].text) is not None


def _head(page: Page, first: int) -> None:
    """Dates, site names, repeated lines and other articles' headlines above the article."""
    lines = page.lines
    for number in range(min(first, HEAD_LINES)):
        if number not in page.cut and is_date_line(lines[number]):
            page.cut[number] = "header.date"
        elif number not in page.cut and is_known(lines[number].text):
            page.cut[number] = "page.site-name"
    title = title_number(page, first)
    for number in range(first):
        line = lines[number]
        if number in page.cut or number in page.credited or number == title or line.is_body:
            continue
        if title is not None and line.text == lines[title].text:
            page.cut[number] = "repeat.title"
        elif title is not None and number < title:
            page.cut[number] = "related.headline"
        elif _is_doubled(lines, number):
            page.cut[number] = "photo.caption-doubled"
    _captions(page, first, title)


def _captions(page: Page, first: int, title: int | None) -> None:
    """Sentences right below the credit of a picture, above an article that opens with a dateline."""
    if not _opens_report(page, first):
        return
    for number in range(1, first):
        line = page.lines[number]
        free = number not in page.cut and number not in page.credited and number != title
        if free and page.cut.get(number - 1) in CREDITS_OF_PICTURES and len(line.words) <= LONGEST_CAPTION_WORDS:
            page.cut[number] = "photo.caption-below-credit"


def _is_doubled(lines: Sequence[Line], number: int) -> bool:
    """Whether a line that is no sentence stands twice in a row, as captions do."""
    text = lines[number].text
    around = [lines[near].text for near in (number - 1, number + 1) if 0 <= near < len(lines)]
    return text in around and not lines[number].has_final_stop


def _between(page: Page, first: int, last: int) -> None:
    """Captions said twice and other articles' headlines between paragraphs."""
    for number in range(first + 1, last):
        line = page.lines[number]
        if number in page.cut or line.is_body or number in page.credited:
            continue
        if len(line.words) > 2 and _is_doubled(page.lines, number):
            page.cut[number] = "photo.caption-doubled"
        elif _is_strange(page, line):
            page.cut[number] = "related.headline"


def _is_strange(page: Page, line: Line) -> bool:
    """Whether a line is a headline that tells of something else than the article."""
    if not line.is_headline or len(line.words) < FEWEST_STRANGE_WORDS or ";" in line.text:
        return False
    if _SHORT_FORM.search(line.text):  # a name with its short form, above what is told of it
        return False
    return line.shares_words(page.body) <= STRANGE


def _foot(page: Page, last: int) -> None:
    """Headlines of other articles below the last paragraph, and what is left of the page's boxes below furniture."""
    lines = page.lines
    foot = [number for number in range(last + 1, len(lines)) if number not in page.credited]
    headlines = [number for number in foot if number not in page.cut and lines[number].is_headline]
    if _are_headlines([lines[number] for number in headlines]) and (last < 0 or lines[last].text[-1] != ":"):
        page.cut.update(dict.fromkeys(headlines, "related.headline"))
    below = False
    for number in foot:
        if number in page.cut:
            below = True
        elif is_date_line(lines[number]):
            page.cut[number] = "page.foot-date"
        elif number - 1 in page.credited and _TAG_WORDS.fullmatch(lines[number].text):
            page.cut[number] = "page.tag-words"
        elif _INITIALS.fullmatch(lines[number].text):
            continue  # a credit as soon as nothing is left below them
        elif below and (len(lines[number].words) <= DEBRIS_WORDS or _is_strange(page, lines[number])):
            page.cut[number] = "page.debris"


def _are_headlines(lines: Sequence[Line]) -> bool:
    """Whether several lines in headline capitals are headlines, not a list of names."""
    words = [word for line in lines for word in line.words]
    spoken = sum(any(word in small_words() for word in line.words) for line in lines)
    return len(lines) > 1 and len(words) >= FOOT_HEADLINE_WORDS * len(lines) and spoken >= SPOKEN_SHARE * len(lines)
