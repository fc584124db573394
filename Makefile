# `make report` and `make test` set up everything they need; the rest is for people who work on reportgen.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := output
SAMPLE := sample_data/customers_2026-10.csv
BENCH ?=

.PHONY: report test test-all lint bench sample pictures spark pango clean

report: $(VENV)/user.ok pango
	@$(BIN)/reportgen run $(SAMPLE) --out $(OUT)
	@echo && echo "The report lies in $(OUT)/latest/ : open report.pdf or report.html"

test: $(VENV)/dev.ok pango lint
	$(BIN)/pytest -n auto --dist loadgroup -m "not slow"

test-all: $(VENV)/dev.ok $(VENV)/web/node_modules spark pango lint
	$(BIN)/pytest -n auto --dist loadgroup --hypothesis-profile default

lint: $(VENV)/dev.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/dev.ok pango
	$(BIN)/python tests/benchmarks/bench.py $(BENCH)

sample: $(VENV)/user.ok
	$(BIN)/python sample_data/make_sample_data.py

# The README's pictures, taken from the report on the sample data; `make pictures CHECK=--check` tells if they are old.
pictures: $(VENV)/dev.ok pango
	$(BIN)/python tests/pictures.py $(CHECK)

# WeasyPrint prints through Pango, which the system provides. Root installs it; anyone else is told the command.
pango: $(VENV)/user.ok
	@$(BIN)/python -m reportgen.doctor || { \
	  command="$$($(BIN)/python -c 'from reportgen.doctor import pango_command; print(pango_command())')"; \
	  if [ "$$(id -u)" = 0 ]; then \
	    if command -v apt-get >/dev/null; then apt-get update -qq; fi; \
	    sh -c "$$command" && $(BIN)/python -m reportgen.doctor; \
	  else echo "Pango is missing. Install it with: $$command" >&2; exit 1; fi; }

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "reportgen needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/user.ok: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev.ok: $(VENV)/user.ok pyproject.toml
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

# Half a gigabyte, for the tests on a cluster alone; without Java they are skipped and say so.
spark: $(VENV)/dev.ok
	@if command -v java >/dev/null || [ -x "$$JAVA_HOME/bin/java" ]; then $(MAKE) --no-print-directory $(VENV)/spark.ok; \
	else echo "Java is missing: no test on Spark; they need openjdk-17-jre-headless" >&2; fi

$(VENV)/spark.ok: $(VENV)/dev.ok pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[spark]"
	@touch $@

# Two checkers of web pages; without npm their tests are skipped and say so.
$(VENV)/web/node_modules: tests/web/package.json $(VENV)/bin/python
	@if command -v npm >/dev/null; then mkdir -p $(VENV)/web && cp tests/web/package.json $(VENV)/web/ \
	  && npm install --prefix $(VENV)/web --silent --no-audit --no-fund --no-package-lock && touch $@; \
	else echo "npm is missing: no check by axe-core and html-validate" >&2; fi

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
