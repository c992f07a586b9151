# Thin doors to manage.py. HOST, PORT, DATA_DIR and PUBLIC_URL choose otherwise (see OPERATIONS.md).

# A shim may exist and not run, so each candidate is tried.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV = .venv/bin

.PHONY: run install test check lint types contracts content unit search browser screenshots bench-simulator bench-models bench-proofs bench-web bench-lab bench-plan bench-forecast bench-practice audit lock clean

run:
	@$(PYTHON) manage.py up

install:
	@$(PYTHON) manage.py install

.PHONY: dev
dev:
	@$(PYTHON) manage.py install dev

test: browser dev lint types contracts content unit

# The browser that journeys need: installed where that is allowed, named where it is not.
browser:
	@$(PYTHON) tests/journeys/need_browser.py

lint: dev
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')

types: dev
	$(VENV)/mypy

contracts: dev
	$(VENV)/lint-imports --no-cache

content: dev
	$(VENV)/python manage.py load_content --check
	$(VENV)/python manage.py lint_items

# Two at a time; those in a browser one by one, since they watch the clock.
unit: dev
	$(VENV)/pytest --ignore=tests/journeys -n 2 --dist loadfile
	$(VENV)/pytest tests/journeys

# The laws on examples that nobody has tried yet, ROUNDS times over.
search: dev
	@for round in $$(seq $${ROUNDS:-10}); do \
	  HYPOTHESIS_PROFILE=search $(VENV)/pytest -q --no-header --durations=0 --durations-min=60 -m hypothesis tests/simulator || exit 1; \
	done

screenshots: dev browser
	$(VENV)/python -m tests.journeys.screenshots

bench-simulator: dev
	@$(PYTHON) -m venv .bench && .bench/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(VENV)/python tests/benchmarks/simulator.py $(if $(JSON),--json $(JSON))

bench-models: dev
	$(VENV)/python tests/benchmarks/models.py $(if $(JSON),--json $(JSON))

bench-proofs: dev
	$(VENV)/python tests/benchmarks/proofs.py $(if $(JSON),--json $(JSON))

bench-web: dev
	$(VENV)/python tests/benchmarks/web.py $(if $(JSON),--json $(JSON))

bench-lab: dev
	$(VENV)/python tests/benchmarks/lab.py $(if $(JSON),--json $(JSON))

bench-plan: dev
	$(VENV)/python tests/benchmarks/plan.py $(if $(JSON),--json $(JSON))

bench-forecast: dev
	$(VENV)/python tests/benchmarks/forecast.py $(if $(JSON),--json $(JSON))

# About ten minutes and 5 GB of disk: it fills a database with 5 million answers. STUDENTS=50 tries it smaller.
bench-practice: dev
	$(VENV)/python tests/benchmarks/practice.py $(if $(JSON),--json $(JSON))

audit: dev
	$(VENV)/pip install -q pip-audit && $(VENV)/pip-audit --require-hashes -r requirements/base.txt

clean:
	rm -rf .venv .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis
