"""`python -m reportgen` is the `reportgen` command."""

from reportgen.cli.main import console

console()
