"""The Sentiment screen says what core says."""

import json
from dataclasses import replace

import pytest

from core.analyze import tone
from core.model import Filters
from core.resources import path
from core.tag import stronger
from core.tag.model_card import FIGURES, tone_card
from core.tag.stronger import State
from core.tag.tone import explain
from core.view.moved import mover_marks
from core.view.shaping import OUTLETS
from core.view.wording import LANGUAGES, wording_of
from pages.parts.house import ask


def texts(app):
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.warning])


def tables(app):
    return [frame.value for frame in app.dataframe]


def table_with(app, *columns):
    (found,) = [table for table in tables(app) if set(columns) <= set(table.columns)]
    return found


def test_shares_are_those_of_the_chosen_voice(on_sample):
    app = on_sample("sentiment", lang="en", view="by_outlet")
    for layer in ("narrator", "quoted"):
        app.session_state["shares_layer"] = layer
        app.run()
        expected = ask(tone.distribution, Filters(), by="outlet")
        expected = expected[expected["layer"] == layer]
        shown = table_with(app, "outlet", "tone", "of_sentences")
        assert set(shown["layer"]) == {layer}
        assert shown["sentences"].sum() == expected["sentences"].sum() > 0


def test_the_spread_is_that_of_core(on_sample):
    app = on_sample("sentiment", lang="en", view="by_outlet")
    shown, expected = table_with(app, "p10", "p90"), ask(tone.spread, Filters())
    assert shown["p50"].tolist() == expected["p50"].tolist()
    assert f"the {OUTLETS} outlets with the most texts" in texts(app)


def test_faint_marks_say_from_how_many_texts_on(on_sample):
    assert f"fewer than {tone.ENOUGH} independent texts" in texts(on_sample("sentiment", lang="en", view="by_outlet"))


def test_outlet_and_quoted_are_compared_by_outlet_and_by_article(on_sample):
    app = on_sample("sentiment", lang="en", view="voices")
    assert (
        table_with(app, "outlet", "gap", "independent")["gap"].tolist()
        == ask(tone.disagreement, Filters())["gap"].tolist()
    )
    assert table_with(app, "document_id", "gap")["document_id"].tolist() == (
        ask(tone.widest_gaps, Filters())["document_id"].tolist()
    )


@pytest.mark.parametrize("layer", [None, "narrator", "quoted"])
def test_the_strongest_sentences_carry_the_words_that_moved_them(on_sample, layer):
    app = on_sample("sentiment", lang="en", view="strongest")
    if layer:
        app.session_state["extreme_layer"] = layer
        app.run()
    cards = [html.proto.body for html in app.get("html") if 'class="tl-sentence' in html.proto.body]
    wanted = [
        text
        for side in ("negative", "positive")
        for text in ask(tone.extremes, Filters(), tone=side, layer=layer, top=10, readable=True)["text"]
    ]
    marks = [len(mover_marks(explain(text).movers, wording_of("en"))) for text in wanted]
    assert [card.count('tl-moved"') for card in cards] == marks
    assert min(marks) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_the_measured_figures_in_both_languages(on_sample, language):
    app, words, card = on_sample("sentiment", lang=language, view="model"), wording_of(language), tone_card()
    said = [metric.value for metric in app.metric]
    assert said == [
        words.percent(card.accuracy),
        words.number(card.macro_f1, 2),
        words.number(card.calibration_error, 2),
    ]
    assert words.number(card.sentences) in texts(app)
    worst = min(card.slices, key=lambda kind: kind.macro_f1)
    assert words.text("card.weak", kind=words.text(f"card.kind.{worst.name}", words=card.long_words),
                      share=words.percent(worst.accuracy), n=worst.sentences) in texts(app)  # fmt: skip
    assert (words.text("card.outdated") in texts(app)) is not card.current


def test_the_reliability_of_stances_stands_beside_them(on_sample):
    words, stances = wording_of("en"), tone_card().towards
    for part in ("towards", "model"):
        said = texts(on_sample("sentiment", lang="en", view=part))
        assert f"{stances.sentences} actors" in said
        assert f"macro-F1 {words.number(stances.macro_f1, 2)}" in said


def test_stances_are_those_of_the_chosen_voice(on_sample):
    app = on_sample("sentiment", lang="en", view="towards")
    for layer in ("narrator", "quoted"):
        app.session_state["towards_layer"] = layer
        app.run()
        shares, by_outlet = ask(tone.favours, Filters()), ask(tone.towards, Filters(), by="outlet")
        assert table_with(app, "favour", "share")["sentences"].tolist() == (
            shares[shares["layer"] == layer]["sentences"].tolist()
        )
        # two sums of the same numbers may differ in the last digit: threads add in any order
        assert table_with(app, "outlet", "favourable")["mean"].tolist() == pytest.approx(
            by_outlet[by_outlet["layer"] == layer]["mean"].tolist()
        )


def test_the_table_of_the_card_holds_the_counts_of_the_figures_file(on_sample):
    counted = json.loads(path(FIGURES).read_text(encoding="utf-8"))["confusion"]
    shown = table_with(on_sample("sentiment", lang="en", view="model"), "real", "tone")
    assert {(row.real, row.tone): row.sentences for row in shown.itertuples()} == {
        (real, said): count for real, row in counted.items() for said, count in row.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stronger_model_that_cannot_rate_is_told_in_one_sentence(on_sample, monkeypatch, tmp_path, language):
    monkeypatch.setenv("TELAAH_TONE_MODEL_FOLDER", str(tmp_path / "indobert"))
    app = on_sample("sentiment", lang=language)
    (warning,) = app.warning
    assert "indobert" in warning.value
    assert str(tmp_path) not in warning.value
    assert not app.exception


def test_a_stronger_model_in_use_is_named_with_what_was_measured_of_it(on_sample, monkeypatch, tmp_path):
    words = wording_of("en")
    measured = (("sentences", 1200.0), ("macro_f1", 0.81), ("calibration_error", 0.02))
    state = State(reason="ready", folder=tmp_path / "indobert", version="0" * 12, temperature=1.3, measured=measured)
    monkeypatch.setattr(stronger, "state", lambda: state)
    (told,) = on_sample("sentiment", lang="en", view="model").info
    assert words.text("stronger.measured", sentences=1200, macro_f1="0.81", error="0.02") in told.value
    monkeypatch.setattr(stronger, "state", lambda: replace(state, temperature=None, measured=()))
    (told,) = on_sample("sentiment", lang="en", view="model").info
    assert words.text("stronger.unmeasured") in told.value
