"""Reads Parquet: one row, one article; only the columns that an article has are read."""

from collections.abc import Iterator

from core.errors import DamagedError, LimitError
from core.ingest.columns import column_mapping, draft_of, guess_text_column, mapping_note
from core.ingest.parts import MEGABYTE, Draft, Fault, File

_ROWS_AT_ONCE = 256
_SAMPLE_ROWS = 50
_MOST_COLUMNS = 16_384  # as in a spreadsheet


def read_parquet(file: File) -> Iterator[Draft | Fault]:
    """Drafts from rows; a row without text is a Fault."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(pa.BufferReader(file.data))
        if table.metadata.num_columns > _MOST_COLUMNS:
            raise LimitError(f"{file.name} has more than {_MOST_COLUMNS} columns: keep those of the articles.")
        size = sum(table.metadata.row_group(number).total_byte_size for number in range(table.num_row_groups))
        file.allowance.take(file.name, max(size, 0))
        mapping = _mapping(table, file.name)
        number = 0
        columns = list(mapping.values())
        # texts stay references into the list of different ones: a single long one may stand in every row
        texts = [name for name in columns if _is_text(table.schema_arrow.field(name).type)]
        table = pq.ParquetFile(pa.BufferReader(file.data), read_dictionary=texts)
        for batch in table.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False):
            if batch.nbytes > file.allowance.limit_mb * MEGABYTE:
                raise LimitError(
                    f"{file.name} unpacks to more than {file.allowance.limit_mb} MB: split it and add the parts."
                )
            for row in range(batch.num_rows):
                number += 1
                record = {name: batch.column(name)[row].as_py() for name in batch.schema.names}
                yield draft_of(record, mapping, where=f"Row {number} of {file.name}", notes=(mapping_note(mapping),))
    except (pa.ArrowException, OSError, OverflowError) as error:
        raise DamagedError(f"{file.name} is a damaged Parquet file: write it again and add that.") from error


def _is_text(kind: object) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


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
