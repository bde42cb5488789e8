"""Settings come from TELAAH_* and a bad one is named."""

from pathlib import Path

import pytest

from core.errors import SettingError
from core.settings import Settings, read_settings


def test_nothing_set_gives_the_defaults() -> None:
    assert read_settings({"HOME": "/somewhere"}) == Settings()


def test_values_take_the_type_of_their_default() -> None:
    settings = read_settings(
        {"TELAAH_DATA_FOLDER": "/srv/telaah", "TELAAH_MAX_UPLOAD_MB": "5", "TELAAH_LOAD_SAMPLE": "0"}
    )
    assert settings.data_folder == Path("/srv/telaah")
    assert settings.max_upload_mb == 5
    assert settings.load_sample is False
    assert settings.corpus_file == Path("/srv/telaah/corpus.duckdb")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELAAH_MAX_UPLOAD_MB", "many"),
        ("TELAAH_MAX_UPLOAD_MB", "0"),
        ("TELAAH_MAX_UPLOAD_MB", "-3"),
        ("TELAAH_MAX_RECORDS", "1.5"),
        ("TELAAH_WORKERS", ""),
        ("TELAAH_LOAD_SAMPLE", "yes"),
        ("TELAAH_DATA_FOLDER", "  "),
        ("TELAAH_TONE_MODEL_FOLDER", ""),
        ("TELAAH_MAX_UPLOAD", "5"),
    ],
)
def test_a_bad_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        read_settings({name: value})


def test_the_stronger_model_of_tone_is_none_unless_named() -> None:
    assert Settings().tone_model_folder is None
    settings = read_settings(
        {"TELAAH_TONE_MODEL_FOLDER": "/srv/model", "TELAAH_TONE_MODEL_LABELS": " negative,neutral,positive "}
    )
    assert settings.tone_model_folder == Path("/srv/model")
    assert settings.tone_model_labels == "negative,neutral,positive"


def test_workers_may_be_none_at_all() -> None:
    assert read_settings({"TELAAH_WORKERS": "0"}).workers == 0
