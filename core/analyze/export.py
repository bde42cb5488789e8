"""Tables as files. Cells that a spreadsheet would take for a formula are defused by an apostrophe."""

import pandas as pd


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark, which spreadsheets need."""
    raise NotImplementedError


def to_xlsx(frame: pd.DataFrame, *, sheet: str = "Telaah") -> bytes:
    """A workbook of one sheet with a header line that stays in sight."""
    raise NotImplementedError
