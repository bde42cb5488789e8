"""Names and what they resolve to: hard cases with their near misses, and what must hold on any text."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import Span, Zone
from core.resources import load_yaml
from tests.tag.readings import mentions_of


def named(text: str) -> list[tuple[str, str, str]]:
    return [(m.span.of(text), m.label, m.entity.name) for m in mentions_of(text)]


KIM = "Kim Jong Un"
# text, then every name in order as `surface|label|canonical`; the canonical is left out where it is the surface
CASES = {
    # parts of names
    "surname of the one introduced": (
        "Pemimpin Korea Utara Kim Jong Un tiba pagi. Kim lalu beristirahat.",
        ["Korea Utara|GPE", "Kim Jong Un|PER", f"Kim|PER|{KIM}"],
    ),
    "surname bound before a namesake comes": (
        "Kim Jong Un datang lebih dulu. Kim disambut meriah, lalu Kim Yo Jong menyusul. Kim tersenyum.",
        ["Kim Jong Un|PER", f"Kim|PER|{KIM}", "Kim Yo Jong|PER", f"Kim|PER|{KIM}"],
    ),
    "no guess between two namesakes": (
        "Kim Jong Un dan Kim Yo Jong hadir. Kim tidak berpidato.",
        ["Kim Jong Un|PER", "Kim Yo Jong|PER", "Kim|PER"],
    ),
    "the sister alone": (
        "Kim Yo Jong membantah laporan itu. Kim menyebutnya rekayasa.",
        ["Kim Yo Jong|PER", "Kim|PER|Kim Yo Jong"],
    ),
    "given name without family name": (
        "Adik sang pemimpin, Kim Yo Jong, berpidato. Yo Jong menolak tuduhan itu.",
        ["Kim Yo Jong|PER", "Yo Jong|PER|Kim Yo Jong"],
    ),
    "spelling with a hyphen": (
        "Kim Jong-un bertemu Kim Il-sung dalam mimpi.",
        [f"Kim Jong-un|PER|{KIM}", "Kim Il-sung|PER"],
    ),
    "spelling with a small syllable": ("Kim Jong un mengirim surat.", [f"Kim Jong un|PER|{KIM}"]),
    "unknown person by surname": (
        "Pengamat Artur Lomakin menilai wajar. Menurut Lomakin, dampaknya kecil.",
        ["Artur Lomakin|PER", "Lomakin|PER|Artur Lomakin"],
    ),
    "unknown Indonesian by first name": (
        "Kepala Dinas Perhubungan Kota Bogor, Rahmat Sulistyo, meninjau lokasi. Rahmat meminta warga sabar.",
        ["Dinas Perhubungan Kota Bogor|ORG", "Rahmat Sulistyo|PER", "Rahmat|PER|Rahmat Sulistyo"],
    ),
    "initial inside a name": (
        "Kapolda Jabar Irjen Mathius D. Rumbiak memimpin apel.",
        ["Jabar|GPE|Jawa Barat", "Mathius D. Rumbiak|PER"],
    ),
    "particle inside a name": (
        "Menurut Fikri bin Rahman, hujan reda. Fikri lalu pulang.",
        ["Fikri bin Rahman|PER", "Fikri|PER|Fikri bin Rahman"],
    ),
    "president known by one name": ("Putin menelepon Trump.", ["Putin|PER|Vladimir Putin", "Trump|PER|Donald Trump"]),
    "patronymic": ("Presiden Vladimir Vladimirovich Putin tiba.", ["Vladimir Vladimirovich Putin|PER|Vladimir Putin"]),
    "transcriptions of one man": (
        "Sergey Lavrov terbang ke Sochi; Lavrov dijadwalkan berpidato.",
        ["Sergey Lavrov|PER|Sergei Lavrov", "Sochi|GPE", "Lavrov|PER|Sergei Lavrov"],
    ),
    "wife keeps her own name": (
        "Iriana Jokowi mendampingi Jokowi.",
        ["Iriana Jokowi|PER", "Jokowi|PER|Joko Widodo"],
    ),
    "title is no part of the name": (
        "Menteri Luar Negeri Sugiono bertemu Dubes Rusia.",
        ["Sugiono|PER", "Rusia|GPE"],
    ),
    "rank between body and name": (
        "Kapolres Bogor AKBP Rio Wahyudi menutup jalan.",
        ["Bogor|GPE", "Rio Wahyudi|PER"],
    ),
    # states, short forms, nicknames
    "short forms of the Koreas": (
        "Korut dan Korsel saling tuding.",
        ["Korut|GPE|Korea Utara", "Korsel|GPE|Korea Selatan"],
    ),
    "AS is a state": ("Pejabat AS menolak usul itu.", ["AS|GPE|Amerika Serikat"]),
    "as is not": ("Mobil itu punya as roda yang kuat as usual.", []),
    "full and short in brackets": (
        "Amerika Serikat (AS) menambah sanksi.",
        ["Amerika Serikat|GPE", "AS|GPE|Amerika Serikat"],
    ),
    "China by three names": (
        "China, Cina, dan Tiongkok adalah negara yang sama.",
        ["China|GPE|Tiongkok", "Cina|GPE|Tiongkok", "Tiongkok|GPE"],
    ),
    "official name of the North": (
        "Republik Rakyat Demokratik Korea (DPRK) merayakan hari jadi.",
        ["Republik Rakyat Demokratik Korea|GPE|Korea Utara", "DPRK|GPE|Korea Utara"],
    ),
    "hyphen between two states": ("Kerja sama Rusia-Korut meluas.", ["Rusia|GPE", "Korut|GPE|Korea Utara"]),
    "the South after melawan": (
        "Korea Utara pernah berperang melawan Selatan.",
        ["Korea Utara|GPE", "Selatan|GPE|Korea Selatan"],
    ),
    "south as a direction": ("Di Korea Utara angin bertiup ke arah Selatan.", ["Korea Utara|GPE"]),
    "the Soviet Union short": (
        "Uni Soviet runtuh; bantuan Soviet terhenti.",
        ["Uni Soviet|GPE", "Soviet|GPE|Uni Soviet"],
    ),
    "Moskwa is Moskow": ("Delegasi tiba di Moskwa.", ["Moskwa|GPE|Moskow"]),
    "Lima the number": ("Lima orang terluka di Depok.", ["Depok|GPE"]),
    "Lima the city": ("Delegasi tiba di Lima.", ["Lima|GPE"]),
    "Korea inside an event": ("Perang Korea berakhir tanpa perjanjian damai.", []),
    "Asia inside an event": ("Mereka lolos ke Piala Asia.", []),
    "peninsula is a place": ("Ketegangan di Semenanjung Korea meningkat.", ["Semenanjung Korea|LOC"]),
    "strait": ("Kapal itu melintasi Selat Hormuz.", ["Selat Hormuz|LOC"]),
    "all in capitals, dateline": ("PYONGYANG - Upacara digelar pagi tadi.", ["PYONGYANG|GPE|Pyongyang"]),
    "mayor of Solo": ("Wali Kota Solo membuka pameran.", ["Solo|GPE"]),
    "Indonesian short forms": (
        "Warga Jatim dan NTT ikut membantu.",
        ["Jatim|GPE|Jawa Timur", "NTT|GPE|Nusa Tenggara Timur"],
    ),
    "village with its head": (
        "Warga Desa Sukamurni, Kecamatan Cikupa, menolak tambang.",
        ["Desa Sukamurni|GPE", "Kecamatan Cikupa|GPE"],
    ),
    "street": ("Kebakaran terjadi di Jalan Melati Raya, Surabaya.", ["Jalan Melati Raya|LOC", "Surabaya|GPE"]),
    # organisations
    "longest name only": (
        "Kementerian Luar Negeri Korea Utara menolak tuduhan itu.",
        ["Kementerian Luar Negeri Korea Utara|ORG"],
    ),
    "council of the UN": ("Resolusi Dewan Keamanan PBB berlaku.", ["Dewan Keamanan PBB|ORG"]),
    "UN and its long name": (
        "Perserikatan Bangsa-Bangsa (PBB) bersidang.",
        ["Perserikatan Bangsa-Bangsa|ORG", "PBB|ORG|Perserikatan Bangsa-Bangsa"],
    ),
    "a tax with the letters of the UN": ("Pajak Bumi dan Bangunan (PBB) naik tahun ini.", []),
    "new short form in brackets": (
        "Lembaga Pemantau Laut Timur (LPLT) mencatat tiga kapal. LPLT meminta penyelidikan.",
        [
            "Lembaga Pemantau Laut Timur|ORG",
            "LPLT|ORG|Lembaga Pemantau Laut Timur",
            "LPLT|ORG|Lembaga Pemantau Laut Timur",
        ],
    ),
    "news agency by two names": (
        "Menurut Kantor Berita Pusat Korea, KCNA, kunjungan itu sukses.",
        ["Kantor Berita Pusat Korea|ORG|KCNA", "KCNA|ORG"],
    ),
    "agency glued to the verb": ("DilansirAFP, gempa itu dangkal.", ["AFP|ORG"]),
    "Antara the preposition": ("Antara keduanya tidak ada masalah.", []),
    "Antara the agency": ("Seperti dikutip dari Antara, hujan turun semalam.", ["Antara|ORG"]),
    "the letter X": ("Titik X pada peta itu kosong.", []),
    "the platform X": ("Ia menulis di platform X kemarin.", ["X|ORG"]),
    "withheld name": ("Tersangka berinisial BP ditahan polisi.", []),
    "government is no name, state is": ("Pemerintah Rusia membantah.", ["Rusia|GPE"]),
    "provincial government is": ("Pemprov Jatim menambah bus.", ["Pemprov Jatim|ORG|Pemerintah Provinsi Jawa Timur"]),
    "local police": ("Polres Jayawijaya menyita senjata.", ["Polres Jayawijaya|ORG|Kepolisian Resor Jayawijaya"]),
    "commission of parliament": ("Komisi VI DPR RI memanggil direksi.", ["Komisi VI DPR RI|ORG"]),
    "parliament of another state": (
        "Presiden AS berselisih dengan DPR. Di AS, Senat dan DPR terbelah; AS terancam macet.",
        [
            "AS|GPE|Amerika Serikat",
            "DPR|ORG|Dewan Perwakilan Rakyat Amerika Serikat",
            "AS|GPE|Amerika Serikat",
            "Senat|ORG|Senat Amerika Serikat",
            "DPR|ORG|Dewan Perwakilan Rakyat Amerika Serikat",
            "AS|GPE|Amerika Serikat",
        ],
    ),
    "parliament at home": (
        "Rapat DPR di Senayan, Jakarta, molor.",
        ["DPR|ORG|Dewan Perwakilan Rakyat", "Senayan|GPE", "Jakarta|GPE"],
    ),
    "firm with legal form": (
        "PT Sumber Cahaya Bahari Tbk merugi. Sumber Cahaya Bahari menutup pabrik.",
        ["PT Sumber Cahaya Bahari Tbk|ORG", "Sumber Cahaya Bahari|ORG|PT Sumber Cahaya Bahari Tbk"],
    ),
    "English institute": ("Laporan Pacific Policy Institute terbit kemarin.", ["Pacific Policy Institute|ORG"]),
    "state companies are no name": ("Menteri meminta BUMN berbenah.", []),
    "university": ("Dosen Universitas Gadjah Mada ikut meneliti.", ["Universitas Gadjah Mada|ORG"]),
    "two banks of one beginning": (
        "Nasabah pemakai kartu Bank Sinar dan kartu Bank Sinar Syariah mendapat potongan. Bank Sinar memberi diskon.",
        ["Bank Sinar|ORG", "Bank Sinar Syariah|ORG", "Bank Sinar|ORG"],
    ),
    "short name of a public body": (
        "Dinas Perhubungan Banten menutup jalan. Dinas Perhubungan meminta maaf.",
        ["Dinas Perhubungan Banten|ORG", "Dinas Perhubungan|ORG|Dinas Perhubungan Banten"],
    ),
    "department with two fields and a province": (
        "Kepala Dinas Pendidikan dan Kebudayaan NTT hadir.",
        ["Dinas Pendidikan dan Kebudayaan NTT|ORG|Dinas Pendidikan dan Kebudayaan Nusa Tenggara Timur"],
    ),
    "club on a sports page": (
        "Pelatih Liverpool memuji pemain baru. Laga di Liverpool berakhir tanpa gol; skor kacamata di babak kedua.",
        ["Liverpool|ORG|Liverpool FC", "Liverpool|GPE"],
    ),
    # products
    "gift limousine": (
        "Putin memberi limusin Aurus Senat kepada tamunya.",
        ["Putin|PER|Vladimir Putin", "Aurus Senat|PRODUCT"],
    ),
    "maker of it": ("Pabrikan mobil Rusia, Aurus, menambah produksi.", ["Rusia|GPE", "Aurus|ORG"]),
    "missile": ("Rudal Hwasong-18 diluncurkan Selasa.", ["Hwasong-18|PRODUCT"]),
    "make behind the kind of vehicle": ("Putin menyetir limusin Aurus.", ["Putin|PER|Vladimir Putin", "Aurus|PRODUCT"]),
    # bodies before people
    "spokesman of a ministry": (
        "Juru bicara Kementerian Luar Negeri Korea Selatan Lim Soo-suk menolak menjawab.",
        ["Kementerian Luar Negeri Korea Selatan|ORG", "Lim Soo-suk|PER"],
    ),
    "two men joined by a hyphen": (
        "Kim Jong Un dan Vladimir Putin bertemu. KTT Kim-Putin usai sore hari.",
        ["Kim Jong Un|PER", "Vladimir Putin|PER", f"Kim|PER|{KIM}", "Putin|PER|Vladimir Putin"],
    ),
    "friendly title": ("Menurut Mas Rahmat Sulistyo, semua beres.", ["Rahmat Sulistyo|PER"]),
    "degree without stops": ("Hakim Rahmat Sulistyo SH mengetuk palu.", ["Rahmat Sulistyo|PER"]),
    "two sides of a match": (
        "Persib vs Persija berakhir imbang.",
        ["Persib|ORG|Persib Bandung", "Persija|ORG|Persija Jakarta"],
    ),
    # sentence openers and plain words
    "plain words with capitals": ("Namun Presiden belum menjawab. Menurut Menteri, semua aman.", []),
    "days and months": ("Pada Senin, 3 Februari, kantor tutup. Idul Adha jatuh Juni.", []),
    "lost last letter before a stop": ("Mereka tiba di Mosko. lalu pulang.", ["Mosko|GPE|Moskow"]),
    # people behind titles, fields and `bernama`
    "bernama behind a word for a person": (
        "Seorang perawat asal Belarus bernama Vera Kravtsova hilang di Bangkok.",
        ["Belarus|GPE", "Vera Kravtsova|PER", "Bangkok|GPE"],
    ),
    "bernama with one name": ("Polisi menangkap pria bernama Rudi di Bekasi.", ["Rudi|PER", "Bekasi|GPE"]),
    "bernama of a ship": ("Sebuah kapal bernama Bahtera Mulia tenggelam di Selat Bali.", ["Selat Bali|LOC"]),
    "the field of an expert is no part of the name": (
        "Pengamat Pasar Uang Sutarman Wicaksono menilai rupiah stabil.",
        ["Sutarman Wicaksono|PER"],
    ),
    "field of two words": ("Pengamat Kebijakan Publik Darmawan Sutejo menilai wajar.", ["Darmawan Sutejo|PER"]),
    "firm before its analyst": (
        "Rupiah melemah, kata analis Monex Investindo Futures Bagas Pramudya.",
        ["Monex Investindo Futures|ORG", "Bagas Pramudya|PER"],
    ),
    "office before its head": ("Kepala KSOP Gresik Hendra Marpaung hadir.", ["KSOP Gresik|ORG", "Hendra Marpaung|PER"]),
    "Korean behind a state": (
        "Duta Besar Korea Selatan Kim Hong Kyun tiba di Moskow.",
        ["Korea Selatan|GPE", "Kim Hong Kyun|PER", "Moskow|GPE"],
    ),
    "Korean behind a ministry's field": (
        "Wakil Menteri Luar Negeri Kim Hong Kyun menyatakan siap.",
        ["Kim Hong Kyun|PER"],
    ),
    "address that is a Korean family name too": ("Menurut Pak Jusuf Kalla, usul itu baik.", ["Jusuf Kalla|PER"]),
    "a town that is no Korean": ("Aktris Hong Kong Abby Cheung tiba.", ["Hong Kong|GPE", "Abby Cheung|PER"]),
    "Korean of the gazetteer with a hyphen": (
        "Menteri Pertahanan Shin Won-sik menuduh Korea Utara.",
        ["Shin Won-sik|PER|Shin Won Sik", "Korea Utara|GPE"],
    ),
    # pairs
    "pair of known names counts each once": (
        "Prabowo Subianto dan Gibran Rakabuming Raka dilantik. Duet Prabowo-Gibran menang.",
        [
            "Prabowo Subianto|PER",
            "Gibran Rakabuming Raka|PER",
            "Prabowo|PER|Prabowo Subianto",
            "Gibran|PER|Gibran Rakabuming Raka",
        ],
    ),
    "pair of states": ("Hubungan Rusia-Korea Utara menghangat.", ["Rusia|GPE", "Korea Utara|GPE"]),
    # what is no name
    "blend of crude oil": ("Harga minyak Brent naik tipis, West Texas Intermediate turun.", []),
    "nickname of a state is no person": ("Ekonomi negeri Paman Sam melambat.", []),
    "handle": ("Akun @HaloAnu membalas keluhan itu.", []),
    "month that lost its last letter": ("Rapat digelar pada Oktobe. lalu ditunda.", []),
    "finishes of a telephone": ("Ponsel itu hadir dalam warna Midnight Black dan Galaxy Purple.", []),
    "state that lost its last letter": ("Perang di Ukrain. kata pejabat itu, belum usai.", ["Ukrain|GPE|Ukraina"]),
    # bodies and places
    "small word that opens a sentence before a body": (
        "Dengan Bridge Alliance, layanan itu berkembang.",
        ["Bridge Alliance|ORG"],
    ),
    "preposition before an institute": ("Dari Oxford Institute datang bantahan.", ["Oxford Institute|ORG"]),
    "barracks by their head": ("Kemacetan terjadi dari Aspol Panaikang.", ["Aspol Panaikang|LOC"]),
    "university named after a person": (
        "Universitas Kim Il Sung menggelar pameran di Pyongyang.",
        ["Universitas Kim Il Sung|ORG", "Pyongyang|GPE"],
    ),
    "airport": (
        "Bandara Internasional Sunan menyambut delegasi Rusia.",
        ["Bandara Internasional Sunan|LOC", "Rusia|GPE"],
    ),
    "board of a student body": ("Ketua Umum PB HMI menolak rencana itu.", ["PB HMI|ORG|Himpunan Mahasiswa Islam"]),
    "service of a former state": ("Mantan perwira KGB itu tinggal di Dresden.", ["KGB|ORG", "Dresden|GPE"]),
    "coalition and its short form": (
        "Koalisi Merah Putih (KMP) bubar. KMP tidak lagi ada.",
        ["Koalisi Merah Putih|ORG", "KMP|ORG|Koalisi Merah Putih", "KMP|ORG|Koalisi Merah Putih"],
    ),
    "governor behind his region": (
        "Gubernur Primorye Oleg Kozhemyako menyambut rombongan di Vladivostok.",
        ["Primorye|GPE", "Oleg Kozhemyako|PER", "Vladivostok|GPE"],
    ),
    "agency, its head and a spaceport": (
        "Kepala Badan Antariksa Yuri Borisov mendampingi Kim Jong Un di Kosmodrom Vostochny.",
        ["Badan Antariksa|ORG", "Yuri Borisov|PER", "Kim Jong Un|PER", "Kosmodrom Vostochny|LOC"],
    ),
    "minister alone by her family name": (
        "Choe Son Hui bertolak ke Moskow. Choe bertemu Lavrov.",
        ["Choe Son Hui|PER", "Moskow|GPE", "Choe|PER|Choe Son Hui", "Lavrov|PER|Sergei Lavrov"],
    ),
    "street named after an officer": (
        "Macet terjadi di Jalan Kapten Sudarto dan Jalan Letjen S Parman.",
        ["Jalan Kapten Sudarto|LOC", "Jalan Letjen S Parman|LOC"],
    ),
    "firm that ends in indo": ("Menurut Dyandra Promosindo, data itu sementara.", ["Dyandra Promosindo|ORG"]),
    "team by its last word": ("Pembalap Gresini Racing itu jatuh.", ["Gresini Racing|ORG"]),
    "names before an initial": ("Komisaris Ahmad Suryo R. Pratama hadir.", ["Ahmad Suryo R. Pratama|PER"]),
    "title before an initial": ("Editor M. Saleh hadir di Jakarta.", ["M. Saleh|PER", "Jakarta|GPE"]),
    "parliament beside a capital": (
        "Duma Negara meratifikasi perjanjian dengan Pyongyang.",
        ["Duma Negara|ORG", "Pyongyang|GPE"],
    ),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.replace(" ", "-"))
def test_hard_cases(case: str) -> None:
    text, expected = CASES[case]
    rows = [tuple(row.split("|")) for row in expected]
    assert named(text) == [(row[0], row[1], row[2] if len(row) > 2 else row[0]) for row in rows]


def test_in_a_headline_a_capital_alone_is_no_name() -> None:
    text = "Kim Jong Un Dapat Limusin Mewah dari Putin\nHadiah itu tiba pagi."
    title = Zone(span=Span(start=0, end=text.index("\n")), kind="title", rule="test")
    assert [m.span.of(text) for m in mentions_of(text, title)] == ["Kim Jong Un", "Putin"]


CAUTIONS = load_yaml("cautions.yaml")["examples"]


@pytest.mark.parametrize("example", CAUTIONS["match"], ids=lambda example: example["text"])
def test_a_name_that_is_also_a_word_counts_in_its_surroundings(example: dict[str, str]) -> None:
    assert example["name"] in [surface for surface, _, _ in named(example["text"])]


@pytest.mark.parametrize("example", CAUTIONS["miss"], ids=lambda example: example["text"])
def test_and_not_elsewhere(example: dict[str, str]) -> None:
    assert example["name"] not in [surface for surface, _, _ in named(example["text"])]


def test_a_mention_tells_the_zone_it_stands_in() -> None:
    text = "JAKARTA, KOMPAS.com - Hujan turun di Bogor.\nPenulis: Rahma Wulandari"
    dateline = Zone(span=Span(start=0, end=21), kind="dateline", rule="test", value="Jakarta")
    start = text.index("Penulis")
    byline = Zone(span=Span(start=start, end=len(text)), kind="byline", rule="test")
    found = {m.span.of(text): m.where for m in mentions_of(text, dateline, byline)}
    assert found == {"JAKARTA": "dateline", "KOMPAS.com": "dateline", "Bogor": "body", "Rahma Wulandari": "byline"}


def test_ids_are_slugs_of_names_with_their_label() -> None:
    found = {m.entity.name: m.entity.id for m in mentions_of("Pengamat Artur Lomakin tiba di Moskow naik Aurus Senat.")}
    assert found == {
        "Artur Lomakin": "per:artur-lomakin",
        "Moskow": "gpe:moskow",
        "Aurus Senat": "product:aurus-senat",
    }


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Kim",
                "Jong",
                "Un",
                "Rusia",
                "-",
                "(",
                ")",
                ".",
                ",",
                '"',
                "\n",
                "PBB",
                "Dinas",
                "Jalan",
                "dan",
                "kata",
                "di",
                "Kota",
                "Wali",
                "İ",
                "ß",
                "Mosko",
                "1.",
                "AS",
                "/",
                "’",
                "Polda",
                "Boston",
                "\u200b",
                "한국",
            ]
        ),
        max_size=40,
    ).map(" ".join)
    | st.text(max_size=200)
)
def test_any_text_is_tagged_in_order_without_overlap(text: str) -> None:
    found = mentions_of(text)
    assert all(text[m.span.start : m.span.end].strip() for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(re.fullmatch(r"(per|org|gpe|loc|product):\S+", m.entity.id) and 0 <= m.score <= 1 for m in found)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Penulis: Rahma Wulandari", ["Rahma Wulandari"]),
        ("Penulis: Rahma Wulandari, Desk Internasional", ["Rahma Wulandari"]),
        ("Penulis: Redaksi Lensa Anu", []),
        ("Editor: Tim Redaksi Anu", []),
        ("Oleh Tim Liputan Khusus", []),
        ("Laporan Wartawan Kabaranu.com, Rahma Wulandari.", ["Rahma Wulandari"]),
    ],
)
def test_newsrooms_in_a_byline_are_no_people(line: str, found: list[str]) -> None:
    byline = Zone(span=Span(start=0, end=len(line)), kind="byline", rule="test")
    assert [m.span.of(line) for m in mentions_of(line, byline) if m.label == "PER"] == found


@pytest.mark.parametrize(("rule", "person"), [("byline.label", True), ("byline.label.desk", False)])
def test_a_desk_that_signs_is_no_person(rule: str, person: bool) -> None:
    text = "Harga Ikan Turun\nPenulis: Tim Global\nHarga ikan turun, kata Wali Kota Bambang Sutejo."
    start = text.index("Penulis")
    zone = Zone(span=Span(start=start, end=start + 19), kind="byline", rule=rule, value="Tim Global")
    people = [mention.span.of(text) for mention in mentions_of(text, zone) if mention.label == "PER"]
    assert people == (["Tim Global"] if person else []) + ["Bambang Sutejo"]
