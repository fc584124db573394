"""ingest: bytes to a text table, nothing lost; one reader a file."""
