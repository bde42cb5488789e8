"""Through whom a source came is kept with it, and older corpora learn to keep it."""

import json

import duckdb

from core.model import Tagged
from core.pipeline import process
from core.settings import Settings
from core.store import Corpus, records

TEXT = "KCNA melaporkan kapal itu tiba, dikutip Yonhap, seperti dilansir Reuters. Muatannya beras dan gula."


def added(corpus):
    data = json.dumps({"title": "Kapal", "outlet": "okezone", "text": TEXT}).encode()
    tagged: list[Tagged] = []
    result = process("kapal.jsonl", data, origin="upload", settings=Settings())
    found = list(result.found)
    tagged += [one for one in found if isinstance(one, Tagged)]
    corpus.add(type(result)(**{name: getattr(result, name) for name in ("name", "sha256", "size_bytes", "origin")},
                            found=iter(found)))  # fmt: skip
    return tagged[0]


def test_a_chain_comes_back_as_it_was(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    tagged = added(corpus)
    stored = records.load(corpus, tagged.document.id)
    corpus.close()
    assert stored.annotations.sources == tagged.annotations.sources
    assert [relay.name for relay in stored.annotations.sources[0].chain] == ["Yonhap", "Reuters"]


def test_a_corpus_from_before_chains_opens_and_keeps_new_ones(tmp_path):
    path = tmp_path / "corpus.duckdb"
    Corpus.open(path).close()
    with duckdb.connect(str(path)) as plain:
        plain.execute("DROP TABLE relays")
        plain.execute("UPDATE meta SET number = 2 WHERE key = 'schema_version'")
    corpus = Corpus.open(path)
    tagged = added(corpus)
    chains = [source.chain for source in records.load(corpus, tagged.document.id).annotations.sources]
    corpus.close()
    assert any(chains)
