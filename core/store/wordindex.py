"""The words of all sentences, each with its place, in a file of their own beside the corpus.

`<corpus>.words` is worked out from the corpus alone and follows it: where it lags behind, searches read the texts
instead, and find the same. It may be deleted while no one has the corpus open. Words are runs of ASCII letters, digits
and `_`, which is where a search sees the edges of words; spaced says that nothing but space stands before one.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing

import duckdb

from core.store.corpus import Corpus
from core.store.scope import Values
from core.store.search import All, Either, Leaf, Never, Node, Not, Query, Term, expression
from core.store.wordfile import SAID_TABLE

log = logging.getLogger(__name__)

FEWEST = 2000
"""Articles of a corpus that is worth an index; texts of fewer are read as fast."""

AT_A_TIME = 5000
"""Articles that are sorted together: few, because building shares its memory with the screens."""

SAID = "replace(lower(substring(d.text, s.first + 1, s.past - s.first)), chr(160), ' ')"
"""A sentence s of document d as it is searched."""

FOUND = "list_filter(regexp_extract_all(said, $mark), lambda hit: len(hit) > 0)"
"""Its hits."""

_FILL = rf"""
INSERT INTO words.placed.said
SELECT regexp_extract(item, '[a-z0-9_]+$') AS word, doc, sentence, place,
    regexp_full_match(item, '\s*[a-z0-9_]+') AS spaced
