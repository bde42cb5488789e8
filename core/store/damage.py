"""What DuckDB says of a file that is broken, told apart from what it says of a question that cannot be answered."""

import duckdb

BROKEN = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)


def is_damage(error: duckdb.Error) -> bool:
    """The file is to blame; a block with a wrong checksum comes as an error of no kind of its own."""
    return isinstance(error, BROKEN) or "Corrupt database file" in str(error)
