"""The months: what is remembered of each run, which segment is which, and what has changed."""
