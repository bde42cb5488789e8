"""The words behind how a sentence puts someone, in the reader and in the drawer."""

import pytest

from core.analyze import articles, evidence
from core.model import Filters
from core.store import Selection
from core.view.wording import wording_of
from pages.parts import evidence as drawer
from pages.parts.evidence import Ask
from pages.parts.house import ask

ID = wording_of("id")


def cards(app):
    return [html.proto.body for html in app.get("html") if 'class="tl-sentence' in html.proto.body]


def against():
    """A sentence of the sample that puts someone unfavourably: its row and the entity."""
    rows = ask(evidence.sentences, Filters(), Selection(favour="unfavourable"), page_size=50)
    for row in rows.itertuples(index=False):
        article = ask(articles.load, row.document_id)
        span = article.annotations.sentences[row.sentence].span
        for mention in article.annotations.mentions:
            if (
                mention.towards
                and mention.towards.label == "unfavourable"
                and span.start <= mention.span.start < span.end
            ):
                return row, mention.entity.id
    pytest.fail("the sample puts nobody unfavourably")


def test_the_reader_shows_the_words_for_the_name_that_is_chosen(on_sample):
    on_sample()
    row, entity = against()
    app = on_sample("articles", lang="id")
    app.query_params["article"] = row.document_id
    app.run()
    assert cards(app) == []
    app.session_state[f"put.{row.document_id}"] = entity
    app.run()
    assert not app.exception
    assert any("tl-to-negative" in card and "tl-hit" in card for card in cards(app))
    assert ID.text("put.how") in [caption.value for caption in app.caption]
    assert any("merugikan" in caption.value and "%" in caption.value for caption in app.caption)


def test_the_drawer_shows_them_where_the_figure_is_about_a_stance(on_sample):
    app = on_sample("sentiment", lang="en")
    _, entity = against()
    wanted = Ask(title="x", selection=Selection(entity_id=entity, favour="unfavourable"))
    for shown in (False, True):
        app.session_state["evidence_put"] = shown
        app.session_state[drawer.ASKED] = (wanted, "test")
        app.run()
        assert not app.exception
        assert any("tl-moved" in card for card in cards(app)) is shown
