import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.store.scope import conditions
from core.store.search import parse

WORDS = st.sampled_from(["kim", "Kim", "mobil", "mobilnya", "undang-undang", "C++", "S.T.", "café", "(", "50%", "é"])
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)


def found(query, text):
    clauses, values = conditions(parse(query), "said", "word")
    where = " AND ".join(clauses) or "TRUE"
    with duckdb.connect() as connection:
        values = values | {"said": text.lower()}
        row = connection.execute(f"SELECT {where} FROM (SELECT $said AS said)", values).fetchone()
    return row[0]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("", "apa saja", True),
        ("hadiah", "Sebuah HADIAH tiba", True),
        ("hadiah", "hadiahnya tiba", False),
        ("hadiah*", "hadiahnya tiba", True),
        ("hadiah*", "menghadiahkan", False),
        ("hadiah mobil", "mobil itu hadiah", True),
        ("hadiah mobil", "mobil itu", False),
        ('"hadiah mobil"', "mobil hadiah", False),
        ('"hadiah mobil"', "hadiah\nmobil", True),
        ('"hadiah mob*"', "hadiah mobilnya", True),
        ("hadiah OR kado", "sebuah kado", True),
        ("hadiah or kado", "sebuah kado", False),  # or is a word, OR a sign
        ("hadiah -kado", "hadiah dan kado", False),
        ("-kado", "hadiah", True),
        ("OR", "apa saja", True),
        ("OR hadiah OR", "hadiah", True),
        ('"', "apa saja", True),
        ('"hadiah', "hadiah", True),
        ("-", "apa saja", True),
        ("*", "apa saja", True),
        ("c++", "bahasa c++ lama", True),
        ("(hadiah", "(hadiah)", True),
        ("100%", "naik 100% lagi", True),
        ("a.b", "axb", False),
        ("undang-undang", "sebuah undang-undang baru", True),
    ],
)
def test_words_are_read_as_the_head_of_the_module_says(query, text, expected):
    assert found(query, text) is expected


@given(st.text(max_size=40))
@settings(max_examples=50, deadline=None)
def test_anything_can_be_typed(typed):
    assert found(typed, "Kim memberi sebuah hadiah.") in (True, False)
    parse(typed).mark()


@given(WORDS.filter(lambda word: word != "("), TEXTS)
@settings(max_examples=50, deadline=None)
def test_python_marks_as_many_hits_as_duckdb_counts(word, text):
    query = parse(f'"{word}"')
    with duckdb.connect() as connection:
        row = connection.execute(
            "SELECT len(regexp_extract_all($said, $mark))", {"said": text.lower(), "mark": query.mark_re2()}
        ).fetchone()
    assert row[0] == len(query.mark().findall(text))
