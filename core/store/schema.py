"""The tables of the corpus file, and opening it.

doc is the number of an article in this corpus; document_id is its id everywhere. Offsets count code points,
half-open. Derived rows carry the tagger_version that made them. An aside is a line outside the sentences that
holds a counted tag, such as a credit that names the agency: it is numbered on after the sentences, so that
every tag can be shown where it stands. published_first and published_last are the
first and last day that a partial date can mean; published_day is set where both are the same day.
"""

import logging
from pathlib import Path

import duckdb

from core.errors import CorpusBusyError, CorpusDamagedError, CorpusError
from core.store.migrations import bring_up
from core.store.wordfile import attach

log = logging.getLogger(__name__)

SCHEMA_VERSION = 3
"""Grows with every change of TABLES; core.store.migrations has the step that brings older corpora there."""

TABLES = """
CREATE TABLE meta (key VARCHAR PRIMARY KEY, number BIGINT NOT NULL);
CREATE TABLE files (
    file_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, size_bytes BIGINT NOT NULL,
    origin VARCHAR NOT NULL, outcome VARCHAR NOT NULL, reason VARCHAR, articles INTEGER NOT NULL,
    known INTEGER NOT NULL, refused INTEGER NOT NULL, added_at TIMESTAMP NOT NULL
);
CREATE TABLE refusals (
    file_id INTEGER NOT NULL, name VARCHAR NOT NULL, record INTEGER NOT NULL, reason VARCHAR NOT NULL
);
CREATE TABLE documents (
    doc INTEGER PRIMARY KEY, document_id VARCHAR NOT NULL UNIQUE, file_id INTEGER NOT NULL,
    file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, record INTEGER NOT NULL, sample BOOLEAN NOT NULL,
    outlet VARCHAR NOT NULL, outlet_name VARCHAR, outlet_rule VARCHAR, url VARCHAR, title VARCHAR,
    published VARCHAR, precision VARCHAR, published_first DATE, published_last DATE, published_day DATE,
    published_month DATE, published_basis VARCHAR, published_evidence VARCHAR, byline VARCHAR,
    language VARCHAR NOT NULL, language_confidence DOUBLE NOT NULL, raw_text VARCHAR NOT NULL, text VARCHAR NOT NULL,
    folded VARCHAR NOT NULL, words INTEGER NOT NULL, removed VARCHAR NOT NULL, zones VARCHAR NOT NULL,
    notes VARCHAR NOT NULL, tone VARCHAR NOT NULL, score DOUBLE NOT NULL, narrator DOUBLE, quoted DOUBLE,
    tagger_version VARCHAR NOT NULL
);
CREATE TABLE sightings (
    doc INTEGER NOT NULL, file_id INTEGER NOT NULL, sha256 VARCHAR NOT NULL, record INTEGER NOT NULL,
    new BOOLEAN NOT NULL
);
CREATE TABLE sentences (
    doc INTEGER NOT NULL, sentence INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL,
    zone VARCHAR NOT NULL, tone VARCHAR NOT NULL, score DOUBLE NOT NULL, layer VARCHAR NOT NULL,
    tagger_version VARCHAR NOT NULL
);
CREATE TABLE asides (
    doc INTEGER NOT NULL, sentence INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL,
    zone VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
);
CREATE VIEW stretches AS
    SELECT doc, sentence, first, past, zone, tone, score, layer FROM sentences
    UNION ALL SELECT doc, sentence, first, past, zone, 'neutral', 0.0, 'narrator' FROM asides;
CREATE TABLE entities (
    entity_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, label VARCHAR NOT NULL, wikidata VARCHAR
);
CREATE TABLE mentions (
    doc INTEGER NOT NULL, sentence INTEGER, first INTEGER NOT NULL, past INTEGER NOT NULL, surface VARCHAR NOT NULL,
    label VARCHAR NOT NULL, entity_id VARCHAR NOT NULL, refers_to VARCHAR, zone VARCHAR NOT NULL,
    rule VARCHAR NOT NULL, score DOUBLE NOT NULL, tagger_version VARCHAR NOT NULL, towards VARCHAR,
    towards_score DOUBLE, towards_chance DOUBLE
);
CREATE TABLE sources (
    doc INTEGER NOT NULL, sentence INTEGER, first INTEGER NOT NULL, past INTEGER NOT NULL, name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, entity_id VARCHAR, rule VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
);
CREATE TABLE relays (
    doc INTEGER NOT NULL, sentence INTEGER, cite_first INTEGER NOT NULL, cite_name VARCHAR NOT NULL,
    step INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    entity_id VARCHAR, rule VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
);
CREATE TABLE quotes (
    doc INTEGER NOT NULL, sentence INTEGER, last_sentence INTEGER, first INTEGER NOT NULL, past INTEGER NOT NULL,
    kind VARCHAR NOT NULL, speaker VARCHAR, speaker_entity VARCHAR, speaker_first INTEGER, speaker_past INTEGER,
    cue VARCHAR NOT NULL, rule VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
);
CREATE TABLE claims (
    doc INTEGER NOT NULL, sentence INTEGER, last_sentence INTEGER, first INTEGER NOT NULL, past INTEGER NOT NULL,
    claim_id VARCHAR NOT NULL, stance VARCHAR NOT NULL, attributed_to VARCHAR, rule VARCHAR NOT NULL,
    tagger_version VARCHAR NOT NULL
);
CREATE TABLE terms (doc INTEGER NOT NULL, term VARCHAR NOT NULL, count INTEGER NOT NULL);
CREATE TABLE shingles (doc INTEGER NOT NULL, hash UBIGINT NOT NULL, whole BOOLEAN NOT NULL);
CREATE TABLE clusters (doc INTEGER NOT NULL, cluster_id INTEGER NOT NULL, like_doc INTEGER, containment DOUBLE);
CREATE TABLE corrections (
    correction_id INTEGER PRIMARY KEY, made_at TIMESTAMP NOT NULL, who VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    target VARCHAR NOT NULL, before VARCHAR, after VARCHAR, reason VARCHAR
);
CREATE TABLE audit (done_at TIMESTAMP NOT NULL, who VARCHAR NOT NULL, action VARCHAR NOT NULL, detail VARCHAR);
"""

