import pytest

from core.analyze.numbers import amount

SAME = [
    ("3.000", "tiga ribu"),
    ("sekitar 3.000", "lebih dari 3.000"),
    ("3.000", "ribuan"),
    ("10.000", "10 ribu"),
    ("1,5 juta", "1.500.000"),
    ("dua belas", "12"),
    ("hampir 3.000", "2.900"),
    ("sepasang", "dua"),
    ("puluhan ribu", "30.000"),
]
DIFFERENT = [
    ("3.000", "10.000"),
    ("sekitar 3.000", "4.000"),
    ("dua", "tiga"),
    ("lebih dari 3.000", "2.500"),
    ("1,5 juta", "15 juta"),
    ("ratusan", "ribuan"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_rounding_is_no_difference(one: str, other: str) -> None:
    left, right = amount(one), amount(other)
    assert left is not None
    assert right is not None
    assert left.fits(right)
    assert right.fits(left)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_numbers_are(one: str, other: str) -> None:
    left, right = amount(one), amount(other)
    assert left is not None
    assert right is not None
    assert not left.fits(right)


@pytest.mark.parametrize("text", ["", "banyak", "3 kali", "sekitar"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert amount(text) is None
