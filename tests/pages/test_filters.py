"""Filters: what the URL says, what the widgets say, what is active, and how it is taken back."""

import datetime as dt

from core.analyze import overview
from core.model import Filters
from pages.parts.house import ask


def test_the_url_sets_every_filter_and_keeps_saying_so(on_sample):
    choices = None
    app = on_sample(lang="en")
    choices = ask(overview.choices)
    outlet, entity = choices.outlets[0].key, choices.entities[0].key
    given = {
        "outlet": outlet,
        "from": choices.first_day.isoformat(),
        "to": choices.last_day.isoformat(),
        "speech": choices.languages[0].key,
        "entity_in": entity,
        "q": "Rusia",
        "copies": "0",
        "focus": "1",
        "sample": "1",
        "lang": "en",
    }
    app = on_sample(**given)
    state = app.session_state
    assert state["f_outlets"] == [outlet]
    assert state["f_days"] == (choices.first_day, choices.last_day)
    assert state["f_entities"] == [entity]
    assert (state["f_words"], state["f_copies"], state["f_focus"], state["f_sample"]) == ("Rusia", False, True, True)
    assert dict(app.query_params) == given


def test_what_the_url_cannot_mean_is_dropped(on_sample):
    app = on_sample(outlet="tidak-ada", **{"from": "kemarin", "to": "2024-01-01"}, speech="xx", sample="perhaps")
    assert not app.exception
    assert app.session_state["f_outlets"] == []
    assert app.session_state["f_days"] == ()
    assert not {"outlet", "from", "speech", "sample"} & set(app.query_params)


def test_a_range_beyond_the_corpus_is_cut_to_it(on_sample):
    app = on_sample(**{"from": "1990-01-01", "to": "2099-01-01"})
    choices = ask(overview.choices)
    assert app.session_state["f_days"] == (choices.first_day, choices.last_day)


def test_widgets_write_the_url(on_sample):
    app = on_sample(lang="en")
    app.text_input(key="f_words").set_value("hadiah*").run()
    assert app.query_params["q"] == "hadiah*"
    assert int(app.metric[0].value) == ask(overview.summary, Filters(words="hadiah*")).articles


def test_one_filter_is_taken_back_by_its_chip_and_all_by_clear(on_sample):
    app = on_sample(lang="en", q="Rusia", copies="0")
    app.button(key="active.f_words").click().run()
    assert app.session_state["f_words"] == ""
    assert app.session_state["f_copies"] is False
    app.button(key="f_clear").click().run()
    assert app.session_state["f_copies"] is True
    assert app.button(key="f_clear").disabled


def test_filters_stay_from_page_to_page(on_sample):
    app = on_sample(lang="en", q="Rusia")
    app.switch_page("pages/entities.py").run()
    assert app.session_state["f_words"] == "Rusia"
    assert app.query_params["q"] == "Rusia"


def test_the_language_switch_speaks_at_once(on_sample):
    app = on_sample(lang="id")
    assert app.title[0].value == "Ikhtisar"
    app.session_state["lang"] = "en"
    app.run()
    assert app.title[0].value == "Overview"


def test_days_are_inclusive(on_sample):
    on_sample()
    choices = ask(overview.choices)
    day = choices.last_day
    app = on_sample(lang="en", **{"from": day.isoformat(), "to": day.isoformat()})
    assert isinstance(day, dt.date)
    assert int(app.metric[0].value) == ask(overview.summary, Filters(start=day, end=day)).articles > 0
