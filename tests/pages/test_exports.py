"""The files of the screen on gifts and sanctions: every part has them, and they hold what the screen shows."""

import io
import json
from xml.etree import ElementTree

import pandas as pd
import pytest
import streamlit as st
from PIL import Image
from python_calamine import CalamineWorkbook

from core.analyze import heard, lineage
from core.model import Filters
from pages.parts.house import ask

FOCUS = Filters(focus_only=True)
CHARTS = {
    "matrix": {"matrix"},
    "timeline": {"claims-time"},
    "speakers": {"heard-speaker", "own-words", "heard-source"},
    "wires": {"routes"},
}
TABLES = {"clauses": {"clauses"}, "conflicts": {"conflicts"}, "speakers": {"claim-speakers"}}
PARTS = sorted({*CHARTS, *TABLES})


@pytest.fixture
def files_of(on_sample, monkeypatch):
    """Opens a part and gives its files by name, made as a click on their button makes them."""
    made = {}
    real = st.download_button

    def remember(label, data, *, file_name, **options):
        made[file_name.removeprefix("telaah-")] = data
        return real(label, data, file_name=file_name, **options)

    monkeypatch.setattr(st, "download_button", remember)

    def open_part(part):
        app = on_sample("gifts_and_sanctions", lang="en", view=part)
        assert not app.exception
        return {name: data() if callable(data) else data for name, data in made.items()}

    return open_part


def from_csv(data):
    return pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", keep_default_na=False, dtype=str)


@pytest.mark.parametrize("part", PARTS)
def test_every_figure_has_its_files_and_they_open(files_of, part):
    files = files_of(part)
    for key in {*CHARTS.get(part, ()), *TABLES.get(part, ())}:
        table = from_csv(files[f"{key}.csv"])
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(files[f"{key}.xlsx"])).get_sheet_by_index(0).to_python()
        assert sheet[0] == list(table.columns)
        assert len(sheet) == len(table) + 1 > 1
    for key in CHARTS.get(part, ()):
        picture = Image.open(io.BytesIO(files[f"{key}.png"]))
        assert min(picture.size) > 300
        assert len(picture.convert("RGB").getcolors(maxcolors=1 << 24)) > 5
        drawing = ElementTree.fromstring(files[f"{key}.svg"])
        assert drawing.tag.endswith("svg")
        assert "".join(drawing.itertext()).strip()
        assert json.loads(files[f"{key}.vl.json"])["datasets"]


def test_the_table_of_routes_is_that_of_core(files_of):
    table = from_csv(files_of("wires")["routes.csv"])
    wanted = ask(lineage.routes, FOCUS)
    assert list(table["source"]) == list(wanted["source"])
    assert list(table["relay"]) == list(wanted["relay"])
    assert list(table["citations"].astype(int)) == list(wanted["citations"])
    assert list(table["share_low"].astype(float)) == pytest.approx(list(wanted["share_low"]))


def test_the_picture_of_routes_names_sources_relays_and_outlets(files_of):
    drawing = ElementTree.fromstring(files_of("wires")["routes.svg"])
    said = {element.text for element in drawing.iter() if element.text}
    assert {"KCNA", "Reuters", "no one named", "Kompas.com"} <= said


def test_the_tables_of_speakers_are_those_of_core(files_of):
    files = files_of("speakers")
    table = from_csv(files["heard-speaker.csv"])
    wanted = ask(heard.speakers, FOCUS, top=15)
    wanted = wanted[wanted["articles"] > 0]
    assert list(zip(table["outlet"], table["speaker"], strict=True)) == list(
        zip(wanted["outlet"], wanted["speaker"], strict=True)
    )
    own = from_csv(files["own-words.csv"])
    assert own["quotes"].astype(int).sum() == ask(heard.directness, FOCUS)["quotes"].sum()
