"""Claims and their stances, under the bundled profile and under another that no code knows."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ResourceError
from core.model import Claim
from core.tag.claims import tag_claims
from core.tag.profile import load_profile, parse_profile
from tests.tag.readings import reading_of, tagged

HARBOUR = """
id: harbour
labels: {id: Pelabuhan, en: Harbour}
gate: [harbour]
stance:
  denies: [membantah]
  negates: [tidak, bukan]
  hedges: [diduga, kemungkinan]
  plans: [akan, berencana]
  breaks: [tetapi]
  told: [kabar itu]
  anaphors: [hal itu]
events:
  closing: {labels: {id: Penutupan, en: Closing}, cameo: '161', plover: COERCE}
concepts:
  harbour: [pelabuhan, dermaga]
  close: [menutup, ditutup, tutup]
  ship: {words: ['kapal*'], entities: ['org:perusahaan-kereta']}
  number: {patterns: ['\\b\\d+ kapal\\b']}
claims:
- id: harbour_closed
  area: port
  event: closing
  labels: {id: Pelabuhan ditutup, en: The harbour is closed}
  since: 2010
  forms: [{order: [harbour, close], within: 6}]
  examples: {match: [Pelabuhan itu ditutup.], miss: [Pelabuhan itu ramai.]}
- id: ships_wait
  area: port
  labels: {id: Kapal menunggu, en: Ships wait}
  forms: [{also: [ship, harbour], reach: neighbour}]
  unless: [close]
  examples: {match: [Kapal menunggu di dermaga.], miss: [Kapal menunggu di laut.]}
- id: ships_counted
  area: port
  labels: {id: Jumlah kapal disebut, en: Ships are counted}
  forms: [{also: [number]}]
  examples: {match: [Ada 12 kapal di dermaga.], miss: [Ada kapal di dermaga.]}
