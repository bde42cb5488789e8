"""What a screen says when a question cannot be answered."""

import pytest

from core.analyze import overview
from core.errors import TooLongError
from core.store import Corpus
from core.view.wording import LANGUAGES, wording_of
from pages.parts.house import house, share


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_takes_too_long_ends_in_a_sentence(on_sample, monkeypatch, language):
    def endless(*_):
        raise TooLongError("The question was stopped.")

    monkeypatch.setattr(overview, "attention", endless)
    app = on_sample(lang=language)
    assert [error.value for error in app.error] == [wording_of(language).text("house.too_long")]
    assert not app.exception


def counted(corpus: Corpus, word: str) -> list[str]:
    return [word, str(corpus.version)]


def test_what_all_hold_is_one_object_until_the_corpus_changes(on_sample, monkeypatch):
    on_sample()
    held = share(counted, "a")
    assert share(counted, "a") is held
    assert share(counted, "b") == ["b", held[1]]
    opened = house()
    monkeypatch.setattr(opened.corpus, "version", opened.corpus.version + 1)
    anew = share(counted, "a")
    assert anew is not held
    assert anew == ["a", str(int(held[1]) + 1)]
