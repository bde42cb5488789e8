"""Hostile files: each ends as its row says, in bounded time and memory, and what comes out of it can be kept."""

import json

import pytest

from core.contract import article_json
from core.model import Refusal, Tagged
from core.pipeline import tag_file
from core.settings import Settings
from core.view.marked import LAYERS, Shown, article_html, raw_html
from core.view.wording import wording_of
from tests.hostile.harmless import read_page
from tests.hostile.limits import MEGABYTES, SECONDS, held
from tests.hostile.rows import Row, made, name_of, rows

ROWS = rows("archives", "files", "texts")
MOST_SHOWN = 20_000  # characters; drawing half a million of them is another matter


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Rules and models are read once a process; no row is to pay for them."""
    import docx  # noqa: F401
    import pypdf  # noqa: F401
    import python_calamine  # noqa: F401
    import trafilatura  # noqa: F401
    from fastwarc import warc  # noqa: F401
    from pyarrow import parquet  # noqa: F401

    list(tag_file("a.txt", b"Warga desa memperbaiki jembatan.", settings=Settings(workers=0)))


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_a_hostile_file_ends_as_expected(row: Row) -> None:
    data = made(row)
    with held(row.get("seconds", SECONDS), row.get("megabytes", MEGABYTES)):
        found = list(tag_file(row["as"], data, settings=Settings(workers=0)))
    taken = [one for one in found if isinstance(one, Tagged)]
    refused = [one for one in found if isinstance(one, Refusal)]
    assert found
    assert all(one.reason.endswith(".") and one.reason.isprintable() for one in refused)
    if row["expect"] != "any":
        assert bool(taken) is (row["expect"] == "taken"), [one.reason for one in refused[:3]]
    if row["expect"] == "refused":
        assert row.get("says", "") in " ".join(one.reason for one in refused)
    assert len(taken) == row.get("articles", len(taken))
    assert len(refused) == row.get("refusals", len(refused))
    for one in taken:
        _check_article(one, row)


def _check_article(one: Tagged, row: Row) -> None:
    text = one.document.text
    assert row.get("holds", "") in text
    assert row.get("lacks", "\ud800") not in text
    assert row.get("title", "") in (one.document.title or "")
    assert one.document.source.name.endswith(row.get("source", ""))
    assert not row.get("undated") or one.document.published is None
    json.dumps(article_json(one), ensure_ascii=False).encode()
    if len(text) <= MOST_SHOWN:
        read_page(article_html(one.document, one.annotations, wording_of("en"), Shown(layers=LAYERS)))
        read_page(raw_html(one.document, wording_of("en")))
