"""The counts beside the rows say what the rows say, whatever was added, taken out, corrected and taken back."""

from collections import Counter, defaultdict
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import CorrectionError
from core.store import Corpus, correction_log, removal, tallies
from core.store.corrections import correct, log, undo
from core.store.replay import replay
from tests.store.making import GIVEN, S, article, file_of

KIM, PUTIN, RUSIA, KREMLIN = "per:kim-jong-un", "per:vladimir-putin", "gpe:rusia", "org:pemerintah-rusia"
ARTICLES = {
    "satu": (
        S("Rusia dan Korut", zone="title"),
        S("Putin menjamu Kim dan Putin tertawa.", 0.4, claims=((GIVEN, "attributes", "Vladimir Putin"),)),
        S("“Baik,” kata Kim.", 0.2, "quoted", quote=("Baik", "Kim Jong Un")),
    ),
    "dua": (S("Moskow menolak.", -0.6, metonyms={"Moskow": KREMLIN}), S("Kim pulang.", 0.0)),
    "tiga": (S("Rusia berterima kasih kepada Kim.", 0.5), S("Seoul diam.", -0.1)),
}
SHOWN = ("documents", "sentences", "mentions", "quotes", "sources", "claims", "entities")


@pytest.fixture
def corpus(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    yield opened
    opened.close()


def by_hand(corpus):
    """The counts, worked out row by row."""
    mentions = corpus.dicts("SELECT * FROM mentions")
    sentences = {(row["doc"], row["sentence"]): row for row in corpus.dicts("SELECT * FROM sentences")}
    counted, placed, near = defaultdict(Counter), set(), defaultdict(set)
    for row in mentions:
        if row["zone"] not in ("body", "subhead"):
            continue
        place = row["doc"], row["sentence"]
        readings = [(row["entity_id"], "named")] + [(row["refers_to"], "metonyms")] * bool(row["refers_to"])
        for entity, reading in readings:
            counted[row["doc"], entity][reading] += 1
            counted[row["doc"], entity]["plain"] += reading == "named" and not row["refers_to"]
            if row["sentence"] is not None and (reading == "metonyms" or not row["refers_to"]):
                placed.add((*place, entity))
            if place in sentences:
                near[row["doc"], entity, sentences[place]["layer"]].add(row["sentence"])
    told = defaultdict(Counter)
    for row in sentences.values():
        told[row["doc"], row["layer"]][row["tone"]] += 1
        told[row["doc"], row["layer"]]["total"] += row["score"]
    return {
        "counted": {(*key, n["named"], n["plain"], n["metonyms"]) for key, n in counted.items()},
        "placed": placed,
        "told": {
            (*key, n["negative"], n["neutral"], n["positive"], round(n["total"], 9)) for key, n in told.items()
        },
        "near": {
            (doc, entity, layer, len(places), round(sum(sentences[doc, place]["score"] for place in places), 9))
            for (doc, entity, layer), places in near.items()
        },
    }  # fmt: skip


def kept(corpus):
    """The counts that the corpus keeps."""
    names = "JOIN corrected.entity_codes USING (code)"
    return {
        "counted": set(corpus.rows(f"SELECT doc, entity_id, named, plain, metonyms FROM corrected.counted {names}")),
        "placed": set(corpus.rows(f"SELECT doc, sentence, entity_id FROM corrected.placed {names}")),
        "told": set(corpus.rows(
            "SELECT doc, layer, negative, neutral, positive, round(total, 9) FROM corrected.told"
        )),
        "near": set(corpus.rows(
            f"SELECT doc, entity_id, layer, sentences, round(total, 9) FROM corrected.near {names}"
        )),
    }  # fmt: skip


def shown(corpus):
    """All that questions see."""
    ordered = ("documents", "entities")
    return {
        table: Counter(map(str, corpus.rows(f"SELECT * {'' if table in ordered else 'EXCLUDE (place)'} FROM {table}")))
        for table in SHOWN
    }


def worked_out_whole(corpus):
    """What questions see once everything is worked out anew."""
    with corpus.writing("It could not be worked out") as cursor:
        replay(cursor, correction_log.read_log(cursor))
    return shown(corpus), kept(corpus)


def put(corpus, name):
    corpus.add(file_of(article(name, *ARTICLES[name])))


def take_out(corpus, name):
    for (file_id,) in corpus.rows("SELECT file_id FROM main.files WHERE name = $name", {"name": f"{name}.txt"}):
        removal.remove(corpus, file_id, who="Rina")


def a_mention(corpus, entity):
    found = corpus.rows(
        "SELECT d.document_id, m.first, m.past FROM main.mentions AS m JOIN main.documents AS d USING (doc) "
        "WHERE m.entity_id = $entity ORDER BY doc, first LIMIT 1",
        {"entity": entity},
    )
    return (
        {"article": found[0][0], "start": found[0][1], "end": found[0][2]}
        if found
        else {"article": "none", "start": 0, "end": 1}
    )


def first_sentence(corpus):
    found = corpus.rows("SELECT d.document_id, s.first, s.past FROM main.sentences AS s JOIN main.documents AS d "
                        "USING (doc) WHERE s.zone = 'body' ORDER BY doc, sentence LIMIT 1")  # fmt: skip
    return (
        {"article": found[0][0], "start": found[0][1], "end": found[0][2]}
        if found
        else {"article": "none", "start": 0, "end": 1}
    )


def corrects(kind, target, after):
    return lambda corpus: correct(corpus, kind, target(corpus) if callable(target) else target, after, who="Rina")


STEPS = {
    **{f"put {name}": (lambda corpus, name=name: put(corpus, name)) for name in ARTICLES},
    **{f"out {name}": (lambda corpus, name=name: take_out(corpus, name)) for name in ARTICLES},
    "rename": corrects("rename_entity", {"entity_id": KIM}, {"name": "Kim Jong-un"}),
    "merge": corrects("merge_entities", {"entity_id": PUTIN}, {"entity_id": KIM}),
    "merge metonym": corrects("merge_entities", {"entity_id": KREMLIN}, {"entity_id": RUSIA}),
    "split": corrects("split_entity", {"entity_id": KIM, "surface": "Kim"},
                      {"entity_id": "per:kim-lain", "name": "Kim Lain", "label": "PER"}),
    "move": corrects("move_mention", lambda corpus: a_mention(corpus, KIM) | {"entity_id": KIM}, {"entity_id": PUTIN}),
    "reject": corrects("reject_mention", lambda corpus: a_mention(corpus, RUSIA), {}),
    "tone": corrects("set_tone", first_sentence, {"tone": "negative", "score": -0.9}),
    "undo": lambda corpus: undo(corpus, log(corpus)[-1].id, who="Rina") if log(corpus) else None,
    "undo first": lambda corpus: undo(corpus, log(corpus)[0].id, who="Rina") if log(corpus) else None,
}  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=4, max_size=9))
def test_counts_and_the_corrected_view_are_those_of_working_out_everything(tmp_path_factory, steps):
    corpus = Corpus.open(tmp_path_factory.mktemp("tallies") / "corpus.duckdb")
    try:
        put(corpus, "satu")
        put(corpus, "dua")
        for step in steps:
            with suppress(CorrectionError):
                STEPS[step](corpus)
            assert kept(corpus) == by_hand(corpus), step
        now = shown(corpus), kept(corpus)
        assert worked_out_whole(corpus) == now
    finally:
        corpus.close()


