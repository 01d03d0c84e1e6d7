# One target per task; `make help` lists them. Needs Python 3.11 or newer with pip and venv, and make.
#
#   make test                                           with the default interpreter, in .venv
#   make test PYTHON=python3.13 VENV=.venv-3.13         with another interpreter and environment
#   make test PYTEST='-x tests/test_layers.py'          only some tests

PYTHON ?= python3
VENV ?= .venv
GROUP ?= dev
PYTEST ?=

PY := $(VENV)/bin/python
READY := $(VENV)/$(GROUP).stamp
# Debian packages of the programs that tests run: browser, PDF tools, office programs, LaTeX, fonts.
PROGRAMS := chromium poppler-utils libreoffice-calc-nogui libreoffice-writer-nogui \
	texlive-latex-base texlive-latex-recommended texlive-lang-cyrillic texlive-xetex fonts-dejavu-core \
	fonts-liberation
# Pyright uses the libraries of the first Python on the path.
PYRIGHT := PATH="$(abspath $(VENV))/bin:$$PATH" pyright

.DEFAULT_GOAL := help
.PHONY: help setup system demo quick test browser pictures programs docs notebooks format lint types schema pages check-data \
	check bench build clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: $(READY) ## Create the environment: the package, editable, and the tools (again if pyproject.toml changes)

system: ## Install the programs that `make browser` and others run (on Debian as root; else list them)
	@missing=; for name in $(PROGRAMS); do \
		dpkg-query --show --showformat '$${db:Status-Status}' $$name 2>/dev/null | grep -qx installed \
			|| missing="$$missing $$name"; \
	done; \
	if [ -z "$$missing" ]; then \
		echo "all programs are installed"; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update --quiet --quiet \
			&& apt-get install --quiet --quiet --yes --no-install-recommends $$missing; \
	else \
		echo "missing, install as root: apt-get install --no-install-recommends$$missing" >&2; exit 1; \
	fi

# Pip is upgraded first: that of older Pythons does not support --group.
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

demo: $(VENV)/runtime.stamp ## Show the positions and deadlocks of Russia and Ukraine on 2 June 2025
	$(VENV)/bin/positions compare RUS UKR --on 2025-06-02 --topics nato guarantees
	$(VENV)/bin/positions deadlocks RUS UKR --on 2025-06-02 --topics nato neutrality ceasefire

quick: $(READY) ## Run the fast tests, in less than a minute: without laws, installation and examples of pages
	$(PY) -m pytest --numprocesses auto --dist loadfile --ignore tests/browser --ignore tests/programs \
		-m "not laws and not installs and not slow" tests $(PYTEST)

test: $(READY) ## Run all tests, including the examples in the code and in the documentation
	$(PY) -m pytest --numprocesses auto --dist loadfile --ignore tests/browser --ignore tests/programs $(PYTEST)

programs: $(READY) ## Test exports in LibreOffice and LaTeX (after `make system`)
	$(PY) -m pytest -m programs tests/programs $(PYTEST)

browser: $(VENV)/browser.stamp ## Test results in JupyterLab, marimo and pages, in Chromium (after `make system`)
	$(PY) -m pytest -m browser tests/browser $(PYTEST)

pictures: $(VENV)/browser.stamp ## Make the images of docs/images again
	$(PY) -m pytest -m browser tests/browser --pictures
	$(VENV)/bin/positions compare RUS UKR USA --on 2025-06-02 --plot docs/images/stance-map.png \
		--topics nato.membership territory.crimea territory.donetsk sanctions.on_russia guarantees.kind \
		ceasefire.general forces.foreign_troops humanitarian.swap_june_2025 >/dev/null

docs: $(VENV)/docs.stamp ## Build the site into build/docs, and run the code cells of its pages
	$(PY) -m sphinx --fresh-env --write-all --fail-on-warning --keep-going --nitpicky --quiet \
		-d build/doctrees docs build/docs
	$(PY) docs/offline.py build/docs

notebooks: $(VENV)/docs.stamp ## Run the notebooks in docs/notebooks
	$(PY) -m pytest --nbmake docs/notebooks

format: $(READY) ## Format the code
	$(PY) -m ruff check --fix-only --exit-zero .
	$(PY) -m ruff format .

lint: $(READY) ## Check the format and style of the code
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

types: $(READY) ## Check the types of the library, and its public types as seen by users
	$(PY) -m mypy
	$(PYRIGHT)
	$(PYRIGHT) --verifytypes positions --ignoreexternal

schema: $(VENV)/runtime.stamp ## Write the JSON Schema of a new version of the file format to data/schema/
	@version=$$($(PY) -c 'from positions.records.models import SCHEMA_VERSION; print(SCHEMA_VERSION)') \
		&& file=data/schema/positions-$$version.schema.json \
		&& if [ ! -e $$file ]; then $(VENV)/bin/positions schema --output $$file; \
		elif ! $(VENV)/bin/positions schema | cmp -s - $$file; then \
			echo "$$file is published and would change: raise SCHEMA_VERSION" >&2; exit 1; \
		fi

pages: $(READY) ## Write the pages generated from data and models: docs/data, tables of docs/format.md
	$(PY) docs/data/pages.py
	$(PY) docs/fields.py

check-data: $(VENV)/runtime.stamp ## Check data/positions.json
	$(VENV)/bin/positions check data/positions.json

check: lint types test check-data ## Run everything that must pass before a change is merged

bench: $(READY) ## Run every script in benchmarks/
	@missed=0; for script in benchmarks/*.py; do echo; echo "== $$script"; $(PY) "$$script" || missed=1; done; exit $$missed

build: $(READY) ## Build the source archive and the wheel into dist/
	$(PY) -m build

clean: ## Remove all files that the other targets created, including environments
	rm -rf $(VENV) .venv .venv-* build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
