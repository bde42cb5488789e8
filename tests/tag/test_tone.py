"""Tone of sentences, layers, articles, and why."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import TONED_FROM, Document, Language, Quote, QuoteKind, Sentence, Source, Span, Tone, ZoneKind
from core.tag.reading import Reading, Stretch
from core.tag.tone import explain, rate_article, rate_sentences

CLEAR = [
    ("Serangan rudal itu menewaskan puluhan warga sipil dan menghancurkan rumah sakit.", "negative"),
    ("Oposisi mengecam keras korupsi yang merugikan rakyat.", "negative"),
    ("Kebakaran hebat melanda pasar, ratusan pedagang menderita kerugian.", "negative"),
    ("Kedua negara sepakat memperkuat kerja sama yang saling menguntungkan.", "positive"),
    ("Ia memuji keberhasilan tim yang meraih medali emas.", "positive"),
    ("Warga mengapresiasi bantuan yang sangat bermanfaat itu.", "positive"),
    ("Rapat itu dimulai pukul 10.00 WIB dan dihadiri sejumlah pejabat.", "neutral"),
    ("Acara berikutnya dijadwalkan pada Selasa di gedung yang sama.", "neutral"),
]


def reading(
    text: str, *pieces: str, zone: ZoneKind = "body", code: str = "id", quotes: tuple[Quote, ...] = ()
) -> Reading:
    """A reading whose sentences are the given pieces of text, or all of it."""
    document = Document(
        id="d",
        source=Source(name="a.txt", sha256="0", record=0),
        raw_text=text,
        text=text,
        removed=(),
        zones=(),
        language=Language(code=code, confidence=1.0),
    )
    spans = [Span(start=text.index(piece), end=text.index(piece) + len(piece)) for piece in pieces or (text,)]
    return Reading(document=document, sentences=tuple(Stretch(span=span, zone=zone) for span in spans), quotes=quotes)


def quote(text: str, content: str, kind: QuoteKind) -> Quote:
    start = text.index(content)
    return Quote(
        content=Span(start=start, end=start + len(content)),
        kind=kind,
        speaker=None,
        speaker_entity=None,
        speaker_span=None,
        cue="",
        rule="test",
    )


def sentence(score: float, layer: str = "narrator", zone: ZoneKind = "body") -> Sentence:
    return Sentence(span=Span(start=0, end=1), zone=zone, tone=Tone(label="neutral", score=score, layer=layer))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "label"), CLEAR)
def test_clear_sentences_get_the_tone_an_analyst_gives(text: str, label: str) -> None:
    assert rate_sentences(reading(text))[0].tone.label == label


def test_sentences_keep_their_place_zone_and_order() -> None:
    text = "Banjir merusak sawah. Panen gagal total."
    rated = rate_sentences(reading(text, "Banjir merusak sawah.", "Panen gagal total.", zone="title"))
    assert [(item.span.of(text), item.zone) for item in rated] == [
        ("Banjir merusak sawah.", "title"),
        ("Panen gagal total.", "title"),
    ]


def test_a_sentence_is_rated_the_same_alone_and_in_company() -> None:
    alone = [rate_sentences(reading(text))[0].tone for text, _ in CLEAR]
    together = rate_sentences(reading(" ".join(text for text, _ in CLEAR), *(text for text, _ in CLEAR)))
    assert [item.tone for item in together] == alone


@pytest.mark.parametrize("text", ["", "...", "12.500", "2024 – 2025", "?!"])
def test_no_words_are_neutral_with_score_zero(text: str) -> None:
    tone = rate_sentences(reading(text))[0].tone
    assert (tone.label, tone.score) == ("neutral", 0.0)


def test_a_document_without_sentences_gives_none() -> None:
    bare = reading("x")
    assert rate_sentences(Reading(document=bare.document, sentences=())) == ()


def test_another_language_is_neutral_with_score_zero() -> None:
    tone = rate_sentences(reading("The attack killed dozens of civilians.", code="en"))[0].tone
    assert (tone.label, tone.score) == ("neutral", 0.0)


@pytest.mark.parametrize(
    ("text", "content", "kind", "layer"),
    [
        (
            "“Kami menolak sanksi yang tidak adil itu,” kata Lavrov.",
            "Kami menolak sanksi yang tidak adil itu",
            "direct",
            "quoted",
        ),
        ("Kiriman itu ia sebut “luar biasa” di depan para tamu undangan.", "luar biasa", "mixed", "narrator"),
        ("Menurut Lukin, hubungan kedua negara membaik.", "hubungan kedua negara membaik", "indirect", "quoted"),
        (
            "Lukin, yang sudah lama bertugas di kota itu dan fasih tiga bahasa, menyebut itu perlu.",
            "itu perlu",
            "indirect",
            "narrator",
        ),
    ],
)
def test_layer_follows_the_quotes(text: str, content: str, kind: QuoteKind, layer: str) -> None:
    assert rate_sentences(reading(text, quotes=(quote(text, content, kind),)))[0].tone.layer == layer


def test_a_quote_elsewhere_does_not_touch_the_layer() -> None:
    text = "Pabrik itu dibangun tahun lalu. “Kami puas,” kata direkturnya."
    rated = rate_sentences(
        reading(
            text,
            "Pabrik itu dibangun tahun lalu.",
            "“Kami puas,” kata direkturnya.",
            quotes=(quote(text, "Kami puas", "direct"),),
        )
    )
    assert [item.tone.layer for item in rated] == ["narrator", "narrator"]


def test_article_tone_keeps_its_layers_apart() -> None:
    tone = rate_article([sentence(0.2), sentence(0.4), sentence(-0.9, "quoted"), sentence(1.0, zone="title")])
    assert (tone.score, tone.narrator, tone.quoted) == (-0.1, 0.3, -0.9)
    assert tone.label == "neutral"


@pytest.mark.parametrize(
    ("score", "label"),
    [
        (TONED_FROM, "positive"),
        (TONED_FROM - 0.01, "neutral"),
        (0.01 - TONED_FROM, "neutral"),
        (-TONED_FROM, "negative"),
    ],
)
def test_article_label_follows_the_threshold(score: float, label: str) -> None:
    assert rate_article([sentence(score)]).label == label


def test_empty_layers_are_none() -> None:
    assert rate_article([sentence(0.5)]).quoted is None
    assert rate_article([sentence(0.5, "quoted")]).narrator is None
    empty = rate_article([sentence(0.5, zone="title")])
    assert (empty.label, empty.score, empty.narrator, empty.quoted) == ("neutral", 0.0, None, None)


@pytest.fixture(scope="module")
def procedural() -> list[str]:
    """Neutral sentences full of topic words, written for this test."""
    return (Path(__file__).parent / "tone_procedural.txt").read_text(encoding="utf-8").splitlines()


def test_topic_words_alone_make_no_tone(procedural: list[str]) -> None:
    assert len(set(procedural)) == 200
    toned = [text for text in procedural if explain(text).label != "neutral"]
    assert len(toned) <= 0.05 * len(procedural), toned


@pytest.mark.parametrize("topic", ["sanksi", "senjata", "nuklir", "korupsi", "rudal", "militer"])
def test_a_topic_word_moves_no_sentence(topic: str) -> None:
    bare, full = explain("Rapat itu ditunda sepekan."), explain(f"Rapat {topic} itu ditunda sepekan.")
    assert full.probabilities == pytest.approx(bare.probabilities, abs=0.01)  # but for the length of the text
    assert topic not in [mover.text for mover in full.movers]


def test_an_english_sentence_in_an_indonesian_text_is_not_rated() -> None:
    text = "The attack on the village was a crime that the world would not forget."
    assert explain(text).score == 0.0
    assert explain(text).movers == ()


def test_explanation_names_the_words_with_their_sign_and_place() -> None:
    text = "Mereka MENGECAM serangan brutal yang menewaskan warga."
    told = explain(text)
    assert told.label == "negative"
    assert all(mover.span.of(text) == mover.text for mover in told.movers)
    assert {mover.text for mover in told.movers[:4]} & {"MENGECAM", "serangan", "menewaskan", "brutal"}
    assert told.movers[0].weight < 0
    assert {mover.text: mover.rule for mover in told.movers}["menewaskan"] == "kill"
    assert [abs(mover.weight) for mover in told.movers] == sorted((abs(m.weight) for m in told.movers), reverse=True)


@pytest.mark.parametrize(
    ("text", "mover", "rule"),
    [
        ("Ia tidak menolak tawaran itu.", "menolak", "reject, undo, negated"),
        ("Petugas mencegah kebakaran.", "kebakaran", "disaster, undone"),
        ("Mereka menjalin kerja sama.", "kerja sama", "cooperate"),
        ("Mereka bekerja sama erat.", "bekerja sama", "cooperate"),
    ],
)
def test_explanation_names_the_rule(text: str, mover: str, rule: str) -> None:
    assert {found.text: found.rule for found in explain(text).movers}[mover] == rule


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_is_rated_within_bounds(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    for item in rate_sentences(reading(text, *pieces)):
        assert -1 <= item.tone.score <= 1


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_explained_as_it_is_rated(text: str) -> None:
    told, tone = explain(text), rate_sentences(reading(text))[0].tone
    assert (told.label, told.score) == (tone.label, tone.score)
    assert sum(told.probabilities) == pytest.approx(1)
    assert all(mover.span.of(text) == mover.text for mover in told.movers)
