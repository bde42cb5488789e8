"""The reporting day: which of the days of a text is that of the report."""

import pytest

from core.normalize.reporting import reporting_day

FILL = " Petani memanen padi lebih awal karena hujan turun terus di lereng gunung itu." * 12


def day(text: str) -> str | None:
    found = reporting_day(text)
    return found.date.iso if found else None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ('"Panen tiba," kata Sari di Jakarta, Rabu (21/2/2024).', "2024-02-21"),
        ("Harga naik, dikutip dari Kabar Dunia, Rabu (21/2/2024).", "2024-02-21"),
        ("Pasar ramai hari ini, Rabu (21/2/2024).", "2024-02-21"),
        ("Pasar ramai pada Rabu (21/2/2024) pagi ini.", "2024-02-21"),
        ("Bupati datang pada Rabu (21/2/2024). Hari ini pasar ramai.", "2024-02-21"),
        ("Bupati mengatakan hal itu kepada wartawan pada Rabu, 21 Februari 2024.", "2024-02-21"),
        ("Bupati datang kemarin, Selasa (20/2/2024).", "2024-02-21"),
        ("Bupati datang Selasa (20/2/2024) kemarin.", "2024-02-21"),
        ("Rapat digelar besok, Kamis (22/2/2024).", "2024-02-21"),
        ("Rapat digelar lusa, Jumat (23/2/2024).", "2024-02-21"),
        ("Laporan itu disiarkan KCNA pada Jumat (17/5/2024).", "2024-05-17"),
        (f'"Panen tiba," kata Sari, Selasa (20/2/2024).{FILL} "Benar," ujar Budi, Rabu (21/2/2024).', "2024-02-21"),
        ("Harga naik 3 persen pada Juli 2022. Bupati menyebutnya wajar, Jumat (5/8).", "2022-08-05"),
        (f"{FILL} Hal itu dikutip dari kanal Kabar. Rabu (21/2/2024)", "2024-02-21"),
        ("Banjir terjadi pada Minggu (26/2/2023). Air surut, dikutip dari Kabar.com, Senin.", "2023-02-27"),
        ("Warga berkumpul di depan balai desa, Rabu (21/2/2024).", "2024-02-21"),
        ('"Panen tiba," kata Sari di Jakarta, Rabu malam, 21 Februari 2024.', "2024-02-21"),
        ('"Panen tiba," ujar Sari, Rabu sore (21/2/2024).', "2024-02-21"),
        (
            '"Panen tiba," kata ketua kelompok tani desa, Sari Dewi, di balai desa Utara pada Rabu, 21 Februari 2024.',
            "2024-02-21",
        ),
        ('"Kami siap menjamu Persatuan Utara," kata Sari, Rabu (21/2/2024) malam WIB.', "2024-02-21"),
        ("Jalan di depan Stadion Moch. Sari ditutup, Rabu (21/2/2024).", "2024-02-21"),
    ],
)
def test_a_day_of_speech_or_citing_tells_the_publication(text: str, iso: str) -> None:
    assert day(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "Banjir terjadi pada Minggu (26/2/2023) sore.",
        "Ia lahir pada 15 Juni 1995 dan menikah pada 12 Mei 2015.",
        "Kemerdekaan diproklamasikan pada Jumat, 17 Agustus 1945.",
        "Rapat akan digelar di balai desa pada Rabu (21/2/2024).",
        "Pendaftaran dibuka mulai Rabu (21/2/2024) hingga Jumat (23/2/2024).",
        "Bupati menyebut harga wajar, Jumat (5/8).",
        "Bupati berulang tahun pada Jumat (7/10).",
        "Panen diserahkan pada tanggal 18 Februari.",
        "Bupati mengatakan itu pada September 2023.",
        "Bupati menyebut harga wajar, Senin (21/2/2024).",
        f"{FILL} Jembatan itu dibangun sejak lama, Rabu (21/2/2024)",
        "Bupati datang pada Rabu (21/2/2024) lalu.",
        '"Panen tiba," kata Sari saat ditemui, Rabu (21/2/2024) pekan lalu.',
        "Persatuan Utara bertekad menang saat bertandang ke Stadion Selatan, Rabu (21/2/2024).",
        "Pasar malam segera dibuka di alun-alun, Rabu (21/2/2024).",
        "Persatuan Utara akan menjamu Persatuan Selatan di Stadion Moch. Sari, Rabu, 21 Februari 2024.",
        "Persatuan Utara kalah dari Persatuan Selatan, Rabu (21/2/2024) dini hari WIB.",
        "Truk itu terguling di tikungan, Rabu (21/2/2024) sekitar pukul 16.00 WIB.",
        "Bupati akan datang pekan depan, Rabu (21/2/2024).",
        '"Panen tiba," kata Sari, Kamis (2/1/2024).',  # a Tuesday; the first of February is no better guess
    ],
)
def test_a_day_of_an_event_or_a_plan_tells_nothing(text: str) -> None:
    assert day(text) is None


def test_the_evidence_names_the_words_that_told() -> None:
    found = reporting_day('"Panen tiba," kata Sari, Rabu (21/2/2024).')
    assert found is not None
    assert (found.basis, found.evidence, found.date.precision) == ("reporting_day", "Rabu (21/2/2024)", "day")
