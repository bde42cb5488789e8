"""What a screen says when a question cannot be answered."""

import pytest

from core.analyze import overview
from core.errors import TooLongError
from core.view.wording import LANGUAGES, wording_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_takes_too_long_ends_in_a_sentence(on_sample, monkeypatch, language):
    def endless(*_):
        raise TooLongError("The question was stopped.")

    monkeypatch.setattr(overview, "attention", endless)
    app = on_sample(lang=language)
    assert [error.value for error in app.error] == [wording_of(language).text("house.too_long")]
    assert not app.exception
