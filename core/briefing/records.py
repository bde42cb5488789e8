"""What a briefing holds, and its form as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from core.briefing.charts import is_harmless
from core.errors import BriefingError

SCHEMA = "telaah.briefing/1"
MOST_ITEMS = 200
Cell = str | int | float | None
Difference = Literal["same", "tagger", "files", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file whose articles stand behind an item; sha256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Of what a figure spoke when it was picked.

    screen    the screen's title; link its address with all filters, relative to the dashboard
    filters   what narrowed the view, in plain words
    tagger    version of rules and models; telaah that of the program
    files     digest of the sorted sha256 of all files behind the view: equal digests, equal bytes
    """

    screen: str
    link: str
    filters: tuple[str, ...]
    articles: int
    independent: int
    outlets: int
    telaah: str
    tagger: str
    files: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedFigure:
    """A chart with its denominators and its whole table; chart is a Vega-Lite specification, or nothing for a table.

    columns are headings in the language of the briefing; rows hold numbers as numbers, shown how they read.
    """

    key: str
    title: str
    subtitle: str
    chart: Mapping[str, Any] | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shown: tuple[tuple[str, ...], ...]
    state: State
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedSentence:
    """A sentence with where it stands: number in the article from 0, date as ISO."""

    text: str
    outlet: str
    published: str | None
    title: str
    document_id: str
    sentence: int
    file: File
    state: State
    note: str = ""


Item = PickedFigure | PickedSentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A note in one language: title, summary in the analyst's words, items in order, the files behind them."""

    title: str
    summary: str
    language: Literal["id", "en"]
    items: tuple[Item, ...] = ()
    files: tuple[File, ...] = ()

    def headed(self, title: str, summary: str) -> "Briefing":
        """The same under another title and summary."""
        return replace(self, title=title, summary=summary)

    def having(self, item: Item, files: Sequence[File]) -> "Briefing":
        """The same with one more item, which replaces an equal figure or sentence; its files join the others.

        Raises: BriefingError when it is full.
        """
        kept = [other for other in self.items if _name(other) != _name(item)]
        if len(kept) >= MOST_ITEMS:
            raise BriefingError(f"A briefing holds at most {MOST_ITEMS} items: take some out first.")
        joined = {file.sha256: file for file in (*self.files, *files)}
        ordered = tuple(sorted(joined.values(), key=lambda file: (file.name, file.sha256)))
        return replace(self, items=(*kept, item), files=ordered)

    def without(self, place: int) -> "Briefing":
        """The same without the item at a place; files stay named until the briefing is empty."""
        items = (*self.items[:place], *self.items[place + 1 :])
        return replace(self, items=items, files=self.files if items else ())

    def moved(self, place: int, by: int) -> "Briefing":
        """The same with the item at a place some places later, or earlier when by is negative."""
        items = list(self.items)
        items.insert(max(0, place + by), items.pop(place))
        return replace(self, items=tuple(items))

    def noted(self, place: int, note: str) -> "Briefing":
        """The same with the analyst's words at an item."""
        items = list(self.items)
        items[place] = replace(items[place], note=note)
        return replace(self, items=tuple(items))


def _name(item: Item) -> tuple[str, ...]:
    """What makes two items the same: a figure under the same filters, a sentence of the same article."""
    if isinstance(item, PickedFigure):
        return "figure", item.key, item.title, item.state.link
    return "sentence", item.document_id, str(item.sentence)


def difference(then: State, now: State) -> Difference:
    """What stands between the numbers of an item and those that the same view shows now."""
    tagger = (then.telaah, then.tagger) != (now.telaah, now.tagger)
    files = then.files != now.files
    if tagger and files:
        return "both"
    return "tagger" if tagger else "files" if files else "same"


def to_json(briefing: Briefing) -> str:
    """One JSON object; keys sorted, so that the same briefing has the same bytes."""
    items = [{"kind": _name(item)[0], **asdict(item)} for item in briefing.items]
    whole = {"schema": SCHEMA, **asdict(briefing), "items": items}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, allow_nan=False)


def from_json(text: str, name: str) -> Briefing:
    """What to_json wrote. name is the file's, for the message.

    Raises: BriefingError when the text is not a briefing of this form.
    """
    try:
        given = json.loads(text)
        if given.get("schema") != SCHEMA:
            raise BriefingError(f"{name} is no briefing of this version of Telaah ({SCHEMA}): export it anew.")
        briefing = Briefing(
            title=_text(given["title"]),
            summary=_text(given["summary"]),
            language="en" if given["language"] == "en" else "id",
            items=tuple(_item(each) for each in given["items"][:MOST_ITEMS]),
            files=tuple(_file(each) for each in given["files"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BriefingError(f"{name} is damaged and cannot be opened as a briefing: export it anew.") from error
    return briefing


def _item(given: Mapping[str, Any]) -> Item:
    state = _state(given["state"])
    if given["kind"] == "figure":
        chart = given["chart"]
        if chart is not None and (not isinstance(chart, dict) or not is_harmless(chart)):
            raise TypeError("a chart is an object with all its data in it")
        return PickedFigure(
            key=_text(given["key"]),
            title=_text(given["title"]),
            subtitle=_text(given["subtitle"]),
            chart=chart,
            columns=_texts(given["columns"]),
            rows=tuple(tuple(_cell(cell) for cell in row) for row in given["rows"]),
            shown=tuple(_texts(row) for row in given["shown"]),
            state=state,
            note=_text(given["note"]),
        )
    return PickedSentence(
        text=_text(given["text"]),
        outlet=_text(given["outlet"]),
        published=None if given["published"] is None else _text(given["published"]),
        title=_text(given["title"]),
        document_id=_text(given["document_id"]),
        sentence=int(given["sentence"]),
        file=_file(given["file"]),
        state=state,
        note=_text(given["note"]),
    )


def _state(given: Mapping[str, Any]) -> State:
    return State(
        screen=_text(given["screen"]),
        link=_text(given["link"]),
        filters=_texts(given["filters"]),
        articles=int(given["articles"]),
        independent=int(given["independent"]),
        outlets=int(given["outlets"]),
        telaah=_text(given["telaah"]),
        tagger=_text(given["tagger"]),
        files=_text(given["files"]),
    )


def _file(given: Mapping[str, Any]) -> File:
    return File(name=_text(given["name"]), sha256=_text(given["sha256"]))


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError("text is expected")
    return given


def _texts(given: Sequence[object]) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise TypeError("a list of texts is expected")
    return tuple(map(_text, given))


def _cell(given: object) -> Cell:
    if given is None or isinstance(given, str | int | float):
        return given
    raise TypeError("a cell is text, a number or nothing")
