"""What a document gets as a whole: every tag in Indonesian, sentences alone in another language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import Annotations, Document, Language, Source, Span
from core.tag import annotate

TEXT = "Presiden Rusia Vladimir Putin tiba di Pyongyang. Kim Jong Un menyambutnya dengan hangat."


def tagged(text: str, code: str = "id", confidence: float = 0.99) -> Annotations:
    return annotate(
        Document(
            id="satu",
            source=Source(name="satu.txt", sha256="0" * 64, record=0),
            raw_text=text,
            text=text,
            removed=(),
            zones=(),
            language=Language(code=code, confidence=confidence),
        )
    )


@pytest.mark.parametrize(
    ("code", "confidence", "names"),
    [
        ("id", 0.99, 4),
        ("und", 0.0, 4),
        ("en", 0.99, 0),
        ("ms", 0.95, 0),
        ("ms", 0.6, 4),  # not sure enough to leave an article out
    ],
)
def test_only_what_is_surely_foreign_goes_untagged(code: str, confidence: float, names: int) -> None:
    tags = tagged(TEXT, code, confidence)
    assert len(tags.mentions) == names
    assert len(tags.sentences) == 2


def test_a_foreign_article_has_no_tone() -> None:
    tags = tagged("The minister condemned the brutal attack.", "en")
    assert [(one.tone.label, one.tone.score) for one in tags.sentences] == [("neutral", 0.0)]
    assert tags.tone.label == "neutral"


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_any_text_is_tagged_and_every_span_lies_in_it(text: str) -> None:
    tags = tagged(text)
    spans: list[Span] = [one.span for one in (*tags.sentences, *tags.mentions, *tags.sources, *tags.claims)]
    assert all(0 <= span.start < span.end <= len(text) for span in (*spans, *(one.content for one in tags.quotes)))
