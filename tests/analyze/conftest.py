"""A corpus of seven short articles whose every count can be checked by reading this file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store import Corpus
from tests.store.making import GIVEN, MADE, S, article, file_of, result

WIRE = (
    S("Kereta khusus tiba di stasiun perbatasan pada pagi hari dengan membawa rombongan besar pejabat.", 0.1),
    S("Warga setempat melambaikan bendera kecil sambil menyanyikan lagu penyambutan yang sudah lama dilatih.", 0.3),
    S("Putin kemudian berjalan kaki menuju gedung pertemuan yang dijaga ketat oleh ratusan petugas.", -0.1),
)
"""40 words in two outlets: panjang in full, salinan with one sentence more. One independent text."""

ARTICLES = (
    article(
        "hadiah",
        S("Putin memberi Kim sebuah mobil.", 0.4, claims=((GIVEN, "asserts", None),)),
        S("Kim berkata “mobil ini bagus” kepada wartawan.", 0.6, "quoted", quote=("mobil ini bagus", "Kim Jong Un")),
        S(
            "Moskow menegaskan kabar itu, lapor KCNA.",
            metonyms={"Moskow": "org:pemerintah-rusia"},
            source="KCNA",
            claims=((MADE, "attributes", "KCNA"),),
        ),
        published="2024-02-20",
    ),
    article(
        "kabar",
        S("Kim menerima mobil dari Putin.", claims=((GIVEN, "hedges", None),)),
        S("Seoul mengecam pemberian itu dan menyebutnya hinaan.", -0.8),
        S("“Itu hinaan,” kata juru bicara di Seoul.", -0.6, "quoted", quote=("Itu hinaan", None)),
        outlet="harian-b",
        published="2024-02-21",
    ),
    article("panjang", *WIRE, published="2024-03-05"),
    article(
        "salinan",
        *WIRE,
        S("Kim menunggu di dalam, tulis KCNA.", source="KCNA"),
        outlet="harian-c",
        published="2024-03-06",
    ),
    article("bulan", S("Rusia mengirim beras.", 0.3), outlet="harian-b", published="2024-03"),
    article(
        "asing",
        S("Rusia dan Korut", zone="title"),
        S("Korut diam sahaja.", -0.3),
        outlet=None,
        published=None,
        language="ms",
        confidence=0.55,
        notes=("date refused: '31/2' of the head: no such day", "list brackets taken off"),
    ),
)
SAMPLE = article("contoh", S("Kim memuji Rusia.", 0.5), outlet="harian-d", published="2023-09-13")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder: Path = tmp_path_factory.mktemp("corpus")
    opened = Corpus.open(folder / "tiny.duckdb")
    for tagged in ARTICLES:
        opened.add(file_of(tagged))
    opened.add(file_of(SAMPLE, origin="sample"))
    opened.add(result("rusak", refusals=("It is no text: save it as .txt.",)))
    yield opened
    opened.close()
