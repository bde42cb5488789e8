"""Values read in the convention of the language, by the name of their column."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from core.view.cells import COLUMNS, cell, kind_of, raw, said
from core.view.wording import wording_of


@pytest.mark.parametrize(
    ("column", "value", "indonesian", "english"),
    [
        ("share", 0.5, "50%", "50%"),
        ("share", 0.051, "5,1%", "5.1%"),
        ("tone", -0.25, "−0,25", "−0.25"),
        ("z", 1234.5, "1.234,50", "1,234.50"),
        ("z", 2.0, "2,00", "2.00"),
        ("articles", np.int64(12345), "12.345", "12,345"),
        ("words_median", 10.5, "10,50", "10.50"),
        ("published", "2024-02", "Feb 2024", "Feb 2024"),
        ("published", "2024-02-21T10:00", "21 Feb 2024", "21 Feb 2024"),
        ("period", pd.Timestamp("2024-02-21"), "21 Feb 2024", "21 Feb 2024"),
        ("name", "2024-02", "2024-02", "2024-02"),
        ("name", None, "–", "–"),
        ("tone", float("nan"), "–", "–"),
        ("period", pd.NaT, "–", "–"),
        ("outlets", ("a", "b"), "a, b", "a, b"),
        ("direct", True, "True", "True"),
    ],
)
def test_a_value_reads_by_its_column(column, value, indonesian, english):
    assert cell(kind_of(column), value, wording_of("id")) == indonesian
    assert cell(kind_of(column), value, wording_of("en")) == english


def test_no_column_is_of_two_kinds():
    columns = [column for names in COLUMNS.values() for column in names]
    assert len(columns) == len(set(columns))


def test_a_table_is_said_and_kept_row_by_row():
    frame = pd.DataFrame({"name": ["a", None], "n": [1, 2], "share": [0.5, float("nan")], "rest": [1, 1]})
    columns = ("name", "n", "share")
    assert said(frame, columns, wording_of("en")) == (("a", "1", "50%"), ("–", "2", "–"))
    assert raw(frame, columns) == (("a", 1, 0.5), (None, 2, None))
    assert said(frame.head(0), columns, wording_of("en")) == raw(frame.head(0), columns) == ()


def test_what_is_kept_is_plain():
    frame = pd.DataFrame({"day": [pd.Timestamp("2024-02-21")], "list": [("a", "b")]})
    assert raw(frame, ("day", "list")) == (("2024-02-21 00:00:00", "a, b"),)
    assert raw(pd.DataFrame({"d": [dt.date(2024, 2, 1)], "x": [np.inf]}), ("d", "x")) == (("2024-02-01", None),)
