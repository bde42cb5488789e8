"""Questions about files, refusals and near-duplicate clusters."""

import pandas as pd

from core.model import Added, Filters, Refusal, Source
from core.store.corpus import Corpus
from core.store.scope import picked


def files(corpus: Corpus) -> pd.DataFrame:
    """The columns of analyze.corpus_files.files."""
    return corpus.frame(
        """SELECT file_id, name, outcome, reason, articles, known, refused, size_bytes, sha256, origin, added_at
        FROM files ORDER BY file_id DESC"""
    )


def last_number(corpus: Corpus) -> int:
    """The number of the file that came last, -1 before any."""
    return int(corpus.rows("SELECT coalesce(max(file_id), -1) FROM main.files")[0][0])


def committed(corpus: Corpus, name: str, sha256: str, *, since: int) -> Added | None:
    """What became of a file if it came after file number `since`, else None."""
    found = corpus.rows(
        """SELECT file_id, outcome, articles, known FROM main.files
        WHERE file_id > $since AND name = $name AND sha256 = $sha256 ORDER BY file_id LIMIT 1""",
        {"since": since, "name": name, "sha256": sha256},
    )
    if not found:
        return None
    file_id, outcome, added, known = found[0]
    refused = corpus.rows(
        "SELECT name, record, reason FROM main.refusals WHERE file_id = $file_id ORDER BY record", {"file_id": file_id}
    )
    return Added(
        outcome=outcome,
        articles=added + known,
        added=added,
        refusals=tuple(
            Refusal(source=Source(name=member, sha256=sha256, record=record), reason=reason)
            for member, record, reason in refused
        ),
    )


def refusals(corpus: Corpus) -> pd.DataFrame:
    """The columns of analyze.corpus_files.refusals."""
    return corpus.frame(
        """SELECT file_id, r.name, r.record, r.reason, origin, added_at FROM refusals AS r JOIN files USING (file_id)
        ORDER BY file_id DESC, r.name, r.record"""
    )


def refusal_count(corpus: Corpus) -> int:
    """Files and records that were not taken."""
    return int(corpus.rows("SELECT count(*) FROM refusals")[0][0])


def tagger_versions(corpus: Corpus) -> pd.DataFrame:
    """The columns of analyze.corpus_files.tagger_versions."""
    return corpus.frame(
        "SELECT tagger_version, count(*) AS articles FROM documents GROUP BY ALL ORDER BY articles DESC, tagger_version"
    )


def seen_again(corpus: Corpus, document_id: str) -> pd.DataFrame:
    """name, added_at, origin of the files that brought an article that was already here."""
    return corpus.frame(
        """SELECT f.name, f.added_at, f.origin FROM sightings JOIN files AS f USING (file_id) JOIN documents USING (doc)
        WHERE NOT new AND document_id = $document_id ORDER BY file_id""",
        {"document_id": document_id},
    )


def behind(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """The columns of analyze.corpus_files.behind."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT f.name, f.sha256, count(*) AS articles
        FROM picked JOIN sightings AS s USING (doc) JOIN files AS f ON f.file_id = s.file_id WHERE s.new
        GROUP BY f.name, f.sha256 ORDER BY f.name, f.sha256""",
        values,
    )


def file_of(corpus: Corpus, document_id: str) -> tuple[str, str] | None:
    """Name and sha256 of the file that brought an article first."""
    rows = corpus.rows(
        """SELECT f.name, f.sha256
        FROM documents JOIN sightings AS s USING (doc) JOIN files AS f ON f.file_id = s.file_id
        WHERE s.new AND document_id = $document_id""",
        {"document_id": document_id},
    )
    return (str(rows[0][0]), str(rows[0][1])) if rows else None


def clusters(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """The columns of analyze.copies.clusters."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked},
        many AS (SELECT cluster_id FROM picked GROUP BY cluster_id HAVING count(*) > 1)
        SELECT cluster_id, count(*) AS articles, count(DISTINCT outlet) AS outlets,
            string_agg(DISTINCT outlet_name, ', ' ORDER BY outlet_name) AS outlet_names,
            min(published) AS first_published, max(published) AS last_published,
            first(title ORDER BY coalesce(published, '9999'), doc) AS title,
            first(document_id ORDER BY coalesce(published, '9999'), doc) AS document_id
        FROM picked SEMI JOIN many USING (cluster_id) GROUP BY cluster_id ORDER BY articles DESC, cluster_id""",
        values,
    )


def members(corpus: Corpus, cluster_id: int) -> pd.DataFrame:
    """document_id, outlet, outlet_name, published, title, words, file, text of a cluster's articles, earliest first."""
    return corpus.frame(
        """SELECT document_id, outlet, coalesce(outlet_name, outlet) AS outlet_name, published, title, words, file, text
        FROM documents JOIN clusters USING (doc) WHERE cluster_id = $cluster_id
        ORDER BY coalesce(published, '9999'), doc""",
        {"cluster_id": cluster_id},
    )


def texts(corpus: Corpus, document_ids: list[str]) -> dict[str, str]:
    """The cleaned text of each article."""
    return dict(
        corpus.rows(
            "SELECT document_id, text FROM documents WHERE document_id IN (SELECT unnest($ids::VARCHAR[]))",
            {"ids": document_ids},
        )
    )
