"""Reads Parquet: one row, one article; only the columns that an article has are read."""

from collections.abc import Iterator

from core.errors import DamagedError, LimitError
from core.ingest.columns import column_mapping, draft_of, guess_text_column, mapping_note
from core.ingest.parts import MEGABYTE, Draft, Fault, File

_ROWS_AT_ONCE = 256
_SAMPLE_ROWS = 50


def read_parquet(file: File) -> Iterator[Draft | Fault]:
    """Drafts from rows; a row without text is a Fault."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(pa.BufferReader(file.data))
        size = sum(table.metadata.row_group(number).total_byte_size for number in range(table.num_row_groups))
        file.allowance.take(file.name, max(size, 0))
        mapping = _mapping(table, file.name)
        number = 0
        for batch in table.iter_batches(_ROWS_AT_ONCE, columns=list(mapping.values()), use_threads=False):
            if batch.nbytes > file.allowance.limit_mb * MEGABYTE:
                raise LimitError(
                    f"{file.name} unpacks to more than {file.allowance.limit_mb} MB: split it and add the parts."
                )
            for record in batch.to_pylist():
                number += 1
                yield draft_of(record, mapping, where=f"Row {number} of {file.name}", notes=(mapping_note(mapping),))
    except (pa.ArrowException, OSError, OverflowError) as error:
        raise DamagedError(f"{file.name} is a damaged Parquet file: write it again and add that.") from error


def _mapping(table: object, name: str) -> dict[str, str]:
    from pyarrow.parquet import ParquetFile

    assert isinstance(table, ParquetFile)
    columns = [str(column) for column in table.schema_arrow.names]
    mapping = column_mapping(columns)
    if "text" in mapping:
        return mapping
    batch = next(table.iter_batches(_SAMPLE_ROWS, use_threads=False), None)
    guessed = guess_text_column(columns, batch.to_pylist() if batch is not None else [])
    if guessed is None:
        raise DamagedError(
            f"{name} has no column with the text of the articles: name it text or isi "
            f"(found: {', '.join(columns)[:200]})."
        )
    return {"text": guessed, **{field: column for field, column in mapping.items() if column != guessed}}
