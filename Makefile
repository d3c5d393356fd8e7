# make demo   the two-minute tour, offline but for the first installation
# make test   everything that CI runs
# make fast   the tests one runs while writing
# make test-long   what is left out of it: thousands of histories, real generators, all products

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
HISTORIES ?= 2000

.PHONY: demo test suite fast test-long lint own clean

demo: $(VENV)/.installed
	@$(BIN)/tflow demo

test:
	@sh tests/tools.sh
	@$(MAKE) --no-print-directory lint suite own

suite: $(VENV)/.developer
	$(BIN)/pytest -n auto --dist worksteal

fast: $(VENV)/.developer
	$(BIN)/pytest -n auto --dist worksteal -m "not slow and not long"

test-long: $(VENV)/.developer
	@sh tests/tools.sh
	HISTORIES=$(HISTORIES) $(BIN)/pytest -n auto --dist worksteal -m long

lint: $(VENV)/.developer
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

own: $(VENV)/.developer
	$(BIN)/tflow sync --check
	$(BIN)/tflow status --check --all
	$(BIN)/tflow check

clean:
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis editions

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade pip

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.developer: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@ $(VENV)/.installed
