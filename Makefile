# One verb per job; `make help` lists them. Needs Python 3.11 or newer with pip and venv, and make.
#
#   make test                                           the usual interpreter, in .venv
#   make test PYTHON=python3.13 VENV=.venv-3.13         another one, beside it
#   make test PYTEST='-x tests/test_layers.py'          some tests only

PYTHON ?= python3
VENV ?= .venv
GROUP ?= dev
PYTEST ?=

PY := $(VENV)/bin/python
READY := $(VENV)/$(GROUP).stamp
# Pyright looks for the libraries of the first Python on the path.
PYRIGHT := PATH="$(abspath $(VENV))/bin:$$PATH" pyright

.DEFAULT_GOAL := help
.PHONY: help setup demo test programs docs format lint types schema pages check-data check bench build clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: $(READY) ## Make the environment: the package, editable, and the tools (again when pyproject.toml changes)

# Pip goes first: the one that comes with an older Python knows no --group.
$(VENV)/runtime.stamp: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "positions needs Python 3.11 or newer; choose one with: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet --editable .
	@touch $@

$(READY): $(VENV)/runtime.stamp
	$(PY) -m pip install --quiet --group $(GROUP)
	@touch $@

demo: $(VENV)/runtime.stamp ## Show how Russia and Ukraine stood on 2 June 2025, and where they were stuck
	$(VENV)/bin/positions compare RUS UKR --on 2025-06-02
	$(VENV)/bin/positions deadlocks RUS UKR --on 2025-06-02

test: $(READY) ## Run all tests, with the examples in the code and in the documentation
	$(PY) -m pytest --numprocesses auto --dist loadfile --ignore tests/programs $(PYTEST)

programs: $(READY) ## Open exports in LibreOffice and LaTeX, as people do (after `make system`)
	$(PY) -m pytest -m programs tests/programs $(PYTEST)

docs: $(READY) ## Run the examples of README.md and docs/ only
	$(PY) -m pytest tests/test_docs.py

format: $(READY) ## Put the code into its standard form
	$(PY) -m ruff check --fix-only --exit-zero .
	$(PY) -m ruff format .

lint: $(READY) ## Check form and style of the code
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

types: $(READY) ## Check the types, as the library's own code and its users' code see them
	$(PY) -m mypy
	$(PYRIGHT)
	$(PYRIGHT) --verifytypes positions --ignoreexternal

schema: $(VENV)/runtime.stamp ## Write data/schema/ anew from the code (after a change of the file format)
	version=$$($(PY) -c 'from positions.records import SCHEMA_VERSION; print(SCHEMA_VERSION)') \
		&& $(VENV)/bin/positions schema --output data/schema/positions-$$version.schema.json

pages: $(READY) ## Write the pages of docs/data that are made from the data anew (after a change of the data)
	$(PY) docs/data/pages.py

check-data: $(VENV)/runtime.stamp ## Check data/positions.json
	$(VENV)/bin/positions check data/positions.json

check: lint types test check-data ## Everything that must pass before a change goes in

bench: $(READY) ## Measure speed: run every script of benchmarks/
	@missed=0; for script in benchmarks/*.py; do echo; echo "== $$script"; $(PY) "$$script" || missed=1; done; exit $$missed

build: $(READY) ## Build the source archive and the wheel into dist/
	$(PY) -m build

clean: ## Remove all that the other verbs made, environments included
	rm -rf $(VENV) .venv .venv-* build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
