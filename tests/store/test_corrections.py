"""Corrections change what every question sees, never the machine's rows; undo and re-opening are exact."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import CorrectionError
from core.model import Filters
from core.store import Corpus, articles, claims, correction_files, corrections, evidence, records, tags
from core.store.corrections import NothingChangedError, correct, undo
from core.store.selection import Selection
from tests.store.making import GIVEN, MADE, S, article, file_of

ALL = Filters()
PUTIN, KIM, MOSKOW, RUSIA = "per:vladimir-putin", "per:kim-jong-un", "gpe:moskow", "gpe:rusia"
MACHINE_TABLES = ("documents", "sentences", "mentions", "quotes", "sources", "claims", "entities")


@pytest.fixture
def corpus(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    fill(opened)
    yield opened
    opened.close()


def fill(opened):
    opened.add(
        file_of(
            article(
                "satu",
                S("Putin memberi Kim sebuah mobil.", 0.4, claims=((GIVEN, "asserts", None), (MADE, "asserts", None))),
                S("“Terima kasih,” kata Kim menurut KCNA.", quote=("Terima kasih", "Kim Jong Un"), source="KCNA"),
                S("Moskow senang.", -0.4, metonyms={"Moskow": "org:pemerintah-rusia"}),
            )
        )
    )
    opened.add(
        file_of(
            article(
                "dua",
                S("Putin dan Rusia diam.", claims=((GIVEN, "attributes", "Vladimir Putin"),)),
                outlet=None,
                published=None,
            )
        )
    )


def mentioned(corpus):
    """Entity names with their mentions, as the ranking counts them by name."""
    frame = tags.entities(corpus, ALL, label=None, reading="named", top=50)
    return dict(zip(frame["name"], frame["mentions"].tolist(), strict=True))


def machine_rows(corpus):
    return {table: corpus.rows(f"SELECT * FROM main.{table} ORDER BY ALL") for table in MACHINE_TABLES}


def shown_rows(corpus):
    """Everything that questions see, by table."""
    exclude = dict.fromkeys(("sentences", "mentions", "quotes", "sources", "claims"), " EXCLUDE (place)")
    return {
        table: corpus.rows(f"SELECT *{exclude.get(table, '')} FROM {table} ORDER BY ALL") for table in MACHINE_TABLES
    }


def place(corpus, document_id, surface):
    mention = next(
        m for m in records.load(corpus, document_id).annotations.mentions
        if m.span.of(records.load(corpus, document_id).document.text) == surface
    )  # fmt: skip
    return {"article": document_id, "start": mention.span.start, "end": mention.span.end}


def state_of(corpus, one):
    frame = corrections.standing(corpus)
    row = frame[frame["correction_id"] == one.id].iloc[0]
    return row["state"], int(row["affected"])


def test_without_corrections_questions_see_the_machines_rows(corpus):
    assert shown_rows(corpus) == machine_rows(corpus)


def test_a_renamed_entity_has_its_name_everywhere(corpus):
    one = correct(corpus, "rename_entity", {"entity_id": KIM}, {"name": "Kim Jong-un"}, who="Ani", reason="ejaan")
    assert mentioned(corpus)["Kim Jong-un"] == 2
    stored = records.load(corpus, "doc-satu").annotations
    assert {m.entity.name for m in stored.mentions} == {"Vladimir Putin", "Kim Jong-un", "Moskow"}
    assert stored.quotes[0].speaker == "Kim Jong-un"
    assert tags.entity_names(corpus, [KIM])["name"].tolist() == ["Kim Jong-un"]
    assert (one.who, one.before, one.reason) == ("Ani", {"name": "Kim Jong Un"}, "ejaan")
    assert state_of(corpus, one) == ("stands", 2)


def test_the_name_of_whom_a_claim_is_attributed_to_follows(corpus):
    correct(corpus, "rename_entity", {"entity_id": PUTIN}, {"name": "Wladimir Putin"}, who="Ani")
    assert "Wladimir Putin" in claims.rows(corpus, ALL)["attributed_to"].tolist()


def test_merged_entities_are_counted_as_one(corpus):
    correct(corpus, "merge_entities", {"entity_id": MOSKOW}, {"entity_id": RUSIA}, who="Ani")
    assert mentioned(corpus) == {"Vladimir Putin": 2, "Kim Jong Un": 2, "Rusia": 2}
    found = evidence.totals(corpus, ALL, Selection(entity_id=RUSIA))
    assert found == (2, 2, 2, 2)


def test_a_merge_holds_for_articles_that_come_later(corpus):
    correct(corpus, "merge_entities", {"entity_id": MOSKOW}, {"entity_id": RUSIA}, who="Ani")
    corpus.add(file_of(article("tiga", S("Moskow dan Seoul berunding."))))
    assert mentioned(corpus)["Rusia"] == 3
    assert "Moskow" not in mentioned(corpus)


def test_what_a_metonym_stands_for_follows_a_merge(corpus):
    correct(corpus, "merge_entities", {"entity_id": "org:pemerintah-rusia"}, {"entity_id": RUSIA}, who="Ani")
    assert corpus.rows("SELECT refers_to FROM mentions WHERE refers_to IS NOT NULL") == [(RUSIA,)]


def test_a_surface_can_be_split_off(corpus):
    new = {"entity_id": "per:kim-lain", "name": "Kim Lain", "label": "PER"}
    one = correct(corpus, "split_entity", {"entity_id": KIM, "surface": "Kim"}, new, who="Ani")
    assert mentioned(corpus) == {"Vladimir Putin": 2, "Kim Lain": 2, "Moskow": 1, "Rusia": 1}
    assert state_of(corpus, one) == ("stands", 2)


def test_one_mention_can_be_moved(corpus):
    new = {"entity_id": "per:kim-lain", "name": "Kim Lain", "label": "PER"}
    correct(corpus, "move_mention", place(corpus, "doc-satu", "Kim"), new, who="Ani")
    assert mentioned(corpus)["Kim Lain"] == 1
    assert mentioned(corpus)["Kim Jong Un"] == 1


def test_a_rejected_mention_is_not_counted(corpus):
    one = correct(corpus, "reject_mention", place(corpus, "doc-satu", "Moskow"), {}, who="Ani")
    assert "Moskow" not in mentioned(corpus)
    assert one.before["entity_id"] == MOSKOW
    assert state_of(corpus, one) == ("stands", 1)


def test_rejected_quotes_sources_and_claims_are_gone(corpus):
    stored = records.load(corpus, "doc-satu").annotations
    quote, source, claim = stored.quotes[0].content, stored.sources[0].span, stored.claims[0]

    def at(span):
        return {"article": "doc-satu", "start": span.start, "end": span.end}

    correct(corpus, "reject_quote", at(quote), {}, who="Ani")
    correct(corpus, "reject_source", at(source), {}, who="Ani")
    correct(corpus, "reject_claim", at(claim.span) | {"claim_id": GIVEN}, {}, who="Ani")
    left = records.load(corpus, "doc-satu").annotations
    assert (left.quotes, left.sources, [c.claim_id for c in left.claims]) == ((), (), [MADE])


def test_a_set_tone_moves_the_article(corpus):
    sentence = records.load(corpus, "doc-satu").annotations.sentences[2]
    target = {"article": "doc-satu", "start": sentence.span.start, "end": sentence.span.end}
    one = correct(corpus, "set_tone", target, {"tone": "positive", "score": 0.5}, who="Ani")
    tone = records.load(corpus, "doc-satu").annotations
    assert (tone.sentences[2].tone.label, tone.sentences[2].tone.score) == ("positive", 0.5)
    assert tone.tone.score == 0.3
    assert tone.tone.label == "positive"
    assert one.before == {"tone": "negative", "score": -0.4}


def test_outlet_date_and_title_are_corrected_together(corpus):
    at = {"article": "doc-dua"}
    correct(corpus, "set_outlet", at, {"outlet": "harian-a", "outlet_name": "Harian A"}, who="Ani")
    correct(corpus, "set_date", at, {"published": "2024-02"}, who="Ani")
    correct(corpus, "set_title", at, {"title": "Judul  Baru"}, who="Ani")
    document = records.load(corpus, "doc-dua").document
    assert (document.outlet.id, document.outlet.name, document.outlet.rule) == ("harian-a", "Harian A", "correction")
    assert (document.published.date.iso, document.published.date.precision) == ("2024-02", "month")
    assert document.title == "Judul Baru"
    assert articles.article_total(corpus, Filters(outlets=("harian-a",))) == (2, 2)
    assert articles.article_total(corpus, Filters(words="judul")) == (1, 1)


@pytest.mark.parametrize(
    ("iso", "first", "last", "day", "month"),
    [
        ("2024", "2024-01-01", "2024-12-31", None, None),
        ("2024-02", "2024-02-01", "2024-02-29", None, "2024-02-01"),
        ("2024-02-21", "2024-02-21", "2024-02-21", "2024-02-21", "2024-02-01"),
        (None, None, None, None, None),
    ],
)
def test_a_corrected_date_means_the_days_that_a_read_one_means(corpus, iso, first, last, day, month):
    correct(corpus, "set_date", {"article": "doc-satu"}, {"published": iso}, who="Ani")
    row = corpus.rows(
        "SELECT published_first, published_last, published_day, published_month FROM documents "
        "WHERE document_id = 'doc-satu'"
    )[0]
    assert [value and value.isoformat() for value in row] == [first, last, day, month]


def test_the_outlet_of_a_domain_is_named_once_for_all(tmp_path):
    from dataclasses import replace

    opened = Corpus.open(tmp_path / "corpus.duckdb")
    for name, url in (("a", "https://www.kabar.id/1"), ("b", "http://kabar.id/2"), ("c", "https://lain.id/3")):
        tagged = article(name, S(f"Berita {name} hari ini."), outlet=None)
        opened.add(file_of(replace(tagged, document=replace(tagged.document, url=url))))
    assert corrections.unknown_domains(opened)[["domain", "articles"]].to_numpy().tolist() == [
        ["kabar.id", 2],
        ["lain.id", 1],
    ]
    after = {"outlet": "kabar", "outlet_name": "Kabar"}
    one = correct(opened, "set_outlet_of_domain", {"domain": "www.Kabar.id"}, after, who="Ani")
    correct(opened, "set_outlet", {"article": "doc-b"}, {"outlet": "lain", "outlet_name": "Lain"}, who="Ani")
    assert articles.by_outlet(opened, ALL)[["outlet", "articles"]].to_numpy().tolist() == [
        ["kabar", 1],
        ["lain", 1],
        ["unknown", 1],
    ]
    tagged = article("d", S("Berita lagi."), outlet=None)
    opened.add(file_of(replace(tagged, document=replace(tagged.document, url="https://kabar.id/9"))))
    assert articles.article_total(opened, Filters(outlets=("kabar",))) == (2, 2)
    assert state_of(opened, one) == ("stands", 2)
    opened.close()


def test_the_machines_rows_never_change(corpus):
    before = machine_rows(corpus)
    correct(corpus, "merge_entities", {"entity_id": MOSKOW}, {"entity_id": RUSIA}, who="Ani")
    correct(corpus, "set_title", {"article": "doc-dua"}, {"title": "Lain"}, who="Ani")
    correct(corpus, "reject_mention", place(corpus, "doc-satu", "Kim"), {}, who="Ani")
    assert machine_rows(corpus) == before


@pytest.mark.parametrize(
    ("kind", "target", "after"),
    [
        ("rename_entity", {"entity_id": KIM}, {"name": "  "}),
        ("rename_entity", {"entity_id": "per:tiada"}, {"name": "Ada"}),
        ("set_date", {"article": "doc-satu"}, {"published": "2024-02-30"}),
        ("set_date", {"article": "doc-satu"}, {"published": "21/2/2024"}),
        ("set_title", {"article": "doc-tiada"}, {"title": "Ada"}),
        ("set_title", {"article": "doc-satu"}, {"title": ""}),
        ("reject_mention", {"article": "doc-satu", "start": 1, "end": 3}, {}),
        ("set_tone", {"article": "doc-satu", "start": 0, "end": 31}, {"tone": "positive", "score": 2}),
        ("split_entity", {"entity_id": KIM, "surface": "Kim"}, {"entity_id": "per:x", "name": "X", "label": "XYZ"}),
        ("set_title", {"article": "doc-satu"}, {"title": "Satu"}),
    ],
)
def test_what_cannot_be_is_not_written(corpus, kind, target, after):
    with pytest.raises(CorrectionError):
        correct(corpus, kind, target, after, who="Ani")
    assert corrections.log(corpus) == []


def test_a_correction_needs_a_name(corpus):
    with pytest.raises(CorrectionError, match="name of who"):
        correct(corpus, "set_title", {"article": "doc-satu"}, {"title": "Lain"}, who="  ")


def test_undo_is_logged_and_can_be_undone(corpus):
    untouched = shown_rows(corpus)
    one = correct(corpus, "rename_entity", {"entity_id": KIM}, {"name": "Kim Jong-un"}, who="Ani")
    corrected = shown_rows(corpus)
    back = undo(corpus, one.id, who="Budi")
    assert shown_rows(corpus) == untouched
    assert state_of(corpus, one) == ("undone", 0)
    with pytest.raises(NothingChangedError):
        undo(corpus, one.id, who="Budi")
    undo(corpus, back.id, who="Budi")
    assert shown_rows(corpus) == corrected
    assert [entry.kind for entry in corrections.log(corpus)] == ["rename_entity", "undo", "undo"]


def test_a_later_correction_of_the_same_overtakes(corpus):
    first = correct(corpus, "set_title", {"article": "doc-satu"}, {"title": "A"}, who="Ani")
    correct(corpus, "set_title", {"article": "doc-satu"}, {"title": "B"}, who="Ani")
    assert state_of(corpus, first)[0] == "overtaken"


def test_merging_in_a_circle_changes_nothing_more(corpus):
    correct(corpus, "merge_entities", {"entity_id": MOSKOW}, {"entity_id": RUSIA}, who="Ani")
    correct(corpus, "merge_entities", {"entity_id": RUSIA}, {"entity_id": MOSKOW}, who="Ani")
    assert mentioned(corpus)["Rusia"] == 2


def test_the_corrected_view_survives_reopening(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    fill(opened)
    correct(opened, "merge_entities", {"entity_id": MOSKOW}, {"entity_id": RUSIA}, who="Ani")
    shown = shown_rows(opened)
    opened.close()
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    assert shown_rows(opened) == shown
    opened.close()


def test_a_view_made_over_other_columns_is_made_anew(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    fill(opened)
    correct(opened, "merge_entities", {"entity_id": MOSKOW}, {"entity_id": RUSIA}, who="Ani")
    with opened.writing("no") as cursor:
        cursor.execute("ALTER TABLE main.mentions ADD COLUMN later_added INTEGER")
    opened.close()
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    assert mentioned(opened)["Rusia"] == 2
    assert opened.rows("SELECT DISTINCT later_added FROM mentions") == [(None,)]
    opened.close()


# ------------------------------------------------------------------ properties

STEPS = st.one_of(
    st.tuples(st.just("rename_entity"), st.sampled_from([PUTIN, KIM, MOSKOW, RUSIA]), st.sampled_from("ABC")),
    st.tuples(
        st.just("merge_entities"),
        st.sampled_from([PUTIN, KIM, MOSKOW, RUSIA]),
        st.sampled_from([PUTIN, KIM, MOSKOW, RUSIA, "gpe:seoul"]),
    ),
    st.tuples(st.just("split_entity"), st.sampled_from([PUTIN, KIM, MOSKOW]), st.sampled_from(["Kim", "Putin"])),
    st.tuples(st.just("set_title"), st.sampled_from(["doc-satu", "doc-dua"]), st.sampled_from("ABC")),
    st.tuples(st.just("set_date"), st.sampled_from(["doc-satu", "doc-dua"]), st.sampled_from(["2024", "2023-05"])),
    st.tuples(st.just("reject_mention"), st.sampled_from(["Putin", "Kim", "Moskow"]), st.just("")),
)


def take(corpus, step):
    """Make one random correction; None where it is refused."""
    kind, what, value = step
    target, after = {
        "rename_entity": ({"entity_id": what}, {"name": value}),
        "merge_entities": ({"entity_id": what}, {"entity_id": value}),
        "split_entity": (
            {"entity_id": what, "surface": value},
            {"entity_id": "per:baru", "name": "Baru", "label": "PER"},
        ),
        "set_title": ({"article": what}, {"title": value}),
        "set_date": ({"article": what}, {"published": value}),
        "reject_mention": (PLACES.get(what), {}),
    }[kind]
    try:
        return correct(corpus, kind, target, after, who="Ani")
    except CorrectionError:
        return None


PLACES = {
    "Putin": {"article": "doc-satu", "start": 0, "end": 5},
    "Kim": {"article": "doc-satu", "start": 14, "end": 17},
    "Moskow": {"article": "doc-satu", "start": 71, "end": 77},
}


@given(steps=st.lists(STEPS, min_size=1, max_size=6), last=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_gives_back_exactly_what_was_shown(corpus, steps, last):
    for step in steps:
        take(corpus, step)
    before, machine = shown_rows(corpus), machine_rows(corpus)
    made = take(corpus, last)
    if made is not None:
        undo(corpus, made.id, who="Budi")
    assert shown_rows(corpus) == before
    assert machine_rows(corpus) == machine
    clear_log(corpus)


@given(steps=st.lists(STEPS, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_replaying_the_log_comes_to_the_same(corpus, steps):
    from core.store.replay import replay

    for step in steps:
        take(corpus, step)
    shown, entries = shown_rows(corpus), corrections.log(corpus)
    with corpus.writing("no") as cursor:
        replay(cursor, entries)
    assert shown_rows(corpus) == shown
    mentions = corpus.rows("SELECT count(*) FROM main.mentions")[0][0]
    rejected = corpus.rows("SELECT count(*) FROM corrected.changed_mentions WHERE rejected")[0][0]
    assert corpus.rows("SELECT count(*) FROM mentions")[0][0] == mentions - rejected
    clear_log(corpus)


def clear_log(corpus):
    """Hypothesis runs many examples over one fixture."""
    from core.store.replay import replay

    with corpus.writing("no") as cursor:
        cursor.execute("DELETE FROM main.corrections")
        replay(cursor, [])


# ------------------------------------------------------------------ files


@pytest.mark.parametrize(("ending", "write"), [("jsonl", correction_files.to_jsonl), ("csv", correction_files.to_csv)])
def test_an_exported_log_does_the_same_in_another_corpus(corpus, tmp_path, ending, write):
    one = correct(corpus, "rename_entity", {"entity_id": KIM}, {"name": "=Kim, 'Un'"}, who="Ani", reason="-1\n+2")
    correct(corpus, "merge_entities", {"entity_id": MOSKOW}, {"entity_id": RUSIA}, who="Ani")
    correct(corpus, "reject_mention", place(corpus, "doc-satu", "Putin"), {}, who="Budi")
    undo(corpus, one.id, who="Budi")
    data = write(corrections.log(corpus))
    other = Corpus.open(tmp_path / "other.duckdb")
    fill(other)
    entries = correction_files.from_file(data, f"log.{ending}")
    assert correction_files.bring_in(other, entries) == correction_files.BroughtIn(entries=4, added=4)
    assert shown_rows(other) == shown_rows(corpus)
    assert corrections.log(other) == corrections.log(corpus)
    assert correction_files.bring_in(other, entries).added == 0
    other.close()


def test_an_undo_finds_its_correction_under_its_new_number(corpus, tmp_path):
    one = correct(corpus, "rename_entity", {"entity_id": KIM}, {"name": "A"}, who="Ani")
    undo(corpus, one.id, who="Ani")
    data = correction_files.to_jsonl(corrections.log(corpus))
    other = Corpus.open(tmp_path / "other.duckdb")
    fill(other)
    kept = correct(other, "rename_entity", {"entity_id": PUTIN}, {"name": "B"}, who="Budi")
    correction_files.bring_in(other, correction_files.from_file(data, "log.jsonl"))
    assert mentioned(other)["Kim Jong Un"] == 2
    assert mentioned(other)["B"] == 2
    assert state_of(other, kept)[0] == "stands"
    other.close()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"schema": "telaah.correction/1"}',
        '{"schema": "telaah.correction/1", "id": 1, "made_at": "2024-01-01T00:00:00Z", "who": "A", '
        '"kind": "drop_table", "target": {}, "before": {}, "after": {}, "reason": ""}',
        '{"schema": "telaah.correction/1", "id": 1, "made_at": "2024-01-01T00:00:00Z", "who": "A", '
        '"kind": "set_date", "target": {"article": "x"}, "before": {}, "after": {"published": "2024-99"}, '
        '"reason": ""}',
    ],
)
def test_a_file_that_is_none_says_in_which_line(line):
    with pytest.raises(CorrectionError, match="line 1"):
        correction_files.from_file(line.encode(), "log.jsonl")


def test_corrections_wait_for_articles_that_are_not_here_yet(corpus, tmp_path):
    correct(corpus, "set_title", {"article": "doc-dua"}, {"title": "Lain"}, who="Ani")
    one = correct(corpus, "reject_mention", place(corpus, "doc-satu", "Putin"), {}, who="Ani")
    data = correction_files.to_jsonl(corrections.log(corpus))
    other = Corpus.open(tmp_path / "other.duckdb")
    correction_files.bring_in(other, correction_files.from_file(data, "log.jsonl"))
    assert state_of(other, one) == ("article_gone", 0)
    fill(other)
    assert shown_rows(other) == shown_rows(corpus)
    assert state_of(other, one) == ("stands", 1)
    other.close()
