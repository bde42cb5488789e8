"""Whom a name means inside one article: short forms, parts, slips of the pen, places of bodies, with near misses."""

import pytest

from tests.tag.readings import mentions_of


def resolved(text: str) -> list[tuple[str, str]]:
    return [(m.span.of(text), m.entity.id) for m in mentions_of(text)]


FILLER = " Rapat itu berlangsung cukup lama sampai sore hari karena banyak hal yang dibahas. "
# text, a surface in it, and the entity that each of its mentions must be; None where it must be none
CASES = {
    # short forms in brackets
    "short form of more than the name before it": (
        "Menurut PT Samudra Sumberdaya Indonesia (SSI), kapal siap berlayar. SSI menambah awak.",
        "SSI",
        "org:samudra-sumberdaya-indonesia",
    ),
    "the state in that name stays the state": (
        "Federasi Arung Layar Indonesia (FALI) memilih ketua. Pelayar Indonesia senang.",
        "FALI",
        "org:federasi-arung-layar-indonesia",
    ),
    "short form of a document stays unnamed": (
        "Aturan itu merujuk Standar Keamanan Kapal Indonesia (SKKI) yang baru. SKKI terbit bulan lalu.",
        "SKKI",
        None,
    ),
    "short form of an office stays unnamed": (
        "Kepala Staf Angkatan Laut (KSAL) meninjau galangan.",
        "KSAL",
        None,
    ),
    "short form of a person with a title": (
        "Menurut Mas Rahmat Sulistyo (MRS), jalan ditutup. MRS menyapa warga.",
        "MRS",
        "per:rahmat-sulistyo",
    ),
    "short form of all the name": (
        "Lembaga Pantau Niaga (LPN) menolak. LPN meminta data.",
        "LPN",
        "org:lembaga-pantau-niaga",
    ),
    "known short form beside a slip of the pen": (
        "Menko Agus Harimurty Yudhoyno (AHY) hadir. AHY menyapa.",
        "AHY",
        "per:agus-harimurti-yudhoyono",
    ),
    "the slip itself": (
        "Menko Agus Harimurty Yudhoyno (AHY) hadir lebih awal.",
        "Agus Harimurty Yudhoyno",
        "per:agus-harimurti-yudhoyono",
    ),
    # bodies whose place stands behind the short form
    "place behind the bracket": (
        "Kepala Dinas Sosial (Dinsos) Kota Mataram hadir. Dinsos menyalurkan beras.",
        "Dinsos",
        "org:dinas-sosial-kota-mataram",
    ),
    "full name before the bracket": (
        "Kepala Dinas Sosial (Dinsos) Kota Mataram hadir.",
        "Dinas Sosial",
        "org:dinas-sosial-kota-mataram",
    ),
    "comma before the place": (
        "Kepala Dinas Sosial (Dinsos), Mataram, hadir lebih awal.",
        "Dinsos",
        "org:dinas-sosial",
    ),
    "a national body has no place": (
        "Kementerian Agama (Kemenag) Indonesia mengumumkan jadwal.",
        "Kemenag",
        "org:kementerian-agama",
    ),
    # slips of the pen in names of people
    "one letter apart": (
        "Lurah Teguh Wibosono hadir." + FILLER + "Menurut Teguh Wibasono, warga siap.",
        "Teguh Wibasono",
        "per:teguh-wibosono",
    ),
    "a doubled letter": (
        "Penyanyi Aldila Sastrani hadir." + FILLER + "Menurut Aldilla Sastrani, lagu itu baru.",
        "Aldilla Sastrani",
        "per:aldila-sastrani",
    ),
    "listed side by side are two": (
        "Hadir pula Teguh Wibosono dan Teguh Wibasono.",
        "Teguh Wibasono",
        "per:teguh-wibasono",
    ),
    "short words are other names": (
        "Petani Rina Sari panen." + FILLER + "Pedagang Rina Sati membeli hasilnya.",
        "Rina Sati",
        "per:rina-sati",
    ),
    "two letters apart": (
        "Lurah Teguh Wibosono hadir." + FILLER + "Camat Teguh Wibisana menyusul.",
        "Teguh Wibisana",
        "per:teguh-wibisana",
    ),
    # parts
    "particle before a family name": (
        "Pelatih Erik ten Hag puas." + FILLER + "Menurut Ten Hag, timnya layak menang.",
        "Ten Hag",
        "per:erik-ten-hag",
    ),
    "lone name against a headline that runs on": (
        "Menurut Rahmat Sulistyo, jalan ditutup. Rahmat Sulistyo Mundur sore itu. Kata Rahmat, semua aman.",
        "Rahmat",
        "per:rahmat-sulistyo",
    ),
    "particle that is a word of its own": (
        "Kiper David de Gea gembira." + FILLER + "Menurut David de Gea, De Gea hanya nama.",
        "De Gea",
        "per:david-de-gea",
    ),
    "a headline's words behind a name": (
        "Menurut Rahmat Sulistyo, rapat batal. Rahmat Sulistyo Dicopot dari jabatan itu.",
        "Rahmat Sulistyo Dicopot",
        "per:rahmat-sulistyo",
    ),
    "a town before a person's name": (
        "Manajer Humas Daop 1 Jakarta Rahma Wulandari menjelaskan. Kereta dari Jakarta terlambat, ujar Rahma.",
        "Jakarta",
        "gpe:jakarta",
    ),
    "known lone name that a glued word follows": (
        "Menteri Bahlil Lahadaliamengatakan harga tetap. Bahlil lalu pergi.",
        "Bahlil",
        "per:bahlil-lahadalia",
    ),
    "known lone name that is another's here": (
        "Pemain voli Megawati Sasmita memimpin tim. Megawati mencetak angka.",
        "Megawati",
        "per:megawati-sasmita",
    ),
    "known lone name alone": (
        "Ketua umum partai itu, Megawati, memimpin rapat.",
        "Megawati",
        "per:megawati-soekarnoputri",
    ),
    # cut-off words
    "cut-off name where somebody is called so": (
        "Warga bernama Leni menolak pindah. Hal itu diakui Leni. Leni mengaku lelah.",
        "Leni",
        "per:leni",
    ),
    "cut-off place alone": ("Rombongan tiba di Mosko. Mereka lalu beristirahat.", "Mosko", "gpe:moskow"),
    # the Kims
    "the sister is never the brother": (
        "Kim Jong Un absen." + FILLER + "Kim Yo Jong membacakan pidato.",
        "Kim Yo Jong",
        "per:kim-yo-jong",
    ),
    "hyphens and small letters": ("Menurut KCNA, Kim Jong-un tersenyum.", "Kim Jong-un", "per:kim-jong-un"),
    "a family name before other words": (
        "Restoran Kim Garden Group tutup. Kim Garden Group merugi.",
        "Kim Garden Group",
        "org:kim-garden",
    ),
    "a namesake without a row": (
        "Atlet Kim Jong Soo menang." + FILLER + "Kim menangis haru.",
        "Kim",
        "per:kim-jong-soo",
    ),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.replace(" ", "-"))
def test_whom_a_surface_means(case: str) -> None:
    text, surface, entity = CASES[case]
    found = {entity_id for said, entity_id in resolved(text) if said == surface}
    assert found == ({entity} if entity else set())
