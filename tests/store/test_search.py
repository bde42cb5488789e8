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
        ("hadiah AND mobil", "mobil itu", False),
        ("hadiah NOT kado", "hadiah dan kado", False),
        ("NOT NOT kado", "kado", True),
        ("hadiah mobil OR kado", "hadiah dan kado", True),  # OR binds closer
        ("(hadiah mobil) OR kado", "kado", True),
        ("(hadiah mobil) OR kado", "hadiah", False),
        ("-(hadiah mobil)", "hadiah", True),
        ("-(hadiah mobil)", "mobil hadiah", False),
        ("hadiah) mobil", "hadiah", False),
        ("rusia NEAR/2 senjata", "rusia akan mengirim senjata", True),
        ("rusia NEAR/1 senjata", "rusia akan mengirim senjata", False),
        ("rusia NEAR/2 senjata", "senjata, kata rusia", True),
        ('rusia NEAR/0 "uji coba"', "rusia: uji coba", True),
        ("rusia NEAR/0 uji*", "rusia diuji", False),
        ("NEAR rusia", "rusia", True),
        ("rusia NEAR", "rusia", True),
        ("/ru(sia|bel)/", "Nilai RUBEL turun", True),
        ("/ru(sia|bel)/", "nilai rupiah", False),
        (r"/\d{3} rudal/", "ada 120 rudal", True),
        (r"/\D{3} rudal/", "ada 120 rudal", False),  # a capital is a sign here
        ("/a*/", "apa saja", False),  # fits on emptiness
        ("/(?=a)p/", "apa saja", False),
        ("/ru(/", "ru(", False),
        ("/rusia", "kata /rusia di sini", True),  # never closed: as it stands
        ("km/jam", "120 km/jam", True),
    ],
)
def test_words_are_read_as_the_head_of_the_module_says(query, text, expected):
    assert found(query, text) is expected


SIGNS = st.sampled_from(
    ["(", ")", '"', "-", "OR", "AND", "NOT", "NEAR/3", "NEAR", "/k.m/", "/(/", "kim", "mobil*", "é"]
)


@given(st.text(max_size=40) | st.lists(SIGNS, max_size=12).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_anything_can_be_typed(typed):
    assert found(typed, "Kim memberi sebuah hadiah.") in (True, False)
    assert len(parse(typed).hits(["Kim memberi sebuah hadiah."])) == 1


def test_parentheses_without_end_are_read_in_time():
    assert parse("(" * 10_000 + "kim").root is None
    assert found("(" * 100 + "kim", "kim") is True


def test_what_cannot_be_read_is_named():
    assert parse("/ru(/ kim /a*/").unreadable == ("ru(", "a*")
    assert parse("/rusia/ kim").unreadable == ()


@given(WORDS.filter(lambda word: word != "("), TEXTS)
@settings(max_examples=50, deadline=None)
def test_marks_are_as_many_as_duckdb_counts(word, text):
    query = parse(f'"{word}"')
    with duckdb.connect() as connection:
        row = connection.execute(
            "SELECT len(regexp_extract_all($said, $mark))", {"said": text.lower(), "mark": query.mark_re2()}
        ).fetchone()
    assert row[0] == len(query.hits([text])[0])


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("kim OR kim*", "Kim dan kimia", ["Kim", "kimia"]),
        ('kim OR "kim jong un"', "KIM Jong\u00a0Un, kim", ["KIM Jong\u00a0Un", "kim"]),
        ("kim -jong", "jong kim", ["kim"]),
        ("rusia NEAR/3 senjata", "rusia kirim senjata; senjata", ["rusia kirim senjata"]),
        ("/r.s/", "rusia ris", ["rus", "ris"]),
        ("kim", "İİ kim", ["kim"]),  # a letter that grows when lowered moves no mark
    ],
)
def test_marks_stand_at_the_hits(query, text, marked):
    assert [text[start:end] for start, end in parse(query).hits([text])[0]] == marked


def test_an_expression_that_would_never_end_elsewhere_marks_at_once():
    assert parse("/(a+)+b/").hits(["a" * 5000]) == [[]]
