"""Every figure opens what it counts."""

import pandas as pd
import pytest

from core.analyze import articles, claims, corpus_files, events, evidence, overview, tone
from core.model import Filters
from core.store import Selection
from core.tag.tone import explain
from core.view.moved import mover_marks
from core.view.wording import wording_of
from pages.parts import evidence as drawer
from pages.parts.evidence import Ask
from pages.parts.house import ask


def texts(app):
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def open_ask(app, wanted):
    app.session_state[drawer.ASKED] = (wanted, "test")
    return app.run()


def test_the_button_under_a_figure_opens_its_articles(on_sample):
    app = on_sample(lang="en")
    app.button(key="open.articles").click().run()
    total = ask(articles.count, Filters(), Selection())
    assert f"{total} articles" in texts(app)
    assert not app.exception


def test_the_drawer_counts_what_core_counts(on_sample):
    app = on_sample(lang="en")
    entity = ask(overview.choices).entities[0]
    selection = Selection(entity_id=entity.key)
    open_ask(app, Ask(title=entity.name, selection=selection))
    counted = ask(evidence.count, Filters(), selection)
    assert f"{counted.sentences} sentences · {counted.articles} articles" in texts(app)


def test_the_drawer_shows_the_words_that_moved_its_sentences(on_sample):
    app = on_sample(lang="en")
    wanted = Ask(title="Negatif", selection=Selection(tone="negative"))
    open_ask(app, wanted)
    assert not any('tl-moved"' in html.proto.body for html in app.get("html"))
    app.session_state["evidence_words"] = True
    open_ask(app, wanted)
    shown = ask(evidence.sentences, Filters(), wanted.selection, page_size=drawer.PAGE_SIZE)
    cards = [html.proto.body for html in app.get("html") if 'class="tl-sentence' in html.proto.body]
    told = [explain(text) for text in shown["text"]]
    assert [card.count('tl-moved"') for card in cards] == [
        len(mover_marks(one.movers, wording_of("en"))) for one in told
    ]
    assert sum(card.count('tl-moved"') for card in cards) > len(cards)
    assert f"negative {wording_of('en').percent(told[0].probabilities[0])}" in texts(app)


def test_the_drawer_closes_with_the_next_run(on_sample):
    app = on_sample(lang="en")
    open_ask(app, Ask(title="Semua", selection=Selection()))
    assert drawer.ASKED not in app.session_state


def test_a_figure_without_sentences_says_so(on_sample):
    app = on_sample(lang="en")
    open_ask(app, Ask(title="x", selection=Selection(words="katayangtidakada")))
    assert any("No sentence stands behind" in info.value for info in app.info)


def test_a_row_hands_its_keys_on(monkeypatch):
    table = pd.DataFrame({"outlet": ["a", "b"], "articles": [1, 2], "speaker": [None, "x"], "marks": [(1,), (2,)]})
    seen = []
    state = {"k": {"selection": {"rows": [0]}}}
    monkeypatch.setattr(drawer.st, "session_state", state)
    drawer.row_picked("figure", "k", lambda row: seen.append(row), table)
    assert seen == [{"outlet": "a", "articles": 1, "speaker": None}]
    assert drawer.ASKED not in state


@pytest.mark.parametrize(("picked", "opened"), [([], False), ([{"outlet": "a"}], True)])
def test_an_empty_click_opens_nothing(monkeypatch, picked, opened):
    state = {"k": {"selection": {"pick": picked}}}
    monkeypatch.setattr(drawer.st, "session_state", state)
    drawer.mark_picked("figure", "k", lambda keys: Ask(title=keys["outlet"], selection=Selection()))
    assert (drawer.ASKED in state) is opened


def test_every_count_of_the_tone_chart_is_the_count_of_its_sentences(on_sample):
    on_sample()
    for row in ask(tone.distribution, Filters()).itertuples():
        behind = ask(evidence.count, Filters(), Selection(tone=row.tone, layer=row.layer))
        assert behind.sentences == row.sentences


def test_every_cell_of_the_claim_matrix_is_the_count_of_its_articles(on_sample):
    on_sample()
    largest = ask(events.events, Filters()).sort_values("articles", ascending=False)["event_id"].iloc[0]
    for event in (None, largest):
        for row in ask(claims.matrix, Filters(), event=event).itertuples():
            if row.articles:
                behind = ask(claims.evidence, Filters(), row.claim_id, outlet=row.outlet, event=event)
                assert behind["document_id"].nunique() == row.articles
            if row.status == "omits":
                silent = ask(claims.omissions, Filters(), row.claim_id, outlet=row.outlet, event=event)
                assert len(silent) > 0


def test_the_corpus_screen_says_which_tags_are_stale(on_sample, monkeypatch):
    app = on_sample("corpus", lang="en", view="versions")
    assert ask(corpus_files.tagger_versions)["articles"].sum() == ask(overview.summary, Filters()).articles
    assert "All articles are tagged under the rules of now." in texts(app)
    monkeypatch.setattr("pages.parts.corpus_versions.tagger_version", lambda: "9.9.9+anders")
    app.run()
    assert any("were tagged under other code or rules" in warning.value for warning in app.warning)
