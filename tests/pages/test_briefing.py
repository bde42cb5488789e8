"""Picking into the briefing, its order, its files, and what has changed since."""

from pathlib import Path

import pytest

from core.briefing import drafts, from_html
from core.view.wording import wording_of
from pages.parts import picking

T = wording_of("en").text


@pytest.fixture(autouse=True)
def no_drafts(sample_folder):
    """Each test begins with an empty shelf."""
    yield
    for path in (sample_folder / "briefings").glob("*.json"):
        path.unlink()


def shelf(sample_folder: Path):
    return drafts.drafts(sample_folder / "briefings")


def picked(on_sample, *pages):
    """The app after picking the first figure of each page."""
    app = None
    for page, parameters in pages:
        fresh = on_sample(page, lang="en", **parameters)
        if app is not None:
            fresh.session_state[picking.OPEN] = app.session_state[picking.OPEN]
        app = fresh
        next(button for button in app.button if button.key.startswith("pick.")).click().run()
        assert not app.exception
    return app


def on_briefing(app):
    app.switch_page("pages/briefing.py").run()
    assert not app.exception
    return app


def test_an_empty_briefing_says_how_to_pick(on_sample):
    app = on_briefing(on_sample("briefing", lang="en"))
    assert T("briefing.empty") in [line.value.removeprefix("## ") for line in app.markdown]


def test_a_picked_figure_keeps_its_numbers_and_filters(on_sample, sample_folder):
    app = picked(on_sample, ("entities", {"outlet": "dream"}))
    (kept,) = shelf(sample_folder)
    briefing = drafts.load(sample_folder / "briefings", kept.id)
    (item,) = briefing.items
    assert item.state.filters == ("Dream",)
    assert (item.state.articles, item.state.outlets) == (1, 1)
    assert item.state.link.startswith("entities?outlet=dream")
    assert [file.name for file in briefing.files] == ["26-dream.txt"] or len(briefing.files) == 1
    top = dict(zip(item.columns, item.rows[0], strict=True))
    assert top["Name"]
    assert item.chart["data"] or item.chart["datasets"]
    on_briefing(app)
    said = [caption.value for caption in app.caption]
    assert any(T("briefing.same") in line for line in said)


def test_items_are_ordered_noted_and_taken_out(on_sample, sample_folder):
    app = on_briefing(picked(on_sample, ("entities", {}), ("outlets", {})))

    def titles():
        (kept,) = shelf(sample_folder)
        return [item.title for item in drafts.load(sample_folder / "briefings", kept.id).items]

    first, second = titles()
    app.button(key="item.down.0").click().run()
    assert titles() == [second, first]
    app.text_area[1].set_value("see here").run()
    app.text_input(key=f"briefing_title.{app.session_state[picking.OPEN]}").set_value("Morning").run()
    (kept,) = shelf(sample_folder)
    briefing = drafts.load(sample_folder / "briefings", kept.id)
    assert (briefing.title, briefing.items[0].note) == ("Morning", "see here")
    app.button(key="item.remove.1").click().run()
    assert titles() == [second]
    assert not app.exception


def test_other_rules_than_now_are_told(on_sample, sample_folder):
    app = picked(on_sample, ("entities", {}))
    (kept,) = shelf(sample_folder)
    folder = sample_folder / "briefings"
    path = folder / f"{kept.id}.json"
    tagger = drafts.load(folder, kept.id).items[0].state.tagger
    path.write_text(path.read_text(encoding="utf-8").replace(tagger, "0+other"), encoding="utf-8")
    on_briefing(app)
    assert T("briefing.changed_tagger") in [warning.value for warning in app.warning]


def test_the_exported_file_is_the_briefing(on_sample, sample_folder):
    from core.briefing import to_html

    picked(on_sample, ("entities", {}))
    (kept,) = shelf(sample_folder)
    briefing = drafts.load(sample_folder / "briefings", kept.id)
    assert from_html(to_html(briefing, made="").encode(), "x.html") == briefing


def test_a_file_that_is_no_briefing_is_told(on_sample):
    app = on_briefing(on_sample("briefing", lang="en"))
    uploader = next(box for box in app.file_uploader if box.label == T("briefing.reopen_label"))
    uploader.set_value([("foreign.html", b"<p>x</p>", "text/html")]).run()
    assert not app.exception
    assert any("foreign" in toast.value for toast in app.toast)
