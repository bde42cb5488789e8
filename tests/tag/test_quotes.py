"""Speech, its cue and its speaker: tables of input and expected, each with near misses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.resources import load_yaml
from core.tag.marks import find_marked
from core.tag.quotes import tag_quotes
from core.tag.verbs import speech
from tests.tag.readings import reading_of

ROWS = load_yaml("reporting_verbs.yaml")["verbs"]


def quotes_in(text: str, **names: tuple[str, str]) -> list[tuple[str, str, str | None]]:
    """Kind, content and speaker of all speech in a text."""
    reading = reading_of(text, names or None)  # type: ignore[arg-type]
    return [(quote.kind, quote.content.of(text), quote.speaker) for quote in tag_quotes(reading)]


DIRECT = [
    # cue behind
    ("“Kapal itu tiba tadi malam,” kata Rina Sari.", "Kapal itu tiba tadi malam,", "Rina Sari"),
    ('"Kapal itu tiba tadi malam", ujar Rina Sari di pelabuhan.', "Kapal itu tiba tadi malam", "Rina Sari"),
    ('"Kapal itu tiba tadi malam." ungkap Rina Sari.', "Kapal itu tiba tadi malam.", "Rina Sari"),
    ('"Apakah kapalnya sudah tiba?" tanya Rina Sari.', "Apakah kapalnya sudah tiba?", "Rina Sari"),
    ('"Kapal itu sudah tiba," kata juru bicara Kremlin, Dmitry Peskov.', "Kapal itu sudah tiba,", "Dmitry Peskov"),
    ('"Kapal itu sudah tiba," kata juru bicara Kremlin.', "Kapal itu sudah tiba,", "juru bicara Kremlin"),
    ('"Kapal itu sudah tiba," kata seorang pejabat AS.', "Kapal itu sudah tiba,", "seorang pejabat AS"),
    ('"Kapal itu sudah tiba," kata Korea Utara.', "Kapal itu sudah tiba,", "Korea Utara"),
    ('"Kapal itu sudah tiba," Rina Sari menegaskan.', "Kapal itu sudah tiba,", "Rina Sari"),
    (
        '"Kapal itu sudah tiba," demikian pernyataan Kementerian Kelautan.',
        "Kapal itu sudah tiba,",
        "Kementerian Kelautan",
    ),
    ('"Kapal itu sudah tiba," bunyi pengumuman Kementerian Kelautan.', "Kapal itu sudah tiba,", "pengumuman"),
    ('"Kapal itu sudah tiba," kata kuasa hukum Rina Sari, Dmitry Peskov.', "Kapal itu sudah tiba,", "Dmitry Peskov"),
    # cue before
    ('Rina Sari mengatakan, "Kapal itu tiba tadi malam."', "Kapal itu tiba tadi malam.", "Rina Sari"),
    ('Rina Sari menambahkan: "Kapal itu tiba tadi malam."', "Kapal itu tiba tadi malam.", "Rina Sari"),
    # names that only their shape gives away
    ('"Kapal itu sudah tiba," kata Kepala Dinas Perikanan Wayan Surata.', "Kapal itu sudah tiba,", "Wayan Surata"),
    ('"Kapal itu sudah tiba," kata Kapolres AKBP Made Rai, Senin.', "Kapal itu sudah tiba,", "Made Rai"),
    ('"Kapal itu sudah tiba," kata @pelaut_senja.', "Kapal itu sudah tiba,", "pelaut_senja"),
    # a title with the places it belongs to
    (
        '"Kapal itu sudah tiba," kata Ketua RW 01, Kampung Solo, Pyongyang, Rina Sari.',
        "Kapal itu sudah tiba,",
        "Rina Sari",
    ),
    # a noun of speech with its describing words
    (
        '"Kapal itu sudah tiba," demikian keterangan tertulis Kementerian Kelautan.',
        "Kapal itu sudah tiba,",
        "Kementerian Kelautan",
    ),
    ('"Kapal itu sudah tiba," demikian konfirmasi Rina Sari.', "Kapal itu sudah tiba,", "Rina Sari"),
    ('"Kapal itu sudah tiba," seloroh Rina Sari.', "Kapal itu sudah tiba,", "Rina Sari"),
    # own words right behind what the same speaker is reported to have said
    (
        'Menurut Rina Sari, kapal itu aman. "Saya melihatnya sendiri pagi ini."',
        "Saya melihatnya sendiri pagi ini.",
        "Rina",
    ),
]


@pytest.mark.parametrize(("text", "content", "speaker"), DIRECT)
def test_direct_speech_has_its_content_and_its_speaker(text: str, content: str, speaker: str) -> None:
    found = [(said, who) for kind, said, who in quotes_in(text) if kind == "direct"]
    assert len(found) == 1
    said, who = found[0]
    assert said == content
    assert who is not None
    assert who.startswith(speaker)


CHAINS = [
    # a pronoun, -nya, a role: the last fitting speaker
    ('Rina Sari datang. "Kapal itu tiba tadi malam," kata dia.', ["Rina Sari"]),
    ('"Kapal itu tiba tadi malam," kata Rina Sari.\n"Muatannya beras dan gula," ucapnya.', ["Rina Sari", "Rina Sari"]),
    ('"Kapal itu tiba malam tadi," kata Rina Sari. "Muatannya beras dan gula."', ["Rina Sari", "Rina Sari"]),
    ('"Kapal itu tiba malam tadi," kata Rina Sari, "lalu semua orang turun."', ["Rina Sari", "Rina Sari"]),
    (
        'Kementerian Kelautan membuka loket baru. "Tiga loket dibuka mulai besok pagi," kata kementerian tersebut.',
        ["Kementerian Kelautan"],
    ),
    (
        'Pemimpin Korea Utara Kim Jong Un tiba. "Saya senang melihat kota ini," kata pemimpin itu.',
        ["Kim Jong Un"],
    ),
    # a role in short, for one who was introduced with it in full
    (
        'Menteri Kesehatan Rina Sari tiba. Putin menyambutnya. "Saya senang melihat kota ini," kata Menkes.',
        ["Rina Sari"],
    ),
    # a name behind a verb is not the holder of the role before it
    (
        'Hakim memperberat hukuman Putin. "Hukuman itu sudah sesuai aturan," kata hakim.',
        ["hakim"],
    ),
    # the subject of the main clause, not of the one before the comma
    (
        'Saat Putin tiba, Rina Sari menunggu di dermaga. "Saya menunggu sejak pagi tadi," ujarnya.',
        ["Rina Sari"],
    ),
    # a new subject takes the floor
    (
        '"Kapal itu tiba malam tadi," kata Rina Sari.\nPutin menyusul kemudian. "Saya naik kereta saja," ujarnya.',
        ["Rina Sari", "Vladimir Putin"],
    ),
    # one who came up before and never speaks by name does not
    (
        'Putin tiba. "Kapal itu tiba tadi," kata Rina Sari.\nPutin lalu pulang. "Muatannya beras dan gula," ujarnya.',
        ["Rina Sari", "Rina Sari"],
    ),
    # names inside what is said do not
    (
        '"Kapal itu tiba malam tadi," kata Rina Sari. "Putin menunggu di dermaga sejak pagi," imbuhnya.',
        ["Rina Sari", "Rina Sari"],
    ),
]


@pytest.mark.parametrize(("text", "speakers"), CHAINS)
def test_speech_goes_on_with_the_right_speaker(text: str, speakers: list[str]) -> None:
    assert [who for kind, _, who in quotes_in(text) if kind == "direct"] == speakers


NOT_SPEECH = [
    'Ia menonton film "Perahu di Tepi Senja" bersama keluarganya.',
    'Program "Satu Desa Satu Perahu" dimulai pada Januari.',
    'Ia menyebut rencana itu "terlalu mahal".',
    'Spanduk "Selamat Datang di Kota Kami" dipasang di gerbang.',
    'Kafe itu bernama "Kopi dan Kita" sejak 2015.',
    "Menu 'nasi goreng spesial pakai telur' habis sejak siang.",
    'Rina Sari membaca buku berjudul "Laut dan Orang Pesisir", lalu pulang.',
]


@pytest.mark.parametrize("text", NOT_SPEECH)
def test_titles_and_scare_quotes_are_not_direct_speech(text: str) -> None:
    assert [found for found in quotes_in(text) if found[0] == "direct"] == []


INDIRECT = [
    ("Rina Sari mengatakan kapal itu tiba tadi malam.", "kapal itu tiba tadi malam", "Rina Sari"),
    ("Rina Sari mengatakan bahwa kapal itu tiba.", "kapal itu tiba", "Rina Sari"),
    ("Rina Sari mengatakan, kapal itu tiba tadi malam.", "kapal itu tiba tadi malam", "Rina Sari"),
    ("Rina Sari mengatakan kepada Reuters bahwa kapal itu tiba.", "kapal itu tiba", "Rina Sari"),
    ("Menurut Rina Sari, kapal itu tiba tadi malam.", "kapal itu tiba tadi malam", "Rina Sari"),
    ("Menurut laporan Reuters, kapal itu tiba tadi malam.", "kapal itu tiba tadi malam", "Reuters"),
    ("Kapal itu tiba tadi malam, menurut Rina Sari.", "Kapal itu tiba tadi malam", "Rina Sari"),
    ("Kapal itu tiba tadi malam, kata Rina Sari.", "Kapal itu tiba tadi malam", "Rina Sari"),
    (
        "Muatan kapal itu, kata Rina Sari, sudah diturunkan.",
        "Muatan kapal itu, kata Rina Sari, sudah diturunkan",
        "Rina Sari",
    ),
    ("Para pengamat menilai kapal itu terlalu tua.", "kapal itu terlalu tua", "para pengamat"),
    ("Rina Sari, ketua panitia lomba, mengatakan kapal itu tiba.", "kapal itu tiba", "Rina Sari"),
    ("Rina Sari yang ditemui di dermaga membantah kapal itu bocor.", "kapal itu bocor", "Rina Sari"),
    ("Pejabat Korea Utara itu menyebut kapal itu tiba.", "kapal itu tiba", "pejabat Korea Utara"),
    ("Kapal itu diprediksi para ahli akan tiba besok.", "akan tiba besok", "para ahli"),
    ("Kapal itu tiba semalam, demikian disampaikan oleh Reuters.", "Kapal itu tiba semalam", "Reuters"),
    ("Hal itu, kata Rina Sari, membuat warga pindah.", "Hal itu, kata Rina Sari, membuat warga pindah", "Rina Sari"),
    ("Rina Sari menjelaskan saat ini kapal itu diperbaiki.", "saat ini kapal itu diperbaiki", "Rina Sari"),
    ("Muatan itu, sambung Rina Sari, sudah turun.", "Muatan itu, sambung Rina Sari, sudah turun", "Rina Sari"),
    ("Rina Sari menyebut kapal itu karam, sebagaimana dikutip Reuters.", "kapal itu karam", "Rina Sari"),
    (
        "Buruh Perusahaan Kereta mengaku upahnya dipotong sejak Mei.",
        "upahnya dipotong sejak Mei",
        "buruh Perusahaan Kereta",
    ),
    ("Rina Sari selaku ketua panitia menyebut kapal itu karam.", "kapal itu karam", "Rina Sari"),
    ("Rina Sari berujar, kapal itu tiba tadi malam.", "kapal itu tiba tadi malam", "Rina Sari"),
    ("Dilansir Reuters, Rabu (1/4), menurut Rina Sari, kapal itu karam.", "kapal itu karam", "Rina Sari"),
    ("Rina Sari, S.T., FIHA, mengatakan kapal itu karam.", "kapal itu karam", "Rina Sari"),
    ("Ribuan nelayan menuntut dermaga itu dibuka.", "dermaga itu dibuka", "ribuan nelayan"),
    ("Sebelumnya, sejumlah nelayan mengeluhkan dermaga itu ditutup.", "dermaga itu ditutup", "sejumlah nelayan"),
]


@pytest.mark.parametrize(("text", "content", "speaker"), INDIRECT)
def test_indirect_speech_has_its_clause_and_its_speaker(text: str, content: str, speaker: str) -> None:
    assert ("indirect", content, speaker) in quotes_in(text)


def test_one_subject_may_govern_two_verbs_of_speech() -> None:
    found = quotes_in("Rina Sari mengatakan kapal itu aman dan berjanji akan membersihkan dermaga.")
    assert found == [
        ("indirect", "kapal itu aman", "Rina Sari"),
        ("indirect", "akan membersihkan dermaga", "Rina Sari"),
    ]


NOTHING_SAID = [
    "Rina Sari tidak mengatakan apa pun soal kapal itu.",
    "Rina Sari akan mengatakan semuanya pada hari Senin nanti.",
    "Rina Sari mengatakan hal itu saat ditemui di pelabuhan.",
    "Menurut jadwal, kapal itu tiba pukul tujuh malam.",
    "Menurut undang-undang, kapal itu wajib diperiksa.",
    "Rina Sari menyampaikan terima kasih kepada semua petugas.",
    "Warga yang mengeluh pusing dibawa ke puskesmas.",
    "Rina Sari memastikan tiket ke babak akhir.",
    "Di hadapan petugas, RK mengaku kapal itu dicuri.",  # initials are nobody's name, least of all the officer's
    "Rina Sari meminta maaf kepada semua pelanggan.",
    "Rina Sari bertanya kepada tetangganya di seberang jalan.",
    "Hal itu dikatakannya di pelabuhan pagi tadi.",
]


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_near_misses_are_no_indirect_speech(text: str) -> None:
    assert quotes_in(text) == []


def test_a_passive_of_one_who_spoke_before_is_indirect_speech() -> None:
    found = quotes_in("Rina Sari tiba di dermaga. Ombak disebutnya terlalu tinggi. Dikatakannya, kapal itu menunggu.")
    assert found == [
        ("indirect", "Ombak disebutnya terlalu tinggi", "Rina Sari"),
        ("indirect", "kapal itu menunggu", "Rina Sari"),
    ]


def test_a_whole_sentence_between_marks_that_follows_nothing_said_is_no_speech() -> None:
    assert quotes_in('Rina Sari pulang ke Solo kemarin sore. "Satu Desa Satu Perahu Untuk Semua."') == []


def test_a_fragment_in_indirect_speech_makes_it_mixed() -> None:
    text = 'Rina Sari mengatakan kapal itu "tidak layak berlayar" sejak awal.'
    assert quotes_in(text) == [("mixed", 'kapal itu "tidak layak berlayar" sejak awal', "Rina Sari")]


MARKED = [
    ("“satu dua”", ["satu dua"]),
    ('"satu dua" dan "tiga empat"', ["satu dua", "tiga empat"]),
    ("“satu “dua” tiga”", ["satu “dua” tiga"]),
    ('"satu "dua" tiga"', ['satu "dua" tiga']),
    ("\"satu 'dua' tiga\"", ["satu 'dua' tiga"]),
    ('"satu dua\ntiga', ["satu dua"]),
    ("„satu dua”", ["satu dua"]),
    ("Jum'at dan Jum'at", []),
    ("orang 'pintar' itu", ["pintar"]),
    ('&quot;satu dua"', ["satu dua"]),
]


@pytest.mark.parametrize(("text", "contents"), MARKED)
def test_marks_pair_up(text: str, contents: list[str]) -> None:
    assert [marked.content.of(text) for marked in find_marked(text)] == contents


def test_an_unclosed_mark_ends_before_its_cue() -> None:
    assert quotes_in('"Kapal itu tiba tadi malam, kata Rina Sari.') == [
        ("direct", "Kapal itu tiba tadi malam,", "Rina Sari")
    ]


EXAMPLES = [
    pytest.param(row, text, wanted, id=f"{row['lemma']}-{'match' if wanted else 'miss'}-{number}")
    for row in ROWS
    for wanted, texts in ((True, row["examples"]["match"]), (False, row["examples"]["miss"]))
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("row", "text", "wanted"), EXAMPLES)
def test_examples_of_the_verb_list_hold(row: dict[str, list[str]], text: str, wanted: bool) -> None:
    forms = {*row["bare"], *(form + "nya" for form in row["bare"]), *row["active"], *row["passive"]}
    cued = [quote for quote in tag_quotes(reading_of(text)) if quote.cue.lower() in forms]
    assert bool(cued) is wanted


def test_no_form_belongs_to_two_verbs() -> None:
    for kind in ("bare", "active", "passive"):
        forms = [form for row in ROWS for form in row[kind]]
        assert sorted({form for form in forms if forms.count(form) > 1}) == []


def test_every_verb_takes_what_the_code_knows() -> None:
    assert {taken for row in ROWS for taken in row["takes"]} <= {"free", "bahwa", "sebagai", "koma", "body", "ada"}
    assert speech().heads >= speech().person


MARKS = ['"', "“", "”", "'", "&quot;", ", ", ". ", "\n", "(", ")", "\u00a0", "İ", "…"]
WORDS = [
    " kata ",
    " Rina Sari ",
    "menurut ",
    "dia",
    "ujarnya ",
    "bahwa ",
    "mengatakan ",
    "kapal itu tiba ",
    "itu ",
    "dan ",
]
NAMES = ["para ahli ", "Korea Utara ", "disebut ", "oleh ", "yang ", "seorang pejabat "]
PIECES = st.sampled_from([*MARKS, *WORDS, *NAMES])


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_no_text_breaks_the_tagger_and_every_span_is_inside(text: str) -> None:
    for quote in tag_quotes(reading_of(text)):
        assert 0 <= quote.content.start < quote.content.end <= len(text)
        if quote.speaker_span is not None:
            assert 0 <= quote.speaker_span.start < quote.speaker_span.end <= len(text)
        if quote.kind == "direct":
            assert len(quote.content.of(text).split()) >= 1
