import re

import pandas as pd
import pytest

from core.analyze import concordance, entities, network
from core.model import Filters
from core.store import Corpus
from tests.store.making import S, article, file_of

KIM, PUTIN, GOVERNMENT = "per:kim-jong-un", "per:vladimir-putin", "org:pemerintah-rusia"


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_the_ranking_counts_mentions_articles_and_texts(corpus):
    frame = entities.ranking(corpus, Filters())
    columns = ("entity_id", "mentions", "as_metonym", "articles", "independent", "outlets")
    assert rows(frame, *columns) == [
        (KIM, 5, 0, 4, 4, 4),
        (PUTIN, 4, 0, 4, 3, 3),  # panjang and salinan are one text
        ("gpe:rusia", 2, 0, 2, 2, 2),
        ("gpe:seoul", 2, 0, 1, 1, 1),
        ("gpe:korea-utara", 1, 0, 1, 1, 1),  # the one in a title is not counted
        ("gpe:moskow", 1, 0, 1, 1, 1),
        (GOVERNMENT, 1, 1, 1, 1, 1),
    ]
    assert (frame["of_articles"] == 7).all()
    assert (frame["of_independent"] == 6).all()


@pytest.mark.parametrize(("reading", "place", "government"), [("named", 1, None), ("meant", None, 1), ("both", 1, 1)])
def test_metonyms_count_as_place_as_meant_or_as_both(corpus, reading, place, government):
    counts = entities.ranking(corpus, Filters(), reading=reading).set_index("entity_id")["mentions"]
    assert counts.get("gpe:moskow") == place
    assert counts.get(GOVERNMENT) == government


def test_what_a_metonym_stands_for_has_a_name_and_a_label(corpus):
    row = entities.ranking(corpus, Filters()).set_index("entity_id").loc[GOVERNMENT]
    assert (row["name"], row["label"]) == ("Pemerintah Rusia", "ORG")


def test_the_ranking_may_be_of_one_label(corpus):
    assert list(entities.ranking(corpus, Filters(), label="PER")["entity_id"]) == [KIM, PUTIN]
    assert len(entities.ranking(corpus, Filters(), top=1)) == 1


def test_the_ranking_goes_by_the_measure_asked(corpus):
    def order(by):
        return [(row["entity_id"], row[by]) for row in entities.ranking(corpus, Filters(), by=by).to_dict("records")][
            :3
        ]

    assert order("mentions") == [(KIM, 5), (PUTIN, 4), ("gpe:rusia", 2)]
    assert order("independent") == [(KIM, 4), (PUTIN, 3), ("gpe:rusia", 2)]
    assert order("articles") == [(KIM, 4), (PUTIN, 4), ("gpe:rusia", 2)]


def test_an_entity_is_found_by_name_and_by_surface(corpus):
    assert entities.find(corpus, " KIM ")["entity_id"].tolist() == [KIM]
    assert entities.find(corpus, "korut")["entity_id"].tolist() == ["gpe:korea-utara"]
    assert entities.find(corpus, "tiada")["entity_id"].tolist() == []


def test_names_are_given_in_order_and_none_for_what_is_not_there(corpus):
    assert entities.names(corpus, (PUTIN, "per:tiada")) == {PUTIN: "Vladimir Putin"}
    assert entities.current(corpus, "per:tiada") == "per:tiada"


def test_by_outlet_has_zeros_and_the_order_asked(corpus):
    frame = entities.by_outlet(corpus, Filters(sample=False), (PUTIN, GOVERNMENT, "per:tiada"))
    assert rows(frame, "entity_id", "outlet", "mentions", "independent", "of_independent", "share") == [
        (PUTIN, "harian-a", 2, 2, 2, 1.0),
        (PUTIN, "harian-b", 1, 1, 2, 0.5),
        (PUTIN, "harian-c", 1, 1, 1, 1.0),
        (PUTIN, "unknown", 0, 0, 1, 0.0),
        (GOVERNMENT, "harian-a", 1, 1, 2, 0.5),
        (GOVERNMENT, "harian-b", 0, 0, 2, 0.0),
        (GOVERNMENT, "harian-c", 0, 0, 1, 0.0),
        (GOVERNMENT, "unknown", 0, 0, 1, 0.0),
    ]


