"""docs/analyze.md lists every table with the columns that it has."""

import re
from pathlib import Path

import pytest

from core.analyze import (
    articles,
    claims,
    concordance,
    conflicts,
    copies,
    corpus_files,
    corrections,
    coverage,
    entities,
    events,
    evidence,
    export,
    heard,
    keyness,
    lineage,
    network,
    outlets,
    overview,
    tone,
)
from core.model import Filters
from core.store import Selection
from tests.store.making import GIVEN

PROJECT = Path(__file__).resolve().parents[2]
MODULES = (
    articles, claims, concordance, conflicts, copies, corpus_files, corrections, coverage, entities, events, evidence,
    export, heard, keyness, lineage, network, outlets, overview, tone,
)  # fmt: skip
EVERY = Filters()
CALLS = {
    "overview.timeline": lambda corpus: overview.timeline(corpus, EVERY, "week"),
    "overview.attention": lambda corpus: overview.attention(corpus, EVERY),
    "overview.gaps": lambda corpus: overview.gaps(corpus, EVERY),
    "evidence.sentences": lambda corpus: evidence.sentences(corpus, EVERY, Selection(words="kim")),
    "articles.list_articles": lambda corpus: articles.list_articles(corpus, EVERY),
    "outlets.volume": lambda corpus: outlets.volume(corpus, EVERY),
    "outlets.sources_cited": lambda corpus: outlets.sources_cited(corpus, EVERY),
    "outlets.speakers": lambda corpus: outlets.speakers(corpus, EVERY),
    "outlets.entity_attention": lambda corpus: outlets.entity_attention(corpus, EVERY),
    "outlets.sharing": lambda corpus: outlets.sharing(corpus, EVERY),
    "outlets.likeness": lambda corpus: outlets.likeness(corpus, EVERY),
    "coverage.by_period": lambda corpus: coverage.by_period(corpus, EVERY, "day"),
    "coverage.by_outlet": lambda corpus: coverage.by_outlet(coverage.by_period(corpus, EVERY, "day")),
    "coverage.by_event": lambda corpus: coverage.by_event(corpus, EVERY, top=5),
    "outlets.copying": lambda corpus: outlets.copying(corpus, EVERY),
    "keyness.distinctive_words": lambda corpus: keyness.distinctive_words(corpus, EVERY, outlet="harian-a"),
    "keyness.log_odds": lambda corpus: keyness.log_odds({"a": 1}, {"a": 2}, prior={"a": 1}),
    "entities.ranking": lambda corpus: entities.ranking(corpus, EVERY),
    "entities.by_outlet": lambda corpus: entities.by_outlet(corpus, EVERY, ("gpe:seoul",)),
    "entities.over_time": lambda corpus: entities.over_time(corpus, EVERY, ("gpe:seoul",), "day"),
    "entities.surfaces": lambda corpus: entities.surfaces(corpus, EVERY, "gpe:seoul"),
    "entities.joined": lambda corpus: entities.joined(corpus, EVERY, "gpe:seoul"),
    "entities.find": lambda corpus: entities.find(corpus, "seoul"),
    "network.ties": lambda corpus: network.ties(corpus, EVERY, ("per:kim-jong-un", "per:vladimir-putin")),
    "concordance.by_context": lambda corpus: concordance.by_context(corpus, EVERY, "left", words="kim"),
    "entities.rising": lambda corpus: entities.rising(corpus, EVERY),
    "concordance.kwic": lambda corpus: concordance.kwic(corpus, EVERY, words="kim"),
    "tone.by_outlet": lambda corpus: tone.by_outlet(corpus, EVERY),
    "tone.over_time": lambda corpus: tone.over_time(corpus, EVERY, "month"),
    "tone.by_entity": lambda corpus: tone.by_entity(corpus, EVERY),
    "tone.towards": lambda corpus: tone.towards(corpus, EVERY),
    "tone.distribution": lambda corpus: tone.distribution(corpus, EVERY, by="outlet"),
    "tone.favours": lambda corpus: tone.favours(corpus, EVERY),
    "tone.spread": lambda corpus: tone.spread(corpus, EVERY),
    "tone.disagreement": lambda corpus: tone.disagreement(corpus, EVERY),
    "tone.widest_gaps": lambda corpus: tone.widest_gaps(corpus, EVERY),
    "claims.catalogue": lambda corpus: claims.catalogue(),
    "claims.matrix": lambda corpus: claims.matrix(corpus, EVERY),
    "events.events": lambda corpus: events.events(corpus, EVERY),
    "events.reports": lambda corpus: events.reports(corpus, EVERY, "car_given@2024-02-20"),
    "conflicts.conflicts": lambda corpus: conflicts.conflicts(corpus, EVERY),
    "claims.evidence": lambda corpus: claims.evidence(corpus, EVERY, GIVEN),
    "claims.omissions": lambda corpus: claims.omissions(corpus, EVERY, GIVEN),
    "claims.timeline": lambda corpus: claims.timeline(corpus, EVERY),
    "claims.clauses": lambda corpus: claims.clauses(corpus, EVERY),
    "claims.speakers": lambda corpus: claims.speakers(corpus, EVERY),
    "lineage.routes": lambda corpus: lineage.routes(corpus, EVERY),
    "lineage.copies": lambda corpus: lineage.copies(corpus, EVERY),
    "lineage.exchanges": lambda corpus: lineage.exchanges(lineage.copies(corpus, EVERY)),
    "heard.speakers": lambda corpus: heard.speakers(corpus, EVERY, top=5),
    "heard.sources": lambda corpus: heard.sources(corpus, EVERY, top=5),
    "heard.directness": lambda corpus: heard.directness(corpus, EVERY),
    "corpus_files.files": corpus_files.files,
    "corpus_files.refusals": corpus_files.refusals,
    "corpus_files.behind": lambda corpus: corpus_files.behind(corpus, EVERY),
    "corpus_files.tagger_versions": corpus_files.tagger_versions,
    "corrections.listing": corrections.listing,
    "corrections.unknown_domains": corrections.unknown_domains,
    "copies.clusters": lambda corpus: copies.clusters(corpus, EVERY),
    "copies.members": lambda corpus: copies.members(corpus, 0),
    "copies.differences": lambda corpus: copies.differences(corpus, "doc-hadiah", "doc-kabar"),
}


