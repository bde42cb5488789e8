"""A briefing for the tests, with content that would like to run."""

from core.briefing import Briefing, File, PickedFigure, PickedSentence, State

FILE = File(name="arsip.jsonl", sha256="a" * 64)
STATE = State(
    screen="Entities", link="entities?view=ranking&outlet=dream", filters=("Dream",),
    articles=3, independent=2, outlets=1, telaah="0.2.0", tagger="t-1", files="f" * 64,
)  # fmt: skip
CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"name": "Rusia <b>", "n": 3}, {"name": "Korea Utara", "n": 2}]},
    "mark": "bar",
    "encoding": {"x": {"field": "n", "type": "quantitative"}, "y": {"field": "name", "type": "nominal"}},
}
HOSTILE = "</script><script>alert(1)</script>"


def figure(**changes: object) -> PickedFigure:
    given = {
        "key": "ranking", "title": "Who is named", "subtitle": "3 articles", "chart": CHART, "state": STATE,
        "columns": ("Name", "Articles"), "rows": (("Rusia", 3), ("Korea Utara", 2.5)),
        "shown": (("Rusia", "3"), ("Korea Utara", "2.50")),
    }  # fmt: skip
    return PickedFigure(**{**given, **changes})


def sentence(**changes: object) -> PickedSentence:
    given = {
        "text": f"Kalimat bukti {HOSTILE} di sini.", "outlet": "Dream", "published": "2024-02-21", "title": "Judul <i>",
        "document_id": "d1", "sentence": 4, "file": FILE, "state": STATE,
    }  # fmt: skip
    return PickedSentence(**{**given, **changes})


def briefing(*items: PickedFigure | PickedSentence, language: str = "en") -> Briefing:
    made = Briefing(title=f"Morning note {HOSTILE}", summary="Two lines\nof words", language=language)
    for item in items or (figure(), sentence()):
        made = made.having(item, [FILE])
    return made
