import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.repair import repair

UNTOUCHED = [
    "Kata “baik” dan ‘buruk’ – juga — itu… titik.",
    "Harga R&D naik; lihat https://contoh.id/?a=1&copy=2&lang=id",
    "Menteri Jérôme Çelik di Curaçao: 25 °C, ±3 µm, ½ jam.",
    "Âge dan Åland, Ørsted, Straße, naïve, SÃO dan São.",
    "Dia menulis [sic] di halaman 3 < 5 dan 7 > 4.",
    "\tBaris bertab\n\n  dan spasi  ganda  \n",
    "Ucapan 'apa' dan \"siapa\" lurus saja.",
    "huruf شَّ dengan dua tanda",  # in an order that composing would change
    "안녕하세요 Пхеньян Москва 北京",
    "['satu' bukan daftar",
    "Teks dengan <b>satu</b> tanda tebal.",
]

MENDED = [
    ("Adam &amp; Hawa", "Adam & Hawa", "html entities decoded"),
    ("kata &amp;ldquo;baik&amp;rdquo;", "kata “baik”", "html entities decoded"),
    ("satu&nbsp;dua", "satu\u00a0dua", "html entities decoded"),
    ("tanda &#8220;kutip&#8221; dan &#146;", "tanda “kutip” dan ’", "html entities decoded"),
    ("Kata â€œbaikâ€\x9d", "Kata “baik”", "mojibake mended"),
    ("Ã¢â‚¬Å“Dua kaliÃ¢â‚¬Â\x9d", "“Dua kali”", "mojibake mended"),
    ("CafÃ© di ZÃ¼rich", "Café di Zürich", "mojibake mended"),
    ("¬©Contoh dan ‚Äúkutip‚Äù", "©Contoh dan “kutip”", "mojibake mended"),
    ("baris\r\nlain\rlagi\u2028akhir", "baris\nlain\nlagi\nakhir", "line ends unified"),
    ("sel_x000D_\nbaru", "sel\nbaru", "spreadsheet escapes decoded"),
    ("Rp\u00a05.000 atau 7\u202f%", "Rp\u00a05.000 atau 7 %", "odd spaces made spaces"),
    ("ke\u00admajuan\u200b\u200e\ufeff", "kemajuan", "invisible characters dropped"),
    ("nol\x00 dan \x07bel", "nol dan bel", "control characters dropped"),
    ("cafe\u0301", "café", "accents composed"),
    ("setengah \ud83d saja", "setengah \ufffd saja", "half characters replaced"),
    ("['Alinea satu.', \"Jum'at dua.\"]", "Alinea satu.\nJum'at dua.", "list brackets taken off"),
    ("<p>Alinea satu.</p><p>Alinea <b>dua</b>.</p>", "\nAlinea satu.\n\nAlinea dua.\n", "html tags taken out"),
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_correct_text_is_never_changed(text: str) -> None:
    assert repair(text) == (text, ())


@pytest.mark.parametrize(("text", "mended", "note"), MENDED, ids=[note for _, _, note in MENDED])
def test_damage_is_mended_and_noted(text: str, mended: str, note: str) -> None:
    found, notes = repair(text)
    assert found == mended
    assert note in notes


def test_one_spoilt_line_leaves_the_others_alone() -> None:
    assert repair("SÃO Paulo ½\nKata â€œbaikâ€\x9d")[0] == "SÃO Paulo ½\nKata “baik”"


PIECES = [
    "&amp;",
    "&",
    "amp;",
    "â€œ",
    "Ã©",
    "Â\u00a0",
    "\r\n",
    "\u00ad",
    "<p>",
    "</p>",
    "['",
    "']",
    "_x000D_",
    "a",
    " ",
    "\n",
    "\x85",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join))
@settings(max_examples=200, deadline=None)
def test_mending_twice_changes_nothing(text: str) -> None:
    once, _ = repair(text)
    assert repair(once) == (once, ())


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_damage_is_left(text: str) -> None:
    mended, _ = repair(text)
    mended.encode("utf-8")
    assert not set(mended) & set("\r\x00\u00ad\u200b\ufeff\u2028")
