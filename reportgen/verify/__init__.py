"""verify: recomputes a finished run from its source."""
