"""The tables as older versions of the program made them: what the migrations must still read."""

FIRST = """
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
CREATE TABLE entities (
    entity_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, label VARCHAR NOT NULL, wikidata VARCHAR
);
CREATE TABLE mentions (
    doc INTEGER NOT NULL, sentence INTEGER, first INTEGER NOT NULL, past INTEGER NOT NULL, surface VARCHAR NOT NULL,
    label VARCHAR NOT NULL, entity_id VARCHAR NOT NULL, refers_to VARCHAR, zone VARCHAR NOT NULL,
    rule VARCHAR NOT NULL, score DOUBLE NOT NULL, tagger_version VARCHAR NOT NULL
);
CREATE TABLE sources (
    doc INTEGER NOT NULL, sentence INTEGER, first INTEGER NOT NULL, past INTEGER NOT NULL, name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, entity_id VARCHAR, rule VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
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
"""Schema 1."""

ASIDES = """
CREATE TABLE asides (
    doc INTEGER NOT NULL, sentence INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL,
    zone VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
);
CREATE VIEW stretches AS
    SELECT doc, sentence, first, past, zone, tone, score, layer FROM sentences
    UNION ALL SELECT doc, sentence, first, past, zone, 'neutral', 0.0, 'narrator' FROM asides;
"""
"""What schema 2 brought."""

UNNUMBERED = """
CREATE TABLE relays (
    doc INTEGER NOT NULL, sentence INTEGER, cite_first INTEGER NOT NULL, cite_name VARCHAR NOT NULL,
    step INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    entity_id VARCHAR, rule VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
);
ALTER TABLE mentions ADD COLUMN towards VARCHAR;
ALTER TABLE mentions ADD COLUMN towards_score DOUBLE;
ALTER TABLE mentions ADD COLUMN towards_chance DOUBLE;
"""
"""What later corpora of schema 2 have besides."""

EMPTY: dict[str, tuple[int, str]] = {
    "schema 1": (1, FIRST),
    "schema 2": (2, FIRST + ASIDES),
    "schema 2 with what was added without a number": (2, FIRST + ASIDES + UNNUMBERED),
}
"""By name: the number that stands in meta, and the tables."""
