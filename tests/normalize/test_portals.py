"""Pages of Indonesian portals as they look when copied from the browser: what is cut, what stays, what is told."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from core.model import Document, RawArticle, Source
from core.normalize import document

PORTALS = yaml.safe_load((Path(__file__).parent / "portals.yaml").read_text(encoding="utf-8"))
FURNITURE = "~ "


def lines(portal: dict[str, Any]) -> list[str]:
    return [line for line in portal["page"].split("\n") if line.strip()]


def read(portal: dict[str, Any]) -> Document:
    text = "\n".join(line.removeprefix(FURNITURE) for line in lines(portal))
    return document(RawArticle(source=Source(name="a.txt", sha256="0" * 64, record=0), raw_text=text))


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: str(portal["name"]))
def test_the_article_stays_and_the_page_around_it_goes(portal: dict[str, Any]) -> None:
    assert read(portal).text.split("\n") == [line for line in lines(portal) if not line.startswith(FURNITURE)]


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: str(portal["name"]))
def test_outlet_date_and_byline_are_told(portal: dict[str, Any]) -> None:
    found = read(portal)
    assert found.published is not None
    assert found.published.date.day == portal["date"]
    assert (found.outlet.id if found.outlet else None) == portal.get("outlet")
    assert found.byline == portal.get("byline")
