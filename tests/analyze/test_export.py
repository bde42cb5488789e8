import io
import zipfile
from xml.etree import ElementTree

import pandas as pd
import pytest

from core.analyze import export

FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def csv_text(frame):
    return export.to_csv(frame).decode("utf-8-sig").replace("\r\n", "\n")


def sheet_cells(data):
    """Every cell's own tags and values, and all shared strings."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return sheet, ["".join(item.itertext()) for item in strings.iter(f"{CELLS}si")]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_becomes_text_in_a_cell_and_in_the_header(formula):
    frame = pd.DataFrame({formula: [formula]})
    back = pd.read_csv(io.BytesIO(export.to_csv(frame)), encoding="utf-8-sig")
    assert back.columns[0] == "'" + formula
    assert back.iloc[0, 0] == "'" + formula
    sheet, strings = sheet_cells(export.to_xlsx(frame))
    assert list(sheet.iter(f"{CELLS}f")) == []
    assert all(text.startswith("'") for text in strings)


def test_csv_begins_with_a_byte_order_mark_and_keeps_letters():
    data = export.to_csv(pd.DataFrame({"judul": ["“Café” — mobil"], "n": [3]}))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "judul,n\r\n“Café” — mobil,3\r\n"


def test_negative_numbers_stay_numbers():
    assert csv_text(pd.DataFrame({"score": [-0.5, 2.0]})) == "score\n-0.5\n2.0\n"


def test_what_is_missing_is_an_empty_cell():
    frame = pd.DataFrame({"a": ["x", None], "b": [1.5, float("nan")], "c": pd.to_datetime(["2024-02-20", None])})
    assert csv_text(frame) == "a,b,c\nx,1.5,2024-02-20\n,,\n"
    sheet, strings = sheet_cells(export.to_xlsx(frame))
    assert sorted(strings) == ["2024-02-20", "a", "b", "c", "x"]
    assert len(list(sheet.iter(f"{CELLS}c"))) == 3 + 3  # the header and the first row; the second has no cell


def test_times_and_lists_are_readable():
    frame = pd.DataFrame({"at": pd.to_datetime(["2024-02-20 08:15:00"]), "names": [("KCNA", "AFP")]})
    assert csv_text(frame) == 'at,names\n2024-02-20 08:15:00,"KCNA, AFP"\n'


def test_a_sheet_takes_any_name_and_any_text():
    frame = pd.DataFrame({"text": ["a\x00b\x08c", "y" * 40_000], "yes": [True, False]})
    _, strings = sheet_cells(export.to_xlsx(frame, sheet="Gifts/sanctions: [all] " + "x" * 40))
    assert "abc" in strings
    assert max(map(len, strings)) == 32_767


def test_an_empty_table_keeps_its_header():
    _, strings = sheet_cells(export.to_xlsx(pd.DataFrame(columns=["outlet", "articles"])))
    assert strings == ["outlet", "articles"]
