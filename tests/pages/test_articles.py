"""The list and the reader."""

from core.analyze import articles
from core.model import Filters
from core.view.marked import Shown, article_html
from core.view.wording import wording_of
from pages.parts.house import ask
from pages.parts.moved import article_marks
from tests.pages.uploading import upload


def first(open_page):
    open_page()
    return ask(articles.list_articles, Filters(), page_size=1).iloc[0]


def test_a_link_opens_the_article_at_its_sentence(on_sample):
    row = first(on_sample)
    app = on_sample("articles", lang="en")
    app.query_params["article"] = row["document_id"]
    app.query_params["sentence"] = "1"
    app.run()
    assert not app.exception
    assert not app.error
    article = ask(articles.load, row["document_id"])
    assert article.document.title is None or article.document.title.split()[0] in app.title[0].value
    wanted = Shown(layers=("entities", "quotes"), sentence=1)
    shown = article_html(article.document, article.annotations, wording_of("en"), wanted)
    assert 'class="tl-here' in shown


def test_a_hostile_article_is_shown_as_text(on_first_run):
    app = on_first_run("articles", lang="en")
    hostile = "<script>alert(1)</script> **tebal** [tautan](javascript:alert(1))"
    text = f"{hostile}\nJAKARTA, KOMPAS.com - Penulis: {hostile}\nKapal riset itu tiba di Jakarta, Senin (5/2/2024).\n"
    upload(app, (f"{hostile[:8]}.txt", text.encode()))
    app.query_params["article"] = ask(articles.list_articles, Filters(sample=False))["document_id"].iloc[0]
    app.session_state["reader_view"] = "both"
    app.run()
    assert not app.exception
    assert not app.error
    drawn = [element.proto.body for element in app.get("html")]
    assert drawn
    assert not any("<script>alert" in body for body in drawn)
    assert not any("<script" in element.value.replace("\\<", "") for element in [*app.markdown, *app.title])


def test_the_tone_layer_names_the_words_that_moved_each_sentence(on_sample):
    row = first(on_sample)
    app = on_sample("articles", lang="en")
    app.query_params["article"] = row["document_id"]
    app.session_state["reader_layers"] = ["tone"]
    app.run()
    article = ask(articles.load, row["document_id"])
    marks = article_marks(article)
    assert marks
    (drawn,) = [html.proto.body for html in app.get("html") if 'class="tl-text' in html.proto.body]
    assert drawn.count('tl-moved"') == len(marks)
    assert wording_of("en").text("moved.how") in [caption.value for caption in app.caption]
    app.session_state["reader_layers"] = ["entities"]
    app.run()
    assert not any('tl-moved"' in html.proto.body for html in app.get("html"))


def test_an_unknown_article_says_so(on_sample):
    app = on_sample("articles", lang="en")
    app.query_params["article"] = "tidak-ada"
    app.run()
    assert "not in the corpus" in app.warning[0].value


def test_every_view_of_the_text_is_drawn(on_sample):
    row = first(on_sample)
    app = on_sample("articles", lang="en")
    app.query_params["article"] = row["document_id"]
    for view in ("raw", "both", "clean"):
        app.session_state["reader_view"] = view
        app.session_state["reader_layers"] = ["entities", "quotes", "sources", "tone", "claims"]
        app.run()
        assert not app.exception
        assert not app.error


def test_search_counts_every_hit(on_sample):
    from core.analyze import concordance

    app = on_sample("articles", lang="en", view="search")
    app.text_input(key="articles_search").set_value("hadiah*").run()
    total = ask(concordance.count, Filters(), words="hadiah*")
    assert any(f"{total} hits" in caption.value for caption in app.caption)


def test_search_shows_where_and_when_and_what_cannot_be_read(on_sample):
    app = on_sample("articles", lang="en", view="search")
    app.text_input(key="articles_search").set_value("rusia NEAR/5 korea OR /ru(/").run()
    assert not app.exception
    assert "ru(" in app.warning[0].value.replace("\\", "")
    titles = " ".join(one.value for one in app.markdown)
    assert "by outlet" in titles
    assert "over time" in titles


def test_a_regular_expression_finds_what_its_words_find(on_sample):
    app = on_sample("articles", lang="en", view="search")

    def told(words):
        app.text_input(key="articles_search").set_value(words).run()
        return next(one.value for one in app.caption if "hits" in one.value)

    assert told(r"/\bhadiah\w*/") == told("hadiah*")
