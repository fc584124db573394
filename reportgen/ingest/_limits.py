"""How large a table may be; apart from the readers, so that a child need not load their settings."""

MAX_COLUMNS = 16_384
"""Columns of the widest sheet that Excel can hold; a wider text file is not a customer table."""
MAX_CELLS = 200_000_000
"""Cells held in memory at once, about 12 GB as text: past that the export belongs into a database."""
MAX_BYTES = 1 << 30
"""1 GiB: as text in memory a file takes about six times its size."""
MAX_CELL = 1 << 20
"""Characters of one cell: longer is a file that was pasted into a cell, or a quote that never closes."""
