"""A briefing as a Word document."""

import re
from io import BytesIO
from typing import TYPE_CHECKING

from core.briefing.page import bare, file_lines, source_line, state_line
from core.briefing.records import Briefing, PickedFigure, PickedSentence
from core.view.files import drawn
from core.view.wording import Wording, wording_of

if TYPE_CHECKING:
    from docx.document import Document

SHOWN_ROWS = 30
PICTURE_CM = 16.0
TITLE_CHARACTERS = 255  # of a document's properties
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # not allowed in XML


def to_docx(briefing: Briefing, *, made: str) -> bytes:
    """The bytes of the document. made is the moment of export, ready to be shown."""
    import docx  # late: only an export needs it

    words = wording_of(briefing.language)
    paper = docx.Document()
    paper.core_properties.title = clean(briefing.title)[:TITLE_CHARACTERS]
    paper.core_properties.author = "Telaah"
    paper.add_heading(clean(briefing.title), 0)
    paper.add_paragraph(clean(made), style="Subtitle")
    if briefing.summary.strip():
        paper.add_paragraph(clean(briefing.summary))
    for item in briefing.items:
        if isinstance(item, PickedFigure):
            _figure(paper, item, words)
        else:
            _sentence(paper, item, words)
        if item.note.strip():
            paper.add_paragraph(clean(item.note))
        paper.add_paragraph(clean(state_line(item.state, words)), style="Caption")
    paper.add_heading(words.text("briefing.files", n=len(briefing.files)), 1)
    for line in file_lines(briefing.files, words):
        paper.add_paragraph(clean(line), style="List Bullet")
    written = BytesIO()
    paper.save(written)
    return written.getvalue()


def clean(text: str) -> str:
    """Text without the characters that the file format cannot hold."""
    return _FORBIDDEN.sub("", text)


def _figure(paper: "Document", item: PickedFigure, words: Wording) -> None:
    from docx.shared import Cm

    paper.add_heading(clean(item.title), 1)
    paper.add_paragraph(clean(item.subtitle), style="Caption")
    if item.chart is not None:
        shape = paper.add_picture(BytesIO(drawn(bare(item.chart), "png")), width=Cm(PICTURE_CM))
        shape._inline.docPr.set("descr", clean(f"{item.title}. {item.subtitle}"))  # what a screen reader says
    table = paper.add_table(rows=1, cols=max(1, len(item.columns)), style="Light List Accent 1")
    for cell, heading in zip(table.rows[0].cells, item.columns, strict=False):
        cell.text = clean(heading)
    for row in item.shown[:SHOWN_ROWS]:
        for cell, said in zip(table.add_row().cells, row, strict=False):
            cell.text = clean(said)
    if len(item.shown) > SHOWN_ROWS:
        left = words.text("briefing.table_cut", n=len(item.shown), shown=SHOWN_ROWS)
        paper.add_paragraph(clean(left), style="Caption")


def _sentence(paper: "Document", item: PickedSentence, words: Wording) -> None:
    paper.add_paragraph(clean(item.text), style="Intense Quote")
    paper.add_paragraph(clean(source_line(item, words)))
    paper.add_paragraph(clean(item.file.sha256), style="Caption")
