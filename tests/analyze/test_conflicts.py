"""Where outlets differ on an event, under a small profile of another subject: from texts to conflicts."""

from datetime import date

import pandas as pd
import pytest
import yaml

from core.analyze.conflicts import find_conflicts
from core.analyze.events import put_together
from core.analyze.subject import load_subject, parse_subject
from core.errors import ResourceError
from core.tag.claims import tag_claims
from core.tag.profile import parse_profile
from tests.tag.readings import reading_of, tagged

HARBOUR = """
id: harbour
labels: {id: Pelabuhan, en: Harbour}
gate: [harbour]
stance: {denies: [membantah], negates: [tidak], hedges: [diduga], plans: [akan]}
events:
  closing: {labels: {id: Penutupan, en: Closing}, cameo: '161', plover: COERCE}
concepts:
  harbour: [pelabuhan]
  close: [ditutup, penutupan]
  ship: [kapal]
happenings:
  harbour_shut:
    area: port
    event: closing
    labels: {id: Pelabuhan ditutup, en: The harbour is shut}
    who: ['org:otoritas']
    told_by: [closed]
    details: [ships]
facts:
  day: {kind: day, labels: {id: Hari, en: Day}, of: [harbour_shut], claims: [closed]}
  ships:
    kind: number
    labels: {id: Kapal, en: Ships}
    of: [harbour_shut]
    claims: [ships]
    pattern: '(?P<n>{number})\\skapal'
  owner:
    kind: name
    labels: {id: Pemilik, en: Owner}
    of: [harbour_shut]
    claims: [closed]
    values:
      north: {labels: {id: Pelindo Utara, en: Pelindo North}, pattern: 'pelindo utara'}
      south: {labels: {id: Pelindo Selatan, en: Pelindo South}, pattern: 'pelindo selatan'}
claims:
- id: closed
  area: port
  labels: {id: Pelabuhan ditutup, en: The harbour is closed}
  forms: [{also: [harbour, close]}]
  examples: {match: [Pelabuhan ditutup.], miss: [Pelabuhan ramai.]}
- id: ships
  area: port
  labels: {id: Kapal menunggu, en: Ships wait}
  forms: [{also: [ship, harbour]}]
  examples: {match: [Kapal di pelabuhan.], miss: [Kapal di laut.]}
"""
PROFILE, SUBJECT = parse_profile(yaml.safe_load(HARBOUR)), parse_subject(yaml.safe_load(HARBOUR))


def told(*texts):
    """The claims of texts, each of an outlet of its own, published on Wednesday 8 May 2024 unless it is a pair."""
    dated = [given if isinstance(given, tuple) else (given, "2024-05-08") for given in texts]
    return put_together(pd.DataFrame([row for doc, one in enumerate(dated) for row in rows(doc, *one)]), SUBJECT)


def rows(doc, text, day):
    """What the corpus says of the claims of one article."""
    article = {
        "doc": doc, "document_id": f"d{doc}", "sentence": 0, "zone": "body", "cluster_id": doc, "outlet": f"o{doc}",
        "outlet_name": f"O{doc}", "published": day, "title": "", "words": 9,
    }  # fmt: skip
    days = dict.fromkeys(("published_first", "published_last", "published_day"), pd.Timestamp(day))
    for claim in tag_claims(tagged(reading_of(text, published=day)), PROFILE):
        stated = {"claim_id": claim.claim_id, "stance": claim.stance, "attributed_to": claim.attributed_to}
        place = {"start": claim.span.start, "end": claim.span.end, "text": claim.span.of(text), "rule": claim.rule}
        yield article | days | stated | place


def conflicts(*texts):
    """Values by fact, with the outlets of each."""
    known = told(*texts)
    frame = find_conflicts(known, SUBJECT, known.events, set(known.rows["doc"]))
    found: dict[str, dict[str, set[str]]] = {}
    for row in frame.itertuples():
        found.setdefault(row.fact, {}).setdefault(row.value_id, set()).add(row.outlet)
    return found


def test_an_event_of_any_subject_is_put_together_with_its_codes():
    known = told("Pelabuhan itu ditutup pada Senin.", "Pelabuhan itu ditutup pada 6 Mei.", "Pelabuhan itu ramai.")
    [event] = known.events
    assert event.date == (date(2024, 5, 6), date(2024, 5, 6))
    assert (event.happening.cameo, event.happening.plover) == ("161", "COERCE")
    assert event.covering() == {0, 1}


