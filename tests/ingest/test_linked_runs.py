"""Sentences that a page broke into short pieces at its links, and the lists and poems that look like them."""

import pytest

from core.ingest.linked_lines import join_linked_lines
from core.ingest.linked_runs import Piece, words_of
from core.ingest.repair import repair
from core.resources import load_yaml

WORDS = load_yaml("linked_lines.yaml")

SHORT = "Pemimpin\nKorea Utara\nKim Jong Un\nmenerima kiriman beras dari\nRusia\npada awal pekan."
SHORT_WHOLE = "Pemimpin Korea Utara Kim Jong Un menerima kiriman beras dari Rusia pada awal pekan."
LONGER = f"{SHORT[:-1]}\n, kata juru bicara\nKremlin\n."
LONGER_WHOLE = f"{SHORT_WHOLE[:-1]}, kata juru bicara Kremlin."


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (SHORT, SHORT_WHOLE),
        (LONGER, LONGER_WHOLE),
        (SHORT.replace("\n", "\n\n"), SHORT_WHOLE),
        (LONGER.replace("\n", "\n\n"), LONGER_WHOLE),
        (LONGER.replace("\n", " \n \n"), LONGER_WHOLE),
        (
            f"Beras dari Utara\n\n{LONGER}\n{SHORT}\n\nPenutup ditulis redaksi.",
            f"Beras dari Utara\n\n{LONGER_WHOLE}\n{SHORT_WHOLE}\n\nPenutup ditulis redaksi.",
        ),
        (f"Kiriman Beras\n{SHORT}", f"Kiriman Beras\n{SHORT_WHOLE}"),
        (
            "“Kapal sudah berlayar,”\nkata\nDmitry Peskov\ndi\nMoskow\n, seperti dikutip\nTASS\n.",
            "“Kapal sudah berlayar,” kata Dmitry Peskov di Moskow, seperti dikutip TASS.",
        ),
        (
            "Rombongan itu berangkat dari\nVladivostok\n, kota di\nRusia\n, menuju\nPyongyang.\nMereka tiba siang.",
            "Rombongan itu berangkat dari Vladivostok, kota di Rusia, menuju Pyongyang.\nMereka tiba siang.",
        ),
        (
            "Presiden\nRusia\nVladimir Putin\nmengirim beras kepada pemimpin\nKorea Utara\nKim Jong Un\n.\nBaca juga:",
            "Presiden Rusia Vladimir Putin mengirim beras kepada pemimpin Korea Utara Kim Jong Un.\nBaca juga:",
        ),
        (
            "JAKARTA, Contoh.id -\nKorea Utara\nmenerima\ngandum\ndari\nRusia\npada Rabu pagi.",
            "JAKARTA, Contoh.id - Korea Utara menerima gandum dari Rusia pada Rabu pagi.",
        ),
        (  # what goes on after a link may stand in brackets
            "Kapal itu tiba di\nRusia\npada\nSelasa\n(5/3/2024). Muatannya dari\nKorea Utara\n(Korut) menurut\nTASS\n.",
            "Kapal itu tiba di Rusia pada Selasa (5/3/2024). Muatannya dari Korea Utara (Korut) menurut TASS.",
        ),
        (  # a run that begins with a link is led to by the line before it
            f"{LONGER}\nMeski begitu,\nSari\nmenuturkan bahwa kapal sudah berlayar dari\nWonsan\npekan lalu.",
            f"{LONGER_WHOLE}\nMeski begitu, Sari menuturkan bahwa kapal sudah berlayar dari Wonsan pekan lalu.",
        ),
    ],
)
def test_pieces_of_a_sentence_are_put_together(broken: str, whole: str) -> None:
    assert join_linked_lines(broken) == whole
    assert join_linked_lines(whole) == whole
    assert repair(broken)[0] == whole


@pytest.mark.parametrize(
    "text",
    [
        "Kim Terima Beras\nPutin Pulang ke Moskow\niPhone Baru Dijual\neFishery Dapat Dana\niPad Murah Ludes.",
        "Harga Beras\nRusia\nmengirim gandum\nKorea Utara\nmengirim ikan.",
        "Ekonomi\n\nRusia\n\nPeristiwa\n\nkorea utara\n\nkapal perang\n\nBerita terbaru ada di sini.",
        "Foto: Istimewa\nKim Jong Un\nantara foto\nPelabuhan Wonsan\nketerangan redaksi",
        "Bahan:\nberas Cianjur\nsantan\ndaun salam\ngaram dan gula\nair dari sumur.",
        "Oleh-oleh:\n- beras dari\n- Rusia\n- ikan dan\n- Wonsan\n- selesai.",
        "Syarat:\na. warga dari\nb. Jakarta\nc. dan sekitarnya\nd. Bogor\ne. sehat.",
        "Aku Menunggu di\nPelabuhan Tua\nDan Angin\nDari Utara\nPulang ke\nRumah Ibu.",
        "aku menunggu di\npelabuhan tua\ndan angin\ndari utara\npulang ke\nrumah ibu.",
        "Negara\nRusia\nibu kota\nMoskow\npresiden\nVladimir Putin\nbahasa\nRusia\nmata uang\nrubel.",
        "Negara\nRusia\nibu kota\nMoskow\nbendera\nputih, biru dan merah",
        "Pasukan itu tiba di\nRusia\npada awal pekan.\nlalu pulang.",  # one link alone is chance
        "Kapal tiba di pelabuhan.\n\nLatar belakang\n\nRusia dan Korea Utara bertetangga.\nyang lain tidak.\nitu saja.",
    ],
)
def test_lists_and_poems_stay_as_they_are(text: str) -> None:
    assert join_linked_lines(text) == text


def test_a_subhead_in_title_case_is_not_drawn_into_the_sentence() -> None:
    text = "Harga Beras\nRusia\nmengirim gandum kepada\nKorea Utara\nlewat laut."
    assert join_linked_lines(text) == "Harga Beras\nRusia mengirim gandum kepada Korea Utara lewat laut."


@pytest.mark.parametrize(
    ("kind", "line", "leads"),
    [(kind, line, to == "match") for kind in WORDS for to, lines in WORDS[kind]["examples"].items() for line in lines],
)
def test_a_word_at_the_end_of_a_line_leads_to_the_next(kind: str, line: str, leads: bool) -> None:
    assert Piece(line, 0).leads is leads
    assert not leads or line.split()[-1].lower() in words_of(kind)


@pytest.mark.parametrize("kind", list(WORDS))
def test_the_words_are_in_order_each_once_and_in_lower_case(kind: str) -> None:
    words = WORDS[kind]["words"]
    assert words == sorted({word.lower() for word in words})
