"""Every page and its parts, in both languages, over the sample, over nothing, and under a filter with no hits."""

import pytest

from core.analyze import overview
from core.model import Filters
from core.view.wording import LANGUAGES, wording_of
from pages.parts.house import ask

PARTS = {
    "overview": [""],
    "outlets": ["volume", "tone", "sources", "voices", "attention", "words", "gaps", "shared"],
    "entities": ["ranking", "compare", "rising", "together", "names"],
    "sentiment": ["whole", "by_outlet", "by_entity", "towards", "voices", "strongest", "model"],
    "gifts_and_sanctions": ["matrix", "timeline", "conflicts", "clauses", "speakers", "wires"],
    "articles": ["listing", "search"],
    "corpus": ["files", "refusals", "duplicates", "corrections", "versions", "export"],
}
SCREENS = [(page, part) for page, parts in PARTS.items() for part in parts]


def said(app):
    """All running text of a page."""
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.info])


def faults(app):
    return [*(error.value for error in app.error), *(error.value for error in app.exception)]


@pytest.mark.parametrize(("page", "part"), SCREENS)
def test_every_part_is_drawn_in_both_languages(on_sample, page, part):
    app = on_sample(page, lang="id", view=part)
    for language in LANGUAGES:
        app.session_state["lang"] = language
        app.run()
        assert faults(app) == []
        assert app.title[0].value == wording_of(language).text(f"{page}.title")
        assert len(app.main) > 3


@pytest.mark.parametrize("page", [page for page in PARTS if page != "corpus"])
def test_the_head_says_of_how_many_articles_the_screen_speaks(on_sample, page):
    app = on_sample(page, lang="en")
    summary = ask(overview.summary, Filters())
    text = said(app)
    assert f"{summary.articles} articles" in text
    assert f"{summary.independent} independent texts" in text
    assert f"{summary.outlets} outlets" in text


def test_headline_figures_are_those_of_core(on_sample):
    app = on_sample(lang="en")
    summary = ask(overview.summary, Filters())
    expected = [summary.articles, summary.independent, summary.outlets, summary.sentences, summary.with_claims]
    assert [metric.value for metric in app.metric] == [wording_of("en").number(figure) for figure in expected]


def test_filtered_figures_are_those_of_core(on_sample):
    app = on_sample(lang="en", q="hadiah*")
    summary = ask(overview.summary, Filters(words="hadiah*"))
    assert 0 < summary.articles < ask(overview.summary, Filters()).articles
    assert app.metric[0].value == str(summary.articles)


@pytest.mark.parametrize("page", PARTS)
def test_the_sample_is_marked_on_every_screen(on_sample, page):
    assert "sample" in said(on_sample(page, lang="en"))


@pytest.mark.parametrize("page", [page for page in PARTS if page != "corpus"])
def test_an_empty_corpus_says_what_to_do(on_nothing, page):
    app = on_nothing(page, lang="en")
    assert faults(app) == []
    assert wording_of("en").text("empty.corpus_do") in said(app)


def test_an_empty_corpus_screen_says_what_to_do(on_nothing):
    app = on_nothing("corpus", lang="en")
    assert faults(app) == []
    assert wording_of("en").text("empty.corpus_do") in said(app)


@pytest.mark.parametrize("page", [page for page in PARTS if page != "corpus"])
def test_a_filter_without_hits_offers_to_clear_it(on_sample, page):
    app = on_sample(page, lang="en", q="katayangtidakada")
    assert faults(app) == []
    assert wording_of("en").text("empty.hits") in said(app)
    app.button(key="empty_clear").click().run()
    assert wording_of("en").text("empty.hits") not in said(app)


def test_the_first_run_shows_the_sample(on_first_run):
    app = on_first_run(lang="en")
    assert faults(app) == []
    assert int(app.metric[0].value) == ask(overview.summary, Filters()).sample > 0