def documented():
    """What docs/analyze.md says each function returns, by its name."""
    text = (PROJECT / "docs" / "analyze.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([\w.]+)\(.*?\| (.*?) \|$", text, re.MULTILINE))


@pytest.mark.parametrize("name", CALLS)
def test_a_table_has_the_columns_that_are_documented(corpus, name):
    assert ", ".join(CALLS[name](corpus).columns) == documented()[name]


def test_the_network_has_the_columns_that_are_documented(corpus):
    found = network.co_mentions(corpus, EVERY, at_least=1)
    nodes, edges = re.findall(r"\((.*?)\)", documented()["network.co_mentions"])
    assert (", ".join(found.nodes.columns), ", ".join(found.edges.columns)) == (nodes, edges)


def test_every_public_function_is_documented():
    names = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, what in vars(module).items()
        if callable(what) and not isinstance(what, type) and not name.startswith("_")
        and getattr(what, "__module__", None) == module.__name__
    }  # fmt: skip
    shared_within = {"evidence.with_marks", "copies.copies_of", "export.defused", "export.write_cell"}
    assert names - shared_within == set(documented())


def test_analysis_holds_no_sql():
    for module in (PROJECT / "core" / "analyze").glob("*.py"):
        text = module.read_text(encoding="utf-8")
        assert "duckdb" not in text, module.name
        assert not re.search(r"\bSELECT\b", text), module.name
