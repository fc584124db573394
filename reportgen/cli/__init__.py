"""cli: one command a file; parse, call, print."""
