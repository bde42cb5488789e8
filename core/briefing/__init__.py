"""A briefing: charts and sentences that an analyst chose, with all that another one needs to get the same numbers."""

from core.briefing.document import to_docx
from core.briefing.page import from_html, to_html
from core.briefing.records import Briefing, File, Item, PickedFigure, PickedSentence, State, difference

__all__ = [
    "Briefing",
    "File",
    "Item",
    "PickedFigure",
    "PickedSentence",
    "State",
    "difference",
    "from_html",
    "to_docx",
    "to_html",
]