FROM (
    SELECT doc, sentence, unnest(items) AS item, generate_subscripts(items, 1) AS place
    FROM (
        SELECT s.doc, s.sentence, regexp_extract_all({SAID}, '[^a-z0-9_]*[a-z0-9_]+') AS items
        FROM main.sentences AS s JOIN main.documents AS d USING (doc) WHERE doc >= $since AND doc < $until
    )
) ORDER BY word
"""

_PRINT = """
SELECT count(*), coalesce(bit_xor(hash(doc, document_id, tagger_version)), 0)::VARCHAR FROM main.documents
WHERE doc < $until
"""
"""What the indexed articles are known by."""


def is_fresh(corpus: Corpus) -> bool:
    """The index holds every sentence of the corpus as it stands."""
    if not corpus.has_words:
        return False
    rows = corpus.rows("SELECT version FROM words.placed.state")
    return bool(rows) and rows[0][0] == corpus.version


def bring_up(corpus: Corpus, *, stop: Callable[[], bool] = lambda: False) -> bool:
    """Bring the index up to the corpus, some thousand articles at a time; True when it is fresh.

    stop is asked between the steps. One thread at a time may call it. A small corpus needs no index.
    """
    if not corpus.has_words or corpus.article_count() < FEWEST:
        return False
    with closing(corpus.cursor()) as cursor:
        try:
            while not stop():
                if is_fresh(corpus):
                    return True
                with corpus.indexing:
                    if not stop():
                        _step(cursor)
        except duckdb.Error:
            log.exception("The word index could not be brought up; searches read the texts instead")
    return False


def _step(cursor: duckdb.DuckDBPyConnection) -> None:
    """Index the next articles, or begin anew where those that are indexed have changed."""
    cursor.begin()
    row = cursor.execute("SELECT until, articles, print FROM words.placed.state").fetchone()
    until, *known = row or (0, 0, "0")
    if list(cursor.execute(_PRINT, {"until": until}).fetchone() or ()) != known:
        cursor.execute("DROP TABLE words.placed.said")
        cursor.execute(SAID_TABLE)
        until = 0
    past = cursor.execute("SELECT coalesce(max(doc) + 1, 0) FROM main.documents").fetchone() or (0,)
    ahead = min(until + AT_A_TIME, past[0])
    cursor.execute(_FILL, {"since": until, "until": ahead})
    version = cursor.execute("SELECT number FROM main.meta WHERE key = 'corpus_version'").fetchone() or (0,)
    counted = cursor.execute(_PRINT, {"until": ahead}).fetchone() or ()
    cursor.execute("DELETE FROM words.placed.state")
    cursor.execute(
        "INSERT INTO words.placed.state VALUES (?, ?, ?, ?)",
        [version[0] if ahead == past[0] else None, ahead, *counted],
    )
    cursor.commit()


def can_tell(query: Query) -> bool:
    """Every part has a word that the index knows; without one reading all texts is faster."""
    return all(leaf.tokens() for leaf in query.leaves)


def sentences_with(query: Query, values: Values) -> str:
    """A query for doc, sentence, hits, starts, ends (empty) of the sentences that hold; values takes its parameters."""
    sets = _Sets(values)
    root = query.root
    if root is None:
        return f"SELECT doc, sentence, 1 AS hits, {NO_PLACES} FROM main.sentences"
    wanted = query.wanted
    if not wanted:
        return f"SELECT doc, sentence, 1 AS hits, {NO_PLACES} FROM ({sets.of(root)})"
    counted = [leaf for leaf in wanted if isinstance(leaf, Term) and leaf.plain]
    if len(counted) == len(wanted) and _stand_apart(counted):
        placed = [sets.places(leaf) for leaf in counted]
        every = placed[0] if len(placed) == 1 else f"SELECT DISTINCT * FROM ({' UNION ALL '.join(placed)})"
        alone = root == wanted[0] or (isinstance(root, Either) and root.parts == wanted)
        only = "" if alone else f"SEMI JOIN ({sets.of(root)}) USING (doc, sentence)"
        return f"SELECT doc, sentence, count(*) AS hits, {NO_PLACES} FROM ({every}) {only} GROUP BY doc, sentence"
    values["mark"] = query.mark_re2()
    return f"SELECT doc, sentence, len({FOUND}) AS hits, {NO_PLACES} FROM ({_texts(sets.of(root))})"


def _stand_apart(terms: Sequence[Term]) -> bool:
    """No hit of one can overlap another, so that the places are the hits."""
    if len(terms) == 1:
        return len(set(terms[0].words)) == len(terms[0].words) and not (terms[0].open and len(terms[0].words) > 1)
    return all(len(term.words) == 1 for term in terms)


NO_PLACES = "[]::INTEGER[] AS starts, []::INTEGER[] AS ends"


class _Sets:
    """Queries for the sentences (doc, sentence) that hold for a part of a search."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def of(self, node: Node) -> str:
        match node:
            case All(parts):
                # what is ruled out is taken from what is there: all sentences only where nothing is asked for
                wanted = [self.of(part) for part in parts if not isinstance(part, Not)] or [_EVERY]
                denied = [self.of(part.part) for part in parts if isinstance(part, Not)]
                return "(" + " EXCEPT ".join([" INTERSECT ".join(wanted), *denied]) + ")"
            case Either(parts):
                return "(" + " UNION ".join(map(self.of, parts)) + ")"
            case Not(part):
                return f"({_EVERY} EXCEPT {self.of(part)})"
            case Never():
                return f"({_EVERY} WHERE FALSE)"
            case Term(plain=True):
                return f"(SELECT DISTINCT doc, sentence FROM ({self.places(node)}))"
            case _:
                return self._read(node)

    def places(self, term: Term) -> str:
        """doc, sentence, place of every occurrence of a plain word or phrase."""
        tokens = term.tokens()
        tables = [f"words.placed.said AS w{n}" for n in range(len(tokens))]
        where = [self._is_word(f"w{n}.word", token, goes_on) for n, (token, goes_on) in enumerate(tokens)]
        where += [
            f"w{n}.doc = w0.doc AND w{n}.sentence = w0.sentence AND w{n}.place = w0.place + {n} AND w{n}.spaced"
            for n in range(1, len(tokens))
        ]
        return f"SELECT w0.doc, w0.sentence, w0.place FROM {', '.join(tables)} WHERE {' AND '.join(where)}"

    def _read(self, leaf: Leaf) -> str:
        """Sentences with all its words, read: the index does not know what stands between them."""
        having = [
            f"SELECT DISTINCT doc, sentence FROM words.placed.said WHERE {self._is_word('word', token, goes_on)}"
            for token, goes_on in dict.fromkeys(leaf.tokens())
        ]
        pattern = self._named(expression(leaf.re2()))
        texts = _texts(f"({' INTERSECT '.join(having)})")
        return f"(SELECT doc, sentence FROM ({texts}) WHERE regexp_matches(said, {pattern}))"

    def _is_word(self, column: str, token: str, goes_on: bool) -> str:
        name = self._named(token)
        # `{` follows the letters in ASCII: a range can be looked up where a prefix has to be searched for
        return f"{column} >= {name} AND {column} < {name} || '{{'" if goes_on else f"{column} = {name}"

    def _named(self, value: str) -> str:
        name = f"index_{len(self._values)}"
        self._values[name] = value
        return f"${name}"


_EVERY = "SELECT doc, sentence FROM main.sentences"


def _texts(sentences: str) -> str:
    """doc, sentence, said of some sentences."""
    return f"""SELECT s.doc, s.sentence, {SAID} AS said
        FROM {sentences} AS c JOIN main.sentences AS s USING (doc, sentence) JOIN main.documents AS d USING (doc)"""
