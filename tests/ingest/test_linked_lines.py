import pytest

from core.ingest.linked_lines import join_linked_lines

BROKEN = """Menteri luar negeri itu bertemu dengan rekannya dari
Rusia
di ibu kota pada hari Senin untuk membahas kerja sama.
Pertemuan itu, menurut kantor berita
KCNA
, berlangsung hangat dan disusul dengan jamuan makan malam bersama
Kim Jong Un
dan para pejabat lain yang ikut dalam rombongan itu."""

WHOLE = """Menteri luar negeri itu bertemu dengan rekannya dari Rusia di ibu kota pada hari Senin \
untuk membahas kerja sama.
Pertemuan itu, menurut kantor berita KCNA, berlangsung hangat dan disusul dengan jamuan makan malam bersama \
Kim Jong Un dan para pejabat lain yang ikut dalam rombongan itu."""


def test_sentences_broken_at_links_are_put_together() -> None:
    assert join_linked_lines(BROKEN) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "Bahan:\nbawang merah\nbawang putih\ncabai rawit\ngaram dan gula\nminyak goreng\n",
        "Judul berita\n\nJAKARTA - Menteri itu tiba.\n\nBaca juga\n\nIa lalu pergi.\n",
        "For\nYou\n\nPutin memberi mobil\n\nkontan.co.id/Foto\n\nJakarta, Contoh - Isi berita.",
        "Satu kalimat selesai.\nrusak huruf kecil di awal.\nKalimat lain selesai.\nlagi satu.",
    ],
)
def test_lines_that_end_where_they_should_stay(text: str) -> None:
    assert join_linked_lines(text) == text


def test_joining_twice_changes_nothing() -> None:
    assert join_linked_lines(join_linked_lines(BROKEN)) == WHOLE