"""
PROFILE = parse_profile(yaml.safe_load(HARBOUR))


def stances(text: str, claim_id: str = "harbour_closed", published: str | None = None) -> list[tuple[str, str | None]]:
    """Stance and name of one claim of the harbour profile, in order of text."""
    claims = tag_claims(tagged(reading_of(text, published=published)), PROFILE)
    return [(claim.stance, claim.attributed_to) for claim in claims if claim.claim_id == claim_id]


STANCES = [
    ("Pelabuhan itu ditutup kemarin.", [("asserts", None)]),
    ("Pelabuhan itu diduga ditutup kemarin.", [("hedges", None)]),
    ("Pelabuhan itu tidak ditutup kemarin.", [("denies", None)]),
    ("Pelabuhan itu akan ditutup besok.", [("plans", None)]),
    ("Rina Sari mengatakan pelabuhan itu ditutup.", [("attributes", "Rina Sari")]),
    ("Menurut Reuters, pelabuhan itu ditutup.", [("attributes", "Reuters")]),
    ("Dilansir Reuters, Senin, pelabuhan itu ditutup.", [("attributes", "Reuters")]),
    ('"Seluruh pelabuhan itu ditutup kemarin," kata Rina Sari.', [("attributes", "Rina Sari")]),
    ("Rina Sari membantah pelabuhan itu ditutup.", [("denies", "Rina Sari")]),
    ("Rina Sari berjanji pelabuhan itu ditutup.", [("plans", "Rina Sari")]),
    ("Pelabuhan itu ditutup. Kabar itu disiarkan kantor berita KCNA.", [("attributes", "KCNA")]),
    ("Pelabuhan itu ditutup. Rina Sari membantah hal itu.", [("asserts", None), ("denies", "Rina Sari")]),
    ("Pelabuhan itu diduga ditutup, tetapi toko buka.", [("hedges", None)]),
    ("Pelabuhan itu ditutup?", [("hedges", None)]),
    # near misses of stances
    ("Pelabuhan itu ditutup. Mengapa?", [("asserts", None)]),
    ("Kabar itu tidak benar tetapi pelabuhan itu ditutup.", [("asserts", None)]),
    ("Rina Sari tidak datang ketika pagi tadi pelabuhan itu ditutup.", [("asserts", None)]),
    ("Rina Sari meminta agar pelabuhan itu ditutup.", [("attributes", "Rina Sari")]),
    # no claim at all
    ("Pelabuhan itu ramai sejak pagi.", []),
    ("Ditutup sudah toko itu; pelabuhan tetap ramai.", []),
    ("Toko itu ditutup.", []),
]


@pytest.mark.parametrize(("text", "expected"), STANCES)
def test_a_claim_has_its_stance_and_its_name(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert stances(text) == expected


def test_the_gate_keeps_other_subjects_out() -> None:
    assert tag_claims(tagged(reading_of("Ada 12 kapal di laut.")), PROFILE) == ()
    assert stances("Ada 12 kapal di dermaga.", "ships_counted") == [("asserts", None)]


def test_a_passing_mention_makes_no_article_of_the_subject() -> None:
    near = parse_profile(yaml.safe_load(HARBOUR.replace("gate: [harbour]", "gate: [harbour]\ngate_reach: 1")))
    text = "Pelabuhan itu ramai. Hari hujan. Ada 12 kapal di laut."
    assert "ships_counted" not in {claim.claim_id for claim in tag_claims(tagged(reading_of(text)), near)}
    assert "ships_counted" in {claim.claim_id for claim in tag_claims(tagged(reading_of(text)), PROFILE)}
    beside = "Hari hujan. Pelabuhan itu ramai. Ada 12 kapal di laut."
    assert "ships_counted" in {claim.claim_id for claim in tag_claims(tagged(reading_of(beside)), near)}


def test_not_the_first_of_its_kind_is_no_denial() -> None:
    def given(text: str) -> set[str]:
        return {claim.stance for claim in tag_claims(tagged(reading_of(text))) if claim.claim_id == "gift_of_car"}

    assert "denies" not in given("Mobil itu bukan kado pertama dari Putin untuk Kim Jong Un di Korea Utara.")
    assert "denies" in given("Rusia membantah Putin memberi Kim Jong Un mobil di Korea Utara.")


def test_neighbours_count_only_where_the_form_lets_them() -> None:
    assert stances("Pelabuhan itu sepi. Tokonya ditutup.") == []
    assert stances("Pelabuhan itu sepi. Kapalnya menunggu.", "ships_wait") == [("asserts", None)]
    assert stances("Pelabuhan itu sepi. Hari hujan. Kapalnya menunggu.", "ships_wait") == []


def test_what_blocks_a_claim_keeps_it_out() -> None:
    assert stances("Kapalnya menunggu di dermaga yang ditutup.", "ships_wait") == []


def test_an_entity_is_as_good_as_a_word() -> None:
    assert stances("Perusahaan Kereta memakai pelabuhan itu.", "ships_wait") == [("asserts", None)]


def test_a_claim_does_not_hold_before_its_year() -> None:
    assert stances("Pada 1998 pelabuhan itu ditutup.") == []
    assert stances("Pelabuhan itu ditutup.", published="2006-05-01") == []
    assert stances("Pada 1998 dan lagi pada 2012 pelabuhan itu ditutup.") == [("asserts", None)]


def test_span_is_the_sentences_that_carry_the_claim() -> None:
    text = "Hari hujan. Pelabuhan itu ditutup kemarin. Toko buka."
    claim = tag_claims(tagged(reading_of(text)), PROFILE)[0]
    assert claim.span.of(text).strip() == "Pelabuhan itu ditutup kemarin."
    assert claim.rule == "harbour_closed#1"


BROKEN = [
    ("claims: []", "broken"),
    (HARBOUR.replace("[harbour, close]", "[harbour, nothing]"), "unknown concepts: nothing"),
    (HARBOUR.replace("id: ships_wait", "id: harbour_closed"), "stands twice"),
    (HARBOUR.replace("{id: Kapal menunggu, en: Ships wait}", "{id: Kapal menunggu}"), "labels in id and en"),
    (HARBOUR.replace("event: closing", "event: opening"), "unknown event"),
    (HARBOUR.replace("[{also: [number]}]", "[{}]"), "empty form"),
    (HARBOUR.replace("'\\b\\d+ kapal\\b'", "'('"), "broken"),
]


@pytest.mark.parametrize(("source", "fault"), BROKEN)
def test_a_broken_profile_says_what_is_wrong(source: str, fault: str) -> None:
    with pytest.raises(ResourceError, match=fault):
        parse_profile(yaml.safe_load(source))


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(ResourceError, match=r"focus/weather\.yaml"):
        load_profile("weather")


# ---------------------------------------------------------------- the bundled profile

OUTSIDE = [
    "Korea Utara mendapat hadiah penalti pada menit akhir, tetapi bolanya melambung.",
    "Pengendara mobil di Seoul kena sanksi lalu lintas karena melanggar lampu merah, lapor media Korea Utara.",
    "Aktris itu menerima kado ulang tahun berupa mobil dari penggemarnya; ia pernah syuting film tentang Korea Utara.",
    "Putin membaca buku tentang Korea Utara di pesawat.",
    "Kim Jong Un mengirim kartu ucapan kepada para perawat.",
    "Pada 2001 Putin memberi pemimpin Korea Utara sebuah lukisan kuda.",
    "Timnas Korea Utara dijatuhi sanksi karena melanggar aturan FIFA.",
    "Menteri itu memberi Kim Kardashian sebuah mobil mewah buatan Jerman.",
    "Pada 1986 Moskow memberi Kim Il Sung sebuah mobil, kenang warga Korea Utara.",
    "Kim Jong Un menghadiahkan sebuah buku kepada Putin.",
    "Sopir Kedubes Rusia di Korea Utara dikenai sanksi lalu lintas karena melanggar marka.",
    "Artis Korea Utara itu mendapat kado ulang tahun mobil dari penggemar Rusia.",
]


@pytest.mark.parametrize("text", OUTSIDE)
def test_hard_negatives_touch_no_sanctions(text: str) -> None:
    areas = {rule.id: rule.area for rule in load_profile().claims}
    found = {claim.claim_id for claim in tag_claims(tagged(reading_of(text)))}
    assert {name for name in found if areas[name] == "sanctions"} == set()
    assert "gift_of_car" not in found


def test_a_gift_before_the_first_resolution_breaks_nothing() -> None:
    text = "Pada 2001 mobil hadiah untuk pemimpin Korea Utara itu melanggar sanksi, tulis sebuah buku."
    found = {claim.claim_id for claim in tag_claims(tagged(reading_of(text)))}
    assert "gift_breaks_sanctions" not in found
    later = text.replace("2001", "2024")
    assert "gift_breaks_sanctions" in {claim.claim_id for claim in tag_claims(tagged(reading_of(later)))}


def test_who_gives_and_who_receives_is_kept_apart() -> None:
    def ids(text: str) -> set[str]:
        return {claim.claim_id for claim in tag_claims(tagged(reading_of(text)))}

    assert "gift_of_dogs" in ids("Kim Jong Un memberi Putin dua ekor anjing.")
    assert "gift_of_dogs" not in ids("Putin memberi Kim Jong Un dua ekor anjing.")
    assert "weapon_given_to_putin" in ids("Kim Jong Un menghadiahi Putin senjata antik.")
    assert "weapon_given_to_putin" not in ids("Putin menghadiahi Kim Jong Un senjata antik.")


WHO = ["Putin ", "Kim Jong Un ", "Korea Utara ", "Rusia ", "hal itu ", "kata Peskov"]
WHAT = [
    "memberi ",
    "mobil ",
    "melanggar ",
    "sanksi PBB ",
    "diduga ",
    "membantah ",
    "2001 ",
    "18 Februari ",
    "senjata ",
    "mengirim ",
]
PIECES = st.sampled_from([*WHO, *WHAT, ". ", "\n", ", ", '"'])


def inside(claims: tuple[Claim, ...], text: str) -> bool:
    return all(0 <= claim.span.start < claim.span.end <= len(text) for claim in claims)


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_no_text_breaks_the_tagger_and_every_span_is_inside(text: str) -> None:
    reading = tagged(reading_of(text))
    assert inside(tag_claims(reading), text)
    assert inside(tag_claims(reading, PROFILE), text)
