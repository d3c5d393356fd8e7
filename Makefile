# make demo   the two-minute tour, offline but for the first installation
# make test   everything that CI runs
# make fast   the tests one runs while writing

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: demo test suite fast lint own clean

demo: $(VENV)/.installed
	@$(BIN)/tflow demo

test:
	@sh tests/tools.sh
	@$(MAKE) --no-print-directory lint suite own

suite: $(VENV)/.developer
	$(BIN)/pytest -n auto --dist worksteal

fast: $(VENV)/.developer
	$(BIN)/pytest -n auto --dist worksteal -m "not slow"

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
