# PAN Desktop. `make run` and `make test` set up whatever they need: see CONTRIBUTING.md.

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
# All tests are shared out among the cores; a few (ARGS) are sooner done in one process.
EVERY_CORE := -n auto --dist worksteal
export PYTHON

.PHONY: help run run-shared test check format bench soak forms stored-database pictures lock test-tools development clean

help:  ## Show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

run:  ## Set everything up and open the program
	@build_spec/run.sh $(ARGS)

run-shared:  ## Open the program on a PostgreSQL of one's own; again: one more secretary
	@$(PYTHON) -m build_spec.run_shared

test: export QT_QPA_PLATFORM = offscreen
test: check test-tools  ## Set everything up, check the code, run all tests (ARGS="-k word")
	$(BIN)/pytest $(if $(ARGS),$(ARGS),$(EVERY_CORE))

check: development  ## Check format, style, types and imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: development  ## Format the code and apply the safe fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: export QT_QPA_PLATFORM = offscreen
bench: development  ## Measure speed against anchors
	$(BIN)/python -m tests.bench $(ARGS)

soak: export QT_QPA_PLATFORM = offscreen
soak: development test-tools  ## Kills, failing disks, cut lines, broken files: an hour of them (ARGS="--kills 20")
	$(BIN)/python -m tests.soak $(ARGS)

forms: development  ## Compile ui/ and the translations
	$(BIN)/python build_spec/generate.py

stored-database: development  ## Keep a database of the present schema for the tests of migrations
	$(BIN)/python -m tests.stored

pictures: development  ## Take the pictures of docs/images anew (ARGS="tenir")
	$(BIN)/python -m build_spec.pictures $(ARGS)

lock:  ## Take the newest allowed version of every dependency
	@build_spec/lock.sh

test-tools:  ## Install LibreOffice and the other programs that tests use
	@$(PYTHON) build_spec/prepare.py tools

development:
	@$(PYTHON) build_spec/prepare.py development

clean:  ## Remove everything that was made here
	rm -rf .venv node_modules build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
