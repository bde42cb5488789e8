import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.decoding import decode

SENTENCE = "Ia menyebut “damai” – Jum’at, di Café Bandung…"


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (SENTENCE.encode(), ()),
        (codecs.BOM_UTF8 + SENTENCE.encode(), ()),
        (codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"), ("encoding utf-16",)),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), ("encoding utf-16",)),
        (codecs.BOM_UTF32_LE + SENTENCE.encode("utf-32-le"), ("encoding utf-32",)),
        (SENTENCE.encode("utf-16-le"), ("encoding utf-16",)),
        (SENTENCE.encode("utf-16-be"), ("encoding utf-16",)),
        (SENTENCE.encode("cp1252"), ("encoding cp1252",)),
        (SENTENCE.encode("mac-roman"), ("encoding mac-roman",)),
    ],
    ids=["utf8", "utf8-bom", "utf16le-bom", "utf16be-bom", "utf32-bom", "utf16le", "utf16be", "cp1252", "mac"],
)
def test_the_same_sentence_comes_out_of_every_encoding(data: bytes, note: tuple[str, ...]) -> None:
    assert decode(data) == (SENTENCE, note)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("São Tomé".encode("cp1252"), "São Tomé"),  # accents alone never make it Mac-Roman
        ("satu ÒRA saja".encode("cp1252"), "satu ÒRA saja"),  # one byte that could be a mark, and no other
        (b"harga \x80 5", "harga € 5"),
        (b"rusak \x81 di sini", "rusak \x81 di sini"),  # a byte that cp1252 leaves open
    ],
)
def test_one_byte_text_is_cp1252_unless_its_marks_say_mac(data: bytes, text: str) -> None:
    assert decode(data)[0] == text


def test_a_character_cut_at_the_end_is_dropped() -> None:
    assert decode("Kata “baik”".encode()[:-1]) == ("Kata “baik", ("cut-off last character dropped",))


def test_a_broken_byte_in_utf8_does_not_turn_the_text_into_cp1252() -> None:
    text, notes = decode("“satu” “dua” “tiga”".encode().replace(b"dua", b"d\xffa"))
    assert text == "“satu” “d\ufffda” “tiga”"
    assert notes == ("broken bytes replaced",)


def test_a_declared_encoding_counts_only_when_utf8_fails() -> None:
    assert decode("Москва".encode("cp1251"), declared="windows-1251")[0] == "Москва"
    assert decode("Москва".encode(), declared="windows-1251")[0] == "Москва"
    assert decode("café".encode("cp1252"), declared="no-such-thing")[0] == "café"


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_become_text(data: bytes) -> None:
    text, _ = decode(data)
    text.encode("utf-8", "surrogatepass")
    assert len(text) <= len(data)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\x00"), max_size=200))
@settings(max_examples=100, deadline=None)
def test_utf8_is_read_as_utf8(text: str) -> None:
    assert decode(text.encode()) == (text, ())
