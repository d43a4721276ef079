# packet: the two commands are `make packet` and `make test`.
# Set PYTHON to use another Python (3.11 or newer): make packet PYTHON=python3.12

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: packet test check fuzz bench lock clean

packet: $(VENV)/run  ## The default packet's student and teacher PDFs, in build/
	$(BIN)/packet build

test: $(VENV)/test  ## All tests
	$(BIN)/python -m pytest -n auto

check: $(VENV)/test  ## Lint, format, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src tests lessons
	$(BIN)/mypy

fuzz: $(VENV)/test  ## 100,000 wrong files, the same ones each time; then every hostile string in every field, and on paper
	$(PIP) atheris
	for seed in 1 2 3 4; do (cd tests && ../$(BIN)/python -m fuzz --runs 25000 --seed $$seed) || exit 1; done
	PACKET_EVERY=1 $(BIN)/python -m pytest tests/test_naughty.py

bench: $(VENV)/run  ## Packet beside Chromium, Typst and bare WeasyPrint: make bench BENCH="--quick --json FILE"
	$(PIP) typst
	$(BIN)/python bench/bench.py $(BENCH)

$(VENV)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "packet needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run: $(VENV)/python requirements/run.txt pyproject.toml
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test: $(VENV)/run requirements/test.txt
	$(PIP) --require-hashes -r requirements/test.txt
	touch $@

lock: $(VENV)/test  ## Pin anew what pyproject.toml asks for, with hashes and without download hosts
	$(PIP) pip-tools
	$(BIN)/python requirements/lock.py

clean:
	rm -rf $(VENV) build dist
