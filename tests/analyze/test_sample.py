"""What the bundled sample must show."""

import pytest
import yaml

from core.analyze import articles, claims
from core.model import Filters
from core.pipeline import SEEDS, load_sample
from core.settings import Settings
from core.store import Corpus


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    opened = Corpus.open(folder / "corpus.duckdb")
    load_sample(opened, Settings(data_folder=folder))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def events():
    """Event by file, as the manifest has it."""
    return {row["file"]: row["event"] for row in yaml.safe_load((SEEDS / "manifest.yaml").read_text(encoding="utf-8"))}


def test_the_gift_of_february_2024_is_one_story_with_all_that_tell_it(sample, events):
    listed = articles.list_articles(sample, Filters(), page_size=100)
    telling = listed[[events[name] == "aurus-feb2024" for name in listed["file"]]]
    largest = claims.stories(sample, Filters()).sort_values("articles").iloc[-1]
    assert largest["articles"] == len(telling)
    matrix = claims.matrix(sample, Filters(), story=largest["story_id"])
    assert set(matrix.loc[matrix["covering"] > 0, "outlet"]) == set(telling["outlet"])
