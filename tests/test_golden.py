"""The sample corpus, article by article: against its manifest and against the golden files."""

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from core.model import Tagged
from core.pipeline import SEEDS, sample_files


def load_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_make", Path(__file__).parent / "golden/make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = load_maker()
MANIFEST = {row["file"]: row for row in yaml.safe_load((SEEDS / "manifest.yaml").read_text(encoding="utf-8"))}
CACHE: dict[str, Tagged] = {}


def article(name: str) -> Tagged:
    if name not in CACHE:
        CACHE[name] = make.tagged(name)
    return CACHE[name]


@pytest.mark.parametrize("name", sample_files())
def test_the_head_is_what_the_manifest_says(name: str) -> None:
    document, row = article(name).document, MANIFEST[name]
    dateline, editor = document.zone("dateline"), document.zone("editor")
    assert {
        "outlet": document.outlet and document.outlet.id,
        "published": document.published and document.published.date.iso,
        "dateline_city": dateline and dateline.value,
        "byline": document.byline,
        "editor": editor and editor.value,
    } == {
        "outlet": row["outlet_id"],
        "published": row["published"] and str(row["published"]),
        "dateline_city": row["dateline_city"],
        "byline": row["byline"],
        "editor": row["editor"],
    }


@pytest.mark.parametrize("name", [name for name in sample_files() if name.endswith(".txt")])
def test_furniture_goes_and_the_rest_stays(name: str) -> None:
    document, row = article(name).document, MANIFEST[name]
    lines = (SEEDS / name).read_text(encoding="utf-8").split("\n")
    kept = Counter(document.text.split("\n"))
    body = Counter(line for number, line in enumerate(lines, 1) if number not in row["furniture"])
    apart = set(row["furniture"]) | set(row["meta"])
    furniture = [lines[number - 1] for number in row["furniture"] if lines[number - 1].strip()]
    # a doubled headline or caption is furniture once: as many lines may stay as are body
    still = [line for line in furniture if kept[line] > body[line]]
    lost = [line for number, line in enumerate(lines, 1) if number not in apart and line.strip() not in document.text]
    assert (still, lost) == ([], [])


@pytest.mark.parametrize("name", sample_files())
def test_every_tag_is_as_it_was(name: str) -> None:
    golden: dict[str, Any] = json.loads(make.golden_file(name).read_text(encoding="utf-8"))
    assert json.loads(json.dumps(make.summarise(article(name)))) == golden, (
        "a tag changed: if for the better, run `python tests/golden/make.py` and read the diff"
    )
