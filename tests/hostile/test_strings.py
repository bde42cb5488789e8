"""Strings that want to run: in every place of an article, in what is shown, exported, searched and corrected."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from core import tickets
from core.analyze import articles, concordance, entities, overview
from core.analyze.export import to_csv, to_xlsx
from core.briefing import Briefing, File, PickedFigure, PickedSentence, State, from_html, to_docx, to_html
from core.contract import article_json
from core.errors import TelaahError
from core.model import Filters, Span, Tagged
from core.pipeline import process, tag_file
from core.settings import Settings
from core.store import Corpus, correction_files, corrections
from core.takeout import write_takeout
from core.view.bars import Bars, ranked
from core.view.files import chart_file
from core.view.look import Look
from core.view.marked import LAYERS, Mark, Shown, article_html, highlighted, legend_html, marked, raw_html
from core.view.wording import wording_of
from pages.parts.plain import SPECIAL, plain
from tests.hostile.harmless import read_book, read_csv, read_page
from tests.hostile.limits import held
from tests.hostile.rows import Row, name_of, rows, string_of
from tests.ingest.samples import PROSE

ROWS = rows("strings")
EVERY = pytest.mark.parametrize("row", ROWS, ids=name_of)
CORRECTED = [
    row for row in ROWS if row["name"].startswith(("formula", "statement", "condition", "zero", "script", "line"))
]
"""A correction is laid over the whole corpus, which takes a fifth of a second."""
WORDS = wording_of("en")


def an_article(text: str, number: int = 0) -> bytes:
    """An article with the string in each of its fields and in its text."""
    fields = dict.fromkeys(("title", "outlet", "url", "author", "date"), text)
    return (json.dumps({"text": f"{PROSE} {text} kata Sari, Rabu {number}. {PROSE}", **fields}) + "\n").encode()


def sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """All strings as articles, each from a file of that name."""
    folder = tmp_path_factory.mktemp("hostile")
    opened = Corpus.open(folder / "corpus.duckdb")
    settings = Settings(data_folder=folder, workers=0)
    lines = b"".join(an_article(string_of(row), number) for number, row in enumerate(ROWS))
    added = opened.add(process("=cmd|'<img src=x>'!A0.jsonl", lines, origin="upload", settings=settings))
    assert added.added == len(ROWS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def someone(corpus: Corpus) -> str:
    """An entity that stands in the corpus."""
    return str(corpus.rows("SELECT entity_id FROM mentions LIMIT 1")[0][0])


@EVERY
def test_an_article_shows_it_as_words(row: Row) -> None:
    with held(8, 300):
        (one,) = tag_file("a.jsonl", an_article(string_of(row)), settings=Settings(workers=0))
        assert isinstance(one, Tagged)
        json.dumps(article_json(one), ensure_ascii=False).encode()
        shown = read_page(article_html(one.document, one.annotations, WORDS, Shown(layers=LAYERS)))
        assert "memperbaiki jembatan" in shown
        read_page(raw_html(one.document, WORDS))


@EVERY
def test_a_mark_and_a_legend_show_it_as_words(row: Row) -> None:
    text = string_of(row)
    mark = Mark(span=Span(start=0, end=len(text)), css="tl-hit", hint=text, note=text)
    assert read_page(marked(text, [mark])).startswith(text.replace("\r", "")) or "\r" in text or "\0" in text
    read_page(highlighted(text, [(0, len(text))]))
    read_page(legend_html({text: "#ffffff"}))


@EVERY
def test_a_label_shows_it_as_words(row: Row) -> None:
    said = plain(string_of(row))
    said.encode()
    bare = said
    for mark in map(chr, SPECIAL):
        bare = bare.replace(f"\\{mark}", "")
    assert not set(bare) & {chr(mark) for mark in SPECIAL} - {"\\"}
    assert "\n" not in said
    lower = said.lower()
    assert not [sign for sign in ("://", "www.", ":material", "a@b", "a@jahat") if sign in lower.replace("\\", "")]


@EVERY
def test_tables_and_sheets_hold_it_as_words(row: Row) -> None:
    text = sendable(string_of(row))
    frame = pd.DataFrame({"title": [text, PROSE], text: [PROSE, text], "n": [1, 2]})
    assert len(read_csv(to_csv(frame))) == 3
    assert "memperbaiki" in read_book(to_xlsx(frame, sheet=text))


@EVERY
def test_a_briefing_shows_it_as_words(row: Row) -> None:
    import docx

    text = sendable(string_of(row)).replace("\0", "")
    state = State(screen=text, link=f"entities?q={text}", filters=(text,), articles=1, independent=1, outlets=1,
                  telaah="1", tagger=text, files=text)  # fmt: skip
    figure = PickedFigure(key="k", title=text, subtitle=text, chart=None, columns=(text, "n"), rows=((text, 1),),
                          shown=((text, "1"),), state=state, note=text)  # fmt: skip
    sentence = PickedSentence(text=text, outlet=text, published=None, title=text, document_id=text, sentence=0,
                              file=File(name=text, sha256="a"), state=state, note=text)  # fmt: skip
    files = (File(name=text, sha256="a"),)
    briefing = Briefing(title=text, summary=text, language="en", items=(figure, sentence), files=files)
    page = to_html(briefing, made=text)
    read_page(page)
    assert from_html(page.encode(), "a.html") == briefing
    docx.Document(io.BytesIO(to_docx(briefing, made=text)))


def test_a_chart_holds_them_as_data() -> None:
    texts = [sendable(string_of(row)) for row in ROWS]
    frame = pd.DataFrame({"outlet": texts, "outlet_name": texts, "hits": range(len(texts), 0, -1)})
    bars = Bars(name="outlet_name", value="hits", title="column.hits", keys=("outlet",))
    chart = ranked(frame, Look(wording=WORDS, outlets={}), bars)
    said = " ".join(texts)
    drawn = chart_file(chart, "svg", title=said, subtitle=said).decode()
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
    assert tags <= {"svg", "g", "path", "text", "tspan", "rect", "line", "defs", "clipPath", "title", "style"}
    assert chart_file(chart, "png", title=texts[0], subtitle=texts[0]).startswith(b"\x89PNG")


@EVERY
def test_the_corpus_answers_and_stays_whole(row: Row, corpus: Corpus, someone: str) -> None:
    text = sendable(string_of(row))
    with held(8, 300):
        chosen = Filters(words=text, outlets=(text,), languages=(text,), entities=(text,))
        assert overview.summary(corpus, chosen).articles == 0
        concordance.by_outlet(corpus, Filters(), words=text)
        articles.list_articles(corpus, Filters(words=text))
        entities.find(corpus, text)
        assert articles.load(corpus, text) is None
        assert entities.names(corpus, (text,)) in ({}, {text: text})
    assert corpus.article_count() == len(ROWS)


@pytest.mark.parametrize("row", CORRECTED, ids=name_of)
def test_a_correction_keeps_it_as_words(row: Row, corpus: Corpus, someone: str) -> None:
    text = sendable(string_of(row))
    try:
        made = corrections.correct(corpus, "rename_entity", {"entity_id": someone}, {"name": text}, who=text,
                                   reason=text)  # fmt: skip
    except TelaahError:
        return  # told in a sentence; nothing was written
    read_csv(correction_files.to_csv([made]), marks="")  # exact, to be read again: by its own comma alone
    json.loads(correction_files.to_jsonl([made]))
    corrections.undo(corpus, made.id, who="Sari")
    assert corpus.article_count() == len(ROWS)


@EVERY
def test_a_file_of_that_name_waits_in_the_inbox_and_nowhere_else(row: Row, tmp_path: Path) -> None:
    name = string_of(row)
    settings = Settings(data_folder=tmp_path / "data", workers=0)
    ticket = tickets.submit(PROSE.encode(), name, settings=settings)
    assert ticket.parent == settings.inbox_folder
    assert ticket.is_file()
    assert len(ticket.name.encode()) <= 255
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} - {ticket.name} <= {".lock"}
    own, _ = tickets.own_name(ticket)
    found = list(tag_file(own, PROSE.encode(), settings=settings))
    assert len(found) == 1
    json.dumps(found[0].document.source.name if isinstance(found[0], Tagged) else found[0].reason).encode()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_the_whole_corpus_leaves_as_words(corpus: Corpus, tmp_path: Path, kind: str) -> None:
    made = write_takeout(corpus, kind, tmp_path / f"semua.{kind}")  # type: ignore[arg-type]
    if kind == "xlsx":
        read_book(made.read_bytes())
        return
    with zipfile.ZipFile(made) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".csv"):
                read_csv(data, marks="")  # many columns hold JSON and long texts: read by its own comma
            elif name.endswith(".jsonl"):
                assert all(json.loads(line) is not None for line in data.decode().split("\n") if line)
