# `make` builds the example site; `make test` runs the tests; `make check` runs everything a change must pass.
# Each command stands here as it can be typed without make.

PYTHON ?= python3
BIN := .venv/bin
TORTURE ?= 30

.PHONY: site test lint check bench torture format clean

site: .venv/installed
	$(BIN)/labpress import seeds
	$(BIN)/labpress build
	@echo "Open _site/index.html in a browser."

test: .venv/installed-dev
	$(BIN)/python -m pytest -n auto

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test

format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

torture: .venv/installed-dev
	LABPRESS_TORTURE=$(TORTURE) $(BIN)/python -m pytest -n auto -m torture

bench: .venv/installed-bench
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf .venv _site _docs .labpress-cache

# Asked first: an environment of an older Python would be taken by the next `make`, whatever PYTHON says then.
.venv/bin/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'expected Python 3.11 or later, found %d.%d: make PYTHON=python3.13' % sys.version_info[:2])"
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-dev: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch .venv/installed $@

.venv/installed-bench: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	@touch $@
