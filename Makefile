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
# What Debian calls the programs that tests run: a browser, readers of PDF, Office, LaTeX, letters.
PROGRAMS := chromium poppler-utils libreoffice-calc-nogui libreoffice-writer-nogui \
	texlive-latex-base texlive-latex-recommended texlive-lang-cyrillic texlive-xetex fonts-dejavu-core \
	fonts-liberation
# Pyright looks for the libraries of the first Python on the path.
PYRIGHT := PATH="$(abspath $(VENV))/bin:$$PATH" pyright

.DEFAULT_GOAL := help
.PHONY: help setup system demo quick test browser pictures programs docs notebooks format lint types schema pages check-data \
	check bench build clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: $(READY) ## Make the environment: the package, editable, and the tools (again when pyproject.toml changes)

system: ## Install the programs that `make browser` and others run (Debian, as root; else say which)
	@missing=; for name in $(PROGRAMS); do \
		dpkg-query --show --showformat '$${db:Status-Status}' $$name 2>/dev/null | grep -qx installed \
			|| missing="$$missing $$name"; \
	done; \
	if [ -z "$$missing" ]; then \
		echo "all programs are there"; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update --quiet --quiet \
			&& apt-get install --quiet --quiet --yes --no-install-recommends $$missing; \
	else \
		echo "missing, install as root: apt-get install --no-install-recommends$$missing" >&2; exit 1; \
	fi

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

$(VENV)/docs.stamp: $(READY)
	$(PY) -m pip install --quiet --group docs
	@touch $@

$(VENV)/browser.stamp: $(READY)
	$(PY) -m pip install --quiet --group browser
	@touch $@

demo: $(VENV)/runtime.stamp ## Show how Russia and Ukraine stood on 2 June 2025, and where they were stuck
	$(VENV)/bin/positions compare RUS UKR --on 2025-06-02 --topics nato guarantees
	$(VENV)/bin/positions deadlocks RUS UKR --on 2025-06-02 --topics nato neutrality ceasefire

quick: $(READY) ## Run the fast tests, in less than a minute: no laws, no installation, no examples of pages
	$(PY) -m pytest --numprocesses auto --dist loadfile --ignore tests/browser --ignore tests/programs \
		-m "not laws and not installs and not slow" tests $(PYTEST)

test: $(READY) ## Run all tests, with the examples in the code and in the documentation
	$(PY) -m pytest --numprocesses auto --dist loadfile --ignore tests/browser --ignore tests/programs $(PYTEST)

programs: $(READY) ## Open exports in LibreOffice and LaTeX, as people do (after `make system`)
	$(PY) -m pytest -m programs tests/programs $(PYTEST)

browser: $(VENV)/browser.stamp ## Try what results show in JupyterLab, marimo and pages, in Chromium (after `make system`)
	$(PY) -m pytest -m browser tests/browser $(PYTEST)

pictures: $(VENV)/browser.stamp ## Take the pictures of docs/images anew
	$(PY) -m pytest -m browser tests/browser --pictures
	$(VENV)/bin/positions compare RUS UKR USA --on 2025-06-02 --plot docs/images/stance-map.png \
		--topics nato.membership territory.crimea territory.donetsk sanctions.on_russia guarantees.kind \
		ceasefire.general forces.foreign_troops humanitarian.prisoners >/dev/null

docs: $(VENV)/docs.stamp ## Build the site into build/docs, and run what its pages show
	$(PY) -m sphinx --fresh-env --write-all --fail-on-warning --keep-going --nitpicky --quiet \
		-d build/doctrees docs build/docs
	$(PY) docs/offline.py build/docs

notebooks: $(VENV)/docs.stamp ## Run the notebooks of docs/notebooks
	$(PY) -m pytest --nbmake docs/notebooks

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

schema: $(VENV)/runtime.stamp ## Write the schema of a new version of the file format into data/schema/
	@version=$$($(PY) -c 'from positions.records.models import SCHEMA_VERSION; print(SCHEMA_VERSION)') \
		&& file=data/schema/positions-$$version.schema.json \
		&& if [ ! -e $$file ]; then $(VENV)/bin/positions schema --output $$file; \
		elif ! $(VENV)/bin/positions schema | cmp -s - $$file; then \
			echo "$$file is published and would change: raise SCHEMA_VERSION" >&2; exit 1; \
		fi

pages: $(READY) ## Write what is made from the data and from the models anew: docs/data, tables of docs/format.md
	$(PY) docs/data/pages.py
	$(PY) docs/fields.py

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
