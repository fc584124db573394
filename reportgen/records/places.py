"""Names of the files beside the runs that several stages know; imports nothing."""

HISTORY_FILE, KEY_FILE = "history.sqlite3", "history.key"
"""What is remembered of the months, and the secret that makes the customers' keys."""
