"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# The quick suite says the same about the same code each time; `make test-all` looks for new examples.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")
