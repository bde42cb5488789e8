import pytest

from core.ingest import column_mapping
from core.ingest.columns import FIELDS, as_text
from core.resources import load_yaml

ROWS = load_yaml("columns.yaml")


def test_each_field_has_its_row_once() -> None:
    assert sorted(row["field"] for row in ROWS) == sorted(FIELDS)


def test_no_name_serves_two_fields() -> None:
    names = [name for row in ROWS for name in row["names"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("field", "name"), [(row["field"], name) for row in ROWS for name in row["examples"]["match"]])
def test_usual_names_are_known(field: str, name: str) -> None:
    assert column_mapping(["nomor", name]) == {field: name}


@pytest.mark.parametrize(("field", "name"), [(row["field"], name) for row in ROWS for name in row["examples"]["miss"]])
def test_names_that_only_look_alike_are_not_taken(field: str, name: str) -> None:
    assert field not in column_mapping([name])


def test_the_better_name_wins_whatever_the_order() -> None:
    assert column_mapping(["content", "isi"])["text"] == "isi"
    assert column_mapping(["isi", "content"])["text"] == "isi"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Sari ", "Sari"),
        ("", None),
        (None, None),
        (2024, "2024"),
        (float("nan"), None),
        (["Sari", "Budi"], "Sari, Budi"),
        ([{"@type": "Person", "name": "Sari"}], "Sari"),
        ({"other": 1}, None),
        (True, None),
    ],
)
def test_container_fields_become_text(cell: object, text: str | None) -> None:
    assert as_text(cell) == text