CONNECTION: dict[str, str | bool | int | float | list[str]] = {
    # past it DuckDB writes to disk beside the corpus, for a laptop has other work to do; at 192 MB a question over
    # 100,000 articles found no room beside another
    "memory_limit": "320MB",
    # what a question freed goes back to the system soon: a server lives for weeks
    "allocator_flush_threshold": "16MB",
    "allocator_background_threads": "true",
    "autoinstall_known_extensions": "false",  # nothing is fetched
    "autoload_known_extensions": "false",
}

CLOSED = """
SET enable_external_access = false;
SET lock_configuration = true;
"""
"""Once the corpus is open: no query reads or writes another file."""

RESTORING = ".restoring"
"""A folder of this name beside the corpus holds a backup that is being put in its place (core.restore)."""

RESTORE = "Move it away to start an empty corpus, or put a backup in its place: python -m core restore."


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """An open connection to a corpus of this schema; the file and its folder are made where there is none.

    Raises: CorpusBusyError, CorpusDamagedError, and CorpusError where the folder cannot be used.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        refuse_half_restored(path)
        connection = duckdb.connect(str(path), config=CONNECTION)
    except OSError as error:
        raise CorpusError(
            f"The folder {path.parent} cannot be used ({error.strerror}): give write access to it."
        ) from error
    except duckdb.Error as error:
        raise explained(path, error) from error
    try:
        refuse_half_restored(path)  # once the file is ours: from now on no restore begins
        _prepare(connection, path)
        if not _is_closed(connection):
            attach(connection, path)
            connection.execute(CLOSED)
    except CorpusError:
        connection.close()
        raise
    except duckdb.Error as error:
        connection.close()
        raise explained(path, error) from error
    return connection


def refuse_half_restored(path: Path) -> None:
    """Raises: CorpusError while a backup is being put in the place of this corpus, or where that was broken off."""
    if (path.parent / RESTORING).exists():
        raise CorpusError(
            f"A backup is being restored into {path.parent}, or that was broken off: wait for it, or run "
            "python -m core restore with the same backup again, which finishes it."
        )


def _is_closed(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether this process has the corpus open already: then both share what was set and attached."""
    return connection.execute("SELECT current_setting('lock_configuration')").fetchall() == [(True,)]


def explained(path: Path, error: duckdb.Error) -> CorpusError:
    """What kept DuckDB from opening the file, with the remedy."""
    said = str(error)
    if "Could not set lock" in said:
        return CorpusBusyError(
            f"The corpus {path} is open in another process: close that one, "
            "or put files into the inbox folder and let it take them."
        )
    if "ermission denied" in said or "Read-only file system" in said or "read-only" in said:
        return CorpusError(f"The corpus {path} cannot be written to: give write access to the file and its folder.")
    return CorpusDamagedError(f"{path} is not a corpus, or a broken one. {RESTORE}")


def _prepare(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    found = {str(name) for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not found:
        _create(connection)
        return
    if "meta" not in found:
        raise CorpusDamagedError(f"{path} is a database of something else, not a corpus. {RESTORE}")
    row = connection.execute("SELECT number FROM meta WHERE key = 'schema_version'").fetchone()
    if row is None:
        raise CorpusDamagedError(f"{path} is a corpus without a schema version, so a broken one. {RESTORE}")
    if kept := bring_up(connection, path, int(row[0]), SCHEMA_VERSION):
        log.warning("%s was brought from schema %s to %s; as it was before it stands in %s", path, row[0],
                    SCHEMA_VERSION, kept)  # fmt: skip


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    connection.execute(TABLES)
    connection.execute("INSERT INTO meta VALUES ('schema_version', ?), ('corpus_version', 0)", [SCHEMA_VERSION])
    connection.commit()
