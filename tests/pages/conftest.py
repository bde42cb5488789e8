"""The dashboard driven without a browser, on the bundled sample, on nothing, and on uploads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.pipeline import load_sample
from core.settings import Settings
from core.store import Corpus

PROJECT = Path(__file__).resolve().parents[2]
SECONDS = 60.0

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled sample, made once."""
    settings = Settings(data_folder=tmp_path_factory.mktemp("sample"))
    corpus = Corpus.open(settings.corpus_file)
    load_sample(corpus, settings)
    corpus.close()
    return settings.data_folder


@pytest.fixture(scope="session", autouse=True)
def let_go_of_corpora() -> Iterator[None]:
    """What the tests opened is closed at the end."""
    yield
    st.cache_resource.clear()


def opener(monkeypatch: pytest.MonkeyPatch, folder: Path, *, sample: bool) -> Open:
    monkeypatch.setenv("TELAAH_DATA_FOLDER", str(folder))
    monkeypatch.setenv("TELAAH_LOAD_SAMPLE", str(int(sample)))

    def open_page(page: str = "overview", **parameters: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=SECONDS)
        for name, value in parameters.items():
            app.query_params[name] = value
        return (app if page == "overview" else app.switch_page(f"pages/{page}.py")).run()

    return open_page


@pytest.fixture
def on_sample(monkeypatch: pytest.MonkeyPatch, sample_folder: Path) -> Open:
    """Opens a page over the sample corpus."""
    return opener(monkeypatch, sample_folder, sample=True)


@pytest.fixture
def on_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Opens a page over an empty corpus."""
    return opener(monkeypatch, tmp_path, sample=False)


@pytest.fixture
def on_first_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Opens a page where there is no corpus yet."""
    return opener(monkeypatch, tmp_path, sample=True)
