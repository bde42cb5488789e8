"""Reading and writing the append-only log of corrections."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from core.store.correction import Correction, Fields, Kind

COLUMNS = ("correction_id", "made_at", "who", "kind", "target", "before", "after", "reason")


def read_log(cursor: duckdb.DuckDBPyConnection) -> list[Correction]:
    """All entries, in the order in which they were made."""
    rows = cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM main.corrections ORDER BY correction_id").fetchall()
    return [entry_of(row) for row in rows]


def entry_of(row: Sequence[object]) -> Correction:
    """An entry from its row."""
    number, made_at, who, kind, target, before, after, reason = row
    return Correction(
        id=int(str(number)),
        made_at=made_at,  # type: ignore[arg-type]  # the column is a timestamp
        who=str(who),
        kind=kind,  # type: ignore[arg-type]  # only kinds of KINDS are ever written
        target=json.loads(str(target)),
        before=json.loads(str(before or "{}")),
        after=json.loads(str(after or "{}")),
        reason=str(reason or ""),
    )


def append(
    cursor: duckdb.DuckDBPyConnection,
    kind: Kind,
    fields: tuple[Fields, Fields, Fields],
    *,
    who: str,
    reason: str,
    made_at: datetime | None = None,
) -> int:
    """Write one entry (target, before, after) at the end of the log; its number."""
    row = cursor.execute("SELECT coalesce(max(correction_id) + 1, 1) FROM main.corrections").fetchone()
    number = int(row[0]) if row else 1
    when = made_at or datetime.now(UTC).replace(tzinfo=None)
    packed = [json.dumps(part, ensure_ascii=False, sort_keys=True) for part in fields]
    cursor.execute(
        "INSERT INTO main.corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [number, when, who, kind, *packed, reason]
    )
    return number
