"""Correcting from the screens: made once, seen on every screen, taken back."""

import pytest

from core.analyze import articles, corrections, entities
from core.model import Filters
from pages.parts.house import ask
from tests.pages.uploading import upload

TEXT = """JAKARTA, KOMPAS.com - Presiden Rusia Vladimir Putin menyambut Kim Jong Un di Vladivostok, Senin (5/2/2024).
"Kami menghargai kunjungan ini," kata Putin kepada wartawan di Moskwa.
Pertemuan itu berlangsung dua jam dan membahas kapal riset.
"""


@pytest.fixture
def opened(on_nothing):
    app = on_nothing(lang="en")
    upload(app, ("satu.txt", TEXT.encode()))
    app.session_state["who"] = "Ani"
    return app


def the_article():
    return ask(articles.list_articles, Filters()).iloc[0]


def in_reader(app, what):
    app.switch_page("pages/articles.py")
    app.query_params["article"] = the_article()["document_id"]
    app.run()
    app.selectbox(key="correction_what").set_value(what).run()
    return f"{what}.{the_article()['document_id']}"


def in_names(app, entity_id, deed):
    app.switch_page("pages/entities.py")
    app.query_params["view"] = "names"
    app.query_params["entity"] = entity_id
    app.run()
    next(g for g in app.button_group if g.key == "correction_entity_deed").set_value(deed).run()
    return f"{deed}.{entity_id}"


def widget(found, key):
    return next(one for one in found if one.key == key)


def save(app, key):
    app.button(key=f"correction_save.{key}").click().run()
    assert not app.exception
    assert [error.value for error in app.error] == []


def ranked():
    frame = ask(entities.ranking, Filters())
    return dict(zip(frame["entity_id"], frame["name"], strict=True))


def test_an_article_without_a_headline_shows_its_first_words(opened):
    opened.switch_page("pages/articles.py").run()
    title = opened.dataframe[0].value["title"].iloc[0]
    assert title == "[no headline] Presiden Rusia Vladimir Putin menyambut Kim Jong Un di …"
    in_reader(opened, "title")
    assert opened.title[0].value.startswith("\\[no headline\\] Presiden Rusia")


def test_a_corrected_headline_is_in_the_list_and_says_so(opened):
    key = in_reader(opened, "title")
    opened.text_input(key=f"correction_title.{key}").set_value("Tamu dari Utara").run()
    save(opened, key)
    assert opened.title[0].value == "Tamu dari Utara"
    assert the_article()["title"] == "Tamu dari Utara"
    assert any("corrected" in found.proto.body for found in opened.get("html"))


def test_a_renamed_entity_is_renamed_on_every_screen(opened):
    key = in_names(opened, "per:vladimir-putin", "rename")
    opened.text_input(key=f"correction_name.{key}").set_value("Wladimir Putin").run()
    save(opened, key)
    assert ranked()["per:vladimir-putin"] == "Wladimir Putin"
    opened.switch_page("pages/entities.py")
    opened.session_state["sections.entities"] = "ranking"
    opened.run()
    assert any("Wladimir Putin" in frame.value["name"].tolist() for frame in opened.dataframe if "name" in frame.value)
    in_reader(opened, "quote")
    speakers = [frame.value["speaker"].tolist() for frame in opened.dataframe if "speaker" in frame.value]
    assert speakers == [["Wladimir Putin"]]


def test_merged_entities_are_one_and_undo_parts_them(opened):
    before = ranked()
    key = in_names(opened, "per:vladimir-putin", "merge")
    opened.selectbox(key=f"correction_entity.{key}").set_value("per:kim-jong-un").run()
    save(opened, key)
    assert set(before) - set(ranked()) == {"per:vladimir-putin"}
    number = ask(corrections.listing)["correction_id"].iloc[0]
    opened.query_params["entity"] = "per:kim-jong-un"
    opened.run()
    opened.selectbox(key="entity_one.").set_value("per:kim-jong-un").run()
    opened.button(key=f"correction_undo.entity.{number}").click().run()
    assert ranked() == before


def test_a_rejected_mention_leaves_the_counts(opened):
    assert "gpe:vladivostok" in ranked()
    key = in_reader(opened, "mention")
    article = ask(articles.load, the_article()["document_id"])
    number = [m.entity.id for m in article.annotations.mentions].index("gpe:vladivostok")
    opened.selectbox(key=f"correction_which.{key}").set_value(number).run()
    save(opened, key)
    assert "gpe:vladivostok" not in ranked()


def test_a_tone_that_is_set_moves_the_article(opened):
    key = in_reader(opened, "tone")
    opened.selectbox(key=f"correction_which.{key}").set_value(2).run()
    widget(opened.button_group, f"correction_tone.{key}.2").set_value("negative").run()
    save(opened, key)
    article = ask(articles.load, the_article()["document_id"])
    assert article.annotations.sentences[2].tone.label == "negative"
    assert article.annotations.sentences[2].tone.score == -0.5


def test_a_date_that_cannot_be_is_refused_in_words(opened):
    key = in_reader(opened, "date")
    opened.text_input(key=f"correction_date.{key}").set_value("31/2/2024").run()
    opened.button(key=f"correction_save.{key}").click().run()
    assert "is no date" in opened.error[0].value
    assert ask(corrections.listing).empty


def test_without_a_name_nothing_can_be_corrected(opened):
    opened.session_state["who"] = ""
    key = in_reader(opened, "title")
    opened.text_input(key=f"correction_title.{key}").set_value("Tamu").run()
    assert opened.button(key=f"correction_save.{key}").disabled
    opened.text_input(key=f"who_inline.{key}").set_value("Budi").run()
    assert not opened.button(key=f"correction_save.{key}").disabled
