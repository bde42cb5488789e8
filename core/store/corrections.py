"""Making, undoing and listing corrections. A correction is one entry of the log and one transaction."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from core.errors import CorrectionError
from core.model import Label, Polarity, plain_spaces
from core.store.corpus import Corpus
from core.store.correction import TAG_KINDS, Correction, Fields, Kind, active
from core.store.correction_log import append, read_log
from core.store.replay import DOMAIN, SHOWN_SURFACE, UNNAMED, anchor_of, offset_map, replay, replay_where
from core.store.resolution import Anchor

TABLES = {"mention": "mentions", "quote": "quotes", "source": "sources", "claim": "claims", "sentence": "sentences"}
ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
MACHINE = {
    "mention": "entity_id, refers_to, label, rule",
    "quote": "speaker, kind, rule",
    "source": "name, kind, rule",
    "claim": "claim_id, stance, attributed_to, rule",
    "sentence": "tone, score, layer",
}
"""What the log keeps of a tag that is corrected."""


class NothingChangedError(CorrectionError):
    """The corpus already says so."""


def log(corpus: Corpus) -> list[Correction]:
    """Every entry, oldest first."""
    cursor = corpus.cursor()
    try:
        return read_log(cursor)
    finally:
        cursor.close()


def correct(corpus: Corpus, kind: Kind, target: Fields, after: Fields, *, who: str, reason: str = "") -> Correction:
    """Make one correction and lay it over the corpus.

    target and after are as core.store.correction says; of a place article, start and end are enough.
    Raises: CorrectionError where the target is not in the corpus, the value cannot be or nothing would change.
    """
    said = _checked_name(who)
    with corpus.writing("The correction could not be written") as cursor:
        target = _completed(cursor, kind, dict(target))
        after = _checked(kind, dict(after))
        before = _before(cursor, kind, target)
        if kind != "undo" and before == after:
            raise NothingChangedError("Nothing would change: the corpus already says so.")
        number = append(cursor, kind, (target, before, after), who=said, reason=reason.strip())
        entries = read_log(cursor)
        _replay(cursor, entries, entries[-1])
    return next(one for one in entries if one.id == number)


def _replay(cursor: duckdb.DuckDBPyConnection, entries: list[Correction], made: Correction) -> None:
    """Work out what the last entry, or the one that it takes back, can change."""
    by_id = {one.id: one for one in entries}
    while made.kind == "undo":
        made = by_id[int(made.target["correction"])]
    if made.kind == "set_outlet_of_domain":
        found = cursor.execute(
            f"SELECT doc FROM main.documents WHERE {UNNAMED} AND {DOMAIN} = $domain", {"domain": made.target["domain"]}
        ).fetchall()
    elif "article" in made.target:
        found = cursor.execute(
            "SELECT doc FROM main.documents WHERE document_id = $id", {"id": made.target["article"]}
        ).fetchall()
    else:
        found = []
    docs = [int(doc) for (doc,) in found]
    if docs and made.kind not in ("move_mention", "set_outlet_of_domain"):
        replay(cursor, entries, docs[0], docs[0])
    else:  # a mention that moves may bring a new entity
        replay_where(cursor, entries, docs=docs)


def undo(corpus: Corpus, correction_id: int, *, who: str, reason: str = "") -> Correction:
    """Take a correction back, or an undo; the log keeps both.

    Raises: CorrectionError where the log has no such entry or it is undone already.
    """
    entries = log(corpus)
    if correction_id not in {one.id for one in entries}:
        raise CorrectionError(f"There is no correction number {correction_id}.")
    if correction_id in _undone(entries):
        raise NothingChangedError(f"Correction number {correction_id} is undone already.")
    return correct(corpus, "undo", {"correction": correction_id}, {}, who=who, reason=reason)


def _undone(entries: list[Correction]) -> set[int]:
    gone: set[int] = set()
    for one in reversed(entries):
        if one.kind == "undo" and one.id not in gone:
            gone.add(int(one.target["correction"]))
    return gone


def _checked_name(who: str) -> str:
    name = " ".join(who.split())
    if not name:
        raise CorrectionError("A correction needs the name of who makes it: write yours first.")
    return name


def _checked(kind: Kind, after: dict[str, Any]) -> dict[str, Any]:
    """The value, tidied. Raises: CorrectionError for one that cannot be."""
    for key in ("name", "outlet_name", "title"):
        if isinstance(after.get(key), str):
            after[key] = " ".join(after[key].split())
    if kind == "rename_entity" and not after.get("name"):
        raise CorrectionError("A name cannot be empty.")
    if kind == "set_title" and not after.get("title"):
        raise CorrectionError("A title cannot be empty.")
    if kind in ("merge_entities", "split_entity", "move_mention"):
        if not after.get("entity_id"):
            raise CorrectionError("Choose the entity that it belongs to.")
        if "name" in after and (not after["name"] or after.get("label") not in Label.__args__):  # type: ignore[attr-defined]
            raise CorrectionError("A new entity needs a name and a kind.")
    if kind in ("set_outlet", "set_outlet_of_domain") and after.get("outlet") and not after.get("outlet_name"):
        raise CorrectionError("An outlet needs a name.")
    if kind == "set_date" and after.get("published") is not None:
        after["published"] = _checked_date(str(after["published"]))
    if kind == "set_tone":
        score = float(after["score"])
        if after.get("tone") not in Polarity.__args__ or not -1 <= score <= 1:  # type: ignore[attr-defined]
            raise CorrectionError("A tone is negative, neutral or positive, with a score from -1 to 1.")
        after["score"] = score
    return after


def _checked_date(iso: str) -> str:
    """Raises: CorrectionError where it is no day, month or year that can be."""
    try:
        if not ISO.fullmatch(iso) or not 1900 <= int(iso[:4]) <= 2100:
            raise ValueError
        date.fromisoformat((iso + "-01-01")[:10] if len(iso) == 4 else (iso + "-01")[:10])
    except ValueError as error:
        raise CorrectionError(
            f"{iso!r} is no date: write a day as 2024-02-21, a month as 2024-02, a year as 2024."
        ) from error
    return iso


def _completed(cursor: duckdb.DuckDBPyConnection, kind: Kind, target: dict[str, Any]) -> dict[str, Any]:
    """The target with what makes it outlive re-tagging. Raises: CorrectionError where it is not in the corpus."""
    if "article" in target:
        row = cursor.execute(
            "SELECT removed, text FROM main.documents WHERE document_id = $id", {"id": target["article"]}
        ).fetchone()
        if row is None:
            raise CorrectionError(f"There is no article {target['article']} in the corpus.")
        if kind in TAG_KINDS:
            start, end = int(target["start"]), int(target["end"])
            target["surface"] = plain_spaces(row[1])[start:end][:SHOWN_SURFACE]
            target["raw_start"] = offset_map(row[0]).to_raw(start)
    if "entity_id" in target and kind != "move_mention":
        known = cursor.execute(
            "SELECT 1 FROM corrected.entities WHERE entity_id = $id", {"id": target["entity_id"]}
        ).fetchone()
        if known is None:
            raise CorrectionError(f"There is no entity {target['entity_id']} in the corpus.")
    if kind == "set_outlet_of_domain":
        target["domain"] = target["domain"].strip().lower().removeprefix("www.")
        if not target["domain"]:
            raise CorrectionError("A domain cannot be empty.")
    return target


def _before(cursor: duckdb.DuckDBPyConnection, kind: Kind, target: Fields) -> dict[str, Any]:
    """What the screens said until now. Raises: CorrectionError where a tag is not there."""
    if kind in TAG_KINDS:
        found = _tag(cursor, TAG_KINDS[kind], target)
        if kind == "move_mention":
            return {"entity_id": found["entity_id"]}
        return {key: found[key] for key in ("tone", "score")} if kind == "set_tone" else found
    if kind in ("rename_entity", "merge_entities", "split_entity"):
        sql = "SELECT name FROM corrected.entities WHERE entity_id = $key"
        return _row(cursor, sql, target["entity_id"])
    columns = {"set_outlet": "outlet, outlet_name", "set_date": "published", "set_title": "title"}
    if kind in columns:
        found = _row(cursor, f"SELECT {columns[kind]} FROM corrected.documents WHERE document_id = $key",
                     target["article"])  # fmt: skip
        return {**found, "outlet": None} if found.get("outlet") == "unknown" else found
    return {}


def _row(cursor: duckdb.DuckDBPyConnection, sql: str, key: str) -> dict[str, Any]:
    answer = cursor.execute(sql, {"key": key})
    names = [column[0] for column in answer.description or ()]
    row = answer.fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def _tag(cursor: duckdb.DuckDBPyConnection, kind: str, target: Fields) -> dict[str, Any]:
    values = {"id": target["article"], "first": int(target["start"]), "past": int(target["end"])}
    which = ""
    if kind == "claim":
        which, values["claim_id"] = "AND claim_id = $claim_id", target["claim_id"]
    answer = cursor.execute(
        f"""SELECT {MACHINE[kind]} FROM corrected.{TABLES[kind]} JOIN main.documents AS d USING (doc)
        WHERE d.document_id = $id AND first = $first AND past = $past {which}""".replace(
            "tone, score", f"{TABLES[kind]}.tone, {TABLES[kind]}.score"
        ),
        values,
    )
    names = [column[0] for column in answer.description or ()]
    row = answer.fetchone()
    if row is None:
        raise CorrectionError("There is no such tag at this place any more: open the article anew.")
    return dict(zip(names, row, strict=True))


def standing(corpus: Corpus) -> pd.DataFrame:
    """The columns of analyze.corrections.listing but the names: what each entry comes to in the corpus now."""
    entries = log(corpus)
    undone = _undone(entries)
    counts = _counts(corpus, active(entries))
    last = _last_of_each(active(entries))
    rows = []
    for one in reversed(entries):
        count = counts.get(one.id)
        if one.id in undone:
            state = "undone"
        elif one.kind == "undo":
            state = "undo"
        elif last.get(_same(one)) != one.id:
            state = "overtaken"
        else:
            state = "stands" if count else _why_not(corpus, one)
        rows.append((one.id, one.made_at, one.who, one.kind, one.target, one.before, one.after, one.reason, state,
                     count or 0))  # fmt: skip
    names = ["correction_id", "made_at", "who", "kind", "target", "before", "after", "reason", "state", "affected"]
    return pd.DataFrame(rows, columns=names)


def _same(one: Correction) -> tuple[object, ...]:
    """What two corrections share of which the later overtakes the earlier."""
    if one.kind in TAG_KINDS:
        return TAG_KINDS[one.kind], anchor_of(one.target), one.target.get("claim_id")
    key = ("article", "domain") if "outlet" in one.kind or one.kind in ("set_date", "set_title") else ("entity_id",)
    target = tuple(str(one.target.get(name)) for name in key)
    return one.kind, target, one.id if one.kind in ("merge_entities", "split_entity") else None


def _last_of_each(entries: list[Correction]) -> dict[tuple[object, ...], int]:
    return {_same(one): one.id for one in entries}


def _counts(corpus: Corpus, entries: list[Correction]) -> dict[int, int]:
    """How many tags or articles each correction changes."""
    found = {
        int(number): int(count)
        for number, count in corpus.rows(
            """SELECT correction_id, count(*) FROM corrected.document_now GROUP BY correction_id UNION ALL
            SELECT n.correction_id, count(*) FROM corrected.tag_now AS n JOIN (
                SELECT 'mention' AS kind, doc, first, past, NULL AS claim_id FROM main.mentions
                UNION ALL SELECT 'quote', doc, first, past, NULL FROM main.quotes
                UNION ALL SELECT 'source', doc, first, past, NULL FROM main.sources
                UNION ALL SELECT 'sentence', doc, first, past, NULL FROM main.sentences
                UNION ALL SELECT 'claim', doc, first, past, claim_id FROM main.claims
            ) AS t ON t.kind = n.kind AND t.doc = n.doc AND t.first = n.first AND t.past = n.past
                AND t.claim_id IS NOT DISTINCT FROM n.claim_id
            WHERE n.doc IN (SELECT doc FROM corrected.tag_now) GROUP BY n.correction_id"""
        )
    }
    ids = [str(one.target["entity_id"]) for one in entries if "entity_id" in one.target]
    mentions = corpus.rows(
        """SELECT entity_id, surface, count(*) FROM main.mentions
        WHERE entity_id IN (SELECT unnest($ids::VARCHAR[]) UNION
            SELECT entity_id FROM corrected.entity_now UNION SELECT entity_id FROM corrected.surface_now)
        GROUP BY ALL
        UNION ALL SELECT refers_to, NULL, count(*) FROM main.mentions
        WHERE refers_to IN (SELECT unnest($ids::VARCHAR[])) GROUP BY refers_to""",
        {"ids": ids},
    )
    made = {str(one.after["entity_id"]) for one in entries if "name" in one.after and "entity_id" in one.after}
    for one in entries:
        if one.kind == "split_entity":
            surface = one.target["surface"]
            found[one.id] = sum(int(count) for _, said, count in mentions if said == surface)
        elif one.kind in ("rename_entity", "merge_entities"):
            entity = one.target["entity_id"]
            members = {entity} | _members(corpus, entity)
            count = sum(int(count) for owner, _, count in mentions if owner in members)
            found[one.id] = count or int(entity in made)
    return found


def _members(corpus: Corpus, entity_id: str) -> set[str]:
    rows = corpus.rows("SELECT entity_id FROM corrected.entity_now WHERE now_id = $id", {"id": entity_id})
    return {str(row[0]) for row in rows}


def _why_not(corpus: Corpus, one: Correction) -> str:
    """Why a correction that stands in the log changes nothing in the corpus."""
    if "article" in one.target:
        article = one.target["article"]
        if not corpus.rows("SELECT 1 FROM main.documents WHERE document_id = $id", {"id": article}):
            return "article_gone"
        return "place_changed" if one.kind in TAG_KINDS else "overtaken"
    return "domain_gone" if one.kind == "set_outlet_of_domain" else "entity_gone"


def unknown_domains(corpus: Corpus) -> pd.DataFrame:
    """domain, articles, example (a title) of the articles whose outlet nobody has named, most first."""
    return corpus.frame(
        f"""SELECT {DOMAIN} AS domain, count(*) AS articles, first(title ORDER BY doc) AS example
        FROM documents WHERE {UNNAMED} AND domain <> '' GROUP BY domain ORDER BY articles DESC, domain"""
    )


def of_article(corpus: Corpus, document_id: str) -> list[Correction]:
    """The corrections that stand and speak of one article, oldest first."""
    return [one for one in active(log(corpus)) if one.target.get("article") == document_id]


def of_entity(corpus: Corpus, entity_id: str) -> list[Correction]:
    """The corrections that stand and made an entity what it is, oldest first."""
    members = {entity_id} | _members(corpus, entity_id)
    return [
        one
        for one in active(log(corpus))
        if one.kind in ("rename_entity", "merge_entities", "split_entity", "move_mention")
        and (one.target.get("entity_id") in members or one.after.get("entity_id") == entity_id)
    ]


def machine_values(corpus: Corpus, document_id: str) -> Mapping[str, Any]:
    """What the machine says of an article's outlet, title, date and tone."""
    found = corpus.dicts(
        "SELECT outlet, outlet_name, title, published, tone, score FROM main.documents WHERE document_id = $id",
        {"id": document_id},
    )
    return found[0] if found else {}


