"""How a sentence puts those it names: who is blamed, who is praised, who only speaks or suffers."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import Entity, Language, Mention, Quote, Sentence, Span, Tone
from core.resources import load_yaml
from core.tag.lexicon import tone_lexicon
from core.tag.reading import Reading
from core.tag.tone import rate_sentences
from core.tag.towards import FAVOURS, explain_towards, tag_towards, targets_of
from core.tag.towards_features import Aimer, Target
from core.tag.towards_setting import RESOURCE, is_verb
from tests.tag.test_tone import quote, reading

ENTITY = Entity(id="org:x", name="X", label="ORG")

ROWS = [
    # who does harm is blamed, whom it hits is not, in either voice
    ("Arkanda menyerang dan menghancurkan permukiman warga Belandia.", {"Arkanda": "unfavourable"}),
    ("Hakim menyatakan Rudolfo terbukti menerima suap dan menggelapkan dana.", {"Rudolfo": "unfavourable"}),
    ("Serangan brutal itu menewaskan puluhan warga di Belandia.", {"Belandia": "neutral"}),
    # who blames or praises is not what is blamed or praised
    ("“Tindakan Belandia melanggar hukum,” kata Rudolfo.", {"Rudolfo": "neutral", "Belandia": "unfavourable"}),
    ("Warga Belandia tewas dibunuh oleh Arkanda.", {"Arkanda": "unfavourable"}),
    ("Arkanda mengecam keras tindakan Belandia yang melanggar hukum.",
     {"Arkanda": "neutral", "Belandia": "unfavourable"}),
    ("Belandia dikecam keras oleh Arkanda.", {"Arkanda": "neutral", "Belandia": "unfavourable"}),
    ("Arkanda memuji Rudolfo.", {"Arkanda": "neutral", "Rudolfo": "favourable"}),
    # who does good
    ("Arkanda berhasil meraih medali emas dan mencetak rekor baru.", {"Arkanda": "favourable"}),
    ("Yayasan Melati memberikan bantuan kepada korban banjir.", {"Yayasan Melati": "favourable"}),
    # plain facts put nobody
    ("Rudolfo tiba di Belandia pada Selasa pukul tujuh.", {"Rudolfo": "neutral", "Belandia": "neutral"}),
]  # fmt: skip


def named(text: str, *names: str, quotes: tuple[Quote, ...] = (), **given: Any) -> Reading:
    """A reading of one sentence with mentions of the names."""
    bare = reading(text, quotes=quotes, **given)
    mentions = tuple(
        Mention(span=Span(start=text.index(name), end=text.index(name) + len(name)), label="ORG", entity=ENTITY,
                refers_to=None, where="body", rule="test", score=1.0)
        for name in sorted(names, key=text.index)
    )  # fmt: skip
    return Reading(document=bare.document, sentences=bare.sentences, mentions=mentions, quotes=quotes)


def stances(read: Reading) -> dict[str, str]:
    mentions = tag_towards(read, rate_sentences(read))
    return {mention.span.of(read.text): mention.towards.label if mention.towards else "" for mention in mentions}


def aim(span: Span) -> Target:
    return Target(span=span, label=None, speaks=False, spoken=False, reported=False)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_the_tone_falls_on_whom_it_means(text: str, expected: dict[str, str]) -> None:
    assert stances(named(text, *expected)) == expected


def test_the_name_itself_says_nothing() -> None:
    text = "{} menyerang dan menghancurkan permukiman warga."
    scores = set()
    for name in ("Arkanda", "Belandia", "Melati"):
        read = named(text.format(name), name)
        tone = Tone(label="negative", score=-0.9, layer="narrator")
        rated = (Sentence(span=read.sentences[0].span, zone="body", tone=tone),)
        found = tag_towards(read, rated)[0].towards
        assert found is not None
        scores.add(found.score)
    assert len(scores) == 1


def test_a_neutral_sentence_rated_so_puts_nobody() -> None:
    read = named("Arkanda dan Belandia bertemu di gedung itu.", "Arkanda", "Belandia")
    assert set(stances(read).values()) == {"neutral"}


def test_chances_and_scores_belong_together() -> None:
    read = named(ROWS[0][0], "Arkanda", "Belandia")
    for mention in tag_towards(read, rate_sentences(read)):
        assert mention.towards is not None
        assert 0 <= mention.towards.chance <= 1
        assert abs(mention.towards.score) <= 1 - mention.towards.chance if mention.towards.label == "neutral" else True
        assert mention.towards.label in FAVOURS


def test_a_mention_outside_the_sentences_has_none() -> None:
    text = "Arkanda menyerang. Belandia"
    read = named(text, "Arkanda", "Belandia")
    first = Sentence(span=Span(start=0, end=18), zone="body", tone=Tone(label="negative", score=-0.9, layer="narrator"))
    found = tag_towards(read, (first,))
    assert [mention.towards is None for mention in found] == [False, True]


def test_a_country_that_names_its_money_is_no_actor() -> None:
    read = named("Rupiah melemah terhadap dolar Belandia, kata Arkanda.", "Belandia", "Arkanda")
    assert stances(read) == {"Belandia": "", "Arkanda": "neutral"}


def test_another_language_is_not_rated() -> None:
    read = named("Arkanda attacked the village.", "Arkanda", code="en")
    assert stances(read) == {"Arkanda": ""}


def test_quotes_say_who_speaks_and_of_whom() -> None:
    text = "“Belandia melanggar janji,” kata Arkanda."
    said = quote(text, "Belandia melanggar janji", "direct")
    start = text.index("Arkanda")
    said = Quote(content=said.content, kind="direct", speaker="Arkanda", speaker_entity=None,
                 speaker_span=Span(start=start, end=start + 7), cue="kata", rule="test")  # fmt: skip
    read = named(text, "Arkanda", "Belandia", quotes=(said,))
    belandia, arkanda = targets_of(read, [mention.span for mention in read.mentions])
    assert (belandia.speaks, belandia.spoken, belandia.reported) == (False, True, False)
    assert (arkanda.speaks, arkanda.spoken, arkanda.label) == (True, False, "ORG")


def test_explanation_names_the_words_that_put_an_actor() -> None:
    text = "Arkanda mengecam serangan Belandia yang menewaskan warga."
    spans = [Span(start=text.index(name), end=text.index(name) + len(name)) for name in ("Arkanda", "Belandia")]
    _, told = explain_towards(text, [aim(span) for span in spans])
    assert told.towards.label == "unfavourable"
    assert sum(told.probabilities) == pytest.approx(1, abs=1e-3)
    assert all(mover.span.of(text) == mover.text for mover in told.movers)
    assert {mover.text for mover in told.movers[:3]} & {"mengecam", "serangan", "menewaskan"}
    assert not {mover.text for mover in told.movers} & {"Arkanda", "Belandia"}
    assert explain_towards(text, []) == ()


@pytest.mark.parametrize("name", ["before", "to", "by", "money", "no_verb"])
def test_every_word_list_of_the_resource_keeps_its_examples(name: str) -> None:
    rows = load_yaml(RESOURCE)[name]
    words = set(rows["words"])
    assert len(words) == len(rows["words"])
    for text in rows["examples"]["match"]:
        assert words & set(text.lower().rstrip(".").split())
    for text in rows["examples"]["miss"]:
        assert not words & set(text.lower().rstrip(".").split())


@pytest.mark.parametrize(
    ("word", "expected"),
    [("menyerang", True), ("diserang", True), ("menteri", False), ("meja", False), ("rapat", False)],
)
def test_verbs_are_told_by_their_prefix(word: str, expected: bool) -> None:
    assert is_verb(word) is expected


def test_numbers_have_one_width() -> None:
    aimer = Aimer(tone_lexicon())
    widths = set()
    for text in ("Arkanda", "Arkanda menyerang Belandia, kata Rudolfo.", "... Arkanda 12 %"):
        start = text.index("Arkanda")
        [found] = aimer.describe(text, [aim(Span(start=start, end=start + 7))])
        widths.add((len(found.place_numbers), len(found.charge_numbers)))
    assert len(widths) == 1


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.lists(st.integers(0, 80), min_size=2, max_size=6))
def test_any_text_and_spans_are_rated(text: str, cuts: list[int]) -> None:
    edges = sorted({min(cut, len(text)) for cut in cuts})
    spans = [Span(start=a, end=b) for a, b in pairwise(edges)]
    for told in explain_towards(text, [aim(span) for span in spans]):
        assert -1 <= told.towards.score <= 1


def test_a_reading_without_mentions_stays_so() -> None:
    bare = reading("Hujan turun.")
    assert bare.document.language == Language(code="id", confidence=1.0)
    assert tag_towards(bare, rate_sentences(bare)) == ()
