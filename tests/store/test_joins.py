"""Entities that are one across the corpus: what is joined, what is not, and that no order of articles matters."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analyze import entities
from core.model import Entity, Filters, Mention, Span, Tagged
from core.store import Corpus
from core.store.corrections import correct
from core.store.joins import join_names
from core.store.names import label_of
from tests.store.making import S, article, file_of, result

LOMAKIN = ("per:andrei-lomakin", "Andrei Lomakin")
ANDREY = ("per:andrey-lomakin", "Andrey Lomakin")
RUDI = ("per:rudi-wirasastra", "Rudi Wirasastra")
RUDI_K = ("per:rudi-kelana-wirasastra", "Rudi Kelana Wirasastra")
RUDI_B = ("per:rudi-bahari-wirasastra", "Rudi Bahari Wirasastra")
WATCH = ("org:lembaga-pantau-niaga", "Lembaga Pantau Niaga")
CLOCK = ("org:liga-penggemar-nuri", "Liga Penggemar Nuri")
LPN = ("org:lpn", "LPN")


def told(name: str, *named: tuple[str, str] | tuple[str, str, str]) -> Tagged:
    """An article whose sentences each name one entity: id, name and, where it differs, the surface."""
    surfaces = [one[2] if len(one) > 2 else one[1] for one in named]
    made = article(name, *(S(f"Menurut {surface}, semua berjalan baik.") for surface in surfaces))
    mentions = []
    for sentence, one, surface in zip(made.annotations.sentences, named, surfaces, strict=True):
        start = sentence.span.start + len("Menurut ")
        entity = Entity(id=one[0], name=one[1], label=label_of(one[0]))  # type: ignore[arg-type]
        mentions.append(
            Mention(span=Span(start=start, end=start + len(surface)), label=entity.label, entity=entity,
                    refers_to=None, where="body", rule="model", score=0.9)
        )  # fmt: skip
    return replace(made, annotations=replace(made.annotations, mentions=tuple(mentions)))


@pytest.fixture
def corpus(tmp_path: Path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    yield opened
    opened.close()


def joined(corpus: Corpus) -> dict[str, tuple[str, str]]:
    return {one: (other, rule) for one, other, rule in corpus.rows("SELECT entity_id, joined_id, rule FROM main.joins")}


CASES = {
    "transcriptions": ([[LOMAKIN], [LOMAKIN], [ANDREY]], {ANDREY[0]: (LOMAKIN[0], "sound")}),
    "the one that more texts have": ([[LOMAKIN], [ANDREY], [ANDREY]], {LOMAKIN[0]: (ANDREY[0], "sound")}),
    "a middle name": ([[RUDI], [RUDI_K]], {RUDI[0]: (RUDI_K[0], "fuller")}),
    "a fuller form that hardly any text has": (
        [*([RUDI] for _ in range(11)), [RUDI_K]],
        {RUDI_K[0]: (RUDI[0], "fuller")},
    ),
    "no guess where two fit": ([[RUDI], [RUDI_K], [RUDI_B]], {}),
    "a row of the gazetteer by another spelling": (
        [[("per:sergey-lavrof", "Sergey Lavrof")]],
        {"per:sergey-lavrof": ("per:sergei-lavrov", "sound")},
    ),
    "the sister and the brother": (
        [[("per:kim-yo-jong", "Kim Yo Jong")], [("per:kim-jong-un", "Kim Jong Un")], [("per:kim-jong", "Kim Jong")]],
        {},
    ),
    "one word alone": ([[("per:rudi", "Rudi")], [RUDI]], {}),
    "common names": (
        [[("per:budi-santoso", "Budi Santosa")], [("per:budi-hadi-santoso", "Budi Hadi Santoso")]],
        {},
    ),
    "a kind that clearly more texts saw": (
        [*([("org:teja-wirasastra", "Teja Wirasastra")] for _ in range(1)),
         *([("per:teja-wirasastra", "Teja Wirasastra")] for _ in range(3))],
        {"org:teja-wirasastra": ("per:teja-wirasastra", "kind")},
    ),
    "a kind that about as many saw": (
        [[("org:teja-wirasastra", "Teja Wirasastra")], [("per:teja-wirasastra", "Teja Wirasastra")]],
        {},
    ),
    "a short form that two texts introduce": (
        [[WATCH, (*WATCH, "LPN")], [WATCH, (*WATCH, "LPN")], [LPN]],
        {LPN[0]: (WATCH[0], "short")},
    ),
    "a short form that one text introduces": ([[WATCH, (*WATCH, "LPN")], [LPN]], {}),
    "a short form of two bodies": (
        [[(*WATCH, "LPN")], [(*WATCH, "LPN")], [(*CLOCK, "LPN")], [LPN]],
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.replace(" ", "-"))
def test_what_is_one_across_the_corpus(corpus: Corpus, case: str) -> None:
    texts, expected = CASES[case]
    for number, named in enumerate(texts):
        corpus.add(file_of(told(f"a{number}", *named)))
    assert joined(corpus) == expected


def test_every_figure_counts_them_as_one(corpus: Corpus) -> None:
    for number, named in enumerate([LOMAKIN, LOMAKIN, ANDREY]):
        corpus.add(file_of(told(f"a{number}", named)))
    ranked = entities.ranking(corpus, Filters())
    assert list(ranked[["entity_id", "mentions", "articles"]].itertuples(index=False, name=None)) == [
        (LOMAKIN[0], 3, 3)
    ]
    assert entities.ranking(corpus, Filters(entities=(LOMAKIN[0],)))["articles"].tolist() == [3]


def test_the_machines_tags_stay(corpus: Corpus) -> None:
    for number, named in enumerate([LOMAKIN, LOMAKIN, ANDREY]):
        corpus.add(file_of(told(f"a{number}", named)))
    kept = corpus.rows("SELECT entity_id FROM main.mentions ORDER BY doc")
    assert kept == [(LOMAKIN[0],), (LOMAKIN[0],), (ANDREY[0],)]


def test_a_join_is_taken_back_when_a_second_fits(corpus: Corpus) -> None:
    corpus.add(file_of(told("a", RUDI)))
    corpus.add(file_of(told("b", RUDI_K)))
    assert joined(corpus) == {RUDI[0]: (RUDI_K[0], "fuller")}
    corpus.add(file_of(told("c", RUDI_B)))
    assert joined(corpus) == {}


def test_what_is_joined_to_is_named(corpus: Corpus) -> None:
    corpus.add(file_of(told("a", ("per:sergey-lavrof", "Sergey Lavrof"))))
    assert entities.ranking(corpus, Filters())["name"].tolist() == ["Sergei Lavrov"]


def test_the_reasons_are_told(corpus: Corpus) -> None:
    for number, named in enumerate([LOMAKIN, LOMAKIN, ANDREY]):
        corpus.add(file_of(told(f"a{number}", named)))
    found = entities.joined(corpus, Filters(), LOMAKIN[0])
    assert list(found[["entity_id", "name", "rule", "beside", "mentions"]].itertuples(index=False, name=None)) == [
        (*ANDREY, "sound", "Andrei Lomakin", 1)
    ]
    assert entities.current(corpus, ANDREY[0]) == LOMAKIN[0]


def test_a_correction_lies_over_a_join(corpus: Corpus) -> None:
    for number, named in enumerate([LOMAKIN, LOMAKIN, ANDREY, RUDI]):
        corpus.add(file_of(told(f"a{number}", named)))
    correct(corpus, "merge_entities", {"entity_id": LOMAKIN[0]}, {"entity_id": RUDI[0]}, who="x")
    assert list(entities.ranking(corpus, Filters())["mentions"]) == [4]


POOL = [
    LOMAKIN, ANDREY, RUDI, RUDI_K, RUDI_B, WATCH, (*WATCH, "LPN"), (*CLOCK, "LPN"), LPN,
    ("per:m-rudi-wirasastra", "M. Rudi Wirasastra"), ("per:sergey-lavrof", "Sergey Lavrof"),
    ("org:teja-wirasastra", "Teja Wirasastra"), ("per:teja-wirasastra", "Teja Wirasastra"),
    ("per:kim-yo-jong", "Kim Yo Jong"), ("per:kim-yojong", "Kim Yojong"), ("per:kim-jong-un", "Kim Jong Un"),
]  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(POOL), min_size=1, max_size=3), min_size=2, max_size=8), data=st.data())
def test_the_order_of_articles_plays_no_part(tmp_path_factory: pytest.TempPathFactory, texts, data) -> None:
    articles = [told(f"a{number}", *named) for number, named in enumerate(texts)]
    folder = tmp_path_factory.mktemp("orders")
    order = data.draw(st.permutations(range(len(articles))))
    cut = data.draw(st.integers(1, len(articles) - 1))
    found = []
    one, other = Corpus.open(folder / "one.duckdb"), Corpus.open(folder / "other.duckdb")
    try:
        one.add(result("all", *articles))
        other.add(result("first", *(articles[number] for number in order[:cut])))
        for number in order[cut:]:
            other.add(file_of(articles[number]))
        found = [joined(one), joined(other)]
        with other.writing("") as cursor:
            join_names(cursor)
        found.append(joined(other))
    finally:
        one.close()
        other.close()
    assert found[0] == found[1] == found[2]