def document_corrections(corpus: Corpus, document_id: str) -> dict[str, Correction]:
    """The correction that made each field (`title`, `outlet`, `date`) of an article what it is."""
    made = dict(
        corpus.rows(
            "SELECT field, correction_id FROM corrected.document_now JOIN main.documents USING (doc) "
            "WHERE document_id = $id",
            {"id": document_id},
        )
    )
    entries = {one.id: one for one in log(corpus)} if made else {}
    return {field: entries[number] for field, number in made.items() if number in entries}


def corrected_articles(corpus: Corpus) -> list[str]:
    """The ids of the articles that any correction of their own changes."""
    rows = corpus.rows(
        """SELECT DISTINCT document_id FROM main.documents JOIN (
            SELECT doc FROM corrected.document_now UNION SELECT doc FROM corrected.tag_now
        ) USING (doc) ORDER BY document_id"""
    )
    return [str(document_id) for (document_id,) in rows]


def machine_names(corpus: Corpus, ids: list[str]) -> dict[str, str]:
    """Names of entities and titles of articles as the machine has them, by id."""
    rows = corpus.rows(
        """SELECT entity_id, name FROM main.entities WHERE entity_id IN (SELECT unnest($ids::VARCHAR[]))
        UNION ALL SELECT document_id, title FROM main.documents
            WHERE document_id IN (SELECT unnest($ids::VARCHAR[])) AND title IS NOT NULL""",
        {"ids": ids},
    )
    return {str(key): str(name) for key, name in rows}


__all__ = ["Anchor", "Correction", "NothingChangedError", "correct", "log", "standing", "undo"]