def test_over_time_has_every_period_with_an_article(corpus):
    frame = entities.over_time(corpus, Filters(), (KIM,), "month")
    assert rows(frame, "period", "mentions", "articles", "of_articles", "independent", "of_independent") == [
        (pd.Timestamp(2023, 9, 1), 1, 1, 1, 1, 1),
        (pd.Timestamp(2024, 2, 1), 3, 2, 2, 2, 2),
        (pd.Timestamp(2024, 3, 1), 1, 1, 3, 1, 2),
    ]
    assert frame["share"].tolist() == [1.0, 1.0, 0.5]


def test_surfaces_tell_names_from_metonyms(corpus):
    assert rows(entities.surfaces(corpus, Filters(), GOVERNMENT), "surface", "reading", "mentions") == [
        ("Moskow", "metonym", 1)
    ]
    assert rows(entities.surfaces(corpus, Filters(), "gpe:moskow"), "surface", "reading", "rules") == [
        ("Moskow", "named", "test")
    ]


@pytest.fixture
def months(tmp_path):
    """Putin in every one of ten old texts and two new ones, Kim in the two new ones only."""
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    for n in range(10):
        opened.add(file_of(article(f"lama{n}", S(f"Putin pergi ke pasar nomor {n}."), published=f"2024-01-{n + 1:02}")))
    for n in range(2):
        opened.add(file_of(article(f"baru{n}", S(f"Putin dan Kim bertemu {n}."), published=f"2024-05-0{n + 1}")))
    yield opened
    opened.close()


def test_rising_names_the_new_and_not_the_steady(months):
    frame = entities.rising(months, Filters(), days=30)
    columns = ("entity_id", "recent", "before", "of_recent", "of_before", "share", "share_before", "is_new")
    assert rows(frame, *columns) == [(KIM, 2, 0, 2, 10, 1.0, 0.0, True)]


def test_the_network_has_an_edge_for_shared_sentences(corpus):
    found = network.co_mentions(corpus, Filters(), at_least=2)
    assert rows(found.edges, "entity_id", "other_id", "sentences", "articles", "independent") == [(KIM, PUTIN, 2, 2, 2)]
    assert rows(found.nodes, "entity_id", "degree", "strength") == [(KIM, 1, 2), (PUTIN, 1, 2)]


def test_ties_are_those_of_the_chosen_alone(corpus):
    assert rows(network.ties(corpus, Filters(), (KIM, PUTIN)), "name", "other_name", "sentences") == [
        ("Kim Jong Un", "Vladimir Putin", 2)
    ]
    assert network.ties(corpus, Filters(), (KIM, "per:tiada")).empty


def test_hits_are_put_in_order_by_the_words_beside_them(corpus):
    every = concordance.kwic(corpus, Filters(), entity_id=KIM)
    for side, step in (("left", -1), ("right", 1)):
        found = concordance.by_context(corpus, Filters(), side, entity_id=KIM)
        nearest = [re.findall(r"\w+", said.lower())[::step] for said in found[side]]
        assert nearest == sorted(nearest)
        assert sorted(found["start"]) == sorted(every["start"])


def test_npmi_is_one_for_those_never_apart_and_less_for_others(corpus):
    edges = network.co_mentions(corpus, Filters(), at_least=1).edges.set_index(["entity_id", "other_id"])
    # Kim in 5 sentences, Putin in 4, both in 2, of 16 of body and subhead: ln(2 * 16 / 20) / -ln(2 / 16)
    assert edges.loc[(KIM, PUTIN), "npmi"] == pytest.approx(0.2260, abs=1e-4)


def test_the_layout_is_the_same_each_time_and_within_bounds(corpus):
    one, other = (network.co_mentions(corpus, Filters(), at_least=1) for _ in range(2))
    assert one.nodes.equals(other.nodes)
    assert one.nodes[["x", "y"]].abs().to_numpy().max() <= 1.0
    places = one.nodes.set_index("entity_id")
    for edge in one.edges.to_dict("records"):
        assert (edge["x"], edge["other_y"]) == (
            places.loc[edge["entity_id"], "x"],
            places.loc[edge["other_id"], "y"],
        )


def test_a_network_of_nothing_is_empty(corpus):
    found = network.co_mentions(corpus, Filters(words="tiada"))
    assert (len(found.nodes), len(found.edges)) == (0, 0)


def test_no_two_nodes_stand_on_one_spot(corpus):
    nodes = network.co_mentions(corpus, Filters(), at_least=1).nodes
    places = nodes[["x", "y"]].to_numpy()
    gaps = [abs(one - other).max() for n, one in enumerate(places) for other in places[:n]]
    assert min(gaps) > 0.05
