"""Tables as files. Cells that a spreadsheet would take for a formula are defused by an apostrophe."""

import io
import math
import re
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

# What a spreadsheet may take for a formula: a sign, or its wide form, behind whatever it trims away. Behind a semicolon
# or a tab too, which a spreadsheet of another country takes for the end of a cell.
_FORMULA = re.compile(
    r"(?:^[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*|[;\t][ \u00a0\"']*)(?=[=+@\uff1d\uff0b\uff0d\uff20-])|^(?=[\t\r])"
)
CELL_CHARACTERS = 32_767  # what a spreadsheet cell can hold
SHEET_NAME_CHARACTERS = 31
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # not allowed in the file format's XML


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark, which spreadsheets need, and the line ends of RFC 4180."""
    safe = defused(frame)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "replace")


def to_xlsx(frame: pd.DataFrame, *, sheet: str = "Telaah") -> bytes:
    """A workbook of one sheet with a header line that stays in sight."""
    import xlsxwriter  # takes a moment to import and is rarely asked for

    buffer = io.BytesIO()
    # strings stay strings: the library would else turn = into formulas and addresses into links
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet(_sheet_name(sheet))
        bold = book.add_format({"bold": True})
        page.freeze_panes(1, 0)
        safe = defused(frame)
        for column, name in enumerate(safe.columns):
            page.write_string(0, column, _FORBIDDEN.sub("", str(name)), bold)
            for row, value in enumerate(safe[name], start=1):
                write_cell(page, row, column, value)
    return buffer.getvalue()


def _sheet_name(said: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", _FORBIDDEN.sub("", said))[:SHEET_NAME_CHARACTERS].strip("' \n\r\t") or "Telaah"


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table with lists and dates as text and formulas defused, in cells and in the header."""
    columns = {
        _defuse(str(name)): frame[name] if is_numeric_dtype(frame[name]) else frame[name].map(_cell)
        for name in frame.columns
    }
    return pd.DataFrame(columns, index=frame.index)


def _cell(value: object) -> object:
    if isinstance(value, tuple | list):
        value = ", ".join(map(str, value))
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat(sep=" ", timespec="seconds")
    return _defuse(value) if isinstance(value, str) else value


def _defuse(text: str) -> str:
    """An apostrophe before the sign makes a spreadsheet take a cell for text."""
    return _FORMULA.sub(_quoted, text)


def _quoted(found: re.Match[str]) -> str:
    return "'" + found.group() if found.start() == 0 else found.group() + "'"


def write_cell(page: Any, row: int, column: int, value: object) -> None:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return
    if isinstance(value, str):
        page.write_string(row, column, _FORBIDDEN.sub("", value)[:CELL_CHARACTERS])
    elif isinstance(value, bool | np.bool_):
        page.write_boolean(row, column, bool(value))
    else:
        page.write_number(row, column, float(value))  # type: ignore[arg-type]  # what is left are numbers