def test_a_corpus_made_before_there_were_counts_gets_them(corpus, tmp_path):
    put(corpus, "satu")
    before = kept(corpus)
    with corpus.writing("It could not be emptied") as cursor:
        for table in tallies.NAMES:
            cursor.execute(f"DELETE FROM corrected.{table}")
        cursor.execute("DELETE FROM main.meta WHERE key = 'overlay'")
    corpus.close()
    again = Corpus.open(tmp_path / "corpus.duckdb")
    assert kept(again) == before
    again.close()


def test_the_stance_of_a_sentence_is_that_of_the_mention_furthest_from_neutral(corpus):
    put(corpus, "satu")
    with corpus.writing("It could not be rated") as cursor:
        cursor.execute("UPDATE main.mentions SET towards = 'neutral', towards_score = 0.1 WHERE entity_id = ?", [PUTIN])
        cursor.execute("UPDATE main.mentions SET towards = 'favourable', towards_score = 0.7 "
                       "WHERE entity_id = ? AND first > (SELECT min(first) FROM main.mentions WHERE entity_id = ?)",
                       [PUTIN, PUTIN])  # fmt: skip
        replay(cursor, [])
    row = corpus.dicts("SELECT near.* FROM corrected.near JOIN corrected.entity_codes USING (code) "
                       "WHERE entity_id = $entity", {"entity": PUTIN})[0]  # fmt: skip
    assert (row["rated"], row["favourable"], row["neutral"], row["unfavourable"]) == (1, 1, 0, 0)
    assert row["rating"] == pytest.approx(0.4)