AGREE = [
    ("Pelabuhan itu ditutup pada Senin.", "Pelabuhan itu ditutup pada 6 Mei."),  # that Monday is the sixth
    ("Pelabuhan itu ditutup pada Senin.", ("Pelabuhan itu ditutup kemarin.", "2024-05-07")),
    ("Pelabuhan itu ditutup pada 6 Mei.", "Pelabuhan itu ditutup pada Mei."),
    ("Pelabuhan itu ditutup pada 6 Mei.", "Pelabuhan itu ditutup, kata otoritas pada 7 Mei."),
    ("Pelabuhan itu ditutup pada 6 Mei.", "Pelabuhan itu ditutup setelah badai pada 4 Mei."),
    (
        "Pelabuhan ditutup. Sekitar 3.000 kapal ada di pelabuhan.",
        "Pelabuhan ditutup. Lebih dari 3.000 kapal ada di pelabuhan.",
    ),
    ("Pelabuhan milik Pelindo Utara ditutup.", "Pelabuhan ditutup."),
    ("Pelabuhan milik Pelindo Utara dan bukan Pelindo Selatan ditutup.", "Pelabuhan milik Pelindo Utara ditutup."),
    ("Pelabuhan itu ditutup pada 6 Mei. Penutupan pelabuhan berlanjut 7 Mei.", "Pelabuhan ramai."),  # of one outlet
    ("Pelabuhan itu ditutup.", "Pelabuhan itu diduga ditutup."),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_what_can_both_be_true_is_no_conflict(one, other):
    assert conflicts(one, other) == {}


def test_two_days_are_a_conflict_and_say_where_they_stand():
    found = conflicts(
        "Pelabuhan itu ditutup pada Senin.", "Pelabuhan itu ditutup pada 7 Mei.", "Pelabuhan ditutup 7 Mei."
    )
    assert found == {"day": {"2024-05-07": {"o1", "o2"}, "2024-05-06": {"o0"}}}


def test_two_numbers_are_a_conflict():
    found = conflicts("Pelabuhan ditutup. Ada 12 kapal di pelabuhan.", "Pelabuhan ditutup. Ada 30 kapal di pelabuhan.")
    assert found == {"ships": {"12": {"o0"}, "30": {"o1"}}}


def test_two_names_are_a_conflict():
    found = conflicts("Pelabuhan Pelindo Utara ditutup.", "Pelabuhan Pelindo Selatan ditutup.")
    assert found == {"owner": {"Pelindo Utara": {"o0"}, "Pelindo Selatan": {"o1"}}}


def test_what_one_states_and_another_denies_is_a_conflict_and_names_who():
    known = told("Pelabuhan itu ditutup.", "Rina Sari membantah pelabuhan itu ditutup.")
    frame = find_conflicts(known, SUBJECT, known.events, {0, 1})
    assert list(zip(frame["fact"], frame["value"], frame["outlet"], strict=True)) == [
        ("closed", "says", "o0"),
        ("closed", "denies", "o1"),
    ]
    assert frame["attributed_to"].iloc[1] == "Rina Sari"
    assert frame["label_id"].iloc[0] == "Pelabuhan ditutup"


def test_two_events_do_not_conflict_with_each_other():
    assert conflicts("Pelabuhan itu ditutup pada 6 Mei.", ("Pelabuhan itu ditutup pada 20 Mei.", "2024-05-21")) == {}


def test_a_filter_leaves_out_who_may_not_speak():
    known = told("Pelabuhan itu ditutup pada Senin.", "Pelabuhan itu ditutup pada 7 Mei.")
    assert find_conflicts(known, SUBJECT, known.events, {0}).empty


def test_a_profile_that_names_what_it_does_not_declare_says_so():
    with pytest.raises(ResourceError, match="opened"):
        parse_subject(yaml.safe_load(HARBOUR.replace("told_by: [closed]", "told_by: [opened]")))
    with pytest.raises(ResourceError, match="broken"):
        parse_subject({"claims": []} | {"happenings": {"x": {}}})


def test_the_bundled_profile_declares_its_happenings_and_facts():
    subject = load_subject()
    assert len(subject.happenings) >= 20
    assert {"day", "number", "name"} == {fact.kind for fact in subject.facts}
    for happening in subject.happenings:
        assert happening.cameo
        assert happening.plover
        assert {"id", "en"} <= happening.labels.keys()
