"""Counts a Parquet file's cells by its footer alone; runs in the limited child."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from reportgen.errors import ReportgenError
from reportgen.ingest._parquet_table import MAX_FOOTER


def count_cells(_data: bytes, path: str) -> bytes:
    """Rows × columns as the footer states them, as digits. Raises ReportgenError (RG-032)."""
    try:
        limits = {"thrift_string_size_limit": MAX_FOOTER, "thrift_container_size_limit": MAX_FOOTER}
        with pa.OSFile(path) as file:
            footer = pq.ParquetFile(file, **limits).metadata
    except (pa.ArrowException, OSError, ValueError) as fault:
        raise ReportgenError("RG-032", f"the file's footer cannot be read: {fault}.") from None
    return str(footer.num_rows * footer.num_columns).encode()
